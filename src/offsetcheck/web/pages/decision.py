"""The decision on a tender: prepared, checked, and signed; by two persons where several work."""

from collections.abc import Mapping
from dataclasses import astuple, replace
from urllib.parse import quote

from offsetcheck.api.decision import (
    DECISION,
    REPORT_KEYS,
    decision_of,
    decision_said,
    decision_text,
    set_named,
    sets_of,
    state_of,
)
from offsetcheck.api.web_page import language_name, said_day, say
from offsetcheck.ground.canonical import content_hash
from offsetcheck.vocabulary.decision import Decision, Proposal
from offsetcheck.vocabulary.problem import InputError, Problem
from offsetcheck.web.answered import words_of
from offsetcheck.web.decision.filled import AWARD, REFUSE, RESERVE, by_set, fields_of, filled, typed
from offsetcheck.web.decision.lacks import Desk, award_faults, built_on, desk_of, lacks
from offsetcheck.web.decision.pages import DecisionPage, EditPage, Proposed, Signed
from offsetcheck.web.decision.shown import (
    departure_lines,
    may_be_decided,
    offer_lines,
    sellers,
    set_options,
    sums,
)
from offsetcheck.web.decision.standing import DRAFTED, SIGNED, changed_outside, mark_of
from offsetcheck.web.folder.edits import refuse_changed, write_as_seen
from offsetcheck.web.folder.kept import opened
from offsetcheck.web.register.entry import same_person
from offsetcheck.web.register.second import NOW, seconded, waiting
from offsetcheck.web.routes import Route
from offsetcheck.web.visit import (
    GET,
    POST,
    Page,
    Redirect,
    RefusedError,
    Role,
    Visit,
    Wrong,
)

WHAT = "award"
TAKES = (AWARD, RESERVE, REFUSE)


def _here(desk: Desk) -> str:
    return f"/t/{quote(desk.tender.folder.name)}/decision"


def _text(desk: Desk) -> str | None:
    """Return the text of decision.yaml, None where there is none; raises InputError for no text."""
    path = desk.tender.folder.path / DECISION
    decision_of(desk.case)  # a link out of the folder is refused there
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None


def _show(visit: Visit) -> Page:
    desk, words = desk_of(opened(visit)), words_of(visit)
    problems: tuple[Problem, ...] = ()
    text, decision = None, None
    try:
        text = _text(desk)
        decision = decision_said(desk.case, text) if text is not None else None
    except InputError as error:
        problems = error.problems
    said = decision or Decision()
    missing = lacks(desk, said, words) if decision else ()
    name, _ = built_on(desk, said)
    here = _here(desk)
    case = desk.tender.case
    shown = DecisionPage(
        context=f"{case.setting.wording.city()} · {case.purchase_explained.title}",
        there=decision is not None,
        pairs=tuple(_pairs(said, words)),
        signed=_signed(said, words),
        changed_outside=decision is not None and changed_outside(visit, desk.tender),
        offers=tuple(offer_lines(desk, said, words)),
        sums=sums(desk, said),
        built_on=dict(set_options(desk, words)).get(name, ""),
        reason=(said.proposal.reason if said.proposal else None) or "",
        departures=departure_lines(desk, said, words) if decision else (),
        lacks=tuple((f"{here}/edit#{one.field}", one.text) for one in missing),
        problems=tuple((str(one.place), one.message, one.hint or "") for one in problems),
        proposals=tuple(
            Proposed(title=title, words=_set_words(desk, key), to=f"{here}/edit?set={key}")
            for key, title in set_options(desk, words)
        ),
        waits=tuple(_waits(visit, _content(desk, text))),
        two=visit.workplace.many,
        no_contact=not any(astuple(said.contact)),
        seen=mark_of(text),
        state=desk.state,
        today=visit.today.isoformat(),
        here=here,
        may_edit=visit.may(Role.OFFICER),
        may_sign=visit.may(Role.OFFICER, Role.APPROVER),
        stamp=desk.award.verdict.stamp or "",
    )
    return Page("decision", words["web_decision.title"], shown, desk.tender.folder.name)


def _set_words(desk: Desk, name: str) -> str:
    found = set_named(desk.award, name)
    return found.words if found else ""


def _pairs(decision: Decision, words: Mapping[str, str]) -> list[tuple[str, str]]:
    ends = decision.standstill_ends
    contact = decision.contact
    said = {
        "reference": decision.reference,
        "by": ", ".join(filter(None, (decision.by, decision.role))),
        "minute": decision.minute,
        "standstill_ends": said_day(ends.isoformat(), words) if ends else None,
        "contact": ", ".join(
            filter(None, (contact.name, contact.email, contact.phone, contact.hours))
        ),
    }
    none = words["web_decision.not_stated"]
    return [(words[f"web_decision.{key}"], value or none) for key, value in said.items()]


def _signed(decision: Decision, words: Mapping[str, str]) -> str:
    if decision.on is None or decision.missing:
        return ""
    day, by = decision.on.isoformat(), decision.by or ""
    return say(words, "web_decision.signed", day=day, by=by)


def _content(desk: Desk, text: str | None) -> dict[str, str]:
    """Return what is signed: the decision as its file stands, over a state of files and rules."""
    return {"decision": mark_of(text), "state": desk.state}


def _waits(visit: Visit, content: dict[str, str]) -> list[Signed]:
    return [
        Signed(
            person=one.person,
            at=one.at[:16].replace("T", " "),
            same=one.content == content_hash(content),
            own=same_person(one.person, visit.person.name),
        )
        for one in waiting(visit, WHAT)
    ]


def _edit(visit: Visit) -> Page:
    desk = desk_of(opened(visit))
    text = _text(desk)
    decision = decision_said(desk.case, text) if text is not None else Decision()
    name = visit.asked("set")
    chosen = set_named(desk.award, name) if name else None
    if chosen is not None and name in dict(sets_of(desk.award)):
        decision = by_set(decision, name, chosen, desk.judged)
    known = {name: _known(decision, name) for name in sellers(desk)}
    values = fields_of(decision, desk.tender.ids, known)
    if text is None:
        values["by"] = visit.person.name if visit.workplace.many else ""
    return _form(visit, desk, decision, values=values, mark=mark_of(text))


def _known(decision: Decision, seller: str) -> str:
    """Return the spelling under which a decision knows a bidder, his own where it does not."""
    same = (name for name in decision.bidders if name.casefold() == seller.casefold())
    return next(same, seller)


def _form(
    visit: Visit,
    desk: Desk,
    decision: Decision,
    *,
    values: Mapping[str, str],
    mark: str,
    wrong: tuple[Wrong, ...] = (),
    status: int = 200,
) -> Page:
    words = words_of(visit)
    lines = list(offer_lines(desk, decision, words))
    open_to = [may_be_decided(one, decision) for one in desk.judged]
    shown = EditPage(
        offers=tuple(line for line, may in zip(lines, open_to, strict=True) if may),
        barred=tuple(line for line, may in zip(lines, open_to, strict=True) if not may),
        sellers=sellers(desk),
        values=values,
        takes=tuple((one, words[f"web_decision.take_{one}"]) for one in TAKES),
        sets=set_options(desk, words),
        languages=tuple((code, language_name(code)) for code in visit.languages),
        report=tuple((key, words[f"letters.part.{key}"]) for key in REPORT_KEYS),
        signed=bool(decision.on),
        seen=mark,
        state=desk.state,
        here=_here(desk),
    )
    title = words["web_decision.edit_title"]
    return Page("decision_edit", title, shown, desk.tender.folder.name, status=status, wrong=wrong)


def _save(visit: Visit) -> Page | Redirect:
    """Write what was decided, unsigned; the same form a second time changes nothing."""
    desk, words = desk_of(opened(visit)), words_of(visit)
    values = typed(visit)
    text = _text(desk)
    made = filled(values, desk.tender.ids, sellers(desk), words)
    wrong = (*made.wrong, *award_faults(desk, made.decision))
    mark = visit.filled("seen")
    if visit.filled("state") != desk.state:
        moved = (Wrong("", words["web_decision.state_changed"]), *wrong)
        return _form(visit, desk, made.decision, values=values, mark=mark, wrong=moved, status=409)
    if wrong:
        return _form(visit, desk, made.decision, values=values, mark=mark, wrong=wrong, status=422)
    name, _ = built_on(desk, made.decision)
    decision = made.decision
    if decision.proposal is None and name and not built_on(desk, decision)[1]:
        decision = by_name(decision, name)
    new = decision_text(text or "", replace(decision, judged=state_of(desk.case)))
    here = _here(desk)
    if new == text:
        return Redirect(here, "web_decision.saved")
    path = desk.tender.folder.path / DECISION
    decision_said(desk.case, new)  # what cannot be read again is not written
    write_as_seen(visit.workplace, desk.tender.folder, path, new, mark)
    details = {"file": DECISION, "sha256": mark_of(new), "before": mark}
    return Redirect(here, "web_decision.saved", details=details)


def by_name(decision: Decision, name: str) -> Decision:
    """Return a decision that says on which set it builds."""
    return replace(decision, proposal=Proposal(name))


def _sign(visit: Visit) -> Page | Redirect:
    """Sign the decision as it was shown; by two persons, one after another, where several work."""
    desk, words = desk_of(opened(visit)), words_of(visit)
    here, text = _here(desk), _text(desk)
    if text is None:
        raise RefusedError(409, "web_decision.none_there")
    decision = decision_said(desk.case, text)
    if decision.on is not None and not decision.missing:
        return Redirect(here, "web_decision.signed_already")
    path = desk.tender.folder.path / DECISION
    refuse_changed(path, visit.filled("seen"))
    if visit.filled("state") != desk.state:
        raise RefusedError(409, "web_decision.other_state")
    if lacks(desk, decision, words):
        raise RefusedError(422, "web_decision.not_ready")
    if visit.filled("read") != "yes":
        raise RefusedError(422, "web_decision.not_read")
    details = {"file": DECISION, "sha256": mark_of(text)}
    if not seconded(visit, WHAT, desk.tender.folder.name, _content(desk, text)):
        return Redirect(here, "web_decision.waits", details=details)
    signed = decision_text(text, replace(decision, on=visit.today))
    write_as_seen(visit.workplace, desk.tender.folder, path, signed, visit.filled("seen"))
    return Redirect(here, "web_decision.now_signed", details={**details, NOW: mark_of(signed)})


ROUTES = (
    Route(GET, "/t/{tender}/decision", _show, nav=85, label="web_decision.nav"),
    Route(GET, "/t/{tender}/decision/edit", _edit, roles=frozenset({Role.OFFICER})),
    Route(
        POST, "/t/{tender}/decision/edit", _save,
        roles=frozenset({Role.OFFICER}), act=DRAFTED,
    ),
    Route(
        POST, "/t/{tender}/decision/sign", _sign,
        roles=frozenset({Role.OFFICER, Role.APPROVER}), act=SIGNED,
    ),
)  # fmt: skip
