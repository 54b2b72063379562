"""Version ranges of reference tables: `1.0-19.0`, `1-13.`, `v1.0-1.2`, `2.0`, `1.0, 1.1`."""

import re
from functools import lru_cache

VERSION = re.compile(
    r"(?:version|ver\.?|v\.?)?\s*([0-9]{1,9}(?:\.[0-9]{1,9}){0,5})(\.?)", re.IGNORECASE
)
DASH = re.compile(r"\s*[-–—]\s*|\s+to\s+")
LIST = re.compile(r"\s*[,;]\s*")

Numbers = tuple[int, ...]
Bound = tuple[Numbers, bool]  # the numbers, and whether a dot at the end leaves the rest open


@lru_cache(maxsize=100_000)
def version_matches(range_text: str, version: str) -> bool:
    """Whether a version lies in a range; both ends count, and `13.` counts as any 13.

    Trailing zeros do not matter (`2` is `2.0`). A version that is no number matches the same
    text only.
    """
    found = _read(version)
    parts = [part for part in LIST.split(range_text.strip()) if part]
    if found is None:
        return version.strip().casefold() in {part.casefold() for part in parts}
    return any(_lies_in(part, found[0]) for part in parts)


def is_range(text: str) -> bool:
    """Whether a text reads as a range or a list of versions."""
    parts = [part for part in LIST.split(text.strip()) if part]
    return bool(parts) and all(_ends(part) is not None for part in parts)


def _lies_in(part: str, version: Numbers) -> bool:
    ends = _ends(part)
    if ends is None:
        return False
    low, high = ends
    return _plain(low[0]) <= _plain(version) and _at_most(version, high)


def _at_most(version: Numbers, bound: Bound) -> bool:
    numbers, opened = bound
    cut = version[: len(numbers)] if opened else version
    return _plain(cut) <= _plain(numbers)


def _ends(part: str) -> tuple[Bound, Bound] | None:
    bounds = [_read(end) for end in DASH.split(part)]
    known = [bound for bound in bounds if bound is not None]
    if len(known) < len(bounds) or len(known) not in {1, 2}:
        return None
    return known[0], known[-1]


def _read(text: str) -> Bound | None:
    match = VERSION.fullmatch(text.strip())
    if match is None:
        return None
    return tuple(int(number) for number in match[1].split(".")), bool(match[2])


def _plain(numbers: Numbers) -> Numbers:
    """Return numbers without zeros at the end, so that 2 equals 2.0."""
    while numbers and numbers[-1] == 0:
        numbers = numbers[:-1]
    return numbers
