"""What differs between two rulebooks in meaning: for whom, from which day, and what of it is past."""

from datetime import date, timedelta

import pytest
from town import AGE, documented

from offsetcheck.difference.exchange import differing_frame
from offsetcheck.difference.meaning.compare import compare_meaning
from offsetcheck.difference.meaning.model import Books
from offsetcheck.difference.rulebooks import changed_rules
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.files.history import HistoryNote

TODAY = date(2026, 11, 27)
FLOOR = "permanence/storage_floor.yaml"
REVENUE = "additionality/carbon_revenue.yaml"
TOWN = "cities/town.yaml"
EVENTS = "tables/events.csv"
SINCE = "      2021-01-01: {value: 40,"
AHEAD = "      2027-01-01: {value: 60, source: {standing: design}}\n" + SINCE

CHANGES = [
    ((FLOOR, "{value: 40,", "{value: 30,"), "value", 40, 30, "2021-01-01", True),
    ((FLOOR, SINCE, AHEAD), "value", 40, 60, "2027-01-01", False),
    ((FLOOR, "\ncap: 3\n", "\ncap: 2\n"), "cap", 3, 2, "2021-01-01", True),
    ((FLOOR, "at_least: E2", "at_least: E3"), "at_least", "E2", "E3", "2021-01-01", True),
    (
        (FLOOR, "requires: monitoring_years >= $", "requires: monitoring_years > $"),
        "requires",
        "monitoring_years >= $min_storage_years",
        "monitoring_years > $min_storage_years",
        "2021-01-01",
        True,
    ),
    (
        (FLOOR, "effective: {from: 2021-01-01}", "effective: {from: 2026-01-01}"),
        "in_force",
        True,
        False,
        "2021-01-01",
        True,
    ),
    (
        (
            FLOOR,
            "effective: {from: 2021-01-01}",
            "effective: {from: 2021-01-01, until: 2028-01-01}",
        ),
        "in_force",
        True,
        False,
        "2028-01-01",
        False,
    ),
    ((TOWN, "weight: 1", "weight: 3"), "weight", 1, 3, "2021-01-01", True),
    (
        (EVENTS, "VCS902,finding,closed,2026-01-01", "VCS902,finding,closed,2026-02-01"),
        "row",
        "known_from 2026-01-01",
        "known_from 2026-02-01",
        "2026-01-01",
        True,
    ),
]
UNCHANGED = [
    (FLOOR, "requires: monitoring_years >= $", "requires: monitoring_years  >=   $"),
    (FLOOR, "\ncap: 3\n", "\ncap: 3  # of five\n"),
    (AGE, "why: Old", "why: Very old"),
]


@pytest.fixture
def books(tmp_path):
    """Return a function that gives the documented rulebook as it is and with changed texts."""

    def both(*changes):
        old = documented(tmp_path / "old")
        return Books(old, documented(tmp_path / "new", changes), TODAY)

    return both


def found_in(books, **more):
    return compare_meaning(books, **more)


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case[1])
def test_a_change_is_told_with_its_sides_and_its_first_day(books, case):
    """Each kind of change is one line: what was, what is, from which day, and whether it is past."""
    change, key, before, after, since, past = case
    found = found_in(books(change))
    assert [(one.key, one.before, one.after) for one in found.changes] == [(key, before, after)]
    assert found.changes[0].period.since.isoformat() == since
    assert found.changes[0].reach
    assert bool(found.unnoted) is past


@pytest.mark.parametrize("change", UNCHANGED)
def test_layout_comments_and_words_change_no_meaning(books, change):
    """Spaces, comments and reasons are no change; reworded texts are counted apart."""
    found = found_in(books(change))
    assert found.changes == ()
    assert sum(found.texts.reworded.values()) == (change[0] == AGE)


@pytest.mark.parametrize("change", [case[0] for case in CHANGES])
def test_a_city_is_reached_on_a_day_where_its_bound_rules_differ_on_it(books, change):
    """Whom a change reaches, and when, is what binding both rulebooks for each city and day shows."""
    both = books(change)
    found = found_in(both).changes
    for city in both.lasting:
        for day in probed(found):
            bound = [bind(book, city, day) for book in both.sides]
            differs = bool(changed_rules(*bound) or differing_frame(*bound))
            told = any(one.decides and city in one.reach and one.period.holds(day) for one in found)
            assert told == differs, (city, day)


def probed(changes):
    """Return days around each day that a change names, and one far ahead."""
    days = {date(2021, 1, 1), TODAY, date(2030, 1, 1)}
    for change in changes:
        for day in (change.period.since, change.period.until):
            if day is not None:
                days |= {day, day + timedelta(1), max(day - timedelta(1), date(2021, 1, 1))}
    return sorted(days)


AGE_AHEAD = (
    "      2025-01-01: {value: 5,",
    "      2027-01-01: {value: 3, source: {standing: design}}\n",
)


def test_a_city_with_a_value_of_its_own_is_not_reached(books):
    """What the guide sets from 2027 on reaches nobody whose state has set a value by then."""
    old, line = AGE_AHEAD
    (change,) = found_in(books((AGE, old, line + old))).changes
    assert (change.reach, change.covered) == ((), ("town",))


def test_a_value_reaches_the_days_before_a_layer_set_its_own(books):
    """Of a value of 2021 the days count on which no state had set another one yet."""
    found = found_in(books((AGE, "{value: 5,", "{value: 3,")))
    (change,) = found.changes
    assert change.reach == ("town",)
    assert found.unnoted == (change,)


def test_a_new_note_on_the_value_explains_the_past(books):
    """A value of the past that is another one with a new note of its own is no error."""
    source = "source: {guide: icvcm-af, clause: criterion 9, standing: read}}"
    noted = source[:-1] + ", note: The text says thirty.}"
    change = (FLOOR, "{value: 40, " + source, "{value: 30, " + noted)
    found = found_in(books(change))
    assert [one.noted for one in found.changes] == [True]
    assert found.unnoted == ()


NOTE = {"on": TODAY, "of": ("permanence.storage_floor",), "note": "a slip"}


@pytest.mark.parametrize(
    ("note", "errors"),
    [
        ({"from": date(2021, 1, 1)}, 0),
        ({"from": date(2021, 1, 1), "of": ("permanence.storage_floor.min_storage_years",)}, 0),
        ({"from": date(2024, 1, 1)}, 1),
        ({"from": date(2021, 1, 1), "of": ("vintage.age",)}, 1),
    ],
)
def test_a_note_of_the_history_explains_what_it_names_from_its_day_on(books, note, errors):
    """A note counts for the rule or value that it names, from its first day on; no other does."""
    both = books((FLOOR, "{value: 40,", "{value: 30,"))
    note = HistoryNote.model_validate(NOTE | note)
    assert len(found_in(both, new_notes=[note]).unnoted) == errors


def test_a_note_that_stood_there_before_explains_nothing_new(books):
    """A note of the older rulebook does not excuse what was changed since."""
    both = books((FLOOR, "{value: 40,", "{value: 30,"))
    note = HistoryNote.model_validate(NOTE | {"from": date(2021, 1, 1)})
    assert len(found_in(both, old_notes=[note], new_notes=[note]).unnoted) == 1


STATE = "jurisdictions/ex.yaml"


def test_a_parameter_under_another_name_changes_no_meaning(books):
    """A value that is called otherwise, in its declaration and its condition, asks the same."""
    found = found_in(books((AGE, "max_age", "oldest"), (STATE, "age.max_age", "age.oldest")))
    assert found.changes == ()


def test_a_source_that_was_read_since_changes_no_answer(books):
    """A standing is told from what it was to what it is; no day of anybody is touched."""
    known = (
        FLOOR,
        "clause: criterion 9, standing: read}\n",
        "clause: criterion 9, standing: known}\n",
    )
    found = found_in(books(known))
    told = [(one.key, one.before, one.after, one.decides) for one in found.changes]
    assert told == [("standing", "read", "known", False)]
    assert found.unnoted == ()


def test_an_effect_turned_into_a_review_is_one_change(books):
    """What a rule does when it is not met is told by its effect, and reaches back."""
    found = found_in(books((AGE, "effect: gate", "effect: review")))
    assert [(one.key, one.before, one.after) for one in found.changes] == [
        ("effect", "gate", "review")
    ]
    assert [one.about for one in found.unnoted] == [("vintage.age",)]


@pytest.mark.parametrize(
    ("change", "key", "days"),
    [
        (("guide.yaml", "B: 3.8", "B: 3.7"), "cut", ("2021-01-01", None)),
        (("guide.yaml", "integrity: C", "integrity: D"), "floor", ("2021-01-01", None)),
        (
            ("fields/candidate.yaml", "derive: purchase.year - vintage", "derive: purchase.year - vintage + 1"),
            "derive",
            ("2021-01-01", None),
        ),
        (
            ("tables/tables.yaml", "stale_after: 365", "stale_after: 400"),
            "edition_stale",
            ("2025-06-07", "2025-07-12"),
        ),
    ],
)  # fmt: skip
def test_scoring_fields_and_tables_are_told_with_their_days(books, change, key, days):
    """Cuts, floors, computed fields and the age of tables are each one change on its own days."""
    (told,) = found_in(books(change)).changes
    since, until = told.period.since, told.period.until
    assert told.key == key
    assert (since.isoformat(), until.isoformat() if until else None) == days
