"""What each part of a condition comes to; a trace names only those that decided."""

from collections.abc import Iterator
from typing import NamedTuple

from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.engine.spelling import spell
from offsetcheck.rulebook.expression.nodes import (
    And,
    Constant,
    CountTrue,
    Derived,
    FieldRef,
    Lookup,
    Node,
    Not,
    Or,
)
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.evidence import Cause, Value


class Read(NamedTuple):
    """A field or parameter that a part names, its value, or why it has none."""

    name: str
    value: Value | None
    cause: Cause | None
    possible: tuple[Value, ...] = ()


class Part(NamedTuple):
    """A part of a condition: how deep it stands, its text, and what it comes to (None: unknown).

    A part with parts of its own is named by its connective and reads nothing itself.
    """

    depth: int
    text: str
    truth: bool | None
    reads: tuple[Read, ...] = ()


def parts_of(node: Node, facts: Facts, depth: int = 0) -> Iterator[Part]:
    """Yield a condition and its parts in reading order, down to its comparisons."""
    answer = evaluate(node, facts).value
    truth = None if answer is None else bool(answer)
    match node:
        case And() | Or():
            yield Part(depth, "AND" if isinstance(node, And) else "OR", truth)
            inner: tuple[Node, ...] = node.items
        case Not():
            yield Part(depth, "NOT", truth)
            inner = (node.item,)
        case CountTrue():
            yield Part(depth, f"count_true … {node.operator} {spell(node.count)}", truth)
            inner = node.items
        case _:
            yield Part(depth, spell(node), truth, tuple(_reads(node, facts)))
            inner = ()
    for item in inner:
        yield from parts_of(item, facts, depth + 1)


def _reads(node: Node, facts: Facts) -> Iterator[Read]:
    """Yield each name in a comparison once; what a computed field rests on follows it."""
    told: set[str] = set()
    for part in walk(node):
        named = isinstance(part, FieldRef | Derived | Lookup) or (
            isinstance(part, Constant) and part.name is not None
        )
        name = str(getattr(part, "name", ""))
        if named and name not in told:
            told.add(name)
            found = evaluate(part, facts)
            causes = [m.cause for m in sorted(found.missing)]
            cause = causes[0] if found.value is None and causes else None
            yield Read(name, found.value, cause, found.possible)
