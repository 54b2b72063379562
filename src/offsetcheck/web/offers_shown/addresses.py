"""The addresses of a tender's judged offers, with the day and the filter of the page before."""

import re
from collections.abc import Iterable
from urllib.parse import quote, urlencode

from offsetcheck.web.folder.kept import DAY
from offsetcheck.web.visit import Pairs, Visit

PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*\Z")
"""Ids that can be a part of an address; any other stands in its query."""


def tender_address(tender: str, page: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of a page of a tender, without the pairs whose value is empty."""
    pairs = [(name, value) for name, value in query if value]
    asked = f"?{urlencode(pairs)}" if pairs else ""
    return f"/t/{quote(tender, safe='')}/{page}{asked}"


def offer_address(tender: str, offer: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of an offer, whose id may be any text."""
    if PLAIN.match(offer):
        return tender_address(tender, f"offer/{offer}", query)
    return tender_address(tender, "offer", [("id", offer), *query])


def offer_asked(visit: Visit) -> str:
    """Return the id of the offer that an address asks for."""
    return visit.parts.get("offer") or visit.asked("id")


def day_asked(visit: Visit) -> Pairs:
    """Return the pair of the query by which a tender is looked at on another day, if it is."""
    day = visit.asked(DAY)
    return ((DAY, day),) if day else ()
