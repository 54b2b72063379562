"""The form in which headings compare."""

from hypothesis import example, given
from hypothesis import strategies as st

from offsetcheck.vocabulary.headings import heading_words, words_of_any


@given(st.text(alphabet="abco 0123456789s", max_size=30))
@example("co2 e")
@example("vintage 2019")
@example("ids of projects")
def test_a_plain_heading_has_the_words_that_any_way_to_write_it_has(heading: str) -> None:
    """Small letters, digits and spaces are parted without looking for other signs."""
    assert heading_words(heading) == heading_words(f"{heading}\u200b")
    assert words_of_any(heading) == words_of_any(f"{heading}\u200b")
