"""How a file was read: what it was taken for, and what became of each sheet, row and column."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.vocabulary.evidence import EvidenceGrade

BID_SHEET = "bid_sheet"
"""The layout of a list whose facts are a seller's own word."""


class Aside(StrEnum):
    """Why a row of a file is no offer."""

    TOTAL = "total"
    NOTE = "note"
    REPEATED_HEADER = "repeated_header"
    BLANK = "blank"
    STRUCK_THROUGH = "struck_through"
    HIDDEN = "hidden"
    LEFT_OUT = "left_out"  # a person says so in `columns.yaml`


class SheetState(StrEnum):
    """What became of a sheet of a workbook."""

    READ = "read"
    NO_LIST = "no_list"
    HIDDEN = "hidden"
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True)
class RowAside:
    """A row that was set aside: its line, from 1, why, and its cells as one text."""

    line: int
    why: Aside
    text: str
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A sheet of a workbook, the number of its rows that hold anything, and what became of it."""

    name: str
    rows: int
    state: SheetState


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of a file: its heading, the field it was read as, and its cells.

    `cells` hold something; `lost` of them could not be read. `field` None: the column is not used.
    `also` are further fields that were read from it, or made of it and other columns.
    `converted` says what a unit or qualifier in the heading did to each value, as `kt, × 1,000`.
    `hint` says of a column that is not used what may have been meant, `means` what it is known to
    be where no field holds that.
    """

    header: str
    field: str | None
    cells: int
    lost: int = 0
    converted: str | None = None
    also: Sequence[str] = ()
    hint: str | None = None
    means: str | None = None


@dataclass(frozen=True, slots=True)
class FormSeen:
    """What a form of questions says of itself: the city's id, the purchase's name, its language.

    `sellers` are named in its answers, one as a rule.
    """

    file: str
    city: str
    purchase: str
    language: str = ""
    sellers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How one file was read.

    `layout` is the id of what it was taken for and `why` the headings that told it. `header_line`
    counts from 1. `rows` were read as offers, projects or lots; `refused` rows held something and
    could not be read at all. `numbers` and `dates` are the styles that count, each with the reason
    in words. `options` are what the command line must say to read the file so again. `grade` is
    what the facts of the file count as. `forms` are the forms that the offers were read from.
    Beside the rows in `aside` there are `more_aside`. No heading that says something is missing
    from `columns`.
    """

    file: str
    layout: str
    why: str
    rows: int
    header_line: int | None = None
    sheet: str | None = None
    refused: int = 0
    numbers: str | None = None
    dates: str | None = None
    columns: Sequence[ColumnSeen] = ()
    aside: Sequence[RowAside] = ()
    sheets: Sequence[SheetSeen] = ()
    options: Sequence[str] = ()
    grade: EvidenceGrade | None = None
    forms: Sequence[FormSeen] = ()
    more_aside: int = 0

    @property
    def used(self) -> Sequence[ColumnSeen]:
        """The columns that were read as a field, in the order of the file."""
        return [column for column in self.columns if column.field is not None]

    @property
    def unused(self) -> Sequence[ColumnSeen]:
        """The columns that were not read, those with most cells first."""
        left = [column for column in self.columns if column.field is None]
        return sorted(left, key=lambda column: -column.cells)

    @property
    def lost(self) -> int:
        """How many cells of the columns used could not be read."""
        return sum(column.lost for column in self.columns)

    @property
    def unread_sheets(self) -> Sequence[SheetSeen]:
        """The sheets of the workbook that were not read."""
        return [sheet for sheet in self.sheets if sheet.state is not SheetState.READ]
