"""What a list itself knows of losses, of ended projects and of methodologies is told to its reader."""

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.intake.offers import read_offers

from .test_dated_tables import rows_of
from .test_known_projects import failing

VROD = Path(__file__).resolve().parents[3] / "shared/data/vrod/vrod-v2025-12-year-end.parquet"
AFTER = date(2026, 9, 30)
TOLD = (
    "permanence.large_reversal",
    "permanence.losses_within_buffer",
    "permanence.reversals_made_good",
    "permanence.compliance_not_ended",
    "governance.compliance_not_ended",
)


@pytest.fixture(scope="module")
def vrod(rulebook):
    """Return the real list as it is read."""
    if not VROD.exists():
        pytest.skip("the Voluntary Registry Offsets Database is not beside the repository")
    return read_offers(VROD, rulebook.dictionary)


@pytest.fixture(scope="module")
def told(vrod, judge):
    """Return the rules above that are not met, by project: of rows with a loss or a terminated status."""
    found = {}
    for row, name in enumerate(vrod.ids):
        value = {
            field: vrod.columns[field].values[row]
            for field in ("reversals_covered", "reversals_uncovered", "compliance_status")
        }
        if value.pop("compliance_status") == "terminated" or any(value.values()):
            facts = vrod.candidate(row).facts.items()
            record = {"id": name} | {f: fact.value for f, fact in facts if fact.value is not None}
            found[name] = failing(judge(AFTER, record=record)) & {*TOLD}
    return found


def by_rule(told):
    """Return the projects by the rule that they do not meet."""
    turned = defaultdict(set)
    for name, rules in told.items():
        for rule in rules:
            turned[rule].add(name)
    return turned


def test_large_losses_without_cover_are_capped(told):
    """Ten projects of the list lost a quarter of what they issued, and no buffer paid for it."""
    assert by_rule(told)["permanence.large_reversal"] == {
        "ACR115", "ACR423", "ACR722", "CAR1004", "CAR1041", "CAR1062", "CAR1066", "CAR1067",
        "CAR1140", "CAR1313",
    }  # fmt: skip


def test_losses_above_the_buffer_bar_a_project(told):
    """Also where the common buffer paid: the project lost more than it ever set aside."""
    beyond = by_rule(told)["permanence.losses_within_buffer"]
    assert {"ACR255", "CAR1102", "CAR1174", "CAR1208", "ACR273", "CAR1046"} <= beyond
    assert by_rule(told)["permanence.large_reversal"] <= beyond
    assert not beyond & {"VCS737", "ACR281", "CAR1209", "VCS902"}


def test_ended_projects_are_told_apart(told):
    """Twelve forests are capped; of the 72 others the reader is told and nothing is held against them."""
    turned = by_rule(told)
    assert turned["permanence.compliance_not_ended"] == {
        "ACR251", "ACR273", "ACR423", "ACR603", "CAR1041", "CAR1046", "CAR1066", "CAR1067",
        "CAR1092", "CAR1114", "CAR1206", "CAR1313",
    }  # fmt: skip
    assert len(turned["governance.compliance_not_ended"]) == 72


def test_a_correction_at_a_landfill_is_no_loss_of_storage(told):
    """Nothing is stored there, so that 399 tonnes taken back say nothing of permanence."""
    assert told["ACR119"] == set()


def test_the_table_of_baselines_covers_the_list(rulebook, vrod):
    """Of the tonnes whose methodology is stated, 95 in 100 stand under one whose baseline is known."""
    known = {row["methodology"] for row in rows_of(rulebook, "methodology_rules")}
    stated = covered = 0.0
    names, issued = vrod.columns["methodology"].values, vrod.columns["issued"].values
    for name, tonnes in zip(names, issued, strict=True):
        if name is not None and tonnes is not None:
            stated += tonnes
            covered += tonnes if name in known else 0
    assert stated > 2.3e9
    assert covered / stated > 0.95


def test_each_methodology_has_one_baseline_that_is_a_word_of_the_dictionary(rulebook):
    """Two rows for one methodology would hide the second, and a misspelt word would be no answer."""
    rows = rows_of(rulebook, "methodology_rules")
    words = rulebook.dictionary.candidate["methodology_baseline"].codes.keys()
    assert len({row["methodology"] for row in rows}) == len(rows)
    assert {row["baseline"] for row in rows} | {"not_fixed"} == {*words}
    assert all(row["reason"] for row in rows)
