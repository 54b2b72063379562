"""The reference tables that travel with the rulebook: dated, sourced, whole, and without circles."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import Row
from offsetcheck.rulebook.tables.versions import version_matches
from offsetcheck.vocabulary.evidence import Standing

TABLES = sorted(load_rulebook(bundled("rules")).tables)
FIRST, LAST = "0001-01-01", "9999-12-31"
PROBES = ("1.0", "1.1", "2.0", "2.1", "3.0", "3.1", "4.0", "6.0", "8.0", "13.1", "18.1", "19.0")


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load_rulebook(bundled("rules"))


def rows_of(rulebook: Rulebook, table: str) -> Iterator[Row]:
    for file in rulebook.tables[table].files.values():
        yield from file.rows


def cells(rulebook: Rulebook, table: str, *columns: str) -> set[tuple[str, ...]]:
    return {tuple(row.cells[name] for name in columns) for row in rows_of(rulebook, table)}


def apart_in_time(one: Row, other: Row) -> bool:
    """Whether no day has both rows; days as ISO text sort as days."""
    return (one.cells.get("until") or LAST) < (other.cells.get("known_from") or FIRST) or (
        other.cells.get("until") or LAST
    ) < (one.cells.get("known_from") or FIRST)


def both_fit(one: Row, other: Row) -> bool:
    """Whether some version fits both rows; a row without a version fits any."""
    ranges = [row.cells.get("version", "") for row in (one, other)]
    ends = [end for text in ranges for end in text.replace(",", "-").split("-")]
    return all(not text for text in ranges) or any(
        all(not text or version_matches(text, version) for text in ranges)
        for version in (*PROBES, *filter(None, ends))
    )


@pytest.mark.parametrize("table", TABLES)
def test_an_edition_is_dated_sourced_and_grows_old(rules: Rulebook, table: str) -> None:
    """Each edition names a source that the rulebook knows, or says that it is our own design."""
    for edition in rules.tables[table].entry.editions:
        sources = [*filter(None, [edition.source]), *edition.sources]
        assert sources
        assert edition.published <= date(2026, 11, 26)
        assert edition.stale_after is not None
        for source in sources:
            assert source.guide in rules.guides or source.standing == Standing.DESIGN


@pytest.mark.parametrize("table", TABLES)
def test_a_row_says_how_it_is_known(rules: Rulebook, table: str) -> None:
    """Where rows differ in standing each has one of the four words, and nothing is left blank."""
    words = {standing.value for standing in Standing}
    for file in rules.tables[table].files.values():
        if "standing" in file.columns:
            assert {row.cells["standing"] for row in file.rows} <= words


@pytest.mark.parametrize("table", sorted({*TABLES} - {"events"}))
def test_no_day_has_two_answers(rules: Rulebook, table: str) -> None:
    """Rows of one key and version do not overlap in time: a lookup would take the first unseen."""
    for name, field in rules.dictionary.candidate.items():
        lookup = field.lookup
        if lookup is None or lookup.table != table or lookup.collect:
            continue
        for file in rules.tables[table].files.values():
            groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
            kept = (
                row
                for row in file.rows
                if all(row.cells[column] == text for column, text in lookup.where.items())
            )
            for row in kept:
                key = tuple(row.cells[column] for column in lookup.on if column not in lookup.match)
                groups[key].append(row)
            clashes = [
                (name, key, one.line, other.line)
                for key, rows in groups.items()
                for one, other in combinations(rows, 2)
                if not apart_in_time(one, other) and both_fit(one, other)
            ]
            assert clashes == []


@pytest.mark.parametrize("table", ["storage_durability", "type_additionality"])
def test_every_project_type_has_a_row(rules: Rulebook, table: str) -> None:
    """A new type without a row would leave half of its rules open."""
    codes = set(rules.dictionary.candidate["project_type"].narrow)
    assert {found for (found,) in cells(rules, table, "project_type")} == codes


@pytest.mark.parametrize("table", ["technology_exclusions", "technology_classes", "oxford_types"])
def test_a_row_names_a_known_type(rules: Rulebook, table: str) -> None:
    """A misspelt type would be a row that nobody ever reads."""
    codes = set(rules.dictionary.candidate["project_type"].codes)
    assert {found for (found,) in cells(rules, table, "project_type")} <= codes


# Programmes that are read in lists, and of whose units and terms nothing has been gathered.
ONLY_NAMED = {
    "SOCIAL_CARBON", "CITY_FOREST_CREDITS", "J_CREDIT", "T_VER", "REGEN", "ARB", "CSI", "ACORN", "SNK",
    "OPEN_FOREST_PROTOCOL", "NATURAL_FOREST_STANDARD", "ASIA_CARBON_INSTITUTE", "CLIMATE_FORWARD",
    "MOORFUTURES", "KLIMASKOVFONDEN", "CREDIBLE_CARBON",
}  # fmt: skip


def test_every_programme_has_a_row_or_is_only_named(rules: Rulebook) -> None:
    """Its unit and territory are known or unknown, and no table names another programme."""
    codes = set(rules.dictionary.candidate["programme"].codes)
    assert {found for (found,) in cells(rules, "programmes", "programme")} == codes - ONLY_NAMED
    for table in TABLES:
        for row in rows_of(rules, table):
            assert row.cells.get("programme", "VCS") in codes


def test_a_programme_that_binds_says_from_when(rules: Rulebook) -> None:
    """A term of years without its beginning is no term."""
    found = cells(rules, "programmes", "term_years", "term_from", "term_standing")
    assert {tuple(map(bool, row)) for row in found} == {(True,) * 3, (False,) * 3}


def test_an_approval_with_conditions_states_them(rules: Rulebook) -> None:
    """So does no other decision; what the texts read do not name is said to be so."""
    found = cells(rules, "icvcm_decisions", "decision", "conditions")
    assert {decision for decision, conditions in found if conditions} == {"approved_conditional"}
    assert {bool(words) for decision, words in found if decision == "approved_conditional"} == {
        True
    }


def test_what_was_turned_down_is_found_by_methodology_alone(rules: Rulebook) -> None:
    """The short table holds exactly the methodologies of which the long one turns a version down."""
    down = {"does_not_meet", "very_unlikely"}
    turned_down = {
        (row.cells["programme"], row.cells["methodology"])
        for row in rows_of(rules, "icvcm_decisions")
        if row.cells["decision"] in down
    }
    assert cells(rules, "icvcm_adverse", "programme", "methodology") == turned_down


def test_a_country_that_left_the_agreement_is_no_party_on_those_days(rules: Rulebook) -> None:
    """Each day from 2017 has one row for the United States."""
    rows = [row for row in rows_of(rules, "host_countries") if row.cells["country"] == "US"]

    def on(day: date) -> list[str]:
        return [row.cells["paris"] for row in rows if row.known_on(day)]

    days = {
        "2020-11-03": "party", "2020-11-04": "not_party", "2021-02-18": "not_party",
        "2021-02-19": "party", "2026-01-26": "party", "2026-01-27": "not_party",
    }  # fmt: skip
    assert {day: on(date.fromisoformat(day)) for day in days} == {
        day: [word] for day, word in days.items()
    }


def test_an_event_is_dated_sourced_and_has_words(rules: Rulebook) -> None:
    """A bidder asks for all three."""
    records = {
        code
        for name, field in rules.dictionary.candidate.items()
        if name.endswith("_record")
        for code in field.codes
    }
    for row in rows_of(rules, "events"):
        assert row.cells["known_from"]
        assert row.cells["source"]
        assert row.cells["event"] in records
