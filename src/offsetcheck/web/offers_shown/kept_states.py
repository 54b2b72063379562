"""States of a tender that somebody asked to keep: each a folder that `offsetcheck since` reads.

They lie in the tender's own folder, so that they travel with it. No judgement reads them.
"""

import os
from pathlib import Path

from offsetcheck.api.since import keep_run
from offsetcheck.web.folder.edits import COMMAND, changing
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.folder.tenders import NAME, TenderFolder
from offsetcheck.web.visit import Workplace

FOLDER, LIST = "kept", "tender.json"


def kept_states(tender: TenderFolder) -> tuple[str, ...]:
    """Return the names of the states that are kept, the last one first by name."""
    try:
        entries = list(os.scandir(tender.path / FOLDER))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    names = [one.name for one in entries if NAME.match(one.name) and _is_state(one)]
    return tuple(sorted(names, reverse=True))


def _is_state(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) and (Path(entry.path) / LIST).is_file()


def state_named(tender: TenderFolder, name: str) -> Path | None:
    """Return the folder of a state that is kept, None where there is none of that name."""
    return tender.path / FOLDER / name if name in kept_states(tender) else None


def keep_state(workplace: Workplace, tender: Opened, name: str) -> None:
    """Keep the tender as it is judged now under a name, which `is_name` has let through.

    Raises OutputError where the name is taken or the folder cannot be written, and RequestError
    for a list that is too long.
    """
    judged = tender.judged()
    with changing(workplace, tender.folder):
        top = tender.folder.path / FOLDER
        top.mkdir(exist_ok=True)
        keep_run(tender.case, judged, top / name, command=COMMAND)


def is_name(text: str) -> bool:
    """Return whether a text can name a state: letters, digits, dots, dashes and underscores."""
    return NAME.match(text) is not None and not text.endswith(".")
