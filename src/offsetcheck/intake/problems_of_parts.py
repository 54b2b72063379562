"""What is wrong with a list that is read in parts, told as of one list: a count is of all parts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from offsetcheck.intake.columns.values import CELLS, MAX_GROUPS, rest_of
from offsetcheck.intake.files.sheet import and_more
from offsetcheck.vocabulary.problem import Counted, Place, Problem
from offsetcheck.vocabulary.problem_groups import in_rows

MAX_TOLD = 2_000
"""Problems of all parts that are told one by one; the rest is told by its count."""

MAX_LINES = 10_000
"""Lines that are kept of a problem that is said of several rows; it counts all of them."""

Column = tuple[str, str | None, str | None]
Key = tuple[Column, str]


@dataclass(slots=True)
class _Sum:
    """What is counted so far, from the first problem on that counts it, and some of its lines."""

    first: Problem
    counted: Counted
    number: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, problem: Problem, number: int) -> None:
        self.number += number
        self.lines += problem.lines[: MAX_LINES - len(self.lines)]

    def said(self) -> Problem:
        many, number = self.counted.many, self.number
        if many is None or number == 1:
            return self.first
        told = in_rows(self.lines, number) if self.lines else f"{number - self.counted.besides:,}"
        return replace(self.first, message=told.join(many), lines=tuple(self.lines))


@dataclass(slots=True)
class _More:
    """How many there are of a kind beyond those that are told by themselves, the last of these."""

    last: Problem
    what: str
    told: int = 0
    more: int = 0

    def said(self) -> Problem:
        return and_more(self.last, self.more, self.what)


@dataclass(slots=True)
class _Rest:
    """The cells of a column that cannot be read for yet other reasons, from the first on."""

    first: Place
    reasons: set[int] = field(default_factory=set)
    cells: int = 0
    lines: list[int] = field(default_factory=list)

    def add(self, problem: Problem, counted: Counted) -> None:
        self.reasons.add(hash(counted.what))
        self.cells += counted.number
        self.lines += problem.lines[: MAX_LINES - len(self.lines)]

    def said(self) -> Problem:
        return rest_of(self.first, self.cells, len(self.reasons), sorted(self.lines))


@dataclass(slots=True)
class ProblemsOfParts:
    """Takes the problems of one part after another, and tells them as those of one list."""

    _told: dict[Problem | Key, Problem | _Sum | _More | _Rest] = field(default_factory=dict)
    _kinds: dict[Key, _More] = field(default_factory=dict)
    _reasons: Counter[Column] = field(default_factory=Counter)
    _single: int = 0
    _untold: int = 0

    def take(self, problems: Iterable[Problem]) -> None:
        """Take what is wrong with a part, each problem once."""
        for problem in dict.fromkeys(problems):
            counted = problem.counted
            if counted is None:
                self._tell(problem)
            elif counted.besides > 1:
                self._tell_first(problem, counted)
            else:
                self._add(problem, counted)

    def all(self) -> tuple[Problem, ...]:
        """Return what is wrong with all parts so far; of too many, how many more there are."""
        told = [one if isinstance(one, Problem) else one.said() for one in self._told.values()]
        if not self._untold:
            return tuple(told)
        last = told[-1]
        more = f"{self._untold:,} more problems of this list are not told one by one"
        return (*told, Problem(more, Place(last.place.file), severity=last.severity))

    def _tell(self, problem: Problem) -> None:
        if problem in self._told:
            return
        if self._single < MAX_TOLD:
            self._told[problem] = problem
            self._single += 1
        else:
            self._untold += 1

    def _tell_first(self, problem: Problem, counted: Counted) -> None:
        """Tell a problem by itself if it is among the first of its kind, else count it."""
        key = _column(problem.place), counted.what
        kind = self._kinds.setdefault(key, _More(problem, counted.what))
        if counted.many is not None:
            kind.more += counted.number - counted.besides
        elif kind.told < counted.besides:
            kind.told, kind.last = kind.told + 1, problem
            self._told[problem] = problem
        else:
            kind.more += 1
        if kind.more:
            self._told[key] = kind

    def _add(self, problem: Problem, counted: Counted) -> None:
        """Add to the problem that counts the same; of one column only so many count reasons."""
        column = _column(problem.place)
        key = column, counted.what
        known = self._told.get(key)
        if known is None and counted.what.startswith(CELLS):
            if self._reasons[column] == MAX_GROUPS:
                rest = self._told.setdefault((column, CELLS), _Rest(problem.place))
                assert isinstance(rest, _Rest)  # noqa: S101 - the only one of this key
                rest.add(problem, counted)
                return
            self._reasons[column] += 1
        if known is None:
            known = self._told[key] = _Sum(problem, counted)
        assert isinstance(known, _Sum)  # noqa: S101 - what is counted otherwise has other names
        known.add(problem, counted.number)


def _column(place: Place) -> Column:
    return place.file, place.sheet, place.field
