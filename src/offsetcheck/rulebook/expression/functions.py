"""The functions of the subset: how each reads its arguments."""

from collections.abc import Callable, Sequence
from functools import partial

from sqlglot import exp

from offsetcheck.rulebook.expression.comparisons import options, pair
from offsetcheck.rulebook.expression.names import Name
from offsetcheck.rulebook.expression.nodes import Constant, Function, FunctionName
from offsetcheck.rulebook.expression.reading import Reading, Typed
from offsetcheck.rulebook.expression.types import type_words
from offsetcheck.vocabulary.dictionary import FieldType


def function(reading: Reading, tree: exp.Expr) -> Typed | None:
    """Read a call of one of the functions."""
    called, at = reading.called(tree) or str(tree.this), reading.at(tree)
    if called == "count_true":
        reading.fault(
            "`count_true` stands left of a comparison only", at, "write `count_true(…) >= 2`"
        )
        return None
    reader = readers(reading).get(called)
    if reader is None:
        reading.unknown_function(called, at)
        return None
    return reader(_arguments(tree), at)


def readers(reading: Reading) -> dict[str, Callable[[Sequence[exp.Expr], int], Typed | None]]:
    """Return how each function reads its arguments."""
    date, number = FieldType.DATE, FieldType.NUMBER
    return {
        "contains": partial(contains, reading),
        "count_in": partial(count_in, reading),
        "size": partial(size, reading),
        "years_between": lambda a, at: fixed(reading, "years_between", a, (date, date), at),
        "days_between": lambda a, at: fixed(reading, "days_between", a, (date, date), at),
        "add_years": lambda a, at: fixed(reading, "add_years", a, (date, number), at),
        "least": lambda a, at: extreme(reading, "least", a, at),
        "greatest": lambda a, at: extreme(reading, "greatest", a, at),
    }


def takes(reading: Reading, name: str, arguments: Sequence[exp.Expr], count: int, at: int) -> bool:
    """Whether a function has the number of arguments that it takes."""
    if len(arguments) == count:
        return True
    reading.fault(f"`{name}` takes {count} values, not {len(arguments)}", at)
    return False


def list_of(reading: Reading, tree: exp.Expr) -> Typed | None:
    """Read a list: a field or parameter of codes or integers."""
    typed = reading.typed(tree)
    if typed and typed[1] not in {FieldType.CODES, FieldType.INTEGERS}:
        reading.fault(f"a list is needed here, not {type_words(typed[1])}", reading.at(tree))
        return None
    return typed


def contains(reading: Reading, arguments: Sequence[exp.Expr], at: int) -> Typed | None:
    """Read `contains(list, value)`."""
    if not takes(reading, "contains", arguments, 2, at):
        return None
    listed, value = list_of(reading, arguments[0]), reading.typed(arguments[1])
    if listed is None or value is None:
        return None
    both = pair(reading, _element(listed), value)
    if both is None:
        return None
    return (
        Function("contains", (listed[0], both[1]), FieldType.BOOLEAN, at),
        FieldType.BOOLEAN,
        None,
    )


def count_in(reading: Reading, arguments: Sequence[exp.Expr], at: int) -> Typed | None:
    """Read `count_in(list, ('a', 'b'))`."""
    if not takes(reading, "count_in", arguments, 2, at):
        return None
    listed, group = list_of(reading, arguments[0]), arguments[1]
    values = _group(group)
    if not values:
        reading.fault(
            "`count_in` takes a list and values in brackets",
            at,
            "write `count_in(list, ('a', 'b'))`",
        )
        return None
    read = options(reading, _element(listed) if listed else None, values)
    if listed is None or read is None:
        return None
    return (
        Function("count_in", (listed[0], *read), FieldType.INTEGER, at),
        FieldType.INTEGER,
        None,
    )


def size(reading: Reading, arguments: Sequence[exp.Expr], at: int) -> Typed | None:
    """Read `size(list)`."""
    listed = list_of(reading, arguments[0]) if takes(reading, "size", arguments, 1, at) else None
    if listed is None:
        return None
    return Function("size", (listed[0],), FieldType.INTEGER, at), FieldType.INTEGER, None


def fixed(
    reading: Reading,
    name: FunctionName,
    arguments: Sequence[exp.Expr],
    kinds: tuple[FieldType, ...],
    at: int,
) -> Typed | None:
    """Read a function on dates: each argument has one type."""
    if not takes(reading, name, arguments, len(kinds), at):
        return None
    read = [reading.read(tree, kind) for tree, kind in zip(arguments, kinds, strict=True)]
    kept = tuple(node for node in read if node is not None)
    result = FieldType.DATE if name == "add_years" else FieldType.INTEGER
    return (Function(name, kept, result, at), result, None) if len(kept) == len(kinds) else None


def extreme(
    reading: Reading, name: FunctionName, arguments: Sequence[exp.Expr], at: int
) -> Typed | None:
    """Read `least` or `greatest`: at least two numbers or two dates."""
    read = [reading.typed(tree) for tree in arguments]
    kept = [typed for typed in read if typed is not None]
    if len(kept) < len(read):
        return None
    if len(kept) < 2:  # noqa: PLR2004 - one value has no extreme
        reading.fault(f"`{name}` takes at least two values", at)
        return None
    dated = any(typed[1] == FieldType.DATE for typed in kept)
    kind = FieldType.DATE if dated else FieldType.NUMBER
    nodes = [reading.fit(typed, kind, typed[0].at) for typed in kept]
    known = tuple(node for node in nodes if node is not None)
    return (Function(name, known, kind, at), kind, None) if len(known) == len(nodes) else None


def _element(listed: Typed) -> Typed:
    """Return a stand-in for one element of a list, with the list's codes."""
    node, kind, name = listed
    element = FieldType.NUMBER if kind == FieldType.INTEGERS else FieldType.CODE
    at = node.at
    stand_in = Name(name.text, element, name.field, name.codes) if name else None
    return (
        stand_in.node(at) if stand_in else Constant(None, element, "element", at=at),
        element,
        stand_in,
    )


def _arguments(tree: exp.Expr) -> list[exp.Expr]:
    """Return the arguments of a call, whether the parser knows its function or not."""
    if isinstance(tree, exp.Anonymous):
        return list(tree.args.get("expressions") or [])
    if isinstance(tree, exp.Contains):
        return [tree.this, tree.expression]
    return [tree.this, *(tree.args.get("expressions") or [])]


def _group(tree: exp.Expr) -> list[exp.Expr]:
    """Return the values in the brackets of `count_in`; one value alone arrives as a bracket."""
    if isinstance(tree, exp.Paren):
        return [tree.this]
    return list(tree.args.get("expressions") or []) if isinstance(tree, exp.Tuple) else []
