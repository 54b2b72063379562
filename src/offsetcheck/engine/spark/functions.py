"""The operators and functions of expressions as SQL, of arguments that are known.

In ANSI mode Spark raises where a number cannot be had; each text holds back what would.
"""

from collections.abc import Callable, Mapping, Sequence

from offsetcheck.engine.arithmetic import LAST_YEAR
from offsetcheck.rulebook.expression.nodes import Arithmetic, Comparison
from offsetcheck.vocabulary.dictionary import FieldType

LARGEST = "1.7976931348623157E308D"
LISTS = frozenset({FieldType.CODES, FieldType.INTEGERS})


def finite(number: str) -> str:
    """Return a double, NULL where it is not finite, -0.0 as 0.0."""
    return f"CASE WHEN abs({number}) <= {LARGEST} THEN {number} + 0.0D END"


def compare(operator: Comparison) -> Callable[[str, str], str]:
    """Return a comparison of two values."""
    return lambda left, right: f"({left} {operator} {right})"


def calculate(operator: Arithmetic) -> Callable[[str, str], str]:
    """Return an operation on two doubles; a division by zero has no result."""
    if operator == "/":
        return lambda left, right: finite(f"({left} / nullif({right}, 0.0D))")
    return lambda left, right: finite(f"({left} {operator} {right})")


def compare_count(operator: Comparison, sure: str, most: str) -> Callable[[str], str]:
    """Return a comparison of the interval between two counts with a third."""

    def same(count: str) -> str:
        within = f"{sure} <= {count} AND {count} <= {most} AND {count} = rint({count})"
        return f"CASE WHEN NOT ({within}) THEN false WHEN {sure} = {most} THEN true END"

    def ordered(count: str) -> str:
        lowest, highest = f"({sure} {operator} {count})", f"({most} {operator} {count})"
        return f"CASE WHEN {lowest} = {highest} THEN {lowest} END"

    if operator == "=":
        return same
    return (lambda count: f"(NOT {same(count)})") if operator == "<>" else ordered


def function(name: str, kinds: Sequence[FieldType]) -> Callable[..., str]:
    """Return a function of the closed list for arguments of some types."""
    if name == "count_in":
        return lambda values, *options: _count_in(values, options, kinds[1:])
    return FUNCTIONS[name]


def _count_in(values: str, options: Sequence[str], kinds: Sequence[FieldType]) -> str:
    lists = [
        option if kind in LISTS else f"array({option})"
        for option, kind in zip(options, kinds, strict=True)
    ]
    wanted = lists[0] if len(lists) == 1 else f"concat({', '.join(lists)})"
    return f"CAST(size(filter({values}, y -> array_contains({wanted}, y))) AS DOUBLE)"


def _year_month_day(day: str) -> str:
    return f"(year({day}) * 10000 + month({day}) * 100 + day({day}))"


def _years_between(first: str, last: str) -> str:
    # `div` cuts towards zero; whole years are rounded down.
    days = f"({_year_month_day(last)} - {_year_month_day(first)})"
    return f"CAST(floor({days} / 10000.0D) AS DOUBLE)"


def _days_between(first: str, last: str) -> str:
    return f"CAST(datediff({last}, {first}) AS DOUBLE)"


def _add_years(day: str, years: str) -> str:
    # Spark may compute what stands behind a WHEN before it: no number of years makes this raise.
    whole = f"{years} = rint({years})"
    possible = f"{whole} AND year({day}) + {years} BETWEEN 1.0D AND {LAST_YEAR}.0D"
    held = f"greatest(least({years}, {LAST_YEAR}.0D), -{LAST_YEAR}.0D)"
    return f"CASE WHEN {possible} THEN add_months({day}, CAST({held} AS INT) * 12) END"


def _extreme(name: str) -> Callable[..., str]:
    # Spark's own leave NULL out and want two arguments; ours are known.
    return lambda *values: values[0] if len(values) == 1 else f"{name}({', '.join(values)})"


FUNCTIONS: Mapping[str, Callable[..., str]] = {
    "contains": lambda values, item: f"array_contains({values}, {item})",
    "size": lambda values: f"CAST(size({values}) AS DOUBLE)",
    "years_between": _years_between,
    "days_between": _days_between,
    "add_years": _add_years,
    "least": _extreme("least"),
    "greatest": _extreme("greatest"),
    "exp": lambda number: finite(f"exp({number})"),
    "sqrt": lambda number: f"CASE WHEN {number} >= 0.0D THEN sqrt({number}) END",
}
