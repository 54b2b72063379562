"""A table held against a list: who finds a row, and which keys find none."""

from datetime import date

import pytest

from offsetcheck.api.matching import match_table
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RequestError

RULEBOOK = load_rulebook(bundled("rules"))
DAY = date(2026, 9, 30)
TABLE = "icvcm_decisions"
LIST = """id,name,programme,country,vintage,tonnes,price,methodology,methodology version
VCS1,One,VCS,BR,2021,100,5,VM9998,1.0
VCS2,Two,VCS,BR,2021,250,5,VM9998,1.0
VCS3,Three,VCS,BR,2021,10,5,VM0047,1.0
VCS4,Four,VCS,BR,2021,10,5,,
"""


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return path


def lookup(made, field="icvcm_decision"):
    return next(line for line in made.lookups if line.field == field)


def test_each_row_of_a_list_is_counted_once(listed):
    """A row finds an answer, finds none, asks a stale edition, or does not state its key."""
    for line in match_table(RULEBOOK, TABLE, listed, DAY).lookups:
        assert line.rows == 4
        assert line.found + line.none + line.stale + line.key_unknown == line.rows


def test_the_keys_without_a_row_are_named_with_their_tonnes(listed):
    """An author sees which rows the table lacks, the most frequent first."""
    line = lookup(match_table(RULEBOOK, TABLE, listed, DAY))
    assert (line.found, line.none, line.key_unknown) == (1, 2, 1)
    (key,) = line.without
    assert (key.rows, key.tonnes) == (2, 350)
    assert ("methodology", "VM9998") in key.key


def test_an_edition_that_no_longer_serves_answers_nobody(listed):
    """Long after its last edition a table has an answer for none."""
    line = lookup(match_table(RULEBOOK, TABLE, listed, date(2035, 1, 1)))
    assert (line.found, line.none, line.stale) == (0, 0, 3)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("icvcm_decision", "did you mean `icvcm_decisions`?"),
        ("type_typical", "no field of projects"),
    ],
)
def test_a_table_that_cannot_be_matched_is_told(listed, table, said):
    """A table that is not there, or that no field reads, is refused with a next step."""
    with pytest.raises(RequestError) as raised:
        match_table(RULEBOOK, table, listed, DAY)
    assert said in str(raised.value)
