"""Fields known in part: what an expression over possible values answers, and what it waits for."""

from datetime import date

import pytest
from worlds import CS, DAY, B, C, D, N, T

from offsetcheck.engine.expression import Answer, evaluate
from offsetcheck.engine.knowledge import Facts, see
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
    TableRow,
)
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, with_values
from offsetcheck.vocabulary.finding import Missing
from offsetcheck.vocabulary.purchase import Purchase, Screening

E1, E2, E4 = EvidenceGrade.E1, EvidenceGrade.E2, EvidenceGrade.E4
NOTHING = frozenset()


def one_of(*values, grade=E1):
    """Return a fact that has one of several values."""
    return with_values(Fact(grade=grade), values)


def facts(at_least=None, purchase=None, /, **values):
    """Return facts at E1, a list standing for the values of which one is right."""
    made = {
        name: value if isinstance(value, Fact) else Fact(value, E1)
        for name, value in values.items()
    }
    return Facts(Candidate("VCS1", made), purchase or Purchase(), DAY, at_least)


def waits(*fields):
    return frozenset(Missing(field, Cause.SEVERAL_POSSIBLE) for field in fields)


KIND, AGE, OTHER_AGE = FieldRef("kind", C), FieldRef("age", N), FieldRef("other", N)


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (Compare("<", AGE, Constant(10, N)), True), (Compare(">", AGE, Constant(10, N)), False),
        (Compare("<", AGE, Constant(4, N)), None), (Compare("=", Constant(9, N), AGE), False),
        (In(KIND, (Constant("wind", C), Constant("hydro", C), Constant("solar", C))), True),
        (In(KIND, (Constant("stoves", C),)), False), (In(KIND, (Constant("wind", C),)), None),
        (In(KIND, (Constant("wind", C), Constant("hydro", C), Constant(None, C))), True),
        (In(KIND, (Constant("stoves", C), Constant(None, C))), None),
        (Function("contains", (Constant(("wind", "hydro"), CS), KIND), B), True),
        (Function("contains", (Constant(("wind",), CS), KIND), B), None),
        (Function("contains", (Constant((), CS), KIND), B), False),
        (CountTrue(">=", (Compare(">", AGE, Constant(1, N)),), Constant(1, N)), True),
        (CountTrue("<", (Compare("=", AGE, Constant(3, N)),), AGE), True),
        (And((Compare("=", AGE, Constant(3, N)), Compare("=", AGE, Constant(5, N)))), None),
    ],
)  # fmt: skip
def test_a_condition_is_settled_where_every_possible_value_settles_it(node, value):
    """True for every member, false for none, else unknown: then it waits for the field itself."""
    answer = evaluate(node, facts(kind=one_of("wind", "hydro"), age=one_of(3, 5)))
    assert answer.value is value
    assert answer.possible == ()
    fields = {missing.field for missing in answer.missing} - {""}
    assert bool(fields) is (value is None)
    assert {m.cause for m in answer.missing if m.field} <= {Cause.SEVERAL_POSSIBLE}


@pytest.mark.parametrize(
    ("node", "possible"),
    [
        (Calculate("+", AGE, Constant(1, N)), (4.0, 6.0)), (Calculate("*", Constant(2, N), AGE), (6.0, 10.0)),
        (Derived("half", N, Calculate("/", AGE, Constant(2, N))), (1.5, 2.5)),
        (Function("least", (AGE, Constant(4, N)), N), (3.0, 4.0)),
        (Function("add_years", (Constant(date(2020, 2, 29), D), AGE), D), (date(2023, 2, 28), date(2025, 2, 28))),
        (Calculate("/", AGE, Constant(0, N)), ()), (Calculate("+", AGE, OTHER_AGE), ()),
    ],
)  # fmt: skip
def test_arithmetic_over_one_set_maps_it(node, possible):
    """Over two sets, and where one value has no answer, the result could be anything."""
    answer = evaluate(node, facts(age=one_of(3, 5), other=one_of(1, 2)))
    assert (answer.value, answer.possible) == (None, possible)
    assert waits("age") <= answer.missing <= waits("age", "other")


def test_where_all_results_agree_nothing_is_waited_for():
    """A product with zero is zero, whichever of the values is right."""
    node = Calculate("*", AGE, Constant(0, N))
    assert evaluate(node, facts(age=one_of(3, 5))) == Answer(0.0)


DECISIONS = {
    ("VCS", "M1"): (TableRow("approved", E1, "1.0-2.0"), TableRow("withdrawn", E1, "3.0")),
    ("VCS", "M2"): (TableRow("approved", E1),),
    ("VCS", "M3"): (TableRow("approved", E1, "1.0"), TableRow("refused", E1), TableRow("withdrawn", E1)),
    ("GS", "M1"): (TableRow("refused", E2),),
}  # fmt: skip


def decision(absent="none", *, stale=False, collect=False):
    keys = (FieldRef("programme", C), FieldRef("methodology", T))
    kind = CS if collect else C
    return Lookup(
        "decision", kind, "decisions", keys, DECISIONS, version=FieldRef("version", T),
        absent=None if collect else absent, stale=stale, collect=collect,
    )  # fmt: skip


M1_M2 = one_of("M1", "M2")


@pytest.mark.parametrize(
    ("given", "possible"),
    [
        ({"programme": "VCS", "methodology": "M1"}, {"approved", "withdrawn", "none"}),
        ({"programme": "VCS", "methodology": "M1", "version": one_of("1.5", "3.0")}, {"approved", "withdrawn"}),
        ({"programme": "VCS", "methodology": "M1", "version": one_of("1.0", "2.0")}, {"approved"}),
        ({"programme": "VCS", "methodology": "M1", "version": one_of("1.0", "9")}, {"approved", "none"}),
        ({"programme": "VCS", "methodology": "M2"}, {"approved"}),
        ({"programme": "VCS", "methodology": "M3"}, {"approved", "refused"}),
        ({"programme": "VCS", "methodology": M1_M2, "version": "1.0"}, {"approved"}),
        ({"programme": one_of("VCS", "GS"), "methodology": "M1", "version": "1.0"}, {"approved", "refused"}),
        ({"programme": "VCS", "methodology": one_of("M2", "M9")}, {"approved", "none"}),
        ({"programme": "GS"}, {"refused", "none"}),
        ({"methodology": "M1", "version": "1.0"}, {"approved", "refused", "none"}),
        ({"programme": "ACR"}, {"none"}),
        ({"programme": "VCS", "methodology": one_of("M8", "M9")}, {"none"}),
    ],
)  # fmt: skip
def test_a_table_answers_with_all_rows_that_the_key_could_meet(given, possible):
    """A key part or a version that is not stated could be anything, also what no row holds."""
    answer = evaluate(decision(), facts(**given))
    assert set(answer.possible or (answer.value,)) == possible
    assert bool(answer.missing) is (len(possible) > 1)


def test_what_is_missing_is_the_part_of_the_key():
    """A version that is not stated is asked for as such, a key known in part as one of several."""
    answer = evaluate(decision(), facts(programme="VCS", methodology=M1_M2))
    unstated = Missing("version", Cause.NOT_STATED)
    assert answer.missing == waits("methodology") | {unstated}


def test_an_answer_that_could_be_too_weak_or_none_is_unknown():
    """A row below the grade asked for, and a key without an answer, leave the whole open."""
    given = {"programme": one_of("VCS", "GS"), "methodology": "M1", "version": "1.0"}
    assert evaluate(decision(), facts(E1, **given)) == Answer(None, waits("programme"))
    given = {"programme": "VCS", "methodology": one_of("M2", "M9"), "version": "1.0"}
    assert evaluate(decision(absent=None), facts(**given)) == Answer(None, waits("methodology"))


def test_what_no_key_could_change_waits_for_no_key():
    """A table past its date is unknown whatever the key: then that is the cause."""
    answer = evaluate(decision(stale=True), facts(programme="VCS", methodology=M1_M2))
    assert {missing.cause for missing in answer.missing} == {Cause.TABLE_STALE}


def test_rows_gathered_under_an_unstated_version_are_unknown():
    """Which of the rows belong together is then not known; without versions they are."""
    assert evaluate(decision(collect=True), facts(programme="VCS", methodology="M1")).value is None
    gathered = evaluate(decision(collect=True), facts(programme="VCS", methodology="M2"))
    assert gathered == Answer(("approved",))


def test_a_screening_counts_for_possible_keys_too():
    """Where one of two projects has an event and somebody looked, it is the event or none."""
    rows = {("VCS1",): (TableRow("open", E1),)}
    events = Lookup("events", CS, "events", (FieldRef("id", T),), rows, collect=True)
    looked = Purchase(screenings=(Screening("A", DAY, ("list",)),))
    given = {"id": one_of("VCS1", "VCS2")}
    assert evaluate(events, facts(None, looked, **given)).possible == (("open",), ())
    assert evaluate(events, facts(**given)) == Answer(None, waits("id"))


def test_a_set_counts_at_its_grade_and_from_its_day():
    """What is too weak, or became known later, is no set but unknown for that cause."""
    weak = one_of("wind", "hydro", grade=E4)
    assert see("kind", weak, C, DAY, E2)[:2] == (None, Cause.EVIDENCE_TOO_WEAK)
    later = with_values(Fact(grade=E1, as_of=date(2024, 3, 1)), ("wind", "hydro"))
    assert see("kind", later, C, DAY, None)[:2] == (None, Cause.NOT_KNOWN_YET)
    assert see("kind", one_of("wind", "hydro"), C, DAY, E1).possible == ("wind", "hydro")


def test_of_a_later_narrower_word_the_earlier_broader_one_counts_until_then():
    """A record of today does not make yesterday's knowledge less."""
    before = one_of("wind", "hydro")
    fact = Fact("wind", E1, as_of=date(2024, 3, 1), others=(before,))
    assert see("kind", fact, C, DAY, None).possible == ("wind", "hydro")
    assert see("kind", fact, C, date(2024, 3, 1), None).value == "wind"


def test_yes_or_no_and_more_than_64_values_are_nothing_known():
    """A set that excludes nothing worth knowing is not stated."""
    assert see("b", one_of(True, False), B, DAY, None)[:2] == (None, Cause.NOT_STATED)
    assert with_values(Fact(), range(65)).cause is Cause.NOT_STATED
    assert len(with_values(Fact(), range(64)).possible) == 64
