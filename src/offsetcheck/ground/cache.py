"""What one run keeps for the next, in the user's cache: bytes under a key, with their checksum.

It is read back only from a plain file of the user's own, in a folder of the user's own, that
nobody else may write to, and only where key and checksum fit; whatever is wrong, it is not there.
"""

import hashlib
import os
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from offsetcheck.ground.limits import MAX_KEPT_BYTES
from offsetcheck.ground.walk import NotPlainError, is_own, read_plain

FORM = 1
PART = ".part"
DAY = 86_400.0
"""Seconds after which a half-written file is known to be left by a run that was killed."""


def own_cache(name: str) -> Path | None:
    """Return a folder in the user's cache, made where it is missing, or None.

    None where it cannot be made, is a link, belongs to somebody else, or others may write to it.
    """
    try:
        given = Path(os.environ.get("XDG_CACHE_HOME") or "")
        folder = (given if given.is_absolute() else Path.home() / ".cache") / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError, ValueError):
        return None
    return folder if stat.S_ISDIR(found.st_mode) and is_own(found) else None


def recall(place: Path, key: str) -> bytes | None:
    """Return what was kept at a place under a key, None where that is not there, whole and own."""
    try:
        kept = read_plain(place, MAX_KEPT_BYTES, own=True)
    except (OSError, NotPlainError):
        return None
    head, _, content = kept.partition(b"\n")
    return content if head == _head(key, content) else None


def keep(place: Path, key: str, content: bytes, *, most: int) -> None:
    """Keep bytes for the next run, whole or not at all, and the newest `most` of their kind.

    A full disk or a folder that cannot be written to is no reason to stop.
    """
    head = _head(key, content)
    if len(head) + 1 + len(content) > MAX_KEPT_BYTES:
        return
    with suppress(OSError):
        handle, name = tempfile.mkstemp(suffix=PART, dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(head + b"\n" + content)
            Path(name).replace(place)
        finally:
            Path(name).unlink(missing_ok=True)
        _forget(place, most)


def _head(key: str, content: bytes) -> bytes:
    digest = hashlib.sha256(f"{key}\n".encode() + content).hexdigest()
    return f"offsetcheck {FORM} {key} {digest}".encode()


def _forget(place: Path, most: int) -> None:
    """Delete the oldest of a kind, and what runs that were killed left half-written."""
    kept = sorted(place.parent.glob(f"*{place.suffix}"), key=lambda path: path.lstat().st_mtime)
    left = [
        path for path in place.parent.glob(f"*{PART}") if path.lstat().st_mtime < time.time() - DAY
    ]
    for old in (*kept[:-most], *left):
        old.unlink(missing_ok=True)
