"""The whole way of one candidate, of the purchase, and of a change that is tried."""

from dataclasses import replace
from random import Random

import pytest
from worlds import FIELDS, B, Drawer, make_bound, make_rule

from offsetcheck.engine.assess import assess, assess_changed, assess_portfolio, assess_purchase
from offsetcheck.rulebook.expression.nodes import FieldRef
from offsetcheck.vocabulary.assessment import ClaimLimit, ProofStep, PurchaseVerdict, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Effect, Outcome
from offsetcheck.vocabulary.purchase import Purchase, Stage

HONEST, SAFE = FieldRef("honest", B), FieldRef("safe", B)
GATE = make_rule("alpha.gate", requires=HONEST)
REVIEW = make_rule("alpha.review", effect=Effect.REVIEW, requires=SAFE)
NOTE = make_rule("alpha.note", effect=Effect.NOTE, requires=SAFE, condition={"en": "Agree on it."})
BOUND = make_bound((GATE, REVIEW, NOTE))


def facts(**values):
    return {name: Fact(value, EvidenceGrade.E1) for name, value in values.items()}


def judge(bound=BOUND, purchase=None, /, **values):
    return assess(Candidate("P1", facts(**values)), bound, purchase or Purchase())


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"honest": True, "safe": True}, Verdict.ELIGIBLE),
        ({"honest": False, "safe": True}, Verdict.NOT_ELIGIBLE),
        ({"safe": True}, Verdict.UNDECIDED),
        ({"honest": True, "safe": False}, Verdict.UNDECIDED),
        ({"honest": True}, Verdict.UNDECIDED),
    ],
)
def test_gates_and_reviews_decide(values, verdict):
    """A failed gate rules out; an open gate, and a review that is not clear, leave it undecided."""
    assert judge(**values).verdict is verdict


def test_a_standing_condition_is_part_of_the_verdict():
    """With everything else in order the verdict is eligible with conditions."""
    bound = make_bound((GATE, NOTE))
    said = judge(bound, honest=True, safe=False)
    assert (said.verdict, said.conditions) == (Verdict.ELIGIBLE_WITH_CONDITIONS, ("alpha.note",))


def test_the_proof_names_what_the_verdict_follows_from():
    """Every way in which the verdict follows is a step."""
    other = make_rule("alpha.other", requires=SAFE)
    said = judge(make_bound((GATE, other)), honest=False, safe=False)
    assert said.proof == (
        ProofStep("not_eligible", ("alpha.gate is fail",)),
        ProofStep("not_eligible", ("alpha.other is fail",)),
    )


def test_an_open_gate_at_the_end_was_not_demonstrated():
    """The same offer is undecided at the clarification and not eligible at the final stage."""
    assert judge(BOUND, Purchase(stage=Stage.CLARIFICATION), safe=True).verdict is Verdict.UNDECIDED
    final = judge(BOUND, Purchase(stage=Stage.FINAL), safe=True)
    assert final.verdict is Verdict.NOT_ELIGIBLE
    assert final.findings[0].not_demonstrated


def test_claim_limits_leave_the_verdict_alone():
    """An unmet limit stands, an open one may still come, and the narrowest counts."""
    limits = (
        make_rule(
            "claim.a", effect=Effect.CLAIM_LIMIT, requires=HONEST, limit=ClaimLimit.CONTRIBUTION
        ),
        make_rule("claim.b", effect=Effect.CLAIM_LIMIT, requires=SAFE, limit=ClaimLimit.NONE),
        make_rule(
            "claim.c", effect=Effect.CLAIM_LIMIT, requires=SAFE, limit=ClaimLimit.NOT_PERMANENT
        ),
    )
    said = judge(make_bound(limits), honest=False)
    assert said.verdict is Verdict.ELIGIBLE
    assert (said.claim.limit, said.claim.worst) == (ClaimLimit.CONTRIBUTION, ClaimLimit.NONE)
    assert said.claim.may_say_permanent is None
    assert said.claim.rules == ("claim.a", "claim.b", "claim.c")
    clear = judge(make_bound(limits), honest=True, safe=True).claim
    assert (clear.limit, clear.may_say_permanent) == (ClaimLimit.OFFSET, True)
    barred = judge(make_bound(limits), honest=True, safe=False).claim
    assert (barred.limit, barred.may_say_permanent) == (ClaimLimit.NONE, False)


def test_the_hash_is_of_what_was_concluded():
    """Equal conclusions have one hash; the trace has no part in it, an outcome has."""
    said = judge(honest=True, safe=True)
    assert said.result_hash == judge(honest=True, safe=True).result_hash
    assert said.result_hash != judge(honest=True, safe=False).result_hash
    assert len(said.result_hash) == 64


@pytest.mark.parametrize("seed", range(40))
def test_a_tried_change_comes_out_as_if_assessed_anew(seed):
    """Running only the rules that read a changed field gives the same assessment, without proof or trace."""
    drawer = Drawer(Random(seed))
    world = drawer.world(7, 3)
    for candidate in world.candidates:
        names = drawer.random.sample(tuple(FIELDS), 2)
        changes = {name: drawer.fact(name, FIELDS[name]) for name in names}
        before = assess(candidate, world.bound, world.purchase)
        tried = assess_changed(before, candidate, changes, world.bound, world.purchase)
        anew = assess(candidate.with_facts(changes), world.bound, world.purchase)
        assert untraced(tried) == untraced(replace(anew, proof=(), result_hash=""))


def untraced(assessment):
    """Return an assessment without the deciding comparisons of its findings."""
    findings = tuple(replace(finding, leaves=()) for finding in assessment.findings)
    return replace(assessment, findings=findings)


def purchase_rule(name, effect, field, limit=None):
    node = FieldRef(f"purchase.{field}", B)
    return make_rule(
        f"residual.{name}", subject=Subject.PURCHASE, dimension="claim", effect=effect,
        requires=node, limit=limit,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"agreed": True, "small": True}, PurchaseVerdict.READY),
        ({"agreed": True, "small": False}, PurchaseVerdict.READY_FOR_CONTRIBUTION),
        ({"agreed": True}, PurchaseVerdict.READY_FOR_CONTRIBUTION),
        ({"agreed": False, "small": True}, PurchaseVerdict.NOT_READY),
        ({"small": True}, PurchaseVerdict.NOT_READY),
    ],
)
def test_the_purchase_has_its_own_verdict(values, verdict):
    """Its gates make it ready or not, its claim limits for a contribution only."""
    gate = purchase_rule("agreed", Effect.GATE, "agreed")
    limit = purchase_rule("small", Effect.CLAIM_LIMIT, "small", ClaimLimit.CONTRIBUTION)
    said = assess_purchase(Purchase(facts=facts(**values)), make_bound((GATE, gate, limit)))
    assert said.verdict is verdict
    assert [f.rule for f in said.findings] == ["residual.agreed", "residual.small"]
    assert said.proof[-1].conclusion == verdict.value


def test_the_portfolio_is_judged_by_its_own_facts():
    """Rules of the portfolio read what was summed up over the candidates."""
    rule = make_rule(
        "portfolio.share", subject=Subject.PORTFOLIO, effect=Effect.NOTE, requires=SAFE
    )
    (finding,) = assess_portfolio(facts(safe=False), make_bound((GATE, rule)), Purchase())
    assert finding.outcome is Outcome.FAIL
