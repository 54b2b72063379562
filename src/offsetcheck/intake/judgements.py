"""`screening.yaml` and `reviews.yaml`: who looked for what, and what a person has signed."""

from collections.abc import Collection

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.forms import Entry, Keys, read_sections
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.purchase import Review, Screening

SCREENING = Keys(("by", "on", "sources"), ("offers",))
REVIEW = Keys(("offer", "rule", "judgement", "reason", "by", "role", "on"))
JUDGEMENTS = ("clear", "fail")


def read_screenings(
    data: bytes, file: str, offers: Collection[str]
) -> tuple[tuple[Screening, ...], list[Problem]]:
    """Return the screenings of a file and its problems; an entry with a problem does not count."""
    form = read_sections(data, file, ("screenings",))
    made = [_screening(entry, offers) for entry in form.entries("screenings", SCREENING)]
    return tuple(item for item in made if item is not None), form.ordered()


def read_reviews(
    data: bytes, file: str, offers: Collection[str]
) -> tuple[tuple[Review, ...], list[Problem]]:
    """Return the signed judgements of a file and its problems; the second on a point is refused."""
    form = read_sections(data, file, ("reviews",))
    seen: dict[tuple[str, str], Review] = {}
    for entry in form.entries("reviews", REVIEW):
        review = _review(entry, offers)
        if review is None:
            continue
        if (review.offer, review.rule) in seen:
            message = f"{review.rule} is judged a second time for {review.offer}"
            entry.report(message, "rule", "keep one of the two")
        seen.setdefault((review.offer, review.rule), review)
    return tuple(seen.values()), form.ordered()


def _screening(entry: Entry, offers: Collection[str]) -> Screening | None:
    by, on, sources = entry.text("by"), entry.day("on"), entry.texts("sources")
    named = entry.texts("offers") if "offers" in entry.data else None
    known = [_known(entry, "offers", offer, offers) for offer in named or ()]
    if by is None or on is None or not sources or not all(known):
        return None
    return Screening(by, on, sources, named)


def _review(entry: Entry, offers: Collection[str]) -> Review | None:
    offer, rule, reason = entry.text("offer"), entry.text("rule"), entry.text("reason")
    judgement = entry.choice("judgement", JUDGEMENTS)
    by, role, on = entry.text("by"), entry.text("role"), entry.day("on")
    if offer is None or not _known(entry, "offer", offer, offers):
        return None
    if None in (rule, reason, judgement, by, role) or on is None:
        return None
    return Review(offer, str(rule), str(judgement), str(reason), str(by), str(role), on)


def _known(entry: Entry, key: str, offer: str, offers: Collection[str]) -> bool:
    if offer not in offers:
        entry.report(f"there is no offer `{offer}`", key, did_you_mean(offer, offers))
    return offer in offers
