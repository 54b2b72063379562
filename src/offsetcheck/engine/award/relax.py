"""What to relax where the need cannot be covered: each limit alone, by as little as is enough."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from offsetcheck.engine.award.highs import Allowance
from offsetcheck.engine.award.lots import Choice, LimitKind, LimitName, cost
from offsetcheck.engine.award.programme import Asked, Found, find
from offsetcheck.engine.award.rows import grouped
from offsetcheck.engine.award.sets import SetKind, aims, coverable
from offsetcheck.vocabulary.award_terms import Group, Part

Enough = int | Fraction | None
BUDGET = LimitName(LimitKind.BUDGET)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A limit that alone stands in the way, and the value at which the need is covered.

    `enough` is the least budget or highest price in ten-thousandths, tonnes of a cap or ceiling, a
    share, or the rank of a grade, None for lots that would have to be divided. `passed` are the
    fewest tonnes by which a limit on tonnes has to be passed. `tonnes` are those of one set that
    covers the need then.
    """

    name: LimitName
    enough: Enough
    tonnes: tuple[int, ...]
    passed: int | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """Tonnes that the limits other than the budget allow, and the least that they cost."""

    tonnes: int
    cost: int


@dataclass(frozen=True, slots=True)
class Way:
    """How the need could be covered: single limits, else the fewest limits that together bar it.

    `supply` are the tonnes of all lots; where they are fewer than the need no limit is to blame.
    Where no budget covers the whole need but more than now could be covered, `within_others` is
    the most that the other limits allow; `least` is the smallest purchase, where nothing is bought.
    """

    supply: int
    single: tuple[Relaxation, ...] = ()
    together: tuple[LimitName, ...] = ()
    within_others: Priced | None = None
    least: Priced | None = None


def ways(choice: Choice, allowance: Allowance, most: int) -> Way:
    """Return what to relax so that the whole need is covered; asks of at most so many limits."""
    supply = sum(lot.most for lot in choice.lots)
    names = choice.names()[:most] if supply >= choice.limits.need else ()
    single = tuple(_single(choice, names, allowance))
    together = () if single or not names else _together(choice, names, allowance)
    way = Way(supply, single, together)
    if choice.limits.budget is None:
        return way
    return _beyond_budget(way, choice, allowance)


def _beyond_budget(way: Way, choice: Choice, allowance: Allowance) -> Way:
    """Return what to relax with what the budget keeps out, as far as no line says it yet."""
    freed, now = choice.without(BUDGET), coverable(choice, allowance)[0]
    told = any(line.name == BUDGET for line in way.single)
    most = 0 if told else coverable(freed, allowance)[0]
    return replace(
        way,
        within_others=_priced(freed, most, allowance) if most > now else None,
        least=_priced(freed, 1, allowance) if not now else None,
    )


def _priced(choice: Choice, tonnes: int, allowance: Allowance) -> Priced | None:
    made = _cheapest(choice, tonnes, allowance)
    return Priced(sum(made), cost(choice.lots, made)) if made is not None else None


def _cheapest(choice: Choice, tonnes: int, allowance: Allowance) -> tuple[int, ...] | None:
    """Return the cheapest way to at least so many tonnes, None where they cannot be had."""
    aim = aims(SetKind.CHEAPEST, choice.lots, None)[0]
    return find(Asked(choice, tonnes, aim), allowance).tonnes


def _single(
    choice: Choice, names: tuple[LimitName, ...], allowance: Allowance
) -> Iterator[Relaxation]:
    for name in names:
        if _feasible(choice.without(name), allowance) is not None:
            made = _least(choice, name, allowance)
            if made is not None:
                yield made


def _feasible(choice: Choice, allowance: Allowance) -> tuple[int, ...] | None:
    return find(Asked(choice, choice.limits.need), allowance).tonnes


def _least(choice: Choice, name: LimitName, allowance: Allowance) -> Relaxation | None:
    """Return by how little a limit has to give way, where it alone is in the way."""
    if name.kind is LimitKind.LOTS:
        tonnes = _feasible(choice.without(name), allowance)
        return Relaxation(name, None, tonnes) if tonnes is not None else None
    if name == BUDGET:
        return _least_budget(choice, allowance)
    if name.kind in {LimitKind.MAX_PRICE, LimitKind.MIN_GRADE}:
        return _least_bar(choice, name, allowance)
    found = find(Asked(choice, choice.limits.need, passing=name), allowance)
    return _passed(choice, name, found) if found.tonnes is not None else None


def _least_budget(choice: Choice, allowance: Allowance) -> Relaxation | None:
    made = _cheapest(choice.without(BUDGET), choice.limits.need, allowance)
    return Relaxation(BUDGET, cost(choice.lots, made), made) if made is not None else None


def _least_bar(choice: Choice, name: LimitName, allowance: Allowance) -> Relaxation | None:
    """Return the lowest price or the best grade at which the need is covered, by halving."""
    is_price = name.kind is LimitKind.MAX_PRICE
    stated = {lot.price if is_price else lot.grade for lot in choice.lots}
    now = choice.limits.max_price if is_price else choice.limits.min_grade
    levels = sorted(level for level in stated if now is not None and level > now)
    best: Relaxation | None = None
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high) // 2
        limits = choice.limits.with_level(name.kind, levels[middle])
        tonnes = _feasible(replace(choice, limits=limits), allowance)
        if tonnes is None:
            low = middle + 1
        else:
            best, high = Relaxation(name, levels[middle], tonnes), middle
    return best


def _passed(choice: Choice, name: LimitName, found: Found) -> Relaxation:
    """Return the limit that the set with the fewest tonnes beyond it keeps."""
    tonnes = found.tonnes or ()
    whole = sum(tonnes)
    if name.kind is LimitKind.CEILING:
        return Relaxation(name, whole, tonnes, whole - (choice.limits.ceiling or 0))
    if name.kind is LimitKind.MIN_SHARE:
        part = Part(name.of)
        own = sum(t for lot, t in zip(choice.lots, tonnes, strict=True) if part in lot.parts)
        lacking = choice.limits.min_share[part] * whole - own
        return Relaxation(name, Fraction(own, whole), tonnes, -(-lacking // 1))
    group = Group(name.of)
    largest = max(sum(tonnes[i] for i in own) for own in grouped(choice.lots, group).values())
    if name.kind is LimitKind.MAX_TONNES:
        return Relaxation(name, largest, tonnes, largest - choice.limits.max_tonnes[group])
    beyond = largest - choice.limits.max_share[group] * whole
    return Relaxation(name, Fraction(largest, whole), tonnes, -(-beyond // 1))


def _together(
    choice: Choice, names: tuple[LimitName, ...], allowance: Allowance
) -> tuple[LimitName, ...]:
    """Return the first two or three limits without which the need can be covered."""
    for count in (2, 3):
        for some in combinations(names, count):
            freed = choice
            for name in some:
                freed = freed.without(name)
            if _feasible(freed, allowance) is not None:
                return some
    return ()
