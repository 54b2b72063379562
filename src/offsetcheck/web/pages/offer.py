"""One offer: its report, its place in the list, its files, and what would be otherwise."""

from offsetcheck.api.judge import JudgedOffer, offer_named
from offsetcheck.api.result_file import offer_file, page_formats
from offsetcheck.api.suppose import (
    Statement,
    shown_change,
    shown_reversals,
    suppose_offer,
    wrong_statements,
)
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.offers_shown.addresses import (
    day_asked,
    offer_address,
    offer_asked,
    tender_address,
)
from offsetcheck.web.offers_shown.chosen import chosen_of
from offsetcheck.web.offers_shown.listing import neighbours
from offsetcheck.web.offers_shown.report_pages import ReportPart, is_page, report_part, whole_report
from offsetcheck.web.offers_shown.result_files import known_form
from offsetcheck.web.offers_shown.what_if import (
    VALUE,
    SupposedField,
    fields_of,
    grades,
    other_fields,
    pairs_of,
    statements,
)
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    Answer,
    Download,
    Page,
    Pairs,
    RefusedError,
    Shown,
    Visit,
    Wrong,
)

SHEETS = '<div class="sheets">'
"""What the report's further sheets begin with: the first one stands above what one can try."""
WHAT_IF, FILE = "what-if", "offer-file"
LINKS = ("answers", "evidence", "letters", "compare", "tonnes")
"""The tender's pages that show something of one offer."""
INLINE = frozenset({"html", "pdf"})


class Link(Shown):
    """An address and its words."""

    to: str
    words: str


class Try(Shown):
    """A change that the report names, and the address at which it is filled in."""

    words: str
    to: str


class WhatIfForm(Shown):
    """The form of what is supposed; `hidden` are the pairs that go with it."""

    action: str
    hidden: Pairs
    fields: tuple[SupposedField, ...]
    other: tuple[tuple[str, str], ...]
    grades: tuple[tuple[str, str], ...]
    changes: tuple[Try, ...]
    reversals: tuple[Try, ...]


class OfferPage(Shown):
    """An offer's report, and the ways from it."""

    context: str
    back: str
    before: str | None
    after: str | None
    first: str
    rest: str
    style: str
    files: tuple[Link, ...]
    links: tuple[Link, ...]
    what_if: WhatIfForm


class WhatIfPage(Shown):
    """What would be, beside what is; `part` is None where nothing is supposed or can be."""

    offer: str
    to_offer: str
    wrong: tuple[str, ...]
    summary: str
    part: ReportPart | None
    what_if: WhatIfForm


def _shown(visit: Visit) -> Page:
    tender, name = opened(visit), visit.part("tender")
    judged = _judged(tender, offer_asked(visit))
    kept = (*chosen_of(visit).pairs, *day_asked(visit))
    before, after = neighbours(visit, tender, judged.candidate.id)
    part = report_part(tender, judged.explained)
    first, mark, rest = part.html.partition(SHEETS)
    said = judged.explained
    shown = OfferPage(
        context=f"{said.city} · {said.title} · {said.offer.id}",
        back=tender_address(name, "verdicts", kept),
        before=None if before is None else offer_address(name, before, kept),
        after=None if after is None else offer_address(name, after, kept),
        first=first,
        rest=f"{mark}{rest}",
        style=part.style,
        files=_files(visit, judged),
        links=_links(visit, judged),
        what_if=_form(visit, tender, judged),
    )
    return Page("offer", said.offer.name or said.offer.id, shown, tender=name)


def _judged(tender: Opened, offer: str) -> JudgedOffer:
    try:
        offer_named(tender.case, offer)
    except RequestError as error:
        raise RefusedError(404, "web_offer.none", error.problems, offer=offer) from None
    return tender.offer(offer)


def _files(visit: Visit, judged: JudgedOffer) -> tuple[Link, ...]:
    words, offer = words_of(visit), judged.candidate.id
    return tuple(
        Link(
            to=tender_address(
                visit.part("tender"), FILE, (("id", offer), ("form", form), *day_asked(visit))
            ),
            words=words.get(f"web_offer.form_{form}", form),
        )
        for form in page_formats()
    )


def _links(visit: Visit, judged: JudgedOffer) -> tuple[Link, ...]:
    words, name = words_of(visit), visit.part("tender")
    query = (("offer", judged.candidate.id), *day_asked(visit))
    known = [page for page in LINKS if is_page(tender_address(name, page))]
    return tuple(
        Link(to=tender_address(name, page, query), words=words[f"web_offer.to_{page}"])
        for page in known
    )


def _form(visit: Visit, tender: Opened, judged: JudgedOffer) -> WhatIfForm:
    name, offer = visit.part("tender"), judged.candidate.id
    kept = (("id", offer), *chosen_of(visit).pairs, *day_asked(visit))

    def tried(words: str, *made: Statement) -> Try:
        to = tender_address(name, WHAT_IF, (*kept, *pairs_of(made)))
        return Try(words=words, to=f"{to}#supposed")

    said, change = judged.explained, shown_change(tender.case, judged)
    smallest = said.what_if.smallest
    hanging = {line.field: line.words for line in said.hangs_on}
    return WhatIfForm(
        action=tender_address(name, WHAT_IF),
        hidden=kept,
        fields=fields_of(tender, judged, visit),
        other=other_fields(tender),
        grades=grades(tender),
        changes=(tried(smallest.words, *change),) if smallest and change else (),
        reversals=tuple(
            tried(hanging[one.field], one) for one in shown_reversals(tender.case, judged)
        ),
    )


def _what_if(visit: Visit) -> Page:
    tender, name = opened(visit), visit.part("tender")
    judged = _judged(tender, offer_asked(visit))
    made = statements(tender, judged, visit)
    problems = wrong_statements(tender.case, made)
    texts = {
        field: " ".join(part for part in (problem.message, problem.hint) if part)
        for field, problem in problems.items()
    }
    explained = None
    if made and not problems:
        explained = suppose_offer(tender.case, judged.candidate.id, map(str, made)).explained
    kept = (*chosen_of(visit).pairs, *day_asked(visit))
    words = words_of(visit)
    shown = WhatIfPage(
        offer=judged.explained.offer.name or judged.candidate.id,
        to_offer=offer_address(name, judged.candidate.id, kept),
        wrong=tuple(texts.values()),
        summary=explained.summary if explained else "",
        part=report_part(tender, explained) if explained else None,
        what_if=_form(visit, tender, judged),
    )
    return Page(
        "what_if",
        words["web_offer.what_if"],
        shown,
        tender=name,
        status=422 if problems else 200,
        wrong=tuple(Wrong(f"{VALUE}{field}", text) for field, text in texts.items()),
    )


def _file(visit: Visit) -> Answer:
    """Answer an offer's report as a file: HTML and PDF to be read at once, the others to keep."""
    form, tender = known_form(visit.asked("form"), page_formats), opened(visit)
    judged = _judged(tender, offer_asked(visit))
    back = offer_address(visit.part("tender"), judged.candidate.id, day_asked(visit))
    if form == "html":
        return whole_report(tender, judged.explained, back)
    made = offer_file(tender.case, judged, form, back)
    return Download(made.name, made.media, made.data, inline=form in INLINE)


ROUTES = (
    Route(GET, "/t/{tender}/offer/{offer}", _shown),
    Route(GET, "/t/{tender}/offer", _shown),
    Route(GET, "/t/{tender}/what-if", _what_if),
    Route(GET, "/t/{tender}/offer-file", _file),
)
