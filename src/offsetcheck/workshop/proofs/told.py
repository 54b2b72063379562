"""What was proved as problems: at its place in the files, with a situation that shows it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from offsetcheck.rulebook.binding.bind import bind_rules_of_guide
from offsetcheck.rulebook.lint.check import Described
from offsetcheck.rulebook.policies.layers import Layer, layers_of
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import Example
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.problem import Place, Problem
from offsetcheck.workshop.proofs.answers import Answer, flow
from offsetcheck.workshop.proofs.described import (
    CITY_VALUE_EMPTIES,
    CONTRADICT,
    LEVEL_NEVER_GIVEN,
    NEVER_APPLIES,
    NEVER_FAILS,
    NEVER_PASSES,
    NOT_PROVED,
    SAY_THE_SAME,
)
from offsetcheck.workshop.proofs.pairs import BOTH, SECOND, Pair
from offsetcheck.workshop.proofs.settings import Setting, set_by
from offsetcheck.workshop.proofs.single import APPLIES, FAIL, PASS, Reachable
from offsetcheck.workshop.rule_tests import default_day, find

NAMES = {
    APPLIES: "never applies",
    PASS: "can never be met",
    FAIL: "can never fail",
}


class Told(NamedTuple):
    """A rulebook and the last day that it speaks of: where what was proved is told."""

    rulebook: Rulebook
    last: date

    def of_guide(self, setting: Setting, found: Reachable) -> Iterator[Problem]:
        """Yield what a rule never comes to as the guide has it."""
        rule = self.rulebook.rules[setting.rule.id]
        if found.never:
            kind, steps = _kind(found.never[0])
            when = self._when(setting)
            said = f"`{rule.file.id}` {_never(found.never)}{when}, whatever is stated of an offer"
            yield told(kind, said, rule.document.key_place(steps), self._shown(setting, found))

    def of_city(self, setting: Setting, found: Reachable, known: set[str]) -> Iterator[Problem]:
        """Yield what a rule never comes to with what a city sets, and could without it."""
        names = tuple(name for name in found.never if name not in known)
        if names:
            said = f"with what is set here `{setting.rule.id}` {_never(names)}{self._when(setting)}"
            yield told(CITY_VALUE_EMPTIES, said, self._set_at(setting), self._here(found))

    def not_proved(self, setting: Setting, found: Reachable) -> Iterator[Problem]:
        """Yield what the solver gave up of one rule."""
        if found.not_proved:
            rule = self.rulebook.rules[setting.rule.id]
            names = ", ".join(_outcome(name) for name in found.not_proved)
            said = f"whether `{rule.file.id}` can come to {names} was not proved"
            yield told(NOT_PROVED, said, rule.document.key_place(("id",)))

    def of_pair(self, one: Setting, other: Setting, pair: Pair) -> Iterator[Problem]:
        """Yield that two rules contradict each other or say the same, or that this is open."""
        rule = self.rulebook.rules[other.rule.id]
        place = rule.document.key_place(("requires",))
        names = f"`{one.rule.id}` and `{other.rule.id}`"
        whose = "" if one.is_guide and other.is_guide else f" for {_city(one, other)}"
        if pair.contradict:
            name = f"does not meet {one.rule.id}"
            example = self._of_two(other, pair.ways[SECOND], name)
            said = f"no offer can meet both {names}{whose}, and each can be met"
            yield told(CONTRADICT, said, place, example)
        elif pair.alike:
            example = self._of_two(other, pair.ways[BOTH], f"meets {one.rule.id} too")
            said = f"{names} say the same wherever both apply{whose}"
            yield told(SAY_THE_SAME, said, place, example)
        elif pair.is_open:
            said = f"whether {names} exclude each other or say the same was not proved"
            yield told(NOT_PROVED, said, place)

    def _when(self, setting: Setting) -> str:
        until_today = setting.day == self.last
        return "" if until_today else f" with the values of {setting.day.isoformat()}"

    def _shown(self, setting: Setting, found: Reachable) -> str | None:
        """Return an example of what a rule of the guide comes to instead, if it comes out so."""
        instead = found.instead()
        day = None if setting.day == self.last else setting.day
        example = instead and instead[1].example(_named(instead[0]), instead[0], day)
        if not example or not _comes_out(self.rulebook, setting.rule.id, example):
            return None
        return f"an example for `tests`: - {flow(example)}"

    def _of_two(self, setting: Setting, answer: Answer, name: str) -> str | None:
        """Return an example of the second of two rules, which is met."""
        example = answer.example(name, PASS) if setting.is_guide else None
        if not example or not _comes_out(self.rulebook, setting.rule.id, example):
            return None
        return f"an example for `tests`: - {flow(example)}"

    def _here(self, found: Reachable) -> str | None:
        """Return what a rule of a city comes to instead."""
        instead = found.instead()
        example = instead and instead[1].example("", instead[0])
        if not instead or not example:
            return None
        return f"{flow(example['given'])} comes to {_outcome(instead[0])} here"

    def _set_at(self, setting: Setting) -> Place:
        """Return where the last layer that touches a rule does so."""
        city = self.rulebook.cities[setting.city]
        for layer in reversed(layers_of(city, self.rulebook.jurisdictions)):
            steps = _touched_at(layer, self.rulebook.rules[setting.rule.id])
            if steps is not None:
                folder = "cities" if layer.is_city else "jurisdictions"
                return self.rulebook.documents[f"{folder}/{layer.id}.yaml"].key_place(steps)
        return self.rulebook.documents[f"cities/{city.id}.yaml"].key_place(())


def told(kind: Described, said: str, place: Place, example: str | None = None) -> Problem:
    """Return a problem of one kind, with the example that shows it."""
    step = kind.step.removesuffix(".")
    hint = step[0].lower() + step[1:]
    shown = f"{hint}; {example}" if example else hint
    return Problem(said, place, shown, kind.severity, check=kind.id)


def _comes_out(rulebook: Rulebook, rule: str, example: Mapping[str, Any]) -> bool:
    """Whether an example comes out as it says where the rule's own examples are run."""
    loaded = rulebook.rules[rule]
    written = Example.model_validate(example)
    day = written.as_of or default_day(rulebook, loaded)
    bound = bind_rules_of_guide(rulebook, {rule}, day).get(rule)
    if bound is None:
        return False
    finding = find(rulebook, bound, written, day)
    scored = finding.outcome is Outcome.SCORED
    return written.expect == (str(finding.lower) if scored else finding.outcome.value)


def _named(outcome: str) -> str:
    names = {PASS: "what is stated meets the rule", FAIL: "what is stated does not meet the rule"}
    return names.get(outcome, f"what is stated is given level {outcome}")


def _touched_at(layer: Layer, rule: LoadedRule) -> Steps | None:
    for full in set_by(layer, rule):
        return ("parameters", full)
    for index, change in enumerate(layer.change):
        if change.rule == rule.file.id:
            return ("change", index)
    return None


def _kind(name: str) -> tuple[Described, Steps]:
    kinds: dict[str, tuple[Described, Steps]] = {
        APPLIES: (NEVER_APPLIES, ("applies_when",)),
        PASS: (NEVER_PASSES, ("requires",)),
        FAIL: (NEVER_FAILS, ("requires",)),
    }
    return kinds.get(name, (LEVEL_NEVER_GIVEN, ("levels", name)))


def _never(names: tuple[str, ...]) -> str:
    if names == (PASS, FAIL):
        return "can be neither met nor failed"
    if names[0] in NAMES:
        return NAMES[names[0]]
    levels = "level" if len(names) == 1 else "levels"
    return f"never gives {levels} {' and '.join(names)}"


def _outcome(name: str) -> str:
    return f"level {name}" if name.isdecimal() else name


def _city(one: Setting, other: Setting) -> str:
    return f"`{other.city if one.is_guide else one.city}`"
