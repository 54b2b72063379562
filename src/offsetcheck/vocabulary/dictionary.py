"""The data dictionary: every field that rules, bid sheets and registry lists may speak of."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

import pydantic
from pydantic import AllowInfNan, NonNegativeFloat, Strict

from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.headings import Headings

Words = Mapping[str, str]  # language -> text; `en` always there


class FieldType(StrEnum):
    """What kind of value a field holds."""

    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    TEXT = "text"
    CODE = "code"
    CODES = "codes"
    INTEGERS = "integers"


class Subject(StrEnum):
    """What a rule judges: one candidate, the purchase, or all candidates that may be bought."""

    CANDIDATE = "candidate"
    PURCHASE = "purchase"
    PORTFOLIO = "portfolio"


class BidderCanChange(StrEnum):
    """What a bidder could change: the paper, the project, or nothing."""

    EVIDENCE = "evidence"
    PROJECT = "project"
    NEVER = "never"


EVERY = "*"
"""What a word covers that says nothing: every narrow word of its list."""


class Code(FileModel):
    """One word of a closed list, its title, and how registries spell it.

    A broad word `covers` the words of the same list that it may stand for, or every one (`"*"`).
    It is never a value: a field that a file gives in a broad word has one of the narrow ones.
    """

    title: dict[str, str]
    spellings: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


class LookupSpec(FileModel):
    """How a field is found in a reference table.

    `on` names the key columns, which are also fields of the subject unless `keys` maps a column
    to another field. `match` gives a key column another comparison than equality: `range` for
    version ranges. `where` keeps rows by a fixed column value, or by one of several. `collect`
    gathers the column of every row that matches into a list of codes. `absent` is the value where
    no row matches, the empty list where lists are collected; None makes it unknown.
    """

    table: str
    on: tuple[str, ...]
    column: str
    keys: dict[str, str] = pydantic.Field(default_factory=dict)
    match: dict[str, Literal["range"]] = pydantic.Field(default_factory=dict)
    where: dict[str, str | tuple[str, ...]] = pydantic.Field(default_factory=dict)
    collect: bool = False
    absent: str | int | float | bool | tuple[()] | None = None

    def keeps(self, cells: Mapping[str, str]) -> bool:
        """Whether a row of the table is one that the lookup asks."""
        return all(cells.get(column) in self.words(column) for column in self.where)

    def words(self, column: str) -> tuple[str, ...]:
        """Return the words by which rows are kept in a column, none where it does not matter."""
        kept = self.where.get(column, ())
        return (kept,) if isinstance(kept, str) else kept


Factor = Annotated[NonNegativeFloat, Strict(), AllowInfNan(allow_inf_nan=False)]


class Aggregate(FileModel):
    """How a field of the portfolio sums up the candidates that may be bought.

    One of the first four says what: the `total` of a field, the `share` of that total for which
    `where` holds, the `largest_share` of it that has one value of the field `by`, or the `worst`
    lower grade of integrity. `where` is an expression over one candidate; `by_grade` multiplies
    each value of a total by the factor of its candidate's lower grade.
    """

    total: str | None = None
    share: str | None = None
    largest_share: str | None = None
    worst: Literal["grade"] | None = None
    where: str | None = None
    by: str | None = None
    by_grade: dict[str, Factor] = pydantic.Field(default_factory=dict)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What is summed up; exactly one where the field is sound."""
        words = ("total", "share", "largest_share", "worst")
        return tuple(word for word in words if getattr(self, word) is not None)

    @property
    def of(self) -> str | None:
        """The field that is summed up, None for the worst grade."""
        return self.total or self.share or self.largest_share


class Field(FileModel):
    """One field: type, unit and range, words for reports and bidders, and where it comes from.

    Words `beside` a code in one cell, such as a label with its programme, say nothing of it.
    `identity` says that it tells who and what the offer is, `moves` that a registry changes it from
    day to day, `officer` that the buyer's officer answers it and no bidder. `bound` says that a
    stated minimum (`100+`) counts as the value: more never makes an offer worse.
    """

    name: str
    subject: Subject
    type: FieldType
    unit: str | None = None
    range: tuple[float | None, float | None] | None = None
    codes: dict[str, Code] = pydantic.Field(default_factory=dict)
    beside: tuple[str, ...] = ()
    title: dict[str, str]
    question: dict[str, str] = pydantic.Field(default_factory=dict)
    documents: tuple[str, ...] = ()
    changes: BidderCanChange = BidderCanChange.NEVER
    aliases: tuple[str, ...] = ()
    identity: bool = False
    moves: bool = False
    bound: Literal["at_least"] | None = None
    officer: bool = False
    derive: str | None = None
    lookup: LookupSpec | None = None
    aggregate: Aggregate | None = None

    @property
    def is_input(self) -> bool:
        """Whether the field is stated by a file and not computed from others."""
        return self.derive is None and self.lookup is None and self.aggregate is None

    @property
    def narrow(self) -> tuple[str, ...]:
        """The codes that can be a value of the field, in the order of the file."""
        return tuple(code for code, entry in self.codes.items() if not entry.covers)

    def stands_for(self, word: str) -> tuple[str, ...]:
        """Return the narrow codes that a word of the list may stand for, a narrow one for itself.

        A broad word may cover broad ones; the dictionary has been checked for circles.
        """
        covered = self.codes[word].covers if word in self.codes else ()
        if EVERY in covered:
            return self.narrow
        found = (code for below in covered for code in self.stands_for(below))
        return tuple(dict.fromkeys(found)) if covered else (word,)


class DocumentKind(FileModel):
    """A kind of paper and the best evidence grade that it can give."""

    id: str
    title: dict[str, str]
    ceiling: EvidenceGrade


class Dictionary(FileModel):
    """All fields by subject, the kinds of document, and what sheets call their columns."""

    candidate: dict[str, Field]
    purchase: dict[str, Field]
    portfolio: dict[str, Field] = pydantic.Field(default_factory=dict)
    documents: dict[str, DocumentKind] = pydantic.Field(default_factory=dict)
    headings: Headings = Headings()

    def of(self, subject: Subject) -> Mapping[str, Field]:
        """Return the fields of one subject by name."""
        return {
            Subject.CANDIDATE: self.candidate,
            Subject.PURCHASE: self.purchase,
            Subject.PORTFOLIO: self.portfolio,
        }[subject]
