"""From the text of an expression to its typed tree, or to every fault in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.parser import Parser

from offsetcheck.rulebook.expression.convert import convert
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.reading import Reading
from offsetcheck.rulebook.expression.tokens import Fault, tokens_of
from offsetcheck.vocabulary.dictionary import FieldType

__all__ = ["Fault", "Parsed", "read_expression"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The unbound tree, None where there are faults; the names that occur in the text.

    `closed` holds, for a parameter or city value that is put beside a field with codes, the field:
    each of its values must be one of them.
    """

    node: Node | None
    faults: tuple[Fault, ...]
    names: frozenset[str] = frozenset()
    closed: Mapping[str, Name] = field(default_factory=dict)


UNREADABLE = Parsed(
    None,
    (Fault("the expression cannot be read", 1, "write it as one comparison, or several"),),
)


def read_expression(text: str, names: Names, expected: FieldType) -> Parsed:
    """Parse, check against the whitelist and the types, and convert; never raises.

    Parameters and city values stay constants without a value and fields stay references; binding
    fills them in.
    """
    tokens, faults = tokens_of(text)
    if faults:
        return Parsed(None, tuple(faults))
    try:
        trees = Parser().parse(tokens, text)
    except ParseError as error:
        return Parsed(None, (_parse_fault(text, error),))
    except (SqlglotError, RecursionError, ValueError):
        return UNREADABLE
    tree = trees[0] if len(trees) == 1 else None
    return UNREADABLE if tree is None else _convert(text, tree, names, expected)


def _convert(text: str, tree: exp.Expr, names: Names, expected: FieldType) -> Parsed:
    reading = Reading(text, names, convert)
    node = reading.read(tree, expected)
    faults = tuple(sorted(reading.faults, key=lambda fault: fault.at))
    return Parsed(None if faults else node, faults, frozenset(reading.used), reading.closed)


def _parse_fault(text: str, error: ParseError) -> Fault:
    first = error.errors[0] if error.errors else {}
    start = _offset(text, first.get("line"), first.get("col"))
    highlighted = first.get("highlight") or ""
    at = max(1, start - len(highlighted) + 1)
    what = (
        f"the expression cannot be read at `{highlighted}`"
        if highlighted
        else ("the expression ends too early")
    )
    return Fault(what, at, "look for a missing bracket, comma, AND or OR")


def _offset(text: str, line: object, column: object) -> int:
    """Return the column in the whole text, from 1, of a line and a column in it."""
    if not isinstance(line, int) or not isinstance(column, int):
        return 1
    return sum(len(row) + 1 for row in text.split("\n")[: line - 1]) + column
