"""How lists write numbers and days, said once for every list of a run, in every command."""

from datetime import date

import pytest

from offsetcheck import Request, RequestError, drift, lookback, open_rulebook, open_tender

DAY = date(2026, 9, 30)
OFFERS = "id;tonnes;price;currency;start date\nVCS902;1.234;12;EUR;3/4/2020\n"
RETIRED = (
    "Vintage;Offset Credit Serial Numbers;Quantity of Offset Credits;Status Effective;Project ID;"
    "Project Name;Project Type;Protocol and Version;Project Site Country;"
    "Retirement Reason Details\n"
    "2022;;1.234;3/4/2025;CAR9301;Trial;Landfill Gas Capture/Combustion;;US;City of Trial\n"
)
ASKED = {"numbers": "1.234,5", "dates": "d.m.y"}


@pytest.fixture(scope="module")
def rulebook():
    return open_rulebook()


@pytest.fixture
def offers(tmp_path):
    path = tmp_path / "offers.csv"
    path.write_text(OFFERS, encoding="utf-8")
    return path


def test_what_is_asked_decides_and_stands_in_the_way_to_the_same_bytes(rulebook, offers):
    """The reproducing command holds the option, in one form whatever form was given."""
    case = open_tender(offers, rulebook, as_of=DAY, city="turku", **ASKED)
    candidate = case.table.candidate(0)
    assert candidate.value("tonnes") == 1234
    assert candidate.value("start_date") == date(2020, 4, 3)
    assert case.setting.origin.reproduce.endswith("--numbers 1.234,5 --dates d/m/y")
    open_case = open_tender(offers, rulebook, as_of=DAY, city="turku")
    assert open_case.table.candidate(0).value("tonnes") is None
    assert "--numbers" not in open_case.setting.origin.reproduce


def test_a_tender_folder_is_read_as_asked(rulebook, offers, tmp_path):
    """And so are the lists that its purchase names."""
    (tmp_path / "purchase.yaml").write_text("city: turku\n", encoding="utf-8")
    case = open_tender(tmp_path, rulebook, as_of=DAY, **ASKED)
    assert case.table.candidate(0).value("tonnes") == 1234


def test_a_registry_list_is_read_as_asked_with_its_day(rulebook, offers, tmp_path):
    """The day that stands behind the name of a list and the style of all lists go together."""
    listed = tmp_path / "projects.csv"
    listed.write_text(
        "category;country;is_compliance;issued;listed_at;name;project_id;project_type;proponent;"
        "protocol;registry;retired;status\n"
        "forest;Kenya;False;5.000;;A;VCS902;REDD;B;;verra;;registered\n",
        encoding="utf-8",
    )
    named = f"{listed}@2026-08-14"
    case = open_tender(offers, rulebook, as_of=DAY, city="turku", registries=[named], **ASKED)
    fact = case.table.candidate(0).fact("issued")
    assert (fact.value, fact.as_of) == (5000, date(2026, 8, 14))
    case = open_tender(offers, rulebook, as_of=DAY, city="turku", registries=[named])
    assert case.table.candidate(0).value("issued") is None


def test_drift_takes_them_too(rulebook, offers):
    """The same request goes to every command."""
    made = drift(Request(offers, "turku", DAY, **ASKED), rulebook, date(2025, 9, 30))
    assert "--numbers 1.234,5 --dates d/m/y" in made.explained.audit.reproduce


def test_a_look_back_reads_its_ledger_as_asked(rulebook, tmp_path):
    """A list of retirements that a spreadsheet saved anew tells as little as an offer's sheet."""
    ledger = tmp_path / "retired.csv"
    ledger.write_text(RETIRED, encoding="utf-8")
    made = lookback(Request(ledger, "palo_alto", DAY, **ASKED), rulebook)
    [lot] = made.explained.shown
    assert (lot.tonnes, lot.retired_on) == (1234, "2025-04-03")
    assert "--numbers 1.234,5 --dates d/m/y" in made.explained.audit.reproduce
    unasked = lookback(Request(ledger, "palo_alto", DAY), rulebook)
    assert any("--numbers" in (problem.hint or "") for problem in unasked.problems)


@pytest.mark.parametrize("asked", [{"numbers": "1.234"}, {"dates": "y-m-d"}])
def test_a_sample_that_tells_nothing_is_refused(offers, asked):
    """With examples, at the argument."""
    with pytest.raises(RequestError) as refused:
        Request(offers, "turku", DAY, **asked)
    [problem] = refused.value.problems
    assert problem.place.file == next(iter(asked))
    assert problem.hint.startswith("write ")
