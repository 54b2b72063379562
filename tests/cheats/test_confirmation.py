"""Offers that were changed after an officer saw the papers, and papers that show less than claimed."""

import pytest

from cheats.honest import FOREST, OZONE
from cheats.tender import confirmed
from offsetcheck.vocabulary.evidence import EvidenceGrade

OTHER_OZONE = OZONE | {
    "id": "ACR1951",
    "name": "Another invented refrigerant destruction",
    "serials": "ACR-FR-1951-2025-1 to 800",
    "uncertainty_percent": "40",
    "leakage_treatment": "unmitigated",
}


def test_more_tonnes_than_the_paper_shows(sell):
    """The seller raises the offer to 200,000 t after an officer confirmed 800 t."""
    judged = sell(OZONE | {"tonnes": "200000"}, evidence=confirmed(OZONE))
    assert judged.fact("tonnes").grade is not EvidenceGrade.E1
    assert "tonnes" in judged.told()


def test_another_type_than_the_paper_shows(sell):
    """A grid wind farm whose type an officer confirmed is offered as destruction of refrigerants."""
    seen = confirmed(OZONE | {"project_type": "wind"})
    judged = sell(OZONE, evidence=seen)
    assert not judged.signs()
    assert "project_type" in judged.told()


def test_another_seller_than_the_one_screened(sell):
    """The offer passes to another seller after title and sanctions of the first were confirmed."""
    judged = sell(OZONE | {"seller": "Sanctioned Trading FZE"}, evidence=confirmed(OZONE))
    assert not judged.signs()
    assert "seller" in judged.told()


def test_a_better_status_than_the_paper_shows(sell):
    """The registry's page said `on hold`; afterwards the offer says `registered`."""
    seen = confirmed(OZONE | {"registry_status": "on_hold"})
    judged = sell(OZONE, evidence=seen)
    assert not judged.may_be_bought()
    assert "registry_status" in judged.told()


def test_other_serials_than_the_paper_shows(sell):
    """The block whose account statement was seen is swapped for another block."""
    judged = sell(OZONE | {"serials": "ACR-FR-1950-2025-9000 to 9800"}, evidence=confirmed(OZONE))
    assert judged.fact("serials").grade is not EvidenceGrade.E1
    assert "serials" in judged.told()


def test_a_warranty_is_not_lent_to_another_block(sell):
    """Single use was shown for one block and is claimed for another that the paper does not name."""
    judged = sell(OZONE | {"serials": "ACR-FR-1950-2025-9000 to 9800"}, evidence=confirmed(OZONE))
    assert not judged.signs()


def test_one_report_for_two_projects(sell):
    """The verification report of a careful project is confirmed for a careless one as well."""
    lent = [entry | {"offer": OTHER_OZONE["id"]} for entry in confirmed(OZONE)]
    judged = sell(OZONE, OTHER_OZONE, evidence=[*confirmed(OZONE), *lent])
    assert not judged.signs("ACR1951")
    assert judged.fact("uncertainty_percent", "ACR1951").grade is not EvidenceGrade.E2


RIVAL = OZONE | {
    "seller": "Rival Credits Ltd",
    "tonnes": "200000",
    "serials": "ACR-FR-1950-2025-50000 to 249999",
}


def test_a_second_seller_hides_behind_the_confirmed_row(sell):
    """What was confirmed of the first seller's lot is not confirmed of the second seller's."""
    judged = sell(OZONE, RIVAL, evidence=confirmed(OZONE))
    [other] = [o for o, said in judged.offers.items() if _seller(said) == RIVAL["seller"]]
    assert not judged.may_be_bought(other)


def test_papers_that_do_not_say_whose_lot_they_are_of(sell):
    """Two sellers offer one id: a confirmation that names neither is neither's, and both are told."""
    seen = [
        {key: value for key, value in entry.items() if key not in {"seller", "serials"}}
        for entry in confirmed(OZONE)
    ]
    judged = sell(OZONE, RIVAL, evidence=seen)
    assert not any(judged.may_be_bought(offer) for offer in judged.offers)
    assert "seller" in judged.told()
    assert all(offer in judged.told() for offer in judged.offers)


def test_a_row_that_bears_the_mark_of_a_second_lot(sell):
    """A row whose id is itself `ACR1950#2` takes neither the report nor the papers of a second lot."""
    second = OZONE | {"vintage": "2026", "serials": "ACR-FR-1950-2026-1 to 800"}
    judged = sell(OZONE, second, OZONE | {"id": "ACR1950#2"}, evidence=confirmed(OZONE))
    assert len(judged.offers) == 3


@pytest.mark.parametrize("kind", ["website", "offer_letter", "warranty", "monitoring_report"])
def test_a_paper_of_the_sellers_own_proves_nothing(sell, kind):
    """The status is `found` on a paper of the seller's and called E1."""
    found = {"offer": "ACR1950", "field": "registry_status", "value": "registered", "kind": kind}
    found |= {"grade": "E1", "source": "the seller", "by": "A. Officer", "on": "2026-09-23"}
    offer = OZONE | {"registry_status": ""}
    judged = sell(offer, found=[found])
    assert judged.fact("registry_status").grade is EvidenceGrade.E4
    assert not judged.may_be_bought()


def test_a_report_that_only_the_seller_names(sell):
    """The bid sheet names a verifier's report for every number, and no officer has seen it."""
    named = {f"{field} document": "verification.pdf" for field in OZONE}
    judged = sell(OZONE | named, evidence=[])
    assert not judged.may_be_bought()


def test_a_kind_of_paper_that_is_none(sell):
    """A confirmation by a kind of paper that does not exist confirms nothing."""
    seen = [entry | {"kind": "notarised_everything"} for entry in confirmed(FOREST)]
    judged = sell(FOREST, evidence=seen)
    assert not judged.may_be_bought()
    assert "notarised_everything" in judged.told()


def test_a_confirmation_by_nobody(sell):
    """A confirmation that no officer signs confirms nothing."""
    seen = [entry | {"by": ""} for entry in confirmed(OZONE)]
    judged = sell(OZONE, evidence=seen)
    assert not judged.may_be_bought()
    assert "evidence.yaml" in judged.told()


def _seller(judged):
    return judged.candidate.value("seller")
