"""Answers of days past that are others without a note, as problems with a next step."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.difference.meaning.compare import MeaningDifference
from offsetcheck.difference.meaning.model import Change
from offsetcheck.rulebook.files.history import HISTORY_FILE
from offsetcheck.vocabulary.problem import Place, Problem

DATED = frozenset(("value", "fact"))
MOST_KEYS = 4


def errors_of(found: MeaningDifference, places: Mapping[int, Place]) -> Iterator[Problem]:
    """Yield a problem for each rule, value, city, table or field whose past is another unsaid.

    One note explains all that is otherwise of such a thing, so that it is one problem. `places`
    are those of the changes by their identity.
    """
    groups: dict[str, list[Change]] = {}
    for change in found.unnoted:
        groups.setdefault(change.about[0], []).append(change)
    for name, changes in groups.items():
        message = _message(name, changes)
        yield Problem(message, places[id(changes[0])], _hint(name, changes, found))


def _message(name: str, changes: Sequence[Change]) -> str:
    reach = dict.fromkeys(city for change in changes for city in change.reach)
    whom = next(iter(reach)) if len(reach) == 1 else f"{len(reach)} cities and standards"
    past = f"by {_what(name, changes)} answers of days past are others, from {_since(changes)} on"
    return f"{past}, for {whom}, and no note says why"


def _what(name: str, changes: Sequence[Change]) -> str:
    """Return in the terms of files what of a thing is otherwise."""
    rows = sum(change.key == "row" for change in changes)
    keys = dict.fromkeys(one.key for one in changes if one.key not in {*DATED, "row", "rule"})
    named = ", ".join(f"`{key}`" for key in list(keys)[:MOST_KEYS])
    more = f" and {len(keys) - MOST_KEYS} more" if len(keys) > MOST_KEYS else ""
    counted = "a row" if rows == 1 else f"{rows:,} rows"
    said = [f"{named}{more}" if keys else "", counted if rows else ""]
    parts = " and ".join(part for part in said if part)
    return f"{parts} of `{name}`" if parts else f"`{name}`"


def _since(changes: Sequence[Change]) -> str:
    return min(change.period.since for change in changes if change.period).isoformat()


def _hint(name: str, changes: Sequence[Change], found: MeaningDifference) -> str:
    day = found.books.day
    entry = f"{{on: {day}, of: [{name}], from: {_since(changes)}, note: …}}"
    if all(change.key in DATED for change in changes):
        return (
            f"leave the old value and begin the new one on {day} or later; where the past was "
            f"wrong, add `note: …` to the value, or to `notes:` of {HISTORY_FILE} {entry}"
        )
    return f"say why under `notes:` of {HISTORY_FILE}: {entry}"
