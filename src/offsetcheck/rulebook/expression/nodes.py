"""The typed tree that an expression becomes: what every evaluator reads, and nothing else.

Nodes are frozen. `at` is the column of the first token in the expression's text, from 1, 0 where
a node was made and not read. After binding no parameter and no derived field is left unresolved:
parameters are `Constant`s that keep their name, derived fields are `Derived` around their own
tree, lookups carry the table edition that serves on the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Provenance, Value

Comparison = Literal["=", "<>", "<", "<=", ">", ">="]
Arithmetic = Literal["+", "-", "*", "/"]
FunctionName = Literal[
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
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal, a parameter (`name` is `$x`), a city value (`city.x`) or the day (`$as_of`).

    `value` None means that it is unknown, `cause` says why.
    """

    value: Value | None
    type: FieldType
    name: str | None = None
    cause: Cause | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class FieldRef:
    """A stated field; purchase fields carry their scope in the name: `purchase.year`."""

    name: str
    type: FieldType
    at: int = 0


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed field: its name, for the trace, and the tree that computes it."""

    name: str
    type: FieldType
    node: "Node"
    at: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of an edition that a lookup can return: `version` is a parsed range or None.

    `origin` says where the row is from, None where the table does not.
    """

    value: Value | None
    grade: EvidenceGrade
    version: str | None = None
    origin: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """A field found in one table edition.

    `keys` are the equality keys in the order of `rows`' key tuples (texts). `version` is the node
    whose text is matched against `TableRow.version` ranges, None where the lookup has no range.
    With `collect` the answer is the list of all matching values in file order without repeats;
    else the first row that matches. `absent` is the value where none does, None: unknown (no_row).
    `stale` makes every answer unknown (table_stale). `origin` says where the edition is from.
    """

    name: str
    type: FieldType
    table: str
    keys: tuple["Node", ...]
    rows: Mapping[tuple[str, ...], tuple[TableRow, ...]]
    version: "Node | None" = None
    collect: bool = False
    absent: Value | None = None
    stale: bool = False
    at: int = 0
    origin: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two values of one type."""

    operator: Comparison
    left: "Node"
    right: "Node"
    at: int = 0


@dataclass(frozen=True, slots=True)
class In:
    """Whether an item equals one of several constants (`IN (…)`)."""

    item: "Node"
    options: tuple["Node", ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class And:
    """Kleene AND."""

    items: tuple["Node", ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Or:
    """Kleene OR."""

    items: tuple["Node", ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene NOT."""

    item: "Node"
    at: int = 0


@dataclass(frozen=True, slots=True)
class Calculate:
    """Arithmetic on two numbers; a division by zero or a result not finite is unknown."""

    operator: Arithmetic
    left: "Node"
    right: "Node"
    at: int = 0


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the closed list; the options of `count_in` stand flat behind its list."""

    name: FunctionName
    arguments: tuple["Node", ...]
    type: FieldType
    at: int = 0


@dataclass(frozen=True, slots=True)
class CountTrue:
    """`count_true(a, b, …) op n`: compares the interval from those true to true or unknown."""

    operator: Comparison
    items: tuple["Node", ...]
    count: "Node"
    at: int = 0


Node = (
    Constant
    | FieldRef
    | Derived
    | Lookup
    | Compare
    | In
    | And
    | Or
    | Not
    | Calculate
    | Function
    | CountTrue
)
