"""A tender with sinks is balanced: the page's example runs, and the sample says what it is."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.balance import balance, balance_text
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.request import Request
from offsetcheck.vocabulary.problem import InputError, RequestError

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs" / "sinks.md").read_text("utf-8")
DAY = date(2026, 11, 27)


@pytest.fixture
def folder(tmp_path):
    """Return the folder whose files docs/sinks.md shows."""
    for name, text in re.findall(r"^```\w+ (\S+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def made(folder, **changes):
    city = changes.pop("city", None)
    return balance(Request(folder, city, DAY, **changes), open_rulebook())


def terms(view, index=0):
    return {line.term: line.tonnes.central for line in view.explained.terms[index].lines}


def test_the_page_shows_what_the_command_prints(folder):
    """Each block of text of docs/sinks.md stands in what its example prints."""
    printed = balance_text(made(folder), "text")
    shown = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert len(shown) == 2
    assert [block for block in shown if block not in printed] == []


def test_the_worked_case_is_a_term_of_the_balance(folder):
    """With the choices of the worked case its offer covers 692 t, and the sink counts 1,691 t."""
    (folder / "mine").mkdir()
    (folder / "mine" / "city.yaml").write_text(
        "id: mine\nextends: turku\nname: {en: Mine}\nparameters:\n"
        "  shared.tonnes_permanence: {value: buffer, source: {standing: design}}\n"
        "  shared.tonnes_confidence: {value: 0.7, source: {standing: design}}\n",
        "utf-8",
    )
    view = made(folder, city=str(folder / "mine"))
    chosen = [one for one in view.explained.terms if one.chosen]
    assert [one.treatment for one in chosen] == ["buffer"]
    found = {line.term: line.tonnes.central for line in chosen[0].lines}
    assert round(found["offers"]) == 692
    assert found["sinks"] == pytest.approx(2200 * 0.904362 * 0.85, abs=0.1)
    assert found["remains"] == pytest.approx(6000 - found["sinks"] - found["offers"], abs=0.1)


def test_terms_come_to_what_remains(folder):
    """Emissions less own sinks are the need, and less offers what remains."""
    found = terms(made(folder))
    assert found == {
        "emissions": 6000, "sinks": 2200, "need": 3800, "own": 0, "offers": 1000, "remains": 2800,
    }  # fmt: skip


def test_a_year_that_is_covered_says_so(folder):
    """Where own sinks and offers come to the emissions the balance is at zero and says so."""
    said = (folder / "sinks.yaml").read_text("utf-8")
    (folder / "sinks.yaml").write_text(said.replace("6000", "3200"), "utf-8")
    first, *measured = made(folder).explained.terms
    assert (first.outcome, first.lines[-1].tonnes.central) == ("clear", 0)
    assert {one.outcome for one in measured} == {"shut"}


@pytest.mark.parametrize(
    ("column", "value", "counted", "reason"),
    [
        (
            "counted_in_inventory",
            "yes",
            (0, 0),
            "The city's inventory counts this reduction already.",
        ),
        ("in_city_boundary", "yes", (0, 1000), "It lies inside the city's boundary"),
        (
            "name",
            "WOODLAND in the North",
            (0, 1000),
            "It has the name of the city's own sink north",
        ),
    ],
)
def test_an_offer_that_is_a_sink_of_the_city_does_not_count_again(
    folder, column, value, counted, reason
):
    """An offer that the inventory counts is in no term, and one that may be counted is open."""
    text = f"id,name,tonnes,{column}\nA1,Wood,1000,{value}\n"
    if column == "name":
        text = f"id,name,tonnes\nA1,{value},1000\n"
    (folder / "offers.csv").write_text(text, "utf-8")
    view = made(folder)
    offers = next(line.tonnes for line in view.explained.terms[0].lines if line.term == "offers")
    assert (offers.low, offers.high) == counted
    assert reason in view.explained.offers[0].gates[0].words


def test_an_offer_without_tonnes_covers_nothing(folder):
    """An offer that states no tonnes is in the list and covers nothing."""
    (folder / "offers.csv").write_text("id,name\nA1,Wood\n", "utf-8")
    view = made(folder)
    assert terms(view)["offers"] == 0
    assert "A1: states no tonnes" in balance_text(view, "text")


def test_what_may_be_bought_stands_beside_the_terms():
    """The sample's eligible offers may be bought surely, undecided ones perhaps, refused ones not."""
    view = balance(
        Request(REPOSITORY / "samples" / "turku", None, date(2026, 9, 30)), open_rulebook()
    )
    sums = {}
    for offer in view.explained.offers:
        sums[offer.verdict] = sums.get(offer.verdict, 0) + offer.counted.central
    surely = sums["eligible"] + sums["eligible_with_conditions"]
    found = view.explained.terms[0].may_be_bought
    assert (found.low, found.high) == (surely, surely + sums["undecided"])
    assert found.high < terms(view)["offers"] == sum(sums.values())


def test_the_steps_take_and_never_give(folder):
    """No term of sinks or offers is larger by the steps than it is stated."""
    first, *measured = made(folder).explained.terms
    stated = {line.term: line.tonnes for line in first.lines}
    for one in measured:
        for line in one.lines:
            if line.term in ("sinks", "own", "offers"):
                assert line.tonnes.high <= stated[line.term].high


def test_a_statement_without_a_year_shows_its_sinks_alone(folder):
    """Without a year there are no terms, and none of its sinks is lost."""
    said = (folder / "sinks.yaml").read_text("utf-8")
    without = re.sub(r"^neutrality.*\n", "", said, flags=re.MULTILINE)
    (folder / "sinks.yaml").write_text(without, "utf-8")
    view = made(folder)
    assert (view.explained.terms, view.explained.year) == ((), None)
    assert [one.change.central for one in view.explained.sinks] == [2200]
    assert "names no year" in balance_text(view, "text")


def test_json_holds_every_step_of_a_sink(folder):
    """The JSON of a balance holds a sink's waterfalls with formula and sources, and its hash."""
    told = json.loads(balance_text(made(folder), "json"))
    falls = told["sinks"][0]["waterfalls"]
    assert {one["treatment"] for one in falls} == {"buffer", "tonne_year", "like_for_like", "none"}
    assert all(step["formula"] and step["sources"] for one in falls for step in one["steps"])
    assert len(told["sinks_hash"]) == 64


def test_a_list_and_a_folder_without_sinks_are_refused(folder):
    """What has no statement of sinks cannot be balanced; half a statement is none."""
    with pytest.raises(RequestError, match=r"no sinks\.yaml"):
        made(folder / "offers.csv", city="turku")
    (folder / "sinks.yaml").write_text("sinks: 1\n", "utf-8")
    with pytest.raises(InputError):
        made(folder)
    (folder / "sinks.yaml").unlink()
    with pytest.raises(RequestError, match=r"no sinks\.yaml"):
        made(folder)


def test_the_sample_says_that_it_is_made_up():
    """The sinks of the sample are told to be made up, one of each method, and the bog is a source."""
    view = made(REPOSITORY / "samples" / "turku")
    assert "made up" in view.explained.note
    assert {one.method for one in view.explained.sinks} == {
        "stock_difference", "gain_loss", "gpc_forest", "flux", "model",
    }  # fmt: skip
    assert min(one.change.central for one in view.explained.sinks) < 0
    assert terms(view)["sinks"] == 4840 + 2800 - 600 + 1031 - 210
