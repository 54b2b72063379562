"""A city's sinks and a tender's offers -> the three terms of its year, before and after the steps.

Emissions, less the city's own sinks, less offsets: each term as it is stated, and by the measure of
comparable tonnes under each treatment of permanence. What gates shut out is in no term.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import fsum

from offsetcheck.engine.knowledge import Facts
from offsetcheck.engine.sink_gates import accounts_of
from offsetcheck.engine.sink_places import parcel_key
from offsetcheck.engine.sinks import credit_candidate, net_change, removal_candidate
from offsetcheck.engine.tonnes import comparable_tonnes
from offsetcheck.rulebook.tonnes.binding import BoundSteps
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.balance import (
    NOTHING,
    Balance,
    Because,
    GateFinding,
    GateOutcome,
    MeasuredSink,
    OfferAccount,
    SinkAccount,
    SinkGate,
    Terms,
)
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.sinks import SinkStatement
from offsetcheck.vocabulary.tonnes import ComparableTonnes, Span, Treatment

Offered = Sequence[tuple[Candidate, ComparableTonnes, Verdict]]
BUYABLE = (Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS)


def balance_of(
    statement: SinkStatement, steps: BoundSteps, offers: Offered, purchase: Purchase
) -> Balance:
    """Return the balance of a statement and the offers of a tender, each with its gates."""
    sinks = tuple(_measured(one, steps, purchase) for one in accounts_of(statement))
    named = {parcel_key(name): one.id for one in statement.sinks for name in (one.id, one.name)}
    accounts = tuple(_offer(one, named, Facts(one[0], purchase, steps.as_of)) for one in offers)
    terms: tuple[Terms, ...] = ()
    if statement.neutrality is not None:
        emissions = statement.neutrality.emissions_tonnes
        terms = tuple(_terms(each, emissions, sinks, accounts) for each in (None, *Treatment))
    return Balance(statement, sinks, accounts, terms, steps.chosen)


def _measured(account: SinkAccount, steps: BoundSteps, purchase: Purchase) -> MeasuredSink:
    """Return what the steps leave of a sink; one that gives more than it takes stays as it is."""
    sink, change = account.sink, net_change(account.sink)
    made = None
    counted = dict.fromkeys(Treatment, account.counted)
    if change.tonnes > 0:
        whole = removal_candidate(sink, change, change.tonnes, steps.as_of)
        made = comparable_tonnes(steps, whole, purchase)
        counted = _shares(made, account.counted, change.tonnes)
    own = dict.fromkeys(Treatment, NOTHING)
    if account.credit is not None and account.is_offset.high > 0:
        credit = credit_candidate(sink, change, account.credit, account.credit, steps.as_of)
        own = _shares(comparable_tonnes(steps, credit, purchase), account.is_offset, account.credit)
    return MeasuredSink(account, made, counted, own)


def _shares(made: ComparableTonnes, counted: Span, whole: float) -> dict[Treatment, Span]:
    """Return what the steps leave of a part of the tonnes that they were taken on."""
    part = Span(counted.low / whole, counted.high / whole)
    return {fall.treatment: fall.comparable.times(part) for fall in made.waterfalls}


def _offer(
    offer: tuple[Candidate, ComparableTonnes, Verdict], named: Mapping[str, str], facts: Facts
) -> OfferAccount:
    candidate, made, verdict = offer
    findings = _of_offer(candidate, named, facts)
    offered = NOTHING if made.offered is None else made.offered
    outcomes = {one.outcome for one in findings}
    counted = offered
    if GateOutcome.SHUT in outcomes:
        counted = NOTHING
    elif GateOutcome.OPEN in outcomes:
        counted = Span(0.0, offered.high)
    return OfferAccount(candidate.id, verdict, counted, made, findings)


def _of_offer(
    candidate: Candidate, named: Mapping[str, str], facts: Facts
) -> tuple[GateFinding, ...]:
    """Return the gates that an offer is not clear of: it may be in the inventory already."""
    once, found = SinkGate.ONCE_IN_A_BOUNDARY, list[GateFinding]()
    counted = facts.read("counted_in_inventory", FieldType.BOOLEAN)
    inside = facts.read("in_city_boundary", FieldType.BOOLEAN)
    if counted.value is True:
        found.append(GateFinding(once, GateOutcome.SHUT, Because.OFFER_IN_INVENTORY))
    elif counted.value is None and inside.value is True:
        found.append(GateFinding(once, GateOutcome.OPEN, Because.OFFER_IN_BOUNDARY))
    name = str(candidate.fact("name").value or "")
    sink = named.get(parcel_key(candidate.id)) or named.get(parcel_key(name))
    if sink is not None:
        names = {"others": sink}
        place, because = SinkGate.ONE_PLACE, Because.OFFER_NAMED_AS_SINK
        found.append(GateFinding(place, GateOutcome.OPEN, because, names))
    return tuple(found)


def _terms(
    treatment: Treatment | None,
    emissions: float,
    sinks: Iterable[MeasuredSink],
    offers: Iterable[OfferAccount],
) -> Terms:
    """Return the terms under a treatment, or as stated."""
    sinks = tuple(sinks)
    if treatment is None:
        own = _sum(one.account.is_offset for one in sinks)
        counted = _sum(one.account.counted for one in sinks)
        left = [(one.verdict, one.counted) for one in offers]
    else:
        own = _sum(one.own[treatment] for one in sinks)
        counted = _sum(one.counted[treatment] for one in sinks)
        left = [(one.verdict, _left(one, treatment)) for one in offers]
    whole = _sum(span for _, span in left)
    return Terms(treatment, emissions, counted, own, whole, _buyable(left))


def _buyable(left: Iterable[tuple[Verdict, Span]]) -> Span:
    """Return the part of offers that may be bought; of those undecided perhaps."""
    listed = tuple(left)
    surely = fsum(span.low for verdict, span in listed if verdict in BUYABLE)
    perhaps = (span.high for verdict, span in listed if verdict is not Verdict.NOT_ELIGIBLE)
    return Span(surely, fsum(perhaps))


def _left(offer: OfferAccount, treatment: Treatment) -> Span:
    """Return what the steps leave of the tonnes of an offer that count."""
    fall = next((one for one in offer.made.waterfalls if one.treatment is treatment), None)
    if fall is None or not offer.counted.high:
        return NOTHING
    return fall.comparable if offer.counted.low else Span(0.0, fall.comparable.high)


def _sum(spans: Iterable[Span]) -> Span:
    listed = tuple(spans)
    return Span(fsum(one.low for one in listed), fsum(one.high for one in listed))
