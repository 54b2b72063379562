"""Reasoned exceptions: rules/exceptions.yaml names what a check finds and is meant to stand."""

from collections.abc import Collection, Iterable

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.loading import LOADING
from offsetcheck.rulebook.lint.places import is_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import FileModel, build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import Sentence, Text
from offsetcheck.vocabulary.problem import Problem

FILE = "exceptions.yaml"
PROOFS = "proofs."
UNKNOWN, IDLE, LOADED = "exceptions.unknown_check", "exceptions.idle", "exceptions.of_loading"


class Excepted(FileModel):
    """What one check may find in a file, and why it is meant; without `at` anywhere in it.

    `at` is the path of keys, joined by dots; in a table the first cell of the row and the column.
    """

    check: Text
    file: Text
    at: Text | None = None
    reason: Sentence


def but_for_exceptions(
    rulebook: Rulebook,
    problems: Iterable[Problem],
    *,
    ran: Collection[str],
    known: Collection[str],
) -> list[Problem]:
    """Return problems without those that are excepted, and with what is wrong with exceptions.

    `ran` are the ids of the checks that looked, `known` those of all that there are: an exception
    from a check that did not look may still be needed.
    """
    document = rulebook.documents.get(FILE)
    found = list(problems)
    if document is None or (document.data is None and not document.problems):
        return found
    noted = Problems()
    read = _read(document, noted)
    entries = read.values()
    kept = [one for one in found if not any(_excepts(entry, one, rulebook) for entry in entries)]
    for index, entry in read.items():
        said = _wrong(entry, known)
        idle = not any(_excepts(entry, one, rulebook) for one in found)
        if said is None and entry.check in ran and idle:
            said = IDLE, f"`{entry.check}` finds nothing here: nothing is excepted", "leave it out"
        if said is not None:
            check, message, hint = said
            noted.at_value(document, (index,), message, hint, check=check)
    return [*kept, *noted.sorted()]


def _read(document: Document, noted: Problems) -> dict[int, Excepted]:
    """Return the exceptions of a file by their index; what is wrong with its shape is noted."""
    if not isinstance(document.data, list):
        noted.at_value(
            document,
            (),
            "a list is needed here",
            "write `- {check: …, file: …, at: …, reason: …}` lines",
            check="file.wrong_value",
        )
        return {}
    read = {
        index: build(Excepted, entry, document, noted, (index,))
        for index, entry in enumerate(document.data)
    }
    return {index: entry for index, entry in read.items() if entry is not None}


def _excepts(entry: Excepted, problem: Problem, rulebook: Rulebook) -> bool:
    if (entry.check, entry.file) != (problem.check, problem.place.file):
        return False
    return entry.at is None or is_at(problem.place, entry.at, rulebook)


def _wrong(entry: Excepted, known: Collection[str]) -> tuple[str, str, str | None] | None:
    """Return the check, the message and the hint of an exception from what cannot be excepted."""
    if entry.check in known or entry.check.startswith(PROOFS):
        return None
    if entry.check in {described.id for described in LOADING}:
        message = f"`{entry.check}` is an error of reading and cannot be excepted"
        return LOADED, message, "mend what it finds"
    return UNKNOWN, f"there is no check `{entry.check}`", did_you_mean(entry.check, known)
