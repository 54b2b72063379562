"""Every layout by a hand-written list: what each row states, what each column is read as."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from intake.layouts.written import DAY, expected, read, told, written
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.known import layouts
from offsetcheck.intake.layouts.layout import Layout, layout_key
from offsetcheck.intake.layouts.recognise import recognised
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import Severity

LISTS = written()
PROJECTS = [layout for layout in layouts() if layout.holds == "projects"]
TABLES = {name: path for name, path in LISTS.items() if path.suffix == ".csv"}


@pytest.mark.parametrize("layout", PROJECTS, ids=lambda layout: layout.id)
def test_every_layout_of_projects_has_a_hand_written_list(layout: Layout) -> None:
    """A layout that nothing was ever read by is none."""
    assert {layout.id, f"{layout.id}-book"} & LISTS.keys()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_as_it_stands(name: str, own_dictionary: Dictionary) -> None:
    """Each field of each row, what became of each column, and what is wrong."""
    assert told(read(LISTS[name], own_dictionary)) == expected(name)


@pytest.mark.parametrize("name", LISTS)
def test_no_value_is_a_nested_record(name: str, own_dictionary: Dictionary) -> None:
    """What an interface nests is taken apart, never printed as a name or a place."""
    rows = told(read(LISTS[name], own_dictionary))["rows"]
    texts = [value for row in rows for value in row.values() if isinstance(value, str)]
    assert texts
    assert not [text for text in texts if text.startswith(("[", "{")) or "': " in text]


@pytest.mark.parametrize("layout", PROJECTS, ids=lambda layout: layout.id)
def test_a_layout_is_told_from_all_others(layout: Layout) -> None:
    """All headings of a layout together, in capitals and with other spaces, are that layout's."""
    headings = [f"  {heading.upper()}\n" for heading in dict.fromkeys(layout.headings())]
    found = recognised(Sheet("x.csv", headings, [[] for _ in headings], []))
    assert found is not None
    assert found.layout.id == layout.id


def usual_headings(layout: Layout, there: Sequence[str]) -> list[str]:
    """Return the headings of a list that its layout needs and is not told by."""
    told_by = {layout_key(name) for group in layout.recognise.all for name in group}
    needed = [
        {layout_key(name) for name in group}
        for column in layout.columns
        if column.usual
        for group in column.groups()
    ]
    keys = [layout_key(heading) for heading in there]
    return [
        heading
        for heading, one in zip(there, keys, strict=True)
        if one not in told_by
        and any(one in group and len(group & {*keys}) == 1 for group in needed)
    ]


def without(path: Path, heading: str) -> str:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    at = rows[0].index(heading)
    held = io.StringIO()
    csv.writer(held).writerows([*row[:at], *row[at + 1 :]] for row in rows)
    return held.getvalue()


@pytest.mark.parametrize("name", TABLES)
def test_a_column_that_is_gone_is_an_error_and_no_silence(
    name: str, own_dictionary: Dictionary
) -> None:
    """Each usual column of each table, taken away, is named with what is not known for it."""
    table = read(TABLES[name], own_dictionary)
    layout = next(layout for layout in layouts() if layout.id == table.layout)
    rows = csv.reader(io.StringIO(TABLES[name].read_text("utf-8-sig")))
    usual = usual_headings(layout, next(rows))
    assert usual
    for heading in usual:
        data = without(TABLES[name], heading).encode()
        read_so = offers_of_bytes(data, f"{DAY} list.csv", own_dictionary)
        assert read_so.layout == layout.id
        assert any(_says(problem, heading, layout) for problem in read_so.problems), heading


def _says(problem: Any, heading: str, layout: Layout) -> bool:
    groups = [group for column in layout.columns for group in column.groups()]
    names = [
        group[0] for group in groups if layout_key(heading) in {layout_key(one) for one in group}
    ]
    return problem.severity is Severity.ERROR and any(
        f"“{name}”" in problem.message for name in names
    )
