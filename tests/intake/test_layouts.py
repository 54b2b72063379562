"""Each registry's export, by a few invented rows under its real header."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.known import layouts
from offsetcheck.intake.layouts.recognise import recognised
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.table import CandidateTable

Read = Callable[..., CandidateTable]

VERRA_OLD = (
    "ID,Name,Proponent,Project Type,AFOLU Activities,Methodology,Status,Country/Area,"
    "Estimated Annual Emission Reductions,Region,Project Registration Date,"
    "Crediting Period Start Date,Crediting Period End Date\n"
)
ACR = (
    '"Project ID","Compliance Program ID (ARB or Ecology)","Project Developer","Project Name",'
    '"Project Type","Project Methodology/Protocol","Initial Crediting Period Start Date",'
    '"Current Crediting Period Start Date","Current Crediting Period End Date","Voluntary Status",'
    '"Compliance Program Status (ARB or Ecology)","Project Status Date","Project Site Location",'
    '"Project Site State","Project Site Country","Sustainable Development Goal(s)","Current VVB",'
    '"ACR Project Validation","Total Number of Credits Registered ","Documents","Project Website",\n'
)
CAR = (
    '"Project ID","Compliance Program ID","Cooperative/ Aggregate ID","Project Developer",'
    '"Project Owner","Project Name","Offset Project Operator","Authorized Project Designee",'
    '"Verification Body","Project Type","Status","Compliance Program Status","Project Site Location",'
    '"Project Site State","Project Site Country","Additional Certification(s)","SDG Impact",'
    '"Project Notes","Total Number of Offset Credits Registered ","Project Listed Date",'
    '"Project Registered Date","Documents","Data","Project Website",\n'
)
OFFSETSDB = (
    "category,country,first_issuance_at,first_retirement_at,is_compliance,issued,listed_at,name,"
    "project_id,project_type,project_type_source,project_url,proponent,protocol,registry,retired,status\n"
)
YEARS = [f"{year}{block}" for block in ("", ".1", ".2", ".3") for year in ("2019", "2020", "2021")]
VROD = [
    "Project ID", "Project Name", "Voluntary Registry", "ARB / WA \nProject", "Voluntary Status",
    "Scope", "Type", "Reduction / Removal", "Methodology / Protocol", "Methodology Version",
    "Region", "Country", "State", "Project Site Location", "Project Developer",
    "Total Credits \nIssued", "Total Credits \nRetired", "Total Credits Remaining",
    "Total Buffer \nPool Deposits", "Reversals Covered by Buffer Pool",
    "Reversals Not Covered by Buffer", "Buffer Credits Released to Project",
    "First Year of Project (Vintage)", *YEARS, "Estimated Annual Emission Reductions",
    "Project Listed", "Project Registered ", "Sustainability Certifications",
]  # fmt: skip


def vrod(*rows: dict[str, str]) -> str:
    lines = [VROD, *([row.get(header, "") for header in VROD] for row in rows)]
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\n"


def value(table: CandidateTable, name: str, row: int = 0) -> object:
    return table.candidate(row).value(name)


def test_the_old_verra_export(read: Read) -> None:
    """ISO dates, thousands with a comma, lists apart by `; `, grade E1, ids with their prefix."""
    table = read(
        VERRA_OLD
        + '7001,Invented Landfill,Nobody Ltd,Waste handling and disposal,,ACM0001,Under validation,Turkey,"72,000",Asia,,2025-07-01,2035-06-30\n'
    )
    assert table.layout == "verra_old"
    assert list(table.ids) == ["VCS7001"]
    assert value(table, "estimated_annual") == 72000
    assert value(table, "country") == "TR"
    assert value(table, "crediting_start") == date(2025, 7, 1)
    assert value(table, "registered_on") is None
    assert value(table, "project_type") == "waste"
    fact = table.candidate(0).fact("country")
    assert (fact.grade, fact.raw) == (EvidenceGrade.E1, "Turkey")
    assert str(fact.place) == "offers.csv:2 (column “Country/Area”)"
    assert not table.problems


CAR_ROW = (
    '"CAR9001","N/A","","Nobody Ltd","Nobody Ltd","Invented {name}","None","None","","Ozone Depleting Substances - U.S. - ARB Compliance",'
    '"Completed","Completed","Nowhere","OHIO","US","","2. Zero Hunger;13. Climate Action","","84267","04/05/2024","","View","View","none",\n'
)


def test_quotes_that_are_not_doubled_are_reported_where_they_shift_a_row(read: Read) -> None:
    """CAR writes quotes into quoted cells: the row is kept and, where it grows, located."""
    table = read(CAR + CAR_ROW.format(name='"Big", Gas') + CAR_ROW.format(name="Oil"))
    assert len(table) == 2
    ragged = [problem for problem in table.problems if "cells for" in problem.message]
    assert [problem.place.line for problem in ragged] == [2]


def test_offsetsdb(read: Read) -> None:
    """`GLD` becomes `GS`, a JSON list gives the id, `unknown` states nothing, subscripts are unescaped."""
    table = read(
        OFFSETSDB
        + 'forest,DR Congo,,,False,10,,Invented A,GLD9001,N\\u2082O Destruction (Nitric Acid),carbonplan,u,Nobody,"[""vm0047""]",gold-standard,12,unknown\n'
        + 'forest,not found,,,True,10,,Invented B,VCS9002,Unknown,carbonplan,u,Nobody,"[""AMS-I.F.; VMR0014""]",verra,0,registered\n'
        + 'forest,Chile,,,True,10,,Invented C,VCS9003,Unknown,carbonplan,u,Multiple Proponents,"[""car-forest-mx""]",verra,0,registered\n'
    )
    assert table.layout == "offsetsdb"
    assert list(table.ids) == ["GS9001", "VCS9002", "VCS9003"]
    assert value(table, "methodology") == "VM0047"
    assert value(table, "project_type") == "n2o_nitric"
    assert value(table, "registry_status") is None
    assert value(table, "country", 1) is None
    assert value(table, "methodology", 1) is None
    assert value(table, "methodology", 2) == "CAR Mexico Forest Protocol"
    assert value(table, "developer", 2) is None
    assert any("retired than issued" in problem.message for problem in table.problems)
    assert value(table, "retired") == 12


def test_vrod_as_a_workbook(read: Read) -> None:
    """The header stands on row 4 of the second sheet, and years are numbers that repeat."""
    book = openpyxl.Workbook()
    book.active.append(["About this database"])
    sheet = book.create_sheet("PROJECTS")
    header = [header.split(".")[0] if header in YEARS else header for header in VROD]
    row = {"Project ID": "VCS9001", "Voluntary Registry": "VCS", "Country": "Peru"}
    cells = [row.get(name) for name in VROD]
    cells[VROD.index("2020")] = 40
    cells[VROD.index("2021.2")] = 7
    for line in (["Title"], [], [], [int(h) if h.isdigit() else h for h in header], cells):
        sheet.append(line)
    held = io.BytesIO()
    book.save(held)
    table = read(held.getvalue(), "VROD-v2026-04.xlsx")
    assert (table.layout, table.sheet, list(table.lines)) == ("vrod", "PROJECTS", [5])
    assert value(table, "last_vintage") == 2020
    assert value(table, "registry_snapshot") == date(2026, 4, 30)


def test_impossible_numbers_are_flagged_and_kept(read: Read) -> None:
    """A ledger that cannot be true is a warning; no value is clipped."""
    row = {
        "Project ID": "VCS9001", "Voluntary Registry": "VCS", "Total Credits Remaining": "-60",
        "Estimated Annual Emission Reductions": "999999999",
    }  # fmt: skip
    table = read(vrod(row))
    assert value(table, "remaining") == -60
    assert value(table, "estimated_annual") == 999999999
    assert [problem for problem in table.problems if "has no column" not in problem.message] == [
        problem for problem in table.problems if problem.severity is Severity.WARNING
    ]
    assert sum(problem.severity is Severity.WARNING for problem in table.problems) == 2


def test_a_crediting_period_that_ends_before_it_starts_is_flagged(read: Read) -> None:
    """2045 to 2019 is kept and flagged; an end in 2126 is neither."""
    table = read(
        VERRA_OLD
        + "7001,A,B,Waste handling and disposal,,ACM0001,Registered,Kenya,1,,,2045-01-01,2019-01-01\n"
        + "7002,A,B,Waste handling and disposal,,ACM0001,Registered,Kenya,1,,,2026-04-01,2126-03-31\n"
    )
    assert [problem.place.line for problem in table.problems] == [2]
    assert "ends before it starts" in table.problems[0].message
    assert value(table, "crediting_end", 1) == date(2126, 3, 31)


def test_ids_that_a_spreadsheet_turned_into_dates_are_not_guessed_back(read: Read) -> None:
    """1/28/1914 may have been 5142: the rows are judged under their line, and the file is blamed once."""
    table = read(
        VERRA_OLD
        + '1/28/1914,A,B,Waste handling and disposal,,ACM0001,Registered,Kenya,84889.00,,7/1/2020,"",""\n'
        + '9/2/1913,C,B,Waste handling and disposal,,ACM0001,Registered,Kenya,20201.00,,13/7/2020,"",""\n'
    )
    assert list(table.ids) == ["row-2", "row-3"]
    assert sum("dates" in problem.message for problem in table.problems) == 1
    assert value(table, "estimated_annual") == 84889


def test_what_many_rows_have_is_one_problem(read: Read) -> None:
    """A registry's unknown word is reported once, with the number of rows; the rest is read."""
    rows = "".join(
        f"{n},A,B,Waste handling and disposal,,ACM0001,Asleep,Kenya,1,,,,\n"
        for n in range(7001, 7011)
    )
    table = read(VERRA_OLD + rows)
    assert [problem.message for problem in table.problems] == [
        "“Asleep” is not a known word of registry_status (in 10 rows: 2, 3, 4, 5, 6 …)"
    ]
    assert value(table, "country", 9) == "KE"


def test_comment_lines_and_a_late_header(read: Read) -> None:
    """Lines of comment and title rows above the header are passed over, line numbers kept."""
    table = read(
        "# a comment\n# another\nTitle of the list,,,\n" + VERRA_OLD + "7001,A,B,,,,,Kenya,,,,,\n"
    )
    assert list(table.ids) == ["VCS7001"]
    assert list(table.lines) == [5]


def test_the_day_in_a_files_name_is_the_snapshots(read: Read) -> None:
    """A day or month in the name of a registry's list dates it; without one the day is not stated."""
    row = VERRA_OLD + "7001,A,B,,,,,Kenya,,,,,\n"
    assert value(read(row, "verra_2026-08-14.csv"), "registry_snapshot") == date(2026, 8, 14)
    assert value(read(row, "verra_2026-02.csv"), "registry_snapshot") == date(2026, 2, 28)
    assert value(read(row, "verra.csv"), "registry_snapshot") is None


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.id)
def test_no_layout_is_taken_for_another(layout) -> None:
    """The needed headers of each layout, with case and spacing changed, are told as that layout."""
    headers = [f"  {header.upper()}\n" for header in sorted(set(layout.headings()))]
    sheet = Sheet("x.csv", headers, [[] for _ in headers], [])
    found = recognised(sheet)
    assert found is not None
    assert found.layout.id == layout.id


MARKIT = (
    "Registry,ID,Name,Type,Location,SDGs,Project Start Date,Credits Issued,Credits Retired,"
    "Project Website\n"
)


@pytest.mark.parametrize("rows", ["CAR,CAR9001,A,,US,[],,0,9,\n", "MRK,MRK1,A,,US,[],,0,9,\n" * 2])
def test_headings_over_another_registrys_rows_make_no_registrys_list(read: Read, rows: str) -> None:
    """An aggregator writes one header over every registry; its table is that of none of them."""
    mixed = read(f"{MARKIT}{rows}CAR,CAR9002,B,,US,[],,0,9,\n")
    assert mixed.layout == "bid_sheet"
    assert mixed.fact("id", 0).grade is EvidenceGrade.E4
    assert mixed.fact("programme", len(mixed) - 1).value == "CAR"
