"""A cell's number in the unit of its field: what the cell or its heading says is converted."""

from dataclasses import dataclass
from functools import partial

from offsetcheck.intake.normalise.amounts import Amount, Bound, exact, is_plain, read_amount
from offsetcheck.intake.normalise.numbers import NumberStyle
from offsetcheck.intake.normalise.text import Reader, is_placeholder, key, shown
from offsetcheck.intake.normalise.units import TONNE, Unit, base_of, into
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.problem import UnreadableError

PRICES = frozenset({"price"})
"""Fields that are money for a tonne; the dictionary gives money no unit."""

SEVERAL_UNITS = "cells name a unit that is not the heading's"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a heading says of the unit of its column.

    A number without a unit of its own is `scale` times itself, in `unit`, or for a price `per` a
    unit. `whole`: the numbers are prices of whole lots. `said` is how messages name it and what it
    does, as `kt, × 1,000`; None where it does nothing.
    """

    unit: Unit | None = None
    per: Unit | None = None
    scale: float = 1.0
    whole: bool = False
    said: str | None = None


AS_WRITTEN = Conversion()


def quantity_reader(field: Field, style: NumberStyle, heading: Conversion) -> Reader:
    """Return the reader of a field of numbers: each in the field's unit, whatever its cell's."""
    if field.name == "rating":
        return partial(read_rating, style=style)
    if field.name in PRICES:
        return partial(_price, style=style, heading=heading)
    return partial(_quantity, style=style, heading=heading, field=field)


def keeps_numbers(field: Field, heading: Conversion) -> bool:
    """Return whether digits alone are the value of a field of numbers, as they stand."""
    if field.name == "rating":
        return False
    if field.name in PRICES:
        return _of_price(heading) == 1.0
    return _of_heading(heading, base_of(field.unit)) == 1.0


def _quantity(text: str, style: NumberStyle, heading: Conversion, field: Field) -> float | None:
    if heading is AS_WRITTEN and is_plain(text):
        return float(text)
    amount = read_amount(text, style)
    if amount is None:
        return None
    number = _at_least(amount, text) if field.bound is not None else exact(amount, text)
    if amount.per is not None:
        raise UnreadableError(f"{shown(text)} is so much per {amount.per.name}", "write the number")
    base = base_of(field.unit)
    if amount.unit is None:
        return _scaled(number, _of_heading(heading, base))
    if base is None or (own := into(amount.unit, base)) is None:
        takes = "a number without a unit" if base is None else base.dimension.value
        raise UnreadableError(f"{shown(text)} is in {amount.unit.name}; {field.name} takes {takes}")
    return _scaled(number, _agreed(text, own, _of_heading(heading, base)))


def _price(text: str, style: NumberStyle, heading: Conversion) -> float | None:
    amount = read_amount(text, style)
    if amount is None:
        return None
    number = exact(amount, text)
    if amount.unit is not None:
        raise UnreadableError(
            f"{shown(text)} is in {amount.unit.name}; price takes money for a tonne"
        )
    told = _of_price(heading)
    if amount.per is None:
        return _scaled(number, told)
    own = into(amount.per, TONNE)
    if own is None:
        raise UnreadableError(f"{shown(text)} is no price of a tonne", "write it for a tonne")
    return _scaled(number, _agreed(text, heading.scale / own, told))


def _at_least(amount: Amount, text: str) -> float:
    """Return a stated minimum as the value; see `Field.bound`."""
    return exact(amount, text) if amount.bound is Bound.AT_MOST else amount.number


def _of_price(heading: Conversion) -> float:
    return heading.scale / (heading.per.factor if heading.per else 1.0)


def _of_heading(heading: Conversion, base: Unit | None) -> float:
    if heading.unit is None or base is None:
        return heading.scale
    return heading.scale * (into(heading.unit, base) or 1.0)


def _agreed(text: str, own: float, told: float) -> float:
    """Return the factor of a cell's own unit; a heading that converts by another contradicts it."""
    if told not in {1.0, own}:
        raise UnreadableError(
            f"{shown(text)} names a unit and its heading another",
            "write the number alone, in the unit of the heading",
            SEVERAL_UNITS,
        )
    return own


def _scaled(number: float, factor: float) -> float:
    """Return a product without the last digits that binary fractions add: 0.3 kt are 300 t."""
    return number if factor == 1.0 else float(f"{number * factor:.14g}")


def read_rating(text: str, style: NumberStyle) -> float | None:
    """Return a rating as a share of its scale: `0.75`, `6/8`, `3 of 5`, `75 %`.

    A letter, and a bare 1 that may be the lowest or the highest of any scale, raise
    UnreadableError.
    """
    if is_placeholder(text):
        return None
    number, sign, scale = (part.strip() for part in key(text).replace(" of ", "/").partition("/"))
    hint = "write it as a share of the agency's scale: 6/8, 75 % or 0.75"
    try:
        amount = read_amount(number, style)
        top = read_amount(scale, style) if sign else None
    except UnreadableError:
        raise UnreadableError(f"{shown(text)} is a rating without its scale", hint) from None
    if amount is None:
        return None
    rated = exact(amount, text)
    if top is not None and top.number > 0:
        return rated / exact(top, text)
    if amount.unit is not None:
        return rated * amount.unit.factor
    if rated >= 1:
        raise UnreadableError(f"{shown(text)} is a rating without its scale", hint)
    return rated
