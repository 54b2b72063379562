"""Which entries of a sink statement are the same sink under two names, surely or by their looks.

Surely the same is what shares a parcel, a pool and a time. What shares none and has the area and
the change of another, or of two others together, looks the same: a person has to say.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from offsetcheck.engine.sinks import NetChange
from offsetcheck.vocabulary.sinks import Sink, StockDifference

DIGITS = 9  # of an area and a change that are held to be the same


@dataclass(frozen=True, slots=True)
class Places:
    """Which sinks repeat others, each by its position in the statement.

    `same` are those that repeat an earlier one, `later` those of which a later time is stated,
    `alike` those that look like another, `split` those that look like a part or the sum of others.
    """

    same: Mapping[int, int] = field(default_factory=dict)
    later: Mapping[int, int] = field(default_factory=dict)
    alike: Mapping[int, int] = field(default_factory=dict)
    split: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    touching: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def places_of(sinks: Sequence[Sink], changes: Sequence[NetChange]) -> Places:
    """Return which of some sinks repeat others; the first of the same sinks is the one kept."""
    touching: dict[int, list[int]] = {index: [] for index in range(len(sinks))}
    same: dict[int, int] = {}
    newer_of: dict[int, list[int]] = {}
    parcels = [frozenset(map(parcel_key, one.parcels)) for one in sinks]
    for first, second in combinations(range(len(sinks)), 2):
        one, other = sinks[first], sinks[second]
        if not parcels[first] & parcels[second] or not set(one.pools) & set(other.pools):
            continue
        if _meet(one, other):
            touching[first].append(second)
            touching[second].append(first)
            if first not in same:
                same.setdefault(second, first)
        else:
            earlier, newer = sorted((first, second), key=lambda i: _time(sinks[i]))
            newer_of.setdefault(earlier, []).append(newer)
    # One that is itself another's repetition counts for nothing and replaces nothing.
    counting = {earlier: [i for i in newer if i not in same] for earlier, newer in newer_of.items()}
    later = {earlier: newer[0] for earlier, newer in counting.items() if newer}
    alike, split = _looks(sinks, changes, {*same, *later}, parcels)
    return Places(same, later, alike, split, {i: tuple(found) for i, found in touching.items()})


def covers(one: Sink, other: Sink) -> bool:
    """Return whether a sink has every parcel and pool of another."""
    parcels = set(map(parcel_key, one.parcels)) >= set(map(parcel_key, other.parcels))
    return parcels and set(one.pools) >= set(other.pools)


def parcel_key(name: str) -> str:
    """Return a name of a parcel without case, spaces and signs: `N-1` and `n 1` are one."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(filter(str.isalnum, plain)) or plain


def _time(sink: Sink) -> tuple[int, int]:
    """Return when a sink's time begins and ends: stocks are of a day, flows of whole years."""
    of_stocks = isinstance(sink.found, StockDifference)
    return sink.since, sink.until if of_stocks else sink.until + 1


def _meet(one: Sink, other: Sink) -> bool:
    (since, until), (begin, end) = _time(one), _time(other)
    return since < end and begin < until


def _looks(
    sinks: Sequence[Sink],
    changes: Sequence[NetChange],
    told: set[int],
    parcels: Sequence[frozenset[str]],
) -> tuple[dict[int, int], dict[int, tuple[int, ...]]]:
    """Return the sinks that have the area and change of another, or of two others together."""
    left = [index for index in range(len(sinks)) if index not in told and changes[index].tonnes]
    sizes = {i: (sinks[i].area_ha, changes[i].tonnes) for i in left}
    by_size: dict[tuple[str, str], list[int]] = {}
    for index in left:
        by_size.setdefault(_size(*sizes[index]), []).append(index)
    alike: dict[int, int] = {}
    for one, other in (pair for group in by_size.values() for pair in combinations(group, 2)):
        if _could_be_one(sinks[one], sinks[other]):
            alike.setdefault(other, one)
    split: dict[int, tuple[int, ...]] = {}
    for one, other in combinations(left, 2):
        if not parcels[one] & parcels[other]:
            area, change = (a + b for a, b in zip(sizes[one], sizes[other], strict=True))
            for whole in by_size.get(_size(area, change), [])[:1]:  # others are like that one
                split |= _told_split(whole, (one, other), sinks)
    return alike, split


def _told_split(
    whole: int, parts: tuple[int, int], sinks: Sequence[Sink]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield what is open of a sink and its two halves: whatever does not come first."""
    if whole in parts or not all(_could_be_one(sinks[whole], sinks[one]) for one in parts):
        return
    if whole < min(parts):
        yield from ((one, (whole,)) for one in parts)
    else:
        yield whole, parts


def _size(area: float, change: float) -> tuple[str, str]:
    """Return an area and a change as they are held to be the same."""
    return f"{area:.{DIGITS}g}", f"{change:.{DIGITS}g}"


def _could_be_one(one: Sink, other: Sink) -> bool:
    """Return whether two sinks could be one, as far as their statement does not say otherwise."""
    apart = one.id in other.apart_from or other.id in one.apart_from
    return not apart and _meet(one, other) and bool(set(one.pools) & set(other.pools))
