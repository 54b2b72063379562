from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.layer import set_values
from offsetcheck.rulebook.lint.unit import parameters
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.problem import Problem, Severity

SHARE = "share"
ALL = 1


def shares_lie_between_none_and_all(rulebook: Rulebook) -> Iterator[Problem]:
    """Find shares above one, as forty percent typed as 40, and below nothing."""
    units: dict[str, str | None] = {}
    for full, parameter, document, steps in parameters(rulebook):
        units[full] = parameter.unit
        for day, entry in parameter.values.items() if parameter.unit == SHARE else ():
            at = (*steps, "values", day.isoformat(), "value")
            yield from _outside(document, at, entry.value)
    for made in set_values(rulebook):
        if units.get(made.full) == SHARE:
            yield from _outside(made.document, made.steps, made.value)


def _outside(document: Document, steps: Steps, value: object) -> Iterator[Problem]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return
    if value < 0:
        message = f"a share of {value:g} is less than nothing"
        yield Problem(message, document.value_place(steps), "leave out the minus")
    if value > ALL:
        hint = f"write {value / 100:g} for {value:g} percent"
        yield Problem(f"a share of {value:g} is more than all", document.value_place(steps), hint)


CHECK = Check(
    id="units.share_as_percent",
    severity=Severity.ERROR,
    title="A share is more than all, or less than nothing",
    finds="Values of parameters in shares above one or below nothing, in rules and in layers.",
    why="A limit of forty times everything is no limit: nothing ever exceeds it.",
    wrong="""\
cap:
  unit: share
  values:
    2021-01-01: {value: 40}
""",
    right="""\
cap:
  unit: share
  values:
    2021-01-01: {value: 0.4}
""",
    step="Write the share as a part of one.",
    look=shares_lie_between_none_and_all,
)
