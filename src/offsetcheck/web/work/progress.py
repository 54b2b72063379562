"""How a page tells that it takes long, and how far it is."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

Item = TypeVar("Item")
QUICK_SECONDS = 1.5
"""What a person is let wait for without a word."""
Follow = Callable[[int, int, str], None]


class TakesLongError(Exception):
    """A page that would keep its reader waiting: it is to be made where nobody waits."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (TakesLongError, ())


class _Told:
    """Whom this process tells how far it is: None where a person waits for the answer."""

    follow: Follow | None = None


def tell_to(follow: Follow | None) -> None:
    """Say whom this process tells how far it is from now on."""
    _Told.follow = follow


def told(items: Iterable[Item], total: int, what: str, seconds_each: float) -> Iterator[Item]:
    """Yield items while whoever waits is told how many of a total are done.

    `what` is the key of the sentence that says so. Raises TakesLongError where somebody waits and
    all of them would take too long.
    """
    takes_long(total * seconds_each)
    for done, item in enumerate(items):
        if _Told.follow is not None:
            _Told.follow(done, total, what)
        yield item


def takes_long(seconds: float) -> None:
    """Raise TakesLongError where somebody waits and what follows takes more than a moment."""
    if _Told.follow is None and seconds > QUICK_SECONDS:
        raise TakesLongError


def progress(what: str) -> Follow:
    """Return what calls of `api` report their progress to, said with the words of a key."""
    return lambda done, total, _: _Told.follow(done, total, what) if _Told.follow else None
