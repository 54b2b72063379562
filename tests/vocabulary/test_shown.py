"""How values are shown alike on every page."""

import re

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.shown import grade_range

SOURCE = bundled("rules").parent / "src" / "offsetcheck"
JOINED = re.compile(r"(?:upper|lower).*\"–\"|\"–\"\.join.*(?:upper|lower|grade)|\{\w*\.?lower\}–")


@pytest.mark.parametrize(
    ("lower", "upper", "shown"), [("E", "B", "E–B"), ("C", "C", "C"), ("D", "A", "D–A")]
)
def test_a_range_of_grades_begins_with_the_lower(lower, upper, shown):
    """What is certain stands first, and one grade stands alone."""
    assert grade_range(lower, upper) == shown


def test_a_range_of_grades_is_written_in_one_place():
    """No other file joins a lower and an upper grade by itself."""
    found = {path.name for path in SOURCE.rglob("*.py") if JOINED.search(path.read_text("utf-8"))}
    assert found == {"shown.py"}
