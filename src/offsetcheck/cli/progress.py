import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from offsetcheck.cli.terminal import note

Item = TypeVar("Item")

LONG = 100  # items below this are done before anybody wonders


def followed(items: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """Yield the items; on long work show how far it is, on standard error.

    A terminal gets one line that counts up, a file one line for each tenth.
    """
    if total < LONG:
        yield from items
        return
    step = max(1, total // 100 if sys.stderr.isatty() else total // 10)
    for number, item in enumerate(items, 1):
        yield item
        if number % step == 0 or number == total:
            _show(f"{what}: {number:,} of {total:,}", last=number == total)


def _show(text: str, *, last: bool) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text}" + ("\n" if last else ""))
        sys.stderr.flush()
    else:
        note(text)
