"""Another edition of a table: which keys differ, and which offers it turns by which rule."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.difference.causes import list_causes
from offsetcheck.difference.editions import changed_keys, compare_editions, with_edition
from offsetcheck.difference.inputs import ChangedInput, ShiftKind
from offsetcheck.difference.terms import Terms
from offsetcheck.intake.offers import read_offers
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.tables.model import read_rows
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.workshop.edition_files import file_of, latest_edition
from offsetcheck.workshop.editions import NewEdition, next_edition

DECISIONS, TYPES = "icvcm_decisions", "technology_exclusions"
DAY = date(2026, 11, 2)
OFFERS = (
    "id,name,programme,country,vintage,tonnes,price,project_type,methodology,methodology_version\n"
    "GS1,Digesters,GS,BD,2024,100,10,biodigesters,AMS-I.I,5.0\n"
    "VCS2,Wind,VCS,BD,2024,100,10,wind,ACM0002,19.0\n"
)
DIGESTERS = {"programme": "GS", "methodology": "AMS-I.I", "version": "", "decision": "approved"}
WIND = {"programme": "VCS", "methodology": "ACM0002", "decision": "does_not_meet"}


@pytest.fixture
def offers(rulebook, tmp_path):
    """Return two offers, each of whose statements a register bears out."""
    path = tmp_path / "offers.csv"
    path.write_text(OFFERS, encoding="utf-8")
    stated = read_offers(path, rulebook.dictionary)
    proven = {name: replace(c, grades=EvidenceGrade.E1) for name, c in stated.columns.items()}
    return replace(stated, columns=proven)


def edition_of(rulebook, table, *rows):
    """Return rows as an edition with the columns that the table has."""
    columns = file_of(rulebook.tables[table], latest_edition(rulebook.tables[table])).columns
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return read_rows(text.getvalue())


def renewed(rulebook, *rows):
    """Return the rulebook with these decisions as its latest edition."""
    new = NewEdition(DECISIONS, date(2026, 11, 1), date(2026, 11, 1))
    edition = next_edition(rulebook.tables[DECISIONS], new)
    return with_edition(rulebook, DECISIONS, edition, edition_of(rulebook, DECISIONS, *rows))


def test_the_edition_names_the_rule_that_turns_an_offer(rulebook, offers):
    """A decision that is taken back lifts the one offer that rests on it, and by that rule alone."""
    before = Terms(bind(rulebook, "turku", DAY), Purchase())
    found = compare_editions(before, renewed(rulebook, DIGESTERS, WIND), offers)
    assert len(found.rows) == 2
    [row] = found.changed
    assert row.id == "GS1"
    assert "governance.icvcm_decision" in found.rules_of[row.row]
    assert row.before != row.after


def test_the_cause_is_the_looked_up_field(rulebook, offers):
    """The rule that an edition turns is put down to the table, not to a value, fact or day."""
    before = Terms(bind(rulebook, "turku", DAY), Purchase())
    causes = list_causes(
        offers, compare_editions(before, renewed(rulebook, DIGESTERS, WIND), offers)
    )
    [topic] = causes.topics
    assert topic.topic == "governance.icvcm_decision"
    inputs = topic.traced[0].offer.inputs[topic.topic]
    assert inputs == (ChangedInput(ShiftKind.TABLE, "icvcm_decision"),)


def test_the_same_edition_turns_nothing(rulebook, offers):
    """Against the rulebook as it is, nothing changes and no rule says otherwise."""
    before = Terms(bind(rulebook, "turku", DAY), Purchase())
    found = compare_editions(before, rulebook, offers)
    assert (found.changed, dict(found.rules), dict(found.counts)) == ((), {}, {})


def test_changed_keys_are_named(rulebook):
    """Between two editions a key is new, gone, or changed, and else not named."""
    rows = [
        {"project_type": name, "exclusion": "none", "reason": "a"}
        for name in ("wind", "hydropower", "biochar")
    ]
    other = [rows[0], {**rows[1], "reason": "b"}, {**rows[2], "project_type": "cookstoves"}]
    before, after = (edition_of(rulebook, TYPES, *some) for some in (rows, other))
    keys = changed_keys(rulebook, TYPES, before, after)
    assert keys.new == (("cookstoves",),)
    assert keys.gone == (("biochar",),)
    assert keys.changed == (("hydropower",),)
