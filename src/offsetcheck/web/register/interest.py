"""Conflicts of interest: each person says whether he has one before he sees a tender's offers."""

from dataclasses import dataclass, replace

from offsetcheck.web.register.book import register_of
from offsetcheck.web.register.entry import Act, same_person
from offsetcheck.web.visit import Visit

DECLARED = "interest"
NONE, SOME = "none", "some"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a person has last declared of a tender: `kind` is `none` or `some`."""

    person: str
    at: str
    kind: str
    reason: str


def declared(visit: Visit) -> Declared | None:
    """Return what this person has last declared of this tender; None where nothing."""
    found = None
    entries = register_of(visit.workplace).entries(tender=visit.part("tender"), act=DECLARED)
    for one in entries:
        if same_person(one.act.person, visit.person.name):
            details = one.act.details
            found = Declared(
                one.act.person, one.at, details.get("kind", SOME), details.get("reason", "")
            )
    return found


def declare(visit: Visit, kind: str, reason: str) -> None:
    """Write down what a person declares; who has an interest is kept from the offers from then."""
    details = {"kind": kind, "reason": reason}
    act = Act(visit.person.name, DECLARED, visit.part("tender"), details)
    register_of(visit.workplace).append(act)


def may_see(visit: Visit, tender: str) -> bool:
    """Return whether a person may see a tender's offers on a page that is not of it."""
    if not visit.workplace.many:
        return True
    said = declared(replace(visit, parts={"tender": tender}))
    return said is not None and said.kind == NONE
