"""What is missing of each offer, the papers, and what persons looked for and have judged."""

from collections.abc import Mapping
from typing import Any

from offsetcheck.api.notes import FILES, REVIEWED, SCREENINGS
from offsetcheck.web.answered import words_of
from offsetcheck.web.folder.kept import Opened, opened
from offsetcheck.web.incoming.looks import day_said
from offsetcheck.web.notes.evidence_shown import JUDGES, SECONDS, evidence_at, evidence_page
from offsetcheck.web.notes.pending import forget_pending, keep_pending, pending
from offsetcheck.web.notes.writing import signer, take_back, tried, write_note
from offsetcheck.web.register.entry import same_person
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
    Visit,
    Wrong,
)

BARS = frozenset({"gate", "review"})
"""Effects of a rule that bars an offer while it is not met; a person judges reviews."""

JUDGEMENT = "judgement"


def _show(visit: Visit) -> Page:
    return evidence_page(visit)


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
        return evidence_page(visit, tuple(wrong))
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
        return evidence_page(
            visit, tuple(Wrong("", f"{p.message}. {p.hint or ''}") for p in made.problems)
        )
    write_note(visit, known, made)
    details = {name: str(value) for name, value in entry.items()}
    return Redirect(evidence_at(known), said, details=details)


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
        return evidence_page(
            visit, wrong or (Wrong("rule_offer", words["web_evidence.need_rule_offer"]),)
        )
    content = {"offer": offer, "rule": rule, "judgement": visit.filled("judgement"),
               "reason": visit.filled("reason"), "role": visit.filled("role")}  # fmt: skip
    return _signed(visit, known, content, by)


def _signed(visit: Visit, known: Opened, content: dict[str, str], by: str) -> Answer:
    """Write a judgement down, or let it wait for a second person where several work."""
    entry = {**content, "by": by, "on": visit.today}
    made = tried(visit, known, REVIEWED, entry)
    if made.problems:
        return evidence_page(
            visit, tuple(Wrong("", f"{p.message}. {p.hint or ''}") for p in made.problems)
        )
    if _bars(known, content) and not seconded(visit, JUDGEMENT, _subject(content), content):
        keep_pending(visit, content, by)
        return Redirect(evidence_at(known), "web_evidence.waits", details=content)
    write_note(visit, known, made)
    forget_pending(visit, content)
    return Redirect(evidence_at(known), "web_evidence.judged", details={**content, "by": by})


def _subject(content: Mapping[str, str]) -> str:
    return f"{content['offer']} {content['rule']}"


def _bars(known: Opened, content: Mapping[str, str]) -> bool:
    lines = known.offer(content["offer"]).explained.findings
    return any(line.rule == content["rule"] and line.effect in BARS for line in lines)


def _second(visit: Visit) -> Answer:
    """Sign as the second person what another one has signed, word for word."""
    known = opened(visit)
    for mark, person, content in pending(visit):
        if mark == visit.filled("mark") and not same_person(person, visit.person.name):
            return _signed(visit, known, content, f"{person}; {visit.person.name}")
    raise RefusedError(404, "web_evidence.nothing_waits")


def _take_back(visit: Visit) -> Answer:
    known = opened(visit)
    section, index = visit.filled("section"), visit.filled("index")
    if section not in FILES or not index.isdecimal() or len(index) > 6:  # noqa: PLR2004
        raise RefusedError(404, "web_evidence.no_note")
    take_back(visit, known, section, int(index))
    return Redirect(
        evidence_at(known), "web_evidence.taken_back", details={"note": f"{section} {index}"}
    )


EVIDENCE = "/t/{tender}/evidence"
OFFICER = frozenset({Role.OFFICER})
ROUTES = (
    Route(GET, EVIDENCE, _show, nav=50, label="web_evidence.nav"),
    Route(POST, f"{EVIDENCE}/screening", _screen, OFFICER, act="screened"),
    Route(POST, f"{EVIDENCE}/review", _review, JUDGES, act="judged"),
    Route(POST, f"{EVIDENCE}/second", _second, SECONDS, act="judged"),
    Route(POST, f"{EVIDENCE}/take-back", _take_back, OFFICER, act="note_taken_back"),
)
