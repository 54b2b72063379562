"""Why a rule says something else on a later day: value, table, fact, search, or the calendar.

Each thing that is otherwise on the later day is tried by itself; what alone leads to the later
finding is the cause, else all of them are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from offsetcheck.difference.exchange import Judged
from offsetcheck.difference.tree import rebuilt
from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.inputs import expressions
from offsetcheck.engine.knowledge import PURCHASE, Facts
from offsetcheck.engine.lookup import awaits_screening
from offsetcheck.explain.setting import Setting
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Constant, FieldRef, Lookup, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.finding import Finding

DAY = "$as_of"


class Kind(StrEnum):
    """What was otherwise on the later day."""

    BEGAN = "began"
    ENDED = "ended"
    VALUE = "value"
    TABLE = "table"
    FACT = "fact"
    SCREENING = "screening"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Side:
    """One candidate as it was judged on one of the two days."""

    setting: Setting
    candidate: Candidate
    assessment: Assessment

    @cached_property
    def judged(self) -> Judged:
        """The assessment with its rulebook."""
        return Judged(self.setting.bound, self.assessment)

    @property
    def facts(self) -> Facts:
        """The facts of the day, every evidence grade counting."""
        return Facts(self.candidate, self.setting.purchase, self.setting.bound.as_of)

    def rule(self, name: str) -> BoundRule | None:
        """Return a rule in force on the day."""
        return self.setting.bound.rules.get(name)


@dataclass(frozen=True, slots=True)
class Shift:
    """One thing that was otherwise: `name` is a parameter, a looked-up field, or a fact."""

    kind: Kind
    name: str


def shifts(rule: str, before: Side, after: Side) -> tuple[Shift, ...]:
    """Return why a rule came out otherwise for the candidate on the later day."""
    old, new = before.rule(rule), after.rule(rule)
    if old is None or new is None:
        return (Shift(Kind.ENDED if new is None else Kind.BEGAN, rule),)
    changed = tuple(_changed(old, new, before, after))
    wanted = _sense(after.judged.findings[rule])
    alone = tuple(s for s in changed if _sense(_with(s, old, new, before, after)) == wanted)
    return alone or changed


def _changed(old: BoundRule, new: BoundRule, before: Side, after: Side) -> Iterator[Shift]:
    for name, parameter in old.parameters.items():
        if parameter.value != new.parameters[name].value:
            yield Shift(Kind.VALUE, name)
    nodes = _nodes(old)
    later = _named(_nodes(new))
    for name, node in _named(nodes).items():
        if isinstance(node, Lookup) and _answers_differ(node, later[name], after):
            yield Shift(Kind.TABLE, name)
    yield from _known_since(nodes, before, after)
    if _asks_the_day(nodes) or _reads_changed_purchase(nodes, before, after):
        yield Shift(Kind.CALENDAR, DAY)


def _nodes(rule: BoundRule) -> tuple[Node, ...]:
    return tuple(node for expression in expressions(rule) for node in walk(expression))


def _named(nodes: Iterable[Node]) -> dict[str, Node]:
    """Return what the days fill in, by name: values of the day and tables."""
    return {
        node.name: node
        for node in nodes
        if isinstance(node, (Constant, Lookup)) and node.name is not None
    }


def _answers_differ(old: Node, new: Node, after: Side) -> bool:
    # Both as seen on the later day, so that neither facts nor a search make the difference.
    return evaluate(old, after.facts) != evaluate(new, after.facts)


def _known_since(nodes: Iterable[Node], before: Side, after: Side) -> Iterator[Shift]:
    nodes = tuple(nodes)
    names = dict.fromkeys(node.name for node in nodes if isinstance(node, FieldRef))
    for name in names:
        if _became_known(fact_of(name, after), before, after):
            yield Shift(Kind.FACT, name)
    searched = any(isinstance(node, Lookup) and awaits_screening(node) for node in nodes)
    if searched and after.facts.screened and not before.facts.screened:
        yield Shift(Kind.SCREENING, DAY)


def _became_known(fact: Fact, before: Side, after: Side) -> bool:
    days = (before.setting.bound.as_of, after.setting.bound.as_of)
    return fact.as_of is not None and days[0] < fact.as_of <= days[1]


def fact_of(name: str, side: Side) -> Fact:
    """Return the fact under a name, the purchase's where it carries its scope."""
    if name.startswith(PURCHASE):
        return side.setting.purchase.fact(name.removeprefix(PURCHASE))
    return side.candidate.fact(name)


def _asks_the_day(nodes: Iterable[Node]) -> bool:
    return any(isinstance(node, Constant) and node.name == DAY for node in nodes)


def _reads_changed_purchase(nodes: Iterable[Node], before: Side, after: Side) -> bool:
    names = {node.name for node in nodes if isinstance(node, FieldRef)}
    return any(
        fact_of(name, before).value != fact_of(name, after).value
        for name in names
        if name.startswith(PURCHASE)
    )


def _with(shift: Shift, old: BoundRule, new: BoundRule, before: Side, after: Side) -> Finding:
    """Return the finding where one thing alone is as on the later day."""
    swapped = {Kind.VALUE: f"${shift.name}", Kind.TABLE: shift.name, Kind.CALENDAR: DAY}
    later = _named(_nodes(new))
    name = swapped.get(shift.kind)
    rule = _rebuilt(old, {name: later[name]} if name in later else {})
    known = after if shift.kind in (Kind.FACT, Kind.SCREENING) else before
    purchase = after if shift.kind is Kind.CALENDAR else before
    day = known.setting.bound.as_of
    return evaluate_rule(rule, before.candidate, day, purchase.setting.purchase)


def _rebuilt(rule: BoundRule, others: Mapping[str | None, Node]) -> BoundRule:
    if not others:
        return rule

    def built(node: Node | None) -> Node | None:
        return None if node is None else rebuilt(node, others)

    return replace(
        rule,
        applies_when=built(rule.applies_when),
        requires=built(rule.requires),
        levels=tuple((points, built(condition)) for points, condition in rule.levels),
    )


def _sense(finding: Finding) -> tuple[object, ...]:
    return finding.outcome, finding.state, finding.lower, finding.upper
