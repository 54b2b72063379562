"""The server's app: a request is checked at the door, made into a visit, and answered elsewhere."""

import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import unquote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response as Sent
from starlette.types import ASGIApp, Receive, Scope, Send

from offsetcheck.web.answered import Response, file_of_app, progress_page, refused
from offsetcheck.web.door.forms import Filled, filled
from offsetcheck.web.door.headers import headers
from offsetcheck.web.door.hosts import LOOPBACK, host_allowed, same_origin
from offsetcheck.web.door.log import tell
from offsetcheck.web.door.people import OnePerson, People
from offsetcheck.web.door.sessions import COOKIE, Sessions
from offsetcheck.web.door.token import StartToken
from offsetcheck.web.routes import found
from offsetcheck.web.visit import POST, Person, RefusedError, Visit, Workplace
from offsetcheck.web.work.jobs import Job, Jobs, TooManyError
from offsetcheck.web.work.pool import BusyError, EndedError, Pool

LANGUAGE, SAID, CSRF = "offsetcheck_language", "offsetcheck_said", "csrf"
FILES = {"/style.css": ("style.css", "text/css"), "/app.js": ("app.js", "text/javascript")}
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" '
    'fill="#0b4f8a"/><path d="M3 8l3 4 7-9" fill="none" stroke="#fff" stroke-width="2"/></svg>'
)
START, HEALTH, JOBS, LEAVE = "/start", "/health", "/jobs/", "/leave"


def _path(request: Request) -> str:
    """Return the path that is asked for, decoded once, by the server."""
    return str(request.scope["path"])


def _today() -> date:
    return date.today()  # noqa: DTZ011 - an officer's day is that of the machine


@dataclass
class Door:
    """What stands between a browser and the pages.

    `token` is None where a proxy signs people in; `secure` where answers go over TLS; `sign_out` is
    the proxy's address for it. `port` is where it listens on one's own machine: browsers hold the
    cookies of all ports of a host together, so that its cookies bear it in their names.
    """

    workplace: Workplace
    pool: Pool
    languages: tuple[str, ...]
    people: People = field(default_factory=OnePerson)
    token: StartToken | None = None
    hosts: tuple[str, ...] = LOOPBACK
    secure: bool = False
    sign_out: str | None = None
    port: int | None = None
    sessions: Sessions = field(default_factory=Sessions)
    today: Callable[[], date] = _today

    def __post_init__(self) -> None:
        """Hold the long work of this server."""
        self.jobs = Jobs(self.pool)
        # A browser takes a cookie of this name over TLS alone, and from no other host.
        at_port = "" if self.port is None else f"-{self.port}"
        self.cookie = f"__Host-{COOKIE}" if self.secure else f"{COOKIE}{at_port}"
        self.said_cookie = f"{SAID}{at_port}"

    async def come_in(self, request: Request) -> Sent:
        """Answer a request; whatever is wrong with it is a page in words."""
        if _path(request) == HEALTH:  # whatever name the machine's own watch calls it by
            if not self.pool.able:
                return self._sent(Response(503, _PLAIN, b"no page can be made\n"))
            return self._sent(Response(200, _PLAIN, b"ok\n"))
        host = request.headers.get("host", "")
        if not host_allowed(host, self.hosts):
            return self._sent(Response(400, _PLAIN, b"This server has another name.\n"))
        if _path(request) in FILES or _path(request) == "/favicon.ico":
            return self._file(_path(request))
        if self.token is not None and _path(request) == START:
            return await run_in_threadpool(self._start, request)
        visit = self._visit(request)
        session = self.sessions.known(request.cookies.get(self.cookie))
        person = self.people.person(request.headers)
        if person is None or (session is None and self.token is not None):
            key = "web.come_in" if self.token else "web.sign_in"
            return await self._refusal(visit, RefusedError(403, key))
        begun = None
        if session is None:
            begun = self.sessions.begin()
            session = self.sessions.known(begun) or ""
        visit = replace(visit, person=person, csrf=self.sessions.csrf(session))
        try:
            response = await self._answer(request, visit, session)
        except RefusedError as error:
            return await self._refusal(visit, error)
        if response.status >= 400:  # noqa: PLR2004 - the first status that refuses
            self._tell("refused", visit, response.status)
        if begun is not None:
            self._tell("came in", visit, response.status)
        return self._with_cookies(self._sent(response), request, visit, response, begun)

    def broken(self) -> Sent:
        """Return what is told of a fault of ours: nothing of it, under the same headers."""
        return self._sent(Response(500, _PLAIN, b"This is a fault of offsetcheck.\n"))

    def _visit(self, request: Request) -> Visit:
        query = tuple(request.query_params.multi_items())
        return Visit(
            method="GET" if request.method == "HEAD" else request.method,
            path=_path(request),
            workplace=self.workplace,
            person=Person("", frozenset()),
            today=self.today(),
            language=self._language(request),
            languages=self.languages,
            query=query,
            said=self._said(request),
        )

    def _language(self, request: Request) -> str:
        """Return the language of the address, else of the cookie, else of the browser."""
        asked = [request.query_params.get("lang"), request.cookies.get(LANGUAGE)]
        accepted = request.headers.get("accept-language", "").split(",")
        asked += [one.partition(";")[0].partition("-")[0].strip() for one in accepted]
        return next((one for one in asked if one in self.languages), self.languages[0])

    def _said(self, request: Request) -> str | None:
        """Return what the page before had to say; only this server can have said it."""
        name, _, signed = request.cookies.get(self.said_cookie, "").rpartition(".")
        text = unquote(name)
        right = text and self.sessions.csrf_right(f"said {text}", signed)
        return text if right else None

    async def _answer(self, request: Request, visit: Visit, session: str) -> Response:
        if visit.path == LEAVE and request.method == POST:
            async with filled(request, uploads=False) as form:
                self._check(request, form, session)
            # "cookies" would sign people out of all else under the city's name, and on its ports.
            cleared = ("clear-site-data", '"cache", "storage"')
            return Response(303, (("location", self.sign_out or "/"), cleared))
        if visit.path.startswith(JOBS):
            return await self._job(request, visit, session)
        if request.method not in {"GET", "HEAD", POST}:
            raise RefusedError(405, "web.no_page")
        if request.method != POST:
            return await self._made(visit)
        way = found(POST, visit.path)
        async with filled(request, uploads=way is not None and way.route.uploads) as form:
            self._check(request, form, session)
            return await self._made(replace(visit, form=form.form, uploads=form.uploads))

    def _check(self, request: Request, form: Filled, session: str) -> None:
        """Raise RefusedError (403) for a form that no page of this session holds."""
        token = next((value for name, value in form.form if name == CSRF), "")
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        ours = same_origin(origin, site, request.headers.get("host", ""))
        if not ours or not self.sessions.csrf_right(session, token):
            raise RefusedError(403, "web.other_form")

    async def _made(self, visit: Visit) -> Response:
        response = await run_in_threadpool(self._ask, visit)
        if not response.job:
            return response
        if visit.uploads:
            raise RefusedError(413, "web.too_slow")
        return self._begun(visit)

    def _ask(self, visit: Visit) -> Response:
        try:
            return self.pool.answer(visit)
        except EndedError:
            raise RefusedError(503, "web.ended") from None
        except BusyError:
            raise RefusedError(503, "web.busy") from None

    def _begun(self, visit: Visit) -> Response:
        try:
            job = self.jobs.begin(visit, lambda _: None)
        except TooManyError:
            raise RefusedError(429, "web.too_many_jobs") from None
        return Response(303, (("location", f"{JOBS}{job.id}"),))

    async def _job(self, request: Request, visit: Visit, session: str) -> Response:
        job = self.jobs.of(visit.path.removeprefix(JOBS), visit)
        if job is None:
            raise RefusedError(404, "web.no_job")
        if request.method == POST:
            async with filled(request, uploads=False) as form:
                self._check(request, form, session)
            self.jobs.cancel(job)
            return Response(303, (("location", f"{JOBS}{job.id}"),))
        return await run_in_threadpool(self._how_far, job, visit)

    def _how_far(self, job: Job, visit: Visit) -> Response:
        if job.failed:
            known = {"cancelled": "web.job_cancelled", "busy": "web.busy"}
            raise RefusedError(503, known.get(job.failed, "web.ended"))
        if job.response is None:
            return progress_page(visit, job.done, job.total, job.what, job.id)
        if job.visit.method == POST or job.response.status != 200:  # noqa: PLR2004
            return job.response
        # The process that made it has it still: its own address shows it.
        return Response(303, (("location", job.visit.address(job.visit.query)),))

    def _start(self, request: Request) -> Sent:
        """Let in whoever brings the start token, and take it out of the address."""
        assert self.token is not None  # noqa: S101 - asked only where there is one
        right = self.token.right(request.query_params.get("token", ""))
        if not right:
            error = RefusedError(429 if right is None else 403, "web.come_in")
            return self._refused(self._visit(request), error)
        sent = self._sent(Response(303, (("location", "/"),)))
        self._set(sent, self.cookie, self.sessions.begin())
        return sent

    async def _refusal(self, visit: Visit, error: RefusedError) -> Sent:
        return await run_in_threadpool(self._refused, visit, error)

    def _refused(self, visit: Visit, error: RefusedError) -> Sent:
        self._tell("refused", visit, error.status)
        return self._sent(refused(visit, error))

    def _tell(self, event: str, visit: Visit, status: int) -> None:
        """Write into a city's log what was refused; one person at his machine sees it anyway."""
        if self.workplace.many:
            tell(event, person=visit.person.name, path=visit.path, status=status)

    def _with_cookies(
        self, sent: Sent, request: Request, visit: Visit, response: Response, begun: str | None
    ) -> Sent:
        if begun is not None:
            self._set(sent, self.cookie, begun)
        if visit.path == LEAVE and response.status == 303:  # noqa: PLR2004
            self._forget(sent, self.cookie)
        if request.query_params.get("lang") == visit.language:
            self._set(sent, LANGUAGE, visit.language, days=365)
        if response.said is not None:
            signed = self.sessions.csrf(f"said {response.said}")
            self._set(sent, self.said_cookie, f"{_quoted(response.said)}.{signed}")
        elif visit.said is not None and response.status == 200:  # noqa: PLR2004
            self._forget(sent, self.said_cookie)
        return sent

    def _set(self, sent: Sent, name: str, value: str, days: int | None = None) -> None:
        sent.set_cookie(
            name, value, path="/", httponly=True, samesite="strict", secure=self.secure,
            max_age=None if days is None else days * 86400,
        )  # fmt: skip

    def _forget(self, sent: Sent, name: str) -> None:
        sent.delete_cookie(name, path="/", httponly=True, samesite="strict", secure=self.secure)

    def _file(self, path: str) -> Sent:
        if path == "/favicon.ico":
            return self._sent(Response(200, (("content-type", "image/svg+xml"),), ICON.encode()))
        name, media = FILES[path]
        kind = (("content-type", f"{media}; charset=utf-8"),)
        return self._sent(Response(200, kind, file_of_app(name)))

    def _sent(self, response: Response) -> Sent:
        sent = Sent(response.body, response.status)
        every = [*headers(response.styles, secure=self.secure)]
        for name, value in (*every, *response.headers):
            sent.headers[name] = value
        return sent


_PLAIN = (("content-type", "text/plain; charset=utf-8"),)


def _quoted(text: str) -> str:
    return urlencode({"": text})[1:].replace("+", "%20").replace(".", "%2E")


def app_of(door: Door) -> ASGIApp:
    """Return the app that a server runs: every request goes to the door, whatever its address."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            sent = await _through(door, Request(scope, receive))
            await sent(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})

    return app


async def _through(door: Door, request: Request) -> Sent:
    try:
        return await door.come_in(request)
    except Exception as error:  # noqa: BLE001 - the last place before a stranger
        traceback.print_exception(error, file=sys.stderr)
        return door.broken()


def words_by_language(words: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Return the languages of a rulebook, English first."""
    return tuple(sorted(words, key=lambda code: (code != "en", code)))
