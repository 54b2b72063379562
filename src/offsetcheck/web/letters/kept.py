"""What a process keeps of letters that it made: a page that took long shows them when ready."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.work.progress import takes_long

MOST_KEPT = 6
Made = TypeVar("Made")
_kept: "OrderedDict[object, Any]" = OrderedDict()


def made_once(
    tender: Opened, what: tuple[str, ...], seconds: float, make: Callable[[], Made]
) -> Made:
    """Return what was made of a tender as its files stand, made now where it is not there.

    `what` tells it from all else that is made of tenders. Raises TakesLongError where it would take
    long and somebody waits.
    """
    request = tender.request
    key = (str(tender.folder.path), tender.mark, request.as_of, request.language, *what)
    if key not in _kept:
        takes_long(seconds)
        _kept[key] = make()
    _kept.move_to_end(key)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    made: Made = _kept[key]
    return made
