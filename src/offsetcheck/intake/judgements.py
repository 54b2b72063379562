"""`screening.yaml` and `reviews.yaml`: who looked for what, and what a person has signed."""

from collections.abc import Collection, Sequence
from typing import Annotated, Any, Literal

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.forms import Day, FormEntry, OneOrMore, Written, read_sections
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import one_of
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.purchase import Review, Screening


class ScreeningEntry(FileModel):
    """Where a person looked for adverse events; of all offers where it names none."""

    by: Written
    on: Day
    sources: OneOrMore
    offers: OneOrMore | None = None


class ReviewEntry(FileModel):
    """A person's signed judgement of one rule on one offer."""

    offer: Written
    rule: Written
    judgement: Annotated[Literal["clear", "fail"], one_of("clear", "fail")]
    reason: Written
    by: Written
    role: Written
    on: Day


def read_screenings(
    data: bytes, file: str, offers: Collection[str]
) -> tuple[tuple[Screening, ...], Sequence[Problem]]:
    """Return the screenings of a file and its problems; an entry with a problem does not count."""
    form = read_sections(data, file, ("screenings",))
    screenings = []
    for entry in form.entries("screenings", ScreeningEntry):
        said = entry.said
        unknown = [o for o in said.offers or () if not _is_offered(entry, "offers", o, offers)]
        if not unknown:
            screenings.append(Screening(said.by, said.on, said.sources, said.offers))
    return tuple(screenings), form.problems.sorted()


def read_reviews(
    data: bytes, file: str, offers: Collection[str]
) -> tuple[tuple[Review, ...], Sequence[Problem]]:
    """Return the signed judgements of a file and its problems; the second on a point is refused."""
    form = read_sections(data, file, ("reviews",))
    reviews: dict[tuple[str, str], Review] = {}
    for entry in form.entries("reviews", ReviewEntry):
        said = entry.said
        if not _is_offered(entry, "offer", said.offer, offers):
            continue
        if (said.offer, said.rule) in reviews:
            message = f"{said.rule} is judged a second time for {said.offer}"
            entry.report("rule", message, "keep one of the two")
            continue
        reviews[said.offer, said.rule] = Review(
            said.offer, said.rule, said.judgement, said.reason, said.by, said.role, said.on
        )
    return tuple(reviews.values()), form.problems.sorted()


def _is_offered(entry: FormEntry[Any], key: str, offer: str, offers: Collection[str]) -> bool:
    """Whether an offer stands in the list; where not, that is noted."""
    if offer not in offers:
        entry.report(key, f"there is no offer `{offer}`", did_you_mean(offer, offers))
    return offer in offers
