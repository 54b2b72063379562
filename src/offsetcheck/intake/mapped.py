"""A mapping of columns laid over a sheet: rows left out, words replaced, headings given a unit.

The cells as they were written stay beside, so that every value can be walked back to its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from offsetcheck.ground.suggest import nearest
from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.headings.plan import UNREAD, Said
from offsetcheck.intake.layouts.known import layouts
from offsetcheck.intake.layouts.layout import Layout, also_called, place_of, places
from offsetcheck.intake.layouts.layout import heading_key as layout_key
from offsetcheck.intake.layouts.recognise import FEWEST_ALIKE, Recognised, recognised
from offsetcheck.intake.mapping import ColumnMapping, ColumnSaid, LeftOut, hash_of_headings
from offsetcheck.intake.normalise.text import key
from offsetcheck.intake.qualifiers import parse
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.reading import Aside, RowAside

LONGEST_TEXT = 200
MOST_STRANGE = 2
"""Headings that tell a layout and may be strange; a list with fewer of its own is another one."""


@dataclass(frozen=True, slots=True)
class MappedSheet:
    """A sheet as a mapping has it read, and what the mapping says of its columns."""

    sheet: Sheet
    said: Mapping[int, Said]


def mapped(sheet: Sheet, mapping: ColumnMapping) -> MappedSheet:
    """Return a sheet with a mapping laid over it; what the sheet lacks is a located problem."""
    at, missing = _placed(sheet, mapping.columns)
    problems = [*mapping.problems, *missing, *_other_list(sheet, mapping)]
    kept, out, unmet = _left_out(sheet, mapping.left_out)
    laid = replace(sheet, problems=[*sheet.problems, *problems, *unmet])
    laid = _without(laid, kept, out) if out else laid
    said = {
        index: Said(column.field, column.ignored) for index, column in at.items() if not column.open
    }
    return MappedSheet(_with_units(_with_words(laid, at), at), said)


def recognised_with(found: MappedSheet) -> tuple[Sheet, Recognised | None]:
    """Return a sheet and the layout that it has once its strange headings mean what a person says.

    Of a layout nearly all telling headings have to stand there as they are: a seller's sheet does
    not become a registry's by what somebody finds in it.
    """
    own = recognised(found.sheet)
    if own is not None and not own.alike:
        wider = also_called(own.layout, _strange(found, own.layout))
        return _without_ignored(found), replace(own, layout=wider)
    fitting = [
        told
        for layout in layouts()
        if _is_nearly(found.sheet, layout)
        and (told := recognised(found.sheet, _strange(found, layout))) is not None
        and told.layout.id == layout.id
        and not told.alike
    ]
    told = max(fitting, key=lambda fit: len(fit.layout.recognise.all), default=None)
    told = told or own
    return (found.sheet if told is None else _without_ignored(found)), told


def _placed(
    sheet: Sheet, columns: Sequence[ColumnSaid]
) -> tuple[dict[int, ColumnSaid], list[Problem]]:
    """Return the column of each entry; of equal headings the first entry has the first."""
    free = dict(enumerate(sheet.headers))
    at: dict[int, ColumnSaid] = {}
    missing: list[Problem] = []
    for said in columns:
        index = _column(free, said.heading)
        if index is None:
            missing.append(_no_heading(sheet, said.heading, said.place))
        else:
            at[index] = said
            del free[index]
    return at, missing


def _column(headers: Mapping[int, str], heading: str) -> int | None:
    """Return the first column with a heading, as written before as compared."""
    for same in (key, heading_key):
        wanted = same(heading)
        found = [index for index, header in headers.items() if wanted and same(header) == wanted]
        if found:
            return found[0]
    return None


def _no_heading(sheet: Sheet, heading: str, place: Place) -> Problem:
    near = nearest(key(heading), [key(header) for header in sheet.headers])
    hint = f"did you mean “{near}”?" if near else f"the headings of {sheet.file} are another list's"
    return Problem(f"{sheet.file} has no column “{heading}”", place, hint)


def _other_list(sheet: Sheet, mapping: ColumnMapping) -> Iterator[Problem]:
    """Say where a mapping was written for other headings, another sheet or another header row."""
    headings = [key_header(header) for header in sheet.headers]
    if mapping.headings not in {None, hash_of_headings(headings)}:
        message = f"the headings of {sheet.file} are not those for which this was written"
        hint = "look through it, or write it anew: `offsetcheck columns`"
        yield Problem(message, Place(mapping.file), hint, Severity.WARNING)
    if mapping.sheet is not None and sheet.sheet is not None and mapping.sheet != sheet.sheet:
        message = f"the sheet “{sheet.sheet}” is read, not “{mapping.sheet}”"
        yield Problem(
            message,
            Place(mapping.file),
            "name the sheet that holds these headings, or leave the others out of the workbook",
        )
    if mapping.header_line is not None and mapping.header_line != sheet.header_line:
        message = f"the headings are found in line {sheet.header_line}, not {mapping.header_line}"
        yield Problem(message, Place(mapping.file), "name the line that holds the headings")


def _left_out(
    sheet: Sheet, entries: Sequence[LeftOut]
) -> tuple[list[int], list[int], list[Problem]]:
    """Return the rows that are kept and those left out, and the entries that leave out none."""
    out: set[int] = set()
    problems: list[Problem] = []
    for entry in entries:
        rows = _rows(sheet, entry)
        out.update(rows)
        if not rows:
            problems.append(Problem("this leaves out no row", entry.place, None, Severity.WARNING))
    kept = [row for row in range(len(sheet)) if row not in out]
    return kept, sorted(out), problems


def _rows(sheet: Sheet, entry: LeftOut) -> list[int]:
    if entry.line is not None:
        return [row for row, line in enumerate(sheet.lines) if line == entry.line]
    index = _column(dict(enumerate(sheet.headers)), entry.heading or "")
    cells = sheet.columns[index] if index is not None else ()
    return [row for row, text in enumerate(cells) if key(text) == entry.text]


def _without(sheet: Sheet, kept: Sequence[int], out: Sequence[int]) -> Sheet:
    """Return a sheet without some rows, which stand among those set aside."""
    ranks = {row: rank for rank, row in enumerate(kept)}
    aside = [
        RowAside(sheet.lines[row], Aside.LEFT_OUT, _text(sheet, row), sheet.sheet) for row in out
    ]
    return replace(
        sheet,
        columns=[[column[row] for row in kept] for column in sheet.columns],
        lines=[sheet.lines[row] for row in kept],
        spoilt={(ranks[row], at): why for (row, at), why in sheet.spoilt.items() if row in ranks},
        aside=[*sheet.aside, *aside],
    )


def _text(sheet: Sheet, row: int) -> str:
    return " | ".join(c for column in sheet.columns if (c := key_header(column[row])))[
        :LONGEST_TEXT
    ]


def _with_words(sheet: Sheet, at: Mapping[int, ColumnSaid]) -> Sheet:
    """Return a sheet whose cells are read as a person says that their words mean."""
    columns = list(sheet.columns)
    written = {index: columns[index] for index, said in at.items() if said.words}
    for index, texts in written.items():
        words = at[index].words
        columns[index] = [words.get(key(text), text) if text else text for text in texts]
    return replace(sheet, columns=columns, written=written) if written else sheet


def _with_units(sheet: Sheet, at: Mapping[int, ColumnSaid]) -> Sheet:
    """Return a sheet whose headings name the units that a person states, and no others."""
    headers = list(sheet.headers)
    for index, said in at.items():
        if said.unit is not None:
            headers[index] = f"{parse(headers[index])[0]} ({said.unit})".strip()
    return replace(sheet, headers=headers)


def _is_nearly(sheet: Sheet, layout: Layout) -> bool:
    """Return whether all headings that tell a layout but one or two stand in a sheet."""
    at = places(sheet)
    groups = layout.recognise.all
    there = sum(place_of(at, group) is not None for group in groups)
    return there >= max(FEWEST_ALIKE, len(groups) - MOST_STRANGE)


def _strange(found: MappedSheet, layout: Layout) -> dict[str, str]:
    """Return the fields that a person says of headings which a layout does not know."""
    known = {layout_key(name) for name in layout.headings()}
    return {
        found.sheet.headers[index]: said.field
        for index, said in found.said.items()
        if said.field is not None and layout_key(found.sheet.headers[index]) not in known
    }


def _without_ignored(found: MappedSheet) -> Sheet:
    """Return a registry's list in which no layout knows the columns that are not to be read."""
    headers = [
        f"{header} (not read)" if found.said.get(index, UNREAD).ignored else header
        for index, header in enumerate(found.sheet.headers)
    ]
    return replace(found.sheet, headers=headers)
