"""A number or day in any of a dozen styles comes back the same or is refused, never as another."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.intake.normalise.amounts import read_number
from offsetcheck.intake.normalise.dates import TWO_DAYS, read_date
from offsetcheck.intake.normalise.numbers import TWO_NUMBERS, NumberStyle
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.problem import UnreadableError
from styles_written import COMMA_MARKS, DAYS, NUMBERS, days, numbers, rows, separators, styles

few = settings(max_examples=150, deadline=None)


def _or_why(read: Callable[[], Value | None]) -> Value | None:
    """Return what is read, or the kind of refusal."""
    try:
        return read()
    except UnreadableError as why:
        return why.kind


@given(numbers, st.sampled_from(sorted(NUMBERS)), st.sampled_from(list(NumberStyle)[2:]))
@few
def test_a_number_alone_is_the_same_or_refused(number, style, known) -> None:
    """Without anything that tells its style; a comma in a file of commas aside."""
    if known is NumberStyle.GROUPED and style in COMMA_MARKS:
        return
    found = _or_why(lambda: read_number(NUMBERS[style](number), known))
    assert found in {float(number), TWO_NUMBERS}


@given(days, st.sampled_from(sorted(DAYS)))
@few
def test_a_day_alone_is_the_same_or_refused(day, style) -> None:
    """Without anything that tells its order."""
    assert _or_why(lambda: read_date(DAYS[style](day))) in {day, TWO_DAYS}


Row = tuple[Decimal, Decimal, date, date]

FIELDS = ("id", "tonnes", "price", "crediting_start", "crediting_end")


def _cells(made: Sequence[Row], number: str, day: str) -> list[list[str]]:
    """Return the rows of a sheet, each with a period that ends after it begins."""
    return [
        [
            f"VCS{at}",
            NUMBERS[number](tonnes),
            NUMBERS[number](price),
            DAYS[day](min(first, last)),
            DAYS[day](max(first, last)),
        ]
        for at, (tonnes, price, first, last) in enumerate(made, start=1)
    ]


def _written(headers: Sequence[str], cells: Sequence[Sequence[str]], separator: str) -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=separator, lineterminator="\n").writerows([headers, *cells])
    return held.getvalue().encode()


def _read(data: bytes, dictionary: Dictionary) -> dict[str, dict[str, Value | None]]:
    """Return the values that were read, by offer and field."""
    table = offers_of_bytes(data, "offers.csv", dictionary)
    return {
        id_: {name: table.columns[name].values[row] for name in FIELDS[1:]}
        for row, id_ in enumerate(table.ids)
    }


def _expected(made: Sequence[Row]) -> dict[str, dict[str, Value]]:
    return {
        f"VCS{at}": {
            "tonnes": float(tonnes),
            "price": float(price),
            "crediting_start": min(first, last),
            "crediting_end": max(first, last),
        }
        for at, (tonnes, price, first, last) in enumerate(made, start=1)
    }


@given(rows, styles, separators)
@few
def test_a_file_in_one_style_is_read_the_same_or_refused(
    own_dictionary, made, styles, separator
) -> None:
    """What cannot be told is missing; no number and no day is another one."""
    found = _read(_written(FIELDS, _cells(made, *styles), separator), own_dictionary)
    for offer, fields in _expected(made).items():
        for name, value in fields.items():
            assert found[offer][name] in (value, None)


@given(rows, styles)
@few
def test_a_file_with_commas_between_its_cells_is_read_the_same_or_refused(
    own_dictionary, made, styles
) -> None:
    """A decimal comma is not written there."""
    number, day = styles
    if number in COMMA_MARKS:
        return
    found = _read(_written(FIELDS, _cells(made, number, day), ","), own_dictionary)
    for offer, fields in _expected(made).items():
        for name, value in fields.items():
            assert found[offer][name] in (value, None)


@given(rows, styles)
@few
def test_one_cell_of_one_reading_tells_the_whole_file(own_dictionary, made, styles) -> None:
    """With a number and a day that have one reading in it, nothing is refused."""
    sure = (Decimal("1234567.25"), Decimal("7654321.75"), date(2020, 1, 25), date(2021, 2, 26))
    found = _read(_written(FIELDS, _cells([*made, sure], *styles), ";"), own_dictionary)
    assert found == _expected([*made, sure])


@given(rows, styles, st.data())
@few
def test_the_order_of_rows_and_columns_changes_nothing(own_dictionary, made, styles, data) -> None:
    """No cell is read otherwise because of where it stands."""
    cells = _cells(made, *styles)
    order = data.draw(st.permutations(range(len(FIELDS))))
    shuffled = data.draw(st.permutations(cells))
    turned = _written(
        [FIELDS[at] for at in order], [[row[at] for at in order] for row in shuffled], ";"
    )
    assert _read(turned, own_dictionary) == _read(_written(FIELDS, cells, ";"), own_dictionary)
