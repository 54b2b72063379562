"""What two runs say of one offer, held against each other rule by rule."""

from offsetcheck.difference.phrases import Speech
from offsetcheck.vocabulary.explanation import CandidateExplanation
from offsetcheck.vocabulary.finding_explanation import FindingLine, Status
from offsetcheck.vocabulary.offer_change import SideLine, TurnedRule
from offsetcheck.vocabulary.offer_snapshot import FindingSnapshot, OfferSnapshot

MAX_REASONS = 3


def side_line(offer: OfferSnapshot) -> SideLine:
    """Return what a run said of an offer."""
    return SideLine(
        verdict=offer.verdict.verdict,
        verdict_words=offer.verdict.words,
        grade=offer.grade.letters,
        grade_words=offer.grade.words,
        claim_words=offer.claim.words,
        tonnes_words=offer.offer.tonnes_words,
        price_words=offer.offer.price_words,
        reasons=tuple(reason.text for reason in offer.reasons[:MAX_REASONS]),
        questions=len(offer.questions),
    )


def turned_rules(
    before: OfferSnapshot, after: CandidateExplanation, speech: Speech
) -> tuple[TurnedRule, ...]:
    """Return the rules that come out otherwise after, those that decide first.

    A rule that was not asked on one side counts where it applies on the other.
    """
    was = {finding.rule: finding for finding in before.findings}
    now = {line.rule: line for line in after.findings}
    # Findings are sorted by weight already; what is asked no more stands at the end.
    names = dict.fromkeys([*now, *was])
    lines = (_turned(was.get(name), now.get(name), speech) for name in names)
    return tuple(line for line in lines if line is not None)


def _turned(
    was: FindingSnapshot | None, now: FindingLine | None, speech: Speech
) -> TurnedRule | None:
    then = None if was is None else was.result
    here = None if now is None else (now.status.value, now.lower, now.upper)
    nothing = (None, (Status.NOT_APPLICABLE.value, None, None))
    if then == here or (then in nothing and here in nothing):
        return None
    before = None if was is None else _outcome(was.status_words, was.lower, was.upper, speech)
    after = None if now is None else _outcome(now.status_words, now.lower, now.upper, speech)
    known = now or was
    assert known is not None  # noqa: S101 - a name is of one side at least
    absent = speech.say("since.not_asked")
    words = speech.say(
        "since.rule", title=known.title.rstrip("."), before=before or absent, after=after or absent
    )
    found = None if now is None else now.fails or now.found
    return TurnedRule(
        rule=known.rule, title=known.title, before=before, after=after, found=found, words=words
    )


def _outcome(words: str, lower: int | None, upper: int | None, speech: Speech) -> str:
    """Return a status, or the points of a scale."""
    if lower is None or upper is None:
        return words
    if lower == upper:
        return speech.say("finding.score", score=lower)
    return speech.say("finding.score_open", lower=lower, upper=upper)
