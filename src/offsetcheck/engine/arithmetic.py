"""Numbers and dates as rules.md §3 means them, for one value at a time."""

from collections.abc import Callable, Mapping
from datetime import date
from math import exp, isfinite, sqrt
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from offsetcheck.rulebook.expression.nodes import Arithmetic, Comparison
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value

NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER})
LAST_YEAR = 9999

COMPARE: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    "=": eq,
    "<>": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def double(value: float) -> float | None:
    """Return a number as a double, -0.0 as 0.0; None where it is not finite."""
    try:
        number = float(value)
    except OverflowError:
        return None
    return number + 0.0 if isfinite(number) else None


def typed(value: Value | None, kind: FieldType) -> Value | None:
    """Return a value as evaluators hold it: every number a double, every list a tuple."""
    if value is None:
        return None
    if kind in NUMBERS:
        return double(value)  # type: ignore[arg-type] # the dictionary says that it is a number
    if kind is FieldType.INTEGERS:
        return tuple(float(item) for item in value)  # type: ignore[union-attr,return-value]
    return value


def calculate(operator: Arithmetic, left: float, right: float) -> float | None:
    """Return the result of one operation; None for a division by zero or a result not finite."""
    if operator == "/":
        return None if right == 0 else double(left / right)
    if operator == "*":
        return double(left * right)
    return double(left + right if operator == "+" else left - right)


def year_month_day(day: date) -> int:
    """Return a day as the number YYYYMMDD."""
    return day.year * 10000 + day.month * 100 + day.day


def years_between(first: date, last: date) -> float:
    """Return the whole years from one day to another, rounded down."""
    return float((year_month_day(last) - year_month_day(first)) // 10000)


def days_between(first: date, last: date) -> float:
    """Return the days from one day to another, negative where the second is earlier."""
    return float((last - first).days)


def add_years(day: date, years: float) -> date | None:
    """Return the same day in another year, 28 February where it has no 29th.

    None where `years` is not whole or the year lies outside 1 to 9999.
    """
    year = day.year + years
    if years != int(years) or not 1 <= year <= LAST_YEAR:
        return None
    try:
        return day.replace(year=int(year))
    except ValueError:
        return day.replace(year=int(year), day=28)


def exponential(number: float) -> float | None:
    """Return e to the power of a number; None where that is not finite."""
    try:
        return double(exp(number))
    except OverflowError:
        return None


def root(number: float) -> float | None:
    """Return the square root of a number; None for one below zero."""
    return None if number < 0 else double(sqrt(number))


def compare_count(operator: Comparison, lowest: int, highest: int, count: float) -> bool | None:
    """Compare a count that lies between two numbers with a third: None where both can be."""
    if operator == "=":
        return _same(lowest, highest, count)
    if operator == "<>":
        same = _same(lowest, highest, count)
        return None if same is None else not same
    answers = {COMPARE[operator](lowest, count), COMPARE[operator](highest, count)}
    return answers.pop() if len(answers) == 1 else None


def _same(lowest: int, highest: int, count: float) -> bool | None:
    if not lowest <= count <= highest or count != int(count):
        return False
    return True if lowest == highest else None


def key_text(value: Value) -> str:
    """Return a value as the text that a reference table's key column holds."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
