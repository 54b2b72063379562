"""What was known of a stated fact on the earlier of two days and on the later one."""

from dataclasses import replace
from datetime import date

from offsetcheck.difference.terms import AssessmentUnder
from offsetcheck.engine.knowledge import PURCHASE, is_later
from offsetcheck.vocabulary.evidence import Fact


def known_since(fact: Fact, since: date, until: date) -> date | None:
    """Return the day between two days on which a fact became known or was noted, if any."""
    days = (day for day in (fact.noted_on, fact.as_of) if day is not None and since < day <= until)
    return max(days, default=None)


def as_before(fact: Fact, day: date) -> Fact:
    """Return a fact as it was known on an earlier day, to be read on a later one."""
    earlier = fact.on(day)
    return replace(earlier, as_of=date.max) if is_later(earlier, day) else earlier


def fact_of(name: str, side: AssessmentUnder) -> Fact:
    """Return the fact under a name, the purchase's where it carries its scope."""
    if name.startswith(PURCHASE):
        return side.terms.purchase.fact(name.removeprefix(PURCHASE))
    return side.candidate.fact(name)
