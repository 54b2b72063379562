"""Several answers of an offer that one paper shows: ticked, tried, and noted in one entry."""

from collections.abc import Collection, Iterator

from offsetcheck.api.answers import answers_of, kinds_of_paper, offered_value, telling
from offsetcheck.api.notes import CONFIRMED
from offsetcheck.api.web_page import say
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.notes.answers_shown import answers_at, by_paper_at, known_offer, offer_name
from offsetcheck.web.notes.paper import TYPED, lacks, noted_by, paper_of
from offsetcheck.web.notes.writing import (
    Tried,
    VerdictShown,
    papers,
    seen_notes,
    shown,
    tried,
    write_note,
)
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, POST, Answer, Page, Redirect, Role, Shown, Visit, Wrong

FIELDS = "fields"


class StatedLine(Shown):
    """What an offer says of one field, what stands behind it now, and whether it is ticked."""

    field: str
    title: str
    offered: str
    behind: str
    ticked: bool


class ByPaperPage(Shown):
    """The form in which one paper confirms several answers of an offer."""

    id: str
    name: str
    at: str
    back: str
    lines: tuple[StatedLine, ...]
    kinds: tuple[tuple[str, str], ...]
    papers: tuple[tuple[str, str], ...]
    filled: dict[str, str]
    seen: str
    many: bool
    before: VerdictShown
    after: VerdictShown | None


def _form(visit: Visit, wrong: tuple[Wrong, ...] = (), made: Tried | None = None) -> Page:
    known, offer = known_offer(visit)
    ticked = set(visit.filled_all(FIELDS))
    filled = {name: visit.filled(name) for name in TYPED}
    if visit.method == GET:
        filled |= {"by": visit.person.name}
    page = ByPaperPage(
        id=offer,
        name=offer_name(known, offer),
        at=by_paper_at(known, offer),
        back=answers_at(known, offer),
        lines=tuple(_lines(known, offer, ticked)),
        kinds=kinds_of_paper(known.case),
        papers=tuple((name, name) for name, _ in papers(known)),
        filled=filled,
        seen=visit.filled("seen") or seen_notes(known, CONFIRMED),
        many=visit.workplace.many,
        before=shown(known.case, offer),
        after=None if made is None else made.verdict(offer),
    )
    title = say(words_of(visit), "web_answers.by_paper_of", offer=offer)
    return Page("by_paper", title, page, known.folder.name, 422 if wrong else 200, wrong)


def _lines(known: Opened, offer: str, ticked: Collection[str]) -> Iterator[StatedLine]:
    """Yield what the offer's own cells say, what is least well shown first."""
    said = [one for one in answers_of(known.case, offer) if one.cell is not None]
    for one in sorted(said, key=lambda one: one.grade.name, reverse=True):
        if offered_value(known.case, offer, one.field) is not None:
            yield StatedLine(
                field=one.field, title=one.title, offered=one.offered,
                behind=f"{one.grade_words}; {one.document or one.source}",
                ticked=one.field in ticked,
            )  # fmt: skip


def _tried(visit: Visit, known: Opened, offer: str) -> tuple[Tried | None, tuple[Wrong, ...]]:
    """Return the note of all that is ticked, as it would be, and what is wrong with the form."""
    said = {name: offered_value(known.case, offer, name) for name in visit.filled_all(FIELDS)}
    values = {name: value for name, value in said.items() if value is not None}
    wrong = lacks(visit, known, ("document", "kind", "by"))
    if not values:
        wrong = (Wrong(FIELDS, words_of(visit)["web_answers.need_fields"]), *wrong)
    if wrong:
        return None, wrong
    entry = {"offer": offer, **telling(known.case, offer), **paper_of(visit, known),
             "kind": visit.filled("kind"), "page": visit.filled("page"),
             "values": values, **noted_by(visit)}  # fmt: skip
    made = tried(visit, known, CONFIRMED, entry)
    return made, tuple(Wrong("", f"{p.message}. {p.hint or ''}") for p in made.problems)


def _look(visit: Visit) -> Page:
    made, wrong = _tried(visit, *known_offer(visit))
    return _form(visit, wrong, made)


def _save(visit: Visit) -> Answer:
    known, offer = known_offer(visit)
    before = shown(known.case, offer)
    made, wrong = _tried(visit, known, offer)
    if wrong or made is None:
        return _form(visit, wrong, made)
    write_note(visit, known, made)
    after = made.verdict(offer) or before
    values = {
        "before": f"{before.words} ({before.grade})",
        "after": f"{after.words} ({after.grade})",
    }
    fields = ", ".join(visit.filled_all(FIELDS))
    details = {"offer": offer, "field": fields, "note": made.section, **values}
    return Redirect(answers_at(known, offer), "web_answers.saved", values, details)


AT = "/t/{tender}/by-paper/{offer}"
OFFICER = frozenset({Role.OFFICER})
ROUTES = (
    Route(GET, AT, _form, OFFICER),
    Route(POST, f"{AT}/look", _look, OFFICER),
    Route(POST, AT, _save, OFFICER, act="answer_noted"),
)
