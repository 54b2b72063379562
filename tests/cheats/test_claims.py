"""Cities that claim more than they buy: the purchase itself is then not ready."""

import pytest

from cheats.honest import OZONE, PURCHASE
from offsetcheck.vocabulary.assessment import PurchaseVerdict

NEUTRAL = PURCHASE | {"claim": "neutral", "tonnes": 125000, "authorised_tonnes": 130000}


@pytest.mark.parametrize("purchase", [PURCHASE, NEUTRAL], ids=["contribution", "neutral"])
def test_an_honest_purchase_is_ready(sell, purchase):
    """The purchases that the cheats start from are ready, so that a refusal is the cheat's."""
    assert _verdict(sell, purchase) is PurchaseVerdict.READY


@pytest.mark.parametrize(
    "change",
    [
        {"tonnes": 2000},
        {"tonnes": 0},
        {"residual_tonnes": 500000, "tonnes": 500000, "authorised_tonnes": 500000},
        {"authorised_tonnes": 2500},
        {"authorised_by": ""},
        {"authorised_by": "a colleague"},
        {"separate_reduction_target": False},
        {"emission_scope": "corporate"},
        {"residual_tonnes": ""},
    ],
    ids=[
        "neutral over 125,000 t with 2,000 t",
        "neutral with none",
        "a rest of two fifths",
        "more than authorised",
        "authorised by nobody",
        "authorised by no body",
        "no target of its own",
        "the territory by the emissions of the town hall",
        "a rest that nobody states",
    ],
)
def test_a_claim_that_the_purchase_does_not_carry(sell, change):
    """A neutral claim beyond the tonnes, the rest, the authority or the scope is not ready."""
    assert _verdict(sell, NEUTRAL | change) is PurchaseVerdict.NOT_READY


def _verdict(sell, purchase):
    return sell(OZONE, purchase=purchase).case.purchase_assessment.verdict
