"""Scores candidate carbon-offset projects for a city and explains each verdict.

The names of `__all__` are what a program uses; each is imported when it is first asked for, so that
importing the package costs nothing. docs/api.md shows them at work.
"""

TYPE_CHECKING = False  # type checkers know the name; `typing` would cost half of the import
if TYPE_CHECKING:
    from offsetcheck.api.assess import AssessResult, assess
    from offsetcheck.api.award import AwardView, award
    from offsetcheck.api.batch import BatchSummary, batch
    from offsetcheck.api.case import Case, open_rulebook, open_tender
    from offsetcheck.api.compare import Comparison, compare
    from offsetcheck.api.drift import Drift, drift
    from offsetcheck.api.judge import JudgedOffer, explain_offer, judge
    from offsetcheck.api.judge_list import BatchOptions, ListResult
    from offsetcheck.api.lookback import Lookback, lookback
    from offsetcheck.api.progress import Progress
    from offsetcheck.api.request import Knowledge, Request
    from offsetcheck.api.rules import CheckedRules, check_rules
    from offsetcheck.api.samples import copy_rules, copy_samples
    from offsetcheck.api.write import write
    from offsetcheck.ground.version import __version__
    from offsetcheck.rulebook.rulebook import Rulebook
    from offsetcheck.vocabulary.assessment import Assessment, PurchaseAssessment, Verdict
    from offsetcheck.vocabulary.candidate import Candidate
    from offsetcheck.vocabulary.explanation import CandidateExplanation, PurchaseExplanation
    from offsetcheck.vocabulary.problem import (
        InputError,
        OffsetcheckError,
        OutputError,
        Place,
        Problem,
        RequestError,
        RulebookError,
        Severity,
    )
    from offsetcheck.vocabulary.reading import Reading

__all__ = [
    "AssessResult",
    "Assessment",
    "AwardView",
    "BatchOptions",
    "BatchSummary",
    "Candidate",
    "CandidateExplanation",
    "Case",
    "CheckedRules",
    "Comparison",
    "Drift",
    "InputError",
    "JudgedOffer",
    "Knowledge",
    "ListResult",
    "Lookback",
    "OffsetcheckError",
    "OutputError",
    "Place",
    "Problem",
    "Progress",
    "PurchaseAssessment",
    "PurchaseExplanation",
    "Reading",
    "Request",
    "RequestError",
    "Rulebook",
    "RulebookError",
    "Severity",
    "Verdict",
    "__version__",
    "assess",
    "award",
    "batch",
    "check_rules",
    "compare",
    "copy_rules",
    "copy_samples",
    "drift",
    "explain_offer",
    "judge",
    "lookback",
    "open_rulebook",
    "open_tender",
    "write",
]

# Where each name is defined; the imports above say the same to whoever checks types.
_HOMES = {
    "AssessResult": "api.assess",
    "assess": "api.assess",
    "AwardView": "api.award",
    "award": "api.award",
    "BatchSummary": "api.batch",
    "batch": "api.batch",
    "Case": "api.case",
    "open_rulebook": "api.case",
    "open_tender": "api.case",
    "Comparison": "api.compare",
    "compare": "api.compare",
    "Drift": "api.drift",
    "drift": "api.drift",
    "JudgedOffer": "api.judge",
    "explain_offer": "api.judge",
    "judge": "api.judge",
    "BatchOptions": "api.judge_list",
    "ListResult": "api.judge_list",
    "Lookback": "api.lookback",
    "lookback": "api.lookback",
    "Progress": "api.progress",
    "Knowledge": "api.request",
    "Request": "api.request",
    "CheckedRules": "api.rules",
    "check_rules": "api.rules",
    "copy_rules": "api.samples",
    "copy_samples": "api.samples",
    "write": "api.write",
    "__version__": "ground.version",
    "Rulebook": "rulebook.rulebook",
    "Assessment": "vocabulary.assessment",
    "PurchaseAssessment": "vocabulary.assessment",
    "Verdict": "vocabulary.assessment",
    "Candidate": "vocabulary.candidate",
    "CandidateExplanation": "vocabulary.explanation",
    "PurchaseExplanation": "vocabulary.explanation",
    "InputError": "vocabulary.problem",
    "OffsetcheckError": "vocabulary.problem",
    "OutputError": "vocabulary.problem",
    "Place": "vocabulary.problem",
    "Problem": "vocabulary.problem",
    "RequestError": "vocabulary.problem",
    "RulebookError": "vocabulary.problem",
    "Severity": "vocabulary.problem",
    "Reading": "vocabulary.reading",
}


def __getattr__(name: str) -> object:
    """Return a name of the interface, imported when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the names of the interface, for whoever completes words."""
    return sorted({*globals(), *__all__})
