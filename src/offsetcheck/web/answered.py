"""One visit -> what goes back to the browser: the only place that knows how a page is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from offsetcheck.api.web_page import (
    language_name,
    said_number,
    say,
    style_hashes,
    web_file,
    web_page,
    words_in,
)
from offsetcheck.ground.version import __version__
from offsetcheck.vocabulary.problem import (
    NoOffersError,
    OffsetcheckError,
    OutputError,
    RulebookError,
)
from offsetcheck.web.door.log import tell
from offsetcheck.web.folder.edits import watching
from offsetcheck.web.folder.kept import rulebook_of
from offsetcheck.web.folder.tenders import tenders
from offsetcheck.web.register.entry import RegisterError
from offsetcheck.web.routes import Route, found, methods_at, navigation
from offsetcheck.web.visit import (
    GET,
    Answer,
    Download,
    Page,
    Redirect,
    RefusedError,
    Report,
    Shown,
    Visit,
)
from offsetcheck.web.work.progress import TakesLongError

# Where the page of a refusal leads on: an address, and the words of its link.
Way = tuple[str, str]
START: Way = ("/", "web.to_start")
TENDER: Way = ("/t/{tender}", "web.to_tender")
WAYS: Mapping[str, Way] = {
    "web.no_offers": ("/t/{tender}/offers", "web.to_offers"),
    "web.declare_first": ("/t/{tender}/interest", "web_register.interest"),
    "web.interested": ("/t/{tender}/interest", "web_register.interest"),
}
UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY
UNREACHABLE = HTTPStatus.SERVICE_UNAVAILABLE
HTML = "text/html; charset=utf-8"
WAY_ENDS = 100
"""The place in the navigation of the last page of the way from purchase to claim."""
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back: status, headers, body; `said` is a sentence for the page that follows.

    `styles` are the hashes of a report's own style. `job` says that the same visit is to
    be made again where nobody waits.
    """

    status: int
    headers: Headers = ()
    body: bytes = b""
    said: str | None = None
    styles: tuple[str, ...] = ()
    job: bool = False


class RefusedPage(Shown):
    """Why a visit is refused, and what to do; `to` is the page on which it is done."""

    text: str
    problems: tuple[tuple[str, str, str], ...] = ()
    to: str
    link: str


def answered(visit: Visit) -> Response:
    """Return what goes back for a visit; whatever goes wrong is a page in words."""
    words = words_of(visit)
    try:
        return _response(visit, _asked(visit), words)
    except TakesLongError:
        return Response(202, job=True)
    except RefusedError as error:
        return _refused_within(visit, error)
    except NoOffersError:
        return _refused_within(visit, RefusedError(HTTPStatus.OK, "web.no_offers"))
    except RegisterError as error:
        tell("register", person=visit.person.name, path=visit.path, status=503, reason=str(error))
        return _refused_within(visit, RefusedError(UNREACHABLE, "web.no_register"))
    except OffsetcheckError as error:
        status = HTTPStatus.CONFLICT if isinstance(error, OutputError) else UNREADABLE
        return _refused_within(visit, RefusedError(status, "web.problems", error.problems))


def refused(
    visit: Visit, error: RefusedError, tender: str | None = None, way: Way = START
) -> Response:
    """Return the page that says why a visit is refused, and leads on; of a tender only if named."""
    words = words_of(visit)
    shown = RefusedPage(
        text=say(words, f"{error.key}_text", **error.values),
        problems=tuple((str(one.place), one.message, one.hint or "") for one in error.problems),
        to=way[0].replace("{tender}", quote(tender or "", safe="")),
        link=words[way[1]],
    )
    title = say(words, error.key, **error.values)
    page = Page("refused", title, shown, tender, status=error.status)
    return Response(error.status, _html(), _sent(_page(visit, page, words)))


def _refused_within(visit: Visit, error: RefusedError) -> Response:
    """Return the page of a refusal for who has been let in: a tender's navigation stays."""
    tender = _tender_of(visit)
    way = WAYS.get(error.key, TENDER) if tender else START
    return refused(visit, error, tender, way)


def _asked(visit: Visit) -> Answer:
    route = found(visit.method, visit.path)
    if route is None:
        status = 405 if methods_at(visit.path) else 404
        raise RefusedError(status, "web.no_page")
    if not route.route.open and not visit.may(*route.route.roles):
        raise RefusedError(403, "web.not_yours")
    visit = replace(visit, parts=route.parts)
    _refuse_interested(visit, route.route)
    if route.route.act:
        _try_register(visit)
    with watching() as written:
        answer = route.route.answer(visit)
    if written.nothing and isinstance(answer, Redirect):
        return Redirect(answer.to, "web.nothing_changed")
    if route.route.act and not (isinstance(answer, Page) and answer.wrong):
        _register(visit, route.route.act, answer)
    return answer


def _refuse_interested(visit: Visit, route: Route) -> None:
    """Raise RefusedError (403) where a person has not said that he has no interest in a tender."""
    if not (visit.workplace.many and route.of_tender) or route.answers_interest:
        return
    from offsetcheck.web.register.interest import NONE, declared

    said = declared(visit)
    if said is None:
        raise RefusedError(403, "web.declare_first", tender=visit.part("tender"))
    if said.kind != NONE:
        raise RefusedError(403, "web.interested", tender=visit.part("tender"))


def _try_register(visit: Visit) -> None:
    """Raise RegisterError before anything is done that could not be written down."""
    from offsetcheck.web.register.book import register_of

    register_of(visit.workplace).try_out()


def _register(visit: Visit, act: str, answer: Answer) -> None:
    """Write down what a person did; who only looked at something is not written down.

    Raises RefusedError (503) where the register has gone since it was tried.
    """
    from offsetcheck.web.register.book import register_of
    from offsetcheck.web.register.entry import Act

    details = dict(answer.details) if isinstance(answer, Redirect) else {}
    # What begins a tender has no tender in its address yet.
    tender = visit.parts.get("tender") or details.get("folder", "")
    made = Act(visit.person.name, act, tender, details)
    try:
        register_of(visit.workplace).append(made)
    except RegisterError as error:
        tell("unwritten", person=visit.person.name, path=visit.path, status=503, reason=str(error))
        raise RefusedError(UNREACHABLE, "web.not_written_down") from None


def words_of(visit: Visit) -> Mapping[str, str]:
    """Return the words of a visit's language, English where a translation is missing.

    Where somebody has left a mistake in the rules, what is said of it are the installed words.
    """
    try:
        rulebook = rulebook_of(visit.workplace.rules)
    except RulebookError:
        rulebook = rulebook_of(None)
    return words_in(rulebook.words, visit.language)


def _response(visit: Visit, answer: Answer, words: Mapping[str, str]) -> Response:
    match answer:
        case Page():
            return Response(answer.status, _html(), _sent(_page(visit, answer, words)))
        case Redirect():
            said = say(words, answer.said, **answer.values) if answer.said else None
            return Response(303, (("location", answer.to),), said=said)
        case Download():
            return Response(200, _download(answer), answer.data)
        case Report():
            styles = style_hashes(answer.html)
            return Response(200, _html(), _sent(answer.html), styles=styles)


def _sent(text: str) -> bytes:
    """Return a page as it is sent; what is no letter in a file's name becomes a question mark."""
    return text.encode("utf-8", "replace")


def _html() -> Headers:
    return (("content-type", HTML),)


def _download(answer: Download) -> Headers:
    how = "inline" if answer.inline else "attachment"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in answer.name)
    named = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(answer.name, safe='')}"
    return (("content-type", answer.media), ("content-disposition", named))


def _page(visit: Visit, page: Page, words: Mapping[str, str]) -> str:
    return web_page(page.template, page.shown.model_dump(mode="json"), _shared(visit, page, words))


def _shared(visit: Visit, page: Page, words: Mapping[str, str]) -> dict[str, Any]:
    """Return what every page has around it: heading, navigation, person, languages, words."""
    of_tender = page.tender is not None
    tender_nav = _links(visit, navigation(of_tender=True), words, page.tender) if of_tender else []
    return {
        "title": page.title,
        "words": dict(words),
        "lang": visit.language,
        "languages": [_language(visit, code) for code in visit.languages],
        "path": visit.path,
        "csrf": visit.csrf,
        "person": visit.person.name,
        "many": visit.workplace.many,
        "tender": page.tender,
        "nav": _links(visit, navigation(of_tender=False), words, None),
        "tender_nav": tender_nav,
        "tender_to": f"/t/{quote(page.tender or '')}" if of_tender else "",
        "onward": _onward(tender_nav, quote(visit.path)),
        "said": visit.said,
        "wrong": [{"field": one.field, "text": one.text} for one in page.wrong],
        "version": __version__,
        "today": visit.today.isoformat(),
    }


def _language(visit: Visit, code: str) -> dict[str, str]:
    """Return a language by its own name, and this page's address in it."""
    query = tuple((key, value) for key, value in visit.query if key != "lang")
    shown = visit if visit.method == GET else replace(visit, path="/")
    to = shown.address((*query, ("lang", code)))
    return {"code": code, "name": language_name(code), "to": to}


def _links(
    visit: Visit, routes: tuple[Route, ...], words: Mapping[str, str], tender: str | None
) -> list[dict[str, Any]]:
    links = []
    for route in routes:
        if not visit.may(*route.roles):
            continue
        address = route.address.replace("{tender}", quote(tender or ""))
        here = visit.path == address or (
            address.count("/") > 1
            and visit.path.startswith(f"{address.rstrip('/')}/")
            and not address.endswith(f"/{quote(tender or '')}")
        )
        link = {"to": address, "label": words[route.label], "here": here}
        links.append({**link, "on_the_way": (route.nav or 0) <= WAY_ENDS})
    return links


def _onward(links: Sequence[Mapping[str, Any]], here: str) -> Mapping[str, Any] | None:
    """Return the page of a tender that comes next in the order of the work, None after the last."""
    way = [link for link in links if link["on_the_way"]]
    after = (later for one, later in pairwise(way) if one["to"] == here)
    return next(after, None)


def _tender_of(visit: Visit) -> str | None:
    """Return the tender of a visit's address, None where there is none of that name."""
    route = found(visit.method, visit.path)
    name = route.parts.get("tender", "") if route else ""
    return name if any(one.name == name for one in tenders(visit.workplace)) else None


def file_of_app(name: str) -> bytes:
    """Return the style or script of every page."""
    return web_file(name).encode()


def progress_page(visit: Visit, done: int, total: int, what: str, job: str) -> Response:
    """Return the page that says how far a long work is, and looks again by itself."""
    words = words_of(visit)
    said = (
        say(words, what, done=said_number(done, words), total=said_number(total, words))
        if what
        else words["web.waiting"]
    )
    shown = ProgressPage(said=said, done=done, total=total, job=job)
    page = Page("progress", words["web.working"], shown, _tender_of(visit))
    headers = (*_html(), ("refresh", "2"))
    return Response(200, headers, _sent(_page(visit, page, words)))


class ProgressPage(Shown):
    """How far a long work is."""

    said: str
    done: int
    total: int
    job: str
