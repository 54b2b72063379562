"""What rules came to before: of many offers, and of many trials on one, most are told the same.

What a rule comes to follows from what it is told of the fields that it reads, so that it is
remembered under that and the rule is not asked again. Who the offer is, where a cell stood, what a
person has signed and the stage of the purchase are no part of it: they enter the finding anew.
Keys and answers are immutable; a memory belongs to one bound rulebook in one process, and what it
holds of a rule is bounded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard, TypeVar

from offsetcheck.engine.evaluate import RuleOutcome, Settled, finding_of, rule_outcome, settle
from offsetcheck.engine.knowledge import IDENTITY, Facts, Told
from offsetcheck.engine.lookup import awaits_screening
from offsetcheck.engine.observe import NOTHING, Observed
from offsetcheck.engine.typical import TYPE_FIELD
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import FieldRef, Lookup, Node
from offsetcheck.rulebook.expression.walk import children, inputs_of, walk
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.finding import Finding

# Of one rule: enough for the projects of a long list that differ, and for the trials on one.
MOST_KEPT = 512
NO_ROW = "no row"

Key = tuple[object, ...]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _RuleMemory:
    """What is remembered of one rule, and what its answers follow from.

    `inputs` are the fields that it reads. `named` are, by the place of an input that it reads as
    the key of tables alone, the texts that these hold: all others find no row.
    """

    rule: BoundRule
    observed: Observed
    inputs: tuple[str, ...]
    named: tuple[tuple[int, frozenset[str]], ...]
    asks_screening: bool
    explained: dict[Key, Settled] = field(default_factory=dict)
    plain: dict[Key, Settled] = field(default_factory=dict)
    outcomes: dict[Key, RuleOutcome] = field(default_factory=dict)
    turns: dict[Key, tuple[Value, ...]] = field(default_factory=dict)

    def key(self, facts: Facts) -> Key:
        """Return all that the rule's answer can follow from."""
        told = [facts.told(name) for name in self.inputs]
        for place, texts in self.named:
            told[place] = _without_row(told[place], texts)
        if not self.asks_screening:
            return tuple(told)
        return (*told, facts.screened, facts.subject.fact(IDENTITY).cause)


@dataclass(frozen=True, slots=True)
class Recall:
    """The memory of one bound rulebook: findings and outcomes, as `evaluate` would say them."""

    memories: Mapping[str, _RuleMemory]

    @classmethod
    def of(cls, rules: Iterable[BoundRule], observed: Mapping[str, Observed]) -> "Recall":
        """Return an empty memory of rules, with the fields whose values their findings keep."""
        return cls({rule.id: _memory_of(rule, observed[rule.id]) for rule in rules})

    def finding(self, rule: BoundRule, facts: Facts, *, explained: bool = True) -> Finding:
        """Return a rule's finding; what nobody explains keeps neither trace nor what it saw."""
        memory = self.memories[rule.id]
        facts = facts.at(rule.at_least, rule.screening_days)
        known = memory.explained if explained else memory.plain
        observed = memory.observed if explained else NOTHING
        settled = _remembered(
            known, memory.key(facts), lambda: settle(rule, facts, observed, traced=explained)
        )
        return finding_of(rule, settled, facts, observed)

    def outcome(self, rule: BoundRule, facts: Facts) -> RuleOutcome:
        """Return a rule's outcome under facts, at the grade that the rule asks for."""
        memory = self.memories[rule.id]
        return _remembered(
            memory.outcomes,
            memory.key(facts),
            lambda: rule_outcome(rule, facts.at(rule.at_least, facts.screening_days)),
        )

    def key(self, rules: Iterable[BoundRule], facts: Facts) -> Key:
        """Return all of an offer that the answers of some rules can follow from."""
        told = (
            self.memories[rule.id].key(facts.at(rule.at_least, rule.screening_days))
            for rule in rules
        )
        return (facts.at(None, None).screened, facts.screened, *told)

    def turns(
        self, rule: BoundRule, facts: Facts, of: Key, find: Callable[[], Iterable[Value]]
    ) -> tuple[Value, ...]:
        """Return the values that `find` yields from a rule and facts alone, and what `of` names."""
        memory = self.memories[rule.id]
        key = (*of, facts.at_least, facts.heard, *memory.key(facts))
        return _remembered(memory.turns, key, lambda: tuple(find()))


def _remembered(known: dict[Key, Answer], key: Key, find: Callable[[], Answer]) -> Answer:
    """Return what is known under a key, else what is found, which is kept.

    A list that a caller of the package states as a `list` has no key, and nothing is kept of it.
    """
    try:
        answer = known.get(key)
    except TypeError:
        return find()
    if answer is None:
        answer = find()
        if len(known) >= MOST_KEPT:
            known.clear()
        known[key] = answer
    return answer


def _memory_of(rule: BoundRule, observed: Observed) -> _RuleMemory:
    computed = (node for node in observed.values() if not isinstance(node, FieldRef))
    nodes = (*rule.expressions(), *computed)
    typical = (TYPE_FIELD,) if rule.typical else ()
    inputs = tuple(dict.fromkeys((*inputs_of(*nodes), *typical)))
    return _RuleMemory(
        rule=rule,
        observed=observed,
        inputs=inputs,
        named=tuple((inputs.index(name), texts) for name, texts in _named(nodes)),
        asks_screening=any(
            isinstance(part, Lookup) and awaits_screening(part)
            for node in nodes
            for part in walk(node)
        ),
    )


def _named(nodes: Sequence[Node]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the fields that are read as the key of tables alone, with the texts that these hold."""
    texts: dict[str, set[str]] = {}
    otherwise = {node.name for node in nodes if isinstance(node, FieldRef)}
    for parent in (part for node in nodes for part in walk(node)):
        keys = parent.keys if isinstance(parent, Lookup) else ()
        for place, child in enumerate(children(parent)):
            if isinstance(parent, Lookup) and place < len(keys) and _is_text(child):
                texts.setdefault(child.name, set()).update(key[place] for key in parent.rows)
            elif isinstance(child, FieldRef):
                otherwise.add(child.name)
    for name in sorted(texts.keys() - otherwise):
        yield name, frozenset(texts[name])


def _is_text(node: Node) -> TypeGuard[FieldRef]:
    return isinstance(node, FieldRef) and node.type is FieldType.TEXT


def _without_row(told: Told | None, texts: frozenset[str]) -> Told | None:
    """Return what is told of a key, the same for all texts that no row of the tables has."""
    if told is None or told.others or not isinstance(told.value, str) or told.value in texts:
        return told
    return told._replace(value=NO_ROW)
