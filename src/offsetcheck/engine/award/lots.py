"""What the choice is made among: offers as whole tonnes, exact prices and bounds, and the limits.

Money is a whole number of ten-thousandths of the purchase's currency, so that every sum is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from offsetcheck.vocabulary.assessment import Bounds
from offsetcheck.vocabulary.award_terms import Group, Part

Key = TypeVar("Key", Part, Group)
Amount = TypeVar("Amount", Fraction, int)

MONEY = 10_000  # units in one of the purchase's currency


@dataclass(frozen=True, slots=True)
class Lot:
    """An offer that can be taken: nothing of it, or `least` to `most` tonnes in steps.

    `least` and `most` are multiples of `step`. `price` is for one tonne, in ten-thousandths.
    `grade` is the rank of its lower grade, 0 for the best. A group that is not known is None and
    counts against every cap of its kind. `parts` are those that it is known to belong to.
    """

    offer: str
    least: int
    most: int
    price: int
    integrity: Bounds
    grade: int = 0
    step: int = 1
    value: int | None = None
    groups: Mapping[Group, str | None] = field(default_factory=dict)
    parts: frozenset[Part] = frozenset()


class LimitKind(StrEnum):
    """What can hold an answer."""

    CEILING = "ceiling"
    BUDGET = "budget"
    MIN_SHARE = "min_share"
    MAX_SHARE = "max_share"
    MAX_TONNES = "max_tonnes"
    MIN_GRADE = "min_grade"
    MAX_PRICE = "max_price"
    LOTS = "lots"


@dataclass(frozen=True, slots=True, order=True)
class LimitName:
    """One limit of a purchase; `of` names the part or group that it is of."""

    kind: LimitKind
    of: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds a choice; None or absent: not limited.

    `need` are the tonnes wanted, `ceiling` the most that is authorised; `budget` and `max_price`
    are in ten-thousandths; `min_grade` is the rank of the lowest grade.
    """

    need: int
    ceiling: int | None = None
    budget: int | None = None
    min_share: Mapping[Part, Fraction] = field(default_factory=dict)
    max_share: Mapping[Group, Fraction] = field(default_factory=dict)
    max_tonnes: Mapping[Group, int] = field(default_factory=dict)
    min_grade: int | None = None
    max_price: int | None = None

    def names(self) -> tuple[LimitName, ...]:
        """Return the limits that are set, in a fixed order; the need is none of them."""
        single = (LimitKind.CEILING, LimitKind.BUDGET, LimitKind.MIN_GRADE, LimitKind.MAX_PRICE)
        named = [LimitName(kind) for kind in single if getattr(self, kind.value) is not None]
        for kind in (LimitKind.MIN_SHARE, LimitKind.MAX_SHARE, LimitKind.MAX_TONNES):
            named += [LimitName(kind, of.value) for of in getattr(self, kind.value)]
        return tuple(named)

    def without(self, name: LimitName) -> "Limits":
        """Return the same limits but one."""
        if not name.of:
            return self.with_level(name.kind, None)
        if name.kind is LimitKind.MIN_SHARE:
            return replace(self, min_share=_but(self.min_share, name.of))
        if name.kind is LimitKind.MAX_SHARE:
            return replace(self, max_share=_but(self.max_share, name.of))
        return replace(self, max_tonnes=_but(self.max_tonnes, name.of))

    def with_level(self, kind: LimitKind, level: int | None) -> "Limits":
        """Return the same limits with another ceiling, budget, price or grade, or without it."""
        changed: dict[str, Any] = {kind.value: level}
        return replace(self, **changed)

    def bars(self, lot: Lot) -> tuple[LimitName, ...]:
        """Return the limits that let nothing of an offer be taken."""
        low = self.min_grade is not None and lot.grade > self.min_grade
        dear = self.max_price is not None and lot.price > self.max_price
        found = [LimitName(LimitKind.MIN_GRADE)] if low else []
        return (*found, *([LimitName(LimitKind.MAX_PRICE)] if dear else []))


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen among, in an order that no order of rows can change, and the limits."""

    lots: tuple[Lot, ...]
    limits: Limits

    @classmethod
    def of(cls, lots: tuple[Lot, ...] | list[Lot], limits: Limits) -> "Choice":
        """Return the choice among lots given in any order."""
        return cls(tuple(sorted(lots, key=lambda lot: (lot.offer, lot.price, lot.most))), limits)

    def without(self, name: LimitName) -> "Choice":
        """Return the same choice with one limit less; without that on lots they are divisible."""
        if name.kind is LimitKind.LOTS:
            return replace(self, lots=tuple(replace(lot, least=1, step=1) for lot in self.lots))
        return replace(self, limits=self.limits.without(name))

    def names(self) -> tuple[LimitName, ...]:
        """Return all that can hold an answer: the limits, and lots that cannot be divided."""
        bound = any(lot.least > 1 or lot.step > 1 for lot in self.lots)
        return (*self.limits.names(), *([LimitName(LimitKind.LOTS)] if bound else []))


def _but(values: Mapping[Key, Amount], name: str) -> dict[Key, Amount]:
    return {of: value for of, value in values.items() if of != name}


def cost(lots: tuple[Lot, ...], tonnes: tuple[int, ...]) -> int:
    """Return what tonnes of each lot cost together, exactly."""
    return sum(lot.price * taken for lot, taken in zip(lots, tonnes, strict=True))
