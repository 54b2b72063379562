"""The meaning of each operator and function, unknowns and their causes included."""

from datetime import date

import polars as pl
import pytest
from worlds import CS, DAY, IS, B, C, D, N, T

from offsetcheck.engine.arithmetic import compare_count
from offsetcheck.engine.columns.functions import FUNCTIONS as COLUMNS
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import Facts
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    CountTrue,
    Derived,
    FieldRef,
    Function,
    In,
    Lookup,
    Not,
    Or,
    TableRow,
)
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Missing
from offsetcheck.vocabulary.purchase import Purchase, Screening
from offsetcheck.vocabulary.table import CandidateTable, Column

E1, E2, E3, E4 = EvidenceGrade.E1, EvidenceGrade.E2, EvidenceGrade.E3, EvidenceGrade.E4


def facts(at_least=None, purchase=None, /, **values):
    """Return facts at E1, or as given."""
    made = {n: v if isinstance(v, Fact) else Fact(v, E1) for n, v in values.items()}
    return Facts(Candidate("VCS1", made), purchase or Purchase(), DAY, at_least)


def number(value):
    return Constant(value, N)


def waits(*pairs):
    return frozenset(Missing(*pair) for pair in pairs)


TRUE, FALSE, UNKNOWN = (
    Constant(value=True, type=B),
    Constant(value=False, type=B),
    FieldRef("b1", B),
)


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (TRUE, TRUE, True, True),
        (TRUE, FALSE, False, True),
        (TRUE, UNKNOWN, None, True),
        (FALSE, UNKNOWN, False, None),
        (UNKNOWN, UNKNOWN, None, None),
    ],
)
def test_and_and_or_are_kleene(left, right, both, either):
    """One false settles AND, one true settles OR, whatever is unknown beside it."""
    assert evaluate(And((left, right)), facts()).value is both
    assert evaluate(Or((right, left)), facts()).value is either


def test_not_of_unknown_is_unknown_and_waits_for_the_same():
    """NOT turns a truth round and leaves an unknown as it is."""
    assert evaluate(Not(UNKNOWN), facts()).missing == waits(("b1", Cause.NOT_STATED))
    assert evaluate(Not(TRUE), facts()).value is False


def test_a_settled_answer_waits_for_nothing():
    """A false side makes the whole false; what the other side lacks does not matter."""
    assert evaluate(And((FALSE, UNKNOWN)), facts()).missing == frozenset()


@pytest.mark.parametrize(
    ("operator", "left", "right"),
    [
        ("/", 1.0, 0.0),
        ("/", 0.0, -0.0),
        ("*", 1e308, 10.0),
        ("+", 1.7e308, 1.7e308),
        ("-", -1.7e308, 1.7e308),
    ],
)
def test_what_is_not_finite_is_unknown(operator, left, right):
    """A division by zero and a result that is not finite are unknown: not computable."""
    node = Calculate(operator, FieldRef("n1", N), number(right))
    assert evaluate(node, facts(n1=left)).missing == waits(("n1", Cause.NOT_COMPUTABLE))


def test_integers_are_doubles():
    """7 / 2 is 3.5, and whole numbers compare with doubles by value."""
    half = Calculate("/", FieldRef("i1", N), number(2))
    assert evaluate(Compare("=", half, number(3.5)), facts(i1=7)).value is True


def test_a_number_that_is_no_double_is_unknown():
    """A whole number too large for a double, and an infinite one, are not computable."""
    for value in (10**400, float("inf"), float("nan")):
        answer = evaluate(FieldRef("n1", N), facts(n1=value))
        assert answer.missing == waits(("n1", Cause.NOT_COMPUTABLE))


def test_text_is_compared_exactly():
    """Two spellings of one letter are two texts: bringing them to NFC is for those who read files."""
    node = Compare("=", FieldRef("t1", T), Constant("é", T))
    assert evaluate(node, facts(t1="e\u0301")).value is False
    assert evaluate(node, facts(t1="é")).value is True


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2000, 2, 29), date(2023, 2, 28), 22),
        (date(2000, 2, 29), date(2023, 3, 1), 23),
        (date(2000, 2, 29), date(2024, 2, 29), 24),
        (date(2024, 2, 29), date(2024, 2, 28), -1),
        (date(2024, 1, 1), date(2024, 12, 31), 0),
    ],
)
def test_years_between_counts_whole_years_down(first, last, years):
    """The difference of YYYYMMDD, floor-divided by 10,000."""
    node = Function("years_between", (Constant(first, D), Constant(last, D)), N)
    assert evaluate(node, facts()).value == years


@pytest.mark.parametrize(
    ("years", "day"),
    [
        (1, date(2021, 2, 28)), (4, date(2024, 2, 29)), (-20, date(2000, 2, 29)), (0.5, None),
        (9000, None), (-2020, None),
    ],
)  # fmt: skip
def test_add_years_ends_on_28_february(years, day):
    """29 February moves to the 28th where there is no 29th; parts of years are not computable."""
    node = Function("add_years", (Constant(date(2020, 2, 29), D), number(years)), D)
    assert evaluate(node, facts()).value == day


@pytest.mark.parametrize(
    ("name", "given", "result"),
    [
        ("exp", 0, 1), ("exp", -1, 0.36787944117144233), ("exp", 710, None), ("exp", -800, 0),
        ("sqrt", 2.25, 1.5), ("sqrt", 0, 0), ("sqrt", -1, None),
    ],
)  # fmt: skip
def test_powers_and_roots_are_finite_or_unknown(name, given, result):
    """What has no result or none that is finite is unknown, alike in both evaluators."""
    node = Function(name, (number(given),), N)
    assert evaluate(node, facts()).value == result
    column = pl.DataFrame({"given": [float(given)]}).select(COLUMNS[name](pl.col("given")))
    assert column.item() == result


def test_contains_and_count_in_need_both_sides():
    """With an unknown side they are unknown, an empty list included; [] is a complete answer."""
    labels = FieldRef("cs1", CS)
    asked = Function("contains", (labels, FieldRef("c1", C)), B)
    counted = Function("count_in", (labels, Constant("x", C), Constant("y", C)), N)
    assert evaluate(asked, facts(cs1=())).missing == waits(("c1", Cause.NOT_STATED))
    assert evaluate(asked, facts(c1="x")).missing == waits(("cs1", Cause.NOT_STATED))
    assert evaluate(asked, facts(cs1=(), c1="x")).value is False
    assert evaluate(counted, facts(cs1=("x", "x", "z"))).value == 2
    assert evaluate(counted, facts(cs1=())).value == 0
    assert evaluate(Function("size", (labels,), N), facts(cs1=())).value == 0


def test_a_list_of_whole_numbers_contains_its_items():
    """Goal 13 is in a list of goals."""
    node = Function("contains", (FieldRef("is1", IS), number(13)), B)
    assert evaluate(node, facts(is1=(1, 13))).value is True


def test_least_and_greatest_of_an_unknown_are_unknown():
    """Unlike in many engines they do not skip what is unknown."""
    node = Function("least", (FieldRef("n1", N), FieldRef("n2", N)), N)
    assert evaluate(node, facts(n1=1)).missing == waits(("n2", Cause.NOT_STATED))
    assert evaluate(node, facts(n1=1, n2=-1)).value == -1


def test_in_with_an_undecided_option_is_true_or_unknown():
    """An option that the city has not decided may still be the item."""
    node = In(
        FieldRef("c1", C), (Constant("x", C), Constant(None, C, "$kind", Cause.CITY_UNDECIDED))
    )
    assert evaluate(node, facts(c1="x")).value is True
    assert evaluate(node, facts(c1="y")).missing == waits(("$kind", Cause.CITY_UNDECIDED))


@pytest.mark.parametrize(
    ("operator", "lowest", "highest", "count", "truth"),
    [
        (">=", 2, 3, 2, True), (">=", 1, 2, 2, None), (">=", 0, 1, 2, False), ("<", 0, 1, 2, True),
        ("<", 1, 2, 2, None), ("=", 1, 2, 2, None), ("=", 2, 2, 2, True), ("=", 0, 1, 2, False),
        ("=", 2, 3, 2.5, False), ("<>", 0, 1, 2, True), ("<>", 2, 2, 2, False), ("<>", 1, 2, 2, None),
    ],
)  # fmt: skip
def test_count_true_compares_an_interval(operator, lowest, highest, count, truth):
    """From those true to those true or unknown: settled only where the whole interval agrees."""
    assert compare_count(operator, lowest, highest, count) is truth


def test_count_true_waits_for_the_unknown_conditions():
    """What could still lift the count is named."""
    node = CountTrue(">=", (TRUE, UNKNOWN, FieldRef("b2", B)), number(2))
    assert evaluate(node, facts(b2=False)).missing == waits(("b1", Cause.NOT_STATED))


def test_weak_evidence_is_unknown_and_says_so():
    """Below the asked grade a value does not count; a missing one stays not stated."""
    weak = facts(E2, n1=Fact(5, E4), n2=Fact(None, E4))
    both = Compare("<", FieldRef("n1", N), FieldRef("n2", N))
    assert evaluate(both, weak).missing == waits(
        ("n1", Cause.EVIDENCE_TOO_WEAK), ("n2", Cause.NOT_STATED)
    )


def test_the_id_is_never_too_weak():
    """Which project is offered is no claim about the project."""
    assert evaluate(FieldRef("id", T), facts(E1, id=Fact("VCS1", E4))).value == "VCS1"


def test_a_later_fact_is_not_known_yet():
    """A fact counts from its own day on, unless all facts are asked to count."""
    fact = Fact(5, E1, as_of=date(2024, 3, 1))
    later = facts(n1=fact)
    assert evaluate(FieldRef("n1", N), later).missing == waits(("n1", Cause.NOT_KNOWN_YET))
    table = CandidateTable(["VCS1"], {"n1": Column([5], full={0: fact})}, "list.csv", [2], "list")
    [candidate] = table.known_on_any_day().candidates()
    assert evaluate(FieldRef("n1", N), Facts(candidate, Purchase(), DAY)).value == 5


def lookup(**changes):
    """Return a lookup of decisions by methodology and version."""
    made = {
        "name": "decision", "type": C, "table": "decisions", "keys": (FieldRef("c1", C),),
        "version": FieldRef("t1", T),
        "rows": {
            ("VM1",): (TableRow("approved", E1, "1.0-1.2"), TableRow("refused", E1, "0.9")),
            ("VM2",): (TableRow("approved", E3, None),),
        },
    }  # fmt: skip
    return Lookup(**{**made, **changes})


def test_a_lookup_takes_the_row_of_the_version():
    """The first row whose range holds the version answers; where none does, absent or unknown."""
    assert evaluate(lookup(), facts(c1="VM1", t1="1.1")).value == "approved"
    assert evaluate(lookup(), facts(c1="VM1", t1="0.9")).value == "refused"
    assert evaluate(lookup(), facts(c1="VM1", t1="7")).missing == waits(
        ("c1", Cause.NO_ROW), ("t1", Cause.NO_ROW)
    )
    assert evaluate(lookup(absent="not_assessed"), facts(c1="VM1", t1="7")).value == "not_assessed"


def test_a_lookup_needs_its_whole_key():
    """An unknown part makes it unknown, but a row good for any version needs none."""
    assert evaluate(lookup(), facts(c1="VM1")).missing == waits(("t1", Cause.NOT_STATED))
    assert evaluate(lookup(), facts(t1="1.0")).missing == waits(("c1", Cause.NOT_STATED))
    assert evaluate(lookup(), facts(c1="VM2")).value == "approved"


def test_a_row_is_as_good_as_its_source():
    """A row of weaker grade than the rule asks for does not count."""
    answer = evaluate(lookup(version=None), facts(E2, c1="VM2"))
    assert answer.missing == waits(("c1", Cause.EVIDENCE_TOO_WEAK))


def test_a_stale_table_answers_nothing():
    """Past its days every answer is unknown, the absent value too."""
    answer = evaluate(lookup(stale=True, absent="not_assessed", version=None), facts(c1="VM9"))
    assert answer.missing == waits(("c1", Cause.TABLE_STALE))


def events(**changes):
    """Return a lookup that collects the events of a project."""
    rows = {("VCS1",): (TableRow("open", E2), TableRow("closed", E2), TableRow("open", E2))}
    made = {"name": "finding_events", "type": CS, "table": "events", "keys": (FieldRef("id", T),)}
    return Lookup(**{**made, "rows": rows, "collect": True, **changes})


def test_collected_values_stand_once_in_file_order():
    """A lookup that collects gives the list of what it found, without repeats."""
    assert evaluate(events(), facts(id="VCS1")).value == ("open", "closed")


def test_silence_needs_a_screening():
    """No event known is unknown until somebody has looked, and counts as E3 from then on."""
    looked = Purchase(screenings=(Screening("A. Officer", DAY, ("register",), ("VCS1",)),))
    clean = {"id": Fact("VCS2", E4)}
    assert evaluate(events(), facts(None, None, **clean)).missing == waits(("id", Cause.NO_ROW))
    assert evaluate(events(), facts(E3, looked, **clean)).value == ()
    assert evaluate(events(), facts(E2, looked, **clean)).value is None


def test_a_screening_of_a_later_day_or_another_offer_does_not_count():
    """Who looked, and when, decides what silence means."""
    for day, offers in ((date(2024, 3, 1), None), (DAY, ("VCS9",))):
        looked = Purchase(screenings=(Screening("A", day, ("register",), offers),))
        assert evaluate(events(), facts(None, looked, id="VCS2")).value is None


def test_derived_fields_are_never_missing():
    """What is missing is always a field that somebody can state."""
    node = Derived("remaining", N, Calculate("-", FieldRef("n1", N), FieldRef("n2", N)))
    assert evaluate(node, facts(n1=3)).missing == waits(("n2", Cause.NOT_STATED))
