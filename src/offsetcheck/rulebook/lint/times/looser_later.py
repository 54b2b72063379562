from collections.abc import Iterator
from itertools import pairwise

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.unit import parameters
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import ParameterValue
from offsetcheck.rulebook.rules.parameters import is_tighter
from offsetcheck.vocabulary.problem import Problem, Severity

HINT = "add `note:` with the reason, or see whether `tighter` is right"
FREE = "none"  # neither side is stricter


def later_values_are_tighter_or_say_why(rulebook: Rulebook) -> Iterator[Problem]:
    """Find values that loosen a rule and carry no note."""
    for full, parameter, document, steps in parameters(rulebook):
        for before, day in pairwise(sorted(parameter.values)):
            was, now = parameter.values[before], parameter.values[day]
            if parameter.tighter == FREE or _says_why(was, now) or was.value == now.value:
                continue
            if not is_tighter(now.value, was.value, parameter.tighter):
                message = f"from {day} on `{full.rpartition('.')[2]}` is looser than before"
                place = document.key_place((*steps, "values", day.isoformat()))
                yield Problem(message, place, HINT)


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
