"""The smallest change of statements that turns the verdict, found by running the engine again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from offsetcheck.engine.assess import assess_changed
from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.explain.deciding import moves_integrity, open_points
from offsetcheck.explain.proposals import Proposal, changeable, proposals
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.explanation import ChangedField, SmallestChange, WhatIf
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome, State

SINGLE_TRIES = 16
PAIR_TRIES = 16
PAIRS_LOOKED_AT = 60
MOST_ALTERNATIVES = 2
MOST_PER_FIELD = 3
MOST_BLOCKERS = 2
MOST_RULES = 12
MOST_PROPOSALS = 40
WORST_FIRST = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class TurningChange:
    """Statements that would have to be others, and the verdict that then follows."""

    proposals: tuple[Proposal, ...]
    verdict: Verdict

    @property
    def size(self) -> tuple[int, float]:
        """How much is changed: the number of statements first, then how far."""
        return len(self.proposals), sum(p.cost for p in self.proposals)


def what_if(context: SentenceContext, assessment: Assessment) -> WhatIf:
    """Return the smallest change in words, others that are enough, or why there is none."""
    changes = smallest_changes(context, assessment)
    wording = context.wording
    if not changes:
        return WhatIf(smallest=None, alternatives=(), words=_none_words(context, assessment))
    shown = [_in_words(change, context) for change in changes[: 1 + MOST_ALTERNATIVES]]
    worse = assessment.verdict is Verdict.ELIGIBLE
    label = wording.word("whatif.worse" if worse else "whatif.better")
    words = f"{label}. {shown[0].words}"
    return WhatIf(smallest=shown[0], alternatives=tuple(shown[1:]), words=words)


def smallest_changes(context: SentenceContext, assessment: Assessment) -> tuple[TurningChange, ...]:
    """Return the changes found that turn the verdict, the smallest first, one for each field.

    To a better verdict; for an eligible candidate to a worse one. At most two statements, none
    that a seller cannot change. The search is bounded, so that a change of two may be missed.
    """
    bound = context.setting.bound
    blockers = _blockers(assessment, bound)
    if not _can_be_cleared(blockers, context):
        return ()
    pool = _pool(blockers or _near(assessment, bound), context)
    must = [_fields(rule, context) for rule in blockers]
    clearing = _clearing(blockers, context)
    singles = filter(clearing, _singles(pool, must))
    found = _tried(singles, context, assessment, SINGLE_TRIES)
    if found or assessment.verdict is Verdict.ELIGIBLE:
        return found
    pairs = filter(clearing, islice(_pairs(pool, must), PAIRS_LOOKED_AT))
    return _tried(pairs, context, assessment, PAIR_TRIES)


def _none_words(context: SentenceContext, assessment: Assessment) -> str:
    blockers = _blockers(assessment, context.setting.bound)
    scheme, city = context.setting.bound.scheme, context.setting.bound.city
    if blockers and assessment.integrity.lower < scheme.cut(city.floor):
        return context.wording.word("whatif.blockers_and_grade", count=len(blockers))
    if len(blockers) > MOST_BLOCKERS:
        return context.wording.word("whatif.blockers", count=len(blockers))
    return context.wording.word("whatif.none")


def _blockers(assessment: Assessment, bound: BoundRulebook) -> tuple[BoundRule, ...]:
    """Return the rules that must all come out otherwise before the verdict gets better."""
    held = [f for f in assessment.findings if f.state is not State.CLEAR]
    if assessment.verdict is Verdict.NOT_ELIGIBLE:
        return _rules((f for f in held if f.state is State.FAIL), bound, Effect.GATE)
    if assessment.verdict is Verdict.UNDECIDED:
        return _rules(held, bound, Effect.GATE, Effect.REVIEW)
    if assessment.verdict is Verdict.ELIGIBLE_WITH_CONDITIONS:
        return tuple(bound.rules[f.rule] for f in assessment.findings if f.condition)
    return ()


def _near(assessment: Assessment, bound: BoundRulebook) -> tuple[BoundRule, ...]:
    """Return the rules whose turning could turn a verdict that no single rule blocks."""
    if assessment.verdict is Verdict.ELIGIBLE:
        applying = (f for f in assessment.findings if f.outcome is not Outcome.NOT_APPLICABLE)
        return _rules(applying, bound, Effect.GATE)
    binding = [c.source for c in assessment.ceilings if c.binds]
    capping = [bound.rules[source] for source in binding if source in bound.rules]
    opened = [bound.rules[f.rule] for f in open_points(assessment, bound)]
    low = [bound.rules[f.rule] for f in assessment.findings if _is_low(f, bound)]
    return tuple({rule.id: rule for rule in (*capping, *opened, *low)}.values())


def _is_low(finding: Finding, bound: BoundRulebook) -> bool:
    top = finding.upper is None or finding.upper == 5  # noqa: PLR2004 - the highest level
    return not top and moves_integrity(bound.rules[finding.rule], bound)


def _rules(
    findings: Iterable[Finding], bound: BoundRulebook, *effects: Effect
) -> tuple[BoundRule, ...]:
    rules = (bound.rules[finding.rule] for finding in findings)
    return tuple(rule for rule in rules if rule.effect in effects and not rule.draft)


def _fields(rule: BoundRule, context: SentenceContext) -> frozenset[str]:
    return frozenset(field.name for field in changeable(rule, context))


def _can_be_cleared(blockers: Sequence[BoundRule], context: SentenceContext) -> bool:
    """Whether two fields that a seller can change touch every rule in the way."""
    must = [_fields(rule, context) for rule in blockers]
    if not all(must):
        return False
    every = frozenset().union(*must)
    pairs = ({a, b} for a in every for b in every)
    return not must or any(all(pair & fields for fields in must) for pair in pairs)


def _pool(rules: Sequence[BoundRule], context: SentenceContext) -> list[Proposal]:
    needed = _needed_grades(context.setting.bound)
    found = [p for rule in rules[:MOST_RULES] for p in _few(proposals(rule, context, needed))]
    unique = {(p.field, p.fact.value, p.fact.grade): p for p in found}
    return sorted(unique.values(), key=lambda p: p.cost)[:MOST_PROPOSALS]


def _few(found: Iterator[Proposal]) -> Iterator[Proposal]:
    """Yield at most a few proposals of each field, the nearest first."""
    by_field: dict[str, list[Proposal]] = {}
    for proposal in islice(found, 32):
        by_field.setdefault(proposal.field, []).append(proposal)
    for several in by_field.values():
        yield from sorted(several, key=lambda p: p.cost)[: 2 * MOST_PER_FIELD]


def _needed_grades(bound: BoundRulebook) -> Mapping[str, EvidenceGrade]:
    needed: dict[str, EvidenceGrade] = {}
    for rule in bound.candidate_rules:
        if rule.at_least is not None:
            for name in rule.inputs:
                needed[name] = min(needed.get(name, EvidenceGrade.E0), rule.at_least)
    return needed


def _singles(
    pool: Sequence[Proposal], must: Sequence[frozenset[str]]
) -> Iterator[tuple[Proposal, ...]]:
    for proposal in pool:
        if all(proposal.field in fields for fields in must):
            yield (proposal,)


def _pairs(
    pool: Sequence[Proposal], must: Sequence[frozenset[str]]
) -> Iterator[tuple[Proposal, ...]]:
    pairs = sorted(combinations(pool, 2), key=lambda pair: pair[0].cost + pair[1].cost)
    for pair in pairs:
        fields = {p.field for p in pair}
        if len(fields) == len(pair) and all(fields & needed for needed in must):
            yield pair


def _clearing(
    blockers: Sequence[BoundRule], context: SentenceContext
) -> Callable[[tuple[Proposal, ...]], bool]:
    """Return whether changes clear every rule in the way: cheaper to ask than the verdict."""
    setting = context.setting

    def clears(changed: tuple[Proposal, ...]) -> bool:
        candidate = context.candidate.with_facts({p.field: p.fact for p in changed})
        return all(
            is_cleared(evaluate_rule(rule, candidate, setting.bound.as_of, setting.purchase))
            for rule in blockers
        )

    return clears


def is_cleared(finding: Finding) -> bool:
    """Whether a finding no longer stands in the way."""
    return finding.state is State.CLEAR and not finding.condition


def _tried(
    sets: Iterable[tuple[Proposal, ...]],
    context: SentenceContext,
    assessment: Assessment,
    tries: int,
) -> tuple[TurningChange, ...]:
    """Return the changes that turn the verdict, the smallest for each set of fields."""
    found: dict[tuple[str, ...], TurningChange] = {}
    for changed in islice(sets, tries):
        fields = tuple(p.field for p in changed)
        if fields not in found:
            verdict = _verdict_after(changed, context, assessment)
            if _turns(assessment.verdict, verdict):
                found[fields] = TurningChange(changed, verdict)
        if len(found) > (0 if assessment.verdict is Verdict.ELIGIBLE else MOST_ALTERNATIVES):
            break
    return tuple(sorted(found.values(), key=lambda change: change.size))


def _verdict_after(
    changed: tuple[Proposal, ...], context: SentenceContext, assessment: Assessment
) -> Verdict:
    setting = context.setting
    facts = {p.field: p.fact for p in changed}
    candidate = context.candidate
    after = assess_changed(assessment, candidate, facts, setting.bound, setting.purchase)
    return after.verdict


def _turns(before: Verdict, after: Verdict) -> bool:
    if before is Verdict.ELIGIBLE:
        return after is not before
    return WORST_FIRST.index(after) > WORST_FIRST.index(before)


def _in_words(change: TurningChange, context: SentenceContext) -> SmallestChange:
    fields = tuple(_changed_field(p, context) for p in change.proposals)
    said = "; ".join(
        _field_words(p, f, context) for p, f in zip(change.proposals, fields, strict=True)
    )
    verdict = context.wording.word(f"verdict.{change.verdict.value}")
    words = context.wording.word("whatif.change", list=said, verdict=verdict)
    return SmallestChange(fields=fields, verdict=change.verdict.value, words=words)


def _changed_field(proposal: Proposal, context: SentenceContext) -> ChangedField:
    return ChangedField(
        field=proposal.field,
        title=context.wording.title(proposal.field),
        before=_before(proposal, context),
        after=_after(proposal, context),
        grade=context.wording.grade(proposal.fact.grade),
    )


def _before(proposal: Proposal, context: SentenceContext) -> str:
    value = proposal.before.value
    if value is None:
        return context.wording.word("offer.unstated")
    return context.value_words(proposal.field, value)


def _after(proposal: Proposal, context: SentenceContext) -> str:
    """Return the new value; a double next to a round number reads "just above" it."""
    wording, value = context.wording, proposal.fact.value
    field = wording.field(proposal.field)
    if value is None:
        return ""
    if field and field.type is FieldType.NUMBER and isinstance(value, float):
        rounded = round(value, 9)
        if rounded != value and abs(rounded - value) < 1e-6:  # noqa: PLR2004 - the next double
            key = "whatif.just_above" if value > rounded else "whatif.just_below"
            return wording.word(key, value=wording.value(field.name, rounded))
    return wording.value(proposal.field, value)


def _field_words(proposal: Proposal, field: ChangedField, context: SentenceContext) -> str:
    before = proposal.before
    key = "whatif.field"
    if before.value is None:
        key = "whatif.field_stated"
    elif before.value == proposal.fact.value:
        key = "whatif.field_confirmed"
    return context.wording.word(
        key,
        title=field.title,
        after=field.after,
        before=field.before,
        grade=field.grade,
        before_grade=context.wording.grade(before.grade),
    )
