"""Answers of expressions as formulas: whether one is known, what it is then, and known in part.

A value is a formula by its type: of truth, of a real number, of a word (its place in the list of
words, as bits), a day in its three parts, a list by how often each word is in it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import z3

Formula = Any
"""A formula of z3; truths may be plain `True` and `False`, so that what is settled stays small."""

MONTHS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


class Day(NamedTuple):
    """A day as year, month and day of the month."""

    year: Formula
    month: Formula
    day: Formula

    @property
    def number(self) -> Formula:
        """The day as YYYYMMDD."""
        return self.year * 10000 + self.month * 100 + self.day

    @property
    def ordinal(self) -> Formula:
        """The day counted from the first of the year 1."""
        before = self.year - 1
        leap_days = floor(before, 4) - floor(before, 100) + floor(before, 400)
        in_year = _days_before(self.month) + self.day
        extra = choose(both(self.month > 2, is_leap(self.year)), 1, 0)  # noqa: PLR2004 - February
        return before * 365 + leap_days + in_year + extra


class Listed(NamedTuple):
    """A list: how often each word or number that matters is in it, and how many others are."""

    times: Mapping[Any, Formula]
    others: Formula

    @property
    def size(self) -> Formula:
        """How long the list is."""
        return total((*self.times.values(), self.others))


@dataclass(frozen=True, slots=True)
class Term:
    """An answer: `value` where it is `known`; `several` are guards and the values possible then.

    The guards exclude each other and `known`; where none holds, the answer is unknown.
    """

    known: Formula
    value: Any
    several: tuple[tuple[Formula, tuple[Any, ...]], ...] = ()

    @property
    def true(self) -> Formula:
        """Whether the answer is known and true."""
        return both(self.known, self.value)

    @property
    def false(self) -> Formula:
        """Whether the answer is known and false."""
        return both(self.known, opposite(self.value))


class Result(NamedTuple):
    """What a function comes to on known values: whether it has an answer, and which."""

    defined: Formula
    value: Any


def is_plain(formula: Formula) -> bool:
    """Whether a formula is a settled truth."""
    return formula is True or formula is False


def every(formulas: Iterable[Formula]) -> Formula:
    """Return whether all hold."""
    left = [one for one in formulas if one is not True]
    if any(one is False for one in left):
        return False
    if not left:
        return True
    return left[0] if len(left) == 1 else z3.And(left)


def some(formulas: Iterable[Formula]) -> Formula:
    """Return whether one of them holds."""
    left = [one for one in formulas if one is not False]
    if any(one is True for one in left):
        return True
    if not left:
        return False
    return left[0] if len(left) == 1 else z3.Or(left)


def both(first: Formula, second: Formula) -> Formula:
    """Return whether two hold."""
    return every((first, second))


def opposite(formula: Formula) -> Formula:
    """Return whether a formula does not hold."""
    return not formula if is_plain(formula) else z3.Not(formula)


def choose(condition: Formula, first: Any, second: Any) -> Any:
    """Return one value where a condition holds, else the other; both are of one type."""
    if is_plain(condition):
        return first if condition else second
    if isinstance(first, Day):
        return Day(*(choose(condition, a, b) for a, b in zip(first, second, strict=True)))
    if isinstance(first, Listed):
        return _choose_list(condition, first, second)
    if is_plain(first) or is_plain(second):
        return some((both(condition, first), both(opposite(condition), second)))
    return z3.If(condition, first, second)


def _choose_list(condition: Formula, first: Listed, second: Listed) -> Listed:
    words = dict.fromkeys((*first.times, *second.times))
    times = {w: choose(condition, first.times.get(w, 0), second.times.get(w, 0)) for w in words}
    return Listed(times, choose(condition, first.others, second.others))


def same(first: Any, second: Any) -> Formula:
    """Return whether two values of one type are equal."""
    if isinstance(first, Day):
        return every(same(a, b) for a, b in zip(first, second, strict=True))
    if isinstance(first, Listed):
        return _same_list(first, second)
    if is_plain(first):
        return second if first else opposite(second)
    if is_plain(second):
        return first if second else opposite(first)
    return first == second


def _same_list(first: Listed, second: Listed) -> Formula:
    words = dict.fromkeys((*first.times, *second.times))
    alike = (same(first.times.get(word, 0), second.times.get(word, 0)) for word in words)
    return every((*alike, same(first.others, second.others)))


def total(counts: Iterable[Formula]) -> Formula:
    """Return a sum of whole numbers."""
    parts = list(counts)
    plain = sum(one for one in parts if isinstance(one, int))
    left = [one for one in parts if not isinstance(one, int)]
    return z3.Sum([*left, plain]) if left else plain


def real(value: Formula) -> Formula:
    """Return a whole number as a number."""
    return number(value) if isinstance(value, int) else z3.ToReal(value)


def number(value: float) -> Formula:
    """Return a double as the rational number that it is."""
    above, below = float(value).as_integer_ratio()
    return z3.RatVal(above, below)


def floor(value: Formula, divisor: int) -> Formula:
    """Return a whole number divided and rounded down."""
    return value // divisor if isinstance(value, int) else value / divisor


def is_leap(year: Formula) -> Formula:
    """Return whether a year has a 29th of February."""
    by_four, by_hundred, by_all = (year % n == 0 for n in (4, 100, 400))
    return both(by_four, some((opposite(by_hundred), by_all)))


def days_in(year: Formula, month: Formula) -> Formula:
    """Return how many days a month has."""
    short = some(month == one for one in (4, 6, 9, 11))
    february = choose(is_leap(year), 29, 28)
    return choose(month == 2, february, choose(short, 30, 31))  # noqa: PLR2004 - February


def _days_before(month: Formula) -> Formula:
    days: Formula = MONTHS_BEFORE[0]
    for place, before in enumerate(MONTHS_BEFORE[1:], start=2):
        days = choose(month >= place, before, days)
    return days


def over(apply: Callable[..., Result], terms: Sequence[Term], *, lists: bool = True) -> Term:
    """Return a function of answers, as `engine.possible.over`: one of them may be known in part.

    `lists` says that what it comes to can be known in part too; truths cannot.
    """
    result = apply(*(term.value for term in terms))
    known = every((*(term.known for term in terms), result.defined))
    value, several = result.value, []
    for place, term in enumerate(terms):
        others = [one.known for at, one in enumerate(terms) if at != place]
        for guard, values in term.several:
            stands = every((guard, *others))
            answers = [
                apply(*(v if at == place else one.value for at, one in enumerate(terms)))
                for v in values
            ]
            settled, open_ = _together(stands, answers)
            value = choose(settled, answers[0].value, value)
            known = some((known, settled))
            if lists and open_ is not False:
                several.append((open_, tuple(answer.value for answer in answers)))
    return Term(known, value, tuple(several))


def _together(stands: Formula, answers: Sequence[Result]) -> tuple[Formula, Formula]:
    """Return when several answers are one, and when they are several that are all known."""
    defined = every((stands, *(answer.defined for answer in answers)))
    alike = every(same(answers[0].value, answer.value) for answer in answers[1:])
    return both(defined, alike), both(defined, opposite(alike))
