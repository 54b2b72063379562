"""Kleene's logic for engines of two values: for each tree when it surely holds, and surely not.

What comes out is a small tree of its own, which each peer prints in its language:
`All`, `Any`, `Known` (a field has a value), `Holds` (a boolean field is true or false), `Test`
(a comparison of terms that are known), `Has` (a list has a value or has it not); terms are a field,
a value, an operation, the size of a list, or how many of it are among some. No negation is left.
"""

from dataclasses import dataclass
from datetime import date

from forms.polars_form import flat_options

from offsetcheck.engine.arithmetic import typed
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    Derived,
    FieldRef,
    Function,
    In,
    Node,
    Not,
    Or,
)
from offsetcheck.vocabulary.dictionary import FieldType

OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True, slots=True)
class Field:
    name: str


@dataclass(frozen=True, slots=True)
class Value:
    value: object


@dataclass(frozen=True, slots=True)
class Operation:
    operator: str
    left: "Term"
    right: "Term"


@dataclass(frozen=True, slots=True)
class Size:
    name: str


@dataclass(frozen=True, slots=True)
class Count:
    name: str
    among: tuple[object, ...]


Term = Field | Value | Operation | Size | Count


@dataclass(frozen=True, slots=True)
class All:
    items: "tuple[Rail, ...]" = ()


@dataclass(frozen=True, slots=True)
class Any:
    items: "tuple[Rail, ...]" = ()


@dataclass(frozen=True, slots=True)
class Known:
    name: str


@dataclass(frozen=True, slots=True)
class Holds:
    name: str
    true: bool


@dataclass(frozen=True, slots=True)
class Has:
    name: str
    value: object
    true: bool


@dataclass(frozen=True, slots=True)
class Test:
    operator: str
    left: Term
    right: Term


Rail = All | Any | Known | Holds | Has | Test
NEVER = Any()


def outcome_rails(rule: BoundRule) -> tuple[Rail, Rail, Rail]:
    """Return when a requirement surely does not apply, is met, is missed; else it is unknown.

    Raises TypeError where a tree has no form of two values.
    """
    assert rule.requires is not None
    met, missed = rails(rule.requires)
    if rule.applies_when is None:
        return NEVER, met, missed
    applies, never = rails(rule.applies_when)
    return never, All((applies, met)), All((applies, missed))


def rails(node: Node) -> tuple[Rail, Rail]:
    """Return when a tree surely holds and when it surely does not."""
    match node:
        case Constant():
            return (All() if node.value is True else NEVER), (
                All() if node.value is False else NEVER
            )
        case Derived():
            return rails(node.node)
        case FieldRef():
            return _guarded([node.name], Holds(node.name, True), Holds(node.name, False))
        case Not():
            yes, no = rails(node.item)
            return no, yes
        case And() | Or():
            both = [rails(item) for item in node.items]
            yes, no = tuple(r[0] for r in both), tuple(r[1] for r in both)
            return (All(yes), Any(no)) if isinstance(node, And) else (Any(yes), All(no))
        case In():
            return rails(Or(tuple(Compare("=", node.item, option) for option in node.options)))
        case Compare():
            return _compared(node)
        case Function(name="contains", arguments=(Constant() as options, item)):
            return _one_of(options, item)
        case Function(name="contains"):
            name, value = _field(node.arguments[0]), _constant(node.arguments[1])
            return _guarded([name], Has(name, value, True), Has(name, value, False))
    raise TypeError(type(node).__name__)


def _one_of(options: Constant, item: Node) -> tuple[Rail, Rail]:
    """Return whether an item is in a list that is written down."""
    if not isinstance(options.value, tuple):
        return NEVER, NEVER
    guards: list[Rail] = []
    asked = term(item, guards)
    values = [Value(plain(value)) for value in typed(options.value, options.type)]  # type: ignore[union-attr]
    yes = Any(tuple(Test("=", asked, value) for value in values))
    no = All(tuple(Test("<>", asked, value) for value in values))
    return All((*guards, yes)), All((*guards, no))


def _compared(node: Compare) -> tuple[Rail, Rail]:
    if isinstance(node.left, Derived) and node.left.type is FieldType.BOOLEAN:
        raise TypeError("a comparison of truths")
    guards: list[Rail] = []
    left, right = term(node.left, guards), term(node.right, guards)
    if Value(None) in (left, right):
        return NEVER, NEVER
    yes, no = Test(node.operator, left, right), Test(OPPOSITE[node.operator], left, right)
    return All((*guards, yes)), All((*guards, no))


def term(node: Node, guards: list[Rail]) -> Term:
    """Return a value as a term; what must hold for it to be known is added to `guards`."""
    match node:
        case Constant():
            return Value(plain(typed(node.value, node.type)))
        case Derived():
            return term(node.node, guards)
        case FieldRef():
            guards.append(Known(node.name))
            return Field(node.name)
        case Calculate():
            made = Operation(node.operator, term(node.left, guards), term(node.right, guards))
            if node.operator == "/":
                guards.append(Test("<>", made.right, Value(0.0)))
            return made
        case Function(name="size"):
            guards.append(Known(_field(node.arguments[0])))
            return Size(_field(node.arguments[0]))
        case Function(name="count_in"):
            guards.append(Known(_field(node.arguments[0])))
            return Count(_field(node.arguments[0]), tuple(map(plain, flat_options(node))))
        case Function(name="days_between"):
            first, last = (term(part, guards) for part in node.arguments)
            return Operation("-", last, first)
    raise TypeError(type(node).__name__)


def plain(value: object) -> object:
    """Return a value as engines of JSON hold it: a day is the number of days from a first one."""
    if isinstance(value, date):
        return float(value.toordinal())
    return list(value) if isinstance(value, tuple) else value


def _guarded(names: list[str], yes: Rail, no: Rail) -> tuple[Rail, Rail]:
    known = tuple(map(Known, names))
    return All((*known, yes)), All((*known, no))


def _field(node: Node) -> str:
    if isinstance(node, Derived):
        return _field(node.node)
    if not isinstance(node, FieldRef):
        raise TypeError("a list that is computed")
    return node.name


def _constant(node: Node) -> object:
    if not isinstance(node, Constant) or node.value is None:
        raise TypeError("a value that is not written down")
    return plain(typed(node.value, node.type))
