"""Currencies and the purchase's own rates: what one unit of each is worth, and who may say so."""

from datetime import date

import pytest

from offsetcheck.intake.normalise.currencies import read_currency
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.intake.tender.purchase import read_purchase
from offsetcheck.intake.tender.rates import with_rates
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.problem import UnreadableError

USD = "  USD: {rate: 0.92, on: 2026-09-01, source: European Central Bank}\n"


@pytest.fixture
def priced(own_dictionary):
    """Read a purchase and a bid sheet, and return the table, the purchase and what was odd."""

    def read(purchase: str, bids: str):
        made, problems = read_purchase(purchase.encode(), "purchase.yaml", own_dictionary)
        offers = offers_of_bytes(bids.encode(), "offers.csv", own_dictionary)
        table = with_rates(offers, made, own_dictionary)
        return table, [*map(str, problems), *map(str, table.problems)]

    return read


def rates(table) -> list[Fact]:
    """Return the rate of each row."""
    return [table.fact("exchange_rate", row) for row in range(len(table))]


BIDS = "id,price,currency\nVCS1,10,USD\nVCS2,10,EUR\n"


def test_a_price_is_turned_by_the_purchases_dated_rate(priced) -> None:
    """The purchase's own currency is worth one of itself; the other has its rate, day and source."""
    table, odd = priced(f"currency: EUR\nexchange_rates:\n{USD}", BIDS)
    other, own = rates(table)
    assert (other.value, other.grade, other.as_of) == (0.92, EvidenceGrade.E1, date(2026, 9, 1))
    assert (other.source, str(other.place)) == ("European Central Bank", "purchase.yaml:3:15")
    assert (own.value, own.as_of) == (1.0, None)
    assert odd == []


def test_a_currency_without_a_rate_is_open(priced) -> None:
    """The offer is told, and the officer what to write."""
    table, odd = priced("currency: EUR\n", BIDS)
    assert [(fact.value, fact.cause) for fact in rates(table)] == [
        (None, Cause.NOT_STATED),
        (1.0, None),
    ]
    [said] = odd
    assert said.startswith("offers.csv:2 (column “currency”): a price is in USD, for which")
    assert "write `USD: {rate: …, on: 2026-09-30, source: …}` under `exchange_rates:`" in said


def test_without_a_purchase_nothing_is_compared(priced) -> None:
    """A list judged alone names no currency to compare in, which is no fault of its own."""
    table, odd = priced("city: turku\n", BIDS)
    assert [fact.value for fact in rates(table)] == [None, None]
    assert odd == []


def test_a_seller_does_not_say_what_money_is_worth(priced) -> None:
    """A column of rates in the offers is told and does not count."""
    bids = "id,price,currency,exchange_rate\nVCS1,100,USD,0.01\n"
    table, odd = priced(f"currency: EUR\nexchange_rates:\n{USD}", bids)
    assert rates(table)[0].value == 0.92
    assert any("an offer's own rate of exchange does not count" in said for said in odd)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("  USD: {rate: 1.234, on: 2026-09-01, source: bank}\n", "can be read as two numbers"),
        ("  USD: {rate: 0, on: 2026-09-01, source: bank}\n", "a number above zero, not `0`"),
        ("  USD: {rate: -1, on: 2026-09-01, source: bank}\n", "a number above zero, not `-1`"),
        ("  USD: {rate: 0.9, on: 03/04/2026, source: bank}\n", "can be read as two days"),
        ("  USD: {rate: 0.9, on: 2026-09-01}\n", "`source` is missing"),
        ("  USD: 0.92\n", "purchase.yaml:3"),
        ("  EURO: {rate: 1, on: 2026-09-01, source: bank}\n", "is the purchase's own currency"),
        ("  XXX: {rate: 1, on: 2026-09-01, source: bank}\n", "is no currency"),
    ],
)
def test_what_is_wrong_with_a_rate_is_located_and_does_not_count(priced, entry, said) -> None:
    """Every mistake has its line, and the rate stays unknown."""
    table, odd = priced(f"currency: EUR\nexchange_rates:\n{entry}", BIDS)
    assert rates(table)[0].value is None
    [problem] = [text for text in odd if text.startswith("purchase.yaml:3")]
    assert said in problem


def test_rates_need_the_purchases_currency(priced) -> None:
    """A rate into nothing says nothing."""
    _, odd = priced(f"exchange_rates:\n{USD}", BIDS)
    assert any("the purchase's currency, which is not stated" in text for text in odd)


@pytest.mark.parametrize("text", ["XXX", "XTS", "XAU", "XDR", "ABC", "$", "EUROPE"])
def test_what_nobody_pays_with_is_no_currency(text: str) -> None:
    """Metals, tests and the code for none stand in the list of codes, and are none."""
    with pytest.raises(UnreadableError, match="no currency"):
        read_currency(text)


@pytest.mark.parametrize(
    ("text", "code"), [("EURO", "EUR"), ("xof", "XOF"), ("XCD", "XCD"), ("US$", "USD"), ("-", None)]
)
def test_what_is_paid_with_has_one_code(text: str, code: str | None) -> None:
    """Also where several countries share it."""
    assert read_currency(text) == code
