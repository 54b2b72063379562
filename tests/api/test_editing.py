"""A rule folder while somebody edits it, without an editor."""

import pytest

from offsetcheck.api.editing import EditedRules
from offsetcheck.ground.bundled import bundled

FLOOR = "permanence/storage_floor.yaml"


@pytest.fixture(scope="module")
def checked():
    rules = EditedRules(bundled("rules"))
    return rules.check(rules.ask())


@pytest.fixture
def rules(checked):
    rules = EditedRules(bundled("rules"))
    rules.take(checked)
    return rules


def place_of(text, name):
    """Return the line and column, from 1, of the second sign of a name."""
    before = text[: text.index(name) + 1]
    return before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1


def broken(text):
    return text.replace("effective: ", "effective: [", 1)


def told(rules, text):
    return rules.told(FLOOR, *place_of(text, "monitoring_years >="))


@pytest.mark.parametrize("asked_between", [True, False], ids=["asked between", "typed at once"])
def test_names_of_a_broken_text_are_those_of_the_last_that_was_yaml(rules, asked_between):
    """Names stand where the text before put them, whether or not anybody asked in between."""
    longer = "# a line more\n" + rules.document(FLOOR).text
    rules.hold(FLOOR, longer)
    if asked_between:
        assert told(rules, longer) is not None
    rules.hold(FLOOR, broken(longer))
    assert rules.document(FLOOR).data is None
    assert told(rules, longer) is not None


def test_a_check_that_read_an_older_text_moves_no_name_back(rules):
    """A check that ends after a file was lengthened and broken leaves its names where they are."""
    asked = rules.ask()
    longer = "# a line more\n" + rules.document(FLOOR).text
    rules.hold(FLOOR, longer)
    rules.hold(FLOOR, broken(longer))
    rules.take(rules.check(asked))
    assert told(rules, longer) is not None


def test_a_file_that_was_broken_when_the_first_check_ended_has_the_names_of_that_check(checked):
    """A file that is opened and broken at once is known by what the check read of it."""
    rules = EditedRules(bundled("rules"))
    text = rules.document(FLOOR).text
    rules.hold(FLOOR, broken(text))
    rules.take(checked)
    assert told(rules, text) is not None


def test_a_file_that_is_let_go_has_the_names_of_what_is_saved(rules):
    """Closing a document that was lengthened puts its names back."""
    text = rules.document(FLOOR).text
    rules.hold(FLOOR, "# a line more\n" + text)
    rules.let_go(FLOOR)
    assert told(rules, text) is not None
