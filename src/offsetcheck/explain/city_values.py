"""Other values of what the city has not decided: at which of them offers turn, and which do.

A verdict can turn only where the value passes what an offer states. Just such values are tried: of
a number each one that it is held against, of a list the list with what an offer states, or without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from offsetcheck.engine.assess import assess_under, finding_under
from offsetcheck.engine.expression import evaluate
from offsetcheck.explain.city_trial import Trial, TriedOffer
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.rulebook.expression.nodes import Constant, Node
from offsetcheck.rulebook.expression.walk import children, walk, with_children
from offsetcheck.vocabulary.city_explanation import Way
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.evidence import Value

MOST_VALUES = 6


def value_ways(
    trial: Trial, rule: BoundRule, parameter: BoundParameter, concerned: Sequence[TriedOffer]
) -> tuple[Way, ...]:
    """Return other values at which further offers turn, the one nearest to the present first.

    None for a rule that judges no offers.
    """
    if rule.subject is not Subject.CANDIDATE or trial.left <= 0:
        return ()
    other = _other_list if isinstance(parameter.value, tuple) else _other_value
    ways = (
        _way(trial, rule, replace(parameter, value=value), settled, concerned)
        for value, settled in other(trial, rule, parameter, _stated(rule, parameter, concerned))
    )
    told: set[tuple[str, ...]] = set()
    return tuple(way for way in ways if _is_new(way, told))


def _is_new(way: Way, told: set[tuple[str, ...]]) -> bool:
    """Whether a value turns what none nearer to the present one does; note it as told."""
    turned = tuple(turn.words for turn in way.turns)
    if not turned or turned in told:
        return False
    told.add(turned)
    return True


Tries = Iterator[tuple[Value, str]]


def _other_value(
    trial: Trial, rule: BoundRule, parameter: BoundParameter, stated: Sequence[Value]
) -> Tries:
    """Yield what offers state, the nearest number first, with what deciding it so is called."""
    now = parameter.value

    def distance(value: Value) -> float:
        both = isinstance(value, int | float) and isinstance(now, int | float)
        return abs(value - now) if both else 0.0  # type: ignore[operator]

    others = sorted((value for value in stated if value != now), key=distance)
    for value in others[:MOST_VALUES]:
        named = trial.setting.wording.parameter(replace(parameter, value=value), rule)
        yield value, trial.setting.wording.word("pages.way_decided", value=named)


def _other_list(
    trial: Trial, rule: BoundRule, parameter: BoundParameter, stated: Sequence[Value]
) -> Tries:
    """Yield the list without what an offer states that is in it, and with what is not."""
    listed = parameter.value if isinstance(parameter.value, tuple) else ()
    for item in stated[:MOST_VALUES]:
        if not isinstance(item, int | float | str):
            continue
        named = trial.setting.wording.parameter(replace(parameter, value=(item,)), rule)  # type: ignore[arg-type]
        rest = tuple(one for one in listed if one != item)
        key, value = (
            ("pages.way_without", rest)
            if len(rest) < len(listed)
            else ("pages.way_with", (*listed, item))
        )
        yield value, trial.setting.wording.word(key, value=named)  # type: ignore[misc]


def _way(
    trial: Trial,
    rule: BoundRule,
    parameter: BoundParameter,
    settled: str,
    concerned: Sequence[TriedOffer],
) -> Way:
    """Return what one value turns among the offers for which the rule then says something else."""
    setting = trial.setting
    under = rule.with_expressions(lambda node: _with_value(node, parameter))

    def moved(offer: TriedOffer) -> bool:
        before = offer.context.findings[rule.id]
        then = finding_under(under, offer.candidate, setting.bound, setting.purchase)
        return (then.outcome, then.lower, then.upper) != (
            before.outcome,
            before.lower,
            before.upper,
        )

    return trial.way(
        settled,
        filter(moved, concerned),
        lambda o: assess_under(under, o.assessment, o.candidate, setting.bound, setting.purchase),
        rule.id,
    )


def _with_value(node: Node, parameter: BoundParameter) -> Node:
    if isinstance(node, Constant):
        own = node.name == f"${parameter.name}"
        return replace(node, value=parameter.value, cause=None) if own else node
    return with_children(node, lambda child: _with_value(child, parameter))


def _stated(
    rule: BoundRule, parameter: BoundParameter, concerned: Sequence[TriedOffer]
) -> list[Value]:
    """Return what offers state where the parameter is held against it, each value once."""
    beside = list(_beside(rule, parameter))
    values = (evaluate(node, offer.context.facts()).value for offer in concerned for node in beside)
    found: list[Value] = []
    for value in values:
        items = value if isinstance(value, tuple) else (value,)
        found += [item for item in items if item is not None]
    return list(dict.fromkeys(found))


def _beside(rule: BoundRule, parameter: BoundParameter) -> Iterator[Node]:
    """Yield what stands beside the parameter in a comparison of the rule."""
    for expression in rule.expressions():
        for node in walk(expression):
            parts = children(node)
            if any(_is(part, parameter) for part in parts):
                yield from (part for part in parts if not isinstance(part, Constant))


def _is(node: Node, parameter: BoundParameter) -> bool:
    return isinstance(node, Constant) and node.name == f"${parameter.name}"
