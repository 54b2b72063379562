"""What adds up in one style alone: totals, tonnes times price, periods that end last."""

from collections.abc import Iterator, Mapping, Sequence
from math import isclose

from offsetcheck.intake.files.sheet import Sheet, key_header
from offsetcheck.intake.normalise.amounts import digits_of, read_number
from offsetcheck.intake.normalise.dates import DateStyle, day_and_month, read_date
from offsetcheck.intake.normalise.numbers import NumberStyle, number_of
from offsetcheck.intake.normalise.text import is_placeholder
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.problem import UnreadableError
from offsetcheck.vocabulary.reading import Aside

STYLES = (NumberStyle.DOT, NumberStyle.COMMA)
ORDERS = (DateStyle.DAY_FIRST, DateStyle.MONTH_FIRST)

PERIODS = (
    ("crediting_start", "crediting_end"),
    ("first_crediting_start", "crediting_end"),
    ("vintage_start", "vintage_end"),
)
"""Pairs of days of which the first cannot come after the second."""

SAME = 1e-6
"""Relative difference of two sums that are the same, rounded cents aside."""

MOST_ROWS = 2_000
"""Rows; a longer list has no total that a person wrote beneath it."""

CELLS_APART = " | "
"""What stands between the cells of a row that was set aside."""


def styles_that_add_up(sheet: Sheet, fields: Mapping[int, Field]) -> tuple[NumberStyle, str] | None:
    """Return the one style in which a total is that of its column, or tonnes times price a third.

    With the reason in words; None where no style or each of them fits.
    """
    if len(sheet) > MOST_ROWS:
        return None
    for found in (_totals(sheet, fields), _products(sheet, fields)):
        if len(found) == 1:
            return next(iter(found.items()))
    return None


def days_that_follow(sheet: Sheet, fields: Mapping[int, Field]) -> tuple[DateStyle, str] | None:
    """Return the one order in which no period of a sheet ends before it begins, and the reason."""
    at = {field.name: index for index, field in fields.items()}
    for first, last in PERIODS:
        if first in at and last in at:
            turned = {style: _turned(sheet, at[first], at[last], style) for style in ORDERS}
            right = [style for style, rows in turned.items() if not rows]
            if len(right) == 1:
                wrong = next(rows for rows in turned.values() if rows)
                header = key_header(sheet.headers[at[last]])
                line = sheet.lines[wrong[0]]
                return right[0], f"else “{header}” would come too early in line {line}"
    return None


def _totals(sheet: Sheet, fields: Mapping[int, Field]) -> dict[NumberStyle, str]:
    """Return the styles in which a row of totals holds the sum of a column of numbers."""
    rows = [row for row in sheet.aside if row.why is Aside.TOTAL]
    found: dict[NumberStyle, str] = {}
    for at, field in fields.items():
        if field.type is not FieldType.NUMBER or not rows:
            continue
        for style in STYLES:
            summed = _sum(sheet.columns[at], style)
            line = next((row.line for row in rows if summed in _numbers(row.text, style)), None)
            if summed and line is not None:
                header = key_header(sheet.headers[at])
                found[style] = f"in which “{header}” adds up to the total in line {line}"
    return found


def _products(sheet: Sheet, fields: Mapping[int, Field]) -> dict[NumberStyle, str]:
    """Return the styles in which some column is tonnes times price in each of its rows."""
    at = {field.name: index for index, field in fields.items()}
    if "tonnes" not in at or "price" not in at:
        return {}
    found: dict[NumberStyle, str] = {}
    for index in range(len(sheet.headers)):
        for style in STYLES if index not in fields else ():
            if _is_product(sheet, at["tonnes"], at["price"], index, style):
                header = key_header(sheet.headers[index])
                found[style] = f"in which “{header}” is tonnes times price"
    return found


def _is_product(sheet: Sheet, tonnes: int, price: int, index: int, style: NumberStyle) -> bool:
    columns = (sheet.columns[tonnes], sheet.columns[price], sheet.columns[index])
    rows = [row for row in zip(*columns, strict=True) if all(cell.strip() for cell in row)]
    read = [[_number(cell, style) for cell in row] for row in rows]
    right = [
        (a, b)
        for a, b, c in read
        if a is not None and b is not None and c is not None and isclose(a * b, c, rel_tol=SAME)
    ]
    return len(right) == len(read) and any(a != 1 and b != 1 for a, b in right)


def _sum(texts: Sequence[str], style: NumberStyle) -> float | None:
    """Return the sum of a column rounded to cents; None where a cell is no number in the style."""
    numbers = [_number(text, style) for text in texts if not is_placeholder(text)]
    stated = [number for number in numbers if number is not None]
    return round(sum(stated), 2) if stated and len(stated) == len(numbers) else None


def _numbers(text: str, style: NumberStyle) -> set[float]:
    """Return the numbers in the cells of a row that was set aside."""
    cells = (_number(cell, style) for cell in text.split(CELLS_APART))
    return {round(number, 2) for number in cells if number is not None}


def _number(text: str, style: NumberStyle) -> float | None:
    digits = digits_of(text)
    try:
        return number_of(digits, style, text) if digits else read_number(text, style)
    except UnreadableError:
        return None


def _turned(sheet: Sheet, first: int, last: int, style: DateStyle) -> list[int]:
    """Return the rows in which a period ends before it begins, as an order reads its days."""
    pairs = enumerate(zip(sheet.columns[first], sheet.columns[last], strict=True))
    return [row for row, pair in pairs if _is_turned(*pair, style)]


def _is_turned(first: str, last: str, style: DateStyle) -> bool:
    """Whether a period ends before it begins, where the order of its days counts at all."""
    if day_and_month(first) is None and day_and_month(last) is None:
        return False
    days = list(_days((first, last), style))
    return len(days) == len(ORDERS) and days[1] < days[0]


def _days(texts: Sequence[str], style: DateStyle) -> Iterator[int]:
    for text in texts:
        try:
            day = read_date(text, style)
        except UnreadableError:
            continue
        if day is not None:
            yield day.toordinal()
