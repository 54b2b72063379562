"""The rows of a tender's offers, made once while nothing changes."""

from collections import OrderedDict

from offsetcheck.api.offer_rows import OfferRow, offer_rows
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.offers_shown.chosen import Chosen, chosen_of
from offsetcheck.web.visit import Visit

MOST_KEPT = 6
_kept: "OrderedDict[int, tuple[Opened, tuple[OfferRow, ...]]]" = OrderedDict()


def rows_of(tender: Opened) -> tuple[OfferRow, ...]:
    """Return a row for each offer of a tender; they are kept as long as the tender is."""
    known = _kept.get(id(tender))
    if known is not None and known[0] is tender:
        return known[1]
    made = offer_rows(tender.case, tender.judged())
    _kept[id(tender)] = (tender, made)  # which holds the tender, so that its id stays its own
    while len(_kept) > MOST_KEPT:
        _kept.popitem(last=False)
    return made


def neighbours(visit: Visit, tender: Opened, offer: str) -> tuple[str | None, str | None]:
    """Return the offers before and after one in the list that the visitor came from.

    Without a filter or an order of it, these are those of the input: nothing is judged for it.
    """
    chosen = chosen_of(visit)
    plain = chosen == Chosen()
    ids = tender.ids if plain else [row.id for row in chosen.rows(rows_of(tender))]
    if offer not in ids:
        return None, None
    at = list(ids).index(offer)
    return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)
