"""Why a rule says something else on the other side: which of the things that it reads is another.

Each thing that is otherwise after is put in by itself; what alone leads to the finding after is
the cause, else the smallest set that leads to it together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from offsetcheck.difference.known import as_before, fact_of, known_since
from offsetcheck.difference.terms import AssessmentUnder
from offsetcheck.difference.tree import rebuilt, without_columns
from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import PURCHASE
from offsetcheck.engine.lookup import awaits_screening
from offsetcheck.engine.state import signed_judgement
from offsetcheck.ground.smallest import enough_alone, enough_together
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Constant, FieldRef, Lookup, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.finding import Finding, State
from offsetcheck.vocabulary.purchase import Screening

DAY = "$as_of"
PARAMETER, CITY_VALUE = "$", "city."
READ_BY_FINDINGS = ("subject", "draft", "effect", "if_unknown", "declare", "at_least")


class ShiftKind(StrEnum):
    """What was otherwise after."""

    BEGAN = "began"
    ENDED = "ended"
    MEANING = "meaning"
    VALUE = "value"
    CITY_VALUE = "city_value"
    TABLE = "table"
    FACT = "fact"
    SCREENING = "screening"
    REVIEW = "review"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class ChangedInput:
    """One thing that was otherwise after.

    `name` is a parameter, a city value, a looked-up field or a stated fact; the rule itself where
    it began, ended or means something else; `$as_of` for a screening, a review and the calendar.
    """

    kind: ShiftKind
    name: str


def turning_inputs(
    rule: str, before: AssessmentUnder, after: AssessmentUnder
) -> tuple[ChangedInput, ...]:
    """Return why a rule came out otherwise after: each thing that is enough by itself.

    Where none is, a smallest set that is enough together; where not even all are, all of them.
    """
    old, new = before.rule(rule), after.rule(rule)
    if old is None or new is None:
        kind = ShiftKind.ENDED if new is None else ShiftKind.BEGAN
        return (ChangedInput(kind, rule),)
    changed = changed_inputs(old, new, before, after)
    wanted = _said(after.findings[rule])

    def reached(taken: Sequence[ChangedInput]) -> bool:
        return _said(finding_with(taken, rule, before, after)) == wanted

    return enough_alone(changed, reached) or enough_together(changed, reached)


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.outcome, finding.state, finding.lower, finding.upper


def changed_inputs(
    old: BoundRule, new: BoundRule, before: AssessmentUnder, after: AssessmentUnder
) -> tuple[ChangedInput, ...]:
    """Return all that a rule reads and that is otherwise after, whether or not it matters."""
    return tuple(
        ChangedInput(kind, name)
        for kind, name in (
            *((ShiftKind.VALUE, name) for name in _values(old, new)),
            *((ShiftKind.CITY_VALUE, name) for name in _city_values(old, new)),
            *((ShiftKind.TABLE, name) for name in _tables(old, new, after)),
            *((ShiftKind.FACT, name) for name in _facts(old, before, after)),
            *((ShiftKind.SCREENING, DAY) for _ in _search(old, before, after)),
            *((ShiftKind.REVIEW, DAY) for _ in _review(old, before, after)),
            *((ShiftKind.CALENDAR, DAY) for _ in _calendar(old, before, after)),
            *((ShiftKind.MEANING, old.id) for _ in _meaning(old, new)),
        )
    )


def nodes_of(rule: BoundRule) -> tuple[Node, ...]:
    """Return all nodes of a rule's expressions, in reading order."""
    return tuple(node for expression in rule.expressions() for node in walk(expression))


def named_nodes(rule: BoundRule) -> dict[str | None, Node]:
    """Return what city, day and tables fill in, by name: constants (`$x`, `city.x`) and lookups."""
    return {
        node.name: node
        for node in nodes_of(rule)
        if isinstance(node, Constant | Lookup) and node.name is not None
    }


def _values(old: BoundRule, new: BoundRule) -> Iterator[str]:
    for name, parameter in old.parameters.items():
        if name in new.parameters and parameter.value != new.parameters[name].value:
            yield name


def _city_values(old: BoundRule, new: BoundRule) -> Iterator[str]:
    later = named_nodes(new)
    for name, node in named_nodes(old).items():
        if isinstance(node, Constant) and name is not None and name.startswith(CITY_VALUE):
            other = later.get(name)
            if isinstance(other, Constant) and other.value != node.value:
                yield name


def _tables(old: BoundRule, new: BoundRule, after: AssessmentUnder) -> Iterator[str]:
    later = named_nodes(new)
    for name, node in named_nodes(old).items():
        # Both are asked as after, so that neither facts nor a search make the difference.
        if isinstance(node, Lookup) and name in later:
            facts = after.facts
            if evaluate(node, facts) != evaluate(later[name], facts):
                yield node.name


def _facts(old: BoundRule, before: AssessmentUnder, after: AssessmentUnder) -> Iterator[str]:
    for name in _stated(old):
        if _became_known(fact_of(name, after), before, after):
            yield name


def _stated(rule: BoundRule) -> tuple[str, ...]:
    names = (node.name for node in nodes_of(rule) if isinstance(node, FieldRef))
    return tuple(dict.fromkeys(names))


def _became_known(fact: Fact, before: AssessmentUnder, after: AssessmentUnder) -> bool:
    return known_since(fact, before.terms.day, after.terms.day) is not None


def _search(old: BoundRule, before: AssessmentUnder, after: AssessmentUnder) -> Iterator[str]:
    searched = any(isinstance(node, Lookup) and awaits_screening(node) for node in nodes_of(old))
    if searched and after.facts.screened is not before.facts.screened:
        yield DAY


def _review(old: BoundRule, before: AssessmentUnder, after: AssessmentUnder) -> Iterator[str]:
    if len({_signed(old, before, side.terms.day) for side in (before, after)}) > 1:
        yield DAY


def _signed(rule: BoundRule, side: AssessmentUnder, day: date) -> State | None:
    return signed_judgement(rule, side.candidate.id, side.terms.purchase, day)


def _calendar(old: BoundRule, before: AssessmentUnder, after: AssessmentUnder) -> Iterator[str]:
    moved = before.terms.day != after.terms.day and DAY in named_nodes(old)
    purchase = (name for name in _stated(old) if name.startswith(PURCHASE))
    if moved or any(fact_of(n, before).value != fact_of(n, after).value for n in purchase):
        yield DAY


def _meaning(old: BoundRule, new: BoundRule) -> Iterator[str]:
    if meaning(old) != meaning(values_put_in(new, named_nodes(old))):
        yield old.id


def meaning(rule: BoundRule) -> tuple[object, ...]:
    """Return all that decides what a rule says of facts, wherever its words stand in a file."""
    asked = tuple(getattr(rule, name) for name in READ_BY_FINDINGS)
    parts = (rule.applies_when, rule.requires, *(condition for _, condition in rule.levels))
    trees = tuple(None if part is None else without_columns(part) for part in parts)
    return (*asked, *(points for points, _ in rule.levels), *trees)


def finding_with(
    taken: Iterable[ChangedInput], rule: str, before: AssessmentUnder, after: AssessmentUnder
) -> Finding:
    """Return a rule's finding where some things are as after and all else is as before."""
    names = _by_kind(taken)
    old, new = before.terms.bound.rules[rule], after.terms.bound.rules[rule]
    earlier, later = named_nodes(old), named_nodes(new)
    moved = frozenset(_node_names(names))
    others = {name: (later if name in moved else earlier)[name] for name in earlier.keys() & later}
    filled = values_put_in(new if ShiftKind.MEANING in names else old, others)
    return _judged(filled, names, before, after)


def _by_kind(taken: Iterable[ChangedInput]) -> dict[ShiftKind, frozenset[str]]:
    found: dict[ShiftKind, frozenset[str]] = {}
    for thing in taken:
        found[thing.kind] = found.get(thing.kind, frozenset()) | {thing.name}
    return found


def _node_names(names: Mapping[ShiftKind, frozenset[str]]) -> Iterator[str]:
    """Yield the names of the nodes that are as after."""
    yield from (f"{PARAMETER}{name}" for name in names.get(ShiftKind.VALUE, ()))
    for kind in (ShiftKind.CITY_VALUE, ShiftKind.TABLE, ShiftKind.CALENDAR):
        yield from names.get(kind, ())


def _judged(
    rule: BoundRule,
    names: Mapping[ShiftKind, frozenset[str]],
    before: AssessmentUnder,
    after: AssessmentUnder,
) -> Finding:
    """Return a finding as known on the later day, less facts, searches and reviews not taken."""
    known = names.get(ShiftKind.FACT, frozenset())
    hidden = {
        name: as_before(fact_of(name, after), before.terms.day)
        for name in _facts(rule, before, after)
        if name not in known
    }
    purchase = (after if ShiftKind.CALENDAR in names else before).terms.purchase
    searched = (after if ShiftKind.SCREENING in names else before).facts.screened
    offers = (before.candidate.id,)
    on_the_day = Screening(by="", on=after.terms.day, sources=(), offers=offers)
    signed_by = (after if ShiftKind.REVIEW in names else before).terms.day
    purchase = replace(
        purchase,
        screenings=(on_the_day,) if searched else (),
        reviews=tuple(review for review in purchase.reviews if review.on <= signed_by),
    )
    own = {
        name.removeprefix(PURCHASE): f for name, f in hidden.items() if name.startswith(PURCHASE)
    }
    purchase = replace(purchase, facts={**purchase.facts, **own})
    stated = {name: fact for name, fact in hidden.items() if not name.startswith(PURCHASE)}
    return evaluate_rule(rule, before.candidate.with_facts(stated), after.terms.day, purchase)


def values_put_in(rule: BoundRule, others: Mapping[str | None, Node]) -> BoundRule:
    """Return a rule in whose expressions the constants and lookups of these names are these."""
    return rule.with_expressions(lambda node: rebuilt(node, others))
