"""What is wrong with a file, and where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
class Counted:
    """What a problem counts: of the parts of a long list, those that count the same become one.

    They are of one file, sheet and column and of the same `what`. `number` things are counted.
    `one` is the sentence of one, `many` the two halves of that of several, between which stand its
    rows, or its number without the first `besides`, which are told apart. Without `many` it is a
    thing that is told by itself: the first `besides` of them are, or the first alone.
    """

    what: str
    number: int
    one: str
    many: tuple[str, str] | None = None
    besides: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One located problem: one sentence, lower case, no full stop, and what to do about it.

    Problems of one `kind` differ in a text alone, and can be said as one; None: the message is the
    kind. `lines` are all the lines that it is said of, where it is said once of several. `check` is
    the id of the check that found it, None where no check has. `names` is a name that stands
    nowhere, after its kind (`field vintage`): problems that name the same have one cause.
    `followers` are those that follow from this one, and are counted under it. `counted` is what it
    counts, where another part of the same list may count more of it.
    """

    message: str
    place: Place
    hint: str | None = None
    severity: Severity = Severity.ERROR
    kind: str | None = None
    lines: tuple[int, ...] = ()
    check: str | None = None
    names: str | None = None
    followers: "tuple[Problem, ...]" = ()
    counted: Counted | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        first = f"{self.place}: {self.message}"
        lines = [first, *([self.hint] if self.hint else []), *self._counted()]
        return "\n    ".join(lines)

    def _counted(self) -> list[str]:
        if not self.followers:
            return []
        alike = all(one.names == self.names for one in self.followers) and self.names is not None
        count = len(self.followers)
        if alike:
            return ["and 1 other place names it" if count == 1 else f"and {count:,} others name it"]
        return [f"and {count:,} that {'follows' if count == 1 else 'follow'} from it"]


class OffsetcheckError(Exception):
    """The root of every error a caller is meant to show; it carries located problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RulebookError(OffsetcheckError):
    """A rule folder, city or table that cannot be used."""


class InputError(OffsetcheckError):
    """An input file or folder that cannot be read at all."""


class NoOffersError(InputError):
    """A tender's folder that lacks nothing but offers, as each does at first."""


class UnreadableError(OffsetcheckError):
    """A text that is no value of its field: why, and what to write instead.

    The reader of a text does not know where it stands; who does asks for the problem `at` a place.
    `kind` names the reason without the text, for lists in which many texts have it.
    """

    def __init__(
        self, reason: str, hint: str | Callable[[], str] | None = None, kind: str | None = None
    ) -> None:
        super().__init__([Problem(reason, Place(""))])
        self.reason = reason
        self.kind = kind
        self._hint = hint

    @property
    def hint(self) -> str | None:
        """What to write instead; a near word is looked up only when somebody asks."""
        return self._hint() if callable(self._hint) else self._hint

    def at(self, place: Place) -> Problem:
        """Return the problem of the text at the place where it stands."""
        # The text stands before what is wrong with it.
        return Problem(
            self.reason, place, self.hint, kind=self.kind or self.reason.rpartition("” ")[2]
        )


class OutputError(OffsetcheckError):
    """A file or folder that may not or cannot be written; what was there is as it was."""


class RequestError(OffsetcheckError):
    """What was asked for does not exist or does not fit (an unknown city, offer or day).

    The place of each problem names the argument, such as `city`, or the request as a whole.
    """

    @classmethod
    def about(cls, argument: str, message: str, hint: str | None = None) -> "RequestError":
        """Return the error of one argument."""
        return cls([Problem(message, Place(argument), hint)])

    @classmethod
    def whole(cls, message: str, hint: str | None = None) -> "RequestError":
        """Return the error of a request whose arguments are each right and do not fit together."""
        return cls.about(WHOLE_REQUEST, message, hint)


WHOLE_REQUEST = "request"
