"""What an account says was not read, as located problems: nothing is lost in silence."""

from collections.abc import Iterable, Iterator, Sequence

from offsetcheck.intake.normalise.text import shown
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.reading import Aside, ColumnSeen, Reading, SheetState

MOST_LISTED = 500
"""Rows and columns of a file that are listed one by one; who has more has the wrong file."""

ASIDE_WORDS = {
    Aside.TOTAL: "a total",
    Aside.NOTE: "a note",
    Aside.REPEATED_HEADER: "a repeated header",
    Aside.BLANK: "blank",
    Aside.STRUCK_THROUGH: "struck through",
    Aside.HIDDEN: "hidden",
    Aside.LEFT_OUT: "left out by the mapping of columns",
}
SHEET_WORDS = {
    SheetState.NO_LIST: "it holds no list of offers",
    SheetState.HIDDEN: "it is hidden",
    SheetState.NOT_READ: "another sheet is read",
}


def unread_of(reading: Reading) -> list[Problem]:
    """Return what was not read of a file: rows, columns and sheets that hold something.

    Rows that could not be read are an error. A column that may be a misspelt field is a warning,
    and what is set aside knowingly a note.
    """
    return [
        *_refused(reading),
        *_columns(reading),
        *_aside(reading),
        *_sheets(reading),
    ]


def unsaid(reading: Reading, said: Iterable[Problem]) -> list[Problem]:
    """Return what was not read of a file, without the places of which a problem tells already."""
    places = {problem.place for problem in said}
    return [
        problem
        for problem in unread_of(reading)
        if problem.severity is Severity.ERROR or problem.place not in places
    ]


def _refused(reading: Reading) -> Iterator[Problem]:
    if reading.refused:
        rows = "1 row holds" if reading.refused == 1 else f"{reading.refused:,} rows hold"
        yield Problem(
            f"{rows} something and could not be read as an offer or project",
            Place(reading.file, sheet=reading.sheet),
            "compare the count of rows with your file",
        )


def _columns(reading: Reading) -> Iterator[Problem]:
    filled = [column for column in reading.unused if column.cells]
    for column in filled[:MOST_LISTED]:
        yield _column(reading, column)
    rest = len(filled) - MOST_LISTED
    if rest > 0:
        place = Place(reading.file, sheet=reading.sheet)
        yield Problem(f"{rest:,} more columns are not read", place, None, Severity.NOTE)


def _column(reading: Reading, column: ColumnSeen) -> Problem:
    cells = "1 cell" if column.cells == 1 else f"{column.cells:,} cells"
    return Problem(
        f"the column is not read ({cells})",
        Place(reading.file, sheet=reading.sheet, field=column.header),
        column.hint,
        Severity.WARNING if column.hint else Severity.NOTE,
    )


def _aside(reading: Reading) -> Iterator[Problem]:
    listed = [row for row in reading.aside if row.why is not Aside.BLANK]
    for row in listed[:MOST_LISTED]:
        yield Problem(
            f"the row is no offer and is set aside ({ASIDE_WORDS[row.why]}): {shown(row.text)}",
            Place(reading.file, row.line, sheet=row.sheet or reading.sheet),
            None,
            Severity.NOTE,
            kind=f"aside {row.why}",
        )
    if rest := listed[MOST_LISTED:]:
        message = f"{len(rest) + reading.more_aside:,} more rows are set aside as no offers"
        place = Place(reading.file, rest[0].line, sheet=rest[0].sheet or reading.sheet)
        lines = tuple(row.line for row in rest)
        yield Problem(message, place, None, Severity.NOTE, lines=lines)


def _sheets(reading: Reading) -> Sequence[Problem]:
    return [
        Problem(
            f"the sheet is not read, for {SHEET_WORDS[sheet.state]} ({sheet.rows:,} rows)",
            Place(reading.file, sheet=sheet.name),
            "put a list that should count into the sheet that is read, or into its own file",
            Severity.NOTE,
        )
        for sheet in reading.unread_sheets
        if sheet.rows
    ]
