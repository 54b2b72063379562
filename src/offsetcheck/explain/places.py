"""Places of offers by what is sure of their integrity, told alike on every page."""

from collections.abc import Mapping, Sequence

from offsetcheck.engine.award.order import shared_places
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import Bounds
from offsetcheck.vocabulary.explanation import CandidateExplanation

Places = tuple[int, int]
"""The first and the last place that an offer may have; one and the same where it has its own."""


def places_of(offers: Sequence[CandidateExplanation]) -> Mapping[str, Places]:
    """Return the places of offers by id: those that what is open mixes up share theirs."""
    bounds = [Bounds(offer.grade.lower_score, offer.grade.upper_score) for offer in offers]
    return dict(zip((offer.offer.id for offer in offers), shared_places(bounds), strict=True))


def places_words(places: Places, wording: Wording) -> str:
    """Return a place of its own, or the first and last of those that are shared."""
    first, last = places
    if first == last:
        return wording.word("award.place", place=first)
    return wording.word("award.places", first=first, last=last)
