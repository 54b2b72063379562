"""What is missing of each offer, the papers, and what persons looked for and have judged."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from offsetcheck.api.answers import still_open
from offsetcheck.api.notes import FILES, REVIEWED, SCREENINGS, Note, notes_in
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.folder.tenders import tender_named
from offsetcheck.web.incoming.looks import ProblemLine, day_said, problem_line
from offsetcheck.web.notes.pending import forget_pending, keep_pending, pending
from offsetcheck.web.notes.writing import (
    opened_if_any,
    papers,
    seen_notes,
    signer,
    take_back,
    tried,
    write_note,
)
from offsetcheck.web.register.second import seconded
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Answer,
    Page,
    Redirect,
    RefusedError,
    Role,
    Shown,
    Visit,
    Wrong,
)

BARS = frozenset({"gate", "review"})
"""Effects of a rule that bars an offer while it is not met; a person judges reviews."""

JUDGES = frozenset({Role.OFFICER, Role.EVALUATOR})
SECONDS = JUDGES | {Role.APPROVER}
JUDGEMENT = "judgement"
TYPED = ("sources", "by", "on", "rule_offer", "judgement", "reason", "role", "reviewer")


class PointLine(Shown):
    """An open point of an offer, and where its answer is written."""

    title: str
    question: str
    who: str
    to: str


class OfferOpen(Shown):
    """What would decide an offer, and whether anybody has looked for adverse events."""

    id: str
    name: str
    verdict: str
    points: tuple[PointLine, ...]
    unscreened: bool


class NoteLine(Shown):
    """A note that stands, and whether its paper is still the one that was read."""

    section: str
    index: int
    offers: str
    said: str
    by: str
    on: str
    source: str
    page: str
    kind: str
    paper: str
    seen: str


class PendingLine(Shown):
    """A judgement that one person has signed and that waits for another."""

    mark: str
    person: str
    offer: str
    rule: str
    judgement: str
    reason: str
    own: bool


class EvidencePage(Shown):
    """The evidence of a tender: open points, papers, notes, and the forms to add to them."""

    at: str
    files: str
    offers: tuple[OfferOpen, ...]
    papers: tuple[tuple[str, str], ...]
    notes: tuple[NoteLine, ...]
    problems: tuple[ProblemLine, ...]
    reviews: tuple[tuple[str, str], ...]
    ids: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    pending: tuple[PendingLine, ...]
    filled: dict[str, str]
    seen_screenings: str
    seen_reviews: str
    can_write: bool
    can_judge: bool
    can_second: bool
    many: bool


def _page(visit: Visit, wrong: tuple[Wrong, ...] = ()) -> Page:
    tender = tender_named(visit.workplace, visit.part("tender"))
    words = words_of(visit)
    known = opened_if_any(visit)
    if known is None:
        nothing = _Nothing(files=f"/t/{quote(tender.name, safe='')}/offers")
        return Page("evidence_none", words["web_evidence.title"], nothing, tender.name)
    filled = {name: visit.filled(name) for name in TYPED}
    if visit.method == GET:
        filled |= {
            "by": visit.person.name,
            "reviewer": visit.person.name,
            "on": visit.today.isoformat(),
        }
    notes = notes_in(tender.path)
    shown = EvidencePage(
        at=_at(known),
        files=f"/t/{quote(tender.name, safe='')}/offers",
        offers=tuple(_open(known, offer) for offer in known.judged()),
        papers=papers(known),
        notes=tuple(_note(known, one) for one in notes),
        problems=tuple(
            problem_line(p) for p in known.case.problems if p.place.file in FILES.values()
        ),
        reviews=tuple(_to_review(known)),
        ids=tuple((name, name) for name in known.ids),
        chosen=visit.filled_all("offers"),
        pending=tuple(_pending(visit, known)),
        filled=filled,
        seen_screenings=seen_notes(known, SCREENINGS),
        seen_reviews=seen_notes(known, REVIEWED),
        can_write=visit.may(Role.OFFICER),
        can_judge=visit.may(*JUDGES),
        can_second=visit.may(*SECONDS),
        many=visit.workplace.many,
    )
    return Page(
        "evidence", words["web_evidence.title"], shown, tender.name, 422 if wrong else 200, wrong
    )


class _Nothing(Shown):
    files: str


def _at(known: Opened) -> str:
    return f"/t/{quote(known.folder.name, safe='')}/evidence"


def _open(known: Opened, judged: Any) -> OfferOpen:
    name = judged.candidate.id
    top = f"/t/{quote(known.folder.name, safe='')}/answers/{quote(name, safe='')}"
    inputs = known.case.bound.dictionary.candidate
    points = tuple(
        PointLine(
            title=one.title, question=one.question, who=one.who.value,
            to=f"{top}/{one.field}" if one.field in inputs and inputs[one.field].is_input else "",
        )
        for one in still_open(known.case, judged)
    )  # fmt: skip
    return OfferOpen(
        id=name,
        name=str(judged.candidate.value("name") or ""),
        verdict=judged.explained.verdict.words,
        points=points,
        unscreened=bool(judged.explained.unscreened),
    )


def _note(known: Opened, one: Note) -> NoteLine:
    titles = known.case.setting.wording.title
    said = "; ".join(f"{_title(known, name, titles)}: {value}" for name, value in one.said)
    there = dict(papers(known))
    paper = ""
    if one.sha256:
        digest = there.get(one.source)
        paper = "gone" if digest is None else "same" if digest == one.sha256 else "changed"
    return NoteLine(
        section=one.section, index=one.index, offers=", ".join(one.offers), said=said, by=one.by,
        on=one.on.isoformat(), source=one.source, page=one.page, kind=one.kind, paper=paper,
        seen=seen_notes(known, one.section),
    )  # fmt: skip


def _title(known: Opened, name: str, titles: Any) -> str:
    return str(titles(name)) if name in known.case.bound.dictionary.candidate else name


def _to_review(known: Opened) -> Any:
    """Yield each rule of an offer that waits for a person, as the form names it."""
    for judged in known.judged():
        for line in judged.explained.findings:
            if line.status is Status.NEEDS_PERSON:
                yield f"{judged.candidate.id} {line.rule}", f"{judged.candidate.id}: {line.title}"


def _screen(visit: Visit) -> Answer:
    known = opened(visit)
    words = words_of(visit)
    sources = [line.strip() for line in visit.filled("sources").splitlines() if line.strip()]
    on = day_said(visit.filled("on"))
    wrong = [] if sources else [Wrong("sources", words["web_evidence.need_sources"])]
    if on is None or on > visit.today:
        wrong.append(Wrong("on", words["web_answers.no_day"]))
    if not signer(visit):
        wrong.append(Wrong("by", words["web_answers.need_by"]))
    if wrong:
        return _page(visit, tuple(wrong))
    entry = {
        "by": signer(visit),
        "on": on,
        "sources": sources,
        "offers": list(visit.filled_all("offers")),
    }
    return _added(visit, known, SCREENINGS, entry, "web_evidence.screened")


def _added(
    visit: Visit, known: Opened, section: str, entry: Mapping[str, Any], said: str
) -> Answer:
    made = tried(visit, known, section, entry)
    if made.problems:
        return _page(visit, tuple(Wrong("", f"{p.message}. {p.hint or ''}") for p in made.problems))
    write_note(visit, known, made)
    details = {name: str(value) for name, value in entry.items()}
    return Redirect(_at(known), said, details=details)


def _review(visit: Visit) -> Answer:
    known = opened(visit)
    words = words_of(visit)
    by = visit.person.name if visit.workplace.many else visit.filled("reviewer")
    offer, _, rule = visit.filled("rule_offer").partition(" ")
    chosen = visit.filled("judgement") in {"clear", "fail"}
    needed = {
        "rule_offer": rule,
        "judgement": chosen,
        "reason": visit.filled("reason"),
        "role": visit.filled("role"),
        "reviewer": by,
    }
    wrong = tuple(
        Wrong(name, words[f"web_evidence.need_{name}"]) for name, said in needed.items() if not said
    )
    if wrong or offer not in known.ids:
        return _page(visit, wrong or (Wrong("rule_offer", words["web_evidence.need_rule_offer"]),))
    content = {"offer": offer, "rule": rule, "judgement": visit.filled("judgement"),
               "reason": visit.filled("reason"), "role": visit.filled("role")}  # fmt: skip
    return _signed(visit, known, content, by)


def _signed(visit: Visit, known: Opened, content: dict[str, str], by: str) -> Answer:
    """Write a judgement down, or let it wait for a second person where several work."""
    entry = {**content, "by": by, "on": visit.today}
    made = tried(visit, known, REVIEWED, entry)
    if made.problems:
        return _page(visit, tuple(Wrong("", f"{p.message}. {p.hint or ''}") for p in made.problems))
    if _bars(known, content) and not seconded(visit, JUDGEMENT, _subject(content), content):
        keep_pending(visit, content, by)
        return Redirect(_at(known), "web_evidence.waits", details=content)
    write_note(visit, known, made)
    forget_pending(visit, content)
    return Redirect(_at(known), "web_evidence.judged", details={**content, "by": by})


def _subject(content: Mapping[str, str]) -> str:
    return f"{content['offer']} {content['rule']}"


def _bars(known: Opened, content: Mapping[str, str]) -> bool:
    lines = known.offer(content["offer"]).explained.findings
    return any(line.rule == content["rule"] and line.effect in BARS for line in lines)


def _second(visit: Visit) -> Answer:
    """Sign as the second person what another one has signed, word for word."""
    known = opened(visit)
    for mark, person, content in pending(visit):
        if mark == visit.filled("mark") and person != visit.person.name:
            return _signed(visit, known, content, f"{person}; {visit.person.name}")
    raise RefusedError(404, "web_evidence.nothing_waits")


def _pending(visit: Visit, known: Opened) -> Any:
    titles = {line.rule: line.title for one in known.judged() for line in one.explained.findings}
    for mark, person, content in pending(visit):
        yield PendingLine(
            mark=mark, person=person, offer=content["offer"],
            rule=titles.get(content["rule"], content["rule"]), judgement=content["judgement"],
            reason=content["reason"], own=person == visit.person.name,
        )  # fmt: skip


def _take_back(visit: Visit) -> Answer:
    known = opened(visit)
    section, index = visit.filled("section"), visit.filled("index")
    if section not in FILES or not index.isdecimal() or len(index) > 6:  # noqa: PLR2004
        raise RefusedError(404, "web_evidence.no_note")
    take_back(visit, known, section, int(index))
    return Redirect(_at(known), "web_evidence.taken_back", details={"note": f"{section} {index}"})


EVIDENCE = "/t/{tender}/evidence"
OFFICER = frozenset({Role.OFFICER})
ROUTES = (
    Route(GET, EVIDENCE, _page, nav=50, label="web_evidence.nav"),
    Route(POST, f"{EVIDENCE}/screening", _screen, OFFICER, act="screened"),
    Route(POST, f"{EVIDENCE}/review", _review, JUDGES, act="judged"),
    Route(POST, f"{EVIDENCE}/second", _second, SECONDS, act="judged"),
    Route(POST, f"{EVIDENCE}/take-back", _take_back, OFFICER, act="note_taken_back"),
)
