"""Events about developers: whose names are known, in which words, and that a person is asked."""

import pytest

from offsetcheck.intake.normalise.developers import developer_key
from offsetcheck.vocabulary.finding import Outcome, State

from .test_dated_tables import rows_of
from .test_events import LOADED, judged

RULE = "governance.developer_record"


def finding_of(judge, name):
    """Return the finding on an offer whose developer bears a name."""
    assessment = judged(judge, "VCS9999", developer_key=developer_key(name))
    return next(finding for finding in assessment.findings if finding.rule == RULE)


def test_every_developer_has_an_event_and_every_event_a_name(rulebook):
    """No name leads nowhere, and no event is about a developer that no name tells."""
    named = {row["developer"] for row in rows_of(rulebook, "developer_aliases")}
    assert named == {row["known_developer"] for row in rows_of(rulebook, "developer_events")}


def test_names_stand_as_they_are_compared(rulebook):
    """A name with its legal form or in capitals would never be met."""
    names = [row["developer_key"] for row in rows_of(rulebook, "developer_aliases")]
    assert [developer_key(name) for name in names] == names
    assert len(set(names)) == len(names)


def test_every_event_has_words_that_judge_nobody(rulebook):
    """All events have words, all words an event, and none of them is loaded."""
    codes = rulebook.dictionary.candidate["developer_record"].codes
    assert set(codes) == {row["event"] for row in rows_of(rulebook, "developer_events")}
    titles = " ".join(entry.title["en"].casefold() for entry in codes.values())
    assert [word for word in LOADED if word in titles] == []


@pytest.mark.parametrize(
    "name",
    [
        "C-Quest Capital Stoves Asia Limited", "C-QUEST CAPITAL STOVES ASIA LTD.",
        "Bridge Carbon EA Stoves Private Limited", "EnKing International", "Brazil AgFor LLC",
    ],
)  # fmt: skip
def test_a_developer_is_found_by_former_and_later_names(judge, name):
    """Case, legal form and a new name hide no record; it asks a person and rules nothing out."""
    finding = finding_of(judge, name)
    assert finding.state is State.FAIL
    assert finding.rule == RULE


def test_a_developer_without_a_record_passes_where_somebody_has_looked(judge):
    """Silence of the table accuses nobody; the officer's search, not the table, clears."""
    finding = finding_of(judge, "Northern Pole Ltd")
    assert (finding.outcome, finding.state) == (Outcome.PASS, State.CLEAR)
