"""Findings that were said before: of the offers of a list most rules see the same and say the same.

The words of a finding follow from the finding, from what its sentences can name of each fact, and
from the currency of the offer; where in a file a fact stood is told by its evidence alone, which is
made for each offer. What a person has signed names that person and is said anew.
"""

from offsetcheck.explain.sentences import CURRENCY, SentenceContext
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.finding import Finding, Seen
from offsetcheck.vocabulary.finding_explanation import FindingLine

MOST_KEPT = 8192  # some hundred rules, each in some dozens of ways


def said_before(finding: Finding, context: SentenceContext, *, decides: bool) -> FindingLine | None:
    """Return the words of an equal finding of another offer, None where there was none yet."""
    if finding.reviewed:
        return None
    known = context.setting.said.get(_key(finding, context, decides=decides))
    return None if known is None else known[1]


def say_again(line: FindingLine, finding: Finding, context: SentenceContext) -> None:
    """Remember a finding's line, without evidence, for the next offer."""
    if finding.reviewed:
        return
    said = context.setting.said
    if len(said) >= MOST_KEPT:
        said.clear()
    said[_key(finding, context, decides=line.decides)] = (finding, line)


def _key(finding: Finding, context: SentenceContext, *, decides: bool) -> tuple[object, ...]:
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
        tuple(_told(seen, context) for seen in finding.seen.values()),
        context.offer.value(CURRENCY),
        finding.unscreened and context.searched,
    )


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
