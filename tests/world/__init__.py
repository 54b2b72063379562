"""One small world for all tests: a rule folder as an author writes it, offers, and their reports.

The rules stand as files in `rules/`. The worlds of `tests/engine/worlds.py` are drawn at random
and share its scheme of grades and its decisions.
"""

from world.offers import (
    E1,
    E2,
    E3,
    E4,
    GOOD,
    UNKNOWN,
    cell,
    offer,
    offers,
    purchase,
    table,
)
from world.reports import (
    award_explained,
    explained,
    made_setting,
    origin,
    purchase_explained,
    result_explained,
    tender_explained,
)
from world.rulebook import AS_OF, DICTIONARY, RULEBOOK, RULES, bound

__all__ = [
    "AS_OF", "DICTIONARY", "E1", "E2", "E3", "E4", "GOOD", "RULEBOOK", "RULES", "UNKNOWN", "award_explained",
    "bound", "cell", "explained", "made_setting", "offer", "offers", "origin", "purchase",
    "purchase_explained", "result_explained", "table", "tender_explained",
]  # fmt: skip
