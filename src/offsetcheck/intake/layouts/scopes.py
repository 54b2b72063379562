"""The sectoral scopes of the CDM and of Verra, whose titles hold the commas that part them."""

import re
from collections.abc import Sequence
from functools import cache

from offsetcheck.intake.normalise.text import tidy

SCOPES = (
    "Energy industries (renewable/non-renewable sources)",
    "Energy distribution",
    "Energy demand",
    "Manufacturing industries",
    "Chemical industry",
    "Construction",
    "Transport",
    "Mining/mineral production",
    "Metal production",
    "Fugitive emissions from fuels (solid, oil and gas)",
    "Fugitive emissions from production and consumption of halocarbons and sulphur hexafluoride",
    "Solvents use",
    "Waste handling and disposal",
    "Agriculture Forestry and Other Land Use",
    "Livestock, enteric fermentation, and manure management",
    "Carbon capture and storage",
)
SEVERAL = "Several scopes"


@cache
def _scope() -> re.Pattern[str]:
    """Return the pattern of a title, compiled for the first list that has several in a cell."""
    longest_first = sorted(SCOPES, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


def scopes(text: str) -> Sequence[str]:
    """Return the scopes that a cell names, found by their titles; an unknown cell is one scope."""
    bare = tidy(text)
    found = _scope().findall(bare)
    rest = re.sub(r"[;,\s]+", "", _scope().sub("", bare))
    return found if found and not rest else ([bare] if bare else [])
