"""The evidence of a tender as its page shows it: open points, papers, notes, and what waits."""

from typing import Any
from urllib.parse import quote

from offsetcheck.api.answers import still_open
from offsetcheck.api.notes import FILES, REVIEWED, SCREENINGS, Note, notes_in
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened
from offsetcheck.web.folder.tenders import tender_named
from offsetcheck.web.incoming.looks import ProblemLine, problem_line
from offsetcheck.web.notes.pending import pending
from offsetcheck.web.notes.writing import opened_if_any, papers, seen_notes
from offsetcheck.web.register.entry import same_person
from offsetcheck.web.visit import GET, Page, Role, Shown, Visit, Wrong

JUDGES = frozenset({Role.OFFICER, Role.EVALUATOR})
SECONDS = JUDGES | {Role.APPROVER}
"""Who may sign as second person what another has judged."""
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


def evidence_page(visit: Visit, wrong: tuple[Wrong, ...] = ()) -> Page:
    """Return the page of a tender's evidence, with what was wrong in one of its forms."""
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
        at=evidence_at(known),
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


def evidence_at(known: Opened) -> str:
    """Return the address of a tender's evidence."""
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


def _pending(visit: Visit, known: Opened) -> Any:
    titles = {line.rule: line.title for one in known.judged() for line in one.explained.findings}
    for mark, person, content in pending(visit):
        yield PendingLine(
            mark=mark, person=person, offer=content["offer"],
            rule=titles.get(content["rule"], content["rule"]), judgement=content["judgement"],
            reason=content["reason"], own=same_person(person, visit.person.name),
        )  # fmt: skip
