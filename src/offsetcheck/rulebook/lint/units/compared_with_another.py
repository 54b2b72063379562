from collections.abc import Iterator

from offsetcheck.rulebook.expression.nodes import Compare
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.lint.unit import unit_of
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity


def both_sides_have_one_unit(rulebook: Rulebook) -> Iterator[Problem]:
    """Find comparisons of two values of which each has a unit, and not the same."""
    for rule in rulebook.rules.values():
        for key, tree in rule.trees.items():
            for node in walk(tree):
                if not isinstance(node, Compare):
                    continue
                left, right = (unit_of(rulebook, rule, side) for side in (node.left, node.right))
                if left is not None and right is not None and left != right:
                    message = f"a value in {left} is compared with one in {right}"
                    yield problem_at(rule, tuple(key.split(".")), message, "use one unit for both")


CHECK = Check(
    id="units.compared_with_another",
    severity=Severity.ERROR,
    title="Two values of different units are compared",
    finds="Comparisons of a field or parameter with another whose unit is a different one.",
    why="Forty years are not forty percent: the comparison would hold or fail by chance.",
    wrong="""\
parameters:
  min_storage_years: {unit: percent}
requires: monitoring_years >= $min_storage_years
""",
    right="""\
parameters:
  min_storage_years: {unit: year}
requires: monitoring_years >= $min_storage_years
""",
    step="Give both sides the same unit, or compare with another field.",
    look=both_sides_have_one_unit,
)
