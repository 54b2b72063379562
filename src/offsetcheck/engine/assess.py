"""The whole way of one candidate, and of the purchase: rules, scores, words, conclusion."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter

from offsetcheck.engine.claim import claim_of
from offsetcheck.engine.closure import first_verdict
from offsetcheck.engine.conclusion import Conclusions
from offsetcheck.engine.evaluate import HIGHEST, LOWEST, evaluate_rule, with_identity_condition
from offsetcheck.engine.knowledge import PURCHASE, Facts
from offsetcheck.engine.plan import plan_for
from offsetcheck.engine.reduce import rule_words, score_words
from offsetcheck.engine.scores import NO_SCORES, Scores, score
from offsetcheck.engine.state import condition_stands
from offsetcheck.ground.canonical import canonical_json, object_hash
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.decisions.expand import fixpoint
from offsetcheck.vocabulary.assessment import (
    Assessment,
    DimensionScore,
    ProofStep,
    PurchaseAssessment,
    PurchaseVerdict,
    Verdict,
)
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.finding import Finding, Outcome, State
from offsetcheck.vocabulary.purchase import Purchase

PURCHASE_ID = "purchase"
# The trace, what was seen and who decided explain a conclusion, and are none.
CONCLUDED = tuple(
    part.name for part in fields(Finding) if part.name not in ("leaves", "seen", "deciders")
)
_concluded_parts = attrgetter(*CONCLUDED)
PORTFOLIO_ID = "portfolio"


def assess(candidate: Candidate, bound: BoundRulebook, purchase: Purchase) -> Assessment:
    """Return all five outputs for one candidate, with findings, trace and proof.

    `bound.as_of` is the day: facts known later do not count. Deterministic.
    """
    findings = _findings(bound.candidate_rules, candidate, bound, purchase)
    assessment = _proven(findings, candidate, bound, plan_for(bound).candidate_conclusions)
    return replace(assessment, result_hash=_hash(assessment))


def findings_untraced(
    candidate: Candidate, bound: BoundRulebook, purchase: Purchase
) -> tuple[Finding, ...]:
    """Return the findings of `assess` without trace and without what they saw, quickly."""
    recall, facts = plan_for(bound).recall, Facts(candidate, purchase, bound.as_of)
    return tuple(recall.finding(rule, facts, explained=False) for rule in bound.candidate_rules)


def assess_findings(
    findings: tuple[Finding, ...],
    candidate: Candidate,
    bound: BoundRulebook,
    conclusions: Conclusions,
    known: Mapping[str, DimensionScore] = NO_SCORES,
) -> Assessment:
    """Return what `assess` would say of findings made before, with proof and without hash.

    Some of them may be those of a changed rule, which `bound` then has too. `known` are the scores
    of dimensions that it does not move.
    """
    found = with_identity_condition(findings, bound.rules)
    return _proven(found, candidate, bound, conclusions, known)


def _proven(
    findings: tuple[Finding, ...],
    candidate: Candidate,
    bound: BoundRulebook,
    conclusions: Conclusions,
    known: Mapping[str, DimensionScore] = NO_SCORES,
) -> Assessment:
    scores = score(bound.rules, findings, bound.scheme, known)
    concluded = conclusions.remember(_words(findings, scores, bound))
    verdict = first_verdict(bound.candidate_decisions.verdicts, concluded.words)
    proof = conclusions.proof(verdict, concluded.fired)
    return _assembled(candidate, findings, scores, bound, verdict=verdict, proof=proof)


def assess_purchase(purchase: Purchase, bound: BoundRulebook) -> PurchaseAssessment:
    """Return the purchase's own verdict with findings and proof."""
    subject = Candidate(PURCHASE_ID, purchase.facts)
    findings = _findings(bound.purchase_rules, subject, bound, purchase)
    conclusions = plan_for(bound).purchase_conclusions
    concluded = conclusions.conclude(rule_words(bound.rules, findings))
    verdict = first_verdict(bound.purchase_decisions.verdicts, concluded.words)
    proof = conclusions.proof(verdict, concluded.fired)
    assessment = PurchaseAssessment(PurchaseVerdict(verdict), findings, proof, "")
    return replace(assessment, result_hash=_hash(assessment))


def assess_portfolio(
    facts: Mapping[str, Fact], bound: BoundRulebook, purchase: Purchase
) -> tuple[Finding, ...]:
    """Return the findings on the candidates that may be bought as a whole."""
    return _findings(bound.portfolio_rules, Candidate(PORTFOLIO_ID, facts), bound, purchase)


def assess_changed(
    assessment: Assessment,
    candidate: Candidate,
    changed_facts: Mapping[str, Fact],
    bound: BoundRulebook,
    purchase: Purchase,
    *,
    cleared: frozenset[str] = frozenset(),
) -> Assessment:
    """Return what `assess` would say of a candidate with some facts changed, quickly.

    Facts named `purchase.x` are changed in the purchase. `cleared` are rules of which a person has
    said that nothing stands against the candidate. Only rules that read a changed field run again,
    and the plain fixpoint concludes. The answer has neither proof nor hash, and what runs again
    keeps neither trace nor what it saw: it is for trying changes, not for printing.
    """
    readers = plan_for(bound).readers
    touched = frozenset().union(*(readers.get(field, frozenset()) for field in changed_facts))
    changed, wanted = with_changed(candidate, purchase, changed_facts)
    recall, facts = plan_for(bound).recall, Facts(changed, wanted, bound.as_of)
    findings = tuple(
        _cleared(finding, cleared)
        if finding.rule not in touched
        else _cleared(recall.finding(bound.rules[finding.rule], facts, explained=False), cleared)
        for finding in assessment.findings
    )
    findings = with_identity_condition(findings, bound.rules)
    # A signature settles no outcome, and outcomes alone are scored.
    moved = {bound.rules[name].dimension for name in touched if name in bound.rules}
    known = {d.dimension: d for d in assessment.dimensions if d.dimension not in moved}
    scores = score(bound.rules, findings, bound.scheme, known)
    concluded = fixpoint(plan_for(bound).candidate_chain, _words(findings, scores, bound))
    verdict = first_verdict(bound.candidate_decisions.verdicts, concluded)
    return _assembled(changed, findings, scores, bound, verdict=verdict)


def assess_settled(
    assessment: Assessment, candidate: Candidate, bound: BoundRulebook, settled: Mapping[str, bool]
) -> Assessment:
    """Return what `assess` would say were some rules settled: met (True) or not met (False).

    A scale that is settled has its best or its worst points. As with `assess_changed`, the answer
    has neither proof nor hash.
    """
    findings = tuple(
        _settled(finding, bound.rules[finding.rule], is_met=settled[finding.rule])
        if finding.rule in settled
        else finding
        for finding in assessment.findings
    )
    return _quickly(with_identity_condition(findings, bound.rules), candidate, bound)


def finding_under(
    rule: BoundRule, candidate: Candidate, bound: BoundRulebook, purchase: Purchase
) -> Finding:
    """Return the finding of a rule as given, which may be one of `bound` with other parameters.

    It keeps neither trace nor what it saw.
    """
    return evaluate_rule(rule, candidate, bound.as_of, purchase, traced=False)


def assess_under(
    rule: BoundRule,
    assessment: Assessment,
    candidate: Candidate,
    bound: BoundRulebook,
    purchase: Purchase,
) -> Assessment:
    """Return what `assess` would say were one rule of `bound` as given; the others stay.

    As with `assess_changed`, the answer has neither proof nor hash.
    """
    made = finding_under(rule, candidate, bound, purchase)
    findings = tuple(made if one.rule == rule.id else one for one in assessment.findings)
    return _quickly(with_identity_condition(findings, bound.rules), candidate, bound)


def _quickly(
    findings: tuple[Finding, ...], candidate: Candidate, bound: BoundRulebook
) -> Assessment:
    """Return findings scored and concluded by the plain fixpoint, without proof and hash."""
    scores = score(bound.rules, findings, bound.scheme)
    concluded = fixpoint(plan_for(bound).candidate_chain, _words(findings, scores, bound))
    verdict = first_verdict(bound.candidate_decisions.verdicts, concluded)
    return _assembled(candidate, findings, scores, bound, verdict=verdict)


def _settled(finding: Finding, rule: BoundRule, *, is_met: bool) -> Finding:
    if rule.draft:
        return finding
    plain = replace(finding, missing=(), unscreened=False, not_demonstrated=False)
    if rule.is_scale:
        points = HIGHEST if is_met else LOWEST
        return replace(plain, outcome=Outcome.SCORED, lower=points, upper=points)
    outcome, state = (Outcome.PASS, State.CLEAR) if is_met else (Outcome.FAIL, State.FAIL)
    stands = condition_stands(rule, outcome, on_word=is_met and finding.on_word)
    return replace(plain, outcome=outcome, state=state, condition=stands)


def with_changed(
    candidate: Candidate, purchase: Purchase, changed_facts: Mapping[str, Fact]
) -> tuple[Candidate, Purchase]:
    """Return candidate and purchase with some facts changed, those named `purchase.x` there."""
    named = {
        name.removeprefix(PURCHASE): fact
        for name, fact in changed_facts.items()
        if name.startswith(PURCHASE)
    }
    own = {name: fact for name, fact in changed_facts.items() if not name.startswith(PURCHASE)}
    wanted = replace(purchase, facts={**purchase.facts, **named}) if named else purchase
    return candidate.with_facts(own), wanted


def _cleared(finding: Finding, cleared: frozenset[str]) -> Finding:
    if finding.rule not in cleared:
        return finding
    return replace(finding, state=State.CLEAR, unscreened=False, reviewed=True)


def _findings(
    rules: Iterable[BoundRule], subject: Candidate, bound: BoundRulebook, purchase: Purchase
) -> tuple[Finding, ...]:
    recall, facts = plan_for(bound).recall, Facts(subject, purchase, bound.as_of)
    findings = tuple(recall.finding(rule, facts) for rule in rules)
    return with_identity_condition(findings, bound.rules)


def _words(findings: Sequence[Finding], scores: Scores, bound: BoundRulebook) -> frozenset[str]:
    return rule_words(bound.rules, findings) | score_words(scores, bound)


def _assembled(
    candidate: Candidate,
    findings: tuple[Finding, ...],
    scores: Scores,
    bound: BoundRulebook,
    *,
    verdict: str,
    proof: tuple[ProofStep, ...] = (),
) -> Assessment:
    return Assessment(
        candidate=candidate.id,
        verdict=Verdict(verdict),
        findings=findings,
        dimensions=scores.dimensions,
        integrity=scores.integrity,
        integrity_working=scores.integrity_working,
        grade_lower=bound.scheme.grade(scores.integrity.lower),
        grade_upper=bound.scheme.grade(scores.integrity.upper),
        ceilings=scores.ceilings,
        value=scores.value,
        value_completeness=scores.value_completeness,
        completeness=scores.completeness,
        claim=claim_of(bound.rules, findings),
        conditions=tuple(finding.rule for finding in findings if finding.condition),
        unscreened=tuple(finding.rule for finding in findings if finding.unscreened),
        proof=proof,
        result_hash="",
    )


def _hash(assessment: Assessment | PurchaseAssessment) -> str:
    """Return the hash of what was concluded: of findings without their trace and what they saw."""
    content = {part.name: getattr(assessment, part.name) for part in fields(assessment)}
    findings = ",".join(_concluded(*_concluded_parts(finding)) for finding in assessment.findings)
    return object_hash(content, {"findings": f"[{findings}]"})


@lru_cache(maxsize=8192)
def _concluded(*parts: object) -> str:
    """Return what of a finding is hashed; the offers of a list share most findings."""
    return canonical_json(dict(zip(CONCLUDED, parts, strict=True)) | {"leaves": ()})
