from collections.abc import Iterator

from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.fields.names import field_named
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.limit import Limit, limit_of
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def limits_are_shown_on_both_sides(rulebook: Rulebook) -> Iterator[Problem]:
    """Find limits on a field that several examples give, all on one side.

    A field that one example gives may be computed from others in the rest; one that is computed in
    any case is left out, for its sides are shown by what it is computed from.
    """
    for rule in rulebook.rules.values():
        for limit in dict.fromkeys(_limits(rule)):
            field = field_named(rulebook.dictionary, limit.field)
            if field is None or not field.is_input:
                continue
            given = _given(rule, limit.field)
            sides = {_above(limit, number) for number in given}
            if len(given) > 1 and len(sides) == 1:
                side = "below" if sides == {True} else "above"
                message = f"no example shows `{limit.field}` {side} {limit.number:g}"
                yield problem_at(rule, ("tests",), message)


def _limits(rule: LoadedRule) -> Iterator[Limit]:
    for tree in rule.trees.values():
        for node in walk(tree):
            limit = limit_of(rule, node)
            if limit is not None:
                yield limit


def _given(rule: LoadedRule, field: str) -> list[float]:
    values = [example.given.get(field) for example in rule.file.tests]
    return [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]


def _above(limit: Limit, number: float) -> bool:
    """Whether a number lies on the upper side; `>=` and `<` count the limit itself there."""
    return number >= limit.number if limit.includes_upper else number > limit.number


CHECK = Check(
    id="examples.one_side_of_limit",
    severity=Severity.WARNING,
    title="All examples lie on one side of a limit",
    finds=("Limits on a field that several examples give, all of them above or all of them below."),
    why=(
        "A limit that is shown on one side only can be moved, or turned round, and "
        "every example stays as it is."
    ),
    wrong="""\
requires: monitoring_years >= 40
tests:
  - {name: a, given: {monitoring_years: 40}, expect: pass}
  - {name: b, given: {monitoring_years: 60}, expect: pass}
""",
    right="""\
requires: monitoring_years >= 40
tests:
  - {name: a, given: {monitoring_years: 40}, expect: pass}
  - {name: b, given: {monitoring_years: 39}, expect: fail}
""",
    step="Add an example on the other side, as near to the limit as the field allows.",
    look=limits_are_shown_on_both_sides,
)
