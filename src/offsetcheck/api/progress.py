"""How far long work is, told to whoever asked for it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
Progress = Callable[[int, int, str], None]


def unwatched(done: int, total: int, what: str) -> None:
    """Tell nobody that `done` of `total` things, named by `what`, are done."""


def followed(items: Iterable[Item], total: int, what: str, progress: Progress) -> Iterator[Item]:
    """Yield the items; after each has been used, tell how many are done."""
    for number, item in enumerate(items, 1):
        yield item
        progress(number, total, what)
