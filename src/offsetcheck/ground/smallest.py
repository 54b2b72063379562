"""The smallest sets of exchanged things that turn a result."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def enough_alone(
    things: Sequence[Thing], reached: Callable[[Sequence[Thing]], bool]
) -> tuple[Thing, ...]:
    """Return the things of which each by itself reaches the result, in their order."""
    return tuple(thing for thing in things if reached((thing,)))


def enough_together(
    things: Sequence[Thing], reached: Callable[[Sequence[Thing]], bool]
) -> tuple[Thing, ...]:
    """Return things that reach the result together and of which none can be spared.

    Where several sets would do, the things that stand first are kept. Where not even all of them
    reach the result, all are returned.
    """
    kept = tuple(things)
    for thing in reversed(things):
        without = tuple(other for other in kept if other != thing)
        if reached(without):
            kept = without
    return kept
