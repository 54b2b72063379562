"""From the parser's tree to ours: the whitelist by node and by argument."""

from sqlglot import exp

from offsetcheck.rulebook.expression.comparisons import (
    COMPARISONS,
    between,
    comparison,
    membership,
)
from offsetcheck.rulebook.expression.functions import function
from offsetcheck.rulebook.expression.nodes import And, Arithmetic, Calculate, Constant, Not, Or
from offsetcheck.rulebook.expression.reading import FUNCTIONS, Reading, Typed
from offsetcheck.rulebook.expression.types import literal_number
from offsetcheck.vocabulary.dictionary import FieldType

CALCULATIONS: dict[type[exp.Expr], Arithmetic] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
}
ARGUMENTS: dict[type[exp.Expr], frozenset[str]] = {
    **dict.fromkeys(
        [*COMPARISONS, *CALCULATIONS, exp.And, exp.Or], frozenset({"this", "expression"})
    ),
    **dict.fromkeys([exp.Not, exp.Neg, exp.Paren], frozenset({"this"})),
    exp.Between: frozenset({"this", "low", "high"}),
    exp.In: frozenset({"this", "expressions"}),
    exp.Contains: frozenset({"this", "expression"}),
    exp.Least: frozenset({"this", "expressions", "ignore_nulls"}),
    exp.Greatest: frozenset({"this", "expressions", "ignore_nulls"}),
    exp.Anonymous: frozenset({"this", "expressions"}),
    exp.Column: frozenset({"this", "table"}),
    exp.Identifier: frozenset({"this"}),
    exp.Literal: frozenset({"this", "is_string"}),
    exp.Tuple: frozenset({"expressions"}),
}


def convert(reading: Reading, tree: exp.Expr) -> Typed | None:
    """Return one tree as a node with its type, None where it is refused or has a fault."""
    return dispatch(reading, tree) if allowed(reading, tree) else None


def allowed(reading: Reading, tree: exp.Expr) -> bool:
    """Whether the node is of the whitelist and has no argument beyond it."""
    known = ARGUMENTS.get(type(tree))
    if known is None:
        refuse(reading, tree)
        return False
    given = {key for key, value in tree.args.items() if value not in (None, False, [], "")}
    if isinstance(tree, exp.Literal):
        given.discard("this")
    if given <= known | {"this"}:
        return True
    reading.fault(
        "this cannot be written here",
        reading.at(tree),
        "see the list of what an expression may hold",
    )
    return False


def refuse(reading: Reading, tree: exp.Expr) -> None:
    """Say what a node that is not on the whitelist is."""
    called = reading.called(tree)
    if called:
        reading.unknown_function(called, reading.at(tree))
    elif isinstance(tree, exp.Alias):
        at = reading.at(tree.args["alias"])
        reading.fault("two words stand side by side", at, "look for a missing comma, AND or OR")
    else:
        reading.fault("this cannot stand in an expression", reading.at(tree))


def dispatch(reading: Reading, tree: exp.Expr) -> Typed | None:
    """Read one node of the whitelist."""
    if isinstance(tree, exp.Paren):
        return reading.typed(tree.this)
    if isinstance(tree, exp.Literal):
        return literal(reading, tree)
    if isinstance(tree, exp.Column):
        return name(reading, tree)
    if isinstance(tree, exp.And | exp.Or):
        return logical(reading, tree)
    if type(tree) in COMPARISONS:
        return comparison(reading, tree)
    if type(tree) in CALCULATIONS:
        return calculation(reading, tree)
    if isinstance(tree, exp.Tuple | exp.Identifier):
        reading.fault(
            "a list of values stands here",
            reading.at(tree),
            "lists stand in `IN (…)` and `count_in`",
        )
        return None
    return other(reading, tree)


def other(reading: Reading, tree: exp.Expr) -> Typed | None:
    """Read the nodes that hold conditions, lists and calls."""
    if isinstance(tree, exp.Not):
        item = reading.read(tree.this, FieldType.BOOLEAN)
        return (Not(item, reading.at(tree)), FieldType.BOOLEAN, None) if item else None
    if isinstance(tree, exp.Neg):
        return negative(reading, tree)
    if isinstance(tree, exp.Between):
        return between(reading, tree)
    if isinstance(tree, exp.In):
        return membership(reading, tree)
    return function(reading, tree)


def literal(reading: Reading, tree: exp.Literal) -> Typed | None:
    """Read a number or a quoted text."""
    at, text = reading.at(tree), str(tree.this)
    if tree.args["is_string"]:
        return Constant(text, FieldType.TEXT, at=at), FieldType.TEXT, None
    number = literal_number(text)
    if number is None:
        reading.fault(f"`{text}` is no number that can be held exactly", at)
        return None
    return Constant(number, FieldType.NUMBER, at=at), FieldType.NUMBER, None


def name(reading: Reading, tree: exp.Column) -> Typed | None:
    """Read a name: a field, a parameter, a value of the city, the day."""
    parts = [part for part in (tree.args.get("table"), tree.this) if part]
    if not all(isinstance(part, exp.Identifier) and not part.args.get("quoted") for part in parts):
        reading.fault("this cannot stand in an expression", reading.at(tree))
        return None
    text, at = ".".join(str(part.this) for part in parts), reading.at(tree)
    reading.used.add(text)
    name = reading.names.get(text)
    if name is None:
        unknown_name(reading, text, at)
        return None
    return name.node(at), name.type, name


def unknown_name(reading: Reading, text: str, at: int) -> None:
    """Say that nothing has a name, and which one is near."""
    kind = (
        "parameter"
        if text.startswith("$")
        else "value of a city"
        if text.startswith("city.")
        else "field"
    )
    hint = reading.names.hint(text)
    if hint is None and text in FUNCTIONS:
        hint = "a function takes its arguments in brackets"
    reading.fault(f"there is no {kind} `{text}`", at, hint)


def logical(reading: Reading, tree: exp.And | exp.Or) -> Typed | None:
    """Read a chain of AND or OR as one node."""
    branches = _flat(tree)
    items = [reading.read(branch, FieldType.BOOLEAN) for branch in branches]
    kept = tuple(item for item in items if item is not None)
    if len(kept) < len(items):
        return None
    made = And(kept, reading.at(tree)) if isinstance(tree, exp.And) else Or(kept, reading.at(tree))
    return made, FieldType.BOOLEAN, None


def calculation(reading: Reading, tree: exp.Expr) -> Typed | None:
    """Read arithmetic on two numbers."""
    left = reading.read(tree.this, FieldType.NUMBER)
    right = reading.read(tree.expression, FieldType.NUMBER)
    if left is None or right is None:
        return None
    return Calculate(CALCULATIONS[type(tree)], left, right, left.at), FieldType.NUMBER, None


def negative(reading: Reading, tree: exp.Neg) -> Typed | None:
    """Read a sign: of a literal it is part of the number."""
    item = reading.read(tree.this, FieldType.NUMBER)
    if item is None:
        return None
    if isinstance(item, Constant) and item.name is None and isinstance(item.value, int | float):
        return Constant(-item.value, FieldType.NUMBER, at=item.at), FieldType.NUMBER, None
    zero = Constant(0, FieldType.NUMBER, at=item.at)
    return Calculate("-", zero, item, item.at), FieldType.NUMBER, None


def _flat(tree: exp.Expr) -> list[exp.Expr]:
    """Return the branches of a chain of one operator without recursion, in order."""
    kind, branches, rest = type(tree), list[exp.Expr](), [tree]
    while rest:
        top = rest.pop()
        if type(top) is kind and not top.args.get("operator"):
            rest.extend([top.expression, top.this])
        else:
            branches.append(top)
    return branches
