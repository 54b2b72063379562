"""What turns one result into another: rules exchanged one by one between two sides.

Every rule is judged by itself, so a result under a rulebook in which some rules are another's is
had from findings that are there already; only scores and conclusion run again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from offsetcheck.difference.terms import AssessmentUnder, Result
from offsetcheck.engine.claim import claim_of
from offsetcheck.engine.closure import first_verdict
from offsetcheck.engine.reduce import rule_words, score_words
from offsetcheck.engine.scores import score
from offsetcheck.ground.smallest import enough_alone, enough_together
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.decisions.expand import expand, fixpoint
from offsetcheck.vocabulary.assessment import Verdict

FLOOR = "floor"
SCHEME = "scheme"
DECISIONS = "decisions"
NO_RULES = frozenset((FLOOR, SCHEME, DECISIONS))
"""The topics that are no rule: the lowest grade that is bought, the scoring, the conclusions.

Every other topic is the id of a rule. Scoring and conclusions differ between rulebooks alone.
"""

READ_BY_SCORES = ("effect", "cap", "weight", "critical", "limit", "route", "draft", "dimension")


@dataclass(frozen=True, slots=True)
class TurningRules:
    """Topics that turn a result: `alone` says that each of them is enough by itself."""

    topics: tuple[str, ...]
    alone: bool


def verdict_turned_by(before: AssessmentUnder, after: AssessmentUnder) -> TurningRules:
    """Return what turns the verdict before into the one after; no topics where they are equal."""
    wanted = after.result.verdict
    return _turned_by(before, after, lambda result: result.verdict == wanted)


def grade_turned_by(before: AssessmentUnder, after: AssessmentUnder) -> TurningRules:
    """Return what turns the grade bounds before into those after."""
    wanted = after.result.grades
    return _turned_by(before, after, lambda result: result.grades == wanted)


def result_turned_by(before: AssessmentUnder, after: AssessmentUnder) -> TurningRules:
    """Return what turns the verdict, and where that stays what turns the grade bounds."""
    if before.result.verdict != after.result.verdict:
        return verdict_turned_by(before, after)
    return grade_turned_by(before, after)


def differing_topics(before: AssessmentUnder, after: AssessmentUnder) -> tuple[str, ...]:
    """Return the rules whose finding or effect differs, in rulebook order, then other topics."""
    rules = dict.fromkeys([*before.findings, *after.findings])
    topics = [rule for rule in rules if _differs(rule, before, after)]
    return (*topics, *differing_frame(before.terms.bound, after.terms.bound))


def differing_frame(before: BoundRulebook, after: BoundRulebook) -> tuple[str, ...]:
    """Return the topics that are no rule in which two rulebooks differ."""
    apart = {
        FLOOR: before.city.floor != after.city.floor,
        SCHEME: before.scheme != after.scheme,
        DECISIONS: before.candidate_decisions != after.candidate_decisions,
    }
    return tuple(topic for topic, differs in apart.items() if differs)


def _differs(rule: str, before: AssessmentUnder, after: AssessmentUnder) -> bool:
    if not before.applies(rule) and not after.applies(rule):
        return False
    return _weight_of(rule, before) != _weight_of(rule, after)


def _weight_of(rule: str, side: AssessmentUnder) -> tuple[object, ...] | None:
    """Return all of a rule that scores and conclusions read; None where it says nothing."""
    if not side.applies(rule):
        return None
    found, bound = side.findings[rule], side.terms.bound.rules[rule]
    asked = tuple(getattr(bound, name) for name in READ_BY_SCORES)
    return (*asked, found.outcome, found.state, found.lower, found.upper, found.condition)


def exchanged(before: AssessmentUnder, after: AssessmentUnder, topics: Iterable[str]) -> Result:
    """Return the result where some topics are as after and all else is as before."""
    taken = frozenset(topics)
    rules = _rules(before, after, taken)
    findings = tuple((after if rule in taken else before).findings[rule] for rule in rules)
    bound = _bound(before, after, taken, rules)
    scores = score(rules, findings, bound.scheme)
    words = rule_words(rules, findings) | score_words(scores, bound)
    chain = expand(bound.candidate_decisions, rules.values())
    verdict = first_verdict(bound.candidate_decisions.verdicts, fixpoint(chain, words))
    grade = bound.scheme.grade
    grades = (grade(scores.integrity.lower), grade(scores.integrity.upper))
    return Result(Verdict(verdict), grades, claim_of(rules, findings))


def _bound(
    before: AssessmentUnder,
    after: AssessmentUnder,
    taken: frozenset[str],
    rules: Mapping[str, BoundRule],
) -> BoundRulebook:
    """Return the rulebook before with some rules, and after's floor, scoring and conclusions."""
    own, other = before.terms.bound, after.terms.bound
    return replace(
        own,
        rules=rules,
        city=replace(own.city, floor=(other if FLOOR in taken else own).city.floor),
        scheme=(other if SCHEME in taken else own).scheme,
        candidate_decisions=(other if DECISIONS in taken else own).candidate_decisions,
    )


def _rules(
    before: AssessmentUnder, after: AssessmentUnder, taken: frozenset[str]
) -> dict[str, BoundRule]:
    names = dict.fromkeys([*before.findings, *after.findings])
    chosen = ((name, after if name in taken else before) for name in names)
    return {name: side.terms.bound.rules[name] for name, side in chosen if name in side.findings}


def _turned_by(
    before: AssessmentUnder, after: AssessmentUnder, wanted: Callable[[Result], bool]
) -> TurningRules:
    def reached(topics: Sequence[str]) -> bool:
        return wanted(exchanged(before, after, topics))

    if wanted(before.result):
        return TurningRules((), alone=True)
    topics = differing_topics(before, after)
    alone = enough_alone(topics, reached)
    if alone:
        return TurningRules(alone, alone=True)
    return TurningRules(enough_together(topics, reached), alone=False)
