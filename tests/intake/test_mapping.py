"""`columns.yaml`: what a person says of columns counts, and what he says wrong is located."""

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.asked import Asked, ColumnsFile
from offsetcheck.intake.mapping.read import ColumnMapping, read_mapping
from offsetcheck.intake.mapping.text import mapping_text
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import InputError, Severity
from offsetcheck.vocabulary.reading import Aside
from offsetcheck.vocabulary.table import CandidateTable
from workbooks import rows_xml, workbook

OFFERS = "Ref;Was;Wieviel;Zustand;Rest\nVCS902;Kariba;5;ok;x\nVCS903;Mai Ndombe;7;weg;y\nVCS9;old offer;1;ok;\n"
MAPPING = """\
columns:
  - {heading: Ref, field: id}
  - {heading: Was, field: name}
  - {heading: Wieviel, field: tonnes, unit: kt}
  - {heading: Zustand, field: registry_status, words: {"ok": registered, "weg": "Withdrawn"}}
  - {heading: Rest, field: ignore}
leave_out:
  - {column: Was, text: Old offer}
"""


def read(
    mapping: str, dictionary: Dictionary, offers: str = OFFERS, name: str = "offers.csv"
) -> CandidateTable:
    asked = Asked(columns=ColumnsFile("columns.yaml", mapping.encode()))
    return offers_of_bytes(offers.encode(), name, dictionary, asked)


def said(mapping: str, dictionary: Dictionary) -> ColumnMapping:
    return read_mapping(mapping.encode(), "columns.yaml", dictionary)


def test_columns_units_words_and_rows_count_as_said(own_dictionary: Dictionary) -> None:
    """Headings go to fields, numbers to the unit, words to codes; a row that is no offer is left out."""
    table = read(MAPPING, own_dictionary)
    assert list(table.ids) == ["VCS902", "VCS903"]
    assert [table.candidate(row).value("tonnes") for row in range(2)] == [5000, 7000]
    assert [table.candidate(row).value("registry_status") for row in range(2)] == [
        "registered",
        "withdrawn",
    ]
    [told] = table.problems
    assert (told.severity, told.place.file) == (Severity.NOTE, "columns.yaml")
    assert "“ok” as “registered”, “weg” as “Withdrawn”" in told.message


def test_the_cell_as_written_stays_beside_its_word(own_dictionary: Dictionary) -> None:
    """A word that was given a meaning is still walked back to the cell that stands in the file."""
    assert read(MAPPING, own_dictionary).candidate(0).fact("registry_status").raw == "ok"


def test_a_row_left_out_is_listed(own_dictionary: Dictionary) -> None:
    """What a person leaves out stands in the account, with its line."""
    reading = read(MAPPING, own_dictionary).reading
    assert reading is not None
    assert [(row.line, row.why) for row in reading.aside] == [(4, Aside.LEFT_OUT)]
    by_line = read(MAPPING.replace("{column: Was, text: Old offer}", "{line: 4}"), own_dictionary)
    assert list(by_line.ids) == ["VCS902", "VCS903"]


def test_a_column_of_which_nobody_knows_is_named_and_an_ignored_one_is_not(own_dictionary) -> None:
    """Of a column that is null it is said what may be meant; of one to ignore there is nothing to say."""
    for field, hint in (("null", "did you mean `methodology`?"), ("ignore", None)):
        mapping = MAPPING.replace(
            "heading: Rest, field: ignore", f"heading: methdology, field: {field}"
        )
        reading = read(mapping, own_dictionary, OFFERS.replace("Rest", "methdology")).reading
        assert reading is not None
        assert [(column.header, column.hint) for column in reading.unused] == [("methdology", hint)]


def test_what_a_person_says_counts_against_heading_and_cells(own_dictionary: Dictionary) -> None:
    """A column that he calls the name is the name, though it is headed `id` and holds ids."""
    offers = "id,name,price\nVCS1,VCS2,5\n"
    mapping = "columns:\n  - {heading: id, field: name}\n  - {heading: name, field: id}\n"
    table = read(mapping, own_dictionary, offers)
    assert list(table.ids) == ["VCS2"]
    assert table.candidate(0).value("name") == "VCS1"


def test_columns_that_a_mapping_leaves_open_are_read_as_ever(own_dictionary: Dictionary) -> None:
    """A mapping speaks of its own columns: one that it does not name, or names without a field."""
    mapping = "columns:\n  - {heading: Wat, field: id}\n  - heading: Price\n"
    table = read(mapping, own_dictionary, "Wat,Price,Vintage\nVCS1,5,2020\n")
    assert [table.candidate(0).value(name) for name in ("price", "vintage")] == [5, 2020]


def test_of_two_columns_with_one_heading_the_entries_take_one_each(
    own_dictionary: Dictionary,
) -> None:
    """Equal headings are told apart by their order."""
    mapping = "columns:\n  - {heading: X, field: id}\n  - {heading: X, field: name}\n  - {heading: t, field: tonnes}\n"
    table = read(mapping, own_dictionary, "X,X,t\nVCS1,Kariba,5\n")
    assert (list(table.ids), table.candidate(0).value("name")) == (["VCS1"], "Kariba")


def test_the_header_is_the_row_with_the_headings_of_the_mapping(own_dictionary: Dictionary) -> None:
    """Rows above that nobody could know for a header do not hide one that a person names."""
    offers = "Angebot;name;price\n\nRef;Was;Wieviel\nVCS902;Kariba;5\n"
    mapping = "header_row: 3\ncolumns:\n  - {heading: Ref, field: id}\n  - {heading: Was, field: name}\n  - {heading: Wieviel, field: tonnes}\n"
    table = read(mapping, own_dictionary, offers)
    assert list(table.ids) == ["VCS902"]
    assert not table.problems


BOOK = workbook(
    rows_xml(["id", "name", "tonnes", "price"], ["VCS1", "Kariba", 5, 9]),
    rows_xml(["Our", "best"], ["id", "tonnes"], ["VCS2", 7]),
)


@pytest.mark.parametrize(
    ("mapping", "ids", "lines"),
    [
        ("{}", ["VCS1"], [2]),
        ("sheet: S2", ["VCS2"], [3]),
        ("sheet: s2 ", ["VCS2"], [3]),
        ("sheet: S2\nheader_row: 2", ["VCS2"], [3]),
    ],
)
def test_a_person_says_which_sheet_holds_the_list(
    mapping: str, ids: list[str], lines: list[int], own_dictionary: Dictionary
) -> None:
    """The sheet that is named is read, though another one has more headings that are known."""
    asked = Asked(columns=ColumnsFile("columns.yaml", mapping.encode()))
    table = offers_of_bytes(BOOK, "b.xlsx", own_dictionary, asked)
    assert (list(table.ids), list(table.lines)) == (ids, lines)
    assert not [p for p in table.problems if p.place.file == "columns.yaml"]


def test_a_sheet_that_is_not_there_is_an_error(own_dictionary: Dictionary) -> None:
    """Another one is read, and nobody is left to think that it is the one named."""
    asked = Asked(columns=ColumnsFile("columns.yaml", b"sheet: Prices"))
    table = offers_of_bytes(BOOK, "b.xlsx", own_dictionary, asked)
    [problem] = [p for p in table.problems if p.place.file == "columns.yaml"]
    assert (problem.severity, list(table.ids)) == (Severity.ERROR, ["VCS1"])
    assert "there is no sheet “Prices”; “S1” is read" in problem.message


def test_a_hidden_sheet_is_read_where_a_person_names_it(own_dictionary: Dictionary) -> None:
    """Who names a sheet has seen it."""
    rows = rows_xml(["id", "tonnes"], ["VCS2", 7])
    book = workbook(rows_xml(["a"]), rows, states=["visible", "hidden"])
    asked = Asked(columns=ColumnsFile("columns.yaml", b"sheet: S2"))
    assert list(offers_of_bytes(book, "b.xlsx", own_dictionary, asked).ids) == ["VCS2"]


def test_a_person_says_which_row_holds_the_headings(own_dictionary: Dictionary) -> None:
    """The row named is the header, though an earlier one looks more like it."""
    offers = "id,name,tonnes,price\nVCS1,Kariba,5,9\n\nid,tonnes\nVCS2,7\n"
    table = read("header_row: 4", own_dictionary, offers)
    assert (list(table.ids), table.reading.header_line) == (["VCS2"], 4)
    assert not [p for p in table.problems if p.place.file == "columns.yaml"]


def test_numbers_and_days_are_read_as_the_mapping_says(own_dictionary: Dictionary) -> None:
    """`numbers` and `dates` are the options of the command line, kept with the columns."""
    offers = "id;tonnes;start date\nVCS902;1.234;3/4/2020\n"
    mapping = 'numbers: "1.234,5"\ndates: d/m/y\n'
    offer = read(mapping, own_dictionary, offers).candidate(0)
    assert offer.value("tonnes") == 1234
    assert str(offer.value("start_date")) == "2020-04-03"


@pytest.mark.parametrize(
    ("wrong", "at", "message", "hint"),
    [
        ("colums: []\n", (1, 1), "`colums` is not a key", "columns"),
        ("columns:\n  - {heading: Ref, felt: id}\n", (2, 20), "`felt` is not a key", "field"),
        ("columns:\n  - {heading: Ref, field: vintge}\n", (2, 27), "there is no field `vintge`", "vintage"),
        ("columns:\n  - {heading: Ref, field: vintage_age}\n", (2, 27), "is worked out", "ignore"),
        ("columns:\n  - {heading: Ref, field: tonnes, unit: stones}\n", (2, 41), "is no unit", "kt"),
        ("columns:\n  - {field: tonnes}\n", (2, 5), "`heading` is missing", ""),
        ("columns:\n  - {heading: Reff, field: id}\n", (2, 15), "has no column “Reff”", "ref"),
        ("leave_out:\n  - {line: 4, column: Ref}\n", (2, 5), "left out by `line`", "TOTAL"),
        ("leave_out:\n  - {line: four}\n", (2, 12), "the number of a line", ""),
        ("leave_out:\n  - {line: 99}\n", (2, 12), "leaves out no row", ""),
        ("numbers: lots\n", (1, 10), "does not tell which sign", "1.234,5"),
        ("dates: 2020\n", (1, 8), "does not tell which comes first", "d/m/y"),
        ("- a\n", (1, 1), "a mapping is needed", "offsetcheck columns"),
        ("columns: {a: b}\n", (1, 10), "a list is needed", "- "),
        ("header_row: 9\n", (None, None), "no row of the list stands in line 9", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_located(wrong, at, message, hint, own_dictionary: Dictionary) -> None:
    """Every slip of a hand-written mapping has its line, its words and what to do."""
    offers = "Ref,name,price\nVCS902,Kariba,5\n"
    found = [
        p for p in read(wrong, own_dictionary, offers).problems if p.place.file == "columns.yaml"
    ]
    [problem] = [p for p in found if message in p.message]
    assert (problem.place.line, problem.place.column) == at
    assert hint in (problem.hint or "")


def test_a_list_of_other_headings_is_told(own_dictionary: Dictionary) -> None:
    """A mapping that was written for one list says so of the next, whose headings are others."""
    text = mapping_text(b"id,name,price\nVCS1,a,5\n", "offers.csv", own_dictionary).text
    assert not read(text, own_dictionary, "id,name,price\nVCS2,b,6\n").problems
    problems = read(text, own_dictionary, "id,name,price,New\nVCS2,b,6,x\n").problems
    assert any("not those for which this was written" in p.message for p in problems)
    assert {p.severity for p in problems} == {Severity.WARNING}


@pytest.mark.parametrize("heading", ["Methodik (Verra)", "Way of counting"])
def test_a_registry_list_with_a_renamed_column_is_still_the_registry_s(
    heading, own_dictionary
) -> None:
    """A heading that somebody has changed is mapped back, and the list is known by its layout."""
    headers = "ID,Name,Proponent,Project Type,AFOLU Activities,Methodology,Status,Country/Area,Estimated Annual Emission Reductions,Region,Project Registration Date,Crediting Period Start Date,Crediting Period End Date"
    row = "902,Kariba,Carbon Green,Agriculture Forestry and Other Land Use,REDD,VM0009,Registered,Zimbabwe,100,Africa,2011-05-30,2011-07-01,2041-06-30"
    changed = headers.replace("Methodology", heading)
    mapping = f"columns:\n  - {{heading: {heading}, field: methodology}}\n"
    mapped = read(mapping, own_dictionary, f"{changed}\n{row}\n", "list.csv")
    own = offers_of_bytes(f"{headers}\n{row}\n".encode(), "list.csv", own_dictionary)
    assert mapped.layout == own.layout == "verra_old"
    assert mapped.candidate(0).value("methodology") == own.candidate(0).value("methodology")


def test_a_bid_sheet_does_not_become_a_registry_by_its_mapping(own_dictionary: Dictionary) -> None:
    """A seller's sheet stays his word, whichever fields a person finds in it."""
    columns = ["id", "programme", "registry_status", "mechanism", "country"]
    offers = "a,b,c,d,e\nVCS1,VCS,Registered,Removal,Kenya\n"
    mapping = "columns:\n" + "".join(
        f"  - {{heading: {h}, field: {f}}}\n" for h, f in zip("abcde", columns, strict=True)
    )
    assert read(mapping, own_dictionary, offers).layout == "bid_sheet"


HEADINGS = st.sampled_from(
    ["Ref", "Projekt", "EUR/t", "Volume (kt)", "Type", "Year", "CCP label?", "price page", "Status", "Wat", "Remarks", "Total EUR", 'A "b"', "x: y", "# no", "ä\x7fb", "Wat"]
)  # fmt: skip
CELLS = st.sampled_from(
    ["VCS902", "VCS1", "5", "2019", "spot", "REDD+", "yes", "", "Kenya", "12", "EUR", "Registered"]
)


@lru_cache(maxsize=1)
def own() -> Dictionary:
    return load_rulebook(bundled("rules")).dictionary


@given(st.lists(HEADINGS, min_size=1, max_size=6), st.data())
@settings(max_examples=60, deadline=None)
def test_a_mapping_as_written_changes_nothing(headings: list[str], data: st.DataObject) -> None:
    """What `offsetcheck columns` writes reads the same list to the same table."""
    rows = data.draw(
        st.lists(
            st.lists(CELLS, min_size=len(headings), max_size=len(headings)), min_size=1, max_size=4
        )
    )
    table = [
        ["id", "tonnes", *headings],
        *([f"VCS{at}", "7", *row] for at, row in enumerate(rows, start=1)),
    ]
    text = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)
    plain = offers_of_bytes(text.encode(), "offers.csv", own())
    mapped = read(mapping_text(text.encode(), "offers.csv", own()).text, own(), text)
    assert mapped.columns == plain.columns
    assert mapped.ids == plain.ids
    assert not [p for p in mapped.problems if p.place.file == "columns.yaml"]


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_as_a_mapping_are_problems_and_no_crash(data: bytes) -> None:
    """A mapping is a stranger's file too."""
    asked = Asked(columns=ColumnsFile("columns.yaml", data))
    try:
        table = offers_of_bytes(OFFERS.replace("Ref", "id").encode(), "offers.csv", own(), asked)
    except InputError:
        return
    assert table.ids


def test_a_tender_folder_has_its_own_mapping(tmp_path: Path, own_dictionary: Dictionary) -> None:
    """columns.yaml beside the offers is read by itself and stands among the files of the run."""
    from offsetcheck.intake.tender.read import offers_in, read_tender

    (tmp_path / "purchase.yaml").write_text("city: turku\nstage: screening\n")
    (tmp_path / "offers.csv").write_text(OFFERS)
    (tmp_path / "columns.yaml").write_text(MAPPING)
    tender = read_tender(tmp_path, own_dictionary)
    assert (
        list(tender.table.ids)
        == list(offers_in(tmp_path, own_dictionary).ids)
        == ["VCS902", "VCS903"]
    )
    assert [name for name, _ in tender.files] == ["purchase.yaml", "offers.csv", "columns.yaml"]
    before = tender.input_hash
    (tmp_path / "columns.yaml").write_text(MAPPING + "# seen\n")
    assert read_tender(tmp_path, own_dictionary).input_hash != before


@pytest.mark.parametrize(
    "name", ["verra_old", "verra_new", "gold_standard", "acr", "car", "art", "vrod", "offsetsdb"]
)
def test_a_mapping_of_a_registry_s_list_changes_nothing(name: str) -> None:
    """What is written of a layout's columns leaves its reading as it is."""
    path = Path(__file__).parent / "layouts" / f"{name}.csv"
    data = path.read_bytes()
    plain = offers_of_bytes(data, path.name, own())
    asked = Asked(
        columns=ColumnsFile("columns.yaml", mapping_text(data, path.name, own()).text.encode())
    )
    mapped = offers_of_bytes(data, path.name, own(), asked)
    assert mapped.layout == plain.layout == name
    assert mapped.columns == plain.columns
    assert list(mapped.problems) == list(plain.problems)
