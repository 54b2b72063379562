"""Answers that are no better than they have to be, and what a reader may say of their values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from offsetcheck.engine.plan import plan_for
from offsetcheck.explain.favourable import OpenField, answer_values, facts_with
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.trying import BOUGHT, Answer, Side, Trier
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.evidence import Fact, Value

DAYS_APART = 31
APART = 0.1  # of a number, to either side

ByName = Mapping[str, OpenField]


def as_little(needed: Sequence[Answer], by_name: ByName, trier: Trier) -> tuple[Answer, ...]:
    """Return the same answers, each no better than it has to be beside the others."""
    kept = list(needed)
    for place, answer in enumerate(needed):
        if answer.fact is None or by_name[answer.name].given:
            continue
        for fact in _less(answer, by_name[answer.name], kept, trier.context):
            tried = [*kept[:place], replace(answer, fact=fact), *kept[place + 1 :]]
            if trier.after(tried).verdict in BOUGHT:
                kept = tried
                break
    return tuple(kept)


def with_side(answer: Answer, answers: Sequence[Answer], by_name: ByName, trier: Trier) -> Answer:
    """Return an answer with what is known of its value: on which side others would do as well."""
    if answer.fact is None:
        return answer
    field = by_name[answer.name]
    if field.given:
        return replace(answer, side=Side.AS_STATED)
    others = [other for other in answers if other.name != answer.name]
    more, less = (
        value is None
        or trier.after([*others, replace(answer, fact=field.fact(value))]).verdict in BOUGHT
        for value in _beside(answer.fact.value, field.field)
    )
    if not isinstance(answer.fact.value, (int, float, date)) or isinstance(answer.fact.value, bool):
        return replace(answer, telling=tells_by_itself(answer, field, trier.context))
    side = {(True, False): Side.AT_LEAST, (False, True): Side.AT_MOST}.get((more, less), Side.EXACT)
    telling = side is not Side.EXACT and tells_by_itself(answer, field, trier.context)
    return replace(answer, side=side, telling=telling)


def tells_by_itself(answer: Answer, field: OpenField, context: SentenceContext) -> bool:
    """Whether a value settles a comparison of a rule beside no other answer."""
    if answer.fact is None or field.given:
        return True
    return answer.fact.value in set(answer_values(field, {}, context, any_value=False))


def _beside(value: Value | None, field: Field) -> tuple[Value | None, Value | None]:
    """Return a greater and a smaller value of a field, None where its range has none."""
    if isinstance(value, date):
        return value + timedelta(days=DAYS_APART), value - timedelta(days=DAYS_APART)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None, None
    step = 1 if isinstance(value, int) else max(abs(value) * APART, APART)
    low, high = field.range or (None, None)
    more, less = value + step, value - step
    if high is not None and more > high:
        more = high
    if low is not None and less < low:
        less = low
    return more if more > value else None, less if less < value else None


def _less(
    answer: Answer, field: OpenField, kept: Sequence[Answer], context: SentenceContext
) -> Iterator[Fact]:
    """Yield other answers to a field with which its scales give fewer points, fewest first."""
    scales = [rule for rule in field.readers if rule.is_scale]
    facts = {thing.name: thing.fact for thing in kept if thing.fact is not None}
    own = _points(scales, facts, context) if scales else 0
    found = []
    others = {name: fact for name, fact in facts.items() if name != answer.name}
    for value in answer_values(field, others, context) if scales else ():
        fact = field.fact(value)
        points = _points(scales, {**facts, answer.name: fact}, context)
        if points < own:
            found.append((points, fact))
    yield from (fact for _, fact in sorted(found, key=lambda pair: pair[0]))


def _points(
    scales: Sequence[BoundRule], facts: Mapping[str, Fact], context: SentenceContext
) -> int:
    recall, answered = plan_for(context.setting.bound).recall, facts_with(facts, context)
    return sum(recall.outcome(rule, answered).lower or 0 for rule in scales)
