from collections.abc import Iterator
from itertools import pairwise

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import ParameterValue
from offsetcheck.rulebook.rules.parameters import is_tighter
from offsetcheck.vocabulary.problem import Problem, Severity

FREE = "none"  # neither side is stricter


def later_values_are_tighter_or_say_why(rulebook: Rulebook) -> Iterator[Problem]:
    """Find values that loosen a rule and carry no note."""
    for rule in rulebook.rules.values():
        for name, parameter in rule.file.parameters.items():
            for before, day in pairwise(sorted(parameter.values)):
                was, now = parameter.values[before], parameter.values[day]
                if parameter.tighter == FREE or _says_why(was, now) or was.value == now.value:
                    continue
                if not is_tighter(now.value, was.value, parameter.tighter):
                    steps = ("parameters", name, "values", day.isoformat())
                    message = f"from {day} on `{name}` is looser than before"
                    hint = "add `note:` with the reason, or see whether `tighter` is right"
                    yield problem_at(rule, steps, message, hint)


def _says_why(was: ParameterValue, now: ParameterValue) -> bool:
    """Whether a value has a note, or another text than the one before to stand on."""
    cited = now.source.guide is not None and now.source != was.source
    return now.note is not None or now.source.note is not None or cited


CHECK = Check(
    id="times.looser_later",
    severity=Severity.WARNING,
    title="A later value loosens the rule without a word",
    finds="Values looser than the one before, without a note and without a text of their own.",
    why="A limit that goes down is more often a slip of the hand than a decision.",
    wrong="""\
tighter: higher
values:
  2021-01-01: {value: 40}
  2023-01-01: {value: 4}
""",
    right="""\
tighter: higher
values:
  2021-01-01: {value: 40}
  2023-01-01: {value: 30, note: The programme shortened its term.}
""",
    step="Mend the value, or say in a note why it was loosened.",
    look=later_values_are_tighter_or_say_why,
)
