"""What became known after the day, or on too weak evidence, is not told as found."""

from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.engine.assess import assess, assess_changed
from offsetcheck.vocabulary.evidence import Cause, Fact
from offsetcheck.vocabulary.finding import Outcome
from world import (
    E2,
    E4,
    bound,
    cell,
    explained,
    made_setting,
    offer,
    purchase,
    purchase_explained,
    tender_explained,
)

LATER = date(2026, 10, 18)  # the offers of this world are judged on 30 September 2026


def found_later(value, grade=E2):
    return cell(value, grade, as_of=LATER)


def line_of(explanation, rule):
    return next(line for line in explanation.findings if line.rule == rule)


def finding_of(assessment, rule):
    return next(finding for finding in assessment.findings if finding.rule == rule)


@pytest.mark.parametrize("rule", ["permanence.storage_floor", "permanence.storage_term"])
def test_a_value_known_only_later_is_no_finding(rule):
    """A sentence never states a value that became known after the day of the report."""
    line = line_of(explained(offer(monitoring_years=found_later(60.0))), rule)
    assert line.outcome == Outcome.UNKNOWN.value
    assert line.found is None
    assert "became known only after 30 September 2026" in line.missing[0].words
    assert "60" not in line.missing[0].words + line.requires


def test_a_value_known_only_later_is_listed_with_its_day_and_nowhere_else():
    """The evidence names what is stated, and that nobody knew it on the day."""
    explanation = explained(offer(monitoring_years=found_later(60.0)))
    [evidence] = line_of(explanation, "permanence.storage_floor").evidence
    assert evidence.value == "60 years (known only after the day of assessment)"
    assert evidence.as_of == "2026-10-18"
    findings = [line.model_copy(update={"evidence": ()}) for line in explanation.findings]
    elsewhere = explanation.model_copy(update={"findings": tuple(findings)})
    assert "60 years" not in elsewhere.model_dump_json()


def test_a_value_known_by_the_day_is_found():
    """The same value, known by the day, is stated as found."""
    known = offer(monitoring_years=cell(60.0, E2, as_of=date(2026, 9, 30)))
    line = line_of(explained(known), "permanence.storage_floor")
    assert line.found == "Losses are made good for 60 years."
    assert [evidence.value for evidence in line.evidence] == ["60 years"]


def test_a_value_on_too_weak_evidence_is_no_finding():
    """What a rule did not count is told by the missing line with its grade, not as found."""
    line = line_of(
        explained(offer(registry_status=cell("registered", E4))), "governance.registry_status"
    )
    assert line.found is None
    assert "stated as Registered, on E4" in line.missing[0].words
    assert [evidence.grade for evidence in line.evidence] == ["E4"]


def test_the_first_page_shows_the_offer_as_it_was_known():
    """Name, price, tonnes and facts of an offer that became known later are not shown yet."""
    changed = offer(
        name=found_later("New Name"),
        price=found_later(99.0),
        tonnes=found_later(777.0),
        seller=found_later("New Seller"),
    )
    shown = explained(changed).offer
    assert shown.name == changed.id
    assert (shown.price, shown.tonnes) == (None, None)
    assert shown.price_words == shown.tonnes_words == "not stated"
    assert "New Seller" not in dict(shown.facts).values()


def test_the_purchase_shows_what_was_known_of_it():
    """A fact of the purchase that became known later does not stand on its first page."""
    later = purchase()
    facts = {**later.facts, "tonnes": Fact(value=4321.0, grade=E2, as_of=LATER)}
    bought = purchase_explained(made_setting(replace(later, facts=facts)))
    assert not any("4,321" in words for _, words in bought.facts)


def test_a_change_is_measured_from_what_was_known():
    """What would change the verdict never quotes a value as stated that was not known yet."""
    changes = explained(offer(permit_until=found_later(date(2031, 5, 5)))).what_if
    fields = [field for field in changes.smallest.fields if field.field == "permit_until"]
    assert [field.before for field in fields] == ["not stated"]
    assert "5 May 2031" not in changes.words


def test_a_finding_keeps_what_its_rule_saw():
    """For each field that a rule reads stands the value, or why there is none, and the statement."""
    candidate = offer(monitoring_years=found_later(60.0), registry_status=cell("registered", E4))
    assessment = assess(candidate, bound(), purchase())
    later = finding_of(assessment, "permanence.storage_floor").saw("monitoring_years")
    weak = finding_of(assessment, "governance.registry_status").saw("registry_status")
    assert (later.value, later.cause, later.fact.value) == (None, Cause.NOT_KNOWN_YET, 60.0)
    assert later.stated.value is None
    assert (weak.value, weak.cause, weak.grade) == (None, Cause.EVIDENCE_TOO_WEAK, E4)
    assert weak.stated.value == "registered"
    for finding in assessment.findings:
        assert set(bound().rules[finding.rule].inputs) <= finding.seen.keys()


def test_a_rule_met_on_the_sellers_word_saw_that_word():
    """Where a rule may be declared and is, what it saw is the seller's own word."""
    assessment = assess(offer(verified=cell(True, E4)), bound(), purchase())
    [declared] = [finding for finding in assessment.findings if finding.on_word]
    seen = declared.saw("verified")
    assert (seen.value, seen.cause, seen.grade) == (True, None, E4)


def test_what_a_rule_saw_changes_no_result():
    """Statements that lead to one finding have one hash; trying changes keeps no trace either."""
    first, second = (
        assess(offer(seller=cell(name)), bound(), purchase()) for name in ("One Ltd", "Two Ltd")
    )
    assert first.result_hash == second.result_hash
    weaker = {"monitoring_years": cell(39.0, E2)}
    changed = assess_changed(first, offer(), weaker, bound(), purchase())
    finding = finding_of(changed, "permanence.storage_floor")
    whole = assess(offer().with_facts(weaker), bound(), purchase())
    assert not finding.seen
    assert not finding.leaves
    assert finding == replace(finding_of(whole, "permanence.storage_floor"), leaves=())


def test_the_need_of_a_tender_is_the_one_that_was_known():
    """Tonnes that the city states only later are not yet what it needs."""
    bought = purchase()
    facts = {**bought.facts, "tonnes": Fact(value=4321.0, grade=E2, as_of=LATER)}
    tender = tender_explained(bought=replace(bought, facts=facts))
    assert "4,321" not in tender.model_dump_json()
