"""The lists that an officer names as records under `registry:` of a tender's purchase."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.forms import Form, read_form
from offsetcheck.intake.registry.files import ListFile, list_file
from offsetcheck.intake.registry.record import Record, record_of_bytes
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import InputError, Place, Problem, UnreadableError

REGISTRY = "registry"
UNREAD = "the offers are judged without it"


@dataclass(frozen=True, slots=True)
class Records:
    """The lists that a tender names as records: their tables, their bytes by name, problems."""

    tables: tuple[Record, ...] = ()
    contents: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_records(
    purchase: bytes,
    file: str,
    folder: Path,
    taken: Sequence[str],
    dictionary: Dictionary,
    *,
    asked: Asked = NOTHING_ASKED,
) -> Records:
    """Return the lists under `registry:` of a tender's purchase, as records of grade E1.

    Each is a file within the folder and none of those `taken` as something else. One that cannot
    be read, or that is a bid sheet, is a problem at its entry and counts for nothing. `asked` is
    what a person says of how all of them are to be read.
    """
    form = read_form(purchase, file)
    tables: list[Record] = []
    contents: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    for text, place in _entries(form, problems):
        try:
            listed = _within(text, folder, taken, place)
            data = read_bytes(listed.path)
            tables.append(_record(data, listed, dictionary, asked))
            contents.append((listed.path.relative_to(folder).as_posix(), data))
        except InputError as error:
            problems += [*error.problems, Problem(f"`{text}` is not read", place, UNREAD)]
    return Records(tuple(tables), tuple(contents), tuple(problems))


def _entries(form: Form, problems: list[Problem]) -> list[tuple[str, Place]]:
    """Return the texts under `registry:` with their places; what is none is a problem."""
    data = form.document.data
    listed = data.get(REGISTRY) if isinstance(data, dict) else None
    if listed is None:
        return []
    items = list(enumerate(listed)) if isinstance(listed, list) else [(None, listed)]
    entries = []
    for index, item in items:
        place = form.document.value_place((REGISTRY,) if index is None else (REGISTRY, index))
        if isinstance(item, str) and item.strip():
            entries.append((item.strip(), place))
        else:
            problems.append(Problem("the name of a file is needed here", place, "`- verra.csv`"))
    return entries


def _within(text: str, folder: Path, taken: Sequence[str], place: Place) -> ListFile:
    """Return a file within a folder, with the day that `FILE@DATE` states.

    Links and ways out of the folder are refused.
    """
    said = PurePosixPath(text)
    if said.is_absolute() or ".." in said.parts or "\\" in text or not said.parts:
        raise _refused(f"`{text}` is no file of the folder", place)
    try:
        listed = list_file(folder / said)
        relative = listed.path.relative_to(folder)
    except UnreadableError as why:
        raise InputError([why.at(place)]) from None
    name = relative.as_posix()
    if name in taken:
        message = f"`{name}` is no record: it is the sellers' word or a note of the tender"
        raise _refused(message, place, "put the registry's own export beside it")
    path = folder
    for part in relative.parts:
        path /= part
        if path.is_symlink():
            raise _refused(f"`{name}` is a link", place)
    if not path.is_file():
        raise _refused(f"there is no file `{name}`", place)
    return listed


def _record(data: bytes, listed: ListFile, dictionary: Dictionary, asked: Asked) -> Record:
    return record_of_bytes(data, listed.path.name, dictionary, replace(asked, day=listed.day))


def _refused(message: str, place: Place, hint: str | None = None) -> InputError:
    return InputError([Problem(message, place, hint)])
