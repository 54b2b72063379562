"""Comparable tonnes: numbers with bounds, what each step did, and what all steps come to.

A share is a double from 0 to 1, tonnes are doubles of carbon dioxide equivalent. Comparable tonnes
stand beside the tonnes offered and never in place of them: no verdict rests on one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf, isfinite

from offsetcheck.vocabulary.evidence import Value


class Treatment(StrEnum):
    """How storage that can be lost is treated: by one of these, never by two at once."""

    BUFFER = "buffer"
    TONNE_YEAR = "tonne_year"
    LIKE_FOR_LIKE = "like_for_like"
    NONE = "none"


class Origin(StrEnum):
    """Where an input of a step is from, the strongest first; `OPEN` is from nowhere."""

    STATED = "stated"
    TABLE = "table"
    MEANING = "meaning"
    ASSUMED = "assumed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Span:
    """The lowest and the highest that a number can be, the same where it is known."""

    low: float
    high: float

    @property
    def central(self) -> float | None:
        """The number where it is known, None where it could be another."""
        return self.low if self.low == self.high else None

    @property
    def middle(self) -> float | None:
        """The number half-way between both limits, None where there is none on one side."""
        return self.low / 2 + self.high / 2 if self.is_bounded else None

    @property
    def is_bounded(self) -> bool:
        """Whether the number has a limit on both sides."""
        return isfinite(self.low) and isfinite(self.high)

    def times(self, factor: "Span") -> "Span":
        """Return the product with a factor; neither is below zero."""
        return Span(self.low * factor.low, self.high * factor.high)

    def within(self, low: float, high: float) -> "Span":
        """Return what of the span lies between two numbers, the nearer where nothing does."""
        return Span(min(max(self.low, low), high), min(max(self.high, low), high))


ANYTHING = Span(-inf, inf)
ZERO_TO_ONE = Span(0.0, 1.0)


def hull(spans: "list[Span]") -> Span:
    """Return the narrowest span that holds all of some, at least one."""
    return Span(min(one.low for one in spans), max(one.high for one in spans))


Held = Span | tuple[Value, ...] | None
"""A number with bounds, or the values of which a word or truth is one; None: any."""


@dataclass(frozen=True, slots=True)
class UsedInput:
    """What a step read: its name, what is known of it, where from, and the names behind it.

    `in_part` says that it is open and yet known to be one of several values. `against` are the
    fields by which a table says otherwise than the offer.
    """

    name: str
    held: Held
    origin: Origin
    names: tuple[str, ...] = ()
    in_part: bool = False
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of policy: the parameter, what was chosen, None for nothing yet, and by whom."""

    parameter: str
    value: Value | None
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One way in which open choices of a step can be made, and the factor that comes of it."""

    choices: tuple[Chosen, ...]
    factor: Span


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step: its factor, the tonnes behind it, and what it rests on.

    `parts` are the named numbers of its formula, `options` the ways in which choices that nobody
    has made could be made; `factor` holds all of them. `central` is the factor half-way between
    what is stated in part, along the middle one of the ways; None where an input is not stated at
    all. `central_tonnes` are the tonnes behind it and all such factors before it.
    """

    step: str
    factor: Span
    tonnes: Span
    inputs: tuple[UsedInput, ...] = ()
    parts: Mapping[str, Span] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    central: float | None = None
    central_tonnes: float | None = None

    @property
    def assumed(self) -> tuple[str, ...]:
        """The inputs that are assumptions of the city."""
        return tuple(one.name for one in self.inputs if one.origin is Origin.ASSUMED)

    @property
    def open(self) -> tuple[str, ...]:
        """The inputs that nobody states, where more than a choice leaves the step open."""
        ways = [one.factor for one in self.options] or [self.factor]
        if all(one.central is not None for one in ways):
            return ()
        return tuple(one.name for one in self.inputs if one.origin is Origin.OPEN)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """All steps under one treatment of permanence, in their order, and what they come to."""

    treatment: Treatment
    steps: tuple[StepTaken, ...]
    comparable: Span

    @property
    def central(self) -> float | None:
        """The tonnes half-way, as `StepTaken.central` has it; None where a step has none."""
        return self.steps[-1].central_tonnes if self.steps else self.comparable.middle


@dataclass(frozen=True, slots=True)
class ComparableTonnes:
    """The comparable tonnes of one offer: under the treatment chosen, or under each of them.

    `offered` is None, and there is no waterfall, where the offer states no tonnes. `price` is that
    of one comparable tonne, None where the offer states no price.
    """

    id: str
    offered: Span | None
    chosen: Treatment | None
    waterfalls: tuple[Waterfall, ...] = ()
    price: Span | None = None

    @property
    def comparable(self) -> Span | None:
        """What the tonnes come to: under the treatment chosen, else under any of them."""
        counted = [w.comparable for w in self.waterfalls if self.chosen in (None, w.treatment)]
        return hull(counted) if counted else None

    def priced(self, price: Span | None) -> Span | None:
        """Return the price of a comparable tonne from that of one offered.

        It has no upper limit where no tonne may be left; there is none where none is left.
        """
        offered, whole = self.offered, self.comparable
        if price is None or offered is None or whole is None or not whole.high:
            return None
        return price_span(price, offered, whole)


def price_span(price: Span, offered: Span, comparable: Span) -> Span:
    """Return the price of one comparable tonne from that of one offered.

    Without limit where none may be left, and wholly so where none is.
    """
    low = price.low * offered.low / comparable.high if comparable.high else inf
    high = price.high * offered.high / comparable.low if comparable.low else inf
    return Span(low, high)
