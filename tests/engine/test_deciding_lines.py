"""What decided each rule on each row of a table is what the evaluator of one candidate says."""

from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from worlds import Drawer, World, as_table, worlds

from offsetcheck.api.city import own_city_of
from offsetcheck.engine.assess import assess
from offsetcheck.engine.columns import leaves, told
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.engine.columns.leaves import BETWEEN, deciding_lines
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.read import read_tender
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook

STEADY = settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
SAID = ("outcome", "state", "comparison", "holds", "fields", "value", "operator", "threshold",
        "distance", "cause")  # fmt: skip


def lines_of(table, world):
    """Return the lines of a table by row and rule, each as what it says."""
    judged = assess_table(table, world.bound, world.purchase)
    found = {}
    for part in deciding_lines(table, world.bound, world.purchase, judged).parts():
        for line in part.iter_rows(named=True):
            of_row = found.setdefault((line["row"], line["rule"]), [])
            of_row.append(tuple(line[name] for name in SAID))
    return found


def text(value):
    if value is None:
        return None
    return BETWEEN.join(map(one_text, value if isinstance(value, tuple) else (value,)))


def one_text(value):
    if isinstance(value, bool):
        return str(value).lower()
    whole = isinstance(value, float) and value.is_integer() and abs(value) <= 2**53
    return str(int(value) if whole else value)


def line_of(finding, leaf):
    """Return a deciding comparison of a finding as a line says it."""
    head = (finding.outcome.value, finding.state.value)
    if leaf is None:
        return (*head, *[None] * 8)
    causes = dict.fromkeys(m.cause.value for m in finding.missing if m.field in leaf.fields)
    unknown = leaf.value is None and leaf.truth is None
    return (
        *head, leaf.text, leaf.truth, BETWEEN.join(leaf.fields), text(leaf.value), leaf.operator,
        text(leaf.threshold), leaf.distance, BETWEEN.join(causes) or None if unknown else None,
    )  # fmt: skip


def differing(world):
    """Return the rows and rules of which both say different things."""
    found = lines_of(world.table, world)
    wrong = []
    for row, candidate in enumerate(world.candidates):
        for finding in assess(candidate, world.bound, world.purchase).findings:
            said = [line_of(finding, leaf) for leaf in finding.leaves or (None,)]
            if found.pop((row, finding.rule)) != said:
                wrong.append((candidate.id, finding.rule))
    assert found == {}
    return wrong


@STEADY
@given(worlds(rules=6, rows=10))
def test_each_line_is_what_one_candidate_is_told(world):
    """Comparisons, values, thresholds, distances and causes are those of the candidate's trace."""
    assert differing(world) == []


@pytest.mark.parametrize("city", ["turku", "bogota", "alder_bay"])
def test_the_lines_of_a_tender_heed_documents_screenings_and_reviews(city):
    """Under every rule of the package, with contradictions, searches and signatures."""
    rulebook, folder = load_rulebook(bundled("rules")), bundled("samples") / city
    own = own_city_of(folder, rulebook)
    tender = read_tender(folder, rulebook.dictionary)
    bound = bind(rulebook if own is None else own.rulebook, city, date(2026, 9, 30))
    world = World(bound, tuple(tender.table.candidates()), tender.purchase)
    assert differing(world) == []
    assert lines_of(tender.table, world) == lines_of(world.table, world)


def test_rows_that_are_told_the_same_are_evaluated_once(monkeypatch):
    """Of a list that holds its rows many times no more rows are evaluated than of one of each."""
    world, asked = Drawer(Random(11)).world(6, 10), []
    ask = leaves.judge_all

    def counted(rules, columns):
        asked.append(columns.rows.height)
        return ask(rules, columns)

    monkeypatch.setattr(leaves, "judge_all", counted)
    once = lines_of(as_table(world.candidates), world)
    many = lines_of(as_table(world.candidates * 5), world)
    assert len(asked) == 2
    assert asked[0] == asked[1] <= 10
    assert len(many) == 5 * len(once)


def test_where_a_list_is_cut_changes_nothing(monkeypatch):
    """Patterns are found and lines written in parts to bound memory; the lines are the same."""
    world = Drawer(Random(12)).world(6, 11)
    whole = lines_of(world.table, world)
    monkeypatch.setattr(leaves, "ROWS_AT_ONCE", 4)
    monkeypatch.setattr(told, "ROWS_AT_ONCE", 3)
    assert lines_of(world.table, world) == whole


def test_an_empty_list_has_no_lines():
    """Nothing is said of nothing."""
    world = Drawer(Random(12)).world(4, 1)
    assert lines_of(as_table(()), world) == {}
