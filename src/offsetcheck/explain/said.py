"""Findings that were said before: of the offers of a list most rules see the same and say the same.

The words of a finding follow from the finding, from what its sentences can name of each fact, and
from the currency of the offer; where in a file a fact stood is told by its evidence alone, which is
made for each offer. What a person has signed names that person and is said anew.

Rules that search lists for a project see its id, and few name it. Words in which the id of an offer
does not stand are said of the others too, whatever their ids.
"""

import re

from offsetcheck.engine.knowledge import IDENTITY
from offsetcheck.explain.sentences import CURRENCY, SentenceContext
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.finding import Finding, Seen
from offsetcheck.vocabulary.finding_explanation import FindingLine

PLAIN_ID = re.compile("[A-Za-z0-9][A-Za-z0-9-]{3,39}")
ANYBODY = "anybody"
MOST_KEPT = 8192  # some hundred rules, each in some dozens of ways


def said_before(finding: Finding, context: SentenceContext, *, decides: bool) -> FindingLine | None:
    """Return the words of an equal finding of another offer, None where there was none yet."""
    if finding.reviewed:
        return None
    said = context.setting.said
    known = None
    if IDENTITY in finding.seen:
        known = said.get(_key(finding, _told_of_anybody(finding, context), context, decides))
    if known is None:
        known = said.get(_key(finding, _told_of_offer(finding, context), context, decides))
    return None if known is None else known[1]


def say_again(line: FindingLine, finding: Finding, context: SentenceContext) -> None:
    """Remember a finding's line, without evidence, for the next offer."""
    if finding.reviewed:
        return
    said = context.setting.said
    if len(said) >= MOST_KEPT:
        said.clear()
    told = _told_of_anybody if _names_nobody(line, finding) else _told_of_offer
    said[_key(finding, told(finding, context), context, line.decides)] = (finding, line)


def _key(
    finding: Finding, told: tuple[object, ...], context: SentenceContext, decides: object
) -> tuple[object, ...]:
    """Return all that the words of a finding follow from.

    Trace and deciders go by identity: the engine remembers them, and the finding that is kept
    beside the line holds on to them.
    """
    return (
        finding.rule,
        decides,
        finding.outcome,
        finding.state,
        finding.lower,
        finding.upper,
        finding.missing,
        finding.on_word,
        finding.condition,
        finding.unscreened,
        finding.not_demonstrated,
        finding.typical,
        id(finding.leaves),
        id(finding.deciders),
        told,
        context.offer.value(CURRENCY),
        finding.unscreened and context.searched,
    )


def _names_nobody(line: FindingLine, finding: Finding) -> bool:
    """Whether a finding saw the id of its offer and its words do not hold it.

    An id of which a text may hold a part, or that may be written otherwise in it, is taken as said.
    """
    seen = finding.seen.get(IDENTITY)
    if seen is None:
        return False
    ids = [one for one in (seen.value, seen.fact.value) if one is not None]
    if not all(isinstance(one, str) and PLAIN_ID.fullmatch(one) for one in ids):
        return False
    words = line.model_dump_json().casefold()
    return not any(str(one).casefold() in words for one in ids)


def _told_of_offer(finding: Finding, context: SentenceContext) -> tuple[object, ...]:
    return tuple(_told(seen, context) for seen in finding.seen.values())


def _told_of_anybody(finding: Finding, context: SentenceContext) -> tuple[object, ...]:
    """Return what sentences can name but the id, of which only that there is one."""
    return tuple(
        _told_without_id(seen) if name == IDENTITY else _told(seen, context)
        for name, seen in finding.seen.items()
    )


def _told_without_id(seen: Seen) -> tuple[object, ...]:
    value, *others = _told_of(seen.fact)
    return _any(seen.value), seen.cause, seen.possible, (_any(value), *others), ANYBODY


def _any(value: object) -> object:
    return "" if isinstance(value, str) else value


def _told(seen: Seen, context: SentenceContext) -> tuple[object, ...]:
    """Return what sentences can name of what was seen; made once for an offer."""
    known = context.told.get(id(seen))
    if known is None:
        of_fact = _told_of(seen.fact)
        known = (seen, (seen.value, seen.cause, seen.possible, of_fact))
        context.told[id(seen)] = known
    return known[1]


def _told_of(fact: Fact) -> tuple[object, ...]:
    others = tuple(_told_of(other) for other in fact.others)
    return fact.value, fact.grade, fact.cause, fact.possible, fact.as_of, fact.source, others
