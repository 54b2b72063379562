"""Days that are past whose answer is another one now: each needs a note that says why."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from offsetcheck.difference.meaning.model import Change
from offsetcheck.rulebook.files.history import HistoryNote


def is_past(change: Change, day: date) -> bool:
    """Whether a change makes the answer of a day before this one another for somebody."""
    period = change.period
    return bool(change.decides and change.reach and period is not None and period.since < day)


def unnoted(
    changes: Iterable[Change], new_notes: Sequence[HistoryNote], day: date
) -> Iterator[Change]:
    """Yield the changes of days that are past of which no new note speaks.

    A note of the changed value itself counts, and one of history.yaml that names it.
    """
    for change in changes:
        if is_past(change, day) and not change.noted and not _told(change, new_notes):
            yield change


def _told(change: Change, notes: Sequence[HistoryNote]) -> bool:
    period = change.period
    return period is not None and any(
        note.since <= period.since and set(note.of) & set(change.about) for note in notes
    )
