"""Which expressions a rule has, and which stated fields it reads."""

from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.walk import inputs_of


def expressions(rule: BoundRule) -> tuple[Node, ...]:
    """Return all expressions of a rule: when it applies, then what it requires or its levels."""
    return rule.expressions()


def rule_inputs(rule: BoundRule) -> frozenset[str]:
    """Return the names of the stated fields that a rule reads."""
    return frozenset(inputs_of(*expressions(rule)))
