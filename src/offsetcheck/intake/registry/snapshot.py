"""The day on which a registry said something: of a list by its words, of a note by its entry."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.layout import place_of, places
from offsetcheck.intake.normalise.dates import DateStyle, read_date
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.problem import Place, Problem, Severity, UnreadableError

DAY_HEADERS = (
    *("as of", "as-of date", "data as of", "snapshot date", "snapshot", "registry snapshot"),
    *("export date", "exported on", "extract date", "registry extract date", "retrieved"),
)
"""Headings under which a list states its own day in each row."""

UNDATED = "the list states no day: its status, ledger and labels count on whatever day is assessed"
SNAPSHOT_FIELD = "registry_snapshot"

_DAY_IN_NAME = re.compile(r"(?<!\d)(20\d{2})-(\d{2})(?:-(\d{2}))?(?!\d)")


@lru_cache(maxsize=1024)
def snapshot_day(name: str) -> date | None:
    """Return the first day that a name states: `2026-08-14`, or the last day of `2026-08`."""
    match = _DAY_IN_NAME.search(name)
    return None if match is None else _day(match)


def list_day(
    sheet: Sheet, said: date | None, style: DateStyle
) -> tuple[date | None, list[Problem]]:
    """Return the day of a registry's list, and what is odd about it.

    What the officer `said` counts, else a column of days (the latest of them), else a day in the
    rows above the header, else one in the file's name. A list without a day is asked for one.
    """
    found = _day_within(sheet, style) or snapshot_day(sheet.file)
    if said is None:
        return found, [] if found else [_undated(sheet)]
    if found is None or found == said:
        return said, []
    message = f"the list's day is stated as {said}, but the list itself says {found}"
    hint = f"{said} counts; compare the two"
    return said, [Problem(message, Place(sheet.file), hint, Severity.WARNING)]


def record_day(fact: Fact) -> date | None:
    """Return the day of a registry's record, None where it states none or is no such record.

    A list states it for the fields that move with time, an officer's note in `as_of`. The day on
    which she looked is not it: she may have looked into an old list.
    """
    return fact.as_of if fact.grade is EvidenceGrade.E1 else None


def _day_within(sheet: Sheet, style: DateStyle) -> date | None:
    """Return the day that a list states in a column of days or above its header."""
    if stated := sorted(_days_of_rows(sheet, style)):
        return stated[-1]
    above = {_day(match) for text in sheet.above for match in _DAY_IN_NAME.finditer(text)}
    return above.pop() if len(above) == 1 else None


def _days_of_rows(sheet: Sheet, style: DateStyle) -> Iterator[date]:
    index = place_of(places(sheet), DAY_HEADERS)
    for text in set() if index is None else set(sheet.columns[index]):
        try:
            day = read_date(text, style)
        except UnreadableError:
            continue
        if day is not None:
            yield day


def _undated(sheet: Sheet) -> Problem:
    return Problem(
        UNDATED,
        Place(sheet.file),
        f"write its day after its name, as in `{sheet.file}@2026-08-14`, or into its name",
        Severity.WARNING,
    )


def _day(match: re.Match[str]) -> date | None:
    year, month = int(match[1]), int(match[2])
    try:
        day = int(match[3]) if match[3] else calendar.monthrange(year, month)[1]
        return date(year, month, day)
    except ValueError:  # calendar's own error is one of its kind
        return None
