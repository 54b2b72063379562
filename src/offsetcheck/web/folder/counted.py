"""How many offers the tenders of a list hold: counted once for each state of their files."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from time import monotonic

from offsetcheck import Rulebook
from offsetcheck.api.purchase import offers_counted
from offsetcheck.vocabulary.problem import OffsetcheckError

SECONDS = 1.0
"""How long a list of tenders waits for counts; what is not counted by then is said to be so."""
MOST_KEPT = 5000
Mark = tuple[tuple[str, int, int, int], ...]
_counted: dict[Path, tuple[Mark, int | None]] = {}


class UncountedError(Exception):
    """Offers that have not been counted yet: a list of tenders does not wait for them."""


def counts(folders: Iterable[Path], rulebook: Rulebook) -> Mapping[Path, int | Exception | None]:
    """Return how many offers each folder holds, None for no list of offers.

    An OffsetcheckError stands where they cannot be read, an UncountedError where the time was up.
    """
    until = monotonic() + SECONDS
    return {folder: _count(folder, rulebook, until) for folder in folders}


def _count(folder: Path, rulebook: Rulebook, until: float) -> int | Exception | None:
    mark = _mark(folder)
    known = _counted.get(folder)
    if known is not None and known[0] == mark:
        return known[1]
    if monotonic() > until:
        return UncountedError()
    try:
        found = offers_counted(folder, rulebook)
    except OffsetcheckError as error:
        return error
    if len(_counted) >= MOST_KEPT:
        _counted.clear()
    _counted[folder] = mark, found
    return found


def _mark(folder: Path) -> Mark:
    """Return names, times and sizes of the files from which offers are read."""
    paths = [*folder.glob("offers.*"), *folder.glob("offers/*"), folder / "clarifications.yaml"]
    paths += [folder / "columns.yaml", folder / "purchase.yaml"]
    found = []
    for path in sorted(paths):
        try:
            state = path.stat()
        except OSError:
            continue
        found.append((str(path), state.st_mtime_ns, state.st_ctime_ns, state.st_size))
    return tuple(found)
