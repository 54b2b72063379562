"""Real lists that know a type, a methodology or a version in part: what is open, and what is not."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.engine.expression import Answer, evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.offers import read_offers
from offsetcheck.intake.registry.enrich import enrich
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.expression.nodes import Lookup
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ACR = "acr/ACR_Projects.txt"
VERRA = "verra/verra_allprojects_20col_2026-08-14.csv"
VROD = "vrod/vrod-v2025-12-year-end.parquet"
DAY = date(2026, 9, 30)
RULEBOOK = load_rulebook(bundled("rules"))


def listed(file: str) -> CandidateTable:
    if not (REAL / file).is_file():
        pytest.skip(f"{file} is not beside the repository")
    return read_offers(REAL / file, RULEBOOK.dictionary)


def judged(table: CandidateTable, city: str) -> BatchResult:
    return assess_table(table, bind(RULEBOOK, city, DAY), Purchase(facts={}))


def waits_of(result: BatchResult, rule: str) -> dict[int, set[tuple[str, str]]]:
    rows = result.missing.filter(result.missing["rule"] == rule)
    waits: dict[int, set[tuple[str, str]]] = {}
    for row, field, cause in rows.select("row", "field", "cause").iter_rows():
        waits.setdefault(row, set()).add((field, cause))
    return waits


def test_forest_carbon_is_asked_for_its_type() -> None:
    """Which forest activity it is decides whether California has a protocol: open, not a firm no."""
    table = listed(ACR)
    result, rule = judged(table, "palo_alto"), "governance.compliance_protocol"
    raw, country = table.columns["project_type"].raw, table.columns["country"].values
    forests = [row for row in range(len(table)) if raw[row] == "Forest Carbon"]
    home = [row for row in forests if country[row] == "US"]
    outcomes, waits = result.outcomes[rule], waits_of(result, rule)
    assert len(home) > 250
    assert {outcomes[row] for row in home} == {"unknown"}
    assert all(("project_type", Cause.SEVERAL_POSSIBLE) in waits[row] for row in home)
    assert {outcomes[row] for row in forests if row not in home} == {"fail"}


def test_redd_among_the_activities_is_asked_for_the_safeguards() -> None:
    """A project of several activities may be one of avoided deforestation: 91 of 437 are."""
    table = listed(VERRA)
    outcomes = judged(table, "icvcm_ccp").outcomes["safeguards.cancun"]
    raw = table.columns["project_type"].raw
    redd = [row for row in range(len(table)) if "REDD" in raw[row].split(",")]
    assert Counter(raw[row] == "REDD" for row in redd) == {True: 346, False: 91}
    assert {outcomes[row] for row in redd} == {"unknown"}


@pytest.mark.parametrize(
    ("file", "shared", "contradicted"),
    [(VERRA, 4827, 20), ("verra/verra_allprojects_2025-02.csv", 4383, 20),
     ("gold-standard/GSF_Registry_Projects_Export_2026-06-04.csv", 3982, 10), (ACR, 796, 0),
     ("offsetsdb/offsetsdb_projects.parquet", 10828, 20)],
)  # fmt: skip
def test_one_more_list_loses_no_type(file: str, shared: int, contradicted: int) -> None:
    """A type is lost only where the two lists exclude each other, as planting and avoided loss do."""
    table, other = listed(VROD), listed(file)
    at = {name: row for row, name in enumerate(other.ids)}
    joined = enrich(table, other, RULEBOOK.dictionary).columns["project_type"]
    both = [row for row in range(len(table)) if table.ids[row] in at]
    lost = [row for row in both if joined.values[row] is None]
    assert len(both) == shared
    assert len(lost) <= contradicted
    for row in lost:
        theirs = other.fact("project_type", at[table.ids[row]])
        assert table.columns["project_type"].values[row] not in (theirs.value, *theirs.possible)


def decisions(table: CandidateTable) -> list[Answer]:
    """Return what the table of decisions can answer of each row."""
    bound = bind(RULEBOOK, "icvcm_ccp", DAY)
    rule = bound.rules["governance.icvcm_decision"]
    nodes = (node for expression in rule.expressions() for node in walk(expression))
    node = next(n for n in nodes if isinstance(n, Lookup) and n.name == "icvcm_decision")
    purchase = Purchase(facts={})
    return [evaluate(node, Facts(one, purchase, DAY)) for one in table.candidates()]


def test_a_version_that_no_list_states_leaves_open_only_what_it_decides() -> None:
    """Of 200 labelled rows 195 are not turned down, whatever their version; of methodologies that no
    version of the table holds the decision is settled."""
    table = listed(VROD)
    labels, named = table.columns["labels"].values, table.columns["methodology"].values
    versions = table.columns["methodology_version"].values
    answers = decisions(table)
    labelled = [row for row in range(len(table)) if "CCP" in (labels[row] or ())]
    assert len(labelled) == 200
    assert {versions[row] for row in labelled} == {None}
    open_ = [row for row in labelled if answers[row].value is None]
    turned_down = {"does_not_meet", "very_unlikely"}
    assert sum(not turned_down & set(answers[row].possible) for row in open_) == 195
    settled = [
        row
        for row in range(len(table))
        if row not in set(labelled)
        and named[row] is not None
        and versions[row] is None
        and answers[row] == Answer("not_assessed")
    ]
    assert len(settled) >= 2917


def test_a_decision_known_in_part_settles_what_all_its_values_settle() -> None:
    """The rule on what the council turned down is open of the labelled rows with two methodologies only."""
    table = listed(VROD)
    result = judged(table, "icvcm_ccp")
    labels = table.columns["labels"].values
    rows = [row for row in range(len(table)) if "CCP" in (labels[row] or ())]
    found = Counter(result.outcomes["governance.icvcm_decision"][row] for row in rows)
    assert found == {"not_applicable": 198, "unknown": 2}
