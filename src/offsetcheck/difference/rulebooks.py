"""Two rulebooks, the same city and day: which rules mean something else, and what they turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.difference.causes import ListCauses, list_causes
from offsetcheck.difference.exchange import READ_BY_SCORES, differing_frame
from offsetcheck.difference.inputs import meaning, named_nodes, values_put_in
from offsetcheck.difference.terms import Terms
from offsetcheck.difference.turned import Told, Turned, turned
from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.nodes import Constant, Lookup, Node
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable


class RuleChange(StrEnum):
    """In what a rule of the one rulebook is another in the other."""

    ADDED = "added"
    REMOVED = "removed"
    MEANING = "meaning"  # when it applies, what it asks, of which evidence
    VALUE = "value"  # a number, list or city value that it is asked with
    TABLE = "table"  # the rows of a table that it looks up
    SCORING = "scoring"  # effect, weight, cap and what else scores and conclusions read


@dataclass(frozen=True, slots=True)
class ChangedRule:
    """A rule that decides otherwise in the other rulebook; its words and sources do not count."""

    rule: str
    changes: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True)
class RulebookDifference:
    """The rules that changed, what they turn of a list, and through which of them.

    `frame` names what else decides otherwise: the city's floor, the scoring, the conclusions.
    """

    rules: tuple[ChangedRule, ...]
    frame: tuple[str, ...]
    turned: Turned
    causes: ListCauses


def compare_rulebooks(
    before: BoundRulebook,
    after: BoundRulebook,
    table: CandidateTable,
    purchase: Purchase,
    told: Told = lambda *_: None,
    *,
    known: BatchResult | None = None,
) -> RulebookDifference:
    """Return how two rulebooks differ for one city and day, and what that does to a list.

    `told` hears how many rows of how many are judged; `known` is what was judged under the one
    before already. Raises ValueError where they are bound to
    different cities or days: then more differs than the rules.
    """
    if (before.city.id, before.as_of) != (after.city.id, after.as_of):
        raise ValueError("two rulebooks are compared for one city and one day")
    found = turned(table, Terms(before, purchase), Terms(after, purchase), told, known=known)
    return RulebookDifference(
        rules=changed_rules(before, after),
        frame=differing_frame(before, after),
        turned=found,
        causes=list_causes(table, found),
    )


def changed_rules(before: BoundRulebook, after: BoundRulebook) -> tuple[ChangedRule, ...]:
    """Return the rules that decide otherwise, in the order of the rulebook before, then after."""
    names = dict.fromkeys([*before.rules, *after.rules])
    found = (
        ChangedRule(name, tuple(_changes(before.rules.get(name), after.rules.get(name))))
        for name in names
    )
    return tuple(rule for rule in found if rule.changes)


def _changes(old: BoundRule | None, new: BoundRule | None) -> Iterator[RuleChange]:
    if old is None or new is None:
        yield RuleChange.ADDED if old is None else RuleChange.REMOVED
        return
    earlier, later = named_nodes(old), named_nodes(new)
    both = [(earlier[name], later[name]) for name in earlier if name in later]
    if meaning(old) != meaning(values_put_in(new, earlier)):
        yield RuleChange.MEANING
    if any(_value_of(was) != _value_of(now) for was, now in both):
        yield RuleChange.VALUE
    if any(_answers_of(was) != _answers_of(now) for was, now in both):
        yield RuleChange.TABLE
    if any(getattr(old, name) != getattr(new, name) for name in READ_BY_SCORES):
        yield RuleChange.SCORING


def _value_of(node: Node) -> Value | None:
    return node.value if isinstance(node, Constant) else None


def _answers_of(node: Node) -> tuple[object, ...] | None:
    """Return all that decides what a table answers to a key, None for a node that is no lookup."""
    if not isinstance(node, Lookup):
        return None
    return node.table, node.rows, node.collect, node.absent, node.stale
