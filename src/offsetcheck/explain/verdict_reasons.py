"""The reasons of one verdict alone, without what would better it or decide it."""

from offsetcheck.explain.deciding import deciding_rules
from offsetcheck.explain.finding import finding_line, sort_key
from offsetcheck.explain.reason import candidate_reasons
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.explanation import Reason


def verdict_reasons(
    setting: Setting, candidate: Candidate, assessment: Assessment
) -> tuple[Reason, ...]:
    """Return at most three reasons of a candidate's verdict, the weightiest first."""
    context = SentenceContext.of(setting, candidate, assessment.findings)
    decides = deciding_rules(assessment, setting.bound)
    lines = [
        finding_line(finding, setting.bound.rules[finding.rule], context, decides)
        for finding in assessment.findings
    ]
    return candidate_reasons(assessment, sorted(lines, key=sort_key), context)
