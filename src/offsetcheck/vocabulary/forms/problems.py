"""The problems of files that are being read: collected, located, in order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from offsetcheck.ground.limits import MAX_MESSAGE
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError

UNKNOWN_NAME = "name.unknown"


class Told(TypedDict, total=False):
    """What else may be said of a problem: the id of its check, the name that stands nowhere."""

    check: str | None
    names: str | None


class Problems:
    """Collects the problems of files while they are read, so that all are reported at once.

    `check` is the id under which problems are noted that say none of their own.
    """

    def __init__(self, check: str | None = None) -> None:
        self._found: list[Problem] = []
        self._check = check

    def under(self, check: str) -> "Problems":
        """Return the same collection for a reader whose problems have another id."""
        other = Problems(check)
        other._found = self._found
        return other

    def add(
        self, place: Place, message: str, hint: str | None = None, **more: Unpack[Told]
    ) -> None:
        """Note an error at a place."""
        self.note(Problem(message, place, hint, **more))

    def note(self, problem: Problem | None) -> None:
        """Note what a check has found, if it has."""
        if problem is not None:
            check = problem.check or (UNKNOWN_NAME if problem.names else self._check)
            self._found.append(replace(problem, message=_short(problem.message), check=check))

    def at_value(
        self,
        document: Document,
        path: Steps,
        message: str,
        hint: str | None = None,
        **more: Unpack[Told],
    ) -> None:
        """Note an error at a value of a document."""
        self.add(document.value_place(path), message, hint, **more)

    def at_key(
        self,
        document: Document,
        path: Steps,
        message: str,
        hint: str | None = None,
        **more: Unpack[Told],
    ) -> None:
        """Note an error at a key of a document."""
        self.add(document.key_place(path), message, hint, **more)

    def of_document(self, document: Document) -> None:
        """Note what is wrong with the YAML itself."""
        for problem in document.problems:
            self.note(problem)

    def sorted(self) -> tuple[Problem, ...]:
        """Return all problems in the order of files, lines and columns, each once."""
        return in_order(self._found)

    def lie_in(self, *starts: str) -> bool:
        """Whether a problem lies in a file whose name begins so."""
        return any(problem.place.file.startswith(starts) for problem in self._found)

    def stop(self) -> None:
        """Raise RulebookError with all problems where there are any."""
        if self._found:
            raise RulebookError(self.sorted())


@dataclass(frozen=True, slots=True)
class FileProblems:
    """The problems of one file, added to those of all."""

    document: Document
    problems: Problems

    def at_value(
        self, steps: Steps, message: str, hint: str | None = None, **more: Unpack[Told]
    ) -> None:
        """Note an error at a value of the file."""
        self.problems.at_value(self.document, steps, message, hint, **more)

    def at_key(
        self, steps: Steps, message: str, hint: str | None = None, **more: Unpack[Told]
    ) -> None:
        """Note an error at a key of the file."""
        self.problems.at_key(self.document, steps, message, hint, **more)


def _short(message: str) -> str:
    """Return a message on one line, cut where a stranger's text would flood the reader."""
    line = " ".join(message.split())
    return line if len(line) <= MAX_MESSAGE else f"{line[:MAX_MESSAGE]}…"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of files, lines and columns, each once."""

    def order(problem: Problem) -> tuple[str, int, int, str]:
        place = problem.place
        return place.file, place.line or 0, place.column or 0, problem.message

    return tuple(sorted(dict.fromkeys(problems), key=order))
