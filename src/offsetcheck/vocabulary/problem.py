"""What is wrong with a file, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error loses a value or a file, the others lose nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file: line and column from 1; `field` is the header of a table column."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        within = [f"sheet {self.sheet}"] if self.sheet else []
        within += [f"column “{self.field}”"] if self.field else []
        return ":".join(parts) + (f" ({', '.join(within)})" if within else "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One located problem: one sentence, lower case, no full stop, and what to do about it."""

    message: str
    place: Place
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        first = f"{self.place}: {self.message}"
        return f"{first}\n    {self.hint}" if self.hint else first


class OffsetcheckError(Exception):
    """The root of every error a caller is meant to show; it carries located problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RulebookError(OffsetcheckError):
    """A rule folder, city or table that cannot be used."""


class InputError(OffsetcheckError):
    """An input file or folder that cannot be read at all."""


class RequestError(OffsetcheckError):
    """What was asked for does not exist or does not fit (an unknown city, offer or day).

    The place of each problem names the argument, such as `CITY`.
    """

    @classmethod
    def about(cls, argument: str, message: str, hint: str | None = None) -> "RequestError":
        """Return the error of one argument."""
        return cls([Problem(message, Place(argument), hint)])
