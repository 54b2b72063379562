from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.problem import Problem, Severity


def papers_reach_what_is_asked(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules that ask for evidence which none of the papers that they name can give."""
    kinds = rulebook.dictionary.documents
    for rule in rulebook.rules.values():
        asked = rule.file.evidence.at_least
        named = [name for name in rule.file.evidence.documents if name in kinds]
        if asked is None or not named:
            continue
        best = min(kinds[name].ceiling for name in named)
        if best > EvidenceGrade[asked]:
            message = f"at least {asked} is asked, and the papers give {best.name} at best"
            hint = "name a paper that can give it, or ask for less"
            yield problem_at(rule, ("evidence", "at_least"), message, hint)


CHECK = Check(
    id="evidence.papers_cannot_reach",
    severity=Severity.ERROR,
    title="No paper that is named can give the evidence that is asked",
    finds="Rules whose floor of evidence lies above what each of their papers can give.",
    why="A bidder would send what the rule names and still be told that it is too weak.",
    wrong="""\
evidence: {at_least: E2, documents: [monitoring_report]}
""",
    right="""\
evidence: {at_least: E2, documents: [verification_report]}
""",
    step="Name a paper that can give the grade, or ask for a weaker one.",
    look=papers_reach_what_is_asked,
)
