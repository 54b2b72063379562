"""A tender as a release of the Open Contracting Data Standard, 1.1.

Who offers, at which price, and what the city would spend stand in it from the final stage on: until
then they are nobody's business. So do the awards of a decision that was taken by then; what is
bought is one lot, of which each award is a part.
"""

from collections.abc import Iterator
from typing import Any

from offsetcheck.report.exports.known import Known, day, number, stated, text, values_of
from offsetcheck.vocabulary.result_explanation import (
    DecisionLine,
    ResultExplanation,
    ResultOffer,
)

PLACEHOLDER = "ocds-PREFIX"
ID_SIGNS = 12  # of a hash
MIDNIGHT = "T00:00:00Z"
FINAL = "final"
LOT = "1"
UNIT = "tCO2e"
METHODS = {"direct": "direct"}
"""Procedures that say which method of the standard was used; a tender may be open or selective."""


def ocds_release(result: ResultExplanation) -> dict[str, Any]:
    """Return the release; without an `ocid` of the purchase it has one to be replaced."""
    known = values_of(result.purchase)
    identity = result.audit.input_hash or result.audit.result_hash
    bids = list(_bids(result)) if result.stage == FINAL else []
    awards = list(_awards(result))
    release: dict[str, Any] = stated(
        {
            "ocid": text(known, "ocid") or f"{PLACEHOLDER}-{identity[:ID_SIGNS]}",
            "id": result.audit.result_hash[:ID_SIGNS],
            "date": result.audit.as_of + MIDNIGHT,
            "tag": ["tender", "award"] if awards else ["tender"],
            "initiationType": "tender",
            "language": result.language[:2],
            "parties": [_buyer(result), *_tenderers(result)],
            "buyer": {"id": result.city_id, "name": result.city},
            "tender": _tender(result, known),
            "bids": {"details": bids},
            "awards": awards,
        }
    )
    return release


def _buyer(result: ResultExplanation) -> dict[str, Any]:
    return {"id": result.city_id, "name": result.city, "roles": ["buyer", "procuringEntity"]}


def _tender(result: ResultExplanation, known: Known) -> dict[str, Any]:
    final = result.stage == FINAL
    procedure = next((line.words for line in result.purchase if line.field == "procedure"), None)
    return {
        "id": result.audit.input_hash[:ID_SIGNS] if result.audit.input_hash else result.title,
        "title": result.title,
        "status": _status(result),
        "procuringEntity": {"id": result.city_id, "name": result.city},
        "items": [
            {
                "id": "1",
                "description": _credits(result),
                "quantity": number(known, "tonnes"),
                "unit": {"name": UNIT},
                "relatedLot": LOT if _decided(result) else None,
            }
        ],
        "lots": _lots(result),
        "value": {"amount": number(known, "budget"), "currency": text(known, "currency")}
        if final
        else None,
        "procurementMethod": METHODS.get(text(known, "procedure") or ""),
        "procurementMethodDetails": procedure,
        "mainProcurementCategory": "goods",
        "eligibilityCriteria": f"{result.audit.rulebook}, {result.audit.edition}, "
        f"sha256 {result.audit.rulebook_hash}",
        "tenderPeriod": {"endDate": f"{day(known, 'deadline')}{MIDNIGHT}"}
        if day(known, "deadline")
        else None,
        "numberOfTenderers": len(_sellers(result)) or None,
        "tenderers": [{"id": identity, "name": name} for name, identity in _sellers(result).items()]
        if final
        else [],
    }


def _decided(result: ResultExplanation) -> DecisionLine | None:
    """Return the decision, from the stage on at which its sellers and prices may be told."""
    return result.decision if result.stage == FINAL else None


def _status(result: ResultExplanation) -> str:
    """Return the status of the tender, which is that of its one lot."""
    decision = _decided(result)
    if decision is None:
        return "active"
    return "complete" if decision.awarded else "unsuccessful"


def _lots(result: ResultExplanation) -> list[dict[str, Any]]:
    if _decided(result) is None:
        return []
    return [{"id": LOT, "title": result.title, "status": _status(result)}]


def _awards(result: ResultExplanation) -> Iterator[dict[str, Any]]:
    decision = _decided(result)
    if decision is None:
        return
    sellers = _sellers(result)
    offers = {offer.explained.offer.id: offer for offer in result.offers}
    pending = (
        decision.standstill_ends is not None and result.audit.as_of <= decision.standstill_ends
    )
    for one in decision.awarded:
        known, made = values_of(offers[one.offer].known), offers[one.offer].explained.offer
        seller = text(known, "seller")
        yield {
            "id": one.offer,
            "title": made.name,
            "description": decision.reference,
            # It is not in force before the standstill has ended.
            "status": "pending" if pending else "active",
            "date": decision.on + MIDNIGHT,
            "value": _value(one.price, one.tonnes, made.currency),
            "suppliers": [{"id": sellers[seller], "name": seller}] if seller else [],
            "items": [
                {
                    "id": one.offer,
                    "description": made.name,
                    "quantity": _whole(one.tonnes),
                    "unit": {"name": UNIT, "value": _value(one.price, 1, made.currency)},
                    "relatedLot": LOT,
                }
            ],
            "relatedLots": [LOT],
        }


def _value(price: float | None, tonnes: float | None, currency: str | None) -> Any:
    """Return what tonnes cost, None where that is not known."""
    if price is None or tonnes is None:
        return None
    return {"amount": round(price * tonnes, 2), "currency": currency}


def _whole(tonnes: float | None) -> float | int | None:
    return int(tonnes) if tonnes is not None and float(tonnes).is_integer() else tonnes


def _credits(result: ResultExplanation) -> str:
    titles = [line.title for line in result.purchase if line.field == "tonnes"]
    return titles[0] if titles else result.title


def _sellers(result: ResultExplanation) -> dict[str, str]:
    """Return the id of each seller by name, numbered in the order of the names."""
    named = {text(values_of(offer.known), "seller") for offer in result.offers}
    return {name: f"seller-{n}" for n, name in enumerate(sorted(filter(None, named)), 1)}


def _tenderers(result: ResultExplanation) -> list[dict[str, Any]]:
    if result.stage != FINAL:
        return []
    suppliers = {one["id"] for award in _awards(result) for one in award["suppliers"]}
    return [
        {
            "id": identity,
            "name": name,
            "roles": ["tenderer", "supplier"] if identity in suppliers else ["tenderer"],
        }
        for name, identity in _sellers(result).items()
    ]


def _bids(result: ResultExplanation) -> Iterator[dict[str, Any]]:
    sellers = _sellers(result)
    for offer in result.offers:
        yield _bid(offer, sellers, decided=_decided(result) is not None)


def _bid(offer: ResultOffer, sellers: dict[str, str], *, decided: bool) -> dict[str, Any]:
    known, made = values_of(offer.known), offer.explained
    seller = text(known, "seller")
    return {
        "id": made.offer.id,
        # A bid is turned down by a person's decision, not by a verdict.
        "status": "pending",
        "tenderers": [{"id": sellers[seller], "name": seller}] if seller else [],
        "value": _value(made.offer.price, made.offer.tonnes, made.offer.currency),
        "relatedLots": [LOT] if decided else [],
    }
