"""The reader of a column, from the type of its field and how its file writes numbers and days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from offsetcheck.intake.normalise.codes import code_reader, codes_reader, read_boolean, split_list
from offsetcheck.intake.normalise.countries import read_country
from offsetcheck.intake.normalise.currencies import read_currency
from offsetcheck.intake.normalise.dates import DateStyle, date_style, read_date
from offsetcheck.intake.normalise.methodologies import read_methodology, read_version
from offsetcheck.intake.normalise.numbers import (
    NumberStyle,
    number_style,
    read_integer,
    read_number,
    read_share,
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
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.problem import UnreadableError

LONGEST_WORD = 4_000
"""Characters; no number, day, word or list of words is as long."""

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


NAMES = frozenset(
    {"name", "developer", "seller", "validator", "verifier", "location", "subdivision"}
)
"""Fields whose text names one thing: a record of an interface is none."""


@dataclass(frozen=True, slots=True)
class Styles:
    """How a file writes numbers and days, as far as its kind tells."""

    number: NumberStyle = NumberStyle.UNKNOWN
    date: DateStyle = DateStyle.UNKNOWN


UNTOLD = Styles()


def reader_for(field: Field, texts: Sequence[str], styles: Styles) -> Reader:
    """Return the reader of one column of `texts`; its values lie in the field's range."""
    return partial(_in_range, read=_reader(field, texts, styles), field=field)


def _reader(field: Field, texts: Sequence[str], styles: Styles) -> Reader:
    if field.name in NAMED:
        return NAMED[field.name]
    match field.type:
        case FieldType.NUMBER:
            read = read_share if field.range == (0, 1) else read_number
            return partial(read, style=number_style(texts, styles.number))
        case FieldType.INTEGER:
            return partial(read_integer, style=number_style(texts, styles.number))
        case FieldType.DATE:
            return partial(read_date, style=date_style(texts, styles.date))
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


def _read_integers(text: str) -> tuple[int, ...] | None:
    if is_placeholder(text):
        return None
    numbers = [read_integer(word, NumberStyle.DOT) for word in split_list(text)]
    return tuple(number for number in numbers if number is not None)


def _in_range(text: str, read: Reader, field: Field) -> Read:
    if len(text) > LONGEST_WORD and (field.type is not FieldType.TEXT or field.name in NAMED):
        raise UnreadableError(f"{shown(text)} is far too long for {field.name}")
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
