from collections.abc import Iterator
from dataclasses import replace

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def values_begin_while_the_rule_applies(rulebook: Rulebook) -> Iterator[Problem]:
    """Find values that begin when their rule has ended, and rules that begin without a value."""
    for rule in rulebook.rules.values():
        applies = rule.file.effective
        for name, parameter in rule.file.parameters.items():
            for day in parameter.values:
                if applies.until is not None and day >= applies.until:
                    steps = ("parameters", name, "values", day.isoformat())
                    message = f"the value of `{name}` begins when the rule has ended"
                    hint = f"the rule applies until {applies.until}"
                    yield problem_at(rule, steps, message, hint)
            first = min(parameter.values, default=None)
            if first is not None and first > applies.since:
                steps = ("parameters", name, "values", first.isoformat())
                message = f"from {applies.since} to {first} the rule has no value of `{name}`"
                found = problem_at(rule, steps, message, "date the value, or begin the rule later")
                yield replace(found, names=f"day {rule.file.id} {first}")


CHECK = Check(
    id="times.value_outside_rule",
    severity=Severity.WARNING,
    title="A value and its rule do not apply on the same days",
    finds=(
        "Values that begin when their rule has ended, and rules that apply before they have a "
        "value."
    ),
    why="On the days between, the rule asks for nothing that anybody could meet.",
    wrong="""\
effective: {from: 2021-01-01}
parameters:
  min_storage_years:
    values:
      2023-07-27: {value: 40}
""",
    right="""\
effective: {from: 2021-01-01}
parameters:
  min_storage_years:
    values:
      2021-01-01: {value: 30}
      2023-07-27: {value: 40}
""",
    step="Give the rule a value from its first day on.",
    look=values_begin_while_the_rule_applies,
)
