"""An offer as it stands beside the offer as it would be."""

from datetime import date
from math import inf, nextafter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import offsetcheck
from offsetcheck.api.suppose import Statement, stated_text, suppose_offer, wrong_statements
from offsetcheck.engine.assess import assess
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.supposed import read_supposed, supposed_text
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.problem import RequestError

DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def case():
    """Return the sample tender of Turku, read."""
    return offsetcheck.open_tender(
        bundled("samples") / "turku", offsetcheck.open_rulebook(), as_of=DAY
    )


def test_a_young_vintage_turns_the_rules_of_vintage_and_no_other(case):
    """Only requirements that read the vintage or its days come out otherwise."""
    made = suppose_offer(case, "VCS214", ["vintage=2024"])
    turned = {line.rule for line in made.explained.turned}
    assert "vintage.age" in turned
    reads = {
        rule for rule in turned if any("vintage" in name for name in _inputs(case.bound, rule))
    }
    assert turned == reads


def _inputs(bound, rule):
    known = bound.rules[rule]
    return {rule, *known.inputs}


def test_nothing_supposed_otherwise_turns_nothing(case):
    """An offer supposed to state what it states comes out as it stands."""
    made = suppose_offer(case, "VCS2930", [f"tonnes={case_value(case, 'VCS2930', 'tonnes')}"])
    assert made.before.assessment.verdict is made.after.assessment.verdict
    assert made.explained.turned == ()
    assert made.explained.before == made.explained.after


def case_value(case, offer, field):
    return offsetcheck.explain_offer(case, offer).candidate.value(field)


@given(price=st.integers(1, 5000))
def test_what_is_shown_is_what_the_engine_says_of_the_changed_offer(case, price):
    """The side that would be is the engine's own assessment of the offer at that price."""
    made = suppose_offer(case, "ACR1129", [f"price={price}"])
    again = assess(made.after.candidate, case.bound, case.purchase)
    assert made.after.candidate.value("price") == price
    assert again.result_hash == made.after.assessment.result_hash
    assert made.explained.after.verdict == again.verdict.value


def test_the_days_of_a_lot_move_with_its_vintage(case):
    """A lot of another vintage begins and ends in that year, and the page says so."""
    made = suppose_offer(case, "VCS4022", ["vintage=2024"])
    assert made.after.candidate.value("vintage_start").year == 2024
    assert {line.field for line in made.explained.supposed} >= {"vintage", "vintage_start"}


def test_a_new_value_stands_on_the_seller_s_word_unless_a_grade_is_given(case):
    """`@E2` lets a value stand on a verifier's report; without it nobody has shown it."""
    own = suppose_offer(case, "VCS4022", ["monitoring_years=60"])
    shown = suppose_offer(case, "VCS4022", ["monitoring_years=60@E2"])
    grades = [m.after.candidate.fact("monitoring_years").grade for m in (own, shown)]
    assert grades == [EvidenceGrade.E4, EvidenceGrade.E2]
    rules = [{f.rule: f for f in m.after.assessment.findings} for m in (own, shown)]
    outcomes = [found["permanence.storage_floor"].outcome.value for found in rules]
    assert outcomes == ["unknown", "pass"]


def test_a_blank_value_is_not_stated(case):
    """`remaining=` supposes that the ledger is not known."""
    made = suppose_offer(case, "GS12335", ["remaining="])
    assert made.after.candidate.value("remaining") is None


def test_the_purchase_can_be_supposed_too(case):
    """Another year of the purchase is judged, and the case itself stays as it is."""
    made = suppose_offer(case, "ACR1129", ["purchase.year=2031"])
    assert made.explained.supposed[0].field == "purchase.year"
    assert made.after.assessment.result_hash != made.before.assessment.result_hash
    assert case.purchase.value("year") == 2026


def test_all_that_cannot_be_supposed_is_told_at_once(case):
    """A mistyped field, the id, a text that is no value: each is named."""
    wrong = ["vintge=2024", "id=VCS1", "purchase.city=oslo", "price=cheap", "price", "vintage=2=3"]
    with pytest.raises(RequestError) as caught:
        suppose_offer(case, "ACR1129", wrong)
    said = str(caught.value)
    assert len(caught.value.problems) == len(wrong)
    for word in ("vintge", "id", "cheap", "supposes nothing"):
        assert word in said


def test_a_field_supposed_twice_is_refused(case):
    """Two values of one field leave no answer."""
    with pytest.raises(RequestError, match="twice"):
        suppose_offer(case, "ACR1129", ["price=1", "price=2"])


def test_a_grade_of_evidence_that_is_none_is_told_with_those_that_are(case):
    """`@E9` is no part of a number: the message names the grades."""
    with pytest.raises(RequestError) as caught:
        suppose_offer(case, "VCS214", ["price=9@E9"])
    [problem] = caught.value.problems
    assert "no grade of evidence" in problem.message
    assert "E1, E2, E3 and E4" in (problem.hint or "")


def test_a_value_that_is_written_is_read_as_itself(case):
    """Whatever is stated in the sample is supposed to be what it is, and nothing changes."""
    for one in offsetcheck.judge(case):
        for name, fact in one.candidate.facts.items():
            field = case.bound.dictionary.candidate.get(name)
            if field is None or not field.is_input or name == "id" or fact.value is None:
                continue
            text = f"{name}={stated_text(case, one, name)}"
            assert read_supposed([text], case.bound.dictionary)[name].value == fact.value, text


def test_a_number_just_beside_a_limit_is_read_to_its_last_digit(case):
    """The changes that reports show lie one double beside a limit, which no text may round."""

    @given(st.floats(min_value=0.02, max_value=1e8), st.sampled_from((-inf, None, inf)))
    @example(1.125, None)
    def read_again(number, towards):
        value = number if towards is None else nextafter(number, towards)
        text = f"price={supposed_text(value)}"
        assert read_supposed([text], case.bound.dictionary)["price"].value == value

    read_again()


def test_what_is_wrong_is_told_by_its_field(case):
    """Of several statements each that cannot be read is told, and the others are none of them."""
    made = [Statement("price", "nine"), Statement("vintage", "2024"), Statement("nothing", "1")]
    assert set(wrong_statements(case, made)) == {"price", "nothing"}
