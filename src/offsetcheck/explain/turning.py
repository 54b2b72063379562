"""The smallest changes of statements that turn a verdict, found by running the engine again."""

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
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.finding import Effect, Finding, State

MAX_SINGLE_TRIES = 16
MAX_PAIR_TRIES = 16
MAX_PAIRS = 60
MAX_ALTERNATIVES = 2
MAX_PER_FIELD = 3
MAX_BLOCKERS = 2
MAX_RULES = 12
MAX_PROPOSALS = 40
WORST_FIRST = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class TurningChange:
    """Facts put in place of stated ones, and the verdict that the engine then concludes."""

    proposals: tuple[Proposal, ...]
    verdict: Verdict

    @property
    def size(self) -> tuple[int, float]:
        """How much is changed: the number of statements first, then how far."""
        return len(self.proposals), sum(p.cost for p in self.proposals)


def smallest_changes(context: SentenceContext, assessment: Assessment) -> tuple[TurningChange, ...]:
    """Return the changes found that better the verdict, the smallest first, one for each field.

    At most two statements, none that a seller cannot change. The search is bounded, so that a
    change of two may be missed.
    """
    bound = context.setting.bound
    if assessment.verdict is Verdict.ELIGIBLE:
        return ()
    blockers = blocking_rules(assessment, bound)
    if not _can_be_cleared(blockers, context):
        return ()
    pool = _pool(blockers or _near(assessment, bound), context)
    must = [_fields(rule, context) for rule in blockers]
    clearing = _clearing(blockers, context)
    singles = filter(clearing, _singles(pool, must))
    found = _tried(singles, context, assessment, MAX_SINGLE_TRIES)
    if found:
        return found
    pairs = filter(clearing, islice(_pairs(pool, must), MAX_PAIRS))
    return _tried(pairs, context, assessment, MAX_PAIR_TRIES)


def blocking_rules(assessment: Assessment, bound: BoundRulebook) -> tuple[BoundRule, ...]:
    """Return the rules that must all come out otherwise before the verdict gets better.

    What nobody has looked for is the officer's to find out, and no change of a seller's statement.
    """
    sellers = [finding for finding in assessment.findings if not finding.unscreened]
    held = [finding for finding in sellers if finding.state is not State.CLEAR]
    if assessment.verdict is Verdict.NOT_ELIGIBLE:
        return _rules((f for f in held if f.state is State.FAIL), bound, Effect.GATE)
    if assessment.verdict is Verdict.UNDECIDED:
        return _rules(held, bound, Effect.GATE, Effect.REVIEW)
    if assessment.verdict is Verdict.ELIGIBLE_WITH_CONDITIONS:
        return tuple(bound.rules[f.rule] for f in sellers if f.condition)
    return ()


def _near(assessment: Assessment, bound: BoundRulebook) -> tuple[BoundRule, ...]:
    """Return the rules whose turning could turn a verdict that no single rule blocks."""
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
    needed = needed_grades(context.setting.bound)
    found = [p for rule in rules[:MAX_RULES] for p in _few(proposals(rule, context, needed))]
    unique = {(p.field, p.fact.value, p.fact.grade): p for p in found}
    return sorted(unique.values(), key=lambda p: p.cost)[:MAX_PROPOSALS]


def _few(found: Iterator[Proposal]) -> Iterator[Proposal]:
    """Yield at most a few proposals of each field, the nearest first."""
    by_field: dict[str, list[Proposal]] = {}
    for proposal in islice(found, 32):
        by_field.setdefault(proposal.field, []).append(proposal)
    for several in by_field.values():
        yield from sorted(several, key=lambda p: p.cost)[: 2 * MAX_PER_FIELD]


def needed_grades(bound: BoundRulebook) -> Mapping[str, EvidenceGrade]:
    """Return the evidence grade at which every rule that reads a field can use it."""
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
        if len(found) > MAX_ALTERNATIVES:
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
    return WORST_FIRST.index(after) > WORST_FIRST.index(before)
