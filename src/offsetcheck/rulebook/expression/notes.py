"""What is noted while one expression is read: names used, closed lists beside them, problems."""

from typing import NamedTuple

from sqlglot import exp

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.nodes import Constant, Node
from offsetcheck.rulebook.expression.tokens import problem_in_text
from offsetcheck.rulebook.expression.types import NUMBERS, TEXTS, adapt, is_literal, type_words
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.problem import Problem

FUNCTIONS = (
    "contains",
    "count_in",
    "size",
    "years_between",
    "days_between",
    "add_years",
    "least",
    "greatest",
    "exp",
    "sqrt",
    "count_true",
)


class Typed(NamedTuple):
    """A part of an expression that was read: its node, its type, and its name where it has one."""

    node: Node
    type: FieldType
    name: Name | None = None


class ExpressionNotes:
    """The text and names of one expression, and what is noted about it.

    `used` are the names that occur, `closed` the field with codes that a name stands beside.
    """

    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names
        self.problems: list[Problem] = []
        self.used: set[str] = set()
        self.closed: dict[str, Name] = {}

    def problem(
        self, message: str, at: int, hint: str | None = None, names: str | None = None
    ) -> None:
        """Note a problem at a column of the text and go on, so that all of them are reported."""
        self.problems.append(problem_in_text(message, at, hint, names))

    def at(self, tree: exp.Expr) -> int:
        """Return the column of the first name, literal or function of a tree, from 1."""
        starts = [n.meta["start"] for n in tree.walk() if "start" in n.meta]
        return min(starts, default=0) + 1

    def called(self, tree: exp.Expr) -> str | None:
        """Return the name of a function as it was written, None for what is no function."""
        if "start" not in tree.meta or not isinstance(tree, exp.Func):
            return None
        return self.text[tree.meta["start"] : tree.meta["end"] + 1]

    def unknown_function(self, called: str, at: int) -> None:
        """Note that there is no such function, and which one is near."""
        hint = did_you_mean(called, FUNCTIONS) or f"the functions are {', '.join(FUNCTIONS)}"
        self.problem(f"there is no function `{called}`", at, hint)

    def fit(self, typed: Typed, expected: FieldType) -> Node | None:
        """Return a part as a node of the expected type, None where it is of another."""
        node, kind, _ = typed
        if expected in TEXTS and kind in TEXTS:
            return node
        if kind == expected or (kind in NUMBERS and expected in NUMBERS):
            return node
        if expected == FieldType.DATE and kind in TEXTS and is_literal(node):
            return self.adapted(typed, expected, None)
        message = f"{type_words(expected)} is needed here, not {type_words(kind)}"
        self.problem(message, node.at, _fit_hint(expected))
        return None

    def adapted(self, typed: Typed, kind: FieldType, beside: Name | None) -> Node | None:
        """Turn a quoted text into the type beside it, and check codes against its closed list."""
        node, _, name = typed
        adapted = adapt(node, kind)
        if adapted is None:
            text = node.value if isinstance(node, Constant) else ""
            hint = "write the year, month and day: '2021-01-31'"
            self.problem(f"`{text}` is not a date", node.at, hint)
            return None
        if name is not None and beside is not None and beside.codes is not None:
            self.closed.setdefault(name.text, beside)
        if name is None and isinstance(adapted, Constant):
            return adapted if self._is_code(adapted.value, beside, node.at) else None
        return adapted

    def _is_code(self, value: object, beside: Name | None, at: int) -> bool:
        """Whether a quoted text is a code of the field beside it, if that has codes."""
        if beside is None or beside.codes is None or not isinstance(value, str):
            return True
        if value in beside.codes:
            return True
        message, hint = beside.refusal(value)
        self.problem(message, at, hint)
        return False


def _fit_hint(expected: FieldType) -> str | None:
    if expected == FieldType.BOOLEAN:
        return "write a comparison such as `field >= 1`"
    return None
