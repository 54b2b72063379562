"""The award view as a table and as a workbook: what the page says, in rows that can be sorted."""

import csv
import io

import openpyxl
import pytest

from offsetcheck.report.award_rows import named_sets
from offsetcheck.report.render import render
from world import award_explained, cell, made_setting, offer, offers, purchase

WORDS = made_setting().wording.words
ATTACK = "=cmd|' /C calc'!A0"


def bought():
    return purchase(tonnes=900, budget=8000, currency="EUR")


def viewed(candidates=None):
    """Return the award view of offers whose prices are in the currency of the purchase."""
    given = offers() if candidates is None else candidates
    own = {key: one.with_facts({"exchange_rate": cell(1.0)}) for key, one in given.items()}
    return award_explained(own, bought())


def table(explained):
    return list(csv.DictReader(io.StringIO(render(explained, "csv", WORDS))))


def book(explained):
    return openpyxl.load_workbook(io.BytesIO(render(explained, "xlsx", WORDS)))


def sheet(explained, name):
    head, *rows = book(explained)[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def of(rows, record):
    return [row for row in rows if row["record"] == record]


def test_the_table_has_each_offer_with_what_each_set_takes_of_it():
    """Tonnes, price, grade and conditions of an offer stand in its row, and its part of each set."""
    explained = viewed()
    rows = of(table(explained), "offer")
    assert [row["id"] for row in rows] == [
        line.id for line in (*explained.offers, *explained.undecided)
    ]
    for name, made in named_sets(explained):
        taken = {row["id"]: int(row[f"taken_{name}"]) for row in rows}
        assert {offer: t for offer, t in taken.items() if t} == {x.id: x.tonnes for x in made.lots}
        assert sum(taken.values()) == made.tonnes
    for row, line in zip(rows, (*explained.offers, *explained.undecided), strict=True):
        assert (row["price"], row["grade"]) == (line.price, line.grade)
        assert row["conditions"] == "; ".join(line.conditions)
        assert bool(line.conditions) == (line.verdict.verdict == "eligible_with_conditions")


def test_the_table_has_reserves_and_the_limits_that_hold():
    """Each set's reserve list stands there in its order, and each limit that holds the set."""
    explained = viewed()
    rows = table(explained)
    sets = named_sets(explained)
    assert any(made.holds for _, made in sets)
    assert any(made.reserve for _, made in sets)
    for name, made in sets:
        own = [row for row in rows if row["set"] == name]
        assert [row["id"] for row in of(own, "reserve")] == [line.id for line in made.reserve]
        assert tuple(row["words"] for row in of(own, "holds")) == made.holds


def test_the_workbook_says_the_same_in_numbers():
    """Prices, costs and tonnes are numbers there; sets, what holds them and limits have sheets."""
    explained = viewed()
    assert book(explained).sheetnames == ["About", "Offers", "What holds", "Reserve list", "Limits"]
    rows = sheet(explained, "Offers")
    for row, line in zip(rows, (*explained.offers, *explained.undecided), strict=True):
        assert (row["Id"], row["Tonnes"], row["Price"]) == (line.id, line.tonnes, float(line.price))
    cheapest = explained.sets[0]
    assert sum(row[cheapest.title] for row in rows) == cheapest.tonnes
    assert [row["Value"] for row in sheet(explained, "Limits")] == [
        x.value for x in explained.limits
    ]
    held = [row["What holds this set"] for row in sheet(explained, "What holds")]
    assert set(held) >= {words for _, made in named_sets(explained) for words in made.holds}


@pytest.mark.parametrize("candidates", [{}, {"bare": offer(tonnes=None, price=None)}])
def test_nothing_to_choose_among_is_a_table_without_offers(candidates):
    """Without an offer that can be counted, both have their headings and say why."""
    explained = viewed(candidates)
    assert table(explained) == []
    assert sheet(explained, "Offers") == []
    about = [row[1].value for row in book(explained)["About"].iter_rows()]
    assert " ".join(explained.summary) in about


def test_a_strangers_text_runs_in_neither():
    """The name of a project that is a formula is a text in the table and in the workbook."""
    named = {key: one.with_facts({"name": cell(ATTACK)}) for key, one in offers().items()}
    explained = viewed(named)
    assert {row["name"][:2] for row in of(table(explained), "offer")} == {"'="}
    for row in book(explained)["Offers"].iter_rows(min_row=2):
        assert row[1].value == ATTACK
        assert row[1].data_type == "s"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_both_are_the_same_to_the_byte(form):
    """The same view gives the same bytes."""
    assert render(viewed(), form, WORDS) == render(viewed(), form, WORDS)
