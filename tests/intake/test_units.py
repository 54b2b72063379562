"""What a heading or a cell says of the unit of a number counts, or the number is refused."""

import pytest

from offsetcheck.intake.headings.qualifiers import parse
from offsetcheck.intake.normalise.units import base_of, into, unit_of
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.problem import Severity


@pytest.fixture
def offer(own_dictionary):
    """Return a function that reads one offer of some columns."""

    def read(**columns):
        headers = [name.replace("__", " ") for name in columns]
        cells = [str(cell) for cell in columns.values()]
        text = "\t".join(["id", *headers]) + "\n" + "\t".join(["VCS1", *cells]) + "\n"
        return offers_of_bytes(text.encode(), "offers.tsv", own_dictionary)

    return read


def read_one(offer, header, cell, field, **others):
    table = offer(**{header: cell}, **others)
    seen = next(column for column in table.reading.columns if column.header == header)
    return table.columns[field].values[0], seen.converted, table


@pytest.mark.parametrize(
    ("header", "cell", "tonnes", "said"),
    [
        ("Volume (kt)", "1.5", 1500, "kt: × 1,000"),
        ("Volume ('000 tCO2e)", "12", 12000, "'000 tCO2e: × 1,000"),
        ("Volume (Mt)", "0.3", 300000, "Mt: × 1,000,000"),
        ("Volume (short tons)", "1000", 907.18474, "short tons: × 0.90718474"),
        ("Volume (kg)", "5000", 5, "kg: ÷ 1,000"),
        ("Volume (tC)", "300", 1100, "tC: × 3.666666667"),
        ("Volume (million tonnes)", "2", 2000000, "million tonnes: × 1,000,000"),
        ("Volume (tCO2e)", "1500", 1500, None),
        ("Volume (VCUs)", "1500", 1500, None),
        ("Volume", "1.5 kt", 1500, None),
        ("Volume (kt)", "1.5 kt", 1500, "kt: × 1,000"),
        ("Volume (t)", "2 million t", 2000000, None),
        ("Volume", "10 000 t CO2e", 10000, None),
    ],
)  # fmt: skip
def test_tonnes_are_tonnes_whatever_their_unit(offer, header, cell, tonnes, said):
    """The value is converted, the account says how, and the cell stays as it was written."""
    value, converted, table = read_one(offer, header, cell, "tonnes")
    assert (value, converted) == (tonnes, said)
    assert table.candidate(0).fact("tonnes").raw == cell


@pytest.mark.parametrize(
    ("header", "cell", "wanted", "said"),
    [
        ("Price (US cents/t)", "950", (9.5, "USD"), "US cents/t: ÷ 100"),
        ("Price per kg", "0.012", (12, None), "per kg: × 1,000"),
        ("Price (SEK)", "120", (120, "SEK"), None),
        ("Price (EUR/t, excl. VAT)", "9.5", (9.5, "EUR"), None),
        ("Price (EUR/tC)", "44", (12, "EUR"), "EUR/tC: × 0.2727272727"),
        ("Price (USD total)", "4750", (9.5, "USD"), "USD total: ÷ the tonnes of the lot"),
        ("Price (per lot)", "4750", (9.5, None), "per lot: ÷ the tonnes of the lot"),
        ("Price", "USD 9.50/t", (9.5, "USD"), None),
        ("Price", "27,-", (27, None), None),
    ],
)  # fmt: skip
def test_a_price_is_for_a_tonne_whatever_it_is_stated_for(offer, header, cell, wanted, said):
    """A price of the lot is divided by the tonnes of its row."""
    value, converted, table = read_one(offer, header, cell, "price", tonnes="500")
    assert (value, table.candidate(0).value("currency")) == wanted
    assert converted == said


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("Volume (MT)", "500", "tonnes"),
        ("Volume (gallons)", "500", "tonnes"),
        ("Volume (tCO2e/year)", "500", "tonnes"),
        ("Volume (years)", "500", "tonnes"),
        ("Price (EUR/t incl. VAT)", "9.5", "price"),
        ("Price per MWh", "9.5", "price"),
        ("Price (USD total)", "4750", "price"),
        ("Volume (kt)", "1500 t", "tonnes"),
        ("Volume", "500 MT", "tonnes"),
        ("Volume", "30-40", "tonnes"),
        ("Volume", "> 100", "tonnes"),
        ("Volume", "2026-01-02", "tonnes"),
        ("Price", "12 years", "price"),
        ("rating", "A", "rating"),
        ("rating", "1", "rating"),
        ("rating", "4", "rating"),
        ("start_date", "45123", "start_date"),
    ],
)
def test_what_cannot_be_converted_is_refused_with_its_cell(offer, header, cell, field):
    """The field is not stated, the raw cell is kept, and an error names the column."""
    table = offer(**{header: cell, "developer": "a"})
    if field in table.columns:
        fact = table.candidate(0).fact(field)
        assert (fact.value, fact.raw) == (None, cell)
    [seen] = [column for column in table.reading.columns if column.header == header]
    told = {problem.severity for problem in table.problems if problem.place.field == header}
    assert seen.field is None or (seen.lost == 1 and Severity.ERROR in told)


@pytest.mark.parametrize(("cell", "share"), [("6/8", 0.75), ("3 of 5", 0.6), ("75 %", 0.75), ("100%", 1.0), ("0.5", 0.5)])  # fmt: skip
def test_a_rating_is_a_share_of_its_scale(offer, cell, share):
    """As a fraction or in percent."""
    assert offer(rating=cell).columns["rating"].values == [share]


@pytest.mark.parametrize("cell", ["100+ years", ">100", "≥ 100", "at least 100", "100 years or more", "100-150"])  # fmt: skip
def test_a_stated_minimum_is_the_value_where_more_is_never_worse(offer, cell):
    """The dictionary says of which fields; for others a bound is refused."""
    table = offer(durability_years=cell)
    assert table.columns["durability_years"].values == [100]
    assert table.candidate(0).fact("durability_years").raw == cell
    refused = offer(hazard_return_years=cell)
    assert refused.columns["hazard_return_years"].values == [None]
    assert offer(durability_years="< 100").columns["durability_years"].values == [None]


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("2019-2020", (2019, 2020)), ("2019–2021", (2019, 2020, 2021)), ("2019/20", (2019, 2020)),
        ("2019, 2020", (2019, 2020)), ("2019 & 2021", (2019, 2021)),
        ("01/01/2019 - 31/12/2020", (2019, 2020)),
    ],
)  # fmt: skip
def test_a_vintage_of_several_years_is_one_of_them(offer, cell, years):
    """Its first and last day are those of the first and last year."""
    table = offer(vintage=cell)
    fact = table.candidate(0).fact("vintage")
    assert (fact.value, fact.possible, fact.raw) == (None, years, cell)
    assert str(table.candidate(0).value("vintage_start")) == f"{years[0]}-01-01"
    assert str(table.candidate(0).value("vintage_end")) == f"{years[-1]}-12-31"
    stated = offer(vintage=cell, vintage_end="2020-06-30")
    assert str(stated.candidate(0).value("vintage_end")) == "2020-06-30"


@pytest.mark.parametrize("cell", ["2019+", "2021-2019", "2019-05", "19/20"])
def test_a_vintage_that_is_no_range_is_refused(offer, cell):
    """What may be a month, or has no end, is no year."""
    assert offer(vintage=cell, developer="a").columns["vintage"].values == [None]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Volume (kt)", "Volume"), ("volume_tco2e", "volume"), ("Price, EUR/t", "Price"),
        ("Price (USD) per tonne", "Price"), ("Price/tCO2e", "Price"), ("EUR/t", ""),
        ("Sustainable Development Goal(s)", "Sustainable Development Goal"),
        ("Country/Area", "Country/Area"), ("Spot/forward", "Spot/forward"),
        ("Volume per year", "Volume"), ("Total price (USD)", "price"), ("Estimated annual (tCO2e/yr)", "Estimated annual"),
        ("x" * 500, "x" * 500),
    ],
)  # fmt: skip
def test_a_heading_is_a_name_and_what_it_says_beside_it(header, name):
    """Brackets and units at the end are no part of the name."""
    assert parse(header)[0] == name


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("t CH4 (AR5)", 28), ("t CH4, AR4", 25), ("tonnes of methane SAR", 21), ("tN2O AR6", 273),
        ("t N₂O (IPCC AR5)", 265), ("t fossil CH4 (AR6)", 29.8), ("t non-fossil CH4 AR6", 27),
        ("t C", 44 / 12),
    ],
)  # fmt: skip
def test_a_gas_is_turned_into_carbon_dioxide_by_the_report_that_is_stated(text, factor):
    """Methane and nitrous oxide count by a stated set of warming potentials."""
    assert into(unit_of(text), base_of("tCO2e")) == factor


@pytest.mark.parametrize(
    "text", ["t CH4", "t N2O", "tonnes of methane", "t CH4 (AR6)", "t CH4 (AR9)"]
)
def test_a_gas_without_one_number_is_no_unit(text):
    """Without a set nothing is converted, nor where the set has two numbers for methane."""
    assert unit_of(text) is None
