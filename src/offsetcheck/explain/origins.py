"""Where a statement was read, in words: the sheet, list or note, who confirmed it, its cell."""

import re
from datetime import date

from offsetcheck.explain.wording import Wording, shorten_and_encode
from offsetcheck.vocabulary.problem import Place

BY_WHOM = re.compile(
    r"(?P<source>.*), (?P<how>confirmed|found) by (?P<by>.*) on (?P<on>[0-9-]{10})"
)
PURCHASE = "the city's own record of the purchase"
CLARIFIED = re.compile(
    r"clarification (?P<round>\d+) of (?P<on>[0-9-]{10}), (?P<file>.*) \(before: (?P<before>.*)\)",
    re.DOTALL,
)
UNSTATED = "not stated"  # as the record of clarifications says that nothing stood there
KNOWN = {
    "bid sheet": "origin.bid_sheet",
    "bid form": "origin.bid_form",
    PURCHASE: "origin.purchase",
    "the offer is in the currency of the purchase": "origin.same_currency",
}
"""What the readers of files call their sources where no file names one."""


def origin_words(source: str, wording: Wording) -> str:
    """Return a source in words; the name of a list or paper as it stands."""
    answer = CLARIFIED.fullmatch(source)
    if answer is not None:
        return _clarified(answer, wording)
    said = BY_WHOM.fullmatch(source)
    if said is None:
        return wording.word(KNOWN[source]) if source in KNOWN else shorten_and_encode(source)
    return wording.word(
        "origin.confirmed" if said["how"] == "confirmed" else "origin.found",
        source=origin_words(said["source"], wording),
        by=shorten_and_encode(said["by"]),
        on=wording.day(date.fromisoformat(said["on"])),
    )


def _clarified(said: re.Match[str], wording: Wording) -> str:
    """Return of which round an answer is, when it came in which file, and what stood before."""
    before = said["before"]
    return wording.word(
        "origin.clarified_first" if before == UNSTATED else "origin.clarified",
        round=said["round"],
        on=wording.day(date.fromisoformat(said["on"])),
        file=shorten_and_encode(said["file"]),
        before=shorten_and_encode(before),
    )


def place_words(place: Place, wording: Wording) -> str:
    """Return where in a file something stands: line, then sheet and column."""
    parts = [place.file, *(str(n) for n in (place.line, place.column) if n is not None)]
    within = [wording.word("origin.sheet", sheet=place.sheet)] if place.sheet else []
    within += [wording.word("origin.column", column=place.field)] if place.field else []
    where = ":".join(parts) + (f" ({', '.join(within)})" if within else "")
    return shorten_and_encode(where)
