"""The last entry as it was written, kept beside the register: entries that are gone are told."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.web.register.entry import Act, Entry

FILE = "register.last"
OLDER = "register_older"
"""The act by which a register says itself that it had more entries, or others, than it has now."""


@dataclass(frozen=True, slots=True)
class Last:
    """Number and hash of an entry that was the last one of a register."""

    number: int
    hash: str

    def act(self) -> Act:
        """Return what the register says of itself where this entry is gone."""
        return Act("", OLDER, "", {"number": str(self.number), "hash": self.hash})

    def gone_from(self, entries: Sequence[Entry]) -> bool:
        """Return whether a whole register, in order, no longer holds this entry."""
        there = entries[self.number - 1] if self.number <= len(entries) else None
        return there is None or there.hash != self.hash


def last_kept(path: Path | None) -> Last | None:
    """Return what is kept of the last entry; None where nothing is, or nothing that can be read."""
    if path is None:
        return None
    try:
        kept = json.loads(path.read_text("utf-8"))
        last = Last(int(kept["number"]), str(kept["hash"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return last if last.number > 0 else None


def keep_last(path: Path | None, made: Entry) -> None:
    """Keep an entry that has been written as the last one.

    Where two are written at once the earlier may be kept; where there is no room, the one before.
    """
    if path is None:
        return
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        part.write_text(json.dumps({"number": made.number, "hash": made.hash}), "utf-8")
        part.replace(path)
