"""A tender as a release of the Open Contracting Data Standard, 1.1.

Who offers, at which price, and what the city would spend stand in it from the final stage on: until
then they are nobody's business. What was decided is not known here, so there is no award in it.
"""

from collections.abc import Iterator
from typing import Any

from offsetcheck.report.exports.known import Known, day, number, stated, text, values_of
from offsetcheck.vocabulary.result_explanation import ResultExplanation, ResultOffer

PLACEHOLDER = "ocds-PREFIX"
ID_SIGNS = 12  # of a hash
MIDNIGHT = "T00:00:00Z"
FINAL = "final"
METHODS = {"direct": "direct"}
"""Procedures that say which method of the standard was used; a tender may be open or selective."""


def ocds_release(result: ResultExplanation) -> dict[str, Any]:
    """Return the release; without an `ocid` of the purchase it has one to be replaced."""
    known = values_of(result.purchase)
    identity = result.audit.input_hash or result.audit.result_hash
    bids = list(_bids(result)) if result.stage == FINAL else []
    release: dict[str, Any] = stated(
        {
            "ocid": text(known, "ocid") or f"{PLACEHOLDER}-{identity[:ID_SIGNS]}",
            "id": result.audit.result_hash[:ID_SIGNS],
            "date": result.audit.as_of + MIDNIGHT,
            "tag": ["tender"],
            "initiationType": "tender",
            "language": result.language[:2],
            "parties": [_buyer(result), *_tenderers(result)],
            "buyer": {"id": result.city_id, "name": result.city},
            "tender": _tender(result, known),
            "bids": {"details": bids},
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
        "status": "active",
        "procuringEntity": {"id": result.city_id, "name": result.city},
        "items": [
            {
                "id": "1",
                "description": _credits(result),
                "quantity": number(known, "tonnes"),
                "unit": {"name": "tCO2e"},
            }
        ],
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
    return [
        {"id": identity, "name": name, "roles": ["tenderer"]}
        for name, identity in _sellers(result).items()
    ]


def _bids(result: ResultExplanation) -> Iterator[dict[str, Any]]:
    sellers = _sellers(result)
    for offer in result.offers:
        yield _bid(offer, sellers)


def _bid(offer: ResultOffer, sellers: dict[str, str]) -> dict[str, Any]:
    known, made = values_of(offer.known), offer.explained
    seller = text(known, "seller")
    price, tonnes = made.offer.price, made.offer.tonnes
    amount = round(price * tonnes, 2) if price is not None and tonnes is not None else None
    return {
        "id": made.offer.id,
        # A bid is turned down by a person's decision, not by a verdict.
        "status": "pending",
        "tenderers": [{"id": sellers[seller], "name": seller}] if seller else [],
        "value": {"amount": amount, "currency": made.offer.currency} if amount else None,
    }
