"""The files of a tender's folder: by a mark of their own, never by a path that a browser sends."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from offsetcheck.web.visit import RefusedError

MOST = 500
DEEPEST = 4
LARGEST_SHOWN = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FolderFile:
    """One file of a tender: its name from the folder, the mark in addresses, size and day."""

    name: str
    mark: str
    size: int
    changed: date


def files_of(folder: Path) -> tuple[FolderFile, ...]:
    """Return the files of a tender's folder by name, the first 500; links and hidden ones aside."""
    found = sorted(_walked(folder, ""), key=lambda one: (one.name.count("/"), one.name.casefold()))
    return tuple(found[:MOST])


def _walked(folder: Path, before: str, depth: int = 0) -> Iterator[FolderFile]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.is_symlink():
            continue
        name = f"{before}{entry.name}"
        if entry.is_dir() and depth < DEEPEST:
            yield from _walked(Path(entry.path), f"{name}/", depth + 1)
        elif entry.is_file():
            state = entry.stat()
            day = datetime.fromtimestamp(state.st_mtime, UTC).date()
            yield FolderFile(name, mark_of(name), state.st_size, day)


def mark_of(name: str) -> str:
    """Return what stands for a file in an address, whatever signs its name has."""
    return sha256(os.fsencode(name)).hexdigest()[:16]


def file_marked(folder: Path, mark: str) -> tuple[FolderFile, bytes]:
    """Return a file of a folder by its mark, with its bytes; raises RefusedError (404, 413)."""
    file = next((one for one in files_of(folder) if one.mark == mark), None)
    if file is None:
        raise RefusedError(404, "web_tender.no_file")
    if file.size > LARGEST_SHOWN:
        raise RefusedError(413, "web_tender.large_file")
    return file, (folder / file.name).read_bytes()
