"""From the parser's tree to ours: the whitelist by node and by argument.

Each branch is read first, then what stands above it: only this module goes down a tree.
"""

from sqlglot import exp

from offsetcheck.ground.limits import MAX_EXPRESSION_DEPTH
from offsetcheck.rulebook.expression.comparisons import between, compare, count_true, membership
from offsetcheck.rulebook.expression.functions import count_in, function, takes
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Constant,
    Node,
    Not,
    Or,
)
from offsetcheck.rulebook.expression.notes import FUNCTIONS, ExpressionNotes, Typed
from offsetcheck.rulebook.expression.types import literal_number
from offsetcheck.rulebook.expression.whitelist import (
    ARGUMENTS,
    CALCULATIONS,
    COMPARISONS,
    CONDITIONS,
    arguments,
    branches,
    group,
)
from offsetcheck.vocabulary.dictionary import FieldType

QUOTED = "write the name as fields/ has it, or put a code in single quotes"
MISSING = "write it under `parameters:`, or name one that stands there"


class ExpressionReader:
    """Reads the tree of one expression; what is wrong with it gathers in the notes."""

    def __init__(self, notes: ExpressionNotes) -> None:
        self._notes = notes
        self._depth = 0

    def read(self, tree: exp.Expr, expected: FieldType) -> Node | None:
        """Return a tree as a node of the expected type, None where it has a problem."""
        typed = self.typed(tree)
        return self._notes.fit(typed, expected) if typed else None

    def typed(self, tree: exp.Expr) -> Typed | None:
        """Return a tree as a node with its type, None where it is refused or has a problem."""
        self._depth += 1
        try:
            if self._depth > MAX_EXPRESSION_DEPTH:
                message = f"the expression is more than {MAX_EXPRESSION_DEPTH} levels deep"
                self._notes.problem(message, self._notes.at(tree), "split the rule")
                return None
            return self._dispatch(tree) if self._is_allowed(tree) else None
        finally:
            self._depth -= 1

    def _is_allowed(self, tree: exp.Expr) -> bool:
        """Whether the node is of the whitelist and has no argument beyond it."""
        known = ARGUMENTS.get(type(tree))
        if known is None:
            self._refuse(tree)
            return False
        given = {key for key, value in tree.args.items() if value not in (None, False, [], "")}
        if isinstance(tree, exp.Literal):
            given.discard("this")
        if given <= known | {"this"}:
            return True
        hint = "see the list of what an expression may hold"
        self._notes.problem("this cannot be written here", self._notes.at(tree), hint)
        return False

    def _refuse(self, tree: exp.Expr) -> None:
        """Say what a node that is not on the whitelist is."""
        called = self._notes.called(tree)
        if called:
            self._notes.unknown_function(called, self._notes.at(tree))
        elif isinstance(tree, exp.Alias):
            at = self._notes.at(tree.args["alias"])
            hint = "look for a missing comma, AND or OR"
            self._notes.problem("two words stand side by side", at, hint)
        else:
            self._notes.problem("this cannot stand in an expression", self._notes.at(tree))

    def _dispatch(self, tree: exp.Expr) -> Typed | None:
        if isinstance(tree, exp.Paren):
            return self.typed(tree.this)
        if isinstance(tree, exp.Literal):
            return self._literal(tree)
        if isinstance(tree, exp.Column):
            return self._name(tree)
        if type(tree) in CALCULATIONS:
            return self._calculation(tree)
        if isinstance(tree, exp.Neg):
            return self._negative(tree)
        if isinstance(tree, exp.Tuple | exp.Identifier):
            hint = "lists stand in `IN (…)` and `count_in`"
            self._notes.problem("a list of values stands here", self._notes.at(tree), hint)
            return None
        if type(tree) not in CONDITIONS:
            return self._call(tree)
        condition = self._condition(tree)
        return Typed(condition, FieldType.BOOLEAN) if condition else None

    def _condition(self, tree: exp.Expr) -> Node | None:
        """Return the nodes that are true or false."""
        notes = self._notes
        if isinstance(tree, exp.And | exp.Or):
            return self._chain(tree)
        if isinstance(tree, exp.Not):
            denied = self.read(tree.this, FieldType.BOOLEAN)
            return Not(denied, notes.at(tree)) if denied else None
        if type(tree) in COMPARISONS:
            return self._comparison(tree)
        item = self.typed(tree.this)
        if isinstance(tree, exp.Between):
            low, high = self.typed(tree.args["low"]), self.typed(tree.args["high"])
            return between(notes, item, low, high) if item and low and high else None
        listed = [self.typed(value) for value in tree.args.get("expressions") or []]
        return membership(notes, item, listed, notes.at(tree))

    def _comparison(self, tree: exp.Expr) -> Node | None:
        """Return a comparison; `count_true` on its left makes it another node."""
        operator = COMPARISONS[type(tree)]
        if isinstance(tree.this, exp.Anonymous) and str(tree.this.this) == "count_true":
            items = [self.read(item, FieldType.BOOLEAN) for item in arguments(tree.this)]
            limit = self.read(tree.expression, FieldType.NUMBER)
            return count_true(self._notes, operator, items, limit, self._notes.at(tree.this))
        left, right = self.typed(tree.this), self.typed(tree.expression)
        return compare(self._notes, operator, left, right) if left and right else None

    def _chain(self, tree: exp.And | exp.Or) -> Node | None:
        """Return a chain of AND or OR as one node."""
        items = [self.read(branch, FieldType.BOOLEAN) for branch in branches(tree)]
        kept = tuple(item for item in items if item is not None)
        if len(kept) < len(items):
            return None
        kind = And if isinstance(tree, exp.And) else Or
        return kind(kept, self._notes.at(tree))

    def _call(self, tree: exp.Expr) -> Typed | None:
        """Return a call of one of the functions."""
        notes = self._notes
        called, at = notes.called(tree) or str(tree.this), notes.at(tree)
        given = arguments(tree)
        if called == "count_true":
            hint = "write `count_true(…) >= 2`"
            notes.problem("`count_true` stands left of a comparison only", at, hint)
            return None
        if called == "count_in":
            if not takes(notes, called, len(given), 2, at):
                return None
            values = [self.typed(value) for value in group(given[1])]
            call = count_in(notes, self.typed(given[0]), values, at)
        elif called in FUNCTIONS:
            call = function(notes, called, [self.typed(item) for item in given], at)
        else:
            notes.unknown_function(called, at)
            return None
        return Typed(call, call.type) if call else None

    def _literal(self, tree: exp.Literal) -> Typed | None:
        """Return a number or a quoted text."""
        at, text = self._notes.at(tree), str(tree.this)
        if tree.args["is_string"]:
            return Typed(Constant(text, FieldType.TEXT, at=at), FieldType.TEXT)
        number = literal_number(text)
        if number is None:
            self._notes.problem(f"`{text}` is no number that can be held exactly", at)
            return None
        return Typed(Constant(number, FieldType.NUMBER, at=at), FieldType.NUMBER)

    def _name(self, tree: exp.Column) -> Typed | None:
        """Return a name: a field, a parameter, a value of the city, the day."""
        notes = self._notes
        parts = [part for part in (tree.args.get("table"), tree.this) if part]
        bare = all(isinstance(p, exp.Identifier) and not p.args.get("quoted") for p in parts)
        if not bare:
            notes.problem("this cannot stand in an expression", notes.at(tree))
            return None
        text, at = ".".join(str(part.this) for part in parts), notes.at(tree)
        notes.used.add(text)
        name = notes.names.get(text)
        if name is None:
            names = None if text.startswith("$") else f"field {text}"
            hint = _near(notes, text) or (MISSING if text.startswith("$") else QUOTED)
            notes.problem(f"there is no {_kind_of(text)} `{text}`", at, hint, names)
            return None
        return Typed(name.node(at), name.type, name)

    def _calculation(self, tree: exp.Expr) -> Typed | None:
        """Return arithmetic on two numbers."""
        left = self.read(tree.this, FieldType.NUMBER)
        right = self.read(tree.expression, FieldType.NUMBER)
        if left is None or right is None:
            return None
        node = Calculate(CALCULATIONS[type(tree)], left, right, left.at)
        return Typed(node, FieldType.NUMBER)

    def _negative(self, tree: exp.Neg) -> Typed | None:
        """Return a number with a minus before it; of a literal the minus is part of the number."""
        item = self.read(tree.this, FieldType.NUMBER)
        if item is None:
            return None
        if isinstance(item, Constant) and item.name is None and isinstance(item.value, int | float):
            return Typed(Constant(-item.value, FieldType.NUMBER, at=item.at), FieldType.NUMBER)
        zero = Constant(0, FieldType.NUMBER, at=item.at)
        return Typed(Calculate("-", zero, item, item.at), FieldType.NUMBER)


def _kind_of(text: str) -> str:
    """Return what a name would be, as its beginning tells."""
    if text.startswith("$"):
        return "parameter"
    return "value of a city" if text.startswith("city.") else "field"


def _near(notes: ExpressionNotes, text: str) -> str | None:
    """Return a hint for an unknown name: the nearest of its kind, or that it is a function."""
    if notes.names.get(f"${text}") is not None:
        return f"a parameter is written `${text}`"
    hint = notes.names.hint(text)
    if hint is None and text in FUNCTIONS:
        return "a function takes its arguments in brackets"
    return hint
