"""The files of layouts: each is valid, has a fixture, and is told from every other."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from offsetcheck.ground.cache import keep
from offsetcheck.intake.files.read import sheet_of_bytes
from offsetcheck.intake.layouts.computations import ON_COLUMNS
from offsetcheck.intake.layouts.known import (
    FOLDER,
    layouts,
    read_layout,
    record_paths,
    registry_headers,
)
from offsetcheck.intake.layouts.layout import Layout, layout_key, places
from offsetcheck.intake.layouts.operations import PREPARE
from offsetcheck.intake.layouts.recognise import claims, recognised
from offsetcheck.intake.offers import read_offers
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Severity

FIXTURES = Path(__file__).parent / "layouts"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "layouts.md"

PROJECTS = [layout for layout in layouts() if layout.holds == "projects"]
each_layout = pytest.mark.parametrize("layout", PROJECTS, ids=lambda layout: layout.id)


def fixture_of(layout: Layout) -> Path:
    """Return the hand-written list of a layout, of whatever kind of file."""
    [path] = FIXTURES.glob(f"{layout.id}.*")
    return path


def test_every_file_of_the_folder_is_a_layout() -> None:
    """What is called like a layout is one, under the name of its file."""
    assert [layout.id for layout in layouts()] == sorted(
        path.stem for path in FOLDER.glob("*.yaml")
    )


@each_layout
def test_a_layout_names_fields_of_the_dictionary(
    layout: Layout, own_dictionary: Dictionary
) -> None:
    """Each field that is read, and each that cannot be known, is one that rules may ask for."""
    named = {column.field for column in layout.columns} | set(layout.cannot_know)
    assert named - own_dictionary.candidate.keys() == set()
    assert {column.field for column in layout.columns} & set(layout.cannot_know) == set()
    codes = own_dictionary.candidate["programme"].codes
    assert layout.programme is None or layout.programme in codes


@each_layout
def test_a_layout_reads_each_field_once(layout: Layout) -> None:
    """No field has two columns, and no heading is read and said to be unread at once."""
    fields = [column.field for column in layout.columns]
    assert len(fields) == len(set(fields))
    read = {layout_key(name) for c in layout.columns for group in c.groups() for name in group}
    assert read & {layout_key(name) for name in layout.unread} == set()
    assert {layout_key(name) for name in layout.recognise.none} & read == set()


@each_layout
def test_a_fixture_is_read_as_its_layout(layout: Layout, own_dictionary: Dictionary) -> None:
    """Rows under the true headings are read without an error, and every heading is known."""
    table = read_offers(fixture_of(layout), own_dictionary)
    assert table.layout == layout.id
    assert [str(p) for p in table.problems if p.severity is Severity.ERROR] == []
    assert table.reading is not None
    assert table.reading.layout == layout.id
    assert len(table) == table.reading.rows > 0


@each_layout
def test_no_two_layouts_claim_one_fixture(layout: Layout) -> None:
    """Of all layouts that a fixture has, one is the strictest."""
    path = fixture_of(layout)
    sheet = sheet_of_bytes(path.read_bytes(), path.name, registry_headers(), record_paths())
    claiming = claims(sheet, layouts())
    strictest = max(len(other.recognise.all) for other in claiming)
    assert [o.id for o in claiming if len(o.recognise.all) == strictest] == [layout.id]


@each_layout
def test_a_forbidden_heading_makes_it_another_list(layout: Layout) -> None:
    """With one of the headings of its ledgers a list of projects is none."""
    path = fixture_of(layout)
    sheet = sheet_of_bytes(path.read_bytes(), path.name, registry_headers(), record_paths())
    for forbidden in layout.recognise.none:
        more = [*sheet.columns, [""] * len(sheet)]
        found = recognised(replace(sheet, headers=[*sheet.headers, forbidden], columns=more))
        assert found is None or found.layout.id != layout.id


@each_layout
def test_every_heading_of_a_fixture_is_known(layout: Layout) -> None:
    """A heading that the layout does not name is one that nobody has thought about."""
    path = fixture_of(layout)
    sheet = sheet_of_bytes(path.read_bytes(), path.name, registry_headers(), record_paths())
    known = {layout_key(name) for name in layout.headings()}
    unknown = {name for name in places(sheet) if name not in known and not name[:4].isdigit()}
    assert {name for name in unknown if not name.startswith("unnamed")} == set()


ASKED_FOR_HELP = """
import atexit, sys
sys.argv = ["offsetcheck", "--help"]
from offsetcheck.cli import main

def tell():
    import offsetcheck.intake.offers
    from offsetcheck.intake.layouts.known import layouts
    print("layouts read:", layouts.cache_info().currsize, file=sys.stderr, flush=True)

atexit.register(tell)
main()
"""


def test_whoever_asks_for_help_reads_no_layout() -> None:
    """The files are read when a list is, not when the program or the reader of lists is loaded."""
    run = subprocess.run(
        [sys.executable, "-c", ASKED_FOR_HELP], capture_output=True, text=True, check=False
    )
    assert "Usage:" in run.stdout
    assert run.stderr.strip() == "layouts read: 0"


def test_what_was_kept_of_the_layouts_is_what_the_files_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the files, from a cache that one run fills, and past one that holds nonsense."""

    def read() -> tuple[Layout, ...]:
        layouts.cache_clear()
        return layouts()

    def plain(read: tuple[Layout, ...]) -> list[object]:
        return [layout.model_dump(exclude={"columns": {"__all__": {"prepare"}}}) for layout in read]

    monkeypatch.setenv("OFFSETCHECK_CACHE", "off")
    from_files = plain(read())
    monkeypatch.delenv("OFFSETCHECK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert plain(read()) == from_files
    [kept] = (tmp_path / "offsetcheck").glob("*.layouts")
    assert plain(read()) == from_files
    key = kept.read_bytes().split()[2].decode()
    for nonsense in (b"[1]", b"{", b"[{}]", b'["a"]', b"7"):
        keep(kept, key, nonsense, most=4)
        assert plain(read()) == from_files
    layouts.cache_clear()


def test_every_operation_is_described() -> None:
    """The page on layouts names each operation that a file may use."""
    text = DOCS.read_text("utf-8")
    named = (*PREPARE, *ON_COLUMNS, "where_equals", "newest_of_year_columns")
    assert [name for name in named if f"`{name}" not in text and f"{{{name}" not in text] == []


VALID = """id: trial
title: a trial list
source: Trial
seen: {standing: read, from: here}
recognise:
  all: [A, B]
columns:
  - {field: id, headings: A}
"""


def problems_of(text: str, name: str = "trial.yaml") -> list[str]:
    problems = Problems()
    read_layout(compose(text, name), problems)
    return [f"{p.place.line}:{p.place.column} {p.message}" for p in problems.sorted()]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("field: id", "fields: id"), "8:5"),
        (("headings: A", "headings: A, compute: first_of"), "one of `headings`, `compute`"),
        (("headings: A}", "compute: first_off, from: [A]}"), "8:26 `first_off` is no operation"),
        (("headings: A}", "compute: difference}"), "takes some columns"),
        (("headings: A}", "compute: activity_or_scope, from: [A]}"), "takes 2 columns"),
        (("headings: A}", "headings: A, prepare: [trim: true]}"), "`trim` is no operation"),
        (("headings: A}", "headings: A, prepare: [renamed: x]}"), "a table of texts is needed"),
        (("headings: A}", "headings: A, prepare: [spaced: 3]}"), "no argument but `true`"),
        (("headings: A}", "headings: A, usual: maybe}"), "yes or no is needed"),
        (("standing: read", "standing: heard"), "4:18 `heard` cannot stand here"),
        (("all: [A, B]", "any: [A, B]"), "`any` is not a key"),
        (("all: [A, B]", "all: [A]"), "6:8 at least two headings tell a layout"),
        (("all: [A, B]", "all: [A, [B, C]]\n  none: [b]"), "cannot be forbidden"),
        (("id: trial", "id: trail"), "1:5 the id is `trail`"),
        (("title: a trial list\n", ""), "the key `title` is missing"),
    ],
)
def test_a_mistake_in_a_layout_has_its_place(change: tuple[str, str], said: str) -> None:
    """Line and column of each mistake are named, as in a rule file."""
    assert problems_of(VALID) == []
    assert change[0] in VALID
    found = problems_of(VALID.replace(*change))
    assert any(said in line for line in found), found
