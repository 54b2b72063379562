"""Problems in the order in which a person needs them, each kind once."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.vocabulary.problem import Place, Problem, Severity, UnreadableError
from offsetcheck.vocabulary.problem_groups import grouped, in_rows, remarks_grouped, worst_first

severities = st.sampled_from(list(Severity))
problems = st.builds(
    Problem,
    st.sampled_from(["a", "b"]),
    st.builds(Place, st.just("f.csv"), st.integers(2, 9)),
    st.none(),
    severities,
    st.sampled_from([None, "kind"]),
)


def at(line, message="no number", **more):
    return Problem(message, Place("f.csv", line, field="price"), **more)


@given(st.lists(problems))
def test_errors_stand_before_warnings_before_notes_and_none_is_lost(found):
    """The order is that of severity, and each problem is there once."""
    ordered = worst_first(found)
    ranks = [list(Severity).index(problem.severity) for problem in ordered]
    assert ranks == sorted(ranks)
    assert len(ordered) == len(set(found))
    assert set(ordered) == set(found)


@given(st.lists(problems))
def test_every_row_is_in_a_group(found):
    """Each row of which something is said stands in a group of its severity."""
    said = {
        (group.severity, line)
        for group in grouped(found)
        for line in (group.lines or (group.place.line,))
    }
    assert said == {(problem.severity, problem.place.line) for problem in found}


def test_what_is_said_of_many_rows_is_said_once_with_the_first_of_them():
    """Seven rows are one line that counts them and names five."""
    [group] = grouped(at(line) for line in (3, 5, 9, 12, 13, 20, 21))
    assert group.message == "no number (in 7 rows: 3, 5, 9, 12, 13 …)"
    assert group.lines == (3, 5, 9, 12, 13, 20, 21)


def test_texts_that_differ_are_one_kind():
    """Of cells that are unreadable for one reason the first is shown; other reasons stand apart."""
    texts = [UnreadableError(f"“{text}” is not a date") for text in ("soon", "later")]
    other = UnreadableError("“x” is not a number")
    found = [why.at(Place("f.csv", line)) for line, why in enumerate((*texts, other), start=2)]
    assert [group.message for group in grouped(found)] == [
        "“soon” is not a date, and others likewise (in 2 rows: 2, 3)",
        "“x” is not a number",
    ]


@pytest.mark.parametrize(
    "other",
    [
        replace(at(4), severity=Severity.NOTE),
        replace(at(4), place=Place("g.csv", 4, field="price")),
        replace(at(4), place=Place("f.csv", 4, field="tonnes")),
        replace(at(4), place=Place("f.csv", 4, sheet="B", field="price")),
    ],
)
def test_other_files_columns_and_severities_are_other_kinds(other):
    """What stands elsewhere or matters less is not counted in."""
    assert grouped([at(3), other]) == [at(3), other]


def test_what_is_counted_already_is_not_counted_again():
    """A problem that tells its rows stays as it is."""
    counted = [
        at(2, "x (in 2 rows: 2, 3)", lines=(2, 3)),
        at(2, "y (in 2 rows: 2, 4)", lines=(2, 4)),
    ]
    assert grouped(counted) == counted


def test_one_row_is_told_as_one():
    """A count of one is no list."""
    assert in_rows([7]) == "in row 7"


def test_remarks_are_one_line_each_kind_and_every_error_stands_by_itself():
    """An error is a cell that somebody has to mend; eight remarks alike are one."""
    found = [at(line) for line in (3, 5)] + [
        at(line, f"“{line}” is odd", severity=Severity.NOTE, kind="odd") for line in (2, 4, 6)
    ]
    assert [(p.severity, p.lines) for p in remarks_grouped(found)] == [
        (Severity.ERROR, ()),
        (Severity.ERROR, ()),
        (Severity.NOTE, (2, 4, 6)),
    ]


def test_cells_of_one_row_each_are_one_problem_where_their_text_alone_differs() -> None:
    """A list's problems name their rows already; those of a single row can still be said as one."""
    found = [
        Problem(f"“{text}” is no word", Place("a.csv", line, "Type"), kind="no word", lines=(line,))
        for line, text in ((2, "x"), (5, "y"))
    ]
    [one] = grouped(found)
    assert one.message == "“x” is no word, and others likewise (in 2 rows: 2, 5)"
