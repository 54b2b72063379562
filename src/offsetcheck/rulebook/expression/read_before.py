"""Expressions that were read before: one that is as it was, of the same names, is not read again.

What an expression is depends on its text, on the type that is expected, and on what the names in it
stand for. Only sound ones are remembered, so that every problem is found anew where it stands.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from offsetcheck.rulebook.expression import nodes
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.parsed import Parsed
from offsetcheck.vocabulary.dictionary import FieldType

MOST = 4096
NODES: tuple[type[Any], ...] = (
    nodes.Constant,
    nodes.FieldRef,
    nodes.Compare,
    nodes.In,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Calculate,
    nodes.Function,
    nodes.CountTrue,
)
READERS: Mapping[str, Callable[..., Any]] = {
    **{kind.__name__: kind for kind in NODES},
    "tuple": lambda *items: items,
    "type": FieldType,
    "day": date.fromisoformat,
}
FIELDS = {kind: tuple(field.name for field in fields(kind)) for kind in NODES}


class _Known(NamedTuple):
    """A tree as plain data, the marks of the names in its text, and which lists close a name."""

    tree: Any
    marks: dict[str, str]
    closed: dict[str, str]


_known: dict[tuple[str, str], _Known] = {}


def read_expression(text: str, names: Names, expected: FieldType) -> Parsed:
    """Return what an expression is, as `parse.read_expression` does."""
    known = _known.get((text, expected.value))
    if known is not None and known.marks == _marks(known.marks, names):
        return _parsed(known, names)
    # The parser is loaded only where there is something new to read.
    from offsetcheck.rulebook.expression.parse import read_expression as parse

    parsed = parse(text, names, expected)
    _remember(text, names, expected, parsed)
    return parsed


def remembered_expressions() -> list[list[Any]]:
    """Return what is remembered as plain data."""
    return [[*key, *known] for key, known in _known.items()]


def remember_expressions(kept: Iterable[Iterable[Any]]) -> None:
    """Take what `remembered_expressions` gave; raises ValueError for what it never gives."""
    for text, expected, *rest in kept:
        _known.setdefault((text, expected), _Known(*rest))


def _remember(text: str, names: Names, expected: FieldType, parsed: Parsed) -> None:
    closed = {name: beside.text for name, beside in parsed.closed.items()}
    if parsed.node is None or parsed.problems or not parsed.names.issuperset(closed.values()):
        return
    if len(_known) >= MOST:
        _known.clear()
    marks = _marks(parsed.names, names)
    _known[text, expected.value] = _Known(_flat(parsed.node), marks, closed)


def _parsed(known: _Known, names: Names) -> Parsed:
    closed = {name: names.get(beside) for name, beside in known.closed.items()}
    found = {name: beside for name, beside in closed.items() if beside is not None}
    return Parsed(_tree(known.tree), (), frozenset(known.marks), found)


def _marks(texts: Iterable[str], names: Names) -> dict[str, str]:
    return {text: _mark(names.get(text)) for text in sorted(texts)}


@lru_cache(MOST)
def _mark(name: Name | None) -> str:
    """Return a short text that two names share only where they are the same."""
    if name is None:
        return ""
    codes = None if name.codes is None else sorted(name.codes)
    said = (name.text, name.type.value, name.field, codes, sorted(name.broad))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _flat(value: Any) -> Any:
    """Return a part of a tree as plain data: a list that begins with what it is, or a scalar."""
    kind = type(value)
    if kind in FIELDS:
        return [kind.__name__, *(_flat(getattr(value, name)) for name in FIELDS[kind])]
    if kind is tuple:
        return ["tuple", *map(_flat, value)]
    if kind is FieldType:
        return ["type", value.value]
    return ["day", value.isoformat()] if kind is date else value


def _tree(value: Any) -> Any:
    if type(value) is not list:
        return value
    return READERS[value[0]](*map(_tree, value[1:]))
