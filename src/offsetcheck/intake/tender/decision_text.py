"""A decision as `decision.yaml` says it, written into the file as a person has it.

What the file says already stays as it stands, with its comments; only what differs is written.
"""

from collections.abc import Mapping
from typing import Any

from offsetcheck.intake.normalise.numbers import number_text
from offsetcheck.intake.tender.decision import DECISION
from offsetcheck.vocabulary.decision import Addressee, Awarded, Decision
from offsetcheck.vocabulary.forms.amending import amended
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import InputError

TOP = "# What the city has decided on the offers of this tender. Letters are written from it.\n"
Plain = dict[str, Any]


def decision_text(text: str, decision: Decision) -> str:
    """Return the text of a file that says a decision, changed in nothing that it says already.

    Raises InputError for a text that is no YAML, or whose layout lets nothing be written into it.
    """
    document = compose(text, DECISION, numbers_as_written=True)
    if document.problems:
        raise InputError(document.problems)
    known = document.data if isinstance(document.data, Mapping) else {}
    return amended(text if text.strip() else TOP, DECISION, _wanted(known, _plain(decision)))


def _wanted(known: Mapping[str, Any], said: Plain) -> Plain:
    """Return what the file is to say: keys that state nothing stay empty where they stand."""
    there = {key: said.get(key) for key in known}
    added = {key: value for key, value in said.items() if key not in known and value}
    return {key: value or None for key, value in {**there, **added}.items()}


def _plain(decision: Decision) -> Plain:
    """Return a decision as the file's own keys and values, empty where nothing is stated."""
    contact, proposal, judged = decision.contact, decision.proposal, decision.judged
    return {
        "reference": decision.reference,
        "by": decision.by,
        "role": decision.role,
        "on": decision.on.isoformat() if decision.on else None,
        "minute": decision.minute,
        "standstill_ends": decision.standstill_ends.isoformat()
        if decision.standstill_ends
        else None,
        "contact": _stated(
            name=contact.name, email=contact.email, phone=contact.phone, hours=contact.hours
        ),
        "awarded": [_awarded(one) for one in decision.awarded],
        "reserve": list(decision.reserve),
        "bidders": {name: _bidder(one) for name, one in decision.bidders.items() if _bidder(one)},
        "reasons": dict(decision.reasons),
        "report": dict(decision.report),
        "proposal": _stated(set=proposal.set, reason=proposal.reason) if proposal else {},
        "judged": _stated(
            as_of=judged.as_of.isoformat() if judged.as_of else None,
            input=judged.input,
            rules=judged.rules,
        )
        if judged
        else {},
    }


def _awarded(one: Awarded) -> Plain:
    numbers = {"tonnes": one.tonnes, "price": one.price}
    said = {key: number_text(value) for key, value in numbers.items() if value is not None}
    return {"offer": one.offer, **said}


def _bidder(one: Addressee) -> Plain:
    said = _stated(email=one.email, language=one.language, reference=one.reference)
    return {**({"address": list(one.address)} if one.address else {}), **said}


def _stated(**texts: str | None) -> Plain:
    return {key: text for key, text in texts.items() if text is not None}
