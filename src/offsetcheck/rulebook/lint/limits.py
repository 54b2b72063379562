from collections.abc import Iterator

from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.lint.levels import Limit, limit_of
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem


def limits_are_shown_on_both_sides(rulebook: Rulebook) -> Iterator[Problem]:
    """Find limits on a field that several examples give, all on one side.

    A field that one example gives may be computed from others in the rest.
    """
    for rule in rulebook.rules.values():
        for limit in dict.fromkeys(_limits(rule)):
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
