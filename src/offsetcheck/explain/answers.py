"""The shortest list of answers that would decide an open offer, and the one that would end it.

Both are found by running the engine again. All open fields are answered as well as they can be; if
the offer may then be bought, answers are dropped one by one, the hardest paper first, while it
still may. What is left is the list: none of it can be spared, though another might be as short.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from offsetcheck.engine.moving import still_moving
from offsetcheck.engine.plan import plan_for
from offsetcheck.engine.scores import POINT
from offsetcheck.engine.state import HOLDING, is_screen
from offsetcheck.explain.deciding import moves_integrity
from offsetcheck.explain.favourable import (
    OpenField,
    answer_values,
    facts_with,
    favourable_answers,
    open_fields,
)
from offsetcheck.explain.nearest import as_little, tells_by_itself, with_side
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.trying import BOUGHT, Answer, Trier
from offsetcheck.ground.smallest import enough_together
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.finding import NO_DECIDERS, Effect, Finding, Outcome, State

MOST_KEPT = 1024  # lots of one project, and offers that say as little as each other


@dataclass(frozen=True, slots=True)
class DecidingAnswers:
    """What would decide an offer.

    `answers` are enough together for the verdict, and none of them can be spared; where not even
    all answers are, they are empty and `held` are the findings that would still stand against it.
    `ending` would have the offer refused by itself, by the rule beside it; None: no single answer.
    """

    answers: tuple[Answer, ...]
    verdict: Verdict
    held: tuple[Finding, ...] = ()
    ending: tuple[Answer, str] | None = None


def deciding_answers(context: SentenceContext, assessment: Assessment) -> DecidingAnswers | None:
    """Return what would decide an undecided offer; None for one that is decided.

    It is found once for all offers of which the very same is told, so that the answers to one do
    not hang on which others were explained before it.
    """
    if assessment.verdict is not Verdict.UNDECIDED:
        return None
    found, told = context.setting.found, _told(context)
    if told not in found:
        if len(found) >= MOST_KEPT:
            found.clear()
        found[told] = _search(context, assessment)
    return found[told]


def _told(context: SentenceContext) -> object:
    """Return all that trying answers on an offer can come to anything by."""
    bound, offer = context.setting.bound, context.candidate.id
    signed = tuple(r for r in context.setting.purchase.reviews if r.offer == offer)
    told = plan_for(bound).recall.key(bound.candidate_rules, context.facts())
    return told, tuple((r.rule, r.judgement, r.on) for r in signed)


def open_rules(assessment: Assessment, context: SentenceContext) -> tuple[BoundRule, ...]:
    """Return the rules that the verdict waits for: gates, reviews, and what moves the grade."""
    bound = context.setting.bound
    moving = still_moving(assessment, bound)
    low = assessment.integrity.lower < bound.scheme.cut(bound.city.floor)
    rules = (bound.rules[f.rule] for f in assessment.findings if f.rule in moving)
    return tuple(
        rule
        for rule in rules
        if (rule.effect in HOLDING and not is_screen(rule))
        or (low and moves_integrity(rule, bound))
    )


def hardness(field: OpenField, context: SentenceContext) -> tuple[int, int, str]:
    """Return how hard an answer is to come by: by the best grade of its papers, then their number.

    The officer's own answers are the easiest. A paper that a register or a verifier must issue is
    harder than the seller's own, one of one kind harder than one of several. An order of ours.
    """
    if field.name.startswith("purchase."):
        return 0, 0, field.name
    kinds = context.setting.bound.dictionary.documents
    papers = [kinds[name].ceiling for name in field.papers if name in kinds]
    easiest = max(papers, default=field.grade)
    return 1 + EvidenceGrade.E0 - min(easiest, field.grade), -len(papers), field.name


def _search(context: SentenceContext, assessment: Assessment) -> DecidingAnswers:
    rules = open_rules(assessment, context)
    fields = sorted(open_fields(rules, context), key=lambda field: hardness(field, context))
    trier = Trier(context, assessment)
    answered = favourable_answers(fields, trier.context)
    every = [Answer(field.name, answered[field.name]) for field in fields if field.name in answered]
    persons = [Answer(rule.id) for rule in _for_persons(every, trier)]
    things = [*persons, *every]
    ending = _ending(fields, rules, trier)
    after = trier.after(things)
    if after.verdict not in BOUGHT:
        return DecidingAnswers((), after.verdict, _held(after, trier.context), ending)
    needed = enough_together(things, lambda some: trier.after(some).verdict in BOUGHT)
    by_name = {field.name: field for field in fields}
    needed = as_little(needed, by_name, trier)
    told = tuple(with_side(answer, needed, by_name, trier) for answer in needed)
    return DecidingAnswers(told, trier.after(needed).verdict, (), ending)


def _for_persons(every: Sequence[Answer], trier: Trier) -> Iterator[BoundRule]:
    """Yield the rules that a person has to sign or screen whatever is answered."""
    for finding in trier.after(every).findings:
        rule = trier.context.setting.bound.rules[finding.rule]
        person = rule.effect is Effect.REVIEW or is_screen(rule)
        if person and finding.state is not State.CLEAR and not finding.reviewed:
            yield rule


def _held(after: Assessment, context: SentenceContext) -> tuple[Finding, ...]:
    """Return the findings that stand against an offer: what holds it, else what caps its grade.

    Without what they saw, which is this offer's: they serve all of which the same is told.
    """
    rules = context.setting.bound.rules
    held = [f for f in after.findings if rules[f.rule].effect in HOLDING]
    held = [f for f in held if f.state is not State.CLEAR and not rules[f.rule].draft]
    capping = {c.source for c in after.ceilings if c.binds}
    held = held or [f for f in after.findings if f.rule in capping]
    return tuple(replace(f, leaves=(), seen={}, deciders=NO_DECIDERS) for f in held)


def _ending(
    fields: Sequence[OpenField], rules: Sequence[BoundRule], trier: Trier
) -> tuple[Answer, str] | None:
    """Return the first single answer, the easiest to get first, that has an offer refused."""
    context = trier.context
    ends = {rule.id for rule in rules if _can_end(rule, context)}
    for field in fields:
        closing = [rule for rule in field.readers if rule.id in ends]
        values = answer_values(field, {}, context, any_value=False)
        for value in values if closing else ():
            answer = Answer(field.name, field.fact(value))
            unmet = _unmet(answer, closing, context)
            if unmet is not None and trier.refuses(answer):
                return replace(answer, telling=tells_by_itself(answer, field, context)), unmet
    return None


def _can_end(rule: BoundRule, context: SentenceContext) -> bool:
    """Whether a rule that is not met has an offer refused: a gate, or a cap below the floor."""
    floor = context.setting.bound.scheme.cut(context.setting.bound.city.floor)
    capped = rule.effect is Effect.CAP and rule.cap is not None and POINT * rule.cap < floor
    return rule.effect is Effect.GATE or capped


def _unmet(answer: Answer, rules: Sequence[BoundRule], context: SentenceContext) -> str | None:
    facts = {} if answer.fact is None else {answer.name: answer.fact}
    answered, recall = facts_with(facts, context), plan_for(context.setting.bound).recall
    unmet = (r.id for r in rules if recall.outcome(r, answered).outcome is Outcome.FAIL)
    return next(unmet, None)
