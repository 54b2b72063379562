"""Pages of comparable tonnes: drawings say what their tables say, places are honest, names harmless."""

import re
from collections import defaultdict
from datetime import date
from functools import cache
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from offsetcheck.api.request import Request
from offsetcheck.api.tonnes import Shown, shown_by, tonnes, tonnes_text
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.tonnes.charts import LETTERS
from offsetcheck.report.tonnes.places import MOST, order_chart
from offsetcheck.rulebook.load import load_rulebook

DAY = date(2026, 11, 27)
HEAD = (
    "id,name,project_type,tonnes,uncertainty_percent,leakage_percent,buffer_percent,"
    "monitoring_years,deductions_applied,quantity_timing,price,currency\n"
)
WOOD = "A1,Wood,afforestation_reforestation,1000,30,10,15,40,none,ex_post,20,EUR\n"
STOVES = "A2,Stoves,cookstoves,1000,25,5,,,none,ex_post,8,EUR\n"
CHAR = "A3,Char,biochar,400,5,0,,100,none,ex_post,150,EUR\n"
SILENT = "A4,Silent,cookstoves,,,,,,,,8,EUR\n"
HOSTILE = """"</desc><script>alert(1)</script>","=cmd|'!A1'`*_<b>",cookstoves,10,5,5,,,none,ex_post,1,"<i>"\n"""


@cache
def rulebook():
    return load_rulebook(bundled("rules"))


def view(folder, rows, offer=None, city="turku"):
    """Return the comparable tonnes of a list."""
    path = folder / "offers.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return tonnes(Request(path, city, DAY), rulebook(), offer)


def page(folder, rows, form="html", offer=None):
    return tonnes_text(view(folder, rows, offer), form)


def drawings(html):
    """Return the description and the texts of each drawing of a page."""
    found = re.findall(r'<svg class="(\w+)".*?<desc>(.*?)</desc>(.*?)</svg>', html, re.DOTALL)
    return [
        (kind, unescape(text), [unescape(one) for one in re.findall(r"<text[^>]*>(.*?)</text>", body)])
        for kind, text, body in found
    ]  # fmt: skip


def tables(html):
    """Return the cells of each table of a page without their tags."""
    plain = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", one, re.DOTALL)
             for one in re.findall(r"<table.*?</table>", html, re.DOTALL)]  # fmt: skip
    return [[unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in one] for one in plain]


def test_each_waterfall_says_what_its_table_says(tmp_path):
    """Every step and every amount that is drawn stands in the table beside it, and the other way."""
    html = page(tmp_path, WOOD + STOVES)
    falls = [one for one in drawings(html) if one[0] == "falling"][1:]
    beside = [one for one in tables(html) if one[:3] == ["Step", "Factor", "Tonnes that stay"]]
    assert len(falls) == len(beside) == 2 * 4
    for (_, text, drawn), cells in zip(falls, beside, strict=True):
        rows = [cells[start : start + 3] for start in range(3, len(cells), 3)]
        told = {label.split("  ")[0]: amount for label, _, amount in rows}
        told.pop("Price of a comparable tonne", None)
        assert dict(zip(drawn[::2], (one.removesuffix(" t") for one in drawn[1::2]), strict=True)) == {
            re.sub(r" (Open|An assumption of the city)$", "", label): amount
            for label, amount in told.items()
        }  # fmt: skip
        assert all(amount in text for amount in told.values())


def test_all_drawings_have_a_role_a_title_and_a_description(tmp_path):
    """What a screen reader is told of a drawing is a title and all of its numbers."""
    html = page(tmp_path, WOOD + STOVES + CHAR)
    found = re.findall(r"<svg (?![^>]*aria-hidden).*?>(.{15})", html)
    assert len(found) == 1 + 1 + 3 * 4
    assert all(one.startswith("<title>") for one in found)
    assert html.count('role="img"') == html.count("<desc>") == len(found)


@pytest.mark.parametrize("name", ["wood " * 12, "WOOD OF PINES " * 5, "松林松林" * 12])
def test_a_long_name_leaves_room_for_its_amount(name, tmp_path):
    """A drawing cuts a name by how wide its letters are, so that capitals do not lie over numbers."""
    chart = page(tmp_path, WOOD.replace("Wood", name.strip())).partition("<svg")[2]
    label, amount = re.search(r">(A1 [^<]*…)</text><text[^>]*>([^<]*)<", chart).groups()
    wide = sum(2 if ord(c) > 0x2E80 else 1.4 if c.isupper() else 1 for c in label)
    assert LETTERS - 4 < wide + len(amount) <= LETTERS


def test_places_are_ranges_where_ranges_overlap(tmp_path):
    """Under the time of storage wood and char may each be second; under the others each has a place."""
    order = view(tmp_path, WOOD + STOVES + CHAR).explained.order
    found = {
        column.treatment: {one.id: (one.first, one.last) for one in column.places}
        for column in order.columns
    }
    assert found == {
        "buffer": {"A1": (2, 2), "A2": (1, 1), "A3": (3, 3)},
        "tonne_year": {"A1": (2, 3), "A2": (1, 1), "A3": (2, 3)},
        "like_for_like": {"A1": (3, 3), "A2": (1, 1), "A3": (2, 2)},
        "none": {"A1": (2, 2), "A2": (1, 1), "A3": (3, 3)},
    }
    assert "A2 is first under each treatment, whatever is chosen." in order.told


def test_bars_of_places_stand_in_rows_and_fill_the_places_of_the_table(tmp_path):
    """Each offer has a row of its own; its bars begin and end where its places do, dark if certain."""
    seen = view(tmp_path, WOOD + STOVES + CHAR)
    chart = order_chart(seen.explained, defaultdict(str))
    for drawn, column in zip(chart["columns"], seen.explained.order.columns, strict=True):
        wide = (drawn["end"] - drawn["x"]) / 3
        assert len({mark["y"] for mark in drawn["marks"]}) == 3
        for mark, place in zip(drawn["marks"], column.places, strict=True):
            first = round((mark["x"] - drawn["x"]) / wide) + 1
            last = round((mark["x"] + mark["width"] - drawn["x"]) / wide)
            assert (first, last) == (place.first, place.last)
            assert mark["certain"] is (place.first == place.last)


def test_equal_offers_share_a_place(tmp_path):
    """Two offers alike have the same place for sure, and neither is before the other."""
    twin = STOVES.replace("A2", "B2")
    order = view(tmp_path, STOVES + twin + WOOD).explained.order
    places = {one.id: one for one in order.columns[0].places}
    assert (places["A2"].words, places["B2"].words) == ("1, shared", "1, shared")
    assert (places["A1"].first, places["A1"].last) == (3, 3)


def test_without_prices_offers_are_ordered_by_tonnes(tmp_path):
    """Where no offer states a price the most comparable tonnes come first."""
    rows = (STOVES + CHAR).replace(",8,EUR", ",,").replace(",150,EUR", ",,")
    order = view(tmp_path, rows).explained.order
    assert order.by == "tonnes"
    assert [one.id for one in order.columns[0].places] == ["A2", "A3"]


def test_prices_in_two_currencies_are_not_set_side_by_side(tmp_path):
    """A price in euros is not before or behind one in dollars: the order is by tonnes."""
    assert view(tmp_path, STOVES + CHAR.replace("EUR", "USD")).explained.order.by == "tonnes"


def test_an_offer_without_tonnes_has_no_place_and_says_so(tmp_path):
    """What states no tonnes is on the page with that, and in no order."""
    made = view(tmp_path, STOVES + CHAR + SILENT)
    assert made.explained.order.apart == ("A4",)
    html = tonnes_text(made, "html")
    assert "Without a place, for what is not stated: A4" in html
    assert "This offer states no tonnes" in html


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_hostile_name_stays_text(form, tmp_path):
    """Marks of HTML and Markdown in an id, a name and a currency are shown and not obeyed."""
    text = page(tmp_path, HOSTILE + STOVES, form)
    assert "<script>" not in text
    assert "<i>" not in text
    assert "`*_" not in text if form == "md" else "&lt;script&gt;" in text


def test_one_offer_shows_what_it_read_open(tmp_path):
    """The page of one offer has each step with formula and sources, and what was read at once."""
    html = page(tmp_path, WOOD, offer="A1")
    assert '<details class="rests" open>' in html
    assert "by the meaning of the field" in html
    assert "uncertainty_percent" in html
    assert "(TREES)" in html
    assert "How the order changes" not in html


def test_a_long_list_is_shown_in_part_and_says_so(tmp_path):
    """Behind the first hundred offers nothing is drawn; how many there are is said."""
    rows = "".join(STOVES.replace("A2", f"S{n}") for n in range(130))
    html = page(tmp_path, rows)
    assert html.count('<section class="offer">') == 100
    assert "The list has 130 offers" in html
    assert f"The places of more than {MOST} offers are not drawn" in html


def test_the_workbook_has_what_the_page_has(tmp_path):
    """Offers under each treatment, steps, inputs, choices and formulae are sheets, numbers as numbers."""
    made = view(tmp_path, WOOD + STOVES + SILENT)
    book = openpyxl.load_workbook(BytesIO(tonnes_text(made, "xlsx")))
    assert book.sheetnames == ["About", "Offers", "Steps", "Inputs", "Choices", "Formulae"]
    rows = list(book["Offers"].iter_rows(values_only=True))
    assert len(rows) == 1 + 2 * 4 + 1
    buffer = dict(zip(rows[0], rows[1], strict=True))
    assert buffer["Comparable tonnes: lowest"] == 535.5
    assert buffer["Comparable tonnes: highest"] == 765
    assert (buffer["Place: lowest"], buffer["Place: highest"]) == (2, 2)
    falls = [fall for offer in made.explained.offers for fall in offer.waterfalls]
    assert book["Steps"].max_row == 1 + sum(len(fall.steps) for fall in falls)
    assert [one.value for one in book["Choices"]["B"][1:]] == [
        one.parameter for one in made.explained.choices
    ]


def test_no_cell_of_the_workbook_is_a_formula(tmp_path):
    """A name that begins as a formula does is a text."""
    content = tonnes_text(view(tmp_path, HOSTILE + STOVES), "xlsx")
    cells = [
        cell for sheet in openpyxl.load_workbook(BytesIO(content)) for row in sheet for cell in row
    ]
    assert any(str(cell.value).startswith("=cmd") for cell in cells)
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("form", ["html", "md", "xlsx", "json"])
def test_the_same_offers_give_the_same_bytes(form, tmp_path):
    """Nothing of a page depends on the clock or on chance."""
    assert page(tmp_path, WOOD + STOVES, form) == page(tmp_path, WOOD + STOVES, form)


PURCHASE = """city: turku
stage: screening
claim: contribution
year: 2026
tonnes: 1000
currency: EUR
"""
DOLLARS = CHAR.replace("EUR", "USD")
RATE = "exchange_rates:\n  USD: {rate: 0.01, on: 2026-09-30, source: the bank}\n"


@pytest.mark.parametrize(
    ("told", "apart", "first"),
    [("", ("A3",), "A2"), (RATE, (), "A3"), (RATE.replace("2026", "2027"), ("A3",), "A2")],
    ids=["no rate", "a rate", "a rate of a later day"],
)
def test_one_bid_in_another_currency_does_not_turn_the_order_of_all(told, apart, first, tmp_path):
    """Prices in the purchase's currency stay side by side; another counts by the purchase's rate."""
    (tmp_path / "purchase.yaml").write_text(PURCHASE + told, encoding="utf-8")
    (tmp_path / "offers.csv").write_text(HEAD + STOVES + WOOD + DOLLARS, encoding="utf-8")
    order = tonnes(Request(tmp_path, None, DAY), rulebook()).explained.order
    assert (order.by, order.apart) == ("price", apart)
    assert "(EUR)" in order.words
    assert order.columns[-1].places[0].id == first


def test_a_price_without_a_currency_does_not_turn_the_order_of_all(tmp_path):
    """Who leaves the currency out has no place; the others stay ordered by price."""
    order = view(tmp_path, STOVES + WOOD + CHAR.replace(",EUR", ",")).explained.order
    assert (order.by, order.apart) == ("price", ("A3",))


def many(folder):
    """A list longer than a page, of which some state no tonnes and some no price."""
    kinds = [row.split(",", 1)[1].rstrip() for row in (WOOD, STOVES, CHAR, SILENT)]
    rows = [f"B{number},{kinds[number % 4]}\n" for number in range(130)]
    rows += [f"C{number},Free,cookstoves,{100 + number},20,5,,,,,,\n" for number in range(5)]
    path = folder / "many.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return Request(path, "turku", DAY)


@pytest.mark.parametrize("form", ["html", "md", "text"])
def test_a_long_list_explained_as_far_as_it_is_shown_gives_the_same_page(tmp_path, form):
    """What is explained for nobody is missed by nobody: order, places and counts are those of all."""
    request = many(tmp_path)
    whole = tonnes(request, rulebook())
    shown = tonnes(request, rulebook(), None, shown_by(form))
    assert tonnes_text(shown, form) == tonnes_text(whole, form)
    assert shown.explained.count == len(whole.explained.offers) == 135
    assert shown_by(form) is not Shown.WHOLE


def test_a_page_explains_no_more_than_it_shows(tmp_path):
    """A hundred offers whole and their places; in the terminal each in short, without steps."""
    request = many(tmp_path)
    first = tonnes(request, rulebook(), None, Shown.FIRST).explained
    assert len(first.offers) == 100
    told = min(100, first.order.placed)
    assert [len(column.places) for column in first.order.columns] == [told] * 4
    short = tonnes(request, rulebook(), None, Shown.SHORT).explained
    assert len(short.offers) == 135
    assert not any(fall.steps for one in short.offers for fall in one.waterfalls)


def test_templates_of_a_city_and_data_get_every_offer(tmp_path):
    """Whoever writes templates, or reads the data, misses nothing."""
    assert shown_by("html", tmp_path) is Shown.WHOLE
    assert shown_by("json") is shown_by("xlsx") is Shown.WHOLE


def test_offers_without_a_place_behind_the_first_are_counted(tmp_path):
    """A page names a hundred of them and counts the others."""
    rows = [f"D{number},Silent,cookstoves,,,,,,,,8,EUR\n" for number in range(120)]
    path = tmp_path / "silent.csv"
    path.write_text(HEAD + WOOD + STOVES + "".join(rows), encoding="utf-8")
    made = tonnes(Request(path, "turku", DAY), rulebook(), None, Shown.FIRST)
    assert made.explained.order.without == 120
    assert "D99 (+20)" in tonnes_text(made, "html")


@pytest.mark.parametrize(
    ("price", "currency", "stated", "comparable"),
    [("1500", "JPY", "1,500 JPY", "1,961 to 2,801 JPY"), ("20", "EUR", "20 EUR", "26.14 to 37.35 EUR"),
     ("0.0142", "EUR", "0.014 EUR", "0.019 to 0.027 EUR"), ("0.4", "JPY", "0.4 JPY", "0.52 to 0.75 JPY"),
     ("1.2345", "KWD", "1.234 KWD", "1.614 to 2.305 KWD")],
)  # fmt: skip
def test_a_price_has_the_decimals_of_its_currency(tmp_path, price, currency, stated, comparable):
    """Yen have no hundredths, dinars have thousandths, and a tiny price is not rounded to a cent."""
    row = WOOD.replace("A1,", "A9,").replace(",20,EUR", f",{price},{currency}")
    offer = view(tmp_path, row, "A9").explained.offers[0]
    assert (offer.stated_price.words, offer.waterfalls[0].price.words) == (stated, comparable)


@pytest.mark.parametrize("form", ["html", "md", "text"])
def test_what_an_offer_states_against_a_table_stands_beside_it(tmp_path, form):
    """A reader sees that the statement contradicts the table of the programme, and what to ask."""
    head, row = HEAD.replace("price,", "programme,price,"), WOOD.replace(",20,EUR", ",VCS,20,EUR")
    path = tmp_path / "offers.csv"
    path.write_text(head + row, encoding="utf-8")
    said = tonnes_text(tonnes(Request(path, "turku", DAY), rulebook(), "A1"), form)
    assert "contradicts a table" in said
    assert "contradicts a table" not in page(tmp_path, WOOD, form, "A1")


def marks(html):
    """How many marks of a middle the waterfalls of a page have."""
    drawn = re.findall(r'<svg class="falling".*?</svg>', html, re.DOTALL)
    return [one.count("<circle") for one in drawn]


def test_the_middle_of_open_choices_is_drawn_and_told(tmp_path):
    """Nobody chose a chance: each bar behind the first has a mark, and the text says its number."""
    html = page(tmp_path, WOOD, offer="A1")
    fall = view(tmp_path, WOOD, "A1").explained.offers[0].waterfalls[0]
    assert fall.central is not None
    assert marks(html)[0] == sum(one.tonnes.low != one.tonnes.high for one in fall.steps) + 1
    assert fall.central_words in drawings(html)[0][1]


def test_what_nobody_states_has_no_middle_drawn(tmp_path):
    """Half of anything would look like knowledge."""
    html = page(tmp_path, "A8,Bare,cookstoves,500,,,,,,,8,EUR\n", offer="A8")
    assert set(marks(html)) == {0}
