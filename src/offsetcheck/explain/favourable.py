"""What the answers to open questions would have to be: for each field the value that rules like.

Several rules may read a field and want different sides of it, so that values are sought one after
the other: of those that settle a comparison the one that its readers like best, in rounds, until
no field gets better. Whoever asks lets the engine say what comes of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from offsetcheck.engine.assess import with_changed
from offsetcheck.engine.evaluate import RuleOutcome
from offsetcheck.engine.knowledge import PURCHASE, Facts, known_by
from offsetcheck.engine.plan import plan_for
from offsetcheck.engine.state import HOLDING, is_screen
from offsetcheck.explain.proposals import turning_values
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.turning import needed_grades
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import NOT_STATED, Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.finding import Effect, Outcome

ROUNDS = 4
MAX_CODES = 8
# What no answer to a question settles: a table, the city, or how the offer names itself.
UNANSWERED = frozenset(
    {Cause.TABLE_STALE, Cause.NO_ROW, Cause.CITY_UNDECIDED, Cause.ID_NOT_RECOGNISED}
)
GATE_WEIGHT, CAP_WEIGHT = 10_000, 100  # no score outweighs a cap, and no cap a gate


@dataclass(frozen=True, slots=True)
class OpenField:
    """An input field that rules wait for: its name among rules, its kind, and why it is open.

    `readers` are the rules that an answer to it can move, `grade` is the one at which all can use
    it, `stated` what is said of it so far.
    """

    name: str
    field: Field
    causes: frozenset[Cause]
    readers: tuple[BoundRule, ...]
    grade: EvidenceGrade
    stated: Fact

    def fact(self, value: Value) -> Fact:
        """Return an answer at the grade that rules ask for."""
        return Fact(value=value, grade=min(self.grade, self.stated.grade))

    @property
    def papers(self) -> tuple[str, ...]:
        """The kinds of paper that answer it: its own, else those of the rules that read it."""
        of_rules = dict.fromkeys(d for rule in self.readers for d in rule.documents)
        return self.field.documents or tuple(of_rules)

    @property
    def given(self) -> tuple[Value, ...]:
        """The values that a paper can confirm, where something is stated; none: any value."""
        values = [f.value for f in (self.stated, *self.stated.others) if f.value is not None]
        if Cause.SEVERAL_POSSIBLE in self.causes:
            return self.stated.possible
        if Cause.SOURCES_CONTRADICT in self.causes:
            return tuple(dict.fromkeys(values))
        if Cause.EVIDENCE_TOO_WEAK in self.causes:
            return tuple(values[:1]) or self.stated.possible
        return ()


def open_fields(rules: Sequence[BoundRule], context: SentenceContext) -> tuple[OpenField, ...]:
    """Return the fields that some rules wait for and that an answer could settle."""
    causes: dict[str, set[Cause]] = {}
    for rule in rules:
        for missing in context.findings[rule.id].missing:
            causes.setdefault(missing.field, set()).add(missing.cause)
    grades, readers = needed_grades(context.setting.bound), plan_for(context.setting.bound).readers
    found = []
    for name, why in causes.items():
        field = context.wording.field(name)
        if field is not None and not why & UNANSWERED:
            reading = readers.get(name, frozenset())
            found.append(
                OpenField(
                    name=name,
                    field=field.model_copy(update={"name": name}),
                    causes=frozenset(why),
                    readers=tuple(rule for rule in rules if rule.id in reading),
                    grade=grades.get(name, EvidenceGrade.E4),
                    stated=_stated(name, context),
                )
            )
    return tuple(found)


def _stated(name: str, context: SentenceContext) -> Fact:
    """Return what is stated of a field by the day; what became known later answers nothing."""
    if not name.startswith(PURCHASE):
        return context.offer.fact(name)
    setting = context.setting
    known = known_by(setting.purchase.facts, setting.bound.as_of)
    return known.get(name.removeprefix(PURCHASE), NOT_STATED)


def favourable_answers(fields: Sequence[OpenField], context: SentenceContext) -> Mapping[str, Fact]:
    """Return an answer to each field that its readers like best, as far as one was found.

    An answer may have been chosen while it was not known whether its rule applies, and two such
    answers to one rule hold each other fast. Those that leave a rule unmet are forgotten together
    and sought again beside all others.
    """
    answers: dict[str, Fact] = {}
    _improve(fields, answers, context)
    stuck = [f for f in fields if not f.given and _is_unmet(f, answers, context)]
    kept = {name: answers[name] for name in answers.keys() - {field.name for field in stuck}}
    if not stuck:
        return answers
    _improve(stuck, kept, context)
    return (
        kept if _disliked(fields, kept, context) < _disliked(fields, answers, context) else answers
    )


def _improve(
    fields: Sequence[OpenField], answers: dict[str, Fact], context: SentenceContext
) -> None:
    """Put better answers in place, round by round, until no field gets a better one."""
    for _ in range(ROUNDS):
        better = [field for field in fields if _improved(field, answers, context)]
        if not better:
            break


def _is_unmet(field: OpenField, answers: Mapping[str, Fact], context: SentenceContext) -> bool:
    facts = facts_with(answers, context)
    recall = plan_for(context.setting.bound).recall
    return any(recall.outcome(rule, facts).outcome is Outcome.FAIL for rule in field.readers)


def _disliked(
    fields: Sequence[OpenField], answers: Mapping[str, Fact], context: SentenceContext
) -> int:
    return sum(_dislike(field, answers, context) for field in fields)


def _improved(field: OpenField, answers: dict[str, Fact], context: SentenceContext) -> bool:
    """Put a better answer to one field in place; say whether there was one."""
    before = answers.get(field.name)
    best, least = before, _dislike(field, answers, context) if before else None
    for value in answer_values(field, answers, context):
        fact = field.fact(value)
        dislike = _dislike(field, {**answers, field.name: fact}, context)
        if least is None or dislike < least:
            best, least = fact, dislike
    if best is None or best is before:
        return False
    answers[field.name] = best
    return True


def answer_values(
    field: OpenField,
    answers: Mapping[str, Fact],
    context: SentenceContext,
    *,
    any_value: bool = True,
) -> Iterator[Value]:
    """Yield the values of a field that are worth trying beside other answers, each once.

    With `any_value` also some that settle nothing yet, where the field has no answer.
    """
    if field.given:
        yield from field.given
        return
    facts = facts_with(answers, context)
    possible = facts.subject.fact(field.name).possible
    now = answers.get(field.name, Fact(possible=possible))
    values: list[Value] = []
    for rule in field.readers:
        turning = _turning(field.field, now, rule, facts, context)
        values += [*turning, *_together(turning)]
    if any_value and field.name not in answers:
        values += _any_values(field.field, facts)
    # A limit itself before the double next to it, so that of equals the plain one is kept.
    yield from sorted(dict.fromkeys(values), key=_is_next_to_a_limit)


def _turning(
    field: Field, now: Fact, rule: BoundRule, facts: Facts, context: SentenceContext
) -> tuple[Value, ...]:
    of = (field.name, type(now.value), now.value, now.possible)
    recall = plan_for(context.setting.bound).recall
    return recall.turns(rule, facts, of, lambda: turning_values(field, now, rule, facts))


def _together(values: Sequence[Value]) -> tuple[Value, ...]:
    """Return all that lists name in one list: a rule may ask for several entries at once."""
    named = (item for value in values if isinstance(value, tuple) for item in value)
    found: tuple[Any, ...] = tuple(dict.fromkeys(named))
    return (found,) if found else ()


def _is_next_to_a_limit(value: Value) -> bool:
    return isinstance(value, float) and round(value, 9) != value


def _any_values(field: Field, facts: Facts) -> Iterable[Value]:
    """Return values to begin with: what two open fields come to shows only once one has any."""
    match field.type:
        case FieldType.BOOLEAN:
            return (True, False)
        case FieldType.CODE:
            return tuple(field.codes)[:MAX_CODES]
        case FieldType.CODES | FieldType.INTEGERS:
            return ((),)
        case FieldType.DATE:
            return (facts.day,)
        case FieldType.NUMBER | FieldType.INTEGER:
            low, high = field.range or (None, None)
            return tuple(v for v in (low if low is not None else 0.0, high) if v is not None)
        case FieldType.TEXT:
            return ()


def facts_with(answers: Mapping[str, Fact], context: SentenceContext) -> Facts:
    """Return the facts of the day with answers among them, every evidence grade counting."""
    setting = context.setting
    candidate, purchase = with_changed(context.candidate, setting.purchase, answers)
    return Facts(candidate, purchase, setting.bound.as_of)


def _dislike(field: OpenField, answers: Mapping[str, Fact], context: SentenceContext) -> int:
    """Return how little the readers of a field like it beside other answers; 0: as good as can."""
    facts, recall = facts_with(answers, context), plan_for(context.setting.bound).recall
    return sum(_dislike_of(rule, recall.outcome(rule, facts)) for rule in field.readers)


def _dislike_of(rule: BoundRule, result: RuleOutcome) -> int:
    if result.lower is not None:
        short = 5 - result.lower
        return short * (CAP_WEIGHT if rule.effect is Effect.CAP else rule.weight)
    held = {Outcome.FAIL: 2, Outcome.UNKNOWN: 0 if result.met_anyway else 1}
    weight = GATE_WEIGHT if rule.effect in HOLDING else CAP_WEIGHT * (5 - (rule.cap or 0))
    if is_screen(rule) and result.outcome is Outcome.UNKNOWN:
        return 0
    return weight * held.get(result.outcome, 0)
