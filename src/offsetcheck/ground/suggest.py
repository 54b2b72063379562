"""The nearest known word to a mistyped one, above a floor of likeness."""

from collections import Counter
from collections.abc import Iterable

LONGEST_WORD = 200  # comparing grows with the square of the length
SHORTEST_WORD = 4

NEAR, VERY_NEAR = 3, 5
"""Letters for each of which a slip is allowed.

Among few words of a list that somebody knows one in three is told well; among all that people may
write, another word is often as near (`tests/ground/test_suggest.py`).
"""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint such as ``did you mean `turku`?``, or None where nothing is near."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else None


def nearest(word: str, known: Iterable[str], letters: int = NEAR) -> str | None:
    """Return the known word that a mistyped one is likeliest to mean, None where none is near.

    One slip is allowed for so many `letters`: a letter left out, added, changed, or swapped with
    its neighbour. Case is none.
    """
    if len(word) > LONGEST_WORD:
        return None
    typed = word.casefold()
    best: tuple[int, str] | None = None
    for name in known:
        fewest = slips_allowed(word, letters) if best is None else best[0]
        if _may_be_near(typed, name.casefold(), fewest):
            slips = _slips(typed, name.casefold())
            if slips <= fewest and (best is None or (slips, name) < best):
                best = (slips, name)
    return best[1] if best else None


def slips_allowed(word: str, letters: int) -> int:
    """Return how many slips a word may hold and still be taken for another."""
    return max(len(word) // letters, 1) if len(word) >= SHORTEST_WORD else 0


def _may_be_near(typed: str, name: str, fewest: int) -> bool:
    """Return whether so few slips are possible by length and letters, which is quickly told."""
    if abs(len(typed) - len(name)) > fewest:
        return False
    missing = Counter(name) - Counter(typed)
    return sum(missing.values()) <= fewest


def _slips(typed: str, name: str) -> int:
    """Return the fewest slips between two words (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(name) + 1))
    for row, letter in enumerate(typed, start=1):
        line = [row]
        for column, other in enumerate(name, start=1):
            slips = min(line[-1] + 1, last[column] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and typed[row - 2 : row] == name[column - 2 : column][::-1]:
                slips = min(slips, before[column - 2] + 1)
            line.append(slips)
        before, last = last, line
    return last[-1]
