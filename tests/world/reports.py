"""Offers of this world judged and explained, one by one and as a whole tender."""

from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.engine.award.award import award_of
from offsetcheck.explain.award.explain import explain_award
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.portfolio import explain_portfolio
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.result import explain_result
from offsetcheck.explain.setting import Origin, setting
from offsetcheck.explain.tender import explain_tender
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from world.offers import offers, purchase
from world.rulebook import bound


def origin():
    return Origin(
        files=(("offers.csv", "b" * 64),),
        input_hash="c" * 64,
        engine_version="0.0.0",
        concluded_by="durable-rules 0.0.0",
        reproduce="offsetcheck assess tender",
    )


def explained(candidate, bought=None, language="en", floor="C"):
    """Return one candidate explained."""
    made = setting(bound(floor), bought or purchase(), language, origin())
    return explain_candidate(
        made, candidate, assess(candidate, made.bound, made.purchase), purchase_explained(made)
    )


def purchase_explained(made):
    return explain_purchase(made, assess_purchase(made.purchase, made.bound))


def made_setting(bought=None, language="en", floor="C"):
    return setting(bound(floor), bought or purchase(), language, origin())


def tender_explained(candidates=None, bought=None, language="en", links=None, readings=()):
    """Return a whole tender explained."""
    made = made_setting(bought, language)
    whole = list((offers() if candidates is None else candidates).values())
    judged = [(c, assess(c, made.bound, made.purchase)) for c in whole]
    own = purchase_explained(made)
    problem = Problem(
        "`abc` is no number", Place("offers.csv", 4, field="price"), "write 12.50", Severity.ERROR
    )
    return explain_tender(
        made,
        own,
        [explain_candidate(made, c, a, own) for c, a in judged],
        problems=[problem],
        readings=readings,
        links=links or {},
        portfolio=explain_portfolio(made, judged),
    )


def result_explained(candidates=None, bought=None, language="en", decision=None):
    """Return a whole result explained."""
    made = made_setting(bought, language)
    whole = list((offers() if candidates is None else candidates).values())
    pairs = [(one, explained(one, bought, language)) for one in whole]
    return explain_result(made, tender_explained(candidates, bought, language), pairs, (), decision)


def award_explained(candidates=None, bought=None, language="en"):
    """Return the award view of a tender explained."""
    made = made_setting(bought, language)
    whole = (offers() if candidates is None else candidates).values()
    judged = [(c, assess(c, made.bound, made.purchase)) for c in whole]
    award = award_of(judged, made.bound, made.purchase)
    return explain_award(made, purchase_explained(made), award)
