"""The tenders of the served folder: by name, never by a path that a browser sends."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.vocabulary.problem import OutputError, Place, Problem
from offsetcheck.web.visit import RefusedError, Workplace

PURCHASE = "purchase.yaml"
OWN = ".offsetcheck"
"""What the app itself keeps in the served folder."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\Z")
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class TenderFolder:
    """One tender on disk: the name by which addresses call it, and its folder."""

    name: str
    path: Path


def tenders(workplace: Workplace) -> tuple[TenderFolder, ...]:
    """Return the tenders of the served folder by name; the folder itself where it is one.

    Links that lead out of the folder and hidden folders are none.
    """
    top = workplace.folder
    if (top / PURCHASE).is_file():
        return (TenderFolder(_own_name(top), top),)
    try:
        entries = sorted(os.scandir(top), key=lambda entry: entry.name.casefold())
    except OSError:
        return ()
    return tuple(
        TenderFolder(entry.name, Path(entry.path)) for entry in entries if _is_tender(entry)
    )


def _own_name(top: Path) -> str:
    name = top.resolve().name
    return name if NAME.match(name) else "tender"


def _is_tender(entry: "os.DirEntry[str]") -> bool:
    if not NAME.match(entry.name) or not entry.is_dir(follow_symlinks=False):
        return False
    return (Path(entry.path) / PURCHASE).is_file()


def tender_named(workplace: Workplace, name: str) -> TenderFolder:
    """Return the tender of a name; raises RefusedError (404) where there is none."""
    for tender in tenders(workplace):
        if tender.name == name:
            return tender
    raise RefusedError(404, "web.no_tender", name=name)


def new_folder(workplace: Workplace, name: str) -> Path | None:
    """Return where a new tender of a name may lie; None where the name is no name for one."""
    return workplace.folder / name if NAME.match(name) and not name.endswith(".") else None


def own_folder(workplace: Workplace) -> Path:
    """Return the folder in which the app keeps its own, made where it is not there.

    Raises OutputError where it cannot be made: the served folder is gone, full or read-only.
    """
    folder = workplace.folder / OWN
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        said = f"cannot be written to: {(error.strerror or '').lower()}"
        raise OutputError([Problem(said, Place(str(workplace.folder)))]) from None
    return folder
