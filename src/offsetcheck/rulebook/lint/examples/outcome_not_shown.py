from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def examples_show_every_side(rulebook: Rulebook) -> Iterator[Problem]:
    """Find outcomes that no example shows: each side of a limit, and what is unknown."""
    for rule in rulebook.rules.values():
        if rule.file.tests:
            for word in _missing(rule):
                yield problem_at(rule, ("tests",), f"no example shows `{word}`")


def _missing(rule: LoadedRule) -> Iterator[str]:
    shown = {example.expect for example in rule.file.tests}
    levels = [level for level, _ in rule.file.conditions if level is not None]
    wanted = levels if rule.file.is_scale else ["pass", "fail"]
    wanted += ["not_applicable"] if rule.file.applies_when is not None else []
    yield from (word for word in wanted if word not in shown)
    if "unknown" not in shown:
        yield "unknown"


CHECK = Check(
    id="examples.outcome_not_shown",
    severity=Severity.WARNING,
    title="No example shows an outcome",
    finds=(
        "Outcomes of a rule that none of its examples expects: `pass`, `fail` or each "
        "level, `unknown`, and `not_applicable` where it has `applies_when`."
    ),
    why=("An outcome that no example shows can be changed by mistake without anybody being told."),
    wrong="""\
tests:
  - {name: long, given: {monitoring_years: 40}, expect: pass}
""",
    right="""\
tests:
  - {name: long, given: {monitoring_years: 40}, expect: pass}
  - {name: short, given: {monitoring_years: 39}, expect: fail}
  - {name: silent, given: {}, expect: unknown}
""",
    step="Add an example that expects it.",
    look=examples_show_every_side,
)
