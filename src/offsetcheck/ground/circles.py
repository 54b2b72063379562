"""What rests on what: how high each name stands, and the names that rest on each other."""

from collections.abc import Collection, Mapping


def heights(rests_on: Mapping[str, Collection[str]]) -> dict[str, int]:
    """Return for each name how many names stand beneath it at most, itself counted.

    `rests_on` are the names that each rests on directly; those that are no key of it stand on the
    ground. Names in a circle, and names above one, are left out.
    """
    known: dict[str, int] = {}
    waiting = dict(rests_on)
    while waiting:
        ready = [name for name, needs in waiting.items() if not waiting.keys() & needs]
        if not ready:
            break
        for name in ready:
            known[name] = 1 + max((known.get(need, 0) for need in rests_on[name]), default=0)
        for name in ready:
            del waiting[name]
    return known


def circle(rests_on: Mapping[str, Collection[str]]) -> tuple[str, ...] | None:
    """Return names that rest on each other, the first again at the end; None where there are none.

    Each name rests on the one behind it: `("a", "b", "a")`.
    """
    sound = heights(rests_on)
    path: list[str] = [name for name in rests_on if name not in sound][:1]
    while path:
        below = next(need for need in rests_on[path[-1]] if need in rests_on and need not in sound)
        if below in path:
            return (*path[path.index(below) :], below)
        path.append(below)
    return None
