"""Two cities or standards side by side: what the one asks that the other does not, and how else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from offsetcheck.api.binding import bound_on, check_city
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.explained import Explained
from offsetcheck.vocabulary.site_explanation import Named
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.site.values import LOOSER, SAME, TIGHTER, compared, said_value

FRAME = ("offsetting", "scope", "floor")


class TwoValues(Explained):
    """A value that two profiles have otherwise.

    `second_is` is `tighter`, `looser` or `other`, None where one of them has none.
    """

    rule: Named
    name: str
    first: str
    second: str
    second_is: str | None


class TwoWays(Explained):
    """What else of a rule, or of a policy as a whole, two profiles have otherwise, in words."""

    rule: Named | None
    what: str
    first: str
    second: str


class CitiesCompared(Explained):
    """Two profiles on one day: rules of one alone, values, and what else is otherwise."""

    first: Named
    second: Named
    first_alone: tuple[Named, ...]
    second_alone: tuple[Named, ...]
    values: tuple[TwoValues, ...]
    ways: tuple[TwoWays, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing is otherwise."""
        return not (self.first_alone or self.second_alone or self.values or self.ways)


@dataclass(frozen=True, slots=True)
class _Side:
    bound: BoundRulebook
    wording: Wording

    def rule_words(self, rule: BoundRule) -> Mapping[str, str]:
        """Return in words what a layer may change of a rule besides its values."""
        wording = self.wording
        said = {
            "effect": wording.word(f"effect.{rule.effect.value}"),
            "if_unknown": wording.word(f"if_unknown.{rule.if_unknown.value}"),
        }
        said |= {key: text.strip() for key, text in rule.texts.items()}
        if rule.weight is not None:
            said["weight"] = f"{rule.weight:g}"
        if rule.cap is not None:
            said["cap"] = f"{rule.cap:g}"
        return said


def compare_cities(
    rulebook: Rulebook, first: str, second: str, *, as_of: date, language: str = "en"
) -> CitiesCompared:
    """Return what two cities or standards ask otherwise of the same offer on a day.

    Raises RequestError for a profile, day or language that is not there.
    """
    for name in (first, second):
        check_city(name, rulebook)
    scope = Scope(rulebook, as_of, language, tuple(dict.fromkeys((first, second))))
    sides = [_side(bound_on(rulebook, name, as_of), language) for name in (first, second)]
    one, two = sides
    names = list(scope.guide.rules)
    return CitiesCompared(
        first=Named(id=first, title=one.wording.city()),
        second=Named(id=second, title=two.wording.city()),
        first_alone=scope.rules_named(n for n in names if _is_alone(n, one, two)),
        second_alone=scope.rules_named(n for n in names if _is_alone(n, two, one)),
        values=tuple(_values(scope, one, two)),
        ways=(*_frame(one, two), *_ways(scope, one, two)),
    )


def _side(bound: BoundRulebook, language: str) -> _Side:
    return _Side(bound, Wording(bound, language))


def _is_alone(rule: str, here: _Side, there: _Side) -> bool:
    return rule in here.bound.rules and rule not in there.bound.rules


def _both(one: _Side, two: _Side) -> Iterator[tuple[BoundRule, BoundRule]]:
    for name, rule in one.bound.rules.items():
        if name in two.bound.rules:
            yield rule, two.bound.rules[name]


def _values(scope: Scope, one: _Side, two: _Side) -> Iterator[TwoValues]:
    told: set[str] = set()
    for rule, other in _both(one, two):
        for name, parameter in rule.parameters.items():
            beside = other.parameters.get(name)
            if beside is None or beside.value == parameter.value or name in told:
                continue
            if name.lstrip("$").startswith("shared."):
                told.add(name)
            turned = None
            if parameter.value is not None and beside.value is not None:
                turned = compared(beside.value, parameter.value, parameter.tighter)
            yield TwoValues(
                rule=scope.rule_named(rule.id),
                name=scope.wording.parameter_title(parameter, rule),
                first=said_value(scope, rule, parameter, parameter.value),
                second=said_value(scope, other, beside, beside.value),
                second_is=None if turned == SAME else turned,
            )


def _frame(one: _Side, two: _Side) -> Iterator[TwoWays]:
    for what in FRAME:
        first, second = (str(getattr(side.bound.city, what)) for side in (one, two))
        if first != second:
            said = [_framed(what, text, one.wording) for text in (first, second)]
            yield TwoWays(rule=None, what=what, first=said[0], second=said[1])


def _framed(what: str, value: str, wording: Wording) -> str:
    return wording.word(f"policy.{value}") if what == "offsetting" else value


def _ways(scope: Scope, one: _Side, two: _Side) -> Iterator[TwoWays]:
    for rule, other in _both(one, two):
        first, second = one.rule_words(rule), two.rule_words(other)
        for what in dict.fromkeys((*first, *second)):
            was, now = first.get(what, "–"), second.get(what, "–")
            if was != now:
                named = scope.rule_named(rule.id)
                yield TwoWays(rule=named, what=what, first=was, second=now)


__all__ = ["LOOSER", "TIGHTER", "CitiesCompared", "TwoValues", "TwoWays", "compare_cities"]
