"""Problems of a loaded rule at one of its keys."""

from offsetcheck.rulebook.rulebook import LoadedRule
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.problem import Problem


def problem_at(rule: LoadedRule, steps: Steps, message: str, hint: str | None = None) -> Problem:
    """Return a problem at a key of a rule, or at its first line where the key is missing.

    How much it matters is said by the check that yields it.
    """
    return Problem(message, rule.document.key_place(steps), hint)
