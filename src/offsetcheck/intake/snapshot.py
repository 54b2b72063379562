"""The day on which a registry said something: of a list by its name, of a note by its entry."""

import calendar
import re
from datetime import date
from functools import lru_cache

from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact

_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d{2})-(\d{2})(?:-(\d{2}))?(?!\d)")


@lru_cache(maxsize=1024)
def snapshot_day(name: str) -> date | None:
    """Return the first day that a name states: `2026-08-14`, or the last day of `2026-08`."""
    match = _DAY_IN_NAME.search(name)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    try:
        day = int(match[3]) if match[3] else calendar.monthrange(year, month)[1]
        return date(year, month, day)
    except ValueError:  # calendar's own error is one of its kind
        return None


def record_day(fact: Fact) -> date | None:
    """Return the day of a registry's record, None where it states none or is no such record.

    An officer's note states it in `as_of`, a list in the name of its file. The day on which she
    looked is not it: she may have looked into an old list.
    """
    if fact.grade is not EvidenceGrade.E1:
        return None
    return fact.as_of or (snapshot_day(fact.place.file) if fact.place else None)
