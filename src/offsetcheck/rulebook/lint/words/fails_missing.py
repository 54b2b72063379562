from collections.abc import Iterator
from dataclasses import replace

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

ENGLISH = "en"  # every rule has it, and it stands in where a translation is missing


def rules_say_what_is_wrong(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules whose cause a reader would be told by the title, which states the ideal."""
    for rule in rulebook.rules.values():
        if ENGLISH in rule.file.says and rule.file.says[ENGLISH].fails is None:
            hint = "add `fails:`, one sentence on what is wrong where the rule is not met"
            message = "the rule does not say what is wrong"
            found = problem_at(rule, ("says", ENGLISH), message, hint)
            yield replace(found, names=f"text rule.{rule.file.id}.fails")


CHECK = Check(
    id="words.fails_missing",
    severity=Severity.WARNING,
    title="A rule does not say what is wrong",
    finds="Rules without `fails` in their English words.",
    why="A refusal would give the title as its cause, and the title states the ideal.",
    wrong="""\
says:
  en:
    requires: The vintage is at most five years old.
""",
    right="""\
says:
  en:
    requires: The vintage is at most five years old.
    fails: The vintage is {vintage_age} old.
""",
    step="Add `fails:`, one sentence on what is wrong where the rule is not met.",
    look=rules_say_what_is_wrong,
)
