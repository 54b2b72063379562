from collections import Counter

from offsetcheck.vocabulary.finding_explanation import Status
from world import offer, offers, purchase, tender_explained


def test_as_many_verdicts_come_out_as_offers_went_in():
    """No offer is lost: offers in equal verdicts out, by verdict and in all."""
    tender = tender_explained()
    assert tender.offers_in == tender.verdicts_out == len(offers()) == len(tender.offers)
    assert sum(line.offers for line in tender.supply) == tender.offers_in
    counted = Counter(o.verdict.verdict for o in tender.offers)
    assert {line.verdict: line.offers for line in tender.supply if line.offers} == counted


def test_tonnes_are_summed_by_verdict():
    """Tonnes of offers that state none are not guessed; how many state none is said."""
    whole = {"a": offer(), "b": offer(id="VCS2", tonnes=None)}
    eligible = next(x for x in tender_explained(whole).supply if x.verdict == "eligible")
    assert (eligible.offers, eligible.tonnes, eligible.unstated) == (2, 5000.0, 1)


def test_differing_rules_come_first_the_worst_at_the_top():
    """Rules on which offers differ stand apart from those that all offers meet alike."""
    tender = tender_explained()
    order, effects = list(Status), ["gate", "review", "cap", "claim_limit", "score", "note"]
    worst = [
        (effects.index(row.effect), min(order.index(c.status) for c in row.cells))
        for row in tender.differing
    ]
    assert worst == sorted(worst)
    named = {row.rule for row in tender.differing} | {row.rule for row in tender.same}
    assert "transition.draft" not in named
    assert not {row.rule for row in tender.differing} & {row.rule for row in tender.same}


def test_cells_stand_in_the_order_of_the_offers():
    """Each column of the status table is the offer above it."""
    tender = tender_explained()
    row = next(r for r in tender.differing if r.rule == "governance.registry_status")
    failing = [
        o.id for o, c in zip(tender.offers, row.cells, strict=True) if c.status is Status.NOT_MET
    ]
    assert failing == ["VCS666"]


def test_equal_offers_share_a_place_and_open_ones_have_none():
    """Two offers that are equal share a place; undecided and refused offers are not ranked."""
    whole = {"a": offer(), "b": offer(id="VCS2"), "c": offer(id="VCS3", permit_until=None)}
    places = {o.id: o.place for o in tender_explained(whole).offers}
    assert places == {"VCS1": 1, "VCS2": 1, "VCS3": None}


def test_value_orders_only_offers_of_one_grade():
    """A label lifts an offer over an equal one, never over one of a better grade."""
    whole = {
        "better": offer(labels=("SD_VISTA",)),
        "equal": offer(id="VCS2", labels=("CCB_GOLD",)),
        "lower": offer(id="VCS3", carbon_revenue_share=0.6, labels=("CCB_GOLD",)),
    }
    assert [o.id for o in tender_explained(whole).offers] == ["VCS2", "VCS1", "VCS3"]


def test_the_purchase_is_judged_once():
    """The purchase has its own verdict, with its reason and what to do."""
    tender = tender_explained(bought=purchase(authorised="none"))
    assert tender.purchase.verdict.verdict == "not_ready"
    assert tender.purchase.reasons[0].short == "The council has not authorised the purchase."
    assert tender.purchase.actions[0].text == "Enter the decision."


def test_an_empty_list_is_explained():
    """A tender without offers has a page of its own, with no verdict on anyone."""
    tender = tender_explained({})
    assert (tender.offers_in, tender.verdicts_out, tender.offers) == (0, 0, ())
    assert tender.differing == tender.same == ()
