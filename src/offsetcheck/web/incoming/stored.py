"""The list that a tender holds, as it is read, and its `columns.yaml` as it would be written."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from offsetcheck.api.answers_changed import OffersChange, answers_changed
from offsetcheck.api.as_if import case_as_if, new_problems
from offsetcheck.api.columns import COLUMNS_FILE, ColumnsChange, columns_changed, columns_text
from offsetcheck.api.incoming import Said, Taken, look_at, wording_of
from offsetcheck.api.incoming_place import FORMS, offers_there
from offsetcheck.vocabulary.problem import InputError, Problem
from offsetcheck.web.folder.edits import changing, seen, write
from offsetcheck.web.folder.kept import opened, rulebook_of
from offsetcheck.web.folder.tenders import TenderFolder
from offsetcheck.web.incoming.looks import Seen, request_of, seen_of
from offsetcheck.web.visit import RefusedError, Visit


@dataclass(frozen=True, slots=True)
class Tried:
    """A `columns.yaml` that was tried on a copy: its text, what came of it, what is wrong then."""

    text: str
    change: OffersChange
    problems: tuple[Problem, ...]


def list_name(tender: TenderFolder) -> str | None:
    """Return the name of the one list of offers of a tender; None where it has forms or none."""
    lists = [name for name in offers_there(tender.path) if not name.startswith(f"{FORMS}/")]
    return lists[0] if len(lists) == 1 else None


def list_path(tender: TenderFolder) -> Path:
    """Return the list of a tender; raises RefusedError (404) where it has none of its own."""
    name = list_name(tender)
    path = None if name is None else tender.path / name
    if path is None or path.is_symlink():
        raise RefusedError(404, "web_offers.no_list")
    return path


def seen_list(visit: Visit, tender: TenderFolder) -> Seen:
    """Return a tender's list as it is read with what its `columns.yaml` says."""
    rulebook = rulebook_of(visit.workplace.rules)
    wording = wording_of(request_of(visit, tender), rulebook)
    said = Said(text.encode()) if (text := columns_there(tender)) is not None else Said()
    found = look_at(list_path(tender), rulebook, wording, said)
    is_list = found.taken in {Taken.RECORD, Taken.OFFERS}
    return seen_of(replace(found, taken=Taken.OFFERS) if is_list else found)


def columns_path(tender: TenderFolder) -> Path:
    """Return the `columns.yaml` of a tender; raises RefusedError (409) where a link is there."""
    path = tender.path / COLUMNS_FILE
    if path.is_symlink():
        raise RefusedError(409, "web_offers.link", file=path.name)
    return path


def columns_there(tender: TenderFolder) -> str | None:
    """Return what a tender says of the columns of its list; None where it says nothing."""
    path = columns_path(tender)
    return path.read_text("utf-8", "replace") if path.is_file() else None


def mark_of(tender: TenderFolder) -> str:
    """Return what a form remembers: the list and what is said of it."""
    marks = f"{seen(list_path(tender))} {seen(columns_path(tender))}"
    return sha256(marks.encode()).hexdigest()


def refuse_other(tender: TenderFolder, as_seen: str) -> None:
    """Raise RefusedError (409) where list or `columns.yaml` are no longer what a form showed."""
    if mark_of(tender) != as_seen:
        raise RefusedError(409, "web.changed_meanwhile", file=COLUMNS_FILE)


def tried(visit: Visit, tender: TenderFolder, change: ColumnsChange) -> Tried:
    """Return what a change would do to a tender's offers; nothing is written.

    Raises InputError where nothing can be written into the file, and where the list could not be
    read any more.
    """
    rulebook = rulebook_of(visit.workplace.rules)
    known = columns_there(tender)
    before = columns_text(list_path(tender), rulebook) if known is None else known
    text = columns_changed(before, change)
    after = case_as_if(request_of(visit, tender), rulebook, {COLUMNS_FILE: text.encode()})
    try:
        case = opened(visit).case
    except InputError:  # the list cannot be read as it stands: all that can be read then is new
        return Tried(text, OffersChange((), (), tuple(after.table.ids)), after.problems)
    return Tried(text, answers_changed(case, after), new_problems(case, after))


def write_columns(visit: Visit, tender: TenderFolder, text: str, as_seen: str) -> None:
    """Write `columns.yaml` where list and file are as the form showed; raises RefusedError."""
    with changing(visit.workplace, tender):
        refuse_other(tender, as_seen)
        write(columns_path(tender), text)
