"""A rulebook as the SQL of one list: which columns it reads, and what is computed of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.engine.knowledge import PURCHASE
from offsetcheck.engine.spark.alike import Alike
from offsetcheck.engine.spark.columns import Columns, Sql
from offsetcheck.engine.spark.expressions import Writer
from offsetcheck.engine.spark.fields import (
    GRADE,
    OFFER,
    STATED_ID,
    STATEMENTS,
    TYPES,
    UNRECOGNISED,
    Fields,
    statements_type,
)
from offsetcheck.engine.spark.functions import finite
from offsetcheck.engine.spark.layers import Layer, Round, rounds
from offsetcheck.engine.spark.literals import SQL_TYPES, fact
from offsetcheck.engine.spark.literals import name as quoted
from offsetcheck.engine.spark.lookups import Lookups
from offsetcheck.engine.spark.outcomes import judge, with_identity_condition
from offsetcheck.engine.spark.patterns import Patterns, patterns
from offsetcheck.engine.spark.results import Results, results
from offsetcheck.engine.spark.scores import Scorer
from offsetcheck.engine.typical import TYPE_FIELD
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.expression.nodes import FieldRef
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.purchase import Purchase

PATTERN = "pattern"
# What says which row is which, where a table has it.
SHOWN = {
    "row": "BIGINT", "line": "BIGINT", OFFER: "STRING", "name": "STRING", "programme": "STRING",
    "country": "STRING", "vintage": "BIGINT", "tonnes": "DOUBLE", "price": "DOUBLE",
    "currency": "STRING",
}  # fmt: skip


@dataclass(frozen=True)
class ListPlan:
    """How a table of facts with some columns is judged under one rulebook.

    Of each row the numbers are had in which rows are alike; then of each of these the results.
    """

    columns: Columns
    lookups: Lookups
    results: Results
    patterns: Patterns

    @property
    def alike(self) -> Alike:
        """What of a row its results rest on."""
        return Alike(self.columns.telling)

    @property
    def results_told(self) -> dict[str, Sql]:
        """What is had of rows that are alike: the columns of both tables, and the pattern."""
        found = {**self.results.verdicts, **self.results.findings}
        return {**found, PATTERN: self.patterns.pattern}

    def rounds(self, shown: Mapping[str, Sql]) -> list[Round]:
        """Return what is computed of each row in which order: what is shown, and the numbers.

        Outputs are named as `output` names them.
        """
        told = {**shown, **self.alike.packed}
        return rounds(self.columns.texts, list(self.lookups.groups.values()), _outputs(told))

    def of_alike(self, kept: Collection[str]) -> Sequence[Layer]:
        """Return what is computed of rows that are alike: the results, beside columns kept."""
        texts = {**self.columns.texts, **self.alike.unpacked}
        told = {**{column: Sql(column) for column in kept}, **self.results_told}
        (only,) = rounds(texts, [], _outputs(told))
        return only.layers


def _outputs(told: Mapping[str, Sql]) -> dict[str, str]:
    return {output(column): expression.text for column, expression in told.items()}


def output(column: str) -> str:
    """Return the name that a column of results has beside those of the facts."""
    return f"result {column}"


def fields_read(bound: BoundRulebook) -> dict[str, FieldType]:
    """Return the fields of a candidate that rules can read, with their types."""
    nodes = (
        part
        for rule in bound.candidate_rules
        for node in rule.expressions()
        if node is not None
        for part in walk(node)
    )
    named = {n.name: n.type for n in nodes if isinstance(n, FieldRef)}
    return {name: kind for name, kind in named.items() if not name.startswith(PURCHASE)}


def columns_read(bound: BoundRulebook) -> dict[str, str]:
    """Return the columns of a table of facts that count, with the SQL types they are read as."""
    read = {STATED_ID: "STRING", UNRECOGNISED: "BOOLEAN", TYPES: "ARRAY<STRING>"}
    read |= {TYPE_FIELD: "STRING", **SHOWN}
    for name, kind in fields_read(bound).items():
        read[name] = SQL_TYPES[kind]
        read[name + GRADE] = "INT"
        read[name + STATEMENTS] = statements_type(kind)
    return {**read, OFFER: "STRING"}


def read_as(column: str, kind: str) -> str:
    """Return a column as rules read it, whoever wrote it: no number that is none, no null in lists.

    Both would otherwise compare as something.
    """
    cast = f"try_cast({quoted(column)} AS {kind})"
    if kind == SQL_TYPES[FieldType.NUMBER]:
        return finite(cast)
    return f"array_compact({cast})" if kind.startswith("ARRAY<") else cast


def plan_list(present: Collection[str], bound: BoundRulebook, purchase: Purchase) -> ListPlan:
    """Return how a table with some columns is judged."""
    columns = Columns()
    typical = frozenset(name for rule in bound.candidate_rules for name in rule.typical)
    days = bound.screening_days
    fields = Fields(present, columns, purchase, bound.as_of, days, typical=typical)
    writer = Writer(fields, columns, Lookups(columns))
    rules = with_identity_condition([judge(r, writer) for r in bound.candidate_rules], writer)
    scores = Scorer(columns, bound.scheme).score(rules)
    return ListPlan(
        columns,
        writer.lookups,
        results(rules, scores, bound.scheme),
        patterns(rules, scores, bound),
    )


def shown(present: Collection[str]) -> dict[str, Sql]:
    """Return the columns that say which row is which."""
    return {
        name: Sql(f"try_cast({fact(name)} AS {kind})")
        for name, kind in SHOWN.items()
        if name in present
    }
