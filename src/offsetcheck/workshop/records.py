"""Decision records: their number, title, day and status, and the list of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_HEAD = re.compile(
    r"# (?P<number>\d+)\. (?P<title>.+)\n\n"
    r"Date: (?P<date>\d{4}-\d\d-\d\d) · Status: (?:accepted|replaced by (?P<successor>\d{4}))\n\n"
)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as its first lines say; `successor` is the number of the one that replaced it."""

    file: str
    number: int
    title: str
    date: str
    successor: int | None


def records(folder: Path) -> tuple[Record, ...]:
    """Return the records of a folder by number; raises ValueError for a head of another form."""
    return tuple(map(_record, sorted(folder.glob("[0-9]*.md"))))


def records_lines(found: Iterable[Record]) -> Iterator[str]:
    """Yield the list of records, each with a link, its day, and what replaced it."""
    for record in found:
        later = f", replaced by {record.successor}" if record.successor else ""
        yield f"- [{record.number}. {record.title}]({record.file}) ({record.date}{later})"


def _record(path: Path) -> Record:
    head = _HEAD.match(path.read_text("utf-8"))
    if head is None or int(head["number"]) != int(path.name[:4]):
        raise ValueError(
            f"{path.name}: a record begins with `# 12. Title`, an empty line, and "
            "`Date: 2026-11-24 · Status: accepted` or `… replaced by 0019`"
        )
    successor = head["successor"]
    return Record(
        path.name,
        int(head["number"]),
        head["title"],
        head["date"],
        None if successor is None else int(successor),
    )
