"""A registry's list that is not as it usually is: what is said, and what is simply read."""

import csv
import io
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.intake.files.read import sheet_of_bytes
from offsetcheck.intake.files.records import read_json
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.known import layouts, registry_headers
from offsetcheck.intake.layouts.lacking import lacking_columns
from offsetcheck.intake.layouts.layout import Layout
from offsetcheck.intake.layouts.recognise import look_alike, recognised
from offsetcheck.intake.offers import offers_of_bytes, read_offers
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable

Read = Callable[..., CandidateTable]
FIXTURES = Path(__file__).parent / "layouts"

VERRA_OLD = (FIXTURES / "verra_old.csv").read_text("utf-8")
ACR = (FIXTURES / "acr.csv").read_text("utf-8")
VROD_EARLY = (FIXTURES / "vrod_early.csv").read_text("utf-8")


@pytest.fixture
def read(tmp_path: Path, own_dictionary: Dictionary) -> Read:
    """Write a registry's list and read it with the project's own words."""

    def read_text(text: str, name: str = "list-2026-08-14.csv") -> CandidateTable:
        (tmp_path / name).write_text(text, "utf-8")
        return read_offers(tmp_path / name, own_dictionary)

    return read_text


def errors(table: CandidateTable) -> list[Problem]:
    return [problem for problem in table.problems if problem.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("usual", "written", "field"),
    [
        ("Methodology", "Methodologies", "methodology"),
        ("Status", "Project Status", "registry_status"),
        ("Status", "Status of project", None),
        ("Estimated Annual Emission Reductions", "Estimated Annual Emissions Reduction", "estimated_annual"),
        ("Country/Area", "Country", "country"),
        ("Name", "Project Name", "name"),
    ],
)  # fmt: skip
def test_a_renamed_heading_is_an_error_that_names_both(
    read: Read, usual: str, written: str, field: str | None
) -> None:
    """Old Verra files that people save again: the field is not read, and nobody is left to wonder."""
    table = read(VERRA_OLD.replace(f",{usual},", f",{written},"))
    assert table.layout == "verra_old"
    [problem] = errors(table)
    if field is None:  # no look-alike: the missing column is named all the same
        assert problem.message.startswith(f"the list has no column “{usual}”")
        return
    assert f"the list has “{written}” where" in problem.message
    assert f"“{usual}”: {field} is not known" in problem.message
    assert f"rename “{written}” to “{usual}”" in str(problem.hint)
    assert "`columns.yaml`" in str(problem.hint)
    assert field not in table.columns


def test_a_column_that_is_gone_is_an_error(read: Read) -> None:
    """What the column would have said is named by its fields, each column once."""
    lines = [line.split(",") for line in VERRA_OLD.splitlines()[:1]]
    gone = [index for index, name in enumerate(lines[0]) if name == "Project Registration Date"]
    kept = [name for index, name in enumerate(lines[0]) if index not in gone]
    table = read(
        ",".join(kept)
        + "\n99001,A,B,Waste handling and disposal,,ACM0001,Registered,Kenya,1,Asia,2020-01-01,2030-01-01\n"
    )
    [problem] = errors(table)
    assert problem.message == (
        "the list has no column “Project Registration Date”, as Verra's project export until "
        "August 2026 has: registered_on is not known"
    )


def test_one_missing_column_may_lose_several_fields(read: Read) -> None:
    """A column that two fields are read from is one error that names both."""
    text = (FIXTURES / "verra_new.csv").read_text("utf-8").replace('"Methodology"', '"Method used"')
    [problem] = errors(read(text))
    assert "methodology and methodology_version are not known" in problem.message


@pytest.mark.parametrize(
    "spelled",
    [str.upper, lambda text: text.replace(" ", "_"), lambda text: f"  {text}  ",
     lambda text: f"{text} (GMT)", lambda text: text.replace(" ", "\n")],
)  # fmt: skip
@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.id)
def test_case_space_underscore_and_zone_are_no_difference(
    layout: Layout, spelled: Callable[[str], str]
) -> None:
    """Such a heading is simply read."""
    names = [*dict.fromkeys(group[0] for c in layout.columns for group in c.groups())]
    told = [group[0] for group in layout.recognise.all if group[0] not in names]
    headers = [spelled(name) for name in [*names, *told]]
    words = [layout.recognise.cells.get(name, ("x",))[0] for name in [*names, *told]]
    sheet = Sheet("list.csv", headers, [[word] for word in words], [2])
    found = recognised(sheet)
    assert found is not None
    assert found.layout.id == layout.id


@pytest.mark.parametrize("name", ["verra_new", "gold_standard", "car", "offsetsdb", "acr"])
@given(keys=st.lists(st.integers(0, 99), min_size=30, max_size=30))
def test_the_order_of_columns_changes_nothing(
    own_dictionary: Dictionary, name: str, keys: list[int]
) -> None:
    """A list whose columns somebody has moved is the same list."""
    [first, *rest] = csv.reader(io.StringIO((FIXTURES / f"{name}.csv").read_text("utf-8")))
    places = sorted(range(len(first)), key=keys.__getitem__)
    held = io.StringIO()
    csv.writer(held).writerows([[row[at] for at in places] for row in (first, *rest)])
    data = held.getvalue().encode()
    as_it_was = offers_of_bytes((FIXTURES / f"{name}.csv").read_bytes(), "a.csv", own_dictionary)
    moved = offers_of_bytes(data, "a.csv", own_dictionary)
    assert moved.layout == as_it_was.layout == name
    assert {f: c.values for f, c in moved.columns.items()} == {
        f: c.values for f, c in as_it_was.columns.items()
    }


def test_a_heading_is_read_under_each_name_it_had(read: Read) -> None:
    """ACR's column of the compliance programme was called otherwise before; neither is drift."""
    for name in ("Compliance Program ID", "ARB ID"):
        table = read(ACR.replace("Compliance Program ID (ARB or Ecology)", name))
        assert (table.layout, errors(table)) == ("acr", [])


def test_the_early_database_of_berkeley_states_no_labels(read: Read) -> None:
    """Its column of certifications holds goals and stages; labels are unknown, not none."""
    table = read(VROD_EARLY)
    assert table.layout == "vrod_early"
    assert "labels" not in table.columns
    assert table.candidate(0).value("issued") == 97193
    assert table.reading is not None
    [seen] = [seen for seen in table.reading.columns if seen.header == "CCB / Certifications"]
    assert (seen.field, seen.cells) == (None, 1)


def test_a_cell_that_is_lost_is_an_error(read: Read) -> None:
    """Cells of a registry's list count like those of any other, grouped by what they say."""
    table = read(VERRA_OLD.replace(",Registered,", ",Asleep,").replace(",Kenya,", ",Atlantis,"))
    assert len(errors(table)) == 2
    assert table.reading is not None
    assert {c.field: c.lost for c in table.reading.columns if c.lost} == {
        "registry_status": 1, "country": 1,
    }  # fmt: skip


def test_every_column_is_accounted_for(read: Read) -> None:
    """Used or not, each is named with its cells; one that several fields are made of names them."""
    reading = read((FIXTURES / "verra_new.csv").read_text("utf-8")).reading
    assert reading is not None
    seen = {column.header: column for column in reading.columns}
    assert len(seen) == 20
    assert (seen["Program"].field, seen["Program"].cells) == (None, 2)
    assert (seen["Methodology"].field, seen["Methodology"].also) == (
        "methodology",
        ("methodology_version",),
    )
    assert seen["Sectoral Scope"].also == ("project_type",)
    assert seen["Crediting Period Term"].field == "first_crediting_start"
    assert "“Project ID”, “Project Name”, “Proponents”" in reading.why


def test_year_columns_are_named_as_used(read: Read) -> None:
    """The first block of years makes the newest vintage; the later blocks are not used."""
    reading = read((FIXTURES / "vrod.csv").read_text("utf-8")).reading
    assert reading is not None
    seen = {column.header: column.field for column in reading.columns}
    assert (seen["2020"], seen["2020.1"]) == ("last_vintage", None)


def test_a_ledger_is_not_taken_for_a_list_of_projects(read: Read) -> None:
    """ART's issuances have the headings of its programmes, and those of a ledger."""
    text = (
        "Date Approved,Program ID,Sovereign Program Developer,Program Name,Program Country,Vintage,"
        "Credits Verified\n1/2/2024,ART909,Ministry of Nothing,Somewhere,Guyana,2022,1000\n"
    )
    assert read(text).layout != "art"


def test_a_sellers_sheet_is_not_nearly_a_registrys(read: Read) -> None:
    """Headings that every sheet has do not make it an export whose last heading was renamed."""
    text = (
        "Project ID,Project Name,Proponent,Sectoral Scope,Country,Price EUR\n"
        "VCS902,A,Nobody,Energy demand,Kenya,12.50\n"
    )
    assert read(text).layout == "bid_sheet"


def test_the_strictest_layout_is_taken() -> None:
    """Of two that fit, the one that asks for more headings."""
    names = [name for layout in layouts() for name in layout.headings()]
    wide = [name for name in dict.fromkeys(names) if name != "Sustainability Certifications"]
    early = next(layout for layout in layouts() if layout.id == "vrod_early")
    only = [name for name in wide if name in set(early.headings())]
    sheet = Sheet("list.csv", only, [[] for _ in only], [])
    found = recognised(sheet)
    assert found is not None
    assert found.layout is early


@pytest.mark.parametrize(
    ("usual", "found"),
    [("Methodology", "Methodologies"), ("Status", "Project Status"), ("Proponent", "Proponents"),
     ("Voluntary Status", "Voluntary Statuses"), ("Project ID", "Project_Id No")],
)  # fmt: skip
def test_what_looks_like_a_heading(usual: str, found: str) -> None:
    """Number, one word more, and one letter other are likeness."""
    assert look_alike([usual], ["Region", found, "Website"]) == found


@pytest.mark.parametrize(
    ("usual", "found"),
    [("Status", "State"), ("Issued", "Listed"), ("Country", "County Seat Of"), ("ID", "Bid"), ("Name", "Date")],
)  # fmt: skip
def test_what_does_not(usual: str, found: str) -> None:
    """Short words that share letters are other words."""
    assert look_alike([usual], [found]) is None


def test_of_two_likenesses_the_nearer_is_named() -> None:
    """`Project Status` is rather a status than `Status Date` is; the order does not matter."""
    for headings in (["Status Date", "Project Status"], ["Project Status", "Status Date"]):
        assert look_alike(["Status"], headings) == "Project Status"


def test_a_list_of_two_thousand_strange_headings_answers_soon(read: Read) -> None:
    """A stranger's wide file, and a header of ten thousand letters, cost no more than a moment."""
    first, *rest = VERRA_OLD.replace(",Status,", ",State of it,").splitlines()
    strange = [f"Estimated Annual Emission Reduction {at:x}" for at in range(1900)]
    wide = "\n".join([",".join([first, *strange, "a" * 10_000]), *rest])
    started = time.process_time()
    table = read(wide)
    assert time.process_time() - started < 5
    assert table.layout == "verra_old"
    assert any("no column “Status”" in problem.message for problem in errors(table))


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_never_fails_whatever_the_headings(one: str, other: str) -> None:
    """Strangers' headings hold any sign; a heading looks like itself if it has any letter."""
    look_alike([one], [other])
    assert look_alike(["Methodology"], [one, other, "methodology "]) is not None


API = {
    "datasets": {
        "projects": {
            "rows": [
                {"id": 7, "where": {"code": "KE", "near": {"town": "X"}}, "goals": [{"n": "a"}, {"n": "b"}], "none": {}},
                {"id": 8, "where": None, "goals": [{"n": "a"}], "list": [1, 2]},
            ]
        }
    }
}  # fmt: skip


def test_rows_within_a_document_are_found_by_their_path() -> None:
    """An object within is headed by its path, a list of objects by `[]`; JSON stands in no name."""
    sheet = read_json(json.dumps(API), "a.json", [("data", "x"), ("datasets", "projects", "rows")])
    cells = dict(zip(sheet.headers, sheet.columns, strict=True))
    assert cells["id"] == ["7", "8"]
    assert cells["where.code"] == ["KE", ""]
    assert cells["where.near.town"] == ["X", ""]
    assert cells["goals[].n"] == ['["a", "b"]', "a"]
    assert cells["list"] == ["", "[1, 2]"]
    assert not any("{" in cell for column in sheet.columns for cell in column)


def test_what_a_person_says_of_a_heading_is_heard(read: Read, tmp_path: Path) -> None:
    """A renamed column is read as the field said, in all that is made of it, and is no error."""
    text = (FIXTURES / "verra_new.csv").read_text("utf-8")
    path = tmp_path / "said.csv"
    path.write_text(
        text.replace('"Methodology"', '"Protocols used"').replace('"Country"', '"Host"'), "utf-8"
    )
    sheet = sheet_of_bytes(path.read_bytes(), path.name, registry_headers())
    assert recognised(sheet) is None
    found = recognised(
        sheet, {"Protocols used": "methodology", "Host": "country", "Region": "location"}
    )
    assert found is not None
    assert found.layout.id == "verra_new"
    assert (
        lacking_columns(sheet, found.layout, {column.field for column in found.layout.columns})
        == []
    )
    read_as = {column.field: column.headings for column in found.layout.columns}
    assert read_as["methodology_version"] == ("Methodology", "Protocols used")
    assert read_as["location"] == ("Region",)
    assert "“Host”" in found.why


def test_a_near_list_says_what_stands_in_the_place(read: Read) -> None:
    """Why it was taken for the layout names the heading that only looks alike."""
    reading = read(VERRA_OLD.replace(",Name,", ",Project Name,")).reading
    assert reading is not None
    assert reading.why.endswith("; “Project Name” stands where “Name” usually does")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text("ab ", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "value"]), inner, max_size=3)
    ),
    max_leaves=20,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["name", "id", "a"]), JSON_VALUES), min_size=1, max_size=4
    )
)
def test_no_field_has_an_object_for_a_value(records: list[dict[str, object]]) -> None:
    """However deep a document is, a plain heading holds a scalar or a list of scalars."""
    sheet = read_json(json.dumps(records), "a.json")
    for header, column in zip(sheet.headers, sheet.columns, strict=True):
        if not header.endswith(".*"):
            assert not any("{" in cell for cell in column), (header, column)
