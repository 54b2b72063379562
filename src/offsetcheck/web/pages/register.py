"""The register: who did what, whether it is as it was written, and all of it to take away."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from offsetcheck.api.web_page import csv_text
from offsetcheck.web.answered import words_of
from offsetcheck.web.register.book import register_of
from offsetcheck.web.register.entry import Entry, first_wrong
from offsetcheck.web.register.interest import NONE, SOME, declare, declared
from offsetcheck.web.register.last import last_kept
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Answer,
    Download,
    Page,
    Redirect,
    RefusedError,
    Shown,
    Visit,
    Wrong,
)

AT_ONCE = 100
COLUMNS = ("number", "at", "person", "act", "tender", "details", "before", "hash")
FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


class EntryLine(Shown):
    """One entry as the page shows it; `act` is in words where there are some."""

    number: int
    at: str
    person: str
    act: str
    tender: str
    details: tuple[tuple[str, str], ...]
    hash: str


class RegisterPage(Shown):
    """A part of the register, newest first, and the state of the whole."""

    entries: tuple[EntryLine, ...]
    count: int
    wrong: int | None
    gone: Mapping[str, str] | None
    last: str
    person: str
    tender: str
    people: tuple[str, ...]
    tenders: tuple[str, ...]
    older: str | None
    newer: str | None


def _register(visit: Visit) -> Page:
    register = register_of(visit.workplace)
    known = last_kept(register.last)  # before the entries, which may grow meanwhile
    every = list(register.entries())
    words = words_of(visit)
    person, tender = visit.asked("person"), visit.asked("tender")
    chosen = [
        one
        for one in reversed(every)
        if person in {"", one.act.person} and tender in {"", one.act.tender}
    ]
    start = _number(visit.asked("from"))
    lines = tuple(_line(one, words) for one in chosen[start : start + AT_ONCE])
    shown = RegisterPage(
        entries=lines,
        count=len(every),
        wrong=first_wrong(every),
        gone=dict(known.act().details) if known and known.gone_from(every) else None,
        last=every[-1].hash if every else "",
        person=person,
        tender=tender,
        people=tuple(sorted({one.act.person for one in every})),
        tenders=tuple(sorted({one.act.tender for one in every} - {""})),
        older=_at(visit, start + AT_ONCE) if start + AT_ONCE < len(chosen) else None,
        newer=_at(visit, max(0, start - AT_ONCE)) if start else None,
    )
    return Page("register", words["web_register.title"], shown)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004


def _at(visit: Visit, start: int) -> str:
    kept = [(key, value) for key, value in visit.query if key in {"person", "tender"}]
    return f"/register?{urlencode([*kept, ('from', start)])}"


def _line(one: Entry, words: Mapping[str, str]) -> EntryLine:
    known = words.get(f"web_acts.{one.act.act}")
    return EntryLine(
        number=one.number,
        at=one.at,
        person=one.act.person,
        act=known or one.act.act,
        tender=one.act.tender,
        details=tuple(one.act.details.items()),
        hash=one.hash,
    )


def _export(visit: Visit) -> Answer:
    form = visit.part("form")
    if form not in FORMS:
        raise RefusedError(404, "web.no_page")
    entries = list(register_of(visit.workplace).entries())
    text = _csv(entries) if form == "csv" else _jsonl(entries)
    return Download(f"register.{form}", FORMS[form], text.encode())


def _plain(one: Entry) -> dict[str, object]:
    return {
        "number": one.number, "at": one.at, "person": one.act.person, "act": one.act.act,
        "tender": one.act.tender, "details": dict(one.act.details), "before": one.before,
        "hash": one.hash,
    }  # fmt: skip


def _jsonl(entries: list[Entry]) -> str:
    return "".join(f"{json.dumps(_plain(one), ensure_ascii=False)}\n" for one in entries)


def _csv(entries: list[Entry]) -> str:
    rows = [{**_plain(one), "details": json.dumps(dict(one.act.details))} for one in entries]
    return csv_text(COLUMNS, [[str(row[name]) for name in COLUMNS] for row in rows])


class InterestPage(Shown):
    """What a person declares of a tender before he sees its offers."""

    kind: str
    reason: str
    since: str


def _interest(visit: Visit, wrong: tuple[Wrong, ...] = ()) -> Page:
    from offsetcheck.web.folder.tenders import tender_named

    tender = tender_named(visit.workplace, visit.part("tender"))
    known = declared(visit)
    shown = InterestPage(
        kind=visit.filled("kind") or (known.kind if known else ""),
        reason=visit.filled("reason") or (known.reason if known else ""),
        since=known.at if known else "",
    )
    title = words_of(visit)["web_register.interest"]
    return Page("interest", title, shown, tender.name, 422 if wrong else 200, wrong)


def _declare(visit: Visit) -> Answer:
    words = words_of(visit)
    kind, reason = visit.filled("kind"), visit.filled("reason")
    if kind not in {NONE, SOME}:
        return _interest(visit, (Wrong("kind", words["web_register.choose"]),))
    if kind == SOME and not reason:
        return _interest(visit, (Wrong("reason", words["web_register.say_which"]),))
    page = _interest(visit)
    declare(visit, kind, reason)
    to = f"/t/{page.tender}" if kind == NONE else "/"
    return Redirect(to, "web_register.declared")


INTEREST = "/t/{tender}/interest"
ROUTES = (
    Route(GET, "/register", _register, nav=80, label="web_register.nav"),
    Route(GET, "/register/{form}", _export),
    Route(GET, INTEREST, _interest, answers_interest=True),
    Route(POST, INTEREST, _declare, answers_interest=True),
)
