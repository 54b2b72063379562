"""One expression while it is read: its text and names, what was used, every fault so far."""

from collections.abc import Callable

from sqlglot import exp

from offsetcheck.ground.limits import MAX_EXPRESSION_DEPTH
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.nodes import Constant, Node
from offsetcheck.rulebook.expression.tokens import Fault
from offsetcheck.rulebook.expression.types import NUMBERS, TEXTS, adapt, is_literal, type_words
from offsetcheck.vocabulary.dictionary import FieldType

FUNCTIONS = (
    "contains",
    "count_in",
    "size",
    "years_between",
    "days_between",
    "add_years",
    "least",
    "greatest",
    "count_true",
)

Typed = tuple[Node, FieldType, Name | None]


class Reading:
    """Reads one tree by way of `convert`; collects faults, names, and closed lists beside names."""

    def __init__(
        self, text: str, names: Names, convert: Callable[["Reading", exp.Expr], Typed | None]
    ) -> None:
        self.text = text
        self.names = names
        self.faults: list[Fault] = []
        self.used: set[str] = set()
        self.closed: dict[str, Name] = {}
        self._convert = convert
        self._depth = 0

    def typed(self, tree: exp.Expr) -> Typed | None:
        """Convert one tree with its type; None where it has a fault."""
        self._depth += 1
        try:
            if self._depth <= MAX_EXPRESSION_DEPTH:
                return self._convert(self, tree)
            self._too_deep(tree)
            return None
        finally:
            self._depth -= 1

    def _too_deep(self, tree: exp.Expr) -> None:
        message = f"the expression is more than {MAX_EXPRESSION_DEPTH} levels deep"
        self.fault(message, self.at(tree), "split the rule")

    def read(self, tree: exp.Expr, expected: FieldType) -> Node | None:
        """Return the tree as a node of the expected type, None where there are faults."""
        typed = self.typed(tree)
        return self.fit(typed, expected, self.at(tree)) if typed else None

    def fit(self, typed: Typed, expected: FieldType, at: int) -> Node | None:
        """Return a value as the expected type, or note that it is another."""
        node, kind, _ = typed
        if expected in TEXTS and kind in TEXTS:
            return node
        if kind == expected or (kind in NUMBERS and expected in NUMBERS):
            return node
        if expected == FieldType.DATE and kind in TEXTS and is_literal(node):
            return self.adapted(typed, expected, None)
        self.fault(
            f"{type_words(expected)} is needed here, not {type_words(kind)}",
            at,
            _fit_hint(expected),
        )
        return None

    def fault(self, message: str, at: int, hint: str | None = None) -> None:
        """Note one fault and go on, so that all of an expression are reported."""
        self.faults.append(Fault(message, at, hint))

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
        """Say that there is no such function, and which one is near."""
        hint = did_you_mean(called, FUNCTIONS) or f"the functions are {', '.join(FUNCTIONS)}"
        self.fault(f"there is no function `{called}`", at, hint)

    def adapted(self, typed: Typed, kind: FieldType, beside: Name | None) -> Node | None:
        """Turn a quoted text into the type beside it, and check codes against its closed list."""
        node, _, name = typed
        made = adapt(node, kind)
        if made is None:
            text = node.value if isinstance(node, Constant) else ""
            self.fault(
                f"`{text}` is not a date", node.at, "write the year, month and day: '2021-01-31'"
            )
            return None
        if name is not None and beside is not None and beside.codes is not None:
            self.closed.setdefault(name.text, beside)
        if name is None and isinstance(made, Constant):
            return made if self.code_known(made.value, beside, node.at) else None
        return made

    def code_known(self, value: object, beside: Name | None, at: int) -> bool:
        """Whether a quoted text is a code of the field beside it."""
        if beside is None or beside.codes is None or not isinstance(value, str):
            return True
        if value in beside.codes:
            return True
        hint = did_you_mean(value, beside.codes)
        self.fault(f"`{value}` is not a code of `{beside.text}`", at, hint)
        return False


def _fit_hint(expected: FieldType) -> str | None:
    if expected == FieldType.BOOLEAN:
        return "write a comparison such as `field >= 1`"
    return None
