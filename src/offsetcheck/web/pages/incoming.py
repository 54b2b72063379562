"""One file that waits: how it is read, and what a person says otherwise of it."""

from collections.abc import Iterator
from urllib.parse import quote

from offsetcheck.api.columns import ColumnsChange, columns_changed, columns_text
from offsetcheck.api.incoming import Taken, fields_offered, wording_of
from offsetcheck.api.web_page import said_number
from offsetcheck.vocabulary.problem import InputError
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import rulebook_of
from offsetcheck.web.folder.tenders import TenderFolder, tender_named
from offsetcheck.web.incoming.looks import Seen, columns_said, day_said, looked_at, request_of
from offsetcheck.web.incoming.said import WHOLE, change_said
from offsetcheck.web.incoming.staging import Staged, staging_of
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Answer,
    Page,
    Redirect,
    Role,
    Shown,
    Visit,
    Wrong,
)


class IncomingPage(Shown):
    """A file that waits, with what can be said of its columns and rows."""

    number: str
    name: str
    original: str
    size: str
    sha256: str
    at: str
    back: str
    seen: Seen
    uses: tuple[tuple[str, str], ...]
    use: str
    day: str
    dated: str
    fields: tuple[tuple[str, str], ...]
    said: str
    whole: dict[str, str]
    can_write: bool


def _page(visit: Visit, wrong: tuple[Wrong, ...] = ()) -> Page:
    tender = tender_named(visit.workplace, visit.part("tender"))
    one = staging_of(visit, tender).file(visit.part("number"))
    ((_, seen),) = looked_at(visit, tender, [one])
    wording = wording_of(request_of(visit, tender), rulebook_of(visit.workplace.rules))
    words = words_of(visit)
    said = columns_said(tender, one) if _is_list(seen) else None
    shown = IncomingPage(
        number=one.number,
        name=one.name,
        original=one.original,
        size=said_number(one.size, words),
        sha256=one.sha256,
        at=_at(tender, one),
        back=f"/t/{quote(tender.name, safe='')}/offers",
        seen=seen,
        uses=tuple((use, words[f"web_offers.use_{use}"]) for use in _uses(one, seen)),
        use=one.use or seen.taken.value,
        day=one.day,
        dated=_dated(seen),
        fields=fields_offered(wording) if _is_list(seen) else (),
        said="" if said is None else said.decode("utf-8", "replace"),
        whole={name: visit.filled(name) for name in WHOLE},
        can_write=visit.may(Role.OFFICER),
    )
    status = 422 if wrong else 200
    return Page("incoming", one.name, shown, tender.name, status, wrong)


def _at(tender: TenderFolder, one: Staged) -> str:
    return f"/t/{quote(tender.name, safe='')}/offers/file/{one.number}"


def _is_list(seen: Seen) -> bool:
    """Return whether a person may say what the columns of a file are."""
    return seen.mappable and seen.taken in {Taken.OFFERS, Taken.NOTHING}


def _uses(one: Staged, seen: Seen) -> Iterator[str]:
    """Yield what a file may be used as, where there is a choice."""
    if seen.taken is Taken.RECORD or one.use == Taken.OFFERS:
        yield from (Taken.RECORD.value, Taken.OFFERS.value)
    elif seen.may_be_paper:
        yield from ("", Taken.PAPER.value)


def _dated(seen: Seen) -> str:
    """Return of what the day is that may be stated, by the key of its words."""
    if seen.taken in {Taken.RECORD, Taken.LEDGER}:
        return "web_offers.day_of_list"
    return "web_offers.day_of_answer" if seen.form and seen.form.round else ""


def _say(visit: Visit) -> Answer:
    tender = tender_named(visit.workplace, visit.part("tender"))
    one = staging_of(visit, tender).file(visit.part("number"))
    ((_, seen),) = looked_at(visit, tender, [one])
    words = words_of(visit)
    day, details = visit.filled("day"), {"file": one.name}
    if day and (day_said(day) is None or _in_future(visit, day)):
        return _page(visit, (Wrong("day", words["web_offers.no_day"]),))
    if visit.filled("anew"):
        one.say_columns(None)
        return Redirect(_at(tender, one), "web_offers.read_again", details=details)
    if _is_list(seen):
        try:
            one.say_columns(_changed(visit, tender, one, seen))
        except InputError as error:
            return _page(visit, tuple(Wrong("columns", str(p)) for p in error.problems))
    if visit.filled("use") in set(_uses(one, seen)):
        one.say(use=visit.filled("use"))
    one.say(day=day)
    return Redirect(_at(tender, one), "web_offers.read_again", details=details)


def _in_future(visit: Visit, day: str) -> bool:
    said = day_said(day)
    return said is not None and said > visit.today


def _changed(visit: Visit, tender: TenderFolder, one: Staged, seen: Seen) -> str | None:
    """Return what is said of a file's columns once a form is filled in; None: still nothing."""
    change = change_said(visit, seen.columns)
    known = columns_said(tender, one)
    if change == ColumnsChange():
        return None if one.columns is None else one.columns.decode("utf-8", "replace")
    rulebook = rulebook_of(visit.workplace.rules)
    text = columns_text(one.path, rulebook) if known is None else known.decode("utf-8", "replace")
    return columns_changed(text, change)


FILE = "/t/{tender}/offers/file/{number}"
ROUTES = (
    Route(GET, FILE, _page),
    Route(POST, FILE, _say, frozenset({Role.OFFICER}), act="file_set_right"),
)
