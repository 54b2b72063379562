"""What letters of all kinds share: who writes to whom, how offers were judged, whom to ask."""

from collections.abc import Sequence
from typing import Any

from offsetcheck.explain.letters.case import CaseOffer, LetterCase, by_key, name_key
from offsetcheck.explain.tonnes.announced import comparable_words
from offsetcheck.explain.translated import ENGLISH
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.rulebook.binding.bound import ANY_LANGUAGE, CityProfile
from offsetcheck.vocabulary.decision import Decision
from offsetcheck.vocabulary.letter import Bidder, Heading, Letter, LetterKind, LetterLot

SHORT_HASH = 12
OURS = "letters."  # the keys of the words of letters
PUBLISHING_LAW = "eu"
"""The law under which an unsuccessful bidder is told the winner's name (docs/letters.md)."""


def letter(kind: LetterKind, case: LetterCase, seller: str | None, **own: Any) -> Letter:
    """Return a letter of a kind with what all letters hold, and what is this one's own."""
    wording, decision = case.wording, case.decision or Decision()
    own["draft"] = (*own.get("draft", ()), *_untranslated(case))
    signed = (decision.by, decision.role)
    base: dict[str, Any] = {
        "title": wording.word(f"letters.title.{kind.value}"),
        "closing": wording.word("letters.closing"),
    }
    return Letter(
        language=wording.language,
        letter=kind,
        city=wording.city(),
        tender=case.purchase.title,
        reference=decision.reference,
        date=wording.day(decision.on or case.setting.bound.as_of),
        bidder=_bidder(case, seller) if seller else None,
        greeting=wording.word("letters.greeting", seller=seller) if seller else None,
        headings={name.value: wording.word(f"letters.heading.{name.value}") for name in Heading},
        contact=contact(case),
        signed=tuple(part for part in signed if part),
        annex=annex(case),
        **(base | own),
    )


def _untranslated(case: LetterCase) -> tuple[str, ...]:
    """Return that sentences stand in English, where the letter's language lacks some."""
    words, language = case.setting.bound.words, case.wording.language
    lacking = any(key.startswith(OURS) and key not in words[language] for key in words[ENGLISH])
    return (case.wording.word("letters.draft.partly"),) if lacking else ()


def _bidder(case: LetterCase, seller: str) -> Bidder:
    known = case.addressee(seller)
    return Bidder(
        name=shorten_and_encode(seller),
        address=known.address,
        email=known.email,
        reference=known.reference,
    )


def lot_line(lot: CaseOffer, **own: Any) -> LetterLot:
    """Return an offer with what the bidder offered, and what the kind of letter says of it."""
    offer = lot.explained.offer
    base = {"tonnes": offer.tonnes_words, "price": offer.price_words}
    return LetterLot(id=offer.id, name=offer.name, **(base | own))


def tonnes_said(lot: CaseOffer, case: LetterCase, tonnes: float | None, words: str) -> str:
    """Return tonnes as a letter says them: beside them what they compare to, where announced.

    `tonnes` are those that are meant, None: all that are offered. A letter of a purchase that
    announced nothing says nothing of it.
    """
    found = comparable_words(case.setting, lot.context.candidate, tonnes)
    if found is None:
        return words
    return case.wording.word("tonnes.announced.letter", offered=words, comparable=found)


def offered_said(lot: CaseOffer, case: LetterCase) -> str:
    """Return all tonnes of an offer as a letter of a decision says them."""
    return tonnes_said(lot, case, None, lot.explained.offer.tonnes_words)


def offers_named(lots: Sequence[CaseOffer], case: LetterCase) -> str:
    """Return offers by name and id in one line."""
    offers = [lot.explained.offer for lot in lots]
    said = [case.wording.word("letters.offer", name=o.name, id=o.id) for o in offers]
    return "; ".join(said)


def assessed(case: LetterCase) -> tuple[str, ...]:
    """Return how the offers were judged, in two sentences: by which rules, and by whom."""
    wording, bound = case.wording, case.setting.bound
    return (
        wording.word("letters.assessed", rulebook=bound.name, edition=bound.edition,
                     day=wording.day(bound.as_of)),
        wording.word("letters.assessed_by_person"),
    )  # fmt: skip


def annex(case: LetterCase) -> tuple[tuple[str, str], ...]:
    """Return what it takes to find the assessment again: rules by name and hash, city and day."""
    wording, bound = case.wording, case.setting.bound
    return (
        (wording.word("letters.annex.rules"), f"{bound.name} {bound.edition}"),
        (wording.word("letters.annex.hash"), bound.hash[:SHORT_HASH]),
        (wording.word("letters.annex.as_of"), wording.day(bound.as_of)),
    )


def contact(case: LetterCase) -> tuple[str, ...]:
    """Return whom a bidder may ask, one part on each line; nothing where nobody is named."""
    known = (case.decision or Decision()).contact
    parts = (known.name, known.email, known.phone, known.hours)
    return tuple(part for part in parts if part)


def remedy(city: CityProfile, language: str) -> tuple[str, ...]:
    """Return the city's own words on review and appeal in a language, nothing where it has none.

    A text in another language does not stand in: a bidder's rights hang on it.
    """
    texts = city.remedy or {}
    text = texts.get(language) or texts.get(ANY_LANGUAGE) or ""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def selected_names(case: LetterCase, seller: str) -> tuple[str, ...]:
    """Return the names of the selected bidders where the law has them told, else nothing."""
    if case.setting.purchase.value("procurement_law") != PUBLISHING_LAW:
        return ()
    names = (lot.seller for lot in case.selected if lot.seller)
    return tuple(name for name in by_key(names) if name_key(name) != name_key(seller))


def selected_words(case: LetterCase, names: Sequence[str]) -> str:
    """Return who was selected, or that names are not told."""
    wording = case.wording
    if names:
        return wording.word("letters.selected", list="; ".join(names))
    others = bool(case.selected)
    return wording.word("letters.selected_unnamed" if others else "letters.selected_none")


def standstill_words(case: LetterCase) -> str | None:
    """Return until when the contract is not signed, None where the decision sets no such day."""
    ends = case.decision.standstill_ends if case.decision else None
    return case.wording.word("letters.standstill", day=case.wording.day(ends)) if ends else None


def undecided_notes(case: LetterCase) -> tuple[str, ...]:
    """Return what the officer must still supply before a letter of a decision may go out."""
    if case.decision is None:
        return (case.wording.word("letters.draft.no_decision"),)
    notes = []
    if case.decision.missing:
        listed = ", ".join(case.decision.missing)
        notes.append(case.wording.word("letters.draft.unsigned", list=listed))
    if not contact(case):
        notes.append(case.wording.word("letters.draft.no_contact"))
    return tuple(notes)
