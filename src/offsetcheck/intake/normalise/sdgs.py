"""The seventeen goals in the seven spellings that registries use."""

import re

from offsetcheck.intake.normalise.text import is_placeholder, key, shown
from offsetcheck.vocabulary.problem import UnreadableError

# A goal's number opens its token: titles hold commas, so a comma alone does not end a token.
_GOAL = re.compile(
    r"(?:^|[;,|\[\"'\n])\s*(?:SDG|Goal)?\s*0?(1[0-7]|[1-9])(?=\s*(?:[:.–-]|[;,|\]\"'\n]|$))",
    re.IGNORECASE,
)


def read_sdgs(text: str) -> tuple[int, ...] | None:
    """Return goal numbers from 1 to 17, rising; None for a placeholder, () for `none`."""
    if key(text) in {"none", "[]"}:
        return ()
    if is_placeholder(text):
        return None
    goals = sorted({int(number) for number in _GOAL.findall(text)})
    if not goals:
        raise UnreadableError(
            f"{shown(text)} names no goal", "write numbers from 1 to 17, as 7; 13"
        )
    return tuple(goals)
