"""Each registry's export, by a few invented rows under its real header."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.known import layouts
from offsetcheck.intake.layouts.recognise import layout_of
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.table import CandidateTable

Read = Callable[..., CandidateTable]

VERRA_OLD = (
    "ID,Name,Proponent,Project Type,AFOLU Activities,Methodology,Status,Country/Area,"
    "Estimated Annual Emission Reductions,Region,Project Registration Date,"
    "Crediting Period Start Date,Crediting Period End Date\n"
)
VERRA_NEW = (
    '"Program","Project ID","Project Name","Proponents","Authorized Representative Organization Name",'
    '"Sectoral Scope","PUBLIC_VIEW_REPORTS_PROJECTS.pubReportsProjectsList.AFOLUActivities",'
    '"Methodology","Estimated Average Annual Emission Reductions and Carbon Dioxide Removals",'
    '"Sustainable Development Contributions","Validator","Region","Country","State/Province",'
    '"Estimated Project Start Date","Crediting Period Duration Start Date",'
    '"Crediting Period Duration End Date","Crediting Period Term","Project Registration Date","Status"\n'
)
GOLD_STANDARD = (
    '"GSID","Project Name","Project Developer Name","Status","Sustainable Development Goals",'
    '"Project Type","Country","Description","Estimated Annual Credits","Methodology","Size",'
    '"Programme of Activities","POA GSID"\n'
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
ART = (
    "Program ID,Sovereign Program Developer,Program Name,Crediting Program and Standard,"
    "Verification Body,Program Type,Status,Initial Crediting Period Start Date,"
    "Program Jurisdiction(s),Program  Country,Program Notes,Documents,Program Website,"
    "Numberoffiles,Unnamed: 14\n"
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


def test_the_new_verra_export(read: Read) -> None:
    """Byte-order mark, an i18n key for a header, scopes whose titles hold commas, versions in brackets."""
    scopes = "Livestock, enteric fermentation, and manure management, Waste handling and disposal"
    table = read(
        "\ufeff"
        + VERRA_NEW
        + f'"Verified Carbon Standard","7002","Invented Farm","Nobody Ltd (PP)","","{scopes}","","VM0042 (Version 2.1)","906","09: Industry, Innovation and Infrastructure, 13: Climate Action","","Asia","Mainland China","","30 Sep 2006","01 Jan 2020","31 Dec 2029","1","","Late to Verify"\n'
        + '"Verified Carbon Standard","7003","Invented Marsh","A (PP), B (PP)","","Agriculture Forestry and Other Land Use","ARR,WRC","AMS-I.D. (Version NA)","906","","","","United States of America","","","","","","","Verification approval request denied "\n'
    )
    assert table.layout == "verra_new"
    assert value(table, "developer") == "Nobody Ltd"
    assert value(table, "developer", 1) == "A, B"
    assert value(table, "sectoral_scope") == "several"
    assert table.fact("project_type", 0).possible == ("livestock", "waste")
    assert value(table, "project_type", 1) == "wetland_restoration"
    assert (value(table, "methodology"), value(table, "methodology_version")) == ("VM0042", "2.1")
    assert value(table, "methodology_version", 1) is None
    assert value(table, "sdgs_claimed") == (9, 13)
    assert value(table, "start_date") == date(2006, 9, 30)
    assert value(table, "registry_status") == "late_to_verify"
    assert value(table, "registry_status", 1) == "request_denied"
    assert value(table, "sdgs_claimed", 1) is None


def test_the_gold_standard_export(read: Read) -> None:
    """Goals without order, sizes in three spellings, a description over several lines."""
    table = read(
        GOLD_STANDARD
        + '"70001","Invented Stoves","Nobody Ltd","Gold Standard Certified Project","5,13,3","Energy Efficiency - Domestic","Kenya","one\ntwo\n=three","30000","GS TPDDTEC v3.1","Microscale","VPA","7"\n'
        + '"70002","Invented Forest","Nobody Ltd","Listed","13","A/R","Namibia","","0","","Micro Scale","",""\n'
    )
    assert table.layout == "gold_standard"
    assert list(table.ids) == ["GS70001", "GS70002"]
    assert value(table, "sdgs_claimed") == (3, 5, 13)
    assert value(table, "scale") == value(table, "scale", 1) == "micro"
    assert str(value(table, "methodology")).startswith("GS TPDDTEC Reduced emissions")
    assert value(table, "methodology_version") == "3.1"
    assert list(table.lines) == [2, 5]
    assert value(table, "methodology", 1) is None


def test_the_acr_export_in_windows_1252(read: Read) -> None:
    """An undeclared encoding, a trailing comma, US dates, and `N/A` that states nothing."""
    row = (
        '"ACR0586","N/A","Nobody Ltd","Invented Forest","Forest Carbon","Improved Forest Management (IFM) on Non-Federal U.S. Forestlands",'
        '"01/15/2020","01/15/2020","01/14/2040","N/A","Not ARB or Ecology Eligible","01/21/2022","Near Nowhere","OHIO","US",'
        '"03: Good Health and Well-Being;06: Clean Water and Sanitation","TÜV Nowhere – Ruby","N/A","439593","View","",\n'
    )
    table = read((ACR + row).encode("cp1252"), "ACR_Projects.txt")
    assert table.layout == "acr"
    assert list(table.ids) == ["ACR586"]
    assert value(table, "verifier") == "TÜV Nowhere – Ruby"
    assert value(table, "validator") is None
    assert value(table, "registry_status") is None
    assert value(table, "crediting_end") == date(2040, 1, 14)
    assert (
        value(table, "methodology")
        == "ACR Improved Forest Management (IFM) on Non-Federal U.S. Forestlands"
    )
    assert value(table, "issued") == 439593
    assert value(table, "sdgs_claimed") == (3, 6)
    assert not table.problems


CAR_ROW = (
    '"CAR9001","N/A","","Nobody Ltd","Nobody Ltd","Invented {name}","None","None","","Ozone Depleting Substances - U.S. - ARB Compliance",'
    '"Completed","Completed","Nowhere","OHIO","US","","2. Zero Hunger;13. Climate Action","","84267","04/05/2024","","View","View","none",\n'
)


def test_the_car_export(read: Read) -> None:
    """US dates, goals as `2. Zero Hunger`, and no labels where the column of labels is empty."""
    table = read(CAR + CAR_ROW.format(name="Gas"))
    assert table.layout == "car"
    assert value(table, "listed_on") == date(2024, 4, 5)
    assert value(table, "labels") == ()
    assert value(table, "sdgs_claimed") == (2, 13)
    assert value(table, "verifier") is None


def test_quotes_that_are_not_doubled_are_reported_where_they_shift_a_row(read: Read) -> None:
    """CAR writes quotes into quoted cells: the row is kept and, where it grows, located."""
    table = read(CAR + CAR_ROW.format(name='"Big", Gas') + CAR_ROW.format(name="Oil"))
    assert len(table) == 2
    ragged = [problem for problem in table.problems if "cells for" in problem.message]
    assert [problem.place.line for problem in ragged] == [2]


def test_the_art_export(read: Read) -> None:
    """Two spaces in a header, countries in capitals, one kind of project."""
    table = read(
        ART
        + 'ART901,Ministry of Nothing,Somewhere,ART - The REDD+ Environmental Excellence Standard (TREES),,Forest Carbon,Listed,1/1/2017,,"CONGO, THE DEMOCRATIC REPUBLIC OF THE",,View,,1,\n'
    )
    assert table.layout == "art"
    assert value(table, "country") == "CD"
    assert value(table, "project_type") == "jurisdictional_redd"
    assert value(table, "first_crediting_start") == date(2017, 1, 1)


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
    assert value(table, "methodology", 2) is None
    assert value(table, "developer", 2) is None
    assert any("retired than issued" in problem.message for problem in table.problems)
    assert value(table, "retired") == 12


def test_vrod(read: Read) -> None:
    """Headers with line breaks, the newest vintage from the first block of years, labels or none."""
    table = read(
        vrod(
            {
                "Project ID": "VCS9001", "Voluntary Registry": "VCS", "Voluntary Status": "Late to verify",
                "Type": "Solar - centralized", "Reduction / Removal": "Impermanent Removal", "Country": "DRC",
                "Methodology / Protocol": "VM0015 Methodology for Avoided Unplanned Deforestation",
                "Methodology Version": "v 1.", "Total Credits \nIssued": "100", "Total Credits \nRetired": "160",
                "Total Credits Remaining": "-60", "2019": "60", "2020": "40", "2021": "0", "2021.1": "160",
                "First Year of Project (Vintage)": "2019.0", "Estimated Annual Emission Reductions": "999999999",
                "Project Listed": "2019-06-24",
                "Sustainability Certifications": "CORSIA – Pilot Phase, 2021-2023 Eligible; ICVCM CCP-Approved",
            },
            {"Project ID": "GS9002", "Voluntary Registry": "GOLD", "Country": "International"},
            {"Project ID": "CAR9003", "Voluntary Registry": "CAR", "Country": "US"},
        )
    )  # fmt: skip
    assert table.layout == "vrod"
    assert value(table, "programme", 1) == "GS"
    assert (value(table, "first_vintage"), value(table, "last_vintage")) == (2019, 2020)
    assert value(table, "last_vintage", 1) is None
    assert value(table, "methodology_version") == "1"
    assert value(table, "project_type") == "solar_centralised"
    assert value(table, "labels") == ("CORSIA_PILOT", "CCP")
    assert value(table, "labels", 1) is None
    assert value(table, "labels", 2) == ()
    assert value(table, "country", 1) is None
    assert value(table, "listed_on") == date(2019, 6, 24)


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
    assert layout_of(sheet) is layout
