"""The same tenders later in the procedure, or under another purchase."""

from dataclasses import replace

from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.vocabulary.assessment import PurchaseVerdict, Verdict
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase, Stage


def judge(made, offer: str, purchase: Purchase):
    """Assess one offer of a sample under another purchase."""
    row = list(made.tender.table.ids).index(offer)
    return assess(made.tender.table.candidate(row), made.bound, purchase)


def test_at_the_final_stage_an_open_gate_is_not_demonstrated(sample):
    """Consent that is still not shown at the end is not eligible as not demonstrated, not as unmet."""
    made = sample("turku")
    final = judge(made, "VCS2250", replace(made.tender.purchase, stage=Stage.FINAL))
    consent = next(f for f in final.findings if f.rule == "safeguards.consent")
    assert made.assessments["VCS2250"].verdict is Verdict.UNDECIDED
    assert final.verdict is Verdict.NOT_ELIGIBLE
    assert consent.not_demonstrated


def test_at_the_final_stage_eligible_stays_eligible(sample):
    """What was shown at clarification needs nothing more at the end."""
    made = sample("turku")
    purchase = replace(made.tender.purchase, stage=Stage.FINAL)
    for offer in ("PURO-ORCA", "ACR1129", "GS12335"):
        assert judge(made, offer, purchase).verdict is Verdict.ELIGIBLE


def test_without_the_signed_review_the_offer_waits(sample):
    """The Titas network, listed twice, is undecided until a person has signed."""
    made = sample("turku")
    purchase = replace(made.tender.purchase, reviews=())
    assert judge(made, "VCS2930", purchase).verdict is Verdict.UNDECIDED


def test_without_a_screening_the_verdict_names_what_nobody_looked_for(sample):
    """Without the screening entry an eligible offer has a condition, and what nobody looked for is named."""
    made = sample("turku")
    unscreened = judge(made, "PURO-ORCA", replace(made.tender.purchase, screenings=()))
    assert unscreened.verdict is Verdict.ELIGIBLE_WITH_CONDITIONS
    assert "safeguards.no_open_finding" in unscreened.unscreened
    assert "safeguards.no_open_finding" not in made.assessments["PURO-ORCA"].unscreened


def test_a_purchase_that_nobody_authorised_is_not_ready_and_offers_are_still_judged(sample):
    """The purchase has a verdict of its own; it does not change what is said of the offers."""
    made = sample("melbourne")
    nobody = Fact("none", EvidenceGrade.E1)
    facts = {**made.tender.purchase.facts, "authorised_by": nobody}
    purchase = replace(made.tender.purchase, facts=facts)
    assert assess_purchase(purchase, made.bound).verdict is PurchaseVerdict.NOT_READY
    assert judge(made, "EOP100945", purchase).verdict is Verdict.ELIGIBLE
