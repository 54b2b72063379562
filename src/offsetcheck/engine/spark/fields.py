"""What a rule sees of each row's facts, as SQL over the columns of a table of facts.

A field stands in a column of its name; `NAME__grade` is the grade of its evidence as a number,
`NAME__statements` a list of (grade, values) for a fact that is known in part: the first that counts
is seen, and there the column of the name is not read.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from offsetcheck.engine.knowledge import (
    IDENTITY,
    PURCHASE,
    is_too_weak,
    screening_counts,
    see,
)
from offsetcheck.engine.spark.columns import (
    FALSE,
    Columns,
    Sql,
    Term,
    joined,
    several,
    single,
    sql,
    unknown,
)
from offsetcheck.engine.spark.literals import SQL_TYPES, fact, literal, text
from offsetcheck.engine.typical import TYPE_FIELD
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.purchase import Purchase, Screening

OFFER = "id"
GRADE, STATEMENTS = "__grade", "__statements"
STATED_ID = "id__stated"  # where the field is something else than what the offer is called
UNRECOGNISED = "id__unrecognised"
TYPES = f"{TYPE_FIELD}__types"  # of which the project is one, on whoever's word
SELLER = EvidenceGrade.E4  # whose word counts where a table has no column of grades


@dataclass(frozen=True)
class Fields:
    """The columns that a table of facts has, for one purchase on one day.

    `typical` are the types of projects for which any rule knows typical points.
    """

    present: Collection[str]
    columns: Columns
    purchase: Purchase
    day: date
    screening_days: int | None = None
    heard: tuple[str, ...] = ()
    typical: frozenset[str] = frozenset()

    def hearing(self, fields: tuple[str, ...]) -> "Fields":
        """Return the same facts with some fields counting at every grade."""
        return replace(self, heard=fields)

    def see(self, field: str, kind: FieldType, at_least: EvidenceGrade | None) -> Term:
        """Return what is seen of a field at an evidence grade."""
        if field.startswith(PURCHASE):
            return self._of_purchase(field, kind, at_least)
        asked = None if field in self.heard or field == IDENTITY else at_least
        column = STATED_ID if field == IDENTITY and STATED_ID in self.present else field
        if column not in self.present:
            return Term(_unknown(kind))
        plain = self._strong_enough(column, kind, asked)
        if column + STATEMENTS not in self.present:
            return Term(plain)
        return self._in_part(column, kind, asked, plain)

    @property
    def screened(self) -> Sql:
        """Whether somebody has looked for adverse events of the offer."""
        entries = [
            self._covers(entry)
            for entry in self.purchase.screenings
            if screening_counts(entry, self.day, self.screening_days)
        ]
        return self.columns.told(joined(" OR ", entries, "false")) if entries else FALSE

    @property
    def types(self) -> Sql:
        """The types that the project may be of, an empty list where that is not stated.

        Those of which nothing is typical are one, so that few lists are different.
        """
        stated = self._types_stated
        known = ", ".join(map(text, sorted(self.typical)))
        return self.columns.told(Sql(f"transform({stated}, x -> IF(x IN ({known}), x, ''))"), None)

    @property
    def _types_stated(self) -> str:
        if TYPES in self.present:
            return f"coalesce({fact(TYPES)}, {literal((), FieldType.CODES)})"
        if TYPE_FIELD not in self.present:
            return literal((), FieldType.CODES)
        return f"filter(array({fact(TYPE_FIELD)}), x -> x IS NOT NULL)"

    def _covers(self, screening: Screening) -> Sql:
        if screening.offers is None:
            told = UNRECOGNISED not in self.present
            return Sql("true" if told else f"NOT coalesce({fact(UNRECOGNISED)}, false)")
        offers = ", ".join(map(text, screening.offers))
        return Sql(f"{fact(OFFER)} IN ({offers})" if offers else "false")

    def _of_purchase(self, field: str, kind: FieldType, at_least: EvidenceGrade | None) -> Term:
        fact = self.purchase.fact(field.removeprefix(PURCHASE))
        look = see(field, fact, kind, self.day, at_least)
        value = Sql(literal(look.value, kind), atom=True)
        if not look.possible:
            return Term(value)
        members = ", ".join(literal(one, kind) for one in look.possible)
        return Term(value, Sql(f"array({members})"))

    def _strong_enough(self, column: str, kind: FieldType, at_least: EvidenceGrade | None) -> Sql:
        value = Sql(fact(column), atom=True)
        if at_least is None:
            return value
        if column + GRADE not in self.present:
            return _unknown(kind) if is_too_weak(SELLER, at_least) else value
        grade = f"coalesce({fact(column + GRADE)}, {int(SELLER)})"
        return Sql(f"CASE WHEN {grade} <= {int(at_least)} THEN {value.text} END")

    def _in_part(
        self, column: str, kind: FieldType, at_least: EvidenceGrade | None, plain: Sql
    ) -> Term:
        statements = fact(column + STATEMENTS)
        counted = statements
        if at_least is not None:
            counted = f"filter({statements}, x -> x.`grade` <= {int(at_least)})"
        found = self.columns.named(Sql(f"get({counted}, 0).`values`"))
        value = sql(f"CASE WHEN {statements} IS NULL THEN {{}} ELSE {{}} END", plain, single(found))
        return Term(value, None if kind is FieldType.BOOLEAN else several(found))


def _unknown(kind: FieldType) -> Sql:
    return unknown(SQL_TYPES[kind])


def statements_type(kind: FieldType) -> str:
    """Return the SQL type of the statements of a field."""
    return f"ARRAY<STRUCT<grade: INT, values: ARRAY<{SQL_TYPES[kind]}>>>"
