"""What decided a finding: the rows of tables that answered, and the values it was held against.

Both stand in the comparisons that decided (`trace`), so that a report names where they are from
and not where the rule is from at its best.
"""

from collections.abc import Iterable, Iterator

from offsetcheck.engine.arithmetic import key_text, typed
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.engine.lookup import awaits_screening
from offsetcheck.engine.trace import deciding_nodes
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Constant, Lookup, Node, TableRow
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.tables.versions import version_matches
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.finding import NO_DECIDERS, DecidedRow, Deciders

PARAMETER, DAY = "$", "$as_of"


def deciders(rule: BoundRule, facts: Facts) -> Deciders:
    """Return the rows and parameters within the comparisons that decided a rule."""
    nodes = [node for node, _ in deciding_nodes(rule, facts)]
    rows = dict.fromkeys(row for node in nodes for row in _rows(node, facts))
    parameters = dict.fromkeys(name for node in nodes for name in _parameters(node))
    if not rows and not parameters:
        return NO_DECIDERS
    return Deciders(tuple(rows), tuple(parameters))


def _parameters(node: Node) -> Iterator[str]:
    for part in walk(node):
        if isinstance(part, Constant) and part.value is not None and _is_parameter(part.name):
            yield (part.name or "").removeprefix(PARAMETER)


def _is_parameter(name: str | None) -> bool:
    return name is not None and name.startswith(PARAMETER) and name != DAY


def _rows(node: Node, facts: Facts) -> Iterator[DecidedRow]:
    compared = frozenset(_compared(node))
    for part in walk(node):
        if isinstance(part, Lookup):
            yield from _answers(part, facts, compared)


def _compared(node: Node) -> Iterator[Value]:
    """Yield the words and numbers that a comparison names."""
    for part in walk(node):
        if isinstance(part, Constant) and part.value is not None:
            yield from part.value if isinstance(part.value, tuple) else (part.value,)


def _answers(lookup: Lookup, facts: Facts, compared: frozenset[Value]) -> Iterator[DecidedRow]:
    """Yield the rows that gave a lookup's answer, or that none did."""
    answer = evaluate(lookup, facts).value
    if answer is None:
        return
    rows = answering_rows(lookup, facts)
    if lookup.collect:
        # Of several events those decide whose words the comparison names; without any, all do.
        rows = tuple(row for row in rows if row.value in compared) or rows
    else:
        rows = tuple(row for row in rows if typed(row.value, lookup.type) == answer)[:1]
    for row in rows:
        if row.value is not None:
            yield DecidedRow(lookup.name, lookup.table, row.value, row.origin)
    if not rows and not awaits_screening(lookup):
        yield DecidedRow(lookup.name, lookup.table, answer, lookup.origin, absent=True)


def answering_rows(lookup: Lookup, facts: Facts) -> tuple[TableRow, ...]:
    """Return the rows that the key of a lookup meets, in file order.

    A part of the key that is not known meets every row.
    """
    known = [evaluate(key, facts).value for key in lookup.keys]
    key = tuple(None if value is None else key_text(value) for value in known)
    version = evaluate(lookup.version, facts).value if lookup.version is not None else None
    text = None if version is None else key_text(version)
    return tuple(row for row in _of_key(lookup, key) if _fits(row, text))


def _of_key(lookup: Lookup, key: tuple[str | None, ...]) -> Iterable[TableRow]:
    whole = tuple(part for part in key if part is not None)
    if len(whole) == len(key):
        return lookup.rows.get(whole, ())
    return (row for own, rows in lookup.rows.items() if _meets(own, key) for row in rows)


def _meets(own: tuple[str, ...], key: tuple[str | None, ...]) -> bool:
    return all(part is None or part == text for part, text in zip(key, own, strict=True))


def _fits(row: TableRow, version: str | None) -> bool:
    return row.version is None or version is None or version_matches(row.version, version)
