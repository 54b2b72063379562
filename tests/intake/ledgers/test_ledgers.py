"""Ledgers of each registry: told from lists of projects and from each other, and read as lots."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.intake.files.read import sheet_of_bytes
from offsetcheck.intake.layouts.known import layouts, record_paths, registry_headers
from offsetcheck.intake.layouts.layout import Layout, layout_key
from offsetcheck.intake.layouts.recognise import claims
from offsetcheck.intake.ledgers.fields import FIELDS
from offsetcheck.intake.ledgers.model import Ledger, LotState, position
from offsetcheck.intake.ledgers.refuse import LedgerError
from offsetcheck.intake.offers import read_offers
from offsetcheck.intake.registry.record import read_record
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import Severity

FIXTURES = Path(__file__).parent / "fixtures"
LEDGERS = [layout for layout in layouts() if layout.holds != "projects"]
each_ledger = pytest.mark.parametrize("layout", LEDGERS, ids=lambda layout: layout.id)

LOTS = {
    "acr_cancellations": (2, "ACR9201", {"cancelled": 100, "converted": 100}),
    "acr_ice_credits": (2, "ACR9201", {"held": 5000}),
    "acr_issuances": (2, "ACR9201", {"issued": 5700}),
    "acr_retirements": (3, "ACR9201", {"retired": 1750}),
    "art_cancellations": (1, "ART190", {"cancelled": 100}),
    "art_issuances": (1, "ART190", {"issued": 940}),
    "art_retirements": (1, "ART190", {"retired": 404}),
    "biocarbon_credits": (2, "BCR-CO-901-14-001", {"issued": 1290}),
    "biocarbon_retirements": (2, "BCR-CO-901-14-001", {"retired": 1832}),
    "car_cancellations": (1, "CAR9301", {"converted": 40}),
    "car_issuances": (1, "CAR9301", {"issued": 900}),
    "car_retirements": (1, "CAR9301", {"retired": 500}),
    "cercarbono_issuances": (2, "CDC-901", {"issued": 880}),
    "cercarbono_retirements": (1, "CDC-901", {"retired": 300}),
    "climate_active": (1, "VCS9001", {"retired": 400}),
    "gold_standard_credits": (2, "GS9101", {"issued": 730}),
    "gold_standard_retirements": (2, "GS9101", {"retired": 200, "cancelled": 10}),
    "isometric_issuances": (1, "PRJ_1TRIAL0000000000", {"issued": 100}),
    "isometric_retirements": (1, "PRJ_1TRIAL0000000000", {"retired": 12.5}),
    "jcm_issuances": (2, "MN901", {"issued": 500}),
    "offsetsdb_credits": (3, "VCS9001", {"issued": 1500, "retired": 400, "cancelled": 70}),
    "plan_vivo_credits": (1, "", {"issued": 250}),
    "puro_issuances": (1, "PURO900001", {"issued": 120}),
    "verra_vcus": (3, "VCS9001", {"held": 2500, "retired": 1000}),
}


def fixture_of(layout: Layout) -> Path:
    [path] = FIXTURES.glob(f"{layout.id}.*")
    return path


@each_ledger
def test_a_ledger_is_read_as_lots(layout: Layout, ledger: Callable[[str], Ledger]) -> None:
    """Each row is a lot of its project, with its own tonnes by what became of them; no error."""
    found = ledger(layout.id)
    rows, project, tonnes = LOTS[layout.id]
    listed = position(found.lots)
    by_state = {state.value: getattr(listed, state.value) for state in LotState}
    assert {name: whole for name, whole in by_state.items() if whole} == tonnes
    assert len(found.lots) == len(found.table) == rows
    assert found.lots[0].project == project
    assert [str(p) for p in found.table.problems if p.severity is Severity.ERROR] == []
    assert found.table.reading is not None
    assert (found.table.reading.layout, found.table.reading.rows) == (layout.id, rows)


@each_ledger
def test_a_ledger_is_told_from_every_other_list(layout: Layout) -> None:
    """Of all layouts that claim it one is the strictest, and every heading is known."""
    path = fixture_of(layout)
    sheet = sheet_of_bytes(path.read_bytes(), path.name, registry_headers(), record_paths())
    claiming = claims(sheet, layouts())
    strictest = max(len(other.recognise.all) for other in claiming)
    assert [o.id for o in claiming if len(o.recognise.all) == strictest] == [layout.id]


@each_ledger
def test_a_ledger_names_fields_that_are_there(layout: Layout, own_dictionary: Dictionary) -> None:
    """Each is one of offers or one of ledgers; none is read that cannot be known."""
    named = {column.field for column in layout.columns}
    known = own_dictionary.candidate.keys() | FIELDS.keys()
    assert named | set(layout.cannot_know) <= known
    assert not named & set(layout.cannot_know)
    read = {layout_key(name) for c in layout.columns for group in c.groups() for name in group}
    assert not read & {layout_key(name) for name in layout.unread}


@each_ledger
def test_no_ledger_is_a_list_of_offers(layout: Layout, own_dictionary: Dictionary) -> None:
    """It is refused in words that say what it is and what it is good for."""
    with pytest.raises(LedgerError) as refused:
        read_offers(fixture_of(layout), own_dictionary)
    [problem] = refused.value.problems
    assert layout.title in problem.message
    assert "no offers" in problem.message
    assert "--registry" in str(problem.hint)
    assert ("lookback" in str(problem.hint)) == (layout.holds in {"retirements", "credits"})


@pytest.mark.parametrize("whole", sorted(FIXTURES.glob("*.csv")), ids=lambda path: path.stem)
def test_a_ledger_cut_after_any_row_is_a_part_of_it(
    whole: Path, own_dictionary: Dictionary, tmp_path: Path
) -> None:
    """No lot is invented, none is lost."""
    lines = whole.read_text("utf-8").splitlines(keepends=True)
    for cut in range(1, len(lines)):
        path = tmp_path / whole.name
        path.write_text("".join(lines[: cut + 1]), encoding="utf-8")
        found = read_record(path, own_dictionary)
        assert isinstance(found, Ledger)
        assert len(found.lots) == cut


def test_the_word_of_a_row_counts_before_the_kind_of_list(ledger: Callable[[str], Ledger]) -> None:
    """Cancelled rows stand among Gold Standard's retired ones, without a day."""
    retired, cancelled = ledger("gold_standard_retirements").lots
    assert (retired.state, retired.gone_on) == (LotState.RETIRED, date(2025, 2, 6))
    assert (cancelled.state, cancelled.gone_on) == (LotState.CANCELLED, None)


def test_the_quantity_of_a_whole_issuance_is_nobodys(ledger: Callable[[str], Ledger]) -> None:
    """It is repeated in each row; a lot has its own, which its serial numbers count."""
    for name in ("verra_vcus", "acr_ice_credits"):
        for lot in ledger(name).lots:
            assert lot.tonnes == sum(block.tonnes for block in lot.blocks)


def test_the_day_of_an_event_is_the_day_of_going_only_of_what_went(
    ledger: Callable[[str], Ledger],
) -> None:
    """OffsetsDB has one column of days for issuances, retirements and cancellations."""
    days = [lot.gone_on for lot in ledger("offsetsdb_credits").lots]
    assert days == [None, date(2023, 5, 6), date(2023, 5, 7)]


def test_biocarbon_says_project_vintage_and_day_in_its_own_way(
    ledger: Callable[[str], Ledger],
) -> None:
    """The id and the months stand in the serial number, the day is written day first."""
    early, late = ledger("biocarbon_retirements").lots
    assert (early.gone_on, late.gone_on) == (date(2026, 8, 3), date(2026, 7, 30))
    assert (early.vintages, late.vintages) == ((2021, 2021), (2020, 2020))
    assert late.project == "PCR-CO-TRL-14-002"


def test_labels_are_the_lots_own_and_blank_is_none(ledger: Callable[[str], Ledger]) -> None:
    """A registry's ledger names every label; columns of yes and no are labels too."""
    acr, verra = ledger("acr_issuances").table, ledger("verra_vcus").table
    assert [acr.fact("labels", row).value for row in range(2)] == [("CCP",), ()]
    gold = ("CCB_GOLD",)
    assert [verra.fact("labels", row).value for row in range(3)] == [gold, gold, ()]


def test_goals_among_certificates_are_no_labels_and_lose_none(
    own_dictionary: Dictionary, tmp_path: Path
) -> None:
    """Verra's list of units names goals in the column of certificates."""
    text = (FIXTURES / "verra_vcus.csv").read_text("utf-8")
    goals = '"03: Good Health and Well-being; 13: Climate Action; CCB-Gold"'
    path = tmp_path / "verra_vcus.csv"
    path.write_text(text.replace("CCB-Gold", goals, 1), encoding="utf-8")
    found = read_record(path, own_dictionary)
    assert isinstance(found, Ledger)
    assert found.table.fact("labels", 0).value == ("CCB_GOLD",)
    assert [str(p) for p in found.table.problems if p.severity is Severity.ERROR] == []


def test_tonnes_that_serial_numbers_do_not_count_are_told(
    own_dictionary: Dictionary, tmp_path: Path
) -> None:
    """With the line; which of the two is right is not guessed."""
    text = (FIXTURES / "acr_retirements.csv").read_text("utf-8").replace("1 to 1000", "1 to 900")
    path = tmp_path / "acr_retirements.csv"
    path.write_text(text, encoding="utf-8")
    found = read_record(path, own_dictionary)
    assert isinstance(found, Ledger)
    [said] = [p for p in found.table.problems if "serial numbers count" in p.message]
    assert "(in row 2)" in said.message
    assert said.lines == (2,)


@pytest.mark.parametrize(
    ("serial", "message"),
    [
        ("2022-1973-1500 to 1001", "ends before it starts"),
        ("NEW/2022/1973/1001/1500", "no form that is known here, as “ACR-US-9201-NEW/2022"),
    ],
    ids=["backwards", "of another form"],
)
def test_serial_numbers_that_cannot_be_read_are_told_with_their_line(
    own_dictionary: Dictionary, tmp_path: Path, serial: str, message: str
) -> None:
    """Nothing can be held against them, so that nobody must think that they were compared."""
    text = (FIXTURES / "acr_retirements.csv").read_text("utf-8")
    path = tmp_path / "acr_retirements.csv"
    path.write_text(text.replace("2022-1973-1001 to 1500", serial), encoding="utf-8")
    found = read_record(path, own_dictionary)
    assert isinstance(found, Ledger)
    [said] = [p for p in found.table.problems if message in p.message]
    assert "(in row 3)" in said.message
    assert (said.place.line, said.lines) == (3, (3,))
    assert [len(lot.blocks) for lot in found.lots] == [1, 0, 1]


def test_no_name_of_a_buyer_is_a_fact(ledger: Callable[[str], Ledger]) -> None:
    """For whom units were retired is compared and never shown."""
    for layout in LEDGERS:
        found = ledger(layout.id)
        assert not found.table.columns.keys() & {"beneficiary", "seller"}
        assert "City of Trial" not in " ".join(map(str, found.table.problems))


REAL_ROWS = {
    "verra_vcus": Counter(retired=100, held=100),
    "gold_standard_credits_issued": Counter(issued=100),
    "gold_standard_credits_retired": Counter(retired=94, cancelled=6),
    "acr_issuances": Counter(issued=100),
    "acr_retirements": Counter(retired=100),
    "acr_retirements_of_cities": Counter(retired=47),
    "car_issuances": Counter(issued=100),
    "car_retirements": Counter(retired=100),
    "art_issuances": Counter(issued=11),
    "art_retirements": Counter(retired=8),
}


@pytest.mark.parametrize("name", REAL_ROWS)
def test_real_ledgers_are_read_whole(
    name: str, real_data: Path, own_dictionary: Dictionary
) -> None:
    """Every row is a lot of a project, every block counts its tonnes, no cell of a lot is lost."""
    found = read_record(real_data / "ledger" / f"{name}.csv", own_dictionary)
    assert isinstance(found, Ledger)
    assert Counter(lot.state.value for lot in found.lots) == REAL_ROWS[name]
    assert all(lot.project and lot.tonnes is not None and lot.vintages for lot in found.lots)
    counted = [lot for lot in found.lots if lot.blocks]
    assert len(counted) == (0 if name.endswith("issuances") else len(found.lots))
    assert all(lot.tonnes == sum(b.tonnes for b in lot.blocks) for lot in counted)


def test_the_reserve_says_whether_a_lot_reduces_or_removes(
    ledger: Callable[[str], Ledger],
) -> None:
    """A removal alone does not say how long it lasts."""
    lots = ledger("car_issuances").table
    assert lots.fact("mechanism", 0).value == "reduction"
