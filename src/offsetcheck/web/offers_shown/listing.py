"""The rows of a tender's offers, made once while nothing changes."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from offsetcheck.api.judge import offer_named
from offsetcheck.api.offer_rows import OfferRow, Supplied, offer_rows, supplied
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.offers_shown.chosen import Chosen, chosen_of
from offsetcheck.web.visit import RefusedError, Visit

MOST_KEPT = 6


@dataclass(frozen=True, slots=True)
class Listing:
    """All offers of a tender as a list: rows, the titles of rules by id, and what they come to."""

    of: Opened
    rows: tuple[OfferRow, ...]
    titles: Mapping[str, str]
    supplied: Supplied


_kept: "OrderedDict[int, Listing]" = OrderedDict()


def listing_of(tender: Opened) -> Listing:
    """Return the list of a tender's offers; it is kept as long as the tender is."""
    known = _kept.get(id(tender))
    if known is not None and known.of is tender:
        return known
    judged = tender.judged()
    titles = {line.rule: line.title for one in judged for line in one.explained.findings}
    made = Listing(tender, offer_rows(tender.case, judged), titles, supplied(tender.case, judged))
    _kept[id(tender)] = made  # which holds the tender, so that its id stays its own
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


def refuse_unknown(tender: Opened, *offers: str) -> None:
    """Raise RefusedError (404) with the nearest id where a tender has no such offer."""
    for offer in offers:
        try:
            offer_named(tender.case, offer)
        except RequestError as error:
            raise RefusedError(404, "web_offer.none", error.problems, offer=offer) from None


def neighbours(visit: Visit, tender: Opened, offer: str) -> tuple[str | None, str | None]:
    """Return the offers before and after one in the list that the visitor came from.

    Without a filter or an order of it, these are those of the input: nothing is judged for it.
    """
    chosen = chosen_of(visit)
    plain = chosen == Chosen()
    ids = tender.ids if plain else [row.id for row in chosen.rows(listing_of(tender).rows)]
    if offer not in ids:
        return None, None
    at = list(ids).index(offer)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)
