"""One offer that changed between two days, in words: what it was, what it is, and by what."""

from offsetcheck.difference.exchange import FLOOR
from offsetcheck.difference.narrator import DriftNarrator
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.terms import AssessmentUnder
from offsetcheck.difference.trace import TracedOffer
from offsetcheck.explain.finding import score_text, status_of
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.vocabulary.comparison import CauseLine, DriftOffer
from offsetcheck.vocabulary.explanation import VerdictLine
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.vocabulary.shown import grade_range

MAX_POINTS = 4


def offer_line(offer: TracedOffer, narrator: DriftNarrator) -> DriftOffer:
    """Return a changed offer in words."""
    before, after, speech = offer.before, offer.after, narrator.speech
    name = after.candidate.value("name")
    return DriftOffer(
        id=after.candidate.id,
        name=shorten_and_encode(name) if isinstance(name, str) else after.candidate.id,
        before=_verdict(before, speech),
        after=_verdict(after, speech),
        grade_before=_grades(before),
        grade_after=_grades(after),
        words=_words(offer, narrator),
        causes=tuple(_cause_line(topic, offer, narrator) for topic in offer.topics),
    )


def title_of(topic: str, offer: TracedOffer, speech: Speech) -> str:
    """Return how a topic is called."""
    if topic == FLOOR:
        return speech.say("compare.floor")
    rule = offer.after.rule(topic) or offer.before.rule(topic)
    return speech.wording.rule_title(rule).rstrip(".") if rule else topic


def _verdict(side: AssessmentUnder, speech: Speech) -> VerdictLine:
    verdict = side.result.verdict.value
    words = speech.say(f"verdict.{verdict}")
    return VerdictLine(verdict=verdict, words=words, officer=None, officer_words=None)


def _grades(side: AssessmentUnder) -> str:
    return grade_range(*side.result.grades)


def _words(offer: TracedOffer, narrator: DriftNarrator) -> str:
    turning, speech, said = offer.turning, narrator.speech, []
    if turning.topics:
        key = "one" if len(turning.topics) == 1 else "any" if turning.alone else "all"
        points = _points(turning.topics, offer, narrator)
        said.append(speech.say(f"drift.{key}", points=points))
    if offer.grounds:
        points = _points(offer.grounds, offer, narrator)
        said.append(speech.say("drift.grounds", points=points))
    return " ".join(said) or speech.say("drift.not_traced")


def _points(topics: tuple[str, ...], offer: TracedOffer, narrator: DriftNarrator) -> str:
    points = [_cause_line(topic, offer, narrator).words for topic in topics[:MAX_POINTS]]
    if len(topics) > MAX_POINTS:
        points.append(narrator.speech.say("drift.and_more", count=len(topics) - MAX_POINTS))
    return narrator.speech.joined(points)


def _cause_line(topic: str, offer: TracedOffer, narrator: DriftNarrator) -> CauseLine:
    speech = narrator.speech
    title = title_of(topic, offer, speech)
    was, now = (_said(topic, side, narrator) for side in (offer.before, offer.after))
    reasons = [line.words for line in narrator.lines(topic, offer)]
    listed = speech.say("drift.reasons", list=speech.joined(reasons)) if reasons else ""
    # What is wrong says more than the title, which states what should be.
    cause = narrator.wrong(topic, offer) or title
    words = speech.say("drift.point", title=cause, before=was, after=now, reasons=listed)
    return CauseLine(rule=None if topic == FLOOR else topic, title=title, words=words)


def _said(topic: str, side: AssessmentUnder, narrator: DriftNarrator) -> str:
    """Return what came out of a topic on one day."""
    if topic == FLOOR:
        return side.terms.bound.city.floor
    finding, rule = side.findings.get(topic), side.rule(topic)
    if finding is None or rule is None:
        return narrator.speech.say("drift.absent")
    status = status_of(finding, rule)
    if status is Status.NOT_APPLICABLE or finding.lower is None:
        words = narrator.speech.say(f"status.{status.value}")
        return f"{words[:1].lower()}{words[1:]}"
    return score_text(finding, narrator.wording_on(side.terms.day))
