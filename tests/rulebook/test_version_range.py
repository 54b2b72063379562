import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offsetcheck.rulebook.tables.versions import is_range, version_matches


@pytest.mark.parametrize(
    ("range_text", "version", "matches"),
    [
        ("1.0-19.0", "1.0", True),
        ("1.0-19.0", "v19.0", True),
        ("1.0-19.0", "19.1", False),
        ("1.0-19.0", "0.9", False),
        ("1.0-1.10", "1.9", True),
        ("1-13.", "13.1", True),
        ("1-13.", "14.0", False),
        ("v1.0-1.2", "Version 1.2", True),
        ("v1.0–1.2", "1.1", True),
        ("2.0", "2", True),
        ("2.0", "02.0.0", True),
        ("2.0", "2.0.1", False),
        ("1.0, 1.1", "1.1", True),
        ("1.0, 1.1", "1.2", False),
        ("2022-2025", "2024", True),
        ("1.0", "first edition", False),
        ("first edition", "First Edition", True),
        ("nonsense", "1.0", False),
    ],
)
def test_versions_lie_in_ranges(range_text, version, matches):
    """Both ends count, zeros at the end do not, and what is no number matches its own text."""
    assert version_matches(range_text, version) is matches


def test_what_reads_as_a_range():
    """Ranges and lists are told from other texts."""
    assert all(map(is_range, ["1.0", "1-13.", "v1.0-1.2", "1.0, 1.1", "2 to 3"]))
    assert not any(map(is_range, ["", "one", "1.0-2.0-3.0", "-", "1.0 - x"]))


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_text_raises(range_text, version):
    """Whatever the texts, the answer is yes or no."""
    assert version_matches(range_text, version) in {True, False}
