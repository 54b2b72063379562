"""Offers beside registry lists: better grades count, contradictions show, oversold lots are caught."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from offsetcheck.engine.knowledge import see
from offsetcheck.intake.registry.enrich import enrich
from offsetcheck.intake.tables.facts import combine, combined
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, with_values
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.vocabulary.table import CandidateTable

Join = Callable[..., CandidateTable]
E1, E2, E4 = EvidenceGrade.E1, EvidenceGrade.E2, EvidenceGrade.E4

HEADER = "category,country,is_compliance,issued,listed_at,name,project_id,project_type,proponent,protocol,registry,retired,status\n"
LIST = HEADER + (
    'forest,Kenya,False,100,,Invented A,GLD1,Wetland Restoration,Nobody,"[""vm0047""]",gold-standard,40,registered\n'
    'forest,Chile,False,900,,Invented B,VCS2,Wetland Restoration,Nobody,"[""vm0047""]",verra,0,unknown\n'
)


@pytest.fixture
def join(read, dictionary) -> Join:
    def read_and_join(offers: str, *lists: str) -> CandidateTable:
        table = read(offers)
        for number, text in enumerate(lists):
            table = enrich(table, read(text, f"list{number}.csv"), dictionary)
        return table

    return read_and_join


def warnings(table: CandidateTable) -> list[str]:
    assert {problem.severity for problem in table.problems} <= {Severity.WARNING}
    return [problem.message for problem in table.problems]


def test_a_registrys_value_counts_before_the_sellers(join: Join) -> None:
    """Both are kept, the difference is a warning at the seller's cell."""
    table = join("id,country,issued\nGS1,Uganda,100\n", LIST)
    fact = table.candidate(0).fact("country")
    assert (fact.value, fact.grade) == ("KE", E1)
    assert [(other.value, other.grade) for other in fact.others] == [("UG", E4)]
    assert warnings(table) == ["GS1 contradicts list0.csv on country: UG here, KE there"]
    assert str(table.problems[0].place) == "offers.csv:2 (column “country”)"
    assert table.candidate(0).fact("issued").grade is E1


def test_what_the_seller_leaves_out_comes_from_the_registry(join: Join) -> None:
    """A field that only the registry states has its grade, source and place."""
    table = join("id,tonnes\n1,5\nVCS2,5\n".replace("1,5", "GS 1,5"), LIST)
    fact = table.candidate(0).fact("methodology")
    assert (fact.value, fact.grade) == ("VM0047", E1)
    assert str(fact.place) == "list0.csv:2 (column “protocol”)"
    assert table.columns["methodology"].values == ["VM0047", "VM0047"]
    assert table.candidate(0).fact("id").grade is E1
    assert warnings(table) == []


def test_what_the_registry_does_not_say_stays_the_sellers_word(join: Join) -> None:
    """An `unknown` of the list does not wipe out an answer."""
    fact = join("id,registry_status\nVCS2,registered\n", LIST).candidate(0).fact("registry_status")
    assert (fact.value, fact.grade, fact.others) == ("registered", E4, ())


def test_an_offer_that_the_list_lacks_is_a_warning(join: Join) -> None:
    """It is judged without the registry, and the nearest id is named."""
    table = join("id,country\nVCS3,Chile\n", LIST)
    assert warnings(table) == ["VCS3 is not in list0.csv and is judged without it"]
    assert table.problems[0].hint == "did you mean `VCS2`?"
    assert table.candidate(0).fact("country").grade is E4


def test_lots_that_together_oversell_a_ledger_are_caught(join: Join) -> None:
    """Sixty are left: forty and thirty are ten too many, forty and twenty are not."""
    over = join("id,vintage,tonnes\nGS1,2020,40\nGS1,2021,30\n", LIST)
    told = [problem for problem in over.problems if "60 t left" in problem.message]
    assert all("offered with 70 t in 2 lots" in problem.message for problem in told)
    assert [problem.place.line for problem in told] == [2, 3]
    exact = join("id,vintage,tonnes\nGS1,2020,40\nGS1,2021,20\n", LIST)
    assert not any("left" in problem.message for problem in exact.problems)
    assert exact.candidate(1).fact("issued").value == 100


def test_two_lists_that_differ_make_a_field_unknown(join: Join) -> None:
    """Neither list is the last word; both values stay in sight."""
    table = join("id,tonnes\nGS1,5\n", LIST, LIST.replace("Kenya", "Uganda"))
    fact = table.candidate(0).fact("country")
    assert (fact.value, fact.cause) == (None, Cause.SOURCES_CONTRADICT)
    assert {other.value for other in fact.others} == {"KE", "UG"}
    assert table.columns["country"].cause(0) is Cause.SOURCES_CONTRADICT
    assert any("equal weight" in str(problem.hint) for problem in table.problems)


def test_a_third_list_does_not_settle_what_two_contradict(join: Join) -> None:
    """Sources are weighed by grade, not counted."""
    table = join("id,tonnes\nGS1,5\n", LIST, LIST.replace("Kenya", "Uganda"), LIST)
    assert table.candidate(0).fact("country").cause is Cause.SOURCES_CONTRADICT


def test_other_words_for_a_name_contradict_nothing(join: Join) -> None:
    """Names and developers are prose: the registry's counts, without a warning."""
    table = join("id,name\nGS1,A (Invented)\n", LIST, LIST.replace("Invented A", "INVENTED ALPHA"))
    assert table.candidate(0).value("name") == "Invented A"
    assert warnings(table) == []


def test_statements_of_one_field() -> None:
    """The better grade counts; equal values of any grade agree; lists agree as sets."""
    assert combine([Fact(5.0, E4), Fact(6.0, E2)]).value == 6.0
    assert combine([Fact(("a", "b"), E1), Fact(("b", "a"), E1)]).value == ("a", "b")
    assert combine([Fact("a", E1), Fact("b", E1), Fact("c", E4)]).cause is Cause.SOURCES_CONTRADICT
    assert combine([Fact(cause=Cause.NOT_STATED, raw="x"), Fact()]).raw == "x"
    assert combined("name", [Fact("A", E1), Fact("B", E1)]).value == "A"


def one_of(grade, *values, source=None):
    """Return a fact known in part."""
    return with_values(Fact(grade=grade, source=source), values)


def test_of_equal_grades_what_both_allow_stands() -> None:
    """`Energy industries` contradicts no `wind`; what two lists leave open together stays open."""
    power, wind = one_of(E1, "wind", "hydropower", "geothermal"), Fact("wind", E1)
    assert combined("project_type", [power, wind]).value == "wind"
    assert combined("project_type", [wind, power]).value == "wind"
    both = combined("project_type", [power, one_of(E1, "geothermal", "wind", "biomass")])
    assert set(both.possible) == {"wind", "geothermal"}
    assert both.cause is Cause.SEVERAL_POSSIBLE
    none = combined("project_type", [power, Fact("cookstoves", E1)])
    assert (none.value, none.cause, none.possible) == (None, Cause.SOURCES_CONTRADICT, ())


def test_a_weaker_word_narrows_at_its_own_grade_only() -> None:
    """The seller's `wind` counts as his word; a rule that asks for a record sees what it leaves open."""
    power, wind = one_of(E1, "wind", "hydropower"), Fact("wind", E4)
    fact = combined("project_type", [power, wind])
    assert (fact.value, fact.grade, fact.others) == ("wind", E4, (power,))
    day = date(2026, 9, 30)
    assert see("project_type", fact, FieldType.CODE, day, None).value == "wind"
    assert see("project_type", fact, FieldType.CODE, day, E2).possible == ("wind", "hydropower")
    strange = combined("project_type", [power, Fact("transport", E4)])
    assert (strange.possible, strange.grade) == (power.possible, E1)


values = st.sampled_from("abcd")
statements = st.tuples(
    st.sampled_from((E1, E2, E4)), st.lists(values, min_size=1, max_size=4, unique=True)
)


@given(st.lists(statements, min_size=1, max_size=3), st.data())
def test_a_list_that_agrees_never_adds_an_unknown(said, data) -> None:
    """At every grade asked for, what is possible after one more agreeing list was possible before."""
    facts = [one_of(grade, *told, source=str(at)) for at, (grade, told) in enumerate(said)]
    before = combined("project_type", facts)
    assume(before.cause is not Cause.SOURCES_CONTRADICT)
    told = before.possible or (before.value,)
    more = data.draw(st.lists(values, unique=True).filter(lambda drawn: set(drawn) & set(told)))
    after = combined(
        "project_type",
        [before, one_of(data.draw(st.sampled_from((E1, E2, E4))), *more, source="more")],
    )
    for at_least in (E1, E2, E4, None):
        seen = [
            see("x", fact, FieldType.CODE, date(2026, 9, 30), at_least) for fact in (before, after)
        ]
        old, new = (set(look.possible or ([look.value] if look.value else [])) for look in seen)
        assert not old or (new and new <= old)


def test_the_later_of_two_extracts_counts() -> None:
    """Two lists of different days do not contradict each other about their own day."""
    days = [Fact(date(2025, 12, 31), E1), Fact(date(2026, 8, 14), E1)]
    assert combined("registry_snapshot", days).value == date(2026, 8, 14)


def test_an_offer_of_a_programme_that_the_list_does_not_hold_is_only_noted(join: Join) -> None:
    """A list of two registries says nothing about a third."""
    table = join("id,programme,tonnes\nACR5,ACR,5\n", LIST)
    assert [problem.severity for problem in table.problems] == [Severity.NOTE]


def test_a_project_listed_under_two_programmes_is_a_question(join: Join) -> None:
    """One name in one country under two programmes is a warning; short or foreign names are none."""
    listed = HEADER + (
        'forest,Kenya,False,1,,"Invented Landfill, Nairobi",GLD1,x,N,[],gold-standard,0,registered\n'
        "forest,Kenya,False,1,,INVENTED LANDFILL NAIROBI,VCS2,x,N,[],verra,0,registered\n"
        "forest,Chile,False,1,,Invented Landfill Nairobi,VCS3,x,N,[],verra,0,registered\n"
        "forest,Kenya,False,1,,Wind 2,GLD4,x,N,[],gold-standard,0,registered\n"
        "forest,Kenya,False,1,,Wind 2,VCS5,x,N,[],verra,0,registered\n"
    )
    table = join("id,tonnes\nGS1,0\nVCS3,0\nGS4,0\n", listed)
    assert [problem.message for problem in table.problems if "name of" in problem.message] == [
        "GS1 has the name of VCS2 in list0.csv"
    ]
