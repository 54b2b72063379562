"""What lots offer together and what a price is worth reach the verdict, in both evaluators."""

from datetime import date
from pathlib import Path

import pytest

from offsetcheck import Case, explain_offer, judge, open_rulebook, open_tender
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.finding import Finding, Outcome, State

DAY = date(2026, 9, 30)
TOGETHER, LIMIT = "double_counting.lots_together", "procurement.price_limit"
PURCHASE = "city: {city}\nstage: clarification\nyear: 2026\ntonnes: 100\n"
RATES = "exchange_rates:\n  EUR: {rate: 1.1, on: DAY, source: Federal Reserve}\n"


@pytest.fixture(scope="module")
def rulebook():
    return open_rulebook()


@pytest.fixture
def opened(tmp_path: Path, rulebook):
    """Write a tender folder and open it."""

    def write_and_open(offers: str, purchase: str = "", city: str = "palo_alto") -> Case:
        text = PURCHASE.format(city=city) + purchase
        (tmp_path / "purchase.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "offers.csv").write_text(offers, encoding="utf-8")
        return open_tender(tmp_path, rulebook, as_of=DAY)

    return write_and_open


def findings(case: Case, rule: str) -> list[Finding]:
    """Return a rule's finding on each offer, the same of both evaluators."""
    columns = assess_table(case.table, case.bound, case.purchase)
    made = [next(f for f in o.assessment.findings if f.rule == rule) for o in judge(case)]
    assert list(columns.outcomes[rule]) == [finding.outcome.value for finding in made]
    assert list(columns.states[rule]) == [finding.state.value for finding in made]
    return made


def test_lots_that_together_are_too_many_go_to_a_person(opened) -> None:
    """Each is small enough alone; a person says which has the units, whoever the sellers are."""
    offers = "id,seller,vintage,tonnes,remaining\nVCS1,A,2020,40,60\nVCS1,B,2021,30,60\n"
    first, second = findings(opened(offers), TOGETHER)
    assert (first.outcome, second.outcome) == (Outcome.FAIL, Outcome.FAIL)
    assert first.state is State.FAIL
    fitting = findings(opened(offers.replace(",30,", ",20,")), TOGETHER)
    assert [finding.outcome for finding in fitting] == [Outcome.PASS, Outcome.PASS]
    alone = findings(opened("id,vintage,tonnes,remaining\nVCS1,2020,40,30\n"), TOGETHER)
    assert [finding.outcome for finding in alone] == [Outcome.NOT_APPLICABLE]


def test_a_vintage_that_its_days_contradict_is_asked_for(opened) -> None:
    """The age of a vintage that nobody can tell is open, not as young as the seller says."""
    offers = "id,vintage,vintage_start,vintage_end,tonnes\nVCS1,2024,2012-01-01,2012-12-31,5\n"
    [finding] = findings(opened(offers), "vintage.age")
    assert finding.outcome is Outcome.UNKNOWN
    assert [(m.field, m.cause) for m in finding.missing] == [("vintage", Cause.SOURCES_CONTRADICT)]


@pytest.mark.parametrize(
    ("price", "currency", "rate", "outcome"),
    [
        ("17", "EUR", "2026-09-01", Outcome.PASS),  # 18.70 dollars
        ("18", "EUR", "2026-09-01", Outcome.FAIL),  # 19.80 dollars
        ("18", "USD", "2026-09-01", Outcome.PASS),
        ("10", "GBP", "2026-09-01", Outcome.UNKNOWN),
        ("17", "EUR", "2026-10-01", Outcome.UNKNOWN),
    ],
)
def test_a_price_in_another_currency_is_compared_by_the_rate_of_the_day(
    opened, price: str, currency: str, rate: str, outcome: Outcome
) -> None:
    """Never as bare numbers; without a rate, or before its day, the comparison is open."""
    offers = f"id,price,currency,tonnes\nVCS1,{price},{currency},5\n"
    [finding] = findings(opened(offers, f"currency: USD\n{RATES.replace('DAY', rate)}"), LIMIT)
    assert finding.outcome is outcome
    causes = {missing.field: missing.cause for missing in finding.missing}
    if outcome is Outcome.UNKNOWN:
        late = Cause.NOT_KNOWN_YET if currency == "EUR" else Cause.NOT_STATED
        assert causes == {"exchange_rate": late}


def test_the_officer_is_asked_for_a_rate_and_no_seller(opened) -> None:
    """What money is worth is the buyer's to state."""
    case = opened("id,price,currency,tonnes\nVCS1,10,EUR,5\n", "currency: USD\n")
    lines = explain_offer(case, "VCS1").explained.findings
    [line] = [line for line in lines if line.rule == LIMIT]
    [missing] = line.missing
    assert (missing.field, missing.who) == ("exchange_rate", Who.OFFICER)
    assert "State it with the purchase" in str(missing.question)


def test_a_limit_in_a_third_currency_asks_for_its_rate(opened) -> None:
    """Offer and purchase in euros, the limit in dollars: the officer states what a dollar is."""
    offers = "id,price,currency,tonnes\nVCS1,17,EUR,5\nVCS2,18,EUR,5\n"
    first, _ = findings(opened(offers, "currency: EUR\n"), LIMIT)
    assert [missing.field for missing in first.missing] == ["purchase.limit_exchange_rate"]
    stated = "currency: EUR\nlimit_exchange_rate: {value: 0.92, source: European Central Bank}\n"
    below, above = findings(opened(offers, stated), LIMIT)
    assert (below.outcome, above.outcome) == (Outcome.PASS, Outcome.FAIL)
