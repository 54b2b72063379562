"""Two persons: what one has signed takes effect when another signs the very same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.ground.canonical import content_hash
from offsetcheck.web.register.book import register_of
from offsetcheck.web.register.entry import Act, Entry, same_person
from offsetcheck.web.visit import Visit, person_named

SIGNED, DONE = "signed", "seconded"
WHAT, SUBJECT, CONTENT = "what", "subject", "content"
NOW = "now"
"""The detail that holds the hash of a file as a signature made it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that one person has signed and that waits for another."""

    person: str
    at: str
    what: str
    subject: str
    content: str


def seconded(visit: Visit, what: str, subject: str, content: object) -> bool:
    """Sign something; return whether it takes effect now.

    Where one person works alone his word suffices. Where several do, it takes effect when another
    person has signed the same `what` (such as `award`) of the same `subject` (such as an offer)
    with the same `content`, any plain data; until then it waits. What has taken effect is signed
    anew the next time.
    """
    if not visit.workplace.many:
        return True
    tender, mark = visit.parts.get("tender", ""), content_hash(content)
    register = register_of(visit.workplace)
    details = {WHAT: what, SUBJECT: subject, CONTENT: mark}
    own = register.append(Act(visit.person.name, SIGNED, tender, details))
    others = [
        one
        for one in _open(register.entries(tender=tender), what, subject)
        if one.act.details[CONTENT] == mark
        and not same_person(one.act.person, visit.person.name)
        and one.number < own.number  # of two at once the later one seconds, and he alone
    ]
    if not others:
        return False
    first = {"first": others[-1].act.person}
    register.append(Act(visit.person.name, DONE, tender, {**details, **first}))
    return True


def stands_as_signed(visit: Visit, drafted: str, signed: str, now: str) -> bool:
    """Return whether what stands now is what was last signed here, by two where several work.

    `drafted` and `signed` are the acts under which the register wrote it down, `now` the SHA-256 of
    the file as it stands. Where one person works alone, his editor is as good as his browser.
    """
    if not visit.workplace.many:
        return True
    tender = visit.parts.get("tender", "")
    last = None
    for one in register_of(visit.workplace).entries(tender=tender):
        if one.act.act == drafted or (one.act.act == signed and NOW in one.act.details):
            last = one
    return last is not None and last.act.act == signed and last.act.details[NOW] == now


def waiting(visit: Visit, what: str) -> tuple[Waiting, ...]:
    """Return what was signed of a kind in this tender and waits for another person, oldest first.

    Of one person's signatures under the same subject the last alone waits.
    """
    if not visit.workplace.many:
        return ()
    tender = visit.parts.get("tender", "")
    found: dict[tuple[str, str], Entry] = {}
    for one in _open(register_of(visit.workplace).entries(tender=tender), what, None):
        found[person_named(one.act.person), one.act.details[SUBJECT]] = one
    return tuple(
        Waiting(one.act.person, one.at, what, one.act.details[SUBJECT], one.act.details[CONTENT])
        for one in found.values()
    )


def _open(entries: Iterator[Entry], what: str, subject: str | None) -> list[Entry]:
    """Return the signatures of a kind that nobody has seconded yet."""
    signed: list[Entry] = []
    for one in entries:
        details: Mapping[str, str] = one.act.details
        if one.act.act not in {SIGNED, DONE} or details.get(WHAT) != what:
            continue
        if subject is not None and details.get(SUBJECT) != subject:
            continue
        if one.act.act == SIGNED:
            signed.append(one)
        else:
            signed = [old for old in signed if old.act.details[SUBJECT] != details[SUBJECT]]
    return signed
