"""From the text of an expression to its typed tree, or to every problem in it."""

from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.parser import Parser

from offsetcheck.rulebook.expression.names import Names
from offsetcheck.rulebook.expression.notes import ExpressionNotes
from offsetcheck.rulebook.expression.parsed import Parsed
from offsetcheck.rulebook.expression.reader import ExpressionReader
from offsetcheck.rulebook.expression.tokens import by_column, problem_in_text, tokens_of
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.problem import Problem

UNREADABLE = Parsed(
    None,
    (
        problem_in_text(
            "the expression cannot be read", 1, "write it as one comparison, or several"
        ),
    ),
)


def read_expression(text: str, names: Names, expected: FieldType) -> Parsed:
    """Parse, check against the whitelist and the types, and convert; never raises.

    Parameters and city values stay constants without a value and fields stay references; binding
    fills them in.
    """
    tokens, problems = tokens_of(text)
    if problems:
        return Parsed(None, tuple(problems))
    try:
        trees = Parser().parse(tokens, text)
    except ParseError as error:
        return Parsed(None, (_parser_problem(text, error),))
    except (SqlglotError, RecursionError, ValueError):
        return UNREADABLE
    tree = trees[0] if len(trees) == 1 else None
    return UNREADABLE if tree is None else _convert(text, tree, names, expected)


def _convert(text: str, tree: exp.Expr, names: Names, expected: FieldType) -> Parsed:
    notes = ExpressionNotes(text, names)
    node = ExpressionReader(notes).read(tree, expected)
    problems = tuple(sorted(notes.problems, key=by_column))
    return Parsed(None if problems else node, problems, frozenset(notes.used), notes.closed)


def _parser_problem(text: str, error: ParseError) -> Problem:
    first = error.errors[0] if error.errors else {}
    start = _offset(text, first.get("line"), first.get("col"))
    highlighted = first.get("highlight") or ""
    at = max(1, start - len(highlighted) + 1)
    what = (
        f"the expression cannot be read at `{highlighted}`"
        if highlighted
        else ("the expression ends too early")
    )
    return problem_in_text(what, at, "look for a missing bracket, comma, AND or OR")


def _offset(text: str, line: object, column: object) -> int:
    """Return the column in the whole text, from 1, of a line and a column in it."""
    if not isinstance(line, int) or not isinstance(column, int):
        return 1
    return sum(len(row) + 1 for row in text.split("\n")[: line - 1]) + column
