"""A changed rule about to be saved: checked with the whole folder, and with its past."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from offsetcheck.api.editing import EditedRules
from offsetcheck.difference.meaning.compare import compare_meaning
from offsetcheck.difference.meaning.model import Books, Change
from offsetcheck.rulebook.files.history import HISTORY_FILE, read_history
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.problems import Problems, in_order
from offsetcheck.vocabulary.problem import Problem, Severity

LONGEST_NOTE = 500
NOTES = "notes:\n"


@dataclass(frozen=True, slots=True)
class Past:
    """Answers of days past that a change makes others: of what, from which day, for how many."""

    of: str
    since: date
    profiles: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """What saving would write, by path in the folder, and why it may not be.

    `problems` are those of the whole folder with the change, as `rules check` tells them; `past`
    are the answers of days that are past which it makes others, of which the note then speaks.
    """

    texts: Mapping[str, str]
    problems: tuple[Problem, ...]
    past: tuple[Past, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems for which it may not be saved."""
        return tuple(one for one in self.problems if one.severity is Severity.ERROR)


def prepared(
    base: Rulebook, folder: Path, path: str, text: str, *, note: str, today: date
) -> Prepared:
    """Return what saving a rule's text would write, checked with the whole folder; none is written.

    Where answers of days past become others, the note is written into history.yaml too.
    """
    texts = {path: text}
    problems, rulebook = _checked(folder, texts)
    if rulebook is None or any(one.severity is Severity.ERROR for one in problems):
        return Prepared(texts, problems)
    past = _past(base, rulebook, today)
    if past and note:
        texts[HISTORY_FILE] = _noted(folder, past, note, today)
        problems, _ = _checked(folder, texts)
    return Prepared(texts, problems, past)


def _checked(folder: Path, texts: Mapping[str, str]) -> tuple[tuple[Problem, ...], Rulebook | None]:
    edited = EditedRules(folder)
    for path, text in texts.items():
        edited.hold(path, text)
    checked = edited.check(edited.ask())
    return in_order(one for own in checked.problems.values() for one in own), checked.rulebook


def _past(base: Rulebook, changed: Rulebook, today: date) -> tuple[Past, ...]:
    notes = [read_history(book.documents.get(HISTORY_FILE), Problems()) for book in (base, changed)]
    found = compare_meaning(Books(base, changed, today), *notes)
    groups: dict[str, list[Change]] = {}
    for change in found.unnoted:
        groups.setdefault(change.about[0], []).append(change)
    return tuple(
        Past(
            of=name,
            since=min(one.period.since for one in changes if one.period is not None),
            profiles=len({city for one in changes for city in one.reach}),
        )
        for name, changes in groups.items()
    )


def _noted(folder: Path, past: tuple[Past, ...], note: str, today: date) -> str:
    """Return history.yaml with an entry that speaks of some answers of days past."""
    place = folder / HISTORY_FILE
    text = place.read_text("utf-8") if place.exists() else NOTES
    text = text if text.endswith("\n") else f"{text}\n"
    named = ", ".join(one.of for one in past)
    since = min(one.since for one in past)
    said = json.dumps(" ".join(note.split()), ensure_ascii=False)
    entry = f"  - {{on: {today}, of: [{named}], from: {since}, note: {said}}}\n"
    return text.replace("notes: []\n", NOTES) + entry
