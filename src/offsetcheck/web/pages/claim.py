"""What the city may say of what it buys, and a draft text held against it."""

from dataclasses import replace
from urllib.parse import quote

from offsetcheck.api.claim import Claim, claim, lint, read_text, text_of
from offsetcheck.api.request import Request
from offsetcheck.vocabulary.claim_statement import ClaimLint, ClaimStatement
from offsetcheck.vocabulary.problem import InputError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.offers_shown.report_pages import ReportPart, report_part
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Download,
    Page,
    RefusedError,
    Shown,
    Visit,
    Wrong,
)
from offsetcheck.web.work.progress import takes_long

SECONDS_EACH = 0.03  # judging and explaining one offer
TYPED = "draft"
MEDIA = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
}


class ClaimPage(Shown):
    """What may be said of the chosen offers; `checked` is a text held against it, as HTML."""

    wanted: str
    channel: str
    tonnes: str
    body: ReportPart
    offers: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    text: str
    summary: str
    checked: ReportPart | None
    here: str
    files: tuple[tuple[str, str], ...]


def _request(tender: Opened, command: str) -> Request:
    takes_long(len(tender.ids) * SECONDS_EACH)
    return replace(tender.request, command=command)


def _show(visit: Visit) -> Page:
    tender = opened(visit)
    chosen = visit.asked_all("offer")
    made = claim(_request(tender, "claim"), tender.rulebook, chosen)
    return _page(visit, tender, made, chosen)


def _page(
    visit: Visit,
    tender: Opened,
    made: Claim,
    chosen: tuple[str, ...],
    *,
    text: str = "",
    checked: Claim | None = None,
    wrong: tuple[Wrong, ...] = (),
) -> Page:
    said = made.explained
    assert isinstance(said, ClaimStatement)  # noqa: S101 - `claim` makes no other
    held = checked.explained if checked else None
    here = f"/t/{quote(tender.folder.name)}/claim"
    named = "".join(f"&offer={quote(one, safe='')}" for one in chosen)
    names = [(c.id, str(c.value("name") or c.id)) for c in tender.case.table.candidates()]
    shown = ClaimPage(
        wanted=said.wanted_words,
        channel=said.channel_words,
        tonnes=said.tonnes_words,
        body=report_part(tender, said),
        offers=tuple((one, f"{name} ({one})" if name != one else one) for one, name in names),
        chosen=chosen,
        text=text,
        summary=held.summary if isinstance(held, ClaimLint) else "",
        checked=report_part(tender, held) if held else None,
        here=here,
        files=tuple((form, f"{here}/file?format={form}{named}") for form in MEDIA),
    )
    title = words_of(visit)["web_claim.title"]
    status = 422 if wrong else 200
    return Page("claim", title, shown, tender.folder.name, status=status, wrong=wrong)


def _lint(visit: Visit) -> Page:
    """Hold a text against the claim; nothing of it is stored."""
    tender, words = opened(visit), words_of(visit)
    chosen = visit.filled_all("offer")
    made = claim(_request(tender, "claim"), tender.rulebook, chosen)
    text, name = visit.filled(TYPED), words["web_claim.draft_name"]
    try:
        if visit.uploads:
            text, name = read_text(visit.uploads[0].path), visit.uploads[0].name
        if not text.strip():
            empty = (Wrong(TYPED, words["web_claim.no_text"]),)
            return _page(visit, tender, made, chosen, wrong=empty)
        request = _request(tender, "claim lint")
        checked = lint(request, tender.rulebook, text.replace("\r\n", "\n"), name, chosen)
    except InputError as error:
        field = "file" if visit.uploads else TYPED
        wrong = tuple(
            Wrong(field, f"{one.message}{f' ({one.hint})' if one.hint else ''}")
            for one in error.problems
        )
        return _page(visit, tender, made, chosen, text=visit.filled(TYPED), wrong=wrong)
    return _page(visit, tender, made, chosen, text=text, checked=checked)


def _file(visit: Visit) -> Download:
    """Return the claim in a format, the same bytes as the command writes."""
    tender, form = opened(visit), visit.asked("format", "html")
    if form not in MEDIA:
        raise RefusedError(404, "web.no_page")
    made = claim(_request(tender, "claim"), tender.rulebook, visit.asked_all("offer"))
    text = text_of(made, form, None)
    data = text.encode() if isinstance(text, str) else text
    return Download(f"{tender.folder.name}-claim.{form}", MEDIA[form], data)


ROUTES = (
    Route(GET, "/t/{tender}/claim", _show, nav=100, label="web_claim.nav"),
    Route(GET, "/t/{tender}/claim/file", _file),
    Route(POST, "/t/{tender}/claim/lint", _lint, uploads=True),
)
