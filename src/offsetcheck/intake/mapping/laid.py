"""A mapping of columns laid over a sheet: rows left out, words replaced, headings given a unit.

The cells as they were written stay beside, so that every value can be walked back to its own.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from offsetcheck.ground.suggest import nearest
from offsetcheck.intake.files.sheet import Sheet, key_header, listed, without_rows
from offsetcheck.intake.headings.plan import UNREAD, Said
from offsetcheck.intake.headings.qualifiers import parse
from offsetcheck.intake.layouts.known import layouts
from offsetcheck.intake.layouts.layout import Layout, also_called, layout_key, place_of, places
from offsetcheck.intake.layouts.recognise import FEWEST_ALIKE, Recognised, recognised
from offsetcheck.intake.mapping.read import ColumnMapping, ColumnSaid, RowsNamed, hash_of_headings
from offsetcheck.intake.normalise.text import key, shown
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.reading import Aside

MOST_MISSING = 50
"""Headings that a list lacks which are named one by one, each with what is near."""

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
    lacking = [_no_heading(sheet, column) for column in missing[:MOST_MISSING]]
    if more := missing[MOST_MISSING:]:
        message = f"{sheet.file} lacks {len(more):,} more of the columns named"
        lacking.append(Problem(message, more[0].place))
    problems = [*mapping.problems, *lacking, *_other_list(sheet, mapping)]
    out, unmet = _left_out(sheet, mapping.left_out)
    unmet += _kept_nowhere(sheet, mapping.kept)
    laid = replace(sheet, problems=[*sheet.problems, *problems, *unmet])
    laid = without_rows(laid, dict.fromkeys(out, Aside.LEFT_OUT))
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
) -> tuple[dict[int, ColumnSaid], list[ColumnSaid]]:
    """Return the column of each entry, and the entries that have none.

    A heading is looked for as written before as compared; of equal ones the first entry has the
    first.
    """
    at: dict[int, ColumnSaid] = {}
    missing = list(columns)
    for same in (key, heading_key):
        free = _free(sheet, at, same)
        missing, wanted = [], missing
        for said in wanted:
            if found := free.get(same(said.heading)):
                at[found.popleft()] = said
            else:
                missing.append(said)
    return at, missing


def _free(
    sheet: Sheet, taken: Collection[int], same: Callable[[str], str]
) -> dict[str, deque[int]]:
    """Return the columns that no entry has yet, by their headings as compared."""
    free: dict[str, deque[int]] = {}
    for index, header in enumerate(sheet.headers):
        if index not in taken and same(header):
            free.setdefault(same(header), deque()).append(index)
    return free


def _no_heading(sheet: Sheet, said: ColumnSaid) -> Problem:
    near = nearest(key(said.heading), [key(header) for header in sheet.headers])
    hint = f"did you mean “{near}”?" if near else f"the headings of {sheet.file} are another list's"
    return Problem(f"{sheet.file} has no column {shown(said.heading)}", said.place, hint)


def _other_list(sheet: Sheet, mapping: ColumnMapping) -> Iterator[Problem]:
    """Say where a mapping was written for other headings, another sheet or another header row."""
    headings = [key_header(header) for header in sheet.headers]
    if mapping.headings not in {None, hash_of_headings(headings)}:
        message = f"the headings of {sheet.file} are not those for which this was written"
        hint = "look through it, or write it anew: `offsetcheck columns`"
        yield Problem(message, Place(mapping.file), hint, Severity.WARNING)
    here = sheet.sheet
    if mapping.sheet is not None and here is not None and key(mapping.sheet) != key(here):
        message = f"there is no sheet {shown(mapping.sheet)}; {shown(here)} is read"
        yield Problem(message, Place(mapping.file), "name the sheet that holds the list")
    if mapping.header_line is not None and mapping.header_line != sheet.header_line:
        message = (
            f"no row of the list stands in line {mapping.header_line}; the headings are taken from "
            f"line {sheet.header_line}"
        )
        yield Problem(message, Place(mapping.file), "name the line that holds the headings")


def _left_out(sheet: Sheet, entries: Sequence[RowsNamed]) -> tuple[set[int], list[Problem]]:
    """Return the rows that are left out, and a problem for each entry that leaves out none."""
    lines = {line: row for row, line in enumerate(sheet.lines)}
    columns = _free(sheet, (), key)
    cells: dict[int, dict[str, list[int]]] = {}
    out: set[int] = set()
    unmet: list[RowsNamed] = []
    for entry in entries:
        if entry.line is not None:
            rows = [lines[entry.line]] if entry.line in lines else []
        elif found := columns.get(key(entry.heading or "")):
            at = found[0]
            cells[at] = cells.get(at) or _by_text(sheet.columns[at])
            rows = cells[at].get(entry.text or "", [])
        else:
            rows = []
        out.update(rows)
        unmet += [] if rows or _is_aside(sheet, entry) else [entry]
    return out, [_leaves_none(entry.place) for entry in unmet[:MOST_MISSING]]


def _is_aside(sheet: Sheet, entry: RowsNamed) -> bool:
    """Return whether a row that a person leaves out was set aside without him."""
    text = key(entry.text or "")
    return any(
        row.line == entry.line or (text and key(row.text).startswith(text)) for row in sheet.aside
    )


def _by_text(texts: Sequence[str]) -> dict[str, list[int]]:
    """Return the rows of each text of a column, as compared."""
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        rows.setdefault(key(text), []).append(row)
    return rows


def _kept_nowhere(sheet: Sheet, entries: Sequence[RowsNamed]) -> list[Problem]:
    """Return a warning for each row to be kept that is not read: hidden, or not there."""
    lines = set(sheet.lines)
    return [
        Problem("this keeps no row", entry.place, "a hidden row is shown in the workbook itself",
                Severity.WARNING)
        for entry in [one for one in entries if one.line not in lines][:MOST_MISSING]
    ]  # fmt: skip


def _leaves_none(place: Place) -> Problem:
    return Problem("this leaves out no row", place, None, Severity.WARNING)


def _with_words(sheet: Sheet, at: Mapping[int, ColumnSaid]) -> Sheet:
    """Return a sheet whose cells are read as a person says that their words mean."""
    columns = list(sheet.columns)
    written = {index: columns[index] for index, said in at.items() if said.words}
    for index, texts in written.items():
        words = at[index].words
        columns[index] = [words.get(key(text), text) if text else text for text in texts]
    turned = [_turned(sheet, written[index], at[index]) for index in written]
    told = [*sheet.problems, *(note for note in turned if note is not None)]
    return replace(sheet, columns=columns, written=written, problems=told) if written else sheet


def _turned(sheet: Sheet, texts: Sequence[str], said: ColumnSaid) -> Problem | None:
    """Return a note of the cells that are read as other words, None where there are none."""
    found = Counter(word for text in texts if text and (word := key(text)) in said.words)
    if not found:
        return None
    read = [f"{shown(word, 30)} as {shown(said.words[word], 30)}" for word in sorted(found)]
    cells = f"{found.total():,} cell{'s' * (found.total() > 1)} of {shown(said.heading)}"
    return Problem(
        f"{cells} in {sheet.file} {'are' if found.total() > 1 else 'is'} read in other words: "
        f"{listed(read)}",
        said.place,
        None,
        Severity.NOTE,
    )


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
