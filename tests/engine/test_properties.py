"""The five properties of the scores and verdicts, on random rulebooks and candidates."""

from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import DAY, DEFAULT_DECISIONS, FIELDS, INTEGRITY_DIMENSIONS, Drawer

from offsetcheck.engine.assess import assess
from offsetcheck.engine.reduce import floor_word
from offsetcheck.engine.scores import BEST
from offsetcheck.vocabulary.assessment import Bounds, Verdict
from offsetcheck.vocabulary.evidence import Cause, Fact
from offsetcheck.vocabulary.finding import Effect, Outcome, State
from offsetcheck.vocabulary.purchase import Stage

STEADY = settings(
    max_examples=150, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
MAY_BE_BOUGHT = {Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS}
SETTLED = {Outcome.PASS, Outcome.FAIL, Outcome.SCORED, Outcome.NOT_APPLICABLE}
draws = st.randoms(use_true_random=True)


def drawn(random: Random, stages=tuple(Stage)):
    """Return a drawer and a world judged by the decisions as the guide writes them."""
    drawer = Drawer(random)
    world = drawer.world(7, 3)
    bound = replace(world.bound, candidate_decisions=DEFAULT_DECISIONS)
    purchase = replace(world.purchase, stage=random.choice(stages))
    noted = [c.with_facts({n: f.on(DAY) for n, f in c.facts.items()}) for c in world.candidates]
    return drawer, bound, noted, purchase  # as the notes of the day leave them


def answered(drawer, candidate):
    """Return a candidate in which one unknown field has got a value, or None if none is unknown."""
    unknown = [name for name in FIELDS if candidate.value(name) is None]
    if not unknown:
        return None
    name = drawer.random.choice(unknown)
    if candidate.fact(name).possible:
        return candidate.with_facts({name: narrowed(drawer, candidate.fact(name))})
    fact = drawer.plain_fact(name, FIELDS[name])
    told = fact.value is not None or fact.possible
    return candidate.with_facts({name: fact}) if told else None


def narrowed(drawer, fact):
    """Return a fact known in part after an answer of any grade and day: fewer values, or one."""
    kept = drawer.random.sample(fact.possible, drawer.random.randint(1, len(fact.possible)))
    answer = drawer.plain_fact("n1", FIELDS["n1"])
    beside = replace(fact, others=())
    if len(kept) > 1:
        return replace(
            answer, value=None, cause=Cause.SEVERAL_POSSIBLE, possible=tuple(kept), others=(beside,)
        )
    return replace(answer, value=kept[0], cause=None, possible=(), others=(beside,))


def blurred(drawer, name, fact):
    """Return a fact of which less is known: one of more values, or nothing at all."""
    known = fact.possible or (fact.value,)
    if drawer.chance(0.4):
        return Fact()
    more = dict.fromkeys((*known, *drawer.random.sample(drawer.pool(name, FIELDS[name]), 2)))
    return replace(fact, value=None, cause=Cause.SEVERAL_POSSIBLE, possible=tuple(more))


def all_bounds(assessment):
    """Return all bounds by name; what does not apply counts as it does in integrity."""
    found = {d.dimension: d.bounds or Bounds(BEST, BEST) for d in assessment.dimensions}
    found["integrity"] = assessment.integrity
    for finding in assessment.findings:
        if finding.lower is not None:
            found[finding.rule] = Bounds(finding.lower, finding.upper)
    return found


@STEADY
@given(draws)
def test_bounds_only_widen_when_a_fact_turns_unknown(random):
    """(1) turning a fact unknown, or known in part, never raises a lower bound and never lowers an upper one"""
    drawer, bound, candidates, purchase = drawn(random)
    for candidate in candidates:
        told = [n for n in FIELDS if candidate.value(n) is not None or candidate.fact(n).possible]
        name = drawer.random.choice(told)
        less = blurred(drawer, name, candidate.fact(name))
        before = assess(candidate, bound, purchase)
        after = assess(candidate.with_facts({name: less}), bound, purchase)
        wider = all_bounds(after)
        for what, bounds in all_bounds(before).items():
            assert wider[what].lower <= bounds.lower <= bounds.upper <= wider[what].upper
        if before.value is not None:
            assert (
                after.value.lower <= before.value.lower <= before.value.upper <= after.value.upper
            )


@STEADY
@given(draws)
def test_a_settled_outcome_stays(random):
    """(2) a settled outcome stays when an unknown field gets a value (a correction or a better-graded contradiction is not that)"""
    drawer, bound, candidates, purchase = drawn(random)
    for candidate in candidates:
        if (changed := answered(drawer, candidate)) is None:
            continue
        before = assess(candidate, bound, purchase)
        after = {f.rule: f for f in assess(changed, bound, purchase).findings}
        for finding in before.findings:
            if finding.outcome in SETTLED:
                now = after[finding.rule]
                assert (now.outcome, now.lower, now.upper) == (
                    finding.outcome,
                    finding.lower,
                    finding.upper,
                )


@STEADY
@given(draws)
def test_a_settled_verdict_stays(random):
    """(3) `not_eligible` stays, and "may be bought" stays unless a gate or review under "not screened" fails; conditions may come and go"""
    drawer, bound, candidates, purchase = drawn(random, (Stage.SCREENING, Stage.CLARIFICATION))
    for candidate in candidates:
        if (changed := answered(drawer, candidate)) is None:
            continue
        before, after = assess(candidate, bound, purchase), assess(changed, bound, purchase)
        if before.verdict is Verdict.NOT_ELIGIBLE:
            assert after.verdict is Verdict.NOT_ELIGIBLE
        failed = {f.rule for f in after.findings if f.state is State.FAIL}
        if before.verdict in MAY_BE_BOUGHT and not failed & set(before.unscreened):
            assert after.verdict in MAY_BE_BOUGHT


@STEADY
@given(draws)
def test_benefits_do_not_buy_integrity(random):
    """(4) co-benefits, locality, transition and claim never change the integrity grade"""
    _, bound, candidates, purchase = drawn(random)
    ours = {
        rule_id: rule
        for rule_id, rule in bound.rules.items()
        if rule.dimension in INTEGRITY_DIMENSIONS or rule.effect is Effect.CAP
    }
    if not ours:
        return
    without = replace(bound, rules=ours)
    for candidate in candidates:
        full, bare = assess(candidate, bound, purchase), assess(candidate, without, purchase)
        assert full.integrity == bare.integrity
        assert (full.grade_lower, full.grade_upper) == (bare.grade_lower, bare.grade_upper)


def kleene(states, floor):
    """Return the AND of gates, reviews and floor: True, False, or None where it is open."""
    truths = [
        {State.CLEAR: True, State.OPEN: None, State.FAIL: False if effect is Effect.GATE else None}[
            state
        ]
        for effect, state in states
    ]
    truths.append({"reaches_floor": True, "floor_open": None, "below_floor": False}[floor])
    if False in truths:
        return False
    return None if None in truths else True


@STEADY
@given(draws)
def test_the_verdict_is_a_conjunction(random):
    """(5) the verdict is the Kleene AND of gates, reviews and floor"""
    _, bound, candidates, purchase = drawn(random)
    for candidate in candidates:
        said = assess(candidate, bound, purchase)
        states = [
            (bound.rules[f.rule].effect, f.state)
            for f in said.findings
            if bound.rules[f.rule].effect in (Effect.GATE, Effect.REVIEW)
        ]
        expected = {False: {Verdict.NOT_ELIGIBLE}, None: {Verdict.UNDECIDED}, True: MAY_BE_BOUGHT}
        floor = floor_word(said.integrity, bound.scheme.cut(bound.city.floor))
        assert said.verdict in expected[kleene(states, floor)]
