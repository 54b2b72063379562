"""What both Verra layouts share: sectoral scopes, whose titles hold the commas that part them."""

import re
from collections.abc import Sequence

from offsetcheck.intake.layouts.layout import one_party
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
_SCOPE = re.compile("|".join(map(re.escape, sorted(SCOPES, key=len, reverse=True))), re.IGNORECASE)


def scopes(text: str) -> Sequence[str]:
    """Return the scopes that a cell names, found by their titles; an unknown cell is one scope."""
    bare = tidy(text)
    found = _SCOPE.findall(bare)
    rest = re.sub(r"[;,\s]+", "", _SCOPE.sub("", bare))
    return found if found and not rest else ([bare] if bare else [])


def one_scope(text: str) -> str:
    """Return the scope of a cell, `Several scopes` where it names more than one."""
    named = scopes(text)
    return named[0] if len(named) == 1 else "Several scopes" if named else ""


def project_types(scope: Sequence[str], afolu: Sequence[str]) -> list[str]:
    """Return the AFOLU activities of each row where it has any, else its scopes."""
    pairs = zip(afolu, scope, strict=True)
    return [activity or "; ".join(scopes(sector)) for activity, sector in pairs]


def without_role(text: str) -> str:
    """Return proponents without the suffix ` (PP)`; a stand-in for several is no name."""
    return one_party(tidy(text).replace(" (PP)", ""))
