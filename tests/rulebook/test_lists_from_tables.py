"""A lookup that gathers a list, where no row matches: unknown by default, empty where the dictionary says so."""

from datetime import date

import pytest

from offsetcheck.engine.assess import assess
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.vocabulary.purchase import Purchase, Stage
from offsetcheck.vocabulary.table import CandidateTable, Column

FILE = "fields/candidate.yaml"
COLLECT = "column: status, collect: true}"
RULE = "additionality.no_open_finding"
DAY = date(2025, 6, 30)


def written(folder, absent):
    """Write what no row means into the field that gathers findings."""
    path = folder / FILE
    text = path.read_text()
    assert text.count(COLLECT) == 1
    path.write_text(text.replace(COLLECT, f"column: status, collect: true, absent: {absent}}}"))
    return load_rulebook(folder)


def outcomes(rulebook):
    """Return the outcome of the rule for a project without events, by either evaluator."""
    bound, purchase = bind(rulebook, "town", DAY), Purchase(stage=Stage.CLARIFICATION, facts={})
    one = assess(
        Candidate("VCS1", {"id": Fact("VCS1", EvidenceGrade.E1)}), bound, purchase
    ).findings
    table = CandidateTable(
        ids=["VCS1"],
        columns={"id": Column(["VCS1"], EvidenceGrade.E1)},
        file="list.csv",
        lines=[2],
        layout="table",
    )
    many = assess_table(table, bound, purchase).outcomes
    return next(f.outcome for f in one if f.rule == RULE).value, many[RULE].item()


def test_no_row_means_that_nobody_has_looked(rulebook):
    """Without a word on it the list is unknown, in both evaluators."""
    assert outcomes(rulebook) == (Outcome.UNKNOWN.value,) * 2


def test_no_row_may_mean_that_there_is_none(folder):
    """With `absent: []` the list is empty, and the rule that counts in it is settled."""
    assert outcomes(written(folder, "[]")) == (Outcome.PASS.value,) * 2


@pytest.mark.parametrize("absent", ["open", "[open]"])
def test_a_list_without_rows_is_empty_or_unknown(folder, absent):
    """A single word is no list, and words that no row holds are no answer of the table."""
    with pytest.raises(RulebookError) as caught:
        written(folder, absent)
    assert FILE in str(caught.value)
