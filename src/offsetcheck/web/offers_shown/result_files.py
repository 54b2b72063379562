"""Results as files: made once for one state of a tender, and kept a while on the disk."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from offsetcheck.api.output import write_result
from offsetcheck.api.result_file import ResultFile, result_file
from offsetcheck.ground.version import __version__
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.folder.edits import COMMAND
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.folder.tenders import own_folder
from offsetcheck.web.visit import Visit
from offsetcheck.web.work.progress import progress, takes_long

SECONDS_EACH = {"csv": 0.003, "xlsx": 0.01, "json": 0.01, "md": 0.02, "html": 0.03, "pdf": 1.5}
"""What one offer takes in a format; the formats of other systems are quick."""
QUICK = 0.005
MOST_KEPT = 12
FOLDER, NAME_END = "made", b"\n"


def made_file(visit: Visit, tender: Opened, form: str) -> ResultFile:
    """Return the result of a tender in a format, from the disk where it was made before.

    Raises TakesLongError where making it takes long and somebody waits.
    """
    path = _place(visit, tender, form)
    known = _read(path)
    if known is not None:
        return known
    judged = tender.judged()
    takes_long(len(judged) * SECONDS_EACH.get(form, QUICK))
    made = result_file(tender.case, judged, form, progress=progress("web_verdicts.writing"))
    _keep(path, made)
    return made


def is_made(visit: Visit, tender: Opened, form: str) -> bool:
    """Return whether a file of the tender as it stands lies ready."""
    return _place(visit, tender, form).is_file()


def known_form(form: str, forms: Callable[[], tuple[str, ...]]) -> str:
    """Return a format that there is; raises RequestError for any other word."""
    if form not in forms():
        raise RequestError.about("form", f"`{form}` is not one of {', '.join(forms())}")
    return form


def _place(visit: Visit, tender: Opened, form: str) -> Path:
    state = (__version__, tender.mark, tender.request.as_of, visit.language, form)
    name = sha256(repr(state).encode()).hexdigest()
    return own_folder(visit.workplace) / FOLDER / name


def _read(path: Path) -> ResultFile | None:
    try:
        head, _, data = path.read_bytes().partition(NAME_END)
    except FileNotFoundError:
        return None
    name, _, media = head.decode().partition("\t")
    return ResultFile(name, media, data)


def _keep(path: Path, made: ResultFile) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    content = f"{made.name}\t{made.media}".encode() + NAME_END + made.data
    write_result(path, content, replace=True, command=COMMAND)
    kept = sorted(path.parent.iterdir(), key=lambda one: one.stat().st_mtime_ns)
    for old in kept[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
