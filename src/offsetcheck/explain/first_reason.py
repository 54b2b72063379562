"""What the first reason of a verdict is about, without its words."""

from collections.abc import Iterable

from offsetcheck.explain.deciding import deciding_rules
from offsetcheck.explain.finding import ORDER, effect_rank, status_of
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.finding import Effect, Finding, State
from offsetcheck.vocabulary.finding_explanation import Status

INTEGRITY = "integrity"
HOLDING = frozenset({Effect.GATE, Effect.REVIEW})


def first_reason(assessment: Assessment, bound: BoundRulebook) -> str | None:
    """Return the rule or dimension that a candidate's verdict is first explained by.

    It is `integrity` where the grade alone is against the floor, None where nothing is wrong. The
    assessment needs its proof; that nobody has looked for adverse events is left aside.
    """
    found = {
        Verdict.NOT_ELIGIBLE: _refused,
        Verdict.UNDECIDED: _held,
        Verdict.ELIGIBLE_WITH_CONDITIONS: _mended,
        Verdict.ELIGIBLE: _nothing,
    }
    return found[assessment.verdict](assessment, bound)


def _refused(assessment: Assessment, bound: BoundRulebook) -> str | None:
    decides = deciding_rules(assessment, bound)
    failed = [
        finding
        for finding in _in_order(assessment.findings, bound, decides)
        if finding.state is State.FAIL and finding.rule in decides
        if bound.rules[finding.rule].effect is not Effect.CAP
    ]
    failed.sort(key=lambda finding: finding.not_demonstrated)
    if failed and not failed[0].not_demonstrated:
        return failed[0].rule
    return _below_floor(assessment, bound) or (failed[0].rule if failed else None)


def _held(assessment: Assessment, bound: BoundRulebook) -> str | None:
    decides = deciding_rules(assessment, bound)
    for finding in _in_order(assessment.findings, bound, decides):
        rule = bound.rules[finding.rule]
        looks = status_of(finding, rule) is Status.NOT_SCREENED
        if rule.effect in HOLDING and finding.state is not State.CLEAR and not looks:
            return finding.rule
    return INTEGRITY if assessment.integrity.lower < bound.scheme.cut(bound.city.floor) else None


def _mended(assessment: Assessment, bound: BoundRulebook) -> str | None:
    decides = deciding_rules(assessment, bound)
    ordered = _in_order(assessment.findings, bound, decides)
    stands = [f for f in ordered if f.condition and not f.unscreened]
    # What rests on the seller's word alone is told before what is unmet.
    stands.sort(key=lambda finding: status_of(finding, bound.rules[finding.rule]) is not Status.MET)
    return stands[0].rule if stands else None


def _nothing(assessment: Assessment, bound: BoundRulebook) -> None:
    del assessment, bound


def _below_floor(assessment: Assessment, bound: BoundRulebook) -> str | None:
    if assessment.integrity.upper >= bound.scheme.cut(bound.city.floor):
        return None
    binding = [ceiling for ceiling in assessment.ceilings if ceiling.binds]
    # Of a rule and a dimension that hold it equally low the rule says more.
    tightest = min(
        binding, key=lambda c: (c.bounds.upper, c.source not in bound.rules), default=None
    )
    return INTEGRITY if tightest is None else tightest.source


def _in_order(
    findings: Iterable[Finding], bound: BoundRulebook, decides: frozenset[str]
) -> list[Finding]:
    """Return findings as a report sorts them: what is unmet and decides first, then by effect."""

    def place(finding: Finding) -> tuple[int, bool, bool, int, int]:
        rule = bound.rules[finding.rule]
        status = ORDER.index(status_of(finding, rule))
        group = max(status, ORDER.index(Status.NOT_SCREENED))
        decided = finding.rule in decides
        return group, rule.draft, not decided, effect_rank(rule.effect), status

    return sorted(findings, key=place)
