"""What a rule saw: every field that it reads or its sentences name, on the day, at its grade.

Kept in findings that are explained. Nobody who explains reads a candidate's facts for himself, so
that no report states what the rule did not know.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import PURCHASE, Facts
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.nodes import Constant, Derived, FieldRef, Lookup
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import NOT_STATED, Cause, Fact
from offsetcheck.vocabulary.finding import Seen

CITY = "city."
SPOKEN = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")

NamedNode = Constant | Derived | FieldRef | Lookup
Observed = Mapping[str, NamedNode]  # field name -> the node that answers for it
NOTHING: Observed = MappingProxyType({})


def observed_fields(bound: BoundRulebook) -> Mapping[str, Observed]:
    """Return, by rule id, the fields that a rule reads and those that its sentences name besides.

    A computed field that only a sentence names is answered by the rule that reads it.
    """
    read = {rule.id: dict(_named_nodes(rule)) for rule in bound.rules.values()}
    anywhere = {name: node for nodes in read.values() for name, node in nodes.items()}
    for rule in bound.rules.values():
        for name in _spoken(rule):
            node = anywhere.get(name) or _stated(name, bound.dictionary)
            if node is not None:
                read[rule.id].setdefault(name, node)
    return read


def observe(observed: Observed, facts: Facts, computed: Mapping[str, Seen]) -> dict[str, Seen]:
    """Return what is seen of each field under the facts that a rule may use.

    `computed` is what `observe_computed` says of them.
    """
    return {
        name: facts.read(node.name, node.type) if isinstance(node, FieldRef) else computed[name]
        for name, node in observed.items()
    }


def observe_computed(observed: Observed, facts: Facts) -> dict[str, Seen]:
    """Return what is seen of the fields that are computed, looked up, or the city's own."""
    return {
        name: _seen(node, facts)
        for name, node in observed.items()
        if not isinstance(node, FieldRef)
    }


def _seen(node: Constant | Derived | Lookup, facts: Facts) -> Seen:
    answer = evaluate(node, facts)
    if answer.value is not None:
        return Seen(answer.value, None)
    causes = {item.cause for item in answer.missing}
    too_weak = isinstance(node, Lookup) and Cause.EVIDENCE_TOO_WEAK in causes
    # What the table says all the same, so that the reader learns what was not counted.
    fact = Fact(value=evaluate(node, facts.relaxed()).value) if too_weak else NOT_STATED
    possible = answer.possible if _keys_are_told(node, facts) else ()
    return Seen(None, min(causes, default=Cause.NOT_STATED), fact, possible)


def _keys_are_told(node: NamedNode, facts: Facts) -> bool:
    """Whether each table beneath a node is asked with a key that is known at least in part.

    To a key that could be anything each row of a table is an answer: naming them tells nothing.
    """
    keys = (key for part in walk(node) if isinstance(part, Lookup) for key in part.keys)
    return all(evaluate(key, facts).alternatives is not None for key in keys)


def _named_nodes(rule: BoundRule) -> Iterator[tuple[str, NamedNode]]:
    for expression in rule.expressions():
        for node in walk(expression):
            match node:
                case Derived(name=name) | FieldRef(name=name) | Lookup(name=name):
                    yield name, node
                case Constant(name=str(name)) if name.startswith(CITY):
                    yield name, node


def _spoken(rule: BoundRule) -> Iterable[str]:
    texts = [*(text for says in rule.says.values() for text in says.all), *rule.condition.values()]
    return dict.fromkeys(name for text in texts for name in SPOKEN.findall(text))


def _stated(name: str, dictionary: Dictionary) -> FieldRef | None:
    """Return the node of a field that is stated, or summed up before rules read it."""
    if name.startswith(PURCHASE):
        field = dictionary.purchase.get(name.removeprefix(PURCHASE))
    else:
        field = dictionary.candidate.get(name) or dictionary.portfolio.get(name)
    if field is None or field.derive is not None or field.lookup is not None:
        return None
    return FieldRef(name, field.type)
