"""What the pages of comparisons share: the ways between them, and the offers to choose from."""

from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.offers_shown.addresses import day_asked, tender_address
from offsetcheck.web.visit import Shown, Visit


class Link(Shown):
    """An address and its words; `here` says that it is this page."""

    to: str
    words: str
    here: bool = False


def kinds_of(visit: Visit) -> tuple[Link, ...]:
    """Return the addresses of all kinds of comparison."""
    words, name = words_of(visit), visit.part("tender")
    pages = {"compare": "offers", "compare-cities": "cities", "compare-days": "days"}
    made = {page: tender_address(name, page, day_asked(visit)) for page in pages}
    return tuple(
        Link(
            to=to,
            words=words[f"web_compare.of_{pages[page]}"],
            here=visit.path == f"/t/{name}/{page}",
        )
        for page, to in made.items()
    )


def offers_named(tender: Opened) -> tuple[tuple[str, str], ...]:
    """Return the offers of a tender, each id with the name by which one chooses it."""
    titles = {c.id: str(c.value("name") or "") for c in tender.case.table.candidates()}
    return tuple((offer, f"{titles[offer]} ({offer})") for offer in tender.ids)
