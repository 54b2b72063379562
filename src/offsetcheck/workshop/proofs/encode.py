"""Expressions as formulas: Kleene's logic, with what is not stated, too weak or known in part.

Each kind of node means here what `engine.expression` makes of it; a property test holds both equal.
Only doubles are not followed: numbers are exact here, and nothing is too large to be one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import z3

from offsetcheck.engine.arithmetic import LAST_YEAR, typed
from offsetcheck.engine.knowledge import IDENTITY
from offsetcheck.rulebook.expression.nodes import (
    And,
    Arithmetic,
    Calculate,
    Compare,
    Comparison,
    Constant,
    CountTrue,
    Derived,
    FieldRef,
    Function,
    In,
    Lookup,
    Node,
    Not,
    Or,
)
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.workshop.proofs.tables import TableReader
from offsetcheck.workshop.proofs.terms import (
    Day,
    Formula,
    Listed,
    Result,
    Term,
    both,
    choose,
    every,
    floor,
    is_leap,
    number,
    opposite,
    over,
    real,
    same,
    some,
    total,
)
from offsetcheck.workshop.proofs.world import World

FEBRUARY, LEAP_DAY = 2, 29


class Encoder:
    """Trees in one world, read with an evidence floor; fields `heard` count at every grade."""

    def __init__(
        self, world: World, at_least: EvidenceGrade | None, heard: tuple[str, ...] = ()
    ) -> None:
        self._world = world
        self._at_least = at_least
        self._heard = heard
        self._terms: dict[int, tuple[Node, Term]] = {}

    def term(self, node: Node) -> Term:
        """Return the answer of a tree as formulas."""
        if id(node) not in self._terms:
            self._terms[id(node)] = (node, self._made(node))
        return self._terms[id(node)][1]

    def _made(self, node: Node) -> Term:
        match node:
            case Constant():
                return self._constant(node)
            case FieldRef():
                return self._field(node)
            case Derived():
                return self.term(node.node)
            case Lookup():
                version = self.term(node.version) if node.version is not None else None
                reader = TableReader(node, self._world, self._at_least)
                return reader.read(self._all(node.keys), version)
            case Compare():
                sides = self._all((node.left, node.right))
                return over(partial(_compared, node.operator), sides, lists=False)
            case In():
                return self._in(node)
            case And():
                return _kleene_and(self._all(node.items))
            case Or():
                return _negated(_kleene_and([_negated(one) for one in self._all(node.items)]))
            case Not():
                return _negated(self.term(node.item))
            case Calculate():
                sides = self._all((node.left, node.right))
                return over(partial(_calculated, node.operator), sides)
            case Function():
                return self._function(node)
            case CountTrue():
                return self._count_true(node)

    def _all(self, nodes: Sequence[Node]) -> list[Term]:
        return [self.term(node) for node in nodes]

    def _constant(self, node: Constant) -> Term:
        value = typed(node.value, node.type)
        if value is None:
            return Term(known=False, value=self._world.nothing(node.type))
        return Term(known=True, value=self._world.constant(value))

    def _field(self, node: FieldRef) -> Term:
        counts: Formula = True
        name = node.name
        if self._at_least is not None and name != IDENTITY and name not in self._heard:
            counts = self._world.grade(name) <= int(self._at_least)
        return Term(both(self._world.stated(name), counts), self._world.value(name))

    def _in(self, node: In) -> Term:
        options = self._all(node.options)

        def is_one_of(item: Any) -> Result:
            found = some(both(one.known, same(item, one.value)) for one in options)
            return Result(some((found, every(one.known for one in options))), found)

        return over(is_one_of, [self.term(node.item)], lists=False)

    def _function(self, node: Function) -> Term:
        arguments = self._all(node.arguments)
        match node.name:
            case "contains":
                return over(self._contains, arguments, lists=False)
            case "count_in":
                return over(self._count_in, arguments)
        return over(FUNCTIONS[node.name], arguments)

    def _contains(self, values: Listed, item: Any) -> Result:
        found = (both(self._is(item, one), times > 0) for one, times in values.times.items())
        return Result(defined=True, value=some(found))

    def _count_in(self, values: Listed, *options: Any) -> Result:
        counts = []
        for one, times in values.times.items():
            wanted = some(self._is_wanted(one, option) for option in options)
            counts.append(choose(wanted, times, 0))
        return Result(defined=True, value=real(total(counts)))

    def _is_wanted(self, one: str | float, option: Any) -> Formula:
        if isinstance(option, Listed):
            return option.times.get(one, 0) > 0
        return self._is(option, one)

    def _is(self, item: Any, one: str | float) -> Formula:
        """Return whether a value is one word, or one number, of a list."""
        return same(item, self._world.word(one) if isinstance(one, str) else number(one))

    def _count_true(self, node: CountTrue) -> Term:
        items = self._all(node.items)
        sure = total(choose(item.true, 1, 0) for item in items)
        most = total(choose(item.false, 0, 1) for item in items)
        compared = partial(_count_compared, node.operator, real(sure), real(most))
        return over(compared, [self.term(node.count)], lists=False)


def _kleene_and(terms: Sequence[Term]) -> Term:
    true = every(term.true for term in terms)
    return Term(some((true, *(term.false for term in terms))), true)


def _negated(term: Term) -> Term:
    return Term(term.known, opposite(term.value))


def _compared(operator: Comparison, left: Any, right: Any) -> Result:
    if operator in {"=", "<>"}:
        alike = same(left, right)
        return Result(defined=True, value=alike if operator == "=" else opposite(alike))
    if isinstance(left, Day):
        left, right = left.number, right.number
    return Result(defined=True, value=ORDER[operator](left, right))


def _count_compared(operator: Comparison, sure: Formula, most: Formula, count: Formula) -> Result:
    if operator in {"=", "<>"}:
        outside = some((count < sure, count > most, opposite(z3.IsInt(count))))
        met = opposite(outside)
        defined = some((outside, sure == most))
        return Result(defined, met if operator == "=" else outside)
    low, high = ORDER[operator](sure, count), ORDER[operator](most, count)
    return Result(same(low, high), low)


def _calculated(operator: Arithmetic, left: Formula, right: Formula) -> Result:
    match operator:
        case "/":
            divides = opposite(same(right, number(0)))
            return Result(divides, left / z3.If(right == 0, number(1), right))
        case "*":
            return Result(defined=True, value=left * right)
        case "+":
            return Result(defined=True, value=left + right)
    return Result(defined=True, value=left - right)


def _size(values: Listed) -> Result:
    return Result(defined=True, value=real(values.size))


def _years_between(first: Day, last: Day) -> Result:
    years = floor(last.number - first.number, 10000)
    return Result(defined=True, value=real(years))


def _days_between(first: Day, last: Day) -> Result:
    return Result(defined=True, value=real(last.ordinal - first.ordinal))


def _add_years(day: Day, years: Formula) -> Result:
    year = day.year + z3.ToInt(years)
    defined = every((z3.IsInt(years), year >= 1, year <= LAST_YEAR))
    leaps = every((day.month == FEBRUARY, day.day == LEAP_DAY, opposite(is_leap(year))))
    return Result(defined, Day(year, day.month, choose(leaps, LEAP_DAY - 1, day.day)))


def _extreme(operator: Comparison, *values: Any) -> Result:
    found = values[0]
    for value in values[1:]:
        found = choose(_compared(operator, value, found).value, value, found)
    return Result(defined=True, value=found)


def _exponential(power: Formula) -> Result:
    # Nothing is known of it but that it is one number above zero: what is proven so holds for it.
    found = z3.Function("exp", z3.RealSort(), z3.RealSort())(power)
    return Result(defined=True, value=z3.If(found > 0, found, number(1)))


def _root(square: Formula) -> Result:
    found = z3.Function("sqrt", z3.RealSort(), z3.RealSort())(square)
    return Result(defined=square >= 0, value=z3.If(found >= 0, found, -found))


ORDER: Mapping[Comparison, Callable[[Any, Any], Formula]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
FUNCTIONS: Mapping[str, Callable[..., Result]] = {
    "size": _size,
    "years_between": _years_between,
    "days_between": _days_between,
    "add_years": _add_years,
    "least": partial(_extreme, "<"),
    "greatest": partial(_extreme, ">"),
    "exp": _exponential,
    "sqrt": _root,
}
