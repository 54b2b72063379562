"""Problems of a loaded rule at one of its keys."""

from offsetcheck.rulebook.rulebook import LoadedRule
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.problem import Problem, Severity


def problem_at(
    rule: LoadedRule,
    steps: Steps,
    message: str,
    hint: str | None = None,
    *,
    severity: Severity = Severity.WARNING,
) -> Problem:
    """Return a problem at a key of a rule, or at its first line where the key is missing."""
    return Problem(message, rule.document.key_place(steps), hint, severity)
