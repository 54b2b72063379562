"""The award view of a whole tender folder: sets, what is apart, the law on locality, the draft."""

import shutil
from datetime import date

import pytest
import yaml

from offsetcheck.api.award import award, award_text, chosen_set, draft_decision
from offsetcheck.api.case import open_case, open_rulebook
from offsetcheck.api.judge import judge
from offsetcheck.api.request import Request
from offsetcheck.api.write import whole_list
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.award import AwardExplanation
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import RequestError

DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def rulebook():
    return open_rulebook()


@pytest.fixture
def viewed(rulebook, tmp_path):
    """Return the award view of a sample whose purchase has other lines and an `award:` section."""

    def of(sample, section="", **changes):
        folder = tmp_path / f"{sample}{len(list(tmp_path.iterdir()))}"
        shutil.copytree(bundled("samples") / sample, folder)
        path = folder / "purchase.yaml"
        data = yaml.safe_load(path.read_text("utf-8")) | changes
        if section:
            data["award"] = yaml.safe_load(section)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return award(Request(folder, None, DAY), rulebook)

    return of


def taken(made):
    return {lot.id: lot.tonnes for lot in made.lots}


def named(explained, name):
    return next(made for made in explained.sets if made.set == name)


def test_undecided_and_refused_offers_are_in_no_set(viewed):
    """Only offers that may be bought are taken; without conditions met, only eligible ones."""
    explained = viewed("turku").explained
    verdicts = {line.id: line.verdict.verdict for line in explained.offers}
    assert {verdicts[lot] for made in explained.sets for lot in taken(made)} == {"eligible"}
    met = {verdicts[lot] for made in explained.with_conditions for lot in taken(made)}
    assert met == {"eligible", "eligible_with_conditions"}
    assert {line.id for line in explained.undecided} == {"VCS4022", "VCS2250"}
    assert set(explained.refused) == {"GS12332", "VCS214", "VCS902", "WCC-CRANBOURNE"}


def test_the_cheapest_and_the_best_set_are_two(viewed):
    """Of a need that can be met in two ways, one set goes by cost, the other by integrity alone."""
    explained = viewed("turku", tonnes=850).explained
    cheapest, best = named(explained, "cheapest"), named(explained, "best")
    assert taken(cheapest) == {"ACR1129": 800, "GS12335": 50}
    assert taken(best) == {"ACR1129": 800, "PURO-ORCA": 30, "GS12335": 20}
    assert (cheapest.cost, best.cost) == ("46400.00", "58700.00")
    assert (cheapest.covered, cheapest.shortfall, cheapest.proven) == (850, None, True)


def test_a_price_never_makes_up_for_integrity_but_stated_weights_may(viewed):
    """Without weights there is no weighted order; with them it is the purchase's, and printed."""
    assert [made.set for made in viewed("turku", tonnes=850).explained.sets] == ["cheapest", "best"]
    section = "{weights: {price: 100, integrity: 0}, price_points: lowest_over_price}"
    explained = viewed("turku", section, tonnes=850).explained
    weighted = named(explained, "weighted")
    assert taken(weighted) == {"ACR1129": 800, "GS12335": 50}
    assert "price 100, integrity 0" in weighted.how


def test_lots_that_are_whole_buy_more_than_the_need(viewed):
    """Whole lots come in their whole size, and the authorised tonnes are never passed."""
    explained = viewed("turku", "{lots: whole}", tonnes=850).explained
    assert taken(named(explained, "cheapest")) == {"ACR1129": 800, "GS12335": 60}
    barred = viewed("turku", "{lots: whole}", tonnes=850, authorised_tonnes=855).explained
    assert named(barred, "cheapest").covered < 850
    assert any(text.startswith("Tonnes authorised: 860") for text in barred.relax)


def test_a_budget_that_buys_nothing_is_named_with_what_is_enough(viewed):
    """Where nothing fits, the budget is named, and what the least and the most would cost."""
    short = viewed("turku", "{lots: whole}", tonnes=2000, budget=100).explained
    assert short.sets == ()
    (least,) = [line for line in short.relax if "cheapest purchase" in line]
    assert "800 t" in least
    assert "22,400.00" in least
    assert "22,300.00" in least
    (most,) = [line for line in short.relax if "could be bought" in line]
    assert "890 t" in most
    assert "77,900.00" in most


def test_a_budget_that_is_short_says_how_much_more(viewed):
    """The set covers what the budget buys, the budget is named as what holds it, and by how much."""
    explained = viewed("turku", tonnes=850, budget=46399).explained
    cheapest = named(explained, "cheapest")
    assert cheapest.covered == 849
    assert any("Budget" in text and "850" in text for text in cheapest.holds)
    assert any("46,400.00" in text and "1.00 more" in text for text in explained.relax)


def test_locality_weighs_nothing_under_european_law(viewed):
    """The share is left out with a located problem, and the page says so; under other law it counts."""
    made = viewed("turku", "{min_local_share: 0.5}")
    assert any("locality weighs nothing" in str(problem) for problem in made.problems)
    assert any("European procurement law" in text for text in made.explained.notes)
    assert made.explained.sets
    other = viewed("turku", "{min_local_share: 0.5}", tonnes=850, procurement_law="none").explained
    assert not other.sets
    assert any("Smallest share from projects that serve residents" in x for x in other.relax)


def test_an_offer_without_a_price_is_named_apart(viewed, tmp_path, rulebook):
    """Nothing is guessed for a missing price, or for a currency without a rate."""
    folder = tmp_path / "apart"
    shutil.copytree(bundled("samples") / "turku", folder)
    path = folder / "offers.csv"
    text = path.read_text("utf-8").replace(",800,28,EUR,", ",800,,EUR,")
    path.write_text(text.replace(",30,890,EUR,", ",30,890,CHF,"), encoding="utf-8")
    explained = award(Request(folder, None, DAY), rulebook).explained
    lacks = {line.id: line.lacks for line in explained.apart}
    assert lacks == {"ACR1129": "price", "PURO-ORCA": "rate"}
    assert {line.id for line in explained.offers}.isdisjoint(lacks)


def test_places_are_shared_where_what_is_open_could_turn_them(viewed):
    """An offer whose bounds reach another's has no place alone, and its open points are named."""
    lines = {line.id: line for line in viewed("turku").explained.offers}
    assert lines["GS12335"].place == lines["PURO100008"].place == (4, 5)
    assert not lines["PURO100008"].separable
    assert "Carbon revenue was considered before the start" in lines["PURO100008"].open_words
    assert lines["VCS2930"].place == (3, 3)


@pytest.mark.parametrize("sample", ["turku", "bogota", "melbourne", "alder_bay"])
def test_the_list_of_offers_gives_the_places_of_the_award_view(sample, rulebook):
    """One offer has one place, whichever page an officer reads."""
    request = Request(bundled("samples") / sample, None, DAY)
    case = open_case(request, rulebook)
    listed = whole_list(case, list(judge(case)), {}).offers
    told = {line.id: line.place_words for line in award(request, rulebook).explained.offers}
    assert {line.id: line.place_words for line in listed if line.place_words} == told
    by_verdict = {}
    for line in listed:
        by_verdict.setdefault(line.verdict.verdict, []).append(line.place or 0)
    assert all(places == sorted(places) for places in by_verdict.values())


def test_no_order_of_rows_changes_what_is_concluded(viewed, tmp_path, rulebook):
    """The same offers in reverse give the same sets."""
    folder = tmp_path / "reversed"
    shutil.copytree(bundled("samples") / "bogota", folder)
    path = folder / "offers.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith("id")) + 1
    path.write_text("".join(lines[:start] + lines[start:][::-1]), encoding="utf-8")
    turned = award(Request(folder, None, DAY), rulebook).explained
    straight = viewed("bogota").explained
    assert straight.sets == turned.sets
    assert straight.with_conditions == turned.with_conditions


def test_a_purchase_without_tonnes_has_no_set_and_says_so(viewed):
    """Prices and places stand; no set is made up."""
    explained = viewed("turku", tonnes=None).explained
    assert (explained.sets, explained.need) == ((), None)
    assert explained.offers
    assert explained.summary == (
        "The purchase does not state how many tonnes are wanted, so no set can be made.",
    ) or any("no set can be made" in text for text in explained.summary)


@pytest.mark.parametrize("form", ["html", "md", "text", "json"])
def test_every_format_shows_every_set_and_all_that_is_apart(viewed, form):
    """Ids of offers taken, in reserve, undecided and refused stand in each format."""
    made = viewed("bogota")
    text = award_text(made, form).replace("\\", "")
    explained = made.explained
    ids = {lot.id for one in explained.sets for lot in one.lots} | set(explained.refused)
    ids |= {line.id for line in explained.undecided} | {x.id for x in explained.sets[0].reserve}
    assert [one for one in sorted(ids) if one not in text] == []


def test_json_reads_back_as_what_it_was(viewed):
    """The JSON of an award view is the award view."""
    made = viewed("melbourne")
    assert AwardExplanation.model_validate_json(award_text(made, "json")) == made.explained


def test_strangers_names_are_text_and_nothing_else(viewed, tmp_path, rulebook):
    """A project's name cannot leave its place: in the page, the draft, or a line of the terminal."""
    folder = tmp_path / "hostile"
    shutil.copytree(bundled("samples") / "turku", folder)
    path = folder / "offers.csv"
    strange = '"<b>x</b>\u202e {{ 7*7 }}\nawarded: []"'
    text = path.read_text("utf-8").replace("Tradewater - Middle East 1", strange)
    path.write_text(text, encoding="utf-8")
    made = award(Request(folder, None, DAY), rulebook)
    page = award_text(made, "html")
    assert "<b>x</b>" not in page
    assert "\u202e" not in page + award_text(made, "text") + award_text(made, "md")
    target = tmp_path / "decision.yaml"
    draft_decision(made, target)
    assert len(yaml.safe_load(target.read_text("utf-8"))["awarded"]) == 3


def test_a_draft_awards_the_set_and_leaves_the_rest_to_the_officer(viewed, tmp_path):
    """The draft holds what is taken at which price and the reserve; what nobody knows is empty.

    An offer that is bought in part is not kept in reserve too: no decision may say both of it.
    """
    made, target = viewed("turku", tonnes=850), tmp_path / "decision.yaml"
    draft_decision(made, target, "best")
    data = compose(target.read_text("utf-8"), "decision.yaml").data
    assert data["awarded"] == [
        {"offer": "ACR1129", "tonnes": 800, "price": 28.0},
        {"offer": "PURO-ORCA", "tonnes": 30, "price": 890.0},
        {"offer": "GS12335", "tonnes": 20, "price": 480.0},
    ]
    assert data["reserve"] == ["VCS2930", "PURO100008"]
    assert data["bidders"] == {}
    empty = ("reference", "by", "role", "on", "minute", "standstill_ends", "contact")
    assert [data[key] for key in empty] == [None] * 7


def test_no_draft_is_made_where_an_award_is_barred_or_there_is_no_such_set(viewed):
    """A purchase that is not ready awards nothing; a set that was not made cannot be drafted."""
    with pytest.raises(RequestError, match="no offer can be awarded yet"):
        chosen_set(viewed("turku", locality_mode="nationality"), "cheapest")
    with pytest.raises(RequestError, match="there is no set `weighted`"):
        chosen_set(viewed("turku"), "weighted")


def test_weights_without_a_way_to_points_are_not_called_unstated(viewed):
    """Weights that were stated and cannot be used are said to be that, on the page too."""
    made = viewed("turku", "{weights: {price: 40, integrity: 60}}")
    assert "states no weights that can be used" in award_text(made, "text")
