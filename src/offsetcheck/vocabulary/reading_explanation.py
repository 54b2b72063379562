"""How a file was read, as reports show it."""

from offsetcheck.vocabulary.explained import Explained


class ColumnLine(Explained):
    """A column: its heading, the field it was read as (None: not used), and its cells.

    `lost` cells could not be read; `converted` says what a unit in the heading did.
    """

    header: str
    field: str | None
    title: str | None
    cells: int
    cells_words: str
    lost: int = 0
    converted: str | None = None
    hint: str | None = None


class AsideLine(Explained):
    """A row that is no offer: its line in the file, why, and its cells as one text."""

    line: int
    sheet: str | None
    why: str
    why_words: str
    text: str


class SheetLine(Explained):
    """A sheet of a workbook, its rows that hold something, and what became of it."""

    name: str
    rows: int
    rows_words: str
    state: str
    state_words: str


class ReadingLine(Explained):
    """How one file was read.

    `layout` is the id of what it was taken for and `why` what told it; `counts_as` says whose word
    its facts are. Of the rows set aside and the columns not used the first stand in `aside` and
    `unused`, the counts are of all.
    """

    file: str
    sheet: str | None
    layout: str
    layout_words: str
    why: str
    grade: str | None
    counts_as: str | None
    header_line: int | None
    rows: int
    rows_words: str
    refused: int
    refused_words: str
    lost: int
    lost_words: str
    aside: tuple[AsideLine, ...]
    aside_count: int
    aside_words: str
    aside_shown: str | None
    sheets: tuple[SheetLine, ...]
    numbers: str | None
    dates: str | None
    options: str | None
    used: tuple[ColumnLine, ...]
    unused: tuple[ColumnLine, ...]
    unused_count: int
    unused_shown: str | None
    columns_words: str
