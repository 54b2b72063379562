"""The nearest known word to a mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_WORD = 200  # comparing grows with the square of the length


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint such as ``did you mean `turku`?``, or None where nothing is near."""
    if len(word) > LONGEST_WORD:
        return None
    spelled = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), spelled, n=1, cutoff=0.6)
    return f"did you mean `{spelled[near[0]]}`?" if near else None
