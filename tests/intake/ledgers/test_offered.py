"""Offered serial numbers against each other and against ledgers, and where the verdict sees it."""

from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from offsetcheck import CandidateExplanation, Case, judge, open_rulebook, open_tender
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.evidence import EvidenceGrade

FIXTURES = Path(__file__).parent / "fixtures"
DAY = date(2026, 9, 30)
HEAD = "Project ID,Seller,Vintage,Volume,Serial Numbers\n"
ACTIVE, ONCE, FIT = (
    f"double_counting.{name}" for name in ("serials_active", "serials_once", "serials_fit")
)
Opened = Callable[..., Case]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return open_rulebook()


@pytest.fixture
def opened(tmp_path: Path, rulebook: Rulebook) -> Opened:
    """Write a bid sheet and open it beside ledgers, by the ids of their layouts."""

    def write(rows: str, *ledgers: str, day: date = DAY) -> Case:
        path = tmp_path / "offers.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        lists = [next(FIXTURES.glob(f"{name}.*")) for name in ledgers]
        return open_tender(path, rulebook, as_of=day, city="palo_alto", registries=lists)

    return write


def outcomes(case: Case, rule: str) -> list[str]:
    """Return what a rule says of each offer, the same by both evaluators."""
    columns = assess_table(case.table, case.bound, case.purchase)
    made = [
        next(f.outcome.value for f in offer.assessment.findings if f.rule == rule)
        for offer in judge(case)
    ]
    assert list(columns.outcomes[rule]) == made
    return made


def explained(case: Case, row: int) -> CandidateExplanation:
    return list(judge(case))[row].explained


def messages(case: Case) -> str:
    return "\n".join(problem.message for problem in case.problems)


def test_a_double_sale_of_two_bidders_is_caught(opened: Opened) -> None:
    """Two bidders name overlapping numbers: both wait for a person, and the units are counted."""
    case = opened(
        "ACR9201,A GmbH,2022,900,ACR-US-9201-2022-77-101 to 1000\n"
        "ACR9201,B Ltd,2022,500,ACR-US-9201-2022-77-951 to 1450\n"
        "ACR9201,C Ltd,2022,500,ACR-US-9201-2022-77-1451 to 1950\n"
    )
    assert outcomes(case, ONCE) == ["fail", "fail", "pass"]
    assert "offers 50 t under serial numbers that ACR9201#2 in line 3 offers too" in messages(case)
    verdicts = [offer.assessment.verdict for offer in judge(case)]
    assert Verdict.ELIGIBLE not in verdicts[:2]
    told = [finding.fails for finding in explained(case, 0).findings if finding.rule == ONCE]
    assert "same units are offered twice" in str(told)


def test_units_of_another_projects_name_are_the_same_units(opened: Opened) -> None:
    """Verra's numbers run through: a forged project in the serial number does not hide the sale."""
    case = opened(
        "VCS9001,A,2021,100,1-500-599-VCS-VCU-1507-VER-ET-14-9001-01012021-31122021-1\n"
        "VCS9002,B,2021,100,2-590-689-VCS-VCU-1507-VER-ET-14-9002-01012021-31122021-1\n"
    )
    assert outcomes(case, ONCE) == ["fail", "fail"]


def test_retired_numbers_are_not_sold_again(opened: Opened) -> None:
    """One unit among many is enough, and the row of the ledger is named."""
    case = opened(
        "ACR9201,A,2022,600,ACR-US-9201-2022-1973-1500 to 2099\n"
        "ACR9201,A,2022,500,ACR-US-9201-2022-1973-1501 to 2000\n",
        "acr_retirements",
    )
    assert outcomes(case, ACTIVE) == ["fail", "pass"]
    assert explained(case, 0).verdict.verdict == Verdict.NOT_ELIGIBLE.value
    assert "retired on 2020-09-20 (acr_retirements.csv:4, and 1 more lots of it)" in messages(case)
    fact = case.table.fact("serials_gone", 0)
    assert (fact.value, fact.grade) == (("retired",), EvidenceGrade.E1)


def test_what_was_retired_later_counts_from_its_day(opened: Opened) -> None:
    """On the day before, the units were there; on the day itself they were gone."""
    rows = "ACR9201,A,2022,500,ACR-US-9201-2022-1973-1 to 500\n"
    before = opened(rows, "acr_retirements", day=date(2025, 8, 14))
    assert outcomes(before, ACTIVE) == ["pass"]
    assert outcomes(opened(rows, "acr_retirements", day=date(2025, 8, 15)), ACTIVE) == ["fail"]


@pytest.mark.parametrize("ledgers", [*permutations(("acr_retirements", "acr_cancellations"))])
def test_two_ledgers_add_to_each_other_in_any_order(
    opened: Opened, ledgers: tuple[str, str]
) -> None:
    """What one shows as retired and the other as converted is both, each from its own day."""
    rows = "ACR9201,A,2022,9000,ACR-US-9201-2022-1973-1 to 9000\n"
    case = opened(rows, *ledgers)
    fact = case.table.fact("serials_gone", 0)
    assert fact.value == ("cancelled", "converted", "retired")
    assert fact.on(date(2025, 9, 1)).value == ("retired",)
    assert fact.on(date(2020, 9, 19)).value == ()


def test_a_ledger_that_lacks_the_numbers_proves_nothing(opened: Opened) -> None:
    """Nothing is concluded from a part of a ledger but what it holds."""
    rows = "ACR9201,A,2022,500,ACR-US-9201-2022-55-1 to 500\n"
    case, alone = opened(rows, "acr_retirements"), opened(rows)
    assert outcomes(case, ACTIVE) == outcomes(alone, ACTIVE) == ["pass"]
    assert outcomes(case, "double_counting.single_use") == ["unknown"]
    assert "the list may be a part of the ledger" in messages(case)


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("ACR9202,A,2022,500,ACR-US-9201-2022-55-1 to 500", ("other_project",)),
        ("ACR9201,A,2021,500,ACR-US-9201-2022-55-1 to 500", ("other_vintage",)),
        ("ACR9201,A,2022,501,ACR-US-9201-2022-55-1 to 500", ("too_few",)),
        ("ACR9202,A,2021,501,ACR-US-9201-2022-55-1 to 500",
         ("other_project", "other_vintage", "too_few")),
        ("ACR9201,A,2022,499,ACR-US-9201-2022-55-1 to 500", ()),
        ("ACR9201,A,2022,500,GS1-1-UG-GS9101-16-2022-30307-1-700", ("other_project",)),
    ],
)  # fmt: skip
def test_numbers_of_something_else_go_to_a_person(
    opened: Opened, row: str, codes: tuple[str, ...]
) -> None:
    """Of another project or vintage, or too few; more numbers than tonnes contradict nothing."""
    case = opened(f"{row}\n")
    assert case.table.fact("serials_disputed", 0).value == codes
    assert outcomes(case, FIT) == ["fail" if codes else "pass"]


@pytest.mark.parametrize("text", ["", "on request", "8326143015 - 8326145014"])
def test_without_readable_numbers_nothing_is_said(opened: Opened, text: str) -> None:
    """No rule on serial numbers applies; a form that is not known is told."""
    case = opened(f"ACR9201,A,2022,500,{text}\n", "acr_retirements")
    for rule in (ACTIVE, ONCE, FIT):
        assert outcomes(case, rule) == ["not_applicable"]
    assert ("of no form that is known here" in messages(case)) == text[:1].isdigit()


def test_a_seller_cannot_state_the_ledgers_word(tmp_path: Path, rulebook: Rulebook) -> None:
    """Columns of these names in a bid sheet do not count: they are worked out."""
    path = tmp_path / "offers.csv"
    path.write_text(
        "id,vintage,tonnes,serials,serials_gone,serials_disputed,serials_read\n"
        "ACR9201,2022,500,ACR-US-9201-2022-1973-1 to 500,,,0\n"
    )
    case = open_tender(
        path, rulebook, as_of=DAY, city="palo_alto",
        registries=[FIXTURES / "acr_retirements.csv"],
    )  # fmt: skip
    assert outcomes(case, ACTIVE) == ["fail"]


def test_the_lots_own_labels_count_before_the_projects(opened: Opened) -> None:
    """The lot that holds the numbers tells its labels, version and days."""
    serial = "20001-950001001-950001500-VCS-VCU-1507-VER-ET-14-9001-01012021-31122021-1"
    case = opened(f"VCS9001,A,2021,500,{serial}\n", "verra_vcus")
    said = {n: case.table.fact(n, 0).value for n in ("labels", "issuance_date", "vintage_end")}
    assert said == {
        "labels": ("CCB_GOLD",),
        "issuance_date": date(2024, 5, 2),
        "vintage_end": date(2021, 12, 31),
    }
    assert outcomes(case, ACTIVE) == ["pass"]


def test_an_issuance_list_tells_of_a_vintage_what_all_its_lots_say(opened: Opened) -> None:
    """Without serial numbers, and only where no lot of the vintage says otherwise."""
    case = opened("ACR9201,A,2022,500,\nACR9201,A,2023,500,\n", "acr_issuances")
    facts = [case.table.fact("labels", row).value for row in (0, 1)]
    assert facts == [("CCP",), ()]
    assert case.table.fact("verifier", 0).value == "Trial Verifiers, Inc."
    assert case.table.fact("methodology_version", 0).value == "2.0"


def test_a_tender_names_a_ledger_among_its_records(tmp_path: Path, rulebook: Rulebook) -> None:
    """Under `registry:`, as any record; the report names its file and hash."""
    (tmp_path / "purchase.yaml").write_text(
        "city: palo_alto\nstage: screening\nyear: 2026\nregistry: [acr_retirements.csv]\n"
    )
    (tmp_path / "offers.csv").write_text(
        f"{HEAD}ACR9201,A,2022,500,ACR-US-9201-2022-1973-1 to 500\n"
    )
    name = "acr_retirements.csv"
    (tmp_path / name).write_bytes((FIXTURES / name).read_bytes())
    case = open_tender(tmp_path, rulebook, as_of=DAY)
    assert outcomes(case, ACTIVE) == ["fail"]
    assert name in dict(case.setting.origin.files)


def test_a_real_double_sale_is_caught(
    opened: Opened, real_data: Path, tmp_path: Path, rulebook: Rulebook
) -> None:
    """Numbers that a city retired, offered again, are refused by the registry's own list."""
    path = tmp_path / "offers.csv"
    path.write_text(f"{HEAD}ACR629,A,2020,100,ACR-US-629-2020-1368-17400 to 17499\n")
    ledger = real_data / "ledger" / "acr_retirements_of_cities.csv"
    case = open_tender(path, rulebook, as_of=DAY, city="palo_alto", registries=[ledger])
    assert outcomes(case, ACTIVE) == ["fail"]


def test_a_cell_that_a_ledger_loses_is_said_beside_offers(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    """Each kind once, as an error of the file: a day that cannot be read may hide a retirement."""
    (tmp_path / "offers.csv").write_text(HEAD + "CAR9301,A,2022,90,\n", encoding="utf-8")
    text = (FIXTURES / "car_retirements.csv").read_text("utf-8").replace("10/27/2025", "45957")
    (tmp_path / "car.csv").write_text(text, encoding="utf-8")
    ledgers = [tmp_path / "car.csv"]
    case = open_tender(
        tmp_path / "offers.csv", rulebook, as_of=DAY, city="palo_alto", registries=ledgers
    )
    [lost] = [p for p in case.problems if p.place.file == "car.csv" and p.severity == "error"]
    assert "spreadsheet's own number of a day" in lost.message
