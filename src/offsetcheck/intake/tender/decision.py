"""`decision.yaml`: what a person has decided about the offers, for the letters."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.forms import DayIfAny, Form, read_form
from offsetcheck.intake.normalise.numbers import NumberStyle, number_of
from offsetcheck.intake.normalise.text import is_placeholder, tidy
from offsetcheck.vocabulary.decision import (
    Addressee,
    Awarded,
    Contact,
    Decision,
    Judged,
    Proposal,
)
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.model import FileModel, mapping_in
from offsetcheck.vocabulary.forms.scalars import Listed, Mapped, one_of, spoken, wrong
from offsetcheck.vocabulary.problem import InputError, Place, Problem, UnreadableError

DECISION = "decision.yaml"
SETS = tuple(
    f"{name}{suffix}" for suffix in ("", "_if_met") for name in ("cheapest", "best", "weighted")
)
"""The sets of the award view that a decision may build on."""
REPORT_KEYS = ("procedure", "conflicts", "low_prices", "subcontracting")
"""What of the report on the procedure no file of the tender says."""


def _text_if_any(value: Any) -> str | None:
    """Accept a text or a number; nothing, `-` and `n/a` say that it is not stated."""
    if isinstance(value, dict | list):
        raise wrong(f"a text is needed here, not {spoken(value)}")
    text = "" if value is None else str(value).strip()
    return None if not text or is_placeholder(tidy(text)) else text


def _number_if_any(value: Any) -> float | None:
    text = _text_if_any(value)
    if text is None:
        return None
    try:
        number = number_of(text, NumberStyle.DOT, text)
    except UnreadableError as why:
        raise wrong(why.reason, why.hint) from None
    if number <= 0:
        raise wrong(f"a number above 0 is needed here, not {spoken(value)}")
    return number


def _lines(value: Any) -> tuple[str, ...]:
    """Accept an address as a list of lines or as one text with line breaks."""
    items = value if isinstance(value, list) else str(value or "").splitlines()
    return tuple(line for line in map(_text_if_any, items) if line)


TextIfAny = Annotated[str | None, BeforeValidator(_text_if_any)]
NumberIfAny = Annotated[float | None, BeforeValidator(_number_if_any)]
Lines = Annotated[tuple[str, ...], BeforeValidator(_lines)]


def _id(value: Any) -> str:
    text = _text_if_any(value)
    if text is None:
        raise wrong("the id of an offer is needed here")
    return text


OfferId = Annotated[str, BeforeValidator(_id)]


def _nothing_or(read: Any) -> Any:
    return lambda value: read() if value is None else value


class AwardEntry(FileModel):
    """One offer that is bought."""

    offer: OfferId
    tonnes: NumberIfAny = None
    price: NumberIfAny = None


class ContactEntry(FileModel):
    """Whom a bidder may ask."""

    name: TextIfAny = None
    email: TextIfAny = None
    phone: TextIfAny = None
    hours: TextIfAny = None


class BidderEntry(FileModel):
    """Where a bidder is written to."""

    address: Lines = ()
    email: TextIfAny = None
    language: TextIfAny = None
    reference: TextIfAny = None


class ProposalEntry(FileModel):
    """The set that the decision builds on, and why it departs from it."""

    set: Annotated[str, one_of(*SETS)]
    reason: TextIfAny = None


class JudgedEntry(FileModel):
    """The state of files and rules that whoever decided had before him."""

    as_of: DayIfAny = None
    input: TextIfAny = None
    rules: TextIfAny = None


class DecisionFile(FileModel):
    """`decision.yaml` as written."""

    reference: TextIfAny = None
    by: TextIfAny = None
    role: TextIfAny = None
    on: DayIfAny = None
    minute: TextIfAny = None
    standstill_ends: DayIfAny = None
    contact: Annotated[ContactEntry, BeforeValidator(_nothing_or(dict))] = ContactEntry()
    awarded: Annotated[tuple[AwardEntry, ...], Listed, BeforeValidator(_nothing_or(list))] = ()
    reserve: Annotated[tuple[OfferId, ...], Listed, BeforeValidator(_nothing_or(list))] = ()
    bidders: Annotated[dict[str, BidderEntry], Mapped, BeforeValidator(_nothing_or(dict))] = Field(
        default_factory=dict
    )
    reasons: Annotated[dict[str, TextIfAny], Mapped, BeforeValidator(_nothing_or(dict))] = Field(
        default_factory=dict
    )
    report: Annotated[dict[str, TextIfAny], Mapped, BeforeValidator(_nothing_or(dict))] = Field(
        default_factory=dict
    )
    proposal: ProposalEntry | None = None
    judged: JudgedEntry | None = None


def read_decision(
    folder: Path, offers: Iterable[str], sellers: Iterable[str]
) -> tuple[Decision | None, list[Problem]]:
    """Return the decision of a tender folder, None where there is none, and what is odd about it.

    `offers` are the ids and `sellers` the names that it may speak of. Raises InputError with every
    problem where it cannot be read as one: letters are not written from half a decision.
    """
    path = folder / DECISION
    if not (path.is_symlink() or path.exists()):
        return None, []
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError([Problem("the file is a link out of the folder", Place(DECISION))])
    return decision_in(read_bytes(path), offers, sellers), []


def decision_in(data: bytes, offers: Iterable[str], sellers: Iterable[str]) -> Decision:
    """Return the decision that the bytes of `decision.yaml` state; raises as `read_decision`."""
    form = read_form(data, DECISION)
    said = form.read(DecisionFile, mapping_in(form.document, form.problems), ())
    if said is not None:
        _check(form, said, tuple(offers), tuple(sellers))
    problems = form.problems.sorted()
    if said is None or problems:
        raise InputError(problems)
    return _decision(form, said)


def _check(
    form: Form, said: DecisionFile, offers: tuple[str, ...], sellers: tuple[str, ...]
) -> None:
    """Note offers and sellers that the tender has not, and offers that are named twice."""
    named: dict[str, Steps] = {}
    for steps, offer in _offers_named(said):
        if offer not in offers:
            _note_unknown(
                form, steps, f"no offer has the id `{offer}`", did_you_mean(offer, offers)
            )
        elif offer in named:
            _note_unknown(form, steps, f"{offer} stands here a second time", "keep one of the two")
        named[offer] = steps
    _check_keys(form, "reasons", said.reasons, offers, "no offer has the id")
    _check_keys(form, "bidders", said.bidders, sellers, "no offer has the seller")
    _check_keys(form, "report", said.report, REPORT_KEYS, "the report has no part")
    if said.standstill_ends and said.on and said.standstill_ends <= said.on:
        place = form.document.value_place(("standstill_ends",))
        form.problems.add(place, "the standstill has to end on a day after the decision")


def _offers_named(said: DecisionFile) -> list[tuple[Steps, str]]:
    awarded = [(("awarded", n, "offer"), entry.offer) for n, entry in enumerate(said.awarded)]
    reserve = [(("reserve", n), offer) for n, offer in enumerate(said.reserve)]
    return [*awarded, *reserve]


def _check_keys(
    form: Form, section: str, found: Iterable[str], known: tuple[str, ...], message: str
) -> None:
    for name in found:
        if name not in known:
            near = did_you_mean(name, known) or (f"they are {', '.join(known)}" if known else None)
            form.problems.at_key(form.document, (section, name), f"{message} `{name}`", near)


def _note_unknown(form: Form, steps: Steps, message: str, hint: str | None) -> None:
    form.problems.add(form.document.value_place(steps), message, hint)


def _decision(form: Form, said: DecisionFile) -> Decision:
    return Decision(
        reference=said.reference,
        by=said.by,
        role=said.role,
        on=said.on,
        minute=said.minute,
        standstill_ends=said.standstill_ends,
        contact=Contact(**said.contact.model_dump()),
        awarded=tuple(
            Awarded(
                entry.offer, entry.tonnes, entry.price, form.document.value_place(("awarded", n))
            )
            for n, entry in enumerate(said.awarded)
        ),
        reserve=said.reserve,
        bidders={
            name: Addressee(
                entry.address,
                entry.email,
                entry.language,
                entry.reference,
                form.document.value_place(("bidders", name, "language")),
            )
            for name, entry in said.bidders.items()
        },
        reasons=_stated(said.reasons),
        report=_stated(said.report),
        proposal=Proposal(said.proposal.set, said.proposal.reason) if said.proposal else None,
        judged=Judged(**said.judged.model_dump()) if said.judged else None,
    )


def _stated(texts: Mapping[str, str | None]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text is not None}
