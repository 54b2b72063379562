"""The functions of the subset: which arguments each takes, and what it becomes."""

from collections.abc import Sequence
from dataclasses import replace

from offsetcheck.rulebook.expression.comparisons import LISTS, options, pair
from offsetcheck.rulebook.expression.nodes import Constant, Function, FunctionName
from offsetcheck.rulebook.expression.notes import ExpressionNotes, Typed
from offsetcheck.rulebook.expression.types import type_words
from offsetcheck.vocabulary.dictionary import FieldType

Arguments = Sequence[Typed | None]  # None for one that has a problem

# Functions whose arguments each have one type: name -> arguments and result.
FIXED: dict[str, tuple[FunctionName, tuple[FieldType, ...], FieldType]] = {
    "years_between": ("years_between", (FieldType.DATE, FieldType.DATE), FieldType.INTEGER),
    "days_between": ("days_between", (FieldType.DATE, FieldType.DATE), FieldType.INTEGER),
    "add_years": ("add_years", (FieldType.DATE, FieldType.NUMBER), FieldType.DATE),
    "exp": ("exp", (FieldType.NUMBER,), FieldType.NUMBER),
    "sqrt": ("sqrt", (FieldType.NUMBER,), FieldType.NUMBER),
}
EXTREMES: dict[str, FunctionName] = {"least": "least", "greatest": "greatest"}


def function(notes: ExpressionNotes, called: str, arguments: Arguments, at: int) -> Function | None:
    """Return a call of one of the functions but `count_true` and `count_in`."""
    if called in FIXED:
        return _fixed(notes, called, arguments, at)
    if called in EXTREMES:
        return _extreme(notes, EXTREMES[called], arguments, at)
    if called == "contains":
        return _contains(notes, arguments, at)
    if called == "size":
        return _size(notes, arguments, at)
    notes.unknown_function(called, at)
    return None


def takes(notes: ExpressionNotes, called: str, given: int, count: int, at: int) -> bool:
    """Whether a function is given the number of arguments that it takes."""
    if given == count:
        return True
    notes.problem(f"`{called}` takes {count} values, not {given}", at)
    return False


def count_in(
    notes: ExpressionNotes, listed: Typed | None, values: Arguments, at: int
) -> Function | None:
    """Return `count_in(list, ('a', 'b'))`: how many elements of a list are among some values."""
    listed = _list(notes, listed)
    if not values:
        hint = "write `count_in(list, ('a', 'b'))`"
        notes.problem("`count_in` takes a list and values in brackets", at, hint)
        return None
    read = options(notes, _element(listed) if listed else None, values)
    if listed is None or read is None:
        return None
    return Function("count_in", (listed.node, *read), FieldType.INTEGER, at)


def _contains(notes: ExpressionNotes, arguments: Arguments, at: int) -> Function | None:
    if not takes(notes, "contains", len(arguments), 2, at):
        return None
    listed, value = _list(notes, arguments[0]), arguments[1]
    if listed is None or value is None:
        return None
    both = pair(notes, _element(listed), value)
    return Function("contains", (listed.node, both[1]), FieldType.BOOLEAN, at) if both else None


def _size(notes: ExpressionNotes, arguments: Arguments, at: int) -> Function | None:
    if not takes(notes, "size", len(arguments), 1, at):
        return None
    listed = _list(notes, arguments[0])
    return Function("size", (listed.node,), FieldType.INTEGER, at) if listed else None


def _fixed(notes: ExpressionNotes, called: str, arguments: Arguments, at: int) -> Function | None:
    name, kinds, result = FIXED[called]
    if not takes(notes, name, len(arguments), len(kinds), at):
        return None
    read = [
        notes.fit(typed, kind) if typed is not None else None
        for typed, kind in zip(arguments, kinds, strict=True)
    ]
    kept = tuple(node for node in read if node is not None)
    return Function(name, kept, result, at) if len(kept) == len(kinds) else None


def _extreme(
    notes: ExpressionNotes, name: FunctionName, arguments: Arguments, at: int
) -> Function | None:
    """Return `least` or `greatest`: at least two numbers or two dates."""
    kept = [typed for typed in arguments if typed is not None]
    if len(kept) < len(arguments):
        return None
    if len(kept) < 2:  # noqa: PLR2004 - one value has no extreme
        notes.problem(f"`{name}` takes at least two values", at)
        return None
    dated = any(typed.type == FieldType.DATE for typed in kept)
    kind = FieldType.DATE if dated else FieldType.NUMBER
    nodes = [notes.fit(typed, kind) for typed in kept]
    known = tuple(node for node in nodes if node is not None)
    return Function(name, known, kind, at) if len(known) == len(nodes) else None


def _list(notes: ExpressionNotes, typed: Typed | None) -> Typed | None:
    """Return a list: a field or parameter of codes or integers, None for anything else."""
    if typed is not None and typed.type not in LISTS:
        words = f"a list is needed here, not {type_words(typed.type)}"
        notes.problem(words, typed.node.at)
        return None
    return typed


def _element(listed: Typed) -> Typed:
    """Return a stand-in for one element of a list, with the list's codes."""
    node, kind, name = listed
    element = FieldType.NUMBER if kind == FieldType.INTEGERS else FieldType.CODE
    if name is None:
        return Typed(Constant(None, element, "element", at=node.at), element)
    stand_in = replace(name, type=element)
    return Typed(stand_in.node(node.at), element, stand_in)
