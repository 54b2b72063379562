"""What is wrong or doubtful about the headings of a sheet, as located problems."""

from collections.abc import Mapping, Sequence

from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.headings.names import Heard, Names
from offsetcheck.intake.normalise.text import is_placeholder, key, shown
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import Counted, Place, Problem, Severity
from offsetcheck.vocabulary.problem_groups import in_rows

TAKE_OUT = "take these rows out, or head the column otherwise if the credits can still be sold"
SAY_SO = "give it a heading that says what it is, or say so in columns.yaml"


def believed_cells(sheet: Sheet, index: int, name: str, before: int | None) -> Problem:
    """Say that a column is taken for a field by its cells alone."""
    header = key_header(sheet.headers[index])
    instead = "" if before is None else f", and not “{key_header(sheet.headers[before])}”"
    return Problem(
        f"“{header}” is taken for {name} by its cells{instead}",
        sheet.place(column=index),
        f"head it “{name}” if it is, or say in columns.yaml what it is",
        Severity.WARNING,
    )


def several_columns(sheet: Sheet, speaking: Sequence[int], name: str) -> Problem:
    """Say that several columns could be a field by their cells."""
    listed = " and ".join(f"“{key_header(sheet.headers[index])}”" for index in speaking[:3])
    return Problem(
        f"the cells of {listed} could each be {name}; none of them is read",
        sheet.place(column=speaking[0]),
        f"head the right one “{name}”, or say so in columns.yaml",
    )


def undecided_heading(
    sheet: Sheet, index: int, fields: Sequence[str], taken: Mapping[str, int]
) -> Problem:
    """Say that a heading says too little: nothing is lost where its first field stands apart."""
    header, place = key_header(sheet.headers[index]), sheet.place(column=index)
    filled = [text for text in sheet.columns[index] if text.strip()]
    severity = Severity.WARNING if fields[0] in taken or not filled else Severity.ERROR
    first = f", such as {shown(min(filled), 40)}" if filled else ""
    message = f"“{header}” may be {' or '.join(fields)}, and its cells are no words of it{first}"
    return Problem(f"{message}; it is not read", place, SAY_SO, severity)


def understood_heading(sheet: Sheet, index: int, heard: Heard) -> Problem | None:
    """Return why a column is not read whose heading says something, None where it says nothing."""
    header, place = key_header(sheet.headers[index]), sheet.place(column=index)
    if heard.means is not None and heard.no_offer:
        return _no_offers(sheet, index, heard.means)
    if heard.means is not None:
        return Problem(f"“{header}” is not read: it is {heard.means}", place, None, Severity.NOTE)
    return _unclear(header, heard, place) if heard.unclear else None


def _no_offers(sheet: Sheet, index: int, means: str) -> Problem:
    """Say of a column whose cells say that a row is no offer in how many rows it does."""
    header, place = key_header(sheet.headers[index]), sheet.place(column=index)
    told = zip(sheet.lines, sheet.columns[index], strict=True)
    lines = tuple(line for line, text in told if not is_placeholder(text))
    if not lines:
        return Problem(f"“{header}” is not read: it is {means}", place, None, Severity.NOTE)
    before, after = f"“{header}” is {means} (", ")"
    message = f"{before}{in_rows(lines)}{after}"
    counted = Counted("no offers", len(lines), message, (before, after))
    return Problem(message, place, TAKE_OUT, lines=lines, counted=counted)


def hint_for(header: str, names: Names, dictionary: Dictionary) -> str | None:
    """Return what may have been meant by a heading that names no field."""
    if key(header).replace(" ", "_") in dictionary.candidate:
        return "this field is worked out, not stated"
    near = names.near(header)
    return f"did you mean `{near[0]}`?" if near else None


def _unclear(header: str, heard: Heard, place: Place) -> Problem:
    said = ", ".join(f"“{word}”" for word in heard.unclear)
    message = (
        f"“{header}” may be {' or '.join(heard.fields)}, but {said} beside it is not understood"
    )
    return Problem(f"{message}; it is not read", place, SAY_SO)


def second_column(sheet: Sheet, index: int, first: int, name: str) -> Problem:
    """Say that a field has a second column; it is lost where they differ."""
    differ = any(
        here.strip() and here.strip() != there.strip()
        for here, there in zip(sheet.columns[index], sheet.columns[first], strict=True)
    )
    return Problem(
        f"a second column for {name}; the first, “{key_header(sheet.headers[first])}”, is read",
        sheet.place(column=index),
        "they differ: keep one" if differ else None,
        Severity.ERROR if differ else Severity.WARNING,
    )
