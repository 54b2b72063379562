"""The pages that stand beside the list of a tender: which set to award, and what may be said."""

from collections.abc import Mapping, Sequence

from offsetcheck.api.award import award_explained
from offsetcheck.api.case import Case
from offsetcheck.api.claim import claim_explained
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.vocabulary.explained import Explanation

MAX_OFFERS = 200  # of a longer tender the sets take minutes, which only `award` itself spends


def pages_beside(case: Case, judged: Sequence[JudgedOffer]) -> Mapping[str, Explanation]:
    """Return by name the award view and the statement of claim of a tender with its purchase.

    There are none for a list without a purchase, nor for a tender without offers.
    """
    if case.tender.city is None or not 0 < len(judged) <= MAX_OFFERS:
        return {}
    return {"award": award_explained(case, judged), "claim": claim_explained(case, judged)}
