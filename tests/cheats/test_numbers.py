"""Tonnes, vintages, money and days that are written to be read as something else."""

import json

import pytest

from cheats.honest import DAY, FOREST, OZONE, PURCHASE
from cheats.tender import confirmed, judge_folder, write_tender


@pytest.mark.parametrize("tonnes", ["0", "-800", "1e15", "800 - 900", "=800*1"])
def test_tonnes_that_are_no_tonnes(sell, tonnes):
    """None, fewer than none, absurdly many, or a span: a problem, and no sale."""
    offer = OZONE | {"tonnes": tonnes}
    judged = sell(offer, evidence=confirmed(OZONE))
    assert not judged.signs()
    assert "tonnes" in judged.told()


@pytest.mark.parametrize(("tonnes", "read"), [("0.8 kt", 800), ("1.234", 1.234)])
def test_tonnes_are_what_the_file_shows_them_to_be(sell, tonnes, read):
    """A unit is turned into tonnes, and a point is what the prices beside it prove it to be."""
    judged = sell(OZONE | {"tonnes": tonnes}, evidence=confirmed(OZONE))
    assert judged.fact("tonnes").value == read


def test_two_lots_beyond_what_is_left(sell):
    """Two lots that each fit the ledger are together more than it has left: neither is signed."""
    first = OZONE | {"tonnes": "200000"}
    second = first | {  # the vintage's second issuance
        "vintage_start": "2025-05-01",
        "vintage_end": "2025-08-31",
        "monitoring_end": "2025-08-31",
        "issuance_date": "2025-10-31",
        "serials": "ACR-FR-1950-2025-2-300000 to 499999",
    }
    judged = sell(first, second)
    assert not any(judged.signs(offer) for offer in judged.offers)
    assert all("400,000" in judged.page(offer) for offer in judged.offers)


@pytest.mark.parametrize(
    "days",
    [
        {"vintage_start": "2016-01-15", "vintage_end": "2016-04-30"},
        {"vintage_start": "2025-04-30", "vintage_end": "2025-01-15"},
        {"vintage_start": "2020-01-01", "vintage_end": "2025-04-30"},
        {"vintage": "2020", "vintage_start": "2020-01-01", "vintage_end": "2025-04-30"},
    ],
    ids=["another year", "the wrong way round", "six years", "six years, the first named"],
)
def test_days_outside_the_vintage(sell, days):
    """A lot whose days lie outside its vintage is not signed, and the days are named."""
    judged = sell(OZONE | days)
    assert not judged.signs()
    assert judged.fact("vintage").value is None
    assert "the vintage counts as unknown" in judged.told()


def test_a_lot_over_the_turn_of_a_year(sell):
    """A lot that runs from one year into the next is of a vintage that either year names."""
    days = {"vintage_start": "2024-07-01", "vintage_end": "2025-04-30"}
    judged = sell(OZONE | days)
    assert judged.fact("vintage").value == 2025
    assert "vintage" not in judged.told()


@pytest.mark.parametrize("vintage", ["2015-2025", "2015 to 2025", "2025 (2015)", "25", "2051"])
def test_a_vintage_that_is_no_year(sell, vintage):
    """A vintage that is a range of years, two years or none is not signed."""
    judged = sell(OZONE | {"vintage": vintage})
    assert not judged.signs()


@pytest.mark.parametrize(
    "unit",
    [
        {"unit_type": "PIU"},
        {"unit_type": "Pending Issuance Unit"},
        {"delivery": "forward"},
        {"delivery": "ex-ante"},
        {"issuance_date": "2027-02-01", "delivery": "spot"},
        {"issuance_date": "2024-12-01"},
    ],
    ids=["pending", "pending in words", "forward", "ex-ante", "issued later", "issued before"],
)
def test_units_that_are_not_issued(sell, unit):
    """Units that are pending, forward or issued on an impossible day are not sold as issued."""
    assert not sell(OZONE | unit).signs()


@pytest.mark.parametrize("day", ["3/4/2025", "04.03.25", "2025-02-30", "spring 2025"])
def test_a_day_with_two_readings(sell, day):
    """A day of issuance with two readings, or none, is a problem and is not guessed."""
    judged = sell(OZONE | {"issuance_date": day}, evidence=confirmed(OZONE))
    assert judged.fact("issuance_date").value is None
    assert "issuance_date" in judged.told()


@pytest.mark.parametrize("budget", ["500.000", "5.000.00"])
def test_a_budget_with_two_readings(sell, budget):
    """A budget of half a million is not read as five hundred: what has two readings is refused."""
    lines = json.dumps(PURCHASE | {"budget": "BUDGET"}, indent=1).replace('"BUDGET"', budget)
    judged = sell(OZONE, purchase=lines)
    assert budget in judged.told()
    assert judged.case.purchase.value("budget") is None


@pytest.mark.parametrize(
    "money",
    [
        {"price": "18", "currency": "EUR"},
        {"price": "18", "currency": "KWD"},
        {"price": "18", "currency": ""},
        {"price": "18", "currency": "CARBON"},
        {"price": "-18", "currency": "USD"},
    ],
    ids=["euro", "dinar", "no currency", "none that exists", "below zero"],
)
def test_a_price_in_another_currency_than_its_limit(sell, money):
    """A price below the limit in number only, in another or no currency, does not clear the limit."""
    city = PURCHASE | {"city": "palo_alto", "currency": "USD"}
    judged = sell(OZONE | money, purchase=city)
    assert judged.state("procurement.price_limit") != "clear"


@pytest.mark.parametrize("currency", ["CARBON", "XXX", "EURO$", "BTC"])
def test_a_currency_that_is_none(sell, currency):
    """A currency that does not exist is a located problem."""
    judged = sell(OZONE | {"currency": currency})
    assert "currency" in judged.told()


def test_a_key_twice_in_json(tmp_path, rulebook):
    """A bid in JSON that states the tonnes twice is told, and neither is silently taken."""
    folder = write_tender(tmp_path / "tender", OZONE)
    (folder / "offers.csv").unlink()
    row = json.dumps(OZONE)
    twice = row.removesuffix("}") + ', "registry_status": "withdrawn", "tonnes": "200000"}'
    (folder / "offers.json").write_text(f"[{twice}]", encoding="utf-8")
    said = _told(folder, rulebook)
    assert "tonnes" in said
    assert "twice" in said or "second" in said or "duplicate" in said


def test_shares_given_as_percent(sell):
    """A share of 80 where the field asks for a part of one is refused, not cut to the best value."""
    judged = sell(FOREST | {"carbon_revenue_share": "80"}, evidence=confirmed(FOREST))
    assert judged.fact("carbon_revenue_share").value is None
    assert "carbon_revenue_share" in judged.told()


@pytest.mark.parametrize("years", ["1e6", "-40", "forty", "40-100", "100 months"])
def test_years_of_storage_that_are_none(sell, years):
    """A term of storage that is absurd, a range or in months does not reach the floor."""
    offer = FOREST | {"monitoring_years": years}
    judged = sell(offer, evidence=confirmed(FOREST))
    assert not judged.signs()
    assert "monitoring_years" in judged.told()


def _told(folder, rulebook):
    from offsetcheck import InputError

    try:
        return judge_folder(folder, rulebook, day=DAY).told()
    except InputError as error:
        return str(error)
