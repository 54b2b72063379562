"""Judged offers as lots: whole tonnes and an exact price, or why an offer cannot be counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from offsetcheck.engine.award.lots import MONEY, Lot
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import IDENTITY, Facts, known_by
from offsetcheck.engine.scores import mean_thousandths
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.award_terms import AwardTerms, Group, Lots, LotTerms, Part
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.purchase import Purchase

PARTS = {
    Part.REMOVAL: "removal_share",
    Part.LOCAL: "local_benefit_tonnes_share",
    Part.DURABLE: "durable_share",
}
"""The sums of the portfolio whose condition says which tonnes a part has."""

GROUPS = {Group.TYPE: "project_type", Group.COUNTRY: "country", Group.SELLER: "seller"}
LOCALITY = "locality"
LAWS = frozenset({"eu", "gpa"})


class Lacks(StrEnum):
    """Why an offer cannot be counted; nothing is guessed in its place."""

    TONNES = "tonnes"
    PRICE = "price"
    CURRENCY = "currency"
    RATE = "rate"
    OWN_CURRENCY = "own_currency"
    LOTS = "lots"


@dataclass(frozen=True, slots=True)
class Offered:
    """One judged offer: its lot, or what it lacks; never both."""

    candidate: Candidate
    assessment: Assessment
    lot: Lot | None
    lacks: Lacks | None = None


def offered(
    candidate: Candidate, found: Assessment, bound: BoundRulebook, purchase: Purchase
) -> Offered:
    """Return an offer as far as it can be counted on the day."""
    facts = {name: fact.value for name, fact in known_by(candidate.facts, bound.as_of).items()}
    lacks = _lacking(facts, purchase)
    if lacks is not None:
        return Offered(candidate, found, None, lacks)
    least, most, step = lot_sizes(int(_number(facts, "tonnes")), candidate.id, purchase.award)
    if most < max(least, 1):
        return Offered(candidate, found, None, Lacks.LOTS)
    grades = [letter for letter, _ in bound.scheme.grades]
    lot = Lot(
        offer=candidate.id,
        least=least,
        most=most,
        step=step,
        price=_price(facts),
        integrity=found.integrity,
        grade=grades.index(found.grade_lower),
        value=_value(found, bound, purchase),
        groups=_groups(candidate, facts),
        parts=_parts(candidate, bound, purchase),
    )
    return Offered(candidate, found, lot)


def _lacking(facts: Mapping[str, Value | None], purchase: Purchase) -> Lacks | None:
    if not _number(facts, "tonnes"):
        return Lacks.TONNES
    if not _number(facts, "price"):
        return Lacks.PRICE
    if facts.get("currency") is None:
        return Lacks.CURRENCY
    if purchase.value("currency") is None:
        return Lacks.OWN_CURRENCY
    return None if _number(facts, "exchange_rate") else Lacks.RATE


def _number(facts: Mapping[str, Value | None], name: str) -> float:
    value = facts.get(name)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number else 0.0  # type: ignore[arg-type] # it is a number


def lot_sizes(tonnes: int, offer: str, terms: AwardTerms) -> tuple[int, int, int]:
    """Return the least and most tonnes of an offer and its step, both whole steps.

    What is said of the offer itself goes before what is said of all lots; without either an offer
    is taken by the tonne.
    """
    own = terms.offers.get(offer, LotTerms())
    step = own.step or 1
    most = min(tonnes, own.most or tonnes) // step * step
    if own.least is None and own.step is None and terms.lots is Lots.WHOLE:
        return most, most, step
    least = -(-(own.least or 1) // step) * step
    return least, most, step


def _price(facts: Mapping[str, Value | None]) -> int:
    price = Decimal(str(_number(facts, "price"))) * Decimal(str(_number(facts, "exchange_rate")))
    return max(1, int((price * MONEY).to_integral_value(ROUND_HALF_UP)))


def _groups(candidate: Candidate, facts: Mapping[str, Value | None]) -> dict[Group, str | None]:
    named = {group: facts.get(name) for group, name in GROUPS.items()}
    project = facts.get(IDENTITY) or candidate.id
    found = {group: str(value) if value is not None else None for group, value in named.items()}
    return {Group.PROJECT: str(project), **found}


def _parts(candidate: Candidate, bound: BoundRulebook, purchase: Purchase) -> frozenset[Part]:
    """Return the parts whose condition surely holds, at the grade that a rule on the sum asks."""
    found = []
    for part, name in PARTS.items():
        spec = bound.aggregates.get(name)
        if spec is None or spec.where is None:
            continue
        asked = (rule.at_least for rule in bound.rules.values() if name in rule.inputs)
        facts = Facts(candidate, purchase, bound.as_of, next(asked, None), bound.screening_days)
        if evaluate(spec.where, facts).value is True:
            found.append(part)
    return frozenset(found)


def _value(found: Assessment, bound: BoundRulebook, purchase: Purchase) -> int | None:
    """Return the lower value score, None where too little of it is settled to order by.

    In a tender under European or WTO law it is made without locality.
    """
    barred = purchase.value("procedure") == "tender" and purchase.value("procurement_law") in LAWS
    weights = {
        scheme.id: scheme.value_weight
        for scheme in bound.scheme.dimensions
        if scheme.value_weight and not (barred and scheme.id == LOCALITY)
    }
    own = [score for score in found.dimensions if score.dimension in weights]
    known = [(weights[s.dimension], s.bounds.lower) for s in own if s.bounds is not None]
    settled = sum(score.completeness.settled for score in own)
    total = sum(score.completeness.total for score in own)
    if not known or not total or 100 * settled < bound.scheme.value_ranked_from * total:
        return None
    return mean_thousandths(known)
