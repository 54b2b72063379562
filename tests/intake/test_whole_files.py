"""Whole lists of three kinds: no style, no order and no cut makes another value or row of them."""

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offsetcheck.vocabulary.problem import InputError
from styles_written import DAYS, NUMBERS, numbers, rows, separators, styles
from whole_lists import KINDS, as_text, in_every_kind_of_file, read

SURE = (Decimal("1234567.25"), Decimal("7654321.75"), date(2020, 1, 25), date(2021, 2, 26))
"""Numbers and days of which each has one reading in nearly all styles."""

each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _ordered(made):
    return [(tonnes, price, min(days), max(days)) for tonnes, price, *days in made]


def _records(kind, made, number, day):
    return [
        kind.record(
            at,
            [NUMBERS[number](n) for n in row[: len(kind.numbers)]]
            + [DAYS[day](one) for one in row[2:]],
        )
        for at, row in enumerate(made)
    ]


def _expected(kind, made):
    return {f"VCS{900 + at}": kind.expected(row) for at, row in enumerate(made)}


@each_kind
@given(rows, styles)
@few
def test_a_list_in_one_style_is_read_the_same_or_refused(own_dictionary, kind, made, styles):
    """What cannot be told is missing and said to be; no number and no day is another one."""
    made = _ordered(made)
    found = read(
        as_text(kind.headers, _records(kind, made, *styles), ";"), "a.csv", kind, own_dictionary
    )
    lost = False
    for name, fields in _expected(kind, made).items():
        for field, value in fields.items():
            assert found.rows[name][field] in (value, None)
            lost = lost or found.rows[name][field] is None
    assert bool(found.problems) >= lost


@each_kind
@given(rows, styles, separators)
@few
def test_one_row_of_one_reading_tells_the_whole_list(own_dictionary, kind, made, styles, separator):
    """With a number and two days that can be read in one way, nothing is refused."""
    made = [*_ordered(made), SURE]
    found = read(
        as_text(kind.headers, _records(kind, made, *styles), separator),
        "a.csv",
        kind,
        own_dictionary,
    )
    assert found.rows == _expected(kind, made)


def _told(problems):
    """Return what is wrong, without the lines and the cells that happen to come first."""
    bare = (re.sub(r"“[^”]*”|in (row|\d+ rows:)[\d, …]+", "…", p.message) for p in problems)
    return sorted(
        (message, problem.place.field or "", problem.severity)
        for message, problem in zip(bare, problems, strict=True)
    )


odd = st.sampled_from(["soon", "12 apples", "-", "", "31.02.2020", "1.2.3.4", "50 %"])


@each_kind
@given(rows, styles, st.data())
@few
def test_the_order_of_rows_and_columns_changes_nothing(own_dictionary, kind, made, styles, data):
    """Neither what is read nor what is said to be wrong, an odd cell included."""
    records = _records(kind, [*_ordered(made), SURE], *styles)
    spoilt = data.draw(st.sampled_from([*kind.numbers, *kind.days]))
    records[0] = {**records[0], spoilt: data.draw(odd)}
    headers = data.draw(st.permutations(kind.headers))
    shuffled = data.draw(st.permutations(records))
    first = read(as_text(kind.headers, records, ";"), "a.csv", kind, own_dictionary)
    second = read(as_text(headers, shuffled, ";"), "a.csv", kind, own_dictionary)
    assert second.rows == first.rows
    assert _told(second.problems) == _told(first.problems)


ROWS = [
    (Decimal(1000 * n + 7), Decimal(n), date(2019, n, 20), date(2021, n, 21)) for n in range(1, 6)
]
BINARY = ("xlsx", "parquet")


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "yaml", *BINARY])
@each_kind
def test_a_list_cut_at_any_byte_invents_no_row(own_dictionary, kind, suffix):
    """It is read or refused in words; all rows but the last are the first of the whole list."""
    data = in_every_kind_of_file(_records(kind, ROWS, "bare with a point", "2026-03-04"))[suffix]
    whole = list(read(data, f"a.{suffix}", kind, own_dictionary).rows.items())
    assert dict(whole) == _expected(kind, ROWS)
    step = max(1, len(data) // (4 if suffix in BINARY else 45))
    for cut in [*range(0, len(data), step), *(range(len(data) - 12, len(data), 3))]:
        with suppress(InputError):
            found = list(read(data[:cut], f"a.{suffix}", kind, own_dictionary).rows.items())
            assert found[:-1] == whole[: len(found) - 1], cut
            assert len(found) <= len(whole)


@given(numbers, st.sampled_from(sorted(NUMBERS)))
@few
def test_one_number_alone_in_a_registrys_list_saved_anew(own_dictionary, number, style):
    """Semicolons say that the registry's own style need not hold: the same, or refused."""
    kind = KINDS["registry"]
    row = (number, number, date(2020, 1, 25), date(2021, 2, 26))
    data = as_text(kind.headers, _records(kind, [row], style, "2026-03-04"), ";")
    assert read(data, "a.csv", kind, own_dictionary).rows["VCS900"]["estimated_annual"] in (
        float(number),
        None,
    )
