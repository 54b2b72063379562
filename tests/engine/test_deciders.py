"""What decided a finding: the rows that answered, and the values that were held against."""

import pytest
from worlds import CS, DAY, B, C, N, T, make_rule

from offsetcheck.engine.deciders import deciders
from offsetcheck.engine.knowledge import Facts
from offsetcheck.rulebook.expression.nodes import (
    And,
    Compare,
    Constant,
    FieldRef,
    Function,
    Lookup,
    Not,
    Or,
    TableRow,
)
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Provenance, Standing
from offsetcheck.vocabulary.finding import NO_DECIDERS, DecidedRow
from offsetcheck.vocabulary.purchase import Purchase, Screening

E1 = EvidenceGrade.E1
READ, KNOWN = Provenance(Standing.READ, "court"), Provenance(Standing.KNOWN, "press")
TABLE = Provenance(Standing.DESIGN, guide="guide")
ROWS = {
    ("VCS1",): (TableRow("open", E1, origin=READ), TableRow("closed", E1, origin=KNOWN)),
    ("VCS2",): (TableRow("closed", E1, origin=KNOWN),),
}
EVENTS = Lookup("events", CS, "events", (FieldRef("id", T),), ROWS, collect=True, origin=TABLE)
NO_OPEN_EVENT = Compare(
    "=", Function("count_in", (EVENTS, Constant("open", C)), N), Constant(0.0, N)
)
DECISIONS = {
    ("VM1",): (TableRow("no", E1, "1.0", READ), TableRow("yes", E1, "2.0", KNOWN)),
    ("VM2",): (TableRow("yes", E1, None, KNOWN),),
}
DECISION = Lookup(
    "decision", C, "decisions", (FieldRef("c1", C),), DECISIONS,
    version=FieldRef("version", T), absent="none", origin=TABLE,
)  # fmt: skip
APPROVED = Compare("=", DECISION, Constant("yes", C))
AGE = Compare("<=", FieldRef("n1", N), Constant(10.0, N, "$max_age"))
FLAG = FieldRef("b1", B)


def decided(node, purchase=None, **values):
    """Return what decided a requirement under facts at E1."""
    facts = {name: Fact(value, E1) for name, value in values.items()}
    rule = make_rule("a.b", requires=node)
    return deciders(rule, Facts(Candidate("P1", facts), purchase or Purchase(), DAY))


def test_of_several_events_the_one_that_is_named_decides():
    """A rule on open events rests on the row that is open and not on the closed one beside it."""
    [row] = decided(NO_OPEN_EVENT, id="VCS1").rows
    assert row == DecidedRow("events", "events", "open", READ)


def test_where_no_event_is_of_that_kind_all_rows_decide():
    """That nothing is open rests on every row that there is."""
    assert [row.value for row in decided(NO_OPEN_EVENT, id="VCS2").rows] == ["closed"]


def test_a_search_that_found_nothing_is_no_row():
    """Silence after a search is the searcher's word, not the table's."""
    looked = Purchase(screenings=(Screening("A", DAY, ("register",)),))
    assert decided(NO_OPEN_EVENT, looked, id="VCS9") is NO_DECIDERS


@pytest.mark.parametrize(("version", "origin"), [("1.0", READ), ("2.0", KNOWN)])
def test_the_row_of_the_version_decides(version, origin):
    """Of two versions the row that answered is named, with its own source."""
    [row] = decided(APPROVED, c1="VM1", version=version).rows
    assert row.origin is origin


def test_a_row_for_any_version_decides_without_one():
    """A key with one row needs no version, and that row is named."""
    [row] = decided(APPROVED, c1="VM2").rows
    assert (row.value, row.origin) == ("yes", KNOWN)


def test_that_a_table_has_no_row_decides_too():
    """Where the answer is that there is none, the table as a whole is named."""
    [row] = decided(APPROVED, c1="VM9", version="1.0").rows
    assert row == DecidedRow("decision", "decisions", "none", TABLE, absent=True)


def test_only_what_decided_is_named():
    """Of an OR that holds by one half, and an AND that fails by one, the other half is not named."""
    assert decided(Or((FLAG, AGE)), b1=True, n1=11).parameters == ()
    assert decided(Or((FLAG, AGE)), b1=False, n1=9).parameters == ("max_age",)
    failed = decided(And((AGE, APPROVED)), n1=11, c1="VM1", version="2.0")
    assert (failed.rows, failed.parameters) == ((), ("max_age",))


def test_what_is_turned_round_decides_as_well():
    """A comparison under NOT is found."""
    assert decided(Not(AGE), n1=9).parameters == ("max_age",)


def test_the_day_is_no_parameter():
    """The day of assessment is nobody's value."""
    today = Compare("=", Constant(DAY, T, "$as_of"), Constant(DAY, T, "$as_of"))
    assert decided(today) is NO_DECIDERS
