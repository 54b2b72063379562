"""A `columns.yaml` as it is first written: what each column was taken for, and why."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.bidsheet import FEWEST_FIELDS
from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.headings.names import is_blank, names_of
from offsetcheck.intake.headings.plan import candidates, plan_columns
from offsetcheck.intake.layouts.layout import Layout, place_of, places
from offsetcheck.intake.mapping.read import IGNORE, hash_of_headings
from offsetcheck.intake.normalise.dates import SAMPLES as DAY_SAMPLES
from offsetcheck.intake.normalise.numbers import SAMPLES as NUMBER_SAMPLES
from offsetcheck.intake.normalise.text import shown
from offsetcheck.intake.offers import ListFound, list_in
from offsetcheck.intake.registry.read import fields_of
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.headings import MAX_CHARACTERS
from offsetcheck.vocabulary.problem import InputError, Problem

LONGEST_EXAMPLE = 40

INTRODUCTION = """\
# What the columns of a list are: written by `offsetcheck columns`, to be put right by hand.
#
# A column has a `field` of the dictionary, `ignore`, or null where nobody knows it.
# It may have `unit: kt` for numbers that are not in the unit of the field, and `words` for what its
# cells mean: `words: {"ok": registered}`. Rows that are no offers are left out by
# `leave_out: [{line: 12}, {column: "Project", text: "TOTAL"}]`, and `numbers: "1.234,5"` and
# `dates: d.m.y` say how the list writes them. `sheet: "Offers"` and `header_row: 5` say where it
# stands in the file, if it is not found.
"""


@dataclass(frozen=True, slots=True)
class MappingText:
    """A mapping as text, of how many columns, how many of them hold a field, and what is odd."""

    text: str
    columns: int
    taken: int
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class _Taken:
    """The field that a column was taken for, if it has one of its own, and by what."""

    field: str | None
    why: str


def mapping_text(
    data: bytes, name: str, dictionary: Dictionary, asked: Asked = NOTHING_ASKED
) -> MappingText:
    """Return what the columns of a list are taken for; raises InputError for what is no table."""
    found = list_in(data, name, dictionary, asked)
    sheet = found.sheet
    taken, problems = _taken(found, dictionary)
    named = [at for at, header in enumerate(sheet.headers) if _can_be_named(header)]
    if len(named) < FEWEST_FIELDS:
        raise InputError([Problem("no line of the list holds headings", sheet.place())])
    lines = [INTRODUCTION, *_top(sheet, asked), "columns:"]
    for index in named:
        lines += _entry(sheet, index, taken.get(index), dictionary)
    return MappingText("\n".join(lines) + "\n", len(named), len(taken), problems)


def _taken(found: ListFound, dictionary: Dictionary) -> tuple[dict[int, _Taken], Sequence[Problem]]:
    if found.told is not None:
        return _taken_by_layout(found.sheet, found.told.layout, dictionary), ()
    plan = plan_columns(found.sheet, dictionary)
    names = {at: name for name, at in plan.fields.items()}
    return {at: _Taken(names.get(at), why) for at, why in plan.why.items()}, plan.problems


def _taken_by_layout(sheet: Sheet, layout: Layout, dictionary: Dictionary) -> dict[int, _Taken]:
    """Return what a layout reads of each column; what it makes of several is no field of one."""
    at = places(sheet)
    plain = {place_of(at, column.headings) for column in layout.columns if column.headings}
    why = f"the layout {layout.id}"
    return {
        index: _Taken(field.name, why)
        if index in plain
        else _Taken(None, f"{why}, of which it makes {field.name}")
        for index, field in fields_of(sheet, layout, dictionary).items()
    }


def _can_be_named(header: str) -> bool:
    return not is_blank(header) and len(header) <= MAX_CHARACTERS


def _top(sheet: Sheet, asked: Asked) -> Iterator[str]:
    yield f"headings: {hash_of_headings([key_header(header) for header in sheet.headers])}"
    if sheet.sheet is not None:
        yield f"sheet: {_quoted(sheet.sheet)}"
    if asked.numbers is not None:
        yield f"numbers: {_quoted(NUMBER_SAMPLES[asked.numbers])}"
    if asked.dates is not None:
        yield f"dates: {_quoted(DAY_SAMPLES[asked.dates])}"


def _entry(sheet: Sheet, index: int, taken: _Taken | None, dictionary: Dictionary) -> Iterator[str]:
    header = key_header(sheet.headers[index])
    yield f"  - heading: {_quoted(header)}"
    yield f"    # {_cells(sheet, index)}{'' if taken is None else f'; taken by {taken.why}'}"
    if taken is not None:
        # What has no field of its own, as the page of a paper, stays with its heading.
        yield from () if taken.field is None else (f"    field: {taken.field}",)
        return
    yield f"    field: null  # {_perhaps(header, dictionary)}"


def _perhaps(header: str, dictionary: Dictionary) -> str:
    """Return what a column may be that was not taken for a field."""
    means = names_of(dictionary).hear(header).means
    if means is not None:
        return means
    may_be = candidates(header, dictionary)
    return f"{' or '.join(may_be)}?" if may_be else f"or {IGNORE}"


def _cells(sheet: Sheet, index: int) -> str:
    count = sheet.filled(index)
    if not count:
        return "no cell holds anything"
    first = next(text for text in sheet.columns[index] if text and not text.isspace())
    said = "1 cell" if count == 1 else f"{count:,} cells"
    return f"{said}, such as {_printable(shown(first, LONGEST_EXAMPLE))}"


def _quoted(text: str) -> str:
    """Return a text in the quotes of YAML, of which those of JSON are some."""
    return json.dumps(_printable(text), ensure_ascii=False)


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
