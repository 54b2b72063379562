"""What a standard speaks of, a claim against its tonnes, and both limits in one sentence."""

import pytest

from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import setting
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.assessment import PurchaseVerdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Outcome, State
from offsetcheck.vocabulary.purchase import Purchase, Stage

from .profile_cases import DAY, PURCHASE, finding
from .test_known_projects import TRADEWATER, TRADEWATER_REPORTS, dated

SCOPE, TONNES = "claim.standard_scope", "residual.no_overclaim"
WHOLE_CITY = PURCHASE | {
    "emission_scope": "community",
    "claim_channel": "territorial",
    "residual_tonnes": 125_000,
    "baseline_tonnes": 1_250_000,
    "tonnes": 125_000,
    "authorised_tonnes": 125_000,
}


@pytest.mark.parametrize(
    ("city", "territory", "organisation"),
    [
        ("iso_14068_1", State.FAIL, State.CLEAR),
        ("vcmi", State.FAIL, State.CLEAR),
        ("climate_active", State.FAIL, State.CLEAR),
        ("corsia_phase_1", State.FAIL, State.CLEAR),
        ("sbti_cnz2", State.FAIL, State.CLEAR),
        ("eu_mission_2030", State.CLEAR, State.FAIL),
        ("oxford_2024", State.CLEAR, State.CLEAR),
        ("icvcm_ccp", State.CLEAR, State.CLEAR),
        ("iclei_utmc_default", State.CLEAR, State.CLEAR),
        ("turku", State.CLEAR, State.CLEAR),
    ],
)
def test_a_standard_judges_only_claims_that_it_speaks_of(
    judge_purchase, city, territory, organisation
):
    """Under a standard for organisations no claim about a territory is ready, and the reverse."""
    for channel, expected in (("territorial", territory), ("organisational", organisation)):
        assessment = judge_purchase(DAY, PURCHASE | {"claim_channel": channel}, city=city)
        assert finding(assessment, SCOPE).state is expected
        if expected is State.FAIL:
            assert assessment.verdict is PurchaseVerdict.NOT_READY


def test_a_standard_asks_what_the_claim_is_about(judge_purchase):
    """Where the subject is not stated a standard holds the purchase; a city's profile need not."""
    facts = {name: value for name, value in PURCHASE.items() if name != "claim_channel"}
    assert finding(judge_purchase(DAY, facts, city="iso_14068_1"), SCOPE).state is State.OPEN
    assert finding(judge_purchase(DAY, facts, city="turku"), SCOPE).state is State.CLEAR


@pytest.mark.parametrize("city", ["turku", "iclei_utmc_default", "helsinki"])
def test_a_city_is_not_neutral_by_a_sixtieth_of_its_emissions(judge_purchase, city):
    """A neutral claim over 125,000 t is ready with as many tonnes and not with 2,000."""
    whole = judge_purchase(DAY, WHOLE_CITY, city=city)
    assert whole.verdict is PurchaseVerdict.READY
    few = judge_purchase(DAY, WHOLE_CITY | {"tonnes": 2000}, city=city)
    assert finding(few, TONNES).outcome is Outcome.FAIL
    assert few.verdict is PurchaseVerdict.NOT_READY


@pytest.mark.parametrize("unstated", ["tonnes", "residual_tonnes"])
def test_a_claim_whose_tonnes_are_not_stated_is_not_ready(judge_purchase, unstated):
    """Without the tonnes wanted, or those that the claim is about, nothing can be held against it."""
    facts = {name: value for name, value in WHOLE_CITY.items() if name != unstated}
    assessment = judge_purchase(DAY, facts, city="turku")
    assert finding(assessment, TONNES).outcome is Outcome.UNKNOWN
    assert assessment.verdict is PurchaseVerdict.NOT_READY


def test_a_contribution_is_not_held_to_tonnes(judge_purchase):
    """Who promises no neutrality may buy as little as they like."""
    facts = WHOLE_CITY | {"claim": "contribution", "tonnes": 2000}
    assert judge_purchase(DAY, facts, city="turku").verdict is PurchaseVerdict.READY


@pytest.fixture(scope="module")
def said(rulebook):
    """Give the claim of an offer that allows an offset, in a purchase."""

    def said(facts, **offer):
        purchase = Purchase(
            stage=Stage.CLARIFICATION,
            facts={name: Fact(value, EvidenceGrade.E1) for name, value in facts.items()},
        )
        made = setting(bind(rulebook, "turku", DAY), purchase)
        record = dated(TRADEWATER) | dated(TRADEWATER_REPORTS) | offer
        listed = {n: tuple(v) if isinstance(v, list) else v for n, v in record.items()}
        stated = {name: Fact(value, EvidenceGrade.E1) for name, value in listed.items()}
        candidate = Candidate("ACR1129", stated)
        bought = explain_purchase(made, assess_purchase(purchase, made.bound))
        judged = assess(candidate, made.bound, purchase)
        return explain_candidate(made, candidate, judged, bought).claim

    return said


@pytest.mark.parametrize(
    ("changed", "purchase", "overall"),
    [
        ({}, "offset", "offset"),
        ({"claim": "contribution"}, "contribution", "contribution"),
        ({"tonnes": 2000}, "none", "none"),
    ],
)
def test_the_sentence_names_the_limits_of_offer_and_purchase(said, changed, purchase, overall):
    """What the city may say is the narrower of both, and one sentence holds the two."""
    claim = said(WHOLE_CITY | changed)
    assert (claim.limit, claim.purchase.limit, claim.overall.limit) == ("offset", purchase, overall)
    words = {"offset": "offset", "contribution": "contribution", "none": "nothing"}
    assert f"The city may say: {words[overall]}" in claim.words
    assert "This offer by itself allows: offset" in claim.words
    assert f"the purchase as it stands: {words[purchase]}" in claim.words


def test_the_offer_may_be_the_narrower_of_the_two(said):
    """A vintage that the host country counts leaves a contribution in a purchase that is ready."""
    offer = {"vintage": 2024, "project_type": "redd", "article6_status": "none"}
    claim = said(WHOLE_CITY, **offer)
    assert (claim.limit, claim.purchase.limit) == ("contribution", "offset")
    assert claim.overall.limit == "contribution"


def test_a_list_without_a_purchase_names_the_limit_of_the_offer_alone(said):
    """Where no claim is stated there is no purchase whose limit could be named."""
    claim = said({"year": 2026})
    assert claim.purchase is None
    assert claim.words.startswith("The city may say: offset.")
