"""One thing that is otherwise in the meaning of a rulebook, and the rulebooks that are compared."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from offsetcheck.difference.meaning.keys import CHANGE_KEYS
from offsetcheck.rulebook.binding.bind import effective_under
from offsetcheck.rulebook.policies.changes import EffectiveRule
from offsetcheck.rulebook.policies.layers import Layer, layers_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import LoadedRule, Parameter
from offsetcheck.vocabulary.forms.document import Steps

Held = TypeVar("Held")


class Topic(StrEnum):
    """What part of a rulebook a change is in, in the order of a page."""

    RULE = "rule"
    VALUE = "value"
    CITY = "city"
    TABLE = "table"
    TONNES = "tonnes"
    FIELD = "field"
    SCORING = "scoring"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to the one before `until`; None: without end."""

    since: date
    until: date | None = None

    def within(self, other: "Period") -> "Period | None":
        """Return the days that are in both, None where there are none."""
        since = max(self.since, other.since)
        ends = [day for day in (self.until, other.until) if day is not None]
        until = min(ends, default=None)
        return Period(since, until) if until is None or since < until else None

    def holds(self, day: date) -> bool:
        """Whether a day is one of these."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise in the newer rulebook.

    `key` says what of it: `effect`, `value`, `row`, …; `name` which one where there are several,
    such as a parameter or the key of a row. `file` and `steps` lead to it in the newer rulebook,
    where it is gone in the older. `before` and `after` are as the files have them, None where
    there is nothing. `unit` is that of a value. `reach` are the cities and profiles to which it
    makes a difference, `covered` those whose own word stands before it. `decides`: answers can be
    otherwise by it; `noted`: it stands with a new note of its own. `readers` are the rules
    that read a value that several share. `about` are the names under
    which a note in history.yaml speaks of it, the narrowest first.
    """

    topic: Topic
    key: str
    file: str
    about: tuple[str, ...]
    steps: Steps = ()
    rule: str | None = None
    name: str = ""
    layer: str | None = None
    before: object = None
    after: object = None
    unit: str | None = None
    tighter: str | None = None
    period: Period | None = None
    reach: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    decides: bool = True
    noted: bool = False
    readers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a key that has no words."""
        if self.key not in CHANGE_KEYS:
            raise ValueError(f"`{self.key}` has no words of its own")


@dataclass(frozen=True)
class Books:
    """Two rulebooks, and what both say of each rule and city, worked out once.

    `day` is the day on which they are compared: days before it are past.
    """

    old: Rulebook
    new: Rulebook
    day: date
    _effective: dict[tuple[bool, str, str], EffectiveRule | None] = field(default_factory=dict)
    _layers: dict[tuple[bool, str], tuple[Layer, ...]] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[Rulebook, Rulebook]:
        """The older rulebook and the newer."""
        return self.old, self.new

    @property
    def cities(self) -> tuple[str, ...]:
        """The cities and profiles of either, by name."""
        return tuple(sorted({*self.old.cities, *self.new.cities}))

    @property
    def lasting(self) -> tuple[str, ...]:
        """The cities and profiles that both have."""
        return tuple(
            city for city in self.cities if city in self.old.cities.keys() & self.new.cities
        )

    def effective(self, book: Rulebook, rule: str, city: str) -> EffectiveRule | None:
        """Return a rule's keys for a city, None where it has no such rule or does not adopt it."""
        key = (book is self.new, rule, city)
        if key not in self._effective:
            known = book.rules.get(rule)
            here = book.cities.get(city)
            there = known is not None and here is not None
            self._effective[key] = effective_under(book, known, here) if there else None  # type: ignore[arg-type]
        return self._effective[key]

    def layers(self, book: Rulebook, city: str) -> tuple[Layer, ...]:
        """Return the layers of a city in one of the rulebooks, none where it is not there."""
        key = (book is self.new, city)
        if key not in self._layers:
            here = book.cities.get(city)
            self._layers[key] = layers_of(here, book.jurisdictions) if here else ()
        return self._layers[key]

    def contents(self, rule: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return for each rulebook, by name, what a parameter of a rule is that the other lacks.

        Two names of one content mean the same: a parameter that moved, or was called another.
        """
        old, new = (book.rules.get(rule) for book in self.sides)
        if old is None or new is None:
            return {}, {}
        return _contents(old, new), _contents(new, old)

    def having(self, rule: str) -> tuple[str, ...]:
        """Return the lasting cities that have a rule in either rulebook."""
        return tuple(
            city
            for city in self.lasting
            if any(self.effective(book, rule, city) is not None for book in self.sides)
        )


def _contents(own: LoadedRule, other: LoadedRule) -> Mapping[str, str]:
    return {
        f"${name}": _content(parameter, own.file.effective.since)
        for name, parameter in own.parameters.items()
        if name not in other.parameters
    }


def _content(parameter: Parameter, first: date) -> str:
    """Return the values of a parameter from the first day of its rule on, as text."""
    dated = {max(day, first): entry.value for day, entry in sorted(parameter.values.items())}
    return str(sorted(dated.items()))


def period_of(book: Rulebook, rule: str) -> Period | None:
    """Return the days on which a rule is in force, None where there is no such rule."""
    known = book.rules.get(rule)
    if known is None:
        return None
    effective = known.file.effective
    return Period(max(effective.since, book.first_day), effective.until)


def steps_in_time(
    days: Iterable[date], before: Callable[[date], Held], after: Callable[[date], Held]
) -> Iterator[tuple[Period, Held, Held]]:
    """Yield the periods, from one of the days to another, in which two sides differ, and how."""
    ordered = sorted(set(days))
    open_since: tuple[date, Held, Held] | None = None
    for day in ordered:
        now = (before(day), after(day))
        if open_since is not None and now != open_since[1:]:
            if open_since[1] != open_since[2]:
                yield Period(open_since[0], day), open_since[1], open_since[2]
            open_since = None
        if open_since is None:
            open_since = (day, *now)
    if open_since is not None and open_since[1] != open_since[2]:
        yield Period(open_since[0]), open_since[1], open_since[2]


def names_of_both(old: Mapping[str, object], new: Mapping[str, object]) -> tuple[str, ...]:
    """Return the names of two mappings, those of the older first, each once."""
    return tuple(dict.fromkeys([*old, *new]))
