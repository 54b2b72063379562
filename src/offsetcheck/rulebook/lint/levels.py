from collections.abc import Iterator
from typing import NamedTuple

from offsetcheck.rulebook.expression.nodes import Compare, Constant, FieldRef, Node
from offsetcheck.rulebook.expression.of_rule import tree_key
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.vocabulary.problem import Problem

RISING, FALLING = frozenset((">", ">=")), frozenset(("<", "<="))


class Limit(NamedTuple):
    """A comparison of one field with one number.

    `rising` says that more is better; `includes_upper` that the number itself counts as above.
    """

    field: str
    rising: bool
    number: float
    includes_upper: bool


def levels_can_be_reached(rulebook: Rulebook) -> Iterator[Problem]:
    """Find levels that are never given, because an earlier one always takes them."""
    for rule in rulebook.rules.values():
        yield from _repeated(rule)
        yield from _covered(rule)


def _repeated(rule: LoadedRule) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for level, text in rule.file.conditions:
        if level is None:
            continue
        plain = " ".join(text.split())
        if plain in seen:
            message = f"level {level} has the condition of level {seen[plain]} and is never given"
            yield problem_at(rule, ("levels", level), message)
        seen.setdefault(plain, level)


def _covered(rule: LoadedRule) -> Iterator[Problem]:
    """Find limits that a wider one above already holds: 5 at 40 years, then 4 at 60."""
    above: list[Limit] = []
    for level, _ in rule.file.conditions:
        limit = limit_of(rule, rule.trees.get(tree_key(level)))
        if level is None or limit is None:
            continue
        if any(_holds(wider, limit) for wider in above):
            message = f"level {level} is never given: one above it is wider"
            yield problem_at(rule, ("levels", level), message)
        above.append(limit)


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


def _holds(above: Limit, limit: Limit) -> bool:
    if (above.field, above.rising) != (limit.field, limit.rising):
        return False
    return limit.number > above.number if limit.rising else limit.number < above.number
