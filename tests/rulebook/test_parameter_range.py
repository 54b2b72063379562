"""A parameter with a range: nobody sets it to a number outside, in the guide or above it."""

import pytest

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rules.model import Parameter
from offsetcheck.rulebook.rules.parameters import out_of_range
from offsetcheck.vocabulary.problem import RulebookError

LARGE = """tighter: higher
unit: share
range: {range}
values:
  2021-01-01: {{value: {value}, source: {{standing: design}}}}
"""


def said(folder, text):
    """Return what is said of a rulebook with this shared parameter, which no rule names."""
    shared = folder / "parameters" / "large.yaml"
    shared.parent.mkdir()
    shared.write_text(text)
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    return [one.message for one in raised.value.problems if "large.yaml" in str(one)]


def test_the_guides_own_value_lies_within(folder):
    """A value outside is a problem of the file, beside that nothing uses the parameter here."""
    found = said(folder, LARGE.format(range="[0, 1]", value=1.7))
    assert "`1.7` lies outside 0 to 1" in found


def test_a_value_at_the_end_of_the_range_is_within(folder):
    """Both ends count, so that only the unused parameter is told of."""
    found = said(folder, LARGE.format(range="[0, 1]", value=1))
    assert not any("outside" in one for one in found)
    assert found


@pytest.mark.parametrize(
    ("range_", "value", "message"),
    [
        ("[1, 0]", 0.5, "the range ends before it begins"),
        ("[0, 1]", "[a, b]", "a range is of numbers, not of codes"),
    ],
)
def test_a_range_that_holds_nothing_is_a_problem(folder, range_, value, message):
    """A range ends behind its beginning, and is of numbers."""
    text = LARGE.format(range=range_, value=value)
    assert message in said(folder, text.replace("unit: share\n", "") if "[" in str(value) else text)


@pytest.mark.parametrize(
    ("unit", "value", "hint"),
    [
        ("share", 15, "write 0.15 for 15 %"), ("share", 100, "write 1 for 100 %"),
        ("share", 250, "write a number from 0 to 1"), ("share", -0.1, "write a number from 0 to 1"),
        ("year", 15, "write a number from 0 to 1"),
    ],
)  # fmt: skip
def test_percent_are_shown_as_the_share_that_was_meant(unit, value, hint):
    """A share written as percent comes back as a share; anything else with the range."""
    parameter = Parameter(tighter="higher", unit=unit, type="number", range=(0, 1))
    assert out_of_range(value, parameter)[1] == hint


def test_what_is_no_number_is_not_told_to_lie_outside():
    """Another check tells of a word or a truth where a number is needed."""
    parameter = Parameter(tighter="higher", type="number", range=(2, 3))
    assert out_of_range("x", parameter) is None
    assert out_of_range(value=True, parameter=parameter) is None
