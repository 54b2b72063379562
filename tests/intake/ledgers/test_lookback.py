"""What was retired, looked back on: grouped, judged on both sides, and no name told."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from offsetcheck import InputError, Lookback, Request, RequestError, lookback, open_rulebook
from offsetcheck.report.render import render
from offsetcheck.rulebook.rulebook import Rulebook

FIXTURES = Path(__file__).parent / "fixtures"
DAY = date(2026, 9, 30)
Looked = Callable[..., Lookback]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return open_rulebook()


@pytest.fixture
def looked(rulebook: Rulebook) -> Looked:
    """Look back on a ledger that was written by hand, by the id of its layout."""

    def look(name: str, buyer: str | None = None, *, shown: int = 50, **more: object) -> Lookback:
        path = next(FIXTURES.glob(f"{name}.*"))
        request = Request(path, "palo_alto", DAY, **more)  # type: ignore[arg-type]
        return lookback(request, rulebook, buyer, shown)

    return look


def test_lots_of_one_project_vintage_and_day_are_one(looked: Looked) -> None:
    """Three rows are two lots; their tonnes are those of the ledger, by year and verdict."""
    made = looked("acr_retirements").explained
    assert [(lot.retired_on, lot.tonnes) for lot in made.shown] == [
        ("2020-09-20", 250.0),
        ("2025-08-15", 1500.0),
    ]
    assert [(year.year, year.tonnes) for year in made.years] == [(2020, 250.0), (2025, 1500.0)]
    assert made.tonnes == sum(total.tonnes_now for total in made.totals) == 1750


def test_before_any_rule_there_is_no_verdict_of_the_day(looked: Looked) -> None:
    """The day is said to have had no rule, and today's verdict stands all the same."""
    early, late = looked("acr_retirements").explained.shown
    assert early.then is None
    assert early.then_words == "no rule was in force"
    assert early.now.verdict.verdict
    assert late.then is not None


def test_the_year_of_the_claim_is_that_of_the_retirement(looked: Looked, tmp_path: Path) -> None:
    """A vintage that was young enough when it was used has not grown too old since."""
    lot = looked("acr_retirements", "trial").explained.shown[0]
    assert lot.then is not None
    assert "vintage is" not in " ".join((*lot.then.reasons, *lot.now.reasons))


def test_units_that_a_city_retired_are_not_held_against_it(
    looked: Looked, rulebook: Rulebook
) -> None:
    """That they are gone is what it bought them for; the ledger shows that nobody else has them."""
    ledger = (FIXTURES / "acr_retirements.csv",)
    made = looked("acr_retirements", "City of Trial", registries=ledger).explained
    text = " ".join(reason for lot in made.shown for reason in lot.now.reasons)
    assert "serial numbers" not in text
    assert "left, fewer than" not in text


def test_one_buyer_is_found_by_a_part_of_his_name(looked: Looked) -> None:
    """Whatever its case; another's lots are not looked at, and one who is not there is an error."""
    assert looked("acr_retirements", "city of TRIAL").explained.tonnes == 1500
    with pytest.raises(RequestError, match="no retirement for “Nobody”"):
        looked("acr_retirements", "Nobody")
    with pytest.raises(RequestError, match="does not say for whom"):
        looked("climate_active", "City of Trial")


@pytest.mark.parametrize("form", ["text", "csv", "json", "html"])
def test_each_form_tells_the_lots_and_no_holder(looked: Looked, form: str) -> None:
    """Project, day and tonnes stand there; for whom and from whose account does not."""
    made = looked("acr_retirements")
    text = render(made.explained, form, made.speech.words)
    for_people = form in {"text", "html"}
    day, tonnes = ("15 August 2025", "1,500") if for_people else ("2025-08-15", "1500")
    for said in ("Trial Woods", day, tonnes):
        assert said in text
    for name in ("Trial Holder", "City of Trial", "Another Buyer"):
        assert name not in text
    if form == "json":
        assert json.loads(text)["kind"] == "lookback"


def test_a_row_of_the_table_is_a_lot(looked: Looked) -> None:
    """With both verdicts; a text that a spreadsheet would take for a formula is led by a quote."""
    made = looked("acr_retirements")
    lot = made.explained.shown[0].model_copy(update={"name": "=HYPERLINK(1)"})
    explained = made.explained.model_copy(update={"shown": (lot,)})
    [row] = csv.DictReader(render(explained, "csv", {}).splitlines())
    assert row["name"] == "'=HYPERLINK(1)"
    assert (row["tonnes"], row["verdict_then"]) == ("250", "")
    assert row["verdict_now"] == lot.now.verdict.verdict


def test_reasons_are_given_for_the_first_lots_only(looked: Looked) -> None:
    """The verdicts of the others stand there, and that they are without reasons is said."""
    made = looked("acr_retirements", shown=1).explained
    first, second = made.shown
    assert first.now.reasons
    assert second.now.reasons == ()
    assert made.limit_words == "Reasons are given for the first 1 of 2 lots."


def test_what_holds_no_retirement_is_refused(looked: Looked, rulebook: Rulebook) -> None:
    """Issuances, a list of projects and a folder are told apart in words."""
    with pytest.raises(InputError, match="holds no retirement"):
        looked("acr_issuances")
    projects = FIXTURES.parent.parent / "layouts" / "car.csv"
    with pytest.raises(InputError, match="a list of projects"):
        lookback(Request(projects, "palo_alto", DAY), rulebook)
    with pytest.raises(InputError, match="a folder"):
        lookback(Request(FIXTURES, "palo_alto", DAY), rulebook)
    with pytest.raises(RequestError, match="name a city"):
        lookback(Request(FIXTURES / "acr_retirements.csv", None, DAY), rulebook)


def test_the_same_look_back_gives_the_same_bytes(looked: Looked) -> None:
    """Hashes and the command that makes it again included."""
    one, other = (render(looked("verra_vcus").explained, "json", {}) for _ in range(2))
    assert one == other
    assert "offsetcheck lookback verra_vcus.csv --city palo_alto --as-of 2026-09-30" in one


def test_what_palo_alto_bought(real_data: Path, rulebook: Rulebook) -> None:
    """Its 22 retirements of the public list are looked back on, every tonne of them."""
    ledger = real_data / "ledger" / "acr_retirements_of_cities.csv"
    listed = (real_data / "acr" / "ACR_Projects.txt",)
    request = Request(ledger, "palo_alto", DAY, registries=listed)
    made = lookback(request, rulebook, "Palo Alto", 3).explained
    assert made.tonnes == sum(year.tonnes for year in made.years) == 629_971
    assert {year.year for year in made.years} == {2017, 2018, 2019, 2021, 2022, 2023, 2024}


def test_how_the_ledger_was_read_is_said_as_for_any_list(looked: Looked) -> None:
    """Its account comes first, then those of the lists beside it; a column not read is named."""
    beside = (FIXTURES / "acr_issuances.csv",)
    made = looked("acr_retirements", registries=beside)
    assert [reading.layout for reading in made.readings] == ["acr_retirements", "acr_issuances"]
    unused = [column.header for column in made.readings[0].unused if column.cells]
    told = {problem.place.field for problem in made.problems if "is not read" in problem.message}
    assert unused
    assert set(unused) <= told


def test_a_ledger_is_read_as_was_asked(looked: Looked) -> None:
    """The styles that a person states hold for the ledger, and its page says so."""
    made = looked("verra_vcus", dates="d/m/y", numbers="1.234,5")
    options = ("--numbers 1.234,5", "--dates d/m/y")
    assert made.readings[0].options == options
    assert " ".join(options) in made.explained.audit.reproduce
