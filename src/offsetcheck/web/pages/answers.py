"""What each offer says, beside its cells; confirmed by a paper, or found to be otherwise."""

from urllib.parse import quote

from offsetcheck.api.answers import (
    Oddness,
    answer_of,
    answers_of,
    kinds_of_paper,
    offered_value,
    telling,
)
from offsetcheck.api.notes import CONFIRMED, FOUND
from offsetcheck.api.web_page import say
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.tenders import tender_named
from offsetcheck.web.notes.answers_shown import (
    AnswerPage,
    AnswersPage,
    OfferAnswersPage,
    answer_line,
    answers_at,
    by_paper_at,
    known_offer,
    offer_line,
    offer_name,
)
from offsetcheck.web.notes.paper import TYPED, lacks, noted_by, paper_of
from offsetcheck.web.notes.writing import (
    Tried,
    opened_if_any,
    papers,
    seen_notes,
    shown,
    tried,
    write_note,
)
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Answer,
    Page,
    Redirect,
    RefusedError,
    Role,
    Visit,
    Wrong,
)

FORM = ("do", "value", "source", *TYPED)


def _list(visit: Visit) -> Page:
    tender = tender_named(visit.workplace, visit.part("tender"))
    known = opened_if_any(visit)
    top = f"/t/{quote(tender.name, safe='')}"
    offers = () if known is None else tuple(offer_line(known, name, top) for name in known.ids)
    title = words_of(visit)["web_answers.title"]
    return Page("answers", title, AnswersPage(offers=offers, files=f"{top}/offers"), tender.name)


def _of_offer(visit: Visit) -> Page:
    known, offer = known_offer(visit)
    lines = [answer_line(one, answers_at(known, offer)) for one in answers_of(known.case, offer)]
    page = OfferAnswersPage(
        id=offer,
        name=offer_name(known, offer),
        back=f"/t/{quote(known.folder.name, safe='')}/answers",
        by_paper=by_paper_at(known, offer) if visit.may(Role.OFFICER) else "",
        verdict=shown(known.case, offer),
        answers=tuple(one for one in lines if one.oddness != Oddness.UNSTATED),
        unstated=tuple(one for one in lines if one.oddness == Oddness.UNSTATED),
    )
    title = say(words_of(visit), "web_answers.of", offer=offer)
    return Page("offer_answers", title, page, known.folder.name)


def _field(visit: Visit, wrong: tuple[Wrong, ...] = (), made: Tried | None = None) -> Page:
    known, offer = known_offer(visit)
    one = answer_of(known.case, offer, visit.part("field"))
    if one is None:
        raise RefusedError(404, "web_answers.no_field", field=visit.part("field"))
    at = answers_at(known, offer)
    filled = {name: visit.filled(name) for name in FORM}
    if visit.method == GET:
        filled |= {"by": visit.person.name, "document": one.document, "page": one.page}
    page = AnswerPage(
        id=offer,
        at=f"{at}/{one.field}",
        back=at,
        answer=answer_line(one, at),
        plain=one.plain,
        choices=one.choices,
        unit=one.unit,
        kinds=kinds_of_paper(known.case),
        papers=tuple((name, name) for name, _ in papers(known)),
        filled=filled,
        seen=visit.filled("seen") or seen_notes(known, CONFIRMED),
        can_confirm=offered_value(known.case, offer, one.field) is not None,
        can_write=visit.may(Role.OFFICER),
        many=visit.workplace.many,
        before=shown(known.case, offer),
        after=None if made is None else made.verdict(offer),
    )
    title = say(words_of(visit), "web_answers.answer", title=one.title, offer=offer)
    return Page("answer", title, page, known.folder.name, 422 if wrong else 200, wrong)


def _tried(visit: Visit) -> tuple[Tried | None, tuple[Wrong, ...]]:
    """Return the note that a form makes, as it would be, and what is wrong with the form."""
    known, offer = known_offer(visit)
    confirms = visit.filled("do") == "confirm"
    needed = ("kind", "by", "document") if confirms else ("value", "kind", "source", "by")
    if wrong := lacks(visit, known, needed):
        return None, wrong
    paper, about = paper_of(visit, known), noted_by(visit)
    field = visit.part("field")
    if confirms:
        value = offered_value(known.case, offer, field)
        entry = {"offer": offer, **telling(known.case, offer), "document": paper["document"],
                 "kind": visit.filled("kind"), "page": visit.filled("page"),
                 "sha256": paper["sha256"], "values": {field: value}, **about}  # fmt: skip
        made = tried(visit, known, CONFIRMED, entry)
    else:
        entry = {"offer": offer, "field": field, "value": visit.filled("value"),
                 "kind": visit.filled("kind"), "source": visit.filled("source"), **paper,
                 "page": visit.filled("page"), **about}  # fmt: skip
        made = tried(visit, known, FOUND, entry)
    return made, tuple(Wrong("", f"{p.message}. {p.hint or ''}") for p in made.problems)


def _look(visit: Visit) -> Answer:
    made, wrong = _tried(visit)
    return _field(visit, wrong, made)


def _save(visit: Visit) -> Answer:
    known, offer = known_offer(visit)
    before = shown(known.case, offer)
    made, wrong = _tried(visit)
    if wrong or made is None:
        return _field(visit, wrong, made)
    write_note(visit, known, made)
    after = made.verdict(offer) or before
    values = {
        "before": f"{before.words} ({before.grade})",
        "after": f"{after.words} ({after.grade})",
    }
    details = {"offer": offer, "field": visit.part("field"), "note": made.section,
               "value": visit.filled("value"), **values}  # fmt: skip
    return Redirect(answers_at(known, offer), "web_answers.saved", values, details)


ANSWERS = "/t/{tender}/answers"
ONE = f"{ANSWERS}/{{offer}}/{{field}}"
OFFICER = frozenset({Role.OFFICER})
ROUTES = (
    Route(GET, ANSWERS, _list, nav=40, label="web_answers.nav"),
    Route(GET, f"{ANSWERS}/{{offer}}", _of_offer),
    Route(GET, ONE, _field),
    Route(POST, f"{ONE}/look", _look, OFFICER),
    Route(POST, ONE, _save, OFFICER, act="answer_noted"),
)
