from collections.abc import Iterator
from dataclasses import replace

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

ENGLISH = "en"
QUIET = ("note", "score")


def curable_rules_say_what_to_send(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rules that hold an offer up, can be mended, and do not say what to send."""
    for rule in rulebook.rules.values():
        says = rule.file.says.get(ENGLISH)
        holds = rule.file.effect not in QUIET and rule.file.curable
        if holds and says is not None and says.ask is None:
            hint = "add `ask:`, one sentence on what to send, or `curable: no`"
            found = problem_at(rule, ("says", ENGLISH), "what to send is not said", hint)
            yield replace(found, names=f"text rule.{rule.file.id}.ask")


CHECK = Check(
    id="words.ask_missing",
    severity=Severity.WARNING,
    title="A rule that can be mended does not say what to send",
    finds="Rules with an effect on the verdict that are curable and have no `ask` in English.",
    why="The letter of questions would name a gap and not how to close it.",
    wrong="""\
effect: gate
says:
  en:
    requires: The methodology is in force.
""",
    right="""\
effect: gate
says:
  en:
    requires: The methodology is in force.
    ask: State methodology and version.
""",
    step="Add `ask:`, or say with `curable: no` that nothing can be sent.",
    look=curable_rules_say_what_to_send,
)
