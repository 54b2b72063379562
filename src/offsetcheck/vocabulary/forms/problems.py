"""The problems of files that are being read: collected, located, in order."""

from collections.abc import Iterable
from dataclasses import dataclass

from offsetcheck.ground.limits import MAX_MESSAGE
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError


class Problems:
    """Collects the problems of files while they are read, so that all are reported at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, place: Place, message: str, hint: str | None = None) -> None:
        """Note an error at a place."""
        self._found.append(Problem(_short(message), place, hint))

    def note(self, problem: Problem | None) -> None:
        """Note what a check has found, if it has."""
        if problem is not None:
            self.add(problem.place, problem.message, problem.hint)

    def at_value(
        self, document: Document, path: Steps, message: str, hint: str | None = None
    ) -> None:
        """Note an error at a value of a document."""
        self.add(document.value_place(path), message, hint)

    def at_key(
        self, document: Document, path: Steps, message: str, hint: str | None = None
    ) -> None:
        """Note an error at a key of a document."""
        self.add(document.key_place(path), message, hint)

    def of_document(self, document: Document) -> None:
        """Note what is wrong with the YAML itself."""
        for problem in document.problems:
            self.note(problem)

    def sorted(self) -> tuple[Problem, ...]:
        """Return all problems in the order of files, lines and columns, each once."""
        return in_order(self._found)

    def stop(self) -> None:
        """Raise RulebookError with all problems where there are any."""
        if self._found:
            raise RulebookError(self.sorted())


@dataclass(frozen=True, slots=True)
class FileProblems:
    """The problems of one file, added to those of all."""

    document: Document
    problems: Problems

    def at_value(self, steps: Steps, message: str, hint: str | None = None) -> None:
        """Note an error at a value of the file."""
        self.problems.at_value(self.document, steps, message, hint)

    def at_key(self, steps: Steps, message: str, hint: str | None = None) -> None:
        """Note an error at a key of the file."""
        self.problems.at_key(self.document, steps, message, hint)


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
