"""The cheapest and the best set: one aim after the other, so that no order of rows decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from offsetcheck.engine.award.highs import Allowance
from offsetcheck.engine.award.lots import Choice, Lot, cost
from offsetcheck.engine.award.programme import Aim, Asked, Found, find
from offsetcheck.vocabulary.award_terms import Criterion, PricePoints

TOP = 5000  # thousandths of a point: the most that integrity and value can be
SPAN = 4000
POINT = 1_000_000  # of a lot's points by weights, so that they are whole numbers


class SetKind(StrEnum):
    """By what a set is chosen."""

    CHEAPEST = "cheapest"
    BEST = "best"
    WEIGHTED = "weighted"


@dataclass(frozen=True, slots=True)
class Weighing:
    """The purchase's own weights, and how a price becomes a share of its points."""

    weights: dict[Criterion, Fraction]
    price_points: PricePoints | None
    lowest_price: int

    def points(self, price: int, integrity: int, value: int | None) -> Fraction:
        """Return the share of all points that an offer has, 0 to 1; scores are thousandths."""
        shares = {
            Criterion.PRICE: self._price(price),
            Criterion.INTEGRITY: Fraction(integrity - TOP + SPAN, SPAN),
            Criterion.VALUE: Fraction(value - TOP + SPAN, SPAN)
            if value is not None
            else Fraction(),
        }
        whole = sum(self.weights.values(), Fraction())
        return sum((w * shares[c] for c, w in self.weights.items()), Fraction()) / whole

    def _price(self, price: int) -> Fraction:
        if self.price_points is PricePoints.LINEAR:
            return max(Fraction(), Fraction(2 * self.lowest_price - price, self.lowest_price))
        return Fraction(self.lowest_price, price)


@dataclass(frozen=True, slots=True)
class AwardSet:
    """Tonnes of each lot; `covered` is how much of the need they are.

    `proven` says that no set is better by its first aim and that none covers more; `gap` is how
    far, at most, a better one could lie (relative). `aim` is what the first aim came to.
    """

    kind: SetKind
    tonnes: tuple[int, ...]
    covered: int
    cost: int
    aim: int
    proven: bool
    gap: float

    @property
    def total(self) -> int:
        """All tonnes taken."""
        return sum(self.tonnes)


def aims(kind: SetKind, lots: Sequence[Lot], weighing: Weighing | None) -> tuple[Aim, ...]:
    """Return what is made small, the first aim first; the last one leaves no two sets alike.

    Integrity is what lacks to the full score, on its lower bound, tonne by tonne: a tonne more
    never helps it. Value orders only what is equal in integrity.
    """
    prices = Aim(tuple(lot.price for lot in lots))
    integrity = Aim(tuple(TOP - lot.integrity.lower for lot in lots))
    value = Aim(tuple(TOP - (lot.value or 0) for lot in lots))
    last = Aim(tuple(range(1, len(lots) + 1)))
    if kind is SetKind.CHEAPEST:
        return prices, integrity, last
    if kind is SetKind.BEST or weighing is None:
        return integrity, value, prices, last
    points = Aim(
        tuple(
            round(POINT * (1 - weighing.points(lot.price, lot.integrity.lower, lot.value)))
            for lot in lots
        )
    )
    return points, prices, last


def most_covered(choice: Choice, allowance: Allowance) -> Found:
    """Return a set that covers as much of the need as the limits allow."""
    return find(Asked(choice, covering=choice.limits.need), allowance)


def covered_by(choice: Choice, tonnes: tuple[int, ...]) -> int:
    """Return how much of the need tonnes cover."""
    return min(choice.limits.need, sum(tonnes))


def coverable(choice: Choice, allowance: Allowance) -> tuple[int, bool]:
    """Return how much of the need can be covered within the limits, and whether that is proven."""
    found = most_covered(choice, allowance)
    if found.tonnes is None:
        return 0, found.proven
    return covered_by(choice, found.tonnes), found.proven


def chosen(
    choice: Choice, kind: SetKind, need: int, weighing: Weighing | None, allowance: Allowance
) -> AwardSet | None:
    """Return the set of a kind that takes at least so many tonnes, None where there is none."""
    wanted = aims(kind, choice.lots, weighing)
    first = find(Asked(choice, need, wanted[0]), allowance)
    if first.tonnes is None:
        return None
    tonnes = _last(choice, need, wanted, first, allowance)
    return AwardSet(
        kind=kind,
        tonnes=tonnes,
        covered=covered_by(choice, tonnes),
        cost=cost(choice.lots, tonnes),
        aim=wanted[0].of(tonnes),
        proven=first.proven,
        gap=first.gap,
    )


def _last(
    choice: Choice, need: int, wanted: tuple[Aim, ...], first: Found, allowance: Allowance
) -> tuple[int, ...]:
    """Return the set that is first by all further aims in turn among those equal by the first."""
    locks: list[tuple[Aim, int]] = []
    tonnes, settled = first.tonnes or (), dict(first.settled)
    for before, aim in pairwise(wanted):
        locks.append((before, before.of(tonnes)))
        found = find(Asked(choice, need, aim, tuple(locks), settled=settled), allowance)
        if found.tonnes is None or aim.of(found.tonnes) > aim.of(tonnes):
            continue
        tonnes = found.tonnes
        settled |= found.settled
    return tonnes
