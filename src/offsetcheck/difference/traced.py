"""One changed offer traced to its causes: the rules that turned it, and what was otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass

from offsetcheck.difference.exchange import FLOOR, Cause, grade_cause, verdict_cause
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.shift import Side, shifts
from offsetcheck.difference.shift_words import Telling
from offsetcheck.engine.assess import assess
from offsetcheck.explain.finding import score_text, status_of
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import told
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.comparison import CauseLine, DriftOffer, ShiftLine
from offsetcheck.vocabulary.explanation import Status, VerdictLine
from offsetcheck.vocabulary.finding import Effect, State

POINTS_NAMED = 4


@dataclass(frozen=True, slots=True)
class Days:
    """One list under one city on two days, and in words whose purchase was used."""

    rulebook: Rulebook
    before: Setting
    after: Setting
    purchase_words: str


@dataclass(frozen=True, slots=True)
class Traced:
    """An offer on both days, what turned it, and what was otherwise for each topic.

    `cause` turned the verdict, else the grade; `grounds` are the requirements by which an offer
    that is refused on both days is refused on one of them alone.
    """

    telling: Telling
    cause: Cause
    grounds: tuple[str, ...]
    shifts: dict[str, tuple[ShiftLine, ...]]


def trace(candidate: Candidate, days: Days, speech: Speech) -> Traced:
    """Return an offer judged on both days with the causes of its change."""
    before, after = (_side(candidate, setting) for setting in (days.before, days.after))
    telling = Telling(days.rulebook, speech, before, after)
    cause, grounds = _cause(before, after), tuple(_gates_turned(before, after))
    topics = dict.fromkeys([*cause.topics, *grounds])
    return Traced(telling, cause, grounds, {topic: _shifts(topic, telling) for topic in topics})


def _cause(before: Side, after: Side) -> Cause:
    old, new = before.assessment, after.assessment
    if old.verdict != new.verdict:
        return verdict_cause(before.judged, after.judged)
    return grade_cause(before.judged, after.judged)


def _gates_turned(before: Side, after: Side) -> Iterator[str]:
    """Yield the gates that fail on one day alone, of an offer that is refused on both."""
    if {before.assessment.verdict, after.assessment.verdict} != {Verdict.NOT_ELIGIBLE}:
        return
    for name in dict.fromkeys([*before.judged.findings, *after.judged.findings]):
        rule = after.rule(name) or before.rule(name)
        if rule and rule.effect is Effect.GATE and _fails(name, before) != _fails(name, after):
            yield name


def _fails(rule: str, side: Side) -> bool:
    finding = side.judged.findings.get(rule)
    return finding is not None and finding.state is State.FAIL


def _side(candidate: Candidate, setting: Setting) -> Side:
    return Side(setting, candidate, assess(candidate, setting.bound, setting.purchase))


def _shifts(topic: str, telling: Telling) -> tuple[ShiftLine, ...]:
    if topic == FLOOR:
        return ()
    found = shifts(topic, telling.before, telling.after)
    return tuple(line for shift in found for line in telling.lines(topic, shift))


def title_of(topic: str, traced: Traced, speech: Speech) -> str:
    """Return how a topic is called."""
    if topic == FLOOR:
        return speech.say("compare.floor")
    telling = traced.telling
    rule = telling.after.rule(topic) or telling.before.rule(topic)
    return rule.title.rstrip(".") if rule else topic


def offer_line(traced: Traced) -> DriftOffer:
    """Return a changed offer in words."""
    telling, speech = traced.telling, traced.telling.speech
    before, after = telling.before, telling.after
    topics = dict.fromkeys([*traced.cause.topics, *traced.grounds])
    causes = tuple(_cause_line(topic, traced, speech) for topic in topics)
    name = after.candidate.value("name")
    return DriftOffer(
        id=after.candidate.id,
        name=told(name) if isinstance(name, str) else after.candidate.id,
        before=_verdict(before, speech),
        after=_verdict(after, speech),
        grade_before=_grades(before),
        grade_after=_grades(after),
        words=_words(traced, speech),
        causes=causes,
    )


def _verdict(side: Side, speech: Speech) -> VerdictLine:
    verdict = side.assessment.verdict.value
    words = speech.say(f"verdict.{verdict}")
    return VerdictLine(verdict=verdict, words=words, officer=None, officer_words=None)


def _grades(side: Side) -> str:
    found = side.assessment
    return "–".join(dict.fromkeys((found.grade_upper, found.grade_lower)))


def _words(traced: Traced, speech: Speech) -> str:
    cause, said = traced.cause, []
    if cause.topics:
        key = "one" if len(cause.topics) == 1 else "any" if cause.alone else "all"
        said.append(speech.say(f"drift.{key}", points=_points(cause.topics, traced, speech)))
    if traced.grounds:
        points = _points(traced.grounds, traced, speech)
        said.append(speech.say("drift.grounds", points=points))
    return " ".join(said) or speech.say("drift.not_traced")


def _points(topics: tuple[str, ...], traced: Traced, speech: Speech) -> str:
    points = [_cause_line(topic, traced, speech).words for topic in topics[:POINTS_NAMED]]
    if len(topics) > POINTS_NAMED:
        points.append(speech.say("drift.and_more", count=len(topics) - POINTS_NAMED))
    return speech.joined(points)


def _cause_line(topic: str, traced: Traced, speech: Speech) -> CauseLine:
    title = title_of(topic, traced, speech)
    telling = traced.telling
    was, now = (_said(topic, side, speech) for side in (telling.before, telling.after))
    reasons = [line.words for line in traced.shifts[topic]]
    listed = speech.say("drift.reasons", list=speech.joined(reasons)) if reasons else ""
    words = speech.say("drift.point", title=title, before=was, after=now, reasons=listed)
    return CauseLine(rule=None if topic == FLOOR else topic, title=title, words=words)


def _said(topic: str, side: Side, speech: Speech) -> str:
    """Return what came out of a topic on one day."""
    if topic == FLOOR:
        return side.setting.bound.city.floor
    finding, rule = side.judged.findings.get(topic), side.rule(topic)
    if finding is None or rule is None:
        return speech.say("drift.absent")
    status = status_of(finding, rule)
    if status is Status.NOT_APPLICABLE or finding.lower is None:
        words = speech.say(f"status.{status.value}")
        return f"{words[:1].lower()}{words[1:]}"
    return score_text(finding, side.setting.wording)
