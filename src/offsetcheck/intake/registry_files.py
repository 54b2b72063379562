"""Files that an officer names as records: `registry:` of a tender, `--registry` of a command."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from offsetcheck.intake.forms import Form, read_form
from offsetcheck.intake.offers import BID_SHEET, offers_of_bytes
from offsetcheck.intake.read import read_bytes
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.table import CandidateTable

REGISTRY = "registry"
UNREAD = "the offers are judged without it"


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """A list that counts as a registry's record, and the day of it where the officer states one."""

    name: str
    day: date | None = None


def registry_file(text: str) -> RegistryFile:
    """Return what `FILE` or `FILE@DATE` names; an `@` before no ISO day is part of the name."""
    name, mark, day = text.rpartition("@")
    if mark:
        try:
            return RegistryFile(name, date.fromisoformat(day))
        except ValueError:
            pass
    return RegistryFile(text)


@dataclass(frozen=True, slots=True)
class Records:
    """The lists that a tender names as records: their tables, their bytes by name, problems."""

    tables: tuple[CandidateTable, ...] = ()
    contents: tuple[tuple[str, bytes], ...] = ()
    problems: tuple[Problem, ...] = ()


def read_records(
    purchase: bytes, file: str, folder: Path, taken: Sequence[str], dictionary: Dictionary
) -> Records:
    """Return the lists under `registry:` of a tender's purchase, as records of grade E1.

    Each is a file within the folder and none of those `taken` as something else. One that cannot
    be read, or that is a bid sheet, is a problem at its entry and counts for nothing.
    """
    form = read_form(purchase, file)
    tables: list[CandidateTable] = []
    contents: list[tuple[str, bytes]] = []
    problems: list[Problem] = []
    for text, place in _entries(form, problems):
        named = registry_file(text)
        try:
            path = _within(named.name, folder, taken, place)
            data = read_bytes(path)
            tables.append(_record(data, named, dictionary, place))
            contents.append((named.name, data))
        except InputError as error:
            problems += error.problems
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


def _within(name: str, folder: Path, taken: Sequence[str], place: Place) -> Path:
    """Return the path of a file within a folder; links and ways out of it are refused."""
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts or "\\" in name or not relative.parts:
        raise _refused(f"`{name}` is no file of the folder: {UNREAD}", place)
    if relative.as_posix() in taken:
        message = f"`{name}` is no record: it is the sellers' word or a note of the tender"
        raise _refused(message, place, "put the registry's own export beside it")
    path = folder
    for part in relative.parts:
        path /= part
        if path.is_symlink():
            raise _refused(f"`{name}` is a link: {UNREAD}", place)
    if not path.is_file():
        raise _refused(f"there is no file `{name}`: {UNREAD}", place)
    return path


def _record(
    data: bytes, named: RegistryFile, dictionary: Dictionary, place: Place
) -> CandidateTable:
    table = offers_of_bytes(data, named.name, dictionary)
    if table.layout == BID_SHEET:
        message = f"`{named.name}` has the form of a bid sheet, which is a seller's own word"
        hint = "a record is a list that a registry or a database of registries publishes"
        raise _refused(f"{message}: {UNREAD}", place, hint)
    return table


def _refused(message: str, place: Place, hint: str | None = None) -> InputError:
    return InputError([Problem(message, place, hint)])
