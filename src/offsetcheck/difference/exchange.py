"""What turns one result into another: rules exchanged one by one between two bound rulebooks.

Every rule is judged by itself, so a result under a rulebook in which some rules are another's is
had from findings that are there already; only scores and conclusion run again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from offsetcheck.engine.claim import claim_of
from offsetcheck.engine.closure import first_verdict
from offsetcheck.engine.reduce import rule_words, score_words
from offsetcheck.engine.scores import score
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.decisions.expand import expand, fixpoint
from offsetcheck.vocabulary.assessment import Assessment, Claim, Verdict
from offsetcheck.vocabulary.finding import Finding, Outcome

FLOOR = "floor"
"""The topic of the lowest grade that is bought; every other topic is the id of a rule."""

ASKED = ("effect", "cap", "weight", "critical", "limit", "route", "draft", "dimension")


@dataclass(frozen=True, slots=True)
class Result:
    """What an exchange can turn: verdict, grade bounds, and what the city may say."""

    verdict: Verdict
    grades: tuple[str, str]
    claim: Claim


@dataclass(frozen=True)
class Judged:
    """One candidate judged under one bound rulebook."""

    bound: BoundRulebook
    assessment: Assessment

    @cached_property
    def findings(self) -> dict[str, Finding]:
        """The findings by rule."""
        return {finding.rule: finding for finding in self.assessment.findings}

    @property
    def result(self) -> Result:
        """What the assessment says."""
        found = self.assessment
        return Result(found.verdict, (found.grade_lower, found.grade_upper), found.claim)

    def applies(self, rule: str) -> bool:
        """Whether a rule is in force here and applies or may apply."""
        found = self.findings.get(rule)
        return found is not None and found.outcome is not Outcome.NOT_APPLICABLE


def differing_topics(own: Judged, other: Judged) -> tuple[str, ...]:
    """Return the rules whose finding or effect differs, in rulebook order, then the floor."""
    rules = dict.fromkeys([*own.findings, *other.findings])
    topics = [rule for rule in rules if _differs(rule, own, other)]
    if own.bound.city.floor != other.bound.city.floor:
        topics.append(FLOOR)
    return tuple(topics)


def _differs(rule: str, own: Judged, other: Judged) -> bool:
    if not own.applies(rule) and not other.applies(rule):
        return False
    return _sense(rule, own) != _sense(rule, other)


def _sense(rule: str, judged: Judged) -> tuple[object, ...] | None:
    """Return all of a rule that scores and conclusions read; None where it says nothing."""
    if not judged.applies(rule):
        return None
    found, bound = judged.findings[rule], judged.bound.rules[rule]
    asked = tuple(getattr(bound, name) for name in ASKED)
    return (*asked, found.outcome, found.state, found.lower, found.upper, found.condition)


def exchanged(own: Judged, other: Judged, topics: Iterable[str]) -> Result:
    """Return what is said where some topics are the other's and all else is one's own."""
    taken = frozenset(topics)
    rules = _rules(own, other, taken)
    findings = tuple((other if rule in taken else own).findings[rule] for rule in rules)
    city = own.bound.city
    if FLOOR in taken:
        city = replace(city, floor=other.bound.city.floor)
    bound = replace(own.bound, rules=rules, city=city)
    scores = score(rules, findings, bound.scheme)
    words = rule_words(rules, findings) | score_words(scores, bound)
    chain = expand(bound.candidate_decisions, rules.values())
    verdict = first_verdict(bound.candidate_decisions.verdicts, fixpoint(chain, words))
    grade = bound.scheme.grade
    grades = (grade(scores.integrity.lower), grade(scores.integrity.upper))
    return Result(Verdict(verdict), grades, claim_of(rules, findings))


def _rules(own: Judged, other: Judged, taken: frozenset[str]) -> dict[str, BoundRule]:
    names = dict.fromkeys([*own.findings, *other.findings])
    chosen = ((name, other if name in taken else own) for name in names)
    return {name: side.bound.rules[name] for name, side in chosen if name in side.findings}


@dataclass(frozen=True, slots=True)
class Cause:
    """Topics that turn a result: `alone` says that each of them is enough by itself."""

    topics: tuple[str, ...]
    alone: bool


def verdict_cause(own: Judged, other: Judged) -> Cause:
    """Return what turns one's own verdict into the other's; no topics where they are the same."""
    wanted = other.result.verdict
    return _cause(own, other, lambda result: result.verdict == wanted)


def grade_cause(own: Judged, other: Judged) -> Cause:
    """Return what turns one's own grade bounds into the other's."""
    wanted = other.result.grades
    return _cause(own, other, lambda result: result.grades == wanted)


def _cause(own: Judged, other: Judged, reached: Callable[[Result], bool]) -> Cause:
    if reached(own.result):
        return Cause((), alone=True)
    topics = differing_topics(own, other)
    enough = tuple(topic for topic in topics if reached(exchanged(own, other, [topic])))
    if enough:
        return Cause(enough, alone=True)
    return Cause(_smallest(own, other, topics, reached), alone=False)


def _smallest(
    own: Judged, other: Judged, topics: tuple[str, ...], reached: Callable[[Result], bool]
) -> tuple[str, ...]:
    """Return topics of which none can be spared, the later ones spared first."""
    kept = list(topics)
    for topic in reversed(topics):
        without = [name for name in kept if name != topic]
        if reached(exchanged(own, other, without)):
            kept = without
    return tuple(kept)
