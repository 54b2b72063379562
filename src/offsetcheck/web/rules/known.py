"""What a process keeps of the served rulebook: its pages, made once for a day and a language."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from offsetcheck import Rulebook
from offsetcheck.api.rulebook_pages import RulebookPages, rulebook_pages
from offsetcheck.web.folder.kept import day_of, rulebook_of
from offsetcheck.web.visit import RefusedError, Visit

MOST_KEPT = 6
One = TypeVar("One")

_kept: "OrderedDict[tuple[date, str], tuple[Rulebook, RulebookPages]]" = OrderedDict()


def known_pages(visit: Visit) -> RulebookPages:
    """Return the served rulebook's pages, on the visit's day and in its language.

    They are made anew where a rule file has changed. Raises RequestError for a day before the
    rulebook's first, RulebookError for a catalogue with problems.
    """
    rules = visit.workplace.rules
    rulebook = rulebook_of(rules)
    key = (day_of(visit), visit.language)
    known = _kept.get(key)
    if known is None or known[0] is not rulebook:
        made = rulebook_pages(rulebook, rules, as_of=key[0], language=key[1])
        known = _kept[key] = (rulebook, made)
    _kept.move_to_end(key)
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return known[1]


def looked_up(pages: Mapping[str, One], name: str, otherwise: str) -> One:
    """Return the page of an id; raises RefusedError (404), in the words of a key, for none."""
    if name not in pages:
        raise RefusedError(404, otherwise, name=name)
    return pages[name]
