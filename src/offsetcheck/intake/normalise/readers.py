"""The reader of a column, from the type of its field and how its file writes numbers and days."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from offsetcheck.intake.normalise.amounts import is_plain, read_integer
from offsetcheck.intake.normalise.codes import code_reader, codes_reader, read_boolean, split_list
from offsetcheck.intake.normalise.countries import read_country
from offsetcheck.intake.normalise.currencies import read_currency
from offsetcheck.intake.normalise.dates import DateStyle, read_date
from offsetcheck.intake.normalise.methodologies import read_methodology, read_version
from offsetcheck.intake.normalise.numbers import NumberStyle, is_typed
from offsetcheck.intake.normalise.quantities import (
    AS_WRITTEN,
    Conversion,
    keeps_numbers,
    quantity_reader,
)
from offsetcheck.intake.normalise.sdgs import read_sdgs
from offsetcheck.intake.normalise.text import (
    OneOf,
    Read,
    Reader,
    is_placeholder,
    read_name,
    read_text,
    shown,
)
from offsetcheck.intake.normalise.years import CALENDAR_YEAR, read_years
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.problem import UnreadableError

LONGEST_WORD = 4_000
"""Characters; no number, day, word or list of words is as long."""

LONGEST_NAME = 500
"""Characters; the longest name of a party or project in registries has fewer than 300."""

# Fields whose text has a form of its own.
NAMED: dict[str, Reader] = {
    "currency": read_currency,
    "country": read_country,
    "source_country": read_country,
    "methodology": read_methodology,
    "methodology_version": read_version,
    "sdgs_claimed": read_sdgs,
    "sdgs_verified": read_sdgs,
}


NUMBERS = frozenset({FieldType.NUMBER, FieldType.INTEGER})

_FRACTION = re.compile(r"[0-9]{1,15}\.[0-9]{1,15}")
"""A fraction without a sign: of minus zero there is none."""

NAMES = frozenset(
    {"name", "developer", "seller", "validator", "verifier", "location", "subdivision"}
)
"""Fields whose text names one thing: a record of an interface is none."""


@dataclass(frozen=True, slots=True)
class Styles:
    """How a file writes numbers and days, as far as its kind tells or its cells have decided.

    `separator` parts the cells of separated text. `typed`: a cell may hold a number and not its
    text, and stands here as we write numbers, whatever the file's own style. `dotted` says which
    comes first in 3.4.2020.
    """

    number: NumberStyle = NumberStyle.UNKNOWN
    date: DateStyle = DateStyle.UNKNOWN
    separator: str | None = None
    typed: bool = False
    dotted: DateStyle = DateStyle.DAY_FIRST


UNTOLD = Styles()


def reader_for(field: Field, styles: Styles, heading: Conversion = AS_WRITTEN) -> Reader:
    """Return the reader of a field in a file of some styles; its values lie in the field's range.

    `heading` is what the heading says of the unit of numbers.
    """
    read = careful_reader(field, styles, heading)
    if field.name in NAMED or field.type not in NUMBERS:
        return read
    if field.type is FieldType.INTEGER:
        return _plain_first(read, field, int, is_plain)
    if not keeps_numbers(field, heading):
        return read
    return _plain_first(read, field, float, _is_plain_or_typed if styles.typed else is_plain)


def careful_reader(field: Field, styles: Styles, heading: Conversion = AS_WRITTEN) -> Reader:
    """Return what reads as `reader_for` says, and takes each text apart, digits alone too."""
    return partial(_in_range, read=_reader(field, styles, heading), field=field)


def _plain_first(
    read: Reader, field: Field, number: Callable[[str], float], plainly: Callable[[str], bool]
) -> Reader:
    """Return a reader that takes the digits of most cells of long lists as they stand.

    What `read` gives for them is the same; it would take apart each one.
    """
    low, high = field.range or (None, None)
    least = -math.inf if low is None else low
    most = math.inf if high is None else high

    def first(text: str) -> Read:
        if plainly(text) and least <= (value := number(text)) <= most:
            return value
        return read(text)

    return first


def _is_plain_or_typed(text: str) -> bool:
    """Whether a text is digits, or the decimal fraction of a number that a cell held as such."""
    return is_plain(text) or (_FRACTION.fullmatch(text) is not None and is_typed(text))


def _reader(field: Field, styles: Styles, heading: Conversion) -> Reader:
    if field.name in NAMED:
        return NAMED[field.name]
    if field.type in {FieldType.NUMBER, FieldType.INTEGER}:
        read = _numbers(field, styles.number, heading)
        return (
            _typed_first(read, _numbers(field, NumberStyle.DOT, heading)) if styles.typed else read
        )
    match field.type:
        case FieldType.DATE:
            return partial(read_date, style=styles.date, dotted=styles.dotted)
        case FieldType.BOOLEAN:
            return read_boolean
        case FieldType.CODE:
            return code_reader(field)
        case FieldType.CODES:
            return codes_reader(field)
        case FieldType.INTEGERS:
            return _read_integers
        case FieldType.TEXT:
            return read_name if field.name in NAMES else read_text


def _numbers(field: Field, style: NumberStyle, heading: Conversion) -> Reader:
    if field.type is FieldType.NUMBER:
        return quantity_reader(field, style, heading)
    return partial(read_years if field.unit == CALENDAR_YEAR else read_integer, style=style)


def _typed_first(read: Reader, typed: Reader) -> Reader:
    """Read what we may have written for a typed number as such, all else in the file's style."""
    return lambda text: typed(text) if is_plain(text) or is_typed(text) else read(text)


def _read_integers(text: str) -> tuple[int, ...] | None:
    if is_placeholder(text):
        return None
    numbers = [read_integer(word, NumberStyle.DOT) for word in split_list(text)]
    return tuple(number for number in numbers if number is not None)


def _in_range(text: str, read: Reader, field: Field) -> Read:
    if len(text) > LONGEST_WORD and (field.type is not FieldType.TEXT or field.name in NAMED):
        raise UnreadableError(f"{shown(text)} is far too long for {field.name}")
    if len(text) > LONGEST_NAME and field.name in NAMES and len(text.strip()) > LONGEST_NAME:
        raise UnreadableError(f"{shown(text)} is far too long a name", "write the name alone")
    if text.startswith("=") and field.type is not FieldType.TEXT:
        raise UnreadableError(f"{shown(text)} is a formula", "replace it by its value")
    value = read(text)
    if value is None or field.range is None or isinstance(value, (str, tuple, date, OneOf)):
        return value
    low, high = field.range
    if (low is not None and value < low) or (high is not None and value > high):
        limits = " to ".join("…" if limit is None else f"{limit:.15g}" for limit in field.range)
        raise UnreadableError(
            f"{shown(text)} is outside the range of {field.name}, {limits}",
            "until it is corrected it counts as not stated",
        )
    return value
