"""Places that differ only where the difference is beyond all that is open."""

from collections.abc import Sequence

from offsetcheck.vocabulary.assessment import Bounds


def shared_places(bounds: Sequence[Bounds]) -> list[tuple[int, int]]:
    """Return the first and last place of each offer, the highest bounds first.

    Offers whose bounds overlap share their places, and with them those whose bounds overlap theirs:
    whoever stands behind another is surely below it. Bounds that are one and the same number share
    a place too.
    """
    order = sorted(range(len(bounds)), key=lambda i: (-bounds[i].upper, -bounds[i].lower, i))
    groups: list[list[int]] = []
    lowest = 0
    for place in order:
        if groups and bounds[place].upper >= lowest:
            groups[-1].append(place)
            lowest = min(lowest, bounds[place].lower)
        else:
            groups.append([place])
            lowest = bounds[place].lower
    found = [(0, 0)] * len(bounds)
    first = 1
    for group in groups:
        for place in group:
            found[place] = first, first + len(group) - 1
        first += len(group)
    return found
