"""The functions of expressions on known values, by the names that rules call them."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

from offsetcheck.engine.arithmetic import add_years, days_between, exponential, root, years_between
from offsetcheck.vocabulary.evidence import Value


def is_one_of(options: Sequence[Value | None], item: Value) -> bool | None:
    """Return whether a value is one of several, of which unknown ones (None) could be any."""
    if item in options:
        return True
    return None if None in options else False


def _contains(values: tuple[Any, ...], item: Any) -> bool:
    return item in values


def _count_in(values: tuple[Any, ...], *options: Any) -> float:
    wanted = {item for option in options for item in _items(option)}
    return float(sum(value in wanted for value in values))


def _items(option: Any) -> tuple[Any, ...]:
    return option if isinstance(option, tuple) else (option,)


def _size(values: tuple[Any, ...]) -> float:
    return float(len(values))


def _least(*values: Any) -> Any:
    return reduce(min, values)


def _greatest(*values: Any) -> Any:
    return reduce(max, values)


FUNCTIONS: Mapping[str, Callable[..., Value | None]] = {
    "contains": _contains,
    "count_in": _count_in,
    "size": _size,
    "years_between": years_between,
    "days_between": days_between,
    "add_years": add_years,
    "least": _least,
    "greatest": _greatest,
    "exp": exponential,
    "sqrt": root,
}
