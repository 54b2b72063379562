"""Numbers at which a comparison of a rule just turns, also where both sides are computed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
            near = _Near(rulebook, bound, base, base.as_of or day)
            found |= dict.fromkeys(near.edges())
    yield from list(found)[:ENOUGH]


@dataclass(frozen=True, slots=True)
class _Near:
    """An example, the rule as it stands on its day, and what expressions come to under it."""

    rulebook: Rulebook
    bound: BoundRule
    base: "Case"
    day: date

    def at(self, node: Node, other: Mapping[str, float]) -> float | None:
        """Return what a number comes to with other answers, None where it is not known."""
        given = {**self.base.given, **other}
        example = self.base.example().model_copy(update={"given": given})
        posed = pose(self.rulebook, self.bound, example)
        value = evaluate(node, Facts(posed.candidate, posed.purchase, self.day)).value
        return float(value) if isinstance(value, int | float) else None

    def edges(self) -> Iterator[tuple[str, Any]]:
        """Yield for each field the values at which a comparison just turns."""
        for node in _comparisons(self.bound):
            yield from _as_the_other(self, node)
            difference = Calculate("-", node.left, node.right)
            for name in inputs_of(node):
                value = self.base.given.get(name)
                if isinstance(value, int | float) and not isinstance(value, bool):
                    yield from _turns(self, difference, name)


def _as_the_other(near: _Near, node: Compare) -> Iterator[tuple[str, Any]]:
    """Yield for a field on one side of a comparison what its other side comes to, and beside it."""
    for asked, other in (node.left, node.right), (node.right, node.left):
        if isinstance(asked, FieldRef | Derived | Lookup) and not isinstance(other, Constant):
            value = near.at(other, {})
            if value is not None:
                yield from ((asked.name, shown) for shown in _around(round(value, ROUNDED)))


def _comparisons(bound: BoundRule) -> Iterator[Compare]:
    for tree in bound.expressions():
        for node in walk(tree):
            if isinstance(node, Compare) and _is_number(node.left):
                yield node


def _is_number(node: Node) -> bool:
    return isinstance(node, Calculate) or getattr(node, "type", None) in NUMBERS


def _turns(near: _Near, difference: Node, name: str) -> Iterator[tuple[str, Any]]:
    at = near.base.given[name]  # a field of whole numbers takes no other
    first, second = near.at(difference, {name: at}), near.at(difference, {name: at + 1})
    if first is None or second is None or first == second:
        return
    root = round(at - first / (second - first), ROUNDED)
    whole = isinstance(near.base.given[name], int) and not root.is_integer()
    for value in (float(floor(root)), float(ceil(root))) if whole else _around(root):
        yield name, int(value) if float(value).is_integer() else value


def _around(value: float) -> Iterator[float | int]:
    """Yield a number and two beside it, as a person would write them."""
    step = 1 if value.is_integer() and abs(value) > SMALL else 0.1
    for near in (value, value - step, value + step):
        shown = round(near, ROUNDED)
        if shown >= 0:
            yield int(shown) if shown.is_integer() else shown
