"""Where the header of a table stands, and a heading that is written over two rows."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from offsetcheck.intake.files.limits import HEADER_ROWS
from offsetcheck.intake.files.sheet import Merged, Row
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.headings import MAX_CHARACTERS, heading_key

FEWEST_KNOWN = 2
"""Headings that somebody knows, from which on a row is the header of a list."""

_UNIT = re.compile(
    r"[\[(][^\[\]()]{1,40}[\])]|%|years?|yrs?|ha|yyyy(?:-mm-dd)?|dd[./-]mm[./-]yyyy|"
    r"(?:k|m|'000 ?)?t(?:onnes?)?(?: ?co2-?e?(?:q)?)?|"
    r"(?:eur|usd|gbp|chf|cad|aud|cop|[€$£])(?: ?/ ?t.*)?"
)


def header_keys(cells: Sequence[str]) -> set[str]:
    """Return the headings of a row as they are compared."""
    return {heading_key(cell) for cell in cells if len(cell) <= MAX_CHARACTERS and cell.strip()}


def header_score(cells: Sequence[str], known: AbstractSet[str]) -> int:
    """Return how many cells of a row are headings that somebody knows."""
    return sum(heading in known for heading in header_keys(cells))


def is_header(cells: Sequence[str], known: AbstractSet[str]) -> bool:
    """Return whether at least two cells of a row, and half of them, are headings known."""
    filled = [cell for cell in cells if cell.strip()]
    first = header_keys(filled[:FEWEST_KNOWN])
    if not any(heading in known for heading in first):
        return False  # most rows end here
    score = header_score(filled, known)
    return score >= FEWEST_KNOWN and 2 * score >= len(filled)


def find_header(rows: Sequence[Row], known: AbstractSet[str]) -> int:
    """Return which row, among the first, is the header of the first block of the list.

    The row with most known headings tells what the list is. An earlier row is its header where it
    has the list's first heading too and rows of its own below: a larger header further down
    begins a second block and does not swallow the first.
    """
    scores = [header_score(row.cells, known) for row in rows[:HEADER_ROWS]]
    if not scores:
        return 0
    best = scores.index(max(scores))
    first = first_known(rows[best].cells, known)
    headers = [at for at in range(best + 1) if is_header(rows[at].cells, known)]
    for at, following in pairwise(headers):
        if following > at + 1 and first in header_keys(rows[at].cells):
            return at
    return best


def first_known(cells: Sequence[str], known: AbstractSet[str]) -> str | None:
    """Return the leftmost known heading of a row, which is most often the id or the name."""
    return next((heading for cell in cells if (heading := heading_key(cell)) in known), None)


def second_row(rows: Sequence[Row], at: int, merged: Sequence[Merged]) -> bool:
    """Return whether the row below a header belongs to it: by merged cells, or as units alone."""
    if at + 1 >= len(rows):
        return False
    here, below = rows[at].line, rows[at + 1].line
    if any(top == here and bottom == below for top, _, bottom, _ in merged):
        return True
    cells = [key(cell) for cell in rows[at + 1].cells if cell.strip()]
    return bool(cells) and all(_UNIT.fullmatch(cell) for cell in cells)


def joined(
    rows: Sequence[Row], at: int, merged: Sequence[Merged], known: AbstractSet[str]
) -> list[str]:
    """Return the headings of two rows as one: `Vintage` over `from` is `Vintage from`.

    An upper that is no name of anything stands as what is said beside the lower: `Offer` over
    `Volume` is `Volume (Offer)`.
    """
    upper = {**dict(enumerate(rows[at].cells)), **_spread(rows[at], merged)}
    lower = dict(enumerate(rows[at + 1].cells))
    width = max([*upper, *lower], default=-1) + 1
    pairs = ((upper.get(index, "").strip(), lower.get(index, "").strip()) for index in range(width))
    return [_heading(above, below, known) for above, below in pairs]


def _heading(upper: str, lower: str, known: AbstractSet[str]) -> str:
    if not (upper and lower) or lower[0] in "([":
        return f"{upper} {lower}".strip()
    if _UNIT.fullmatch(key(lower)):
        return f"{upper} ({lower})"
    both = f"{upper} {lower}"
    whole, above, below = (heading_key(text) in known for text in (both, upper, lower))
    return both if whole or (above and not below) else f"{lower} ({upper})"


def _spread(row: Row, merged: Sequence[Merged]) -> Mapping[int, str]:
    """Return the text of merged cells of a row at each of their columns, from 0."""
    return {
        index: row.cells[left - 1]
        for top, left, _, right in merged
        if top == row.line and left <= len(row.cells)
        for index in range(left - 1, min(right, len(row.cells)))
    }
