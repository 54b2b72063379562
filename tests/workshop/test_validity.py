"""The page on how far the judgement holds: counted on small lists whose answer is known."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import offsetcheck
from offsetcheck.api.rules import validity
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase, Screening, Stage
from offsetcheck.vocabulary.table import CandidateTable, Column
from offsetcheck.workshop.best_papers import with_best_papers
from offsetcheck.workshop.validity import SeenList, setting_for, validity_page
from offsetcheck.workshop.validity_types import rank_correlation

DAY = date(2026, 9, 30)
PROFILE = "iclei_utmc_default"
OZONE = {
    "name": "Invented destruction",
    "programme": "ACR",
    "country": "US",
    "project_type": "ods_destruction",
    "methodology": "ACR Destruction of Ozone Depleting Substances from International Sources",
    "registry_status": "registered",
    "issued": 1000.0,
    "remaining": 1000.0,
    "labels": ("CCP",),
}
WIND = {
    "name": "Invented wind farm",
    "programme": "VCS",
    "country": "IN",
    "project_type": "wind",
    "methodology": "ACM0002",
    "registry_status": "registered",
    "issued": 3000.0,
    "remaining": 3000.0,
    "labels": (),
}
KARIBA = {
    "name": "Kariba",
    "programme": "VCS",
    "country": "ZW",
    "project_type": "redd",
    "methodology": "VM0009",
    "registry_status": "withdrawn",
    "issued": 29016364.0,
    "remaining": 4042331.0,
    "labels": (),
}


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook(bundled("rules"))


@pytest.fixture(scope="module")
def setting(rulebook):
    return setting_for(rulebook, [PROFILE], DAY)


def table_of(rows, file="list.csv"):
    """Return rows of a registry's list by id."""
    names = dict.fromkeys(name for row in rows.values() for name in row)
    columns = {
        name: Column([row.get(name) for row in rows.values()], grades=EvidenceGrade.E1)
        for name in names
    }
    columns["id"] = Column(list(rows), grades=EvidenceGrade.E1)
    return CandidateTable(list(rows), columns, file, list(range(2, len(rows) + 2)), "vrod")


def seen(rows, name="list.csv"):
    year = Fact(value=float(DAY.year), grade=EvidenceGrade.E1)
    return SeenList(name, "0" * 64, table_of(rows, name), Purchase(facts={"year": year}))


@pytest.fixture(scope="module")
def page(setting):
    """The page on a list of twenty good and twenty doubtful projects, and Kariba."""
    rows = {f"ACR{9000 + n}": OZONE for n in range(20)} | {
        f"VCS{9000 + n}": WIND for n in range(20)
    }
    return validity_page(setting, [seen(rows | {"VCS902": KARIBA})])


def best(candidate_id, row, rulebook, **more):
    table = table_of({candidate_id: row | more})
    screening = Screening("an officer", DAY, ("registry notices",), (candidate_id,))
    facts = {
        "year": float(DAY.year),
        "claim": "contribution",
        "procedure": "tender",
        "procurement_law": "eu",
    }
    purchase = Purchase(
        stage=Stage.CLARIFICATION,
        facts={name: Fact(value, EvidenceGrade.E1) for name, value in facts.items()},
        screenings=(screening,),
    )
    return with_best_papers(table.candidate(0), bind(rulebook, PROFILE, DAY), purchase)


def test_a_good_project_with_the_best_papers_may_be_bought(rulebook):
    """The search finds answers with which the destruction of refrigerants may be bought."""
    found = best("ACR9000", OZONE, rulebook)
    assert found.assessment.verdict in {Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS}


def test_the_best_papers_do_not_undo_a_record(rulebook):
    """No answer makes a withdrawn project with an excess one that may be bought."""
    assert best("VCS902", KARIBA, rulebook).assessment.verdict is Verdict.NOT_ELIGIBLE


def test_what_a_list_states_stays(rulebook):
    """Only what is open is answered; status, country and type remain those of the list."""
    answers = best("ACR9000", OZONE, rulebook, registry_status="on_hold").answers
    assert not answers.keys() & {"registry_status", "country", "project_type", "labels", "id"}


def test_a_value_known_in_part_is_one_of_its_values(rulebook):
    """Of several possible types the best is taken, and none that was not possible."""
    table = table_of({"VCS9000": {**WIND, "project_type": None}})
    fact = Fact(
        None,
        EvidenceGrade.E1,
        Cause.SEVERAL_POSSIBLE,
        possible=("hydropower", "wind"),
    )
    full = {0: fact}
    columns = {
        **table.columns,
        "project_type": replace(table.columns["project_type"], full=full),
    }
    candidate = replace(table, columns=columns).candidate(0)
    found = with_best_papers(candidate, bind(rulebook, PROFILE, DAY), Purchase())
    answered = found.answers.get("project_type")
    assert answered is None or answered.value in fact.possible


def test_a_known_case_is_counted_by_its_verdict(page):
    """Kariba stands under its record, not eligible, and no other project has one."""
    assert "| **all with a record** | 1 | 0 | 0 | 0 | 1 |" in page
    assert "None of those with a record may be bought." in page


def test_labelled_projects_stand_beside_the_cases(page):
    """The twenty labelled projects get the same papers, and may be bought."""
    [line] = [line for line in page.splitlines() if line.startswith("| CCP label, no record |")]
    counts = [int(cell) for cell in line.strip("|").split("|")[1:]]
    assert counts[0] == 20
    assert counts[1] + counts[2] == 20


def test_a_label_is_not_read_as_its_own_proof(page):
    """Rows with the label and without are counted apart, and each list's rows add up."""
    lines = [line for line in page.splitlines() if "`governance.icvcm_decision`" in line]
    counted = [
        sum(int(cell) for cell in line.strip("| ").split("|")[4:])
        for line in lines
        if "| CCP |" in line
    ]
    assert counted == [20, 21]


def test_the_better_type_stands_first(page):
    """Types are put in the order of their scores; one with a single row is not shown."""
    order = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| `")]
    types = [name for name in order if name in {"`ods_destruction`", "`wind`", "`redd`"}]
    assert types == ["`ods_destruction`", "`wind`"]


def test_no_row_is_copied(page):
    """The page counts rows and names the ids of cases alone: no project's name stands on it."""
    assert not any(row["name"] in page for row in (OZONE, WIND, KARIBA))


def test_the_page_comes_out_the_same(setting):
    """Two runs write the same text."""
    rows = {"ACR9000": OZONE, "VCS902": KARIBA}
    assert validity_page(setting, [seen(rows)]) == validity_page(setting, [seen(rows)])


def test_a_joined_list_that_is_broader_takes_nothing_away(setting):
    """Two lists that agree share a project of which neither loses what it knew."""
    page = validity_page(setting, [seen({"VCS9000": WIND}), seen({"VCS9000": WIND}, "other.csv")])
    rows = [line for line in page.splitlines() if line.startswith("| `list.csv` | `other.csv` |")]
    assert rows
    assert all(line.endswith("| 0 | 0 | 0 | 0 |") for line in rows)


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ([(1, 10), (2, 20), (3, 30)], 1.0),
        ([(1, 30), (2, 20), (3, 10)], -1.0),
        ([(1, 10), (1, 10), (2, 20), (3, 30)], 1.0),
        ([(1, 5), (2, 5)], None),
        ([(1, 5)], None),
    ],
)
def test_orders_are_compared_by_rank(pairs, found):
    """The same order is 1, the reverse -1, and what has no order has no correlation."""
    correlation = rank_correlation(pairs)
    assert correlation is None if found is None else correlation == pytest.approx(found)


def test_without_a_list_there_is_nothing_to_try(rulebook):
    """No list, or a profile that is not there, is a wrong request."""
    with pytest.raises(offsetcheck.RequestError):
        validity(rulebook, [], [PROFILE], DAY)
    with pytest.raises(offsetcheck.RequestError):
        validity(rulebook, [Path("list.csv")], ["iclei_utmc"], DAY)
