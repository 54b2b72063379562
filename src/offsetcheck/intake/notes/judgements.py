"""`screening.yaml` and `reviews.yaml`: who looked for what, and what a person has signed."""

from collections.abc import Sequence
from typing import Annotated, Literal

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.forms import Day, FormEntry, OneOrMore, Written, read_sections
from offsetcheck.intake.notes.addressed import Terms, offers_named
from offsetcheck.intake.tables.amend import stated
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.forms.model import FileModel
from offsetcheck.vocabulary.forms.scalars import one_of
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.vocabulary.purchase import Review, Screening
from offsetcheck.vocabulary.table import CandidateTable

ANY = Terms()
NO_JUDGEMENT = "the judgement does not count"


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
    data: bytes, file: str, table: CandidateTable, terms: Terms = ANY
) -> tuple[tuple[Screening, ...], Sequence[Problem]]:
    """Return the screenings of a file and its problems; an entry with a problem does not count.

    One that names no offer is of all whose project can be told by its id.
    """
    form = read_sections(data, file, ("screenings",))
    strange = [row for row in range(len(table)) if not _is_told(table, row)]
    screenings: list[Screening] = []
    unsaid: list[Problem] = []
    for entry in form.entries("screenings", ScreeningEntry):
        said = entry.said
        offers = _screened(entry, table)
        if offers == () or not terms.counts(entry, "nobody counts as having looked by it"):
            continue
        screenings.append(Screening(said.by, said.on, said.sources, offers))
        if said.offers is None and strange:
            unsaid.append(_not_named(entry, [table.ids[row] for row in strange]))
    return tuple(screenings), [*form.problems.sorted(), *unsaid]


def _screened(entry: FormEntry[ScreeningEntry], table: CandidateTable) -> tuple[str, ...] | None:
    """Return the offers that were looked for, None for all of the tender, `()` for none."""
    if entry.said.offers is None:
        return None
    rows = list(offers_named(entry, "offers", entry.said.offers, table))
    whole = len(rows) == len(entry.said.offers)
    return tuple(table.ids[row] for row in rows) if whole else ()


def _not_named(entry: FormEntry[ScreeningEntry], offers: Sequence[str]) -> Problem:
    ids = ", ".join(offers)
    return Problem(
        f"the screening names no offer and is not of {ids}, whose registry's id is not known",
        entry.place("by"),
        f"name the offers under `offers:`, and {ids} among them where it was looked for",
        Severity.WARNING,
    )


def _is_told(table: CandidateTable, row: int) -> bool:
    """Whether a row's id is one that a registry can hold."""
    return stated(table, "id", row).cause is not Cause.ID_NOT_RECOGNISED


def read_reviews(
    data: bytes, file: str, table: CandidateTable, terms: Terms = ANY
) -> tuple[tuple[Review, ...], Sequence[Problem]]:
    """Return the signed judgements of a file and its problems; the second on a point is refused."""
    form = read_sections(data, file, ("reviews",))
    reviews: dict[tuple[str, str], Review] = {}
    for entry in form.entries("reviews", ReviewEntry):
        said = entry.said
        rows = list(offers_named(entry, "offer", (said.offer,), table))
        if not rows or not _is_reviewed(entry, terms) or not terms.counts(entry, NO_JUDGEMENT):
            continue
        offer = table.ids[rows[0]]
        if (offer, said.rule) in reviews:
            message = f"{said.rule} is judged a second time for {offer}"
            entry.report("rule", message, "keep one of the two")
            continue
        reviews[offer, said.rule] = Review(
            offer, said.rule, said.judgement, said.reason, said.by, said.role, said.on
        )
    return tuple(reviews.values()), form.problems.sorted()


def _is_reviewed(entry: FormEntry[ReviewEntry], terms: Terms) -> bool:
    """Whether a person's judgement of the rule counts; where not, that is noted."""
    if terms.reviewable is None or terms.reviewable.get(entry.said.rule):
        return True
    rule = entry.said.rule
    if rule in terms.reviewable:
        message = f"`{rule}` is decided by its own condition: {NO_JUDGEMENT}"
        entry.report("rule", message, "put what is known into evidence.yaml")
    else:
        entry.report(
            "rule",
            f"there is no rule `{rule}`: {NO_JUDGEMENT}",
            did_you_mean(rule, terms.reviewable),
        )
    return False
