"""One note more or less: what it would do, and the writing of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from offsetcheck.api.as_if import EVIDENCE_FOLDER, case_as_if, new_problems
from offsetcheck.api.case import Case
from offsetcheck.api.judge import explain_offer
from offsetcheck.api.notes import FILES, note_text, with_note, without_note
from offsetcheck.vocabulary.problem import InputError, Problem
from offsetcheck.vocabulary.shown import grade_range
from offsetcheck.web.folder.edits import seen, write_as_seen
from offsetcheck.web.folder.kept import Opened, opened, rulebook_of
from offsetcheck.web.visit import RefusedError, Shown, Visit


class VerdictShown(Shown):
    """A verdict in words, and the grade beside it."""

    verdict: str
    words: str
    grade: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A note that was tried on a copy: the text to be written, what refuses it, what came of it."""

    section: str
    text: str
    problems: tuple[Problem, ...]
    case: Case | None

    def verdict(self, offer: str) -> VerdictShown | None:
        """Return the verdict of an offer with the note, None where the tender cannot be read."""
        return None if self.case is None else shown(self.case, offer)


def shown(case: Case, offer: str) -> VerdictShown:
    """Return the verdict of an offer as pages show it."""
    explained = explain_offer(case, offer).explained
    grade = explained.grade
    both = grade_range(grade.lower, grade.upper)
    return VerdictShown(
        verdict=explained.verdict.verdict, words=explained.verdict.words, grade=both
    )


def opened_if_any(visit: Visit) -> Opened | None:
    """Return a tender, None where it has no offers that can be read yet."""
    try:
        return opened(visit)
    except InputError:
        return None


def note_path(known: Opened, section: str) -> Path:
    """Return the file of a kind of note; raises RefusedError (409) where a link is in its place."""
    path = known.folder.path / FILES[section]
    if path.is_symlink():
        raise RefusedError(409, "web_offers.link", file=path.name)
    return path


def seen_notes(known: Opened, section: str) -> str:
    """Return what a form remembers of the file of a kind of note."""
    return seen(note_path(known, section))


def tried(visit: Visit, known: Opened, section: str, entry: Mapping[str, Any]) -> Tried:
    """Return a further note as it would be; what refuses it are its problems."""
    file = FILES[section]
    note_path(known, section)
    try:
        text = with_note(note_text(known.folder.path, section), section, entry)
        request, rulebook = known.request, rulebook_of(visit.workplace.rules)
        case = case_as_if(request, rulebook, {file: text.encode()})
    except InputError as error:
        return Tried(section, "", error.problems, None)
    problems = tuple(p for p in new_problems(known.case, case) if p.place.file == file)
    return Tried(section, text, problems, case)


def write_note(visit: Visit, known: Opened, made: Tried) -> None:
    """Write what was tried; raises RefusedError (409) where the file is no longer as shown."""
    path = note_path(known, made.section)
    write_as_seen(visit.workplace, known.folder, path, made.text, visit.filled("seen"))


def take_back(visit: Visit, known: Opened, section: str, index: int) -> None:
    """Take a note away; raises RefusedError (409) where the file is no longer as shown."""
    path = note_path(known, section)
    text = without_note(note_text(known.folder.path, section), section, index)
    write_as_seen(visit.workplace, known.folder, path, text, visit.filled("seen"))


def papers(known: Opened) -> tuple[tuple[str, str], ...]:
    """Return the papers of a tender, each with its SHA-256."""
    folder = known.folder.path / EVIDENCE_FOLDER
    if folder.is_symlink() or not folder.is_dir():
        return ()
    return tuple(
        (path.name, sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    )


def signer(visit: Visit) -> str:
    """Return under whose name a note is written: who has signed in, else as is filled in."""
    return visit.person.name if visit.workplace.many else visit.filled("by")
