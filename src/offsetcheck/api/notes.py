"""What officers write beside the offers: listed, added to, taken back; the rest stays as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from offsetcheck.intake.files.decode import decode
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.forms import Form, FormEntry, read_sections
from offsetcheck.intake.notes.confirmed import Confirmed
from offsetcheck.intake.notes.evidence import Found
from offsetcheck.intake.notes.judgements import ReviewEntry, ScreeningEntry
from offsetcheck.intake.tender.read import EVIDENCE, REVIEWS, SCREENING
from offsetcheck.vocabulary.forms.edited import with_entry, without_entry

CONFIRMED, FOUND, SCREENINGS, REVIEWED = "confirmed", "found", "screenings", "reviews"
FILES = {CONFIRMED: EVIDENCE, FOUND: EVIDENCE, SCREENINGS: SCREENING, REVIEWED: REVIEWS}
"""The file of a tender in which each kind of note stands."""

_SECTIONS = {EVIDENCE: (CONFIRMED, FOUND), SCREENING: (SCREENINGS,), REVIEWS: (REVIEWED,)}
_MODELS = {CONFIRMED: Confirmed, FOUND: Found, SCREENINGS: ScreeningEntry, REVIEWED: ReviewEntry}


@dataclass(frozen=True, slots=True)
class Note:
    """One well-formed note: its kind and number there, from 0, the offers, and what it says.

    `said` are fields with their values, a rule with its judgement, or nothing but the sources of a
    search. No offers: it is of all.
    """

    section: str
    index: int
    offers: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    by: str
    on: date
    source: str = ""
    page: str = ""
    kind: str = ""
    sha256: str = ""


def note_text(folder: Path, section: str) -> str:
    """Return the text of the file of a kind of note, empty where there is none yet.

    Raises InputError for a file that is no text.
    """
    path = folder / FILES[section]
    if not path.exists():
        return ""
    data = path.read_bytes()
    return decode(data, path.name) if data.strip() else ""


def with_note(text: str, section: str, entry: Mapping[str, Any]) -> str:
    """Return a file of notes with a further one; raises InputError where nothing can be written."""
    said = {name: value for name, value in entry.items() if value not in (None, "", (), [])}
    return with_entry(text, FILES[section], section, said)


def without_note(text: str, section: str, index: int) -> str:
    """Return a file of notes without one of them; raises InputError where there is no such."""
    return without_entry(text, FILES[section], section, index)


def notes_in(folder: Path) -> tuple[Note, ...]:
    """Return the well-formed notes of a tender, in the order of the files.

    Raises InputError for a file that cannot be read at all.
    """
    return tuple(_notes(folder))


def _notes(folder: Path) -> Iterator[Note]:
    for file, sections in _SECTIONS.items():
        path = folder / file
        if not path.is_file() or not path.read_bytes().strip():
            continue
        form = read_sections(read_bytes(path), file, sections)
        for section in sections:
            yield from _of_section(form, section)


def _of_section(form: Form, section: str) -> Iterator[Note]:
    entries: Sequence[FormEntry[Any]] = form.entries(section, _MODELS[section])
    for entry in entries:
        yield _note(section, int(entry.steps[-1]), entry.said)


def _note(section: str, index: int, said: Any) -> Note:
    match said:
        case Confirmed():
            values = tuple((name, _plain(one)) for name, one in (said.values or {}).items())
            return Note(
                section, index, said.offer, values, said.by, said.on, said.document,
                said.page or "", said.kind, said.sha256 or "",
            )  # fmt: skip
        case Found():
            return Note(
                section, index, said.offer, ((said.field, _plain(said.value)),), said.by, said.on,
                said.document or said.source, said.page or "", said.kind or "", said.sha256 or "",
            )  # fmt: skip
        case ScreeningEntry():
            sources = "; ".join(said.sources)
            return Note(section, index, said.offers or (), (), said.by, said.on, sources)
        case _:
            judged = ((said.rule, said.judgement),)
            by = f"{said.by}, {said.role}"
            return Note(section, index, (said.offer,), judged, by, said.on, said.reason)


def _plain(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
