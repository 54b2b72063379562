"""Limits for each seller hold whatever case and spaces he writes his name in."""

import pytest

from offsetcheck.engine.award.lots import Lot
from offsetcheck.engine.award.rows import grouped
from offsetcheck.vocabulary.assessment import Bounds
from offsetcheck.vocabulary.award_terms import Group


def lots_of(*sellers):
    return tuple(
        Lot(f"P{number}", 1, 10, 100, Bounds(4000, 5000), groups={Group.SELLER: seller})
        for number, seller in enumerate(sellers)
    )


@pytest.mark.parametrize("other", ["WOOD OY", "wood  oy", "Wood\u00a0Oy", "Ｗｏｏｄ Oy"])
def test_a_cap_counts_all_spellings_of_a_seller(other):
    """A seller who writes himself otherwise in a second offer is under one cap with both."""
    assert grouped(lots_of("Wood Oy", "Steel Ltd", other), Group.SELLER) == {
        "Steel Ltd": [1],
        "Wood Oy": [0, 2],
    }
