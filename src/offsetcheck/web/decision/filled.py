"""A decision as the fields of a form, and the fields of a form as a decision."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from offsetcheck.api.decision import REPORT_KEYS, SETS
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.api.web_page import say
from offsetcheck.vocabulary.award import AwardSetLine
from offsetcheck.vocabulary.decision import Addressee, Awarded, Contact, Decision, Proposal
from offsetcheck.web.visit import Visit, Wrong

AWARD, RESERVE, REFUSE = "award", "reserve", "refuse"
CONTACT = ("name", "email", "phone", "hours")
BIDDER = ("email", "language", "reference")
TEXTS = ("reference", "by", "role", "minute")
NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?\Z")
LARGEST = 1e12
BLANKS = re.compile(r"[\s\u00a0\u202f]+")
Words = Mapping[str, str]


@dataclass
class Filled:
    """What a form says, as a decision, with what is wrong with its fields."""

    decision: Decision
    wrong: tuple[Wrong, ...] = ()


@dataclass
class _Reading:
    """One form while it is read."""

    values: Mapping[str, str]
    words: Words
    wrong: list[Wrong] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Return what a field says on one line, None where nothing."""
        return " ".join(self.values.get(name, "").split()) or None

    def day(self, name: str) -> date | None:
        """Return the day of a field; what is none is noted."""
        text = self.values.get(name, "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.note(name, "web_decision.wrong_day")
            return None

    def number(self, name: str, offer: str) -> float | None:
        """Return the number of a field; what is none is noted."""
        text = BLANKS.sub("", self.values.get(name, ""))
        if not text:
            return None
        if not NUMBER.match(text) or not 0 < float(text) <= LARGEST:
            self.note(name, "web_decision.wrong_number", offer=offer)
            return None
        return float(text)

    def note(self, name: str, key: str, **values: object) -> None:
        """Note that a field is wrong, in words."""
        self.wrong.append(Wrong(name, say(self.words, key, **values)))


def typed(visit: Visit) -> dict[str, str]:
    """Return every field of a form as it was typed."""
    return {name: value.strip() for name, value in reversed(visit.form) if name != "csrf"}


def filled(
    values: Mapping[str, str], offers: Sequence[str], sellers: Sequence[str], words: Words
) -> Filled:
    """Return the decision that a form says about offers and sellers in their order."""
    form = _Reading(values, words)
    number = {offer: n for n, offer in enumerate(offers)}
    takes = {offer: values.get(f"take-{n}", "") for offer, n in number.items()}
    reasons = {offer: text for offer, n in number.items() if (text := form.text(f"reason-{n}"))}
    report = {key: text for key in REPORT_KEYS if (text := form.text(f"report-{key}"))}
    proposed = values.get("set", "")
    decision = Decision(
        reference=form.text("reference"),
        by=form.text("by"),
        role=form.text("role"),
        minute=form.text("minute"),
        standstill_ends=form.day("standstill_ends"),
        contact=Contact(**{key: form.text(f"contact-{key}") for key in CONTACT}),
        awarded=tuple(
            Awarded(
                offer,
                form.number(f"tonnes-{number[offer]}", offer),
                form.number(f"price-{number[offer]}", offer),
            )
            for offer, take in takes.items()
            if take == AWARD
        ),
        reserve=tuple(offer for offer, take in takes.items() if take == RESERVE),
        bidders={name: one for n, name in enumerate(sellers) if (one := _bidder(form, n))},
        reasons=reasons,
        report=report,
        proposal=Proposal(proposed, form.text("set-reason")) if proposed in SETS else None,
    )
    return Filled(decision, tuple(form.wrong))


def _bidder(form: _Reading, number: int) -> Addressee | None:
    lines = form.values.get(f"bidder-{number}-address", "").splitlines()
    address = tuple(text for line in lines if (text := " ".join(line.split())))
    email, language, reference = (form.text(f"bidder-{number}-{key}") for key in BIDDER)
    known = Addressee(address, email, language, reference)
    return known if known != Addressee() else None


def fields_of(
    decision: Decision, offers: Sequence[str], sellers: Mapping[str, str]
) -> dict[str, str]:
    """Return the fields of the form that says a decision.

    `sellers` are the bidders by the spelling under which the decision may know them.
    """
    values = {name: getattr(decision, name) or "" for name in TEXTS}
    ends = decision.standstill_ends
    values["standstill_ends"] = ends.isoformat() if ends else ""
    values |= {f"contact-{key}": getattr(decision.contact, key) or "" for key in CONTACT}
    values |= {f"report-{key}": text for key, text in decision.report.items()}
    for n, offer in enumerate(offers):
        values |= dict(_offer_fields(decision, offer, n))
    for n, known in enumerate(sellers.values()):
        values |= _bidder_fields(decision.bidders.get(known), n)
    if decision.proposal:
        values |= {"set": decision.proposal.set, "set-reason": decision.proposal.reason or ""}
    return values


def _offer_fields(decision: Decision, offer: str, n: int) -> Iterator[tuple[str, str]]:
    award = decision.award_of(offer)
    if award:
        yield f"take-{n}", AWARD
        yield f"tonnes-{n}", _plain(award.tonnes)
        yield f"price-{n}", _plain(award.price)
    elif offer in decision.reserve:
        yield f"take-{n}", RESERVE
    elif offer in decision.reasons:
        yield f"take-{n}", REFUSE
    yield f"reason-{n}", decision.reasons.get(offer, "")


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:.4f}".rstrip("0").rstrip(".")


def _bidder_fields(known: Addressee | None, n: int) -> dict[str, str]:
    if known is None:
        return {}
    said = {f"bidder-{n}-{key}": getattr(known, key) or "" for key in BIDDER}
    return {**said, f"bidder-{n}-address": "\n".join(known.address)}


def by_set(
    decision: Decision, name: str, chosen: AwardSetLine, judged: Sequence[JudgedOffer]
) -> Decision:
    """Return a decision that buys what a set takes, and keeps everything else that it says."""
    takes = {lot.id: lot for lot in chosen.lots}
    bought = [one.candidate.id for one in judged if one.candidate.id in takes]
    return replace(
        decision,
        awarded=tuple(
            Awarded(offer, float(takes[offer].tonnes), float(takes[offer].price))
            for offer in bought
        ),
        reserve=tuple(line.id for line in chosen.reserve if line.id not in takes),
        proposal=Proposal(name),
    )
