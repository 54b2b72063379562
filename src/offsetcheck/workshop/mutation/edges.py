"""Numbers at which a comparison of a rule just turns, also where both sides are computed."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import (
    Calculate,
    Compare,
    Constant,
    Derived,
    FieldRef,
    Lookup,
    Node,
)
from offsetcheck.rulebook.expression.walk import inputs_of, walk
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import Example
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.workshop.rule_tests import pose

if TYPE_CHECKING:
    from offsetcheck.workshop.mutation.cases import Case

NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER})
ROUNDED = 6  # decimals of a number that a person would write
ENOUGH = 60
SMALL = 4  # up to which a whole step is too long


def edges(
    rulebook: Rulebook, rule: LoadedRule, bases: Sequence["Case"], day: date
) -> Iterator[tuple[str, Any]]:
    """Yield for fields of a rule the values at which one of its comparisons just turns.

    What a comparison comes to is taken for a straight line in each field; where it is none, the
    value is no edge and does no harm.
    """
    from offsetcheck.workshop.mutation.killing import Examiner

    examiner = Examiner(rulebook)
    found: dict[tuple[str, Any], None] = {}
    for base in bases:
        bound = examiner.bound(rule, base.as_of or day)
        if bound is not None:
            found |= dict.fromkeys(_of_base(rulebook, bound, base, base.as_of or day))
    yield from list(found)[:ENOUGH]


def _of_base(
    rulebook: Rulebook, bound: BoundRule, base: "Case", day: date
) -> Iterator[tuple[str, Any]]:
    for node in _comparisons(bound):
        difference = Calculate("-", node.left, node.right)
        yield from _as_the_other(rulebook, bound, base, day, node)
        for name in inputs_of(node):
            value = base.given.get(name)
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield from _turns(rulebook, bound, base, day, difference=difference, name=name)


def _as_the_other(
    rulebook: Rulebook, bound: BoundRule, base: "Case", day: date, node: Compare
) -> Iterator[tuple[str, Any]]:
    """Yield for a field on one side of a comparison what its other side comes to, and beside it."""
    for field, other in (node.left, node.right), (node.right, node.left):
        if isinstance(field, FieldRef | Derived | Lookup) and not isinstance(other, Constant):
            value = _at(rulebook, bound, base.example(), day, other, {})
            if value is not None:
                yield from ((field.name, shown) for shown in _around(round(value, ROUNDED)))


def _comparisons(bound: BoundRule) -> Iterator[Compare]:
    for tree in bound.expressions():
        for node in walk(tree):
            if isinstance(node, Compare) and _is_number(node.left):
                yield node


def _is_number(node: Node) -> bool:
    return isinstance(node, Calculate) or getattr(node, "type", None) in NUMBERS


def _turns(
    rulebook: Rulebook, bound: BoundRule, base: "Case", day: date, *, difference: Node, name: str
) -> Iterator[tuple[str, Any]]:
    at = float(base.given[name])
    first = _at(rulebook, bound, base.example(), day, difference, {name: at})
    second = _at(rulebook, bound, base.example(), day, difference, {name: at + 1})
    if first is None or second is None or first == second:
        return
    root = round(at - first / (second - first), ROUNDED)
    whole = isinstance(base.given[name], int) and not root.is_integer()
    for value in (float(floor(root)), float(ceil(root))) if whole else _around(root):
        yield name, int(value) if float(value).is_integer() else value


def _around(value: float) -> Iterator[float | int]:
    """Yield a number and two beside it, as a person would write them."""
    step = 1 if value.is_integer() and abs(value) > SMALL else 0.1
    for near in (value, value - step, value + step):
        shown = round(near, ROUNDED)
        if shown >= 0:
            yield int(shown) if shown.is_integer() else shown


def _at(
    rulebook: Rulebook,
    bound: BoundRule,
    example: Example,
    day: date,
    node: Node,
    other: dict[str, float],
) -> float | None:
    given = {**example.given, **other}
    posed = pose(rulebook, bound, example.model_copy(update={"given": given}))
    value = evaluate(node, Facts(posed.candidate, posed.purchase, day)).value
    return float(value) if isinstance(value, int | float) else None
