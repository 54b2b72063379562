"""A registry's list as a person names it: the file, and with `FILE@DATE` the day of its facts."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offsetcheck.intake.normalise.dates import read_date
from offsetcheck.intake.registry.snapshot import snapshot_day
from offsetcheck.vocabulary.problem import UnreadableError

SIGN = "@"


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file, and the day from which its moving facts count where a person states it."""

    path: Path
    day: date | None = None


def list_file(written: Path) -> ListFile:
    """Return the file and the day of `FILE@DATE`; the day is `2026-08-14`, or a month's last.

    What is there under the whole name is a file without a stated day, so that names with an `@`
    work. Raises UnreadableError where a file stands before the `@` and no day behind it.
    """
    name, sign, words = written.name.rpartition(SIGN)
    file = written.with_name(name) if name else written
    if not sign or not name or _is_there(written) or not _is_there(file):
        return ListFile(written)
    if file.is_dir():
        raise UnreadableError(f"`{written.name}` states a day of a folder", "a list has a day")
    day = _day(words)
    if day is None:
        raise UnreadableError(f"no day stands after the `{SIGN}` of `{written.name}`", _hint(name))
    return ListFile(file, day)


def _day(words: str) -> date | None:
    try:
        return read_date(words)
    except UnreadableError:
        month_or_day = snapshot_day(words)
        if month_or_day is None or len(words) != len("2026-08"):
            raise
        return month_or_day


def _hint(name: str) -> str:
    return f"write `{name}{SIGN}2026-08-14`"


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file system takes
        return False
