"""What limit a comparison of a rule sets."""

from typing import NamedTuple

from offsetcheck.rulebook.expression.nodes import Compare, Constant, FieldRef, Node
from offsetcheck.rulebook.rulebook import LoadedRule

RISING, FALLING = frozenset((">", ">=")), frozenset(("<", "<="))


class Limit(NamedTuple):
    """A comparison of one field with one number.

    `rising` says that more is better; `includes_upper` that the number itself counts as above.
    """

    field: str
    rising: bool
    number: float
    includes_upper: bool


def limit_of(rule: LoadedRule, tree: Node | None) -> Limit | None:
    """Return the limit that a comparison sets, None for any other node."""
    if not isinstance(tree, Compare) or tree.operator not in RISING | FALLING:
        return None
    if not isinstance(tree.left, FieldRef) or not isinstance(tree.right, Constant):
        return None
    number = _number(rule, tree.right)
    if number is None:
        return None
    includes_upper = tree.operator in {">=", "<"}
    return Limit(tree.left.name, tree.operator in RISING, number, includes_upper)


def _number(rule: LoadedRule, constant: Constant) -> float | None:
    """Return a literal, or the last value of a parameter where that is a number."""
    value: object = constant.value
    if constant.name is not None and constant.name.startswith("$"):
        parameter = rule.parameters.get(constant.name.removeprefix("$"))
        dated = parameter.values if parameter is not None else {}
        value = dated[max(dated)].value if dated else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
