"""What the cheats start from may be bought, so that a refusal is owed to the cheat alone."""

import pytest

from cheats.honest import FOREST, OZONE, STOVES
from cheats.tender import Verdict


@pytest.mark.parametrize("offer", [OZONE, FOREST, STOVES], ids=["ozone", "forest", "stoves"])
def test_an_honest_offer_with_its_papers_may_be_bought(sell, offer):
    """An honest offer whose papers an officer has seen may be bought, and no file has a problem."""
    judged = sell(offer)
    assert judged.may_be_bought()
    assert not judged.problems


def test_an_honest_offer_may_be_signed(sell):
    """The destruction of refrigerants, all of it confirmed, is signed without conditions."""
    assert sell(OZONE).verdict() is Verdict.ELIGIBLE
