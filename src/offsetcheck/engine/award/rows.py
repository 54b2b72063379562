"""The limits as exact inequalities over whole tonnes, and whether a choice keeps them all."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from offsetcheck.engine.award.lots import Choice, LimitKind, LimitName, Lot
from offsetcheck.vocabulary.award_terms import Group


@dataclass(frozen=True, slots=True)
class Row:
    """The sum of `each` (by lot) times its tonnes, and `whole` times all tonnes, is at most `most`.

    All are whole numbers. `slack` None: the limit is as the purchase states it; a name lets the
    row be passed by as many tonnes as the programme then has to pay for.
    """

    name: LimitName | None
    each: Mapping[int, int]
    whole: int
    most: int

    def passed_by(self, tonnes: tuple[int, ...]) -> int:
        """Return by how much a choice passes the limit, zero or less where it keeps it."""
        own = sum(factor * tonnes[lot] for lot, factor in self.each.items())
        return own + self.whole * sum(tonnes) - self.most


def rows_of(choice: Choice) -> tuple[Row, ...]:
    """Return the limits of a choice but the need; what bars a lot altogether is no row."""
    return tuple(_rows(choice))


def _rows(choice: Choice) -> Iterator[Row]:
    lots, limits = choice.lots, choice.limits
    if limits.ceiling is not None:
        yield Row(LimitName(LimitKind.CEILING), {}, 1, limits.ceiling)
    if limits.budget is not None:
        prices = {place: lot.price for place, lot in enumerate(lots)}
        yield Row(LimitName(LimitKind.BUDGET), prices, 0, limits.budget)
    for part, share in limits.min_share.items():
        own = [place for place, lot in enumerate(lots) if part in lot.parts]
        name = LimitName(LimitKind.MIN_SHARE, part.value)
        yield Row(name, dict.fromkeys(own, -share.denominator), share.numerator, 0)
    for group, share in limits.max_share.items():
        for members in grouped(lots, group).values():
            yield _capped(LimitName(LimitKind.MAX_SHARE, group.value), members, share)
    for group, most in limits.max_tonnes.items():
        for members in grouped(lots, group).values():
            name = LimitName(LimitKind.MAX_TONNES, group.value)
            yield Row(name, dict.fromkeys(members, 1), 0, most)


def _capped(name: LimitName, members: list[int], share: Fraction) -> Row:
    return Row(name, dict.fromkeys(members, share.denominator), -share.numerator, 0)


def grouped(lots: tuple[Lot, ...], group: Group) -> dict[str, list[int]]:
    """Return the places of the lots of each group; one that is not known may be of any of them.

    Spellings that differ by case and spaces are one group, under the first of them.
    """
    named: dict[str, list[int]] = {}
    first: dict[str, str] = {}
    unknown = [place for place, lot in enumerate(lots) if lot.groups.get(group) is None]
    for place, lot in enumerate(lots):
        key = lot.groups.get(group)
        if key is not None:
            named.setdefault(first.setdefault(_folded(key), key), []).append(place)
    if not named and unknown:
        return {"": unknown}
    return {key: sorted([*places, *unknown]) for key, places in sorted(named.items())}


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def is_takeable(lot: Lot, taken: int) -> bool:
    """Whether so many tonnes of a lot can be taken."""
    return taken == 0 or (lot.least <= taken <= lot.most and taken % lot.step == 0)


def keeps(choice: Choice, tonnes: tuple[int, ...]) -> bool:
    """Whether tonnes of each lot keep its terms and every limit but the need, exactly."""
    pairs = list(zip(choice.lots, tonnes, strict=True))
    if not all(is_takeable(lot, taken) for lot, taken in pairs):
        return False
    if any(taken and choice.limits.bars(lot) for lot, taken in pairs):
        return False
    return all(row.passed_by(tonnes) <= 0 for row in rows_of(choice))
