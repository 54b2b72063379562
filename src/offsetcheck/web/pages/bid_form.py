"""The form of questions to bidders: what it asks, as a workbook, and a request for what is open."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from offsetcheck.api.case import Case
from offsetcheck.api.clarification import ClarificationOptions, questions_to, sellers_in
from offsetcheck.api.purchase import city_of_purchase, purchase_in
from offsetcheck.api.questionnaire import (
    MOST_OFFERS,
    FormOptions,
    form_asked,
    form_bytes,
    project_types,
)
from offsetcheck.api.request import Request
from offsetcheck.api.web_page import language_name, say
from offsetcheck.vocabulary.problem import OffsetcheckError, Problem
from offsetcheck.vocabulary.questionnaire import Form
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import DAY, Opened, day_of, open_for, rulebook_of
from offsetcheck.web.folder.tenders import TenderFolder, tender_named
from offsetcheck.web.purchase.preview import address_of
from offsetcheck.web.purchase.shown import Words
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import GET, Download, Page, Shown, Visit, Wrong
from offsetcheck.web.work.progress import TakesLongError

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPE = "type"
KINDS = ("bid", "open")
BID, OPEN = KINDS


class QuestionLine(Shown):
    """One question of the form."""

    text: str
    unit: str
    choices: tuple[str, ...]
    help: str
    case: bool


class SectionLine(Shown):
    """Questions on one subject."""

    title: str
    note: str
    questions: tuple[QuestionLine, ...]


class BidFormPage(Shown):
    """What is chosen of the form, what it asks, and where it can be had; `to` None: nowhere."""

    kind: str
    types: tuple[str, ...]
    language: str
    offers: str
    deadline: str
    seller: str
    all_types: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    sellers: tuple[str, ...]
    sections: tuple[SectionLine, ...]
    count: str
    sheets: int
    to: str | None
    own: str
    upload: str


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What a visit asks of a form: which kind, in which language, for whom."""

    kind: str
    types: tuple[str, ...]
    language: str
    offers: int
    deadline: date | None
    seller: str
    wrong: tuple[Wrong, ...] = ()


def _chosen(visit: Visit, words: Words) -> _Chosen:
    wrong: list[Wrong] = []
    offers, deadline = 1, None
    said = visit.asked("offers", "1").strip() or "1"
    if said.isascii() and said.isdigit() and 1 <= int(said[:4]) <= MOST_OFFERS:
        offers = int(said)
    else:
        wrong.append(Wrong("offers", say(words, "web_form.which_number", most=MOST_OFFERS)))
    if day := visit.asked("deadline").strip():
        try:
            deadline = date.fromisoformat(day)
        except ValueError:
            wrong.append(Wrong("deadline", words["web_form.which_day"]))
    language = visit.asked("in")
    return _Chosen(
        kind=OPEN if visit.asked("kind") == OPEN else BID,
        types=visit.asked_all(TYPE),
        language=language if language in visit.languages else visit.language,
        offers=offers,
        deadline=deadline,
        seller=visit.asked("seller").strip(),
        wrong=tuple(wrong),
    )


def _made(visit: Visit, tender: TenderFolder, chosen: _Chosen) -> Form:
    """Return the form; raises what `make_form` and `make_clarification` raise."""
    rulebook, day = rulebook_of(visit.workplace.rules), day_of(visit)
    if chosen.kind == OPEN:
        made = open_for(tender, visit.workplace.rules, day, chosen.language)
        return _request_for(made, chosen)
    purchase, _ = purchase_in(tender.path, rulebook)
    city_of_purchase(purchase, tender.path, rulebook)  # what is wrong with it, in a tender's words
    request = Request(tender.path, None, day, language=chosen.language)
    options = FormOptions(
        chosen.types, chosen.offers, seller=chosen.seller or None, deadline=chosen.deadline
    )
    return form_asked(request, rulebook, options)[0]


def _request_for(made: Opened, chosen: _Chosen) -> Form:
    case: Case = made.case
    options = ClarificationOptions(chosen.seller or None, deadline=chosen.deadline)
    return questions_to(case, made.judged(), options)


def _show(visit: Visit) -> Page:
    tender, words = tender_named(visit.workplace, visit.part("tender")), words_of(visit)
    chosen = _chosen(visit, words)
    form, wrong = None, chosen.wrong
    if not wrong:
        try:
            form = _made(visit, tender, chosen)
        except OffsetcheckError as error:
            wrong = tuple(_wrong(one) for one in error.problems)
    own = address_of(tender.name, "bid-form")
    rulebook = rulebook_of(visit.workplace.rules)
    shown = BidFormPage(
        kind=chosen.kind,
        types=chosen.types,
        language=chosen.language,
        offers=visit.asked("offers", "1"),
        deadline=visit.asked("deadline"),
        seller=chosen.seller,
        all_types=project_types(rulebook, visit.language),
        languages=tuple((code, language_name(code)) for code in visit.languages),
        sellers=_sellers(visit),
        sections=_sections(form) if form else (),
        count=say(words, "web_form.count", count=len(form.fields())) if form else "",
        sheets=len(form.sheets) if form else 0,
        to=f"{own}/file?{_query(visit, chosen)}" if form else None,
        own=own,
        upload=address_of(tender.name, "offers"),
    )
    status = 422 if wrong else 200
    return Page("bid_form", words["web_form.title"], shown, tender.name, status, wrong)


FIELDS = {"types": TYPE, "seller": "seller", "offers": "offers", "deadline": "deadline"}


def _wrong(problem: Problem) -> Wrong:
    said = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    return Wrong(FIELDS.get(problem.place.file, ""), said)


def _query(visit: Visit, chosen: _Chosen) -> str:
    """Return what the file's address asks: what was chosen, with the day that is looked at."""
    pairs = [("kind", chosen.kind), ("in", chosen.language), ("offers", str(chosen.offers))]
    pairs += [(TYPE, one) for one in chosen.types]
    if chosen.seller:
        pairs.append(("seller", chosen.seller))
    if chosen.deadline:
        pairs.append(("deadline", chosen.deadline.isoformat()))
    if visit.asked(DAY):
        pairs.append((DAY, visit.asked(DAY)))
    return urlencode(pairs)


def _sellers(visit: Visit) -> tuple[str, ...]:
    """Return who has made offers; nobody where they cannot be read, or not judged in a moment."""
    tender = tender_named(visit.workplace, visit.part("tender"))
    try:
        made = open_for(tender, visit.workplace.rules, day_of(visit), visit.language)
        return sellers_in(made.judged())
    except (OffsetcheckError, TakesLongError):
        return ()


def _sections(form: Form) -> tuple[SectionLine, ...]:
    """Return what the first sheet asks; the others ask the same, or of another known project."""
    return tuple(
        SectionLine(
            title=section.title,
            note=section.note,
            questions=tuple(
                QuestionLine(
                    text=one.text,
                    unit=one.unit,
                    choices=tuple(one.choices.values()),
                    help=one.help,
                    case=one.case is not None,
                )
                for one in section.questions
                if one.asked
            ),
        )
        for sheet in form.sheets[:1]
        for section in sheet.sections
    )


def _file(visit: Visit) -> Page | Download:
    """Give the form as the workbook that the command line writes."""
    tender, words = tender_named(visit.workplace, visit.part("tender")), words_of(visit)
    chosen = _chosen(visit, words)
    if chosen.wrong:
        return _show(visit)
    name = "bid-form.xlsx" if chosen.kind == BID else "questions.xlsx"
    return Download(name, WORKBOOK, form_bytes(_made(visit, tender, chosen)))


OWN = "/t/{tender}/bid-form"
ROUTES = (
    Route(GET, OWN, _show, nav=20, label="web_form.nav"),
    Route(GET, f"{OWN}/file", _file),
)
