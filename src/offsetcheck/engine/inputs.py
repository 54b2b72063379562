"""Which expressions a rule has."""

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Node


def expressions(rule: BoundRule) -> tuple[Node, ...]:
    """Return all expressions of a rule: when it applies, then what it requires or its levels."""
    levels = (condition for _, condition in rule.levels)
    return tuple(node for node in (rule.applies_when, rule.requires, *levels) if node is not None)
