"""What the city may say of chosen offers: words, reasons, what to name, the law of the place."""

from collections.abc import Iterator

from offsetcheck.explain.audit import audit
from offsetcheck.explain.claims.chosen import LEVELS, NOTHING, ClaimBasis, ClaimOffer
from offsetcheck.explain.claims.limits import channel_words, limits_of, wanted_words
from offsetcheck.explain.claims.paragraph import city_name, paragraphs_of
from offsetcheck.explain.claims.rulings import rulings_of
from offsetcheck.explain.purchase import purchase_title
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.canonical import content_hash
from offsetcheck.rulebook.binding.rules import source as source_of
from offsetcheck.rulebook.lexicon.model import Lexicon, in_force
from offsetcheck.vocabulary.assessment import ClaimLimit, PurchaseVerdict, Verdict
from offsetcheck.vocabulary.claim_statement import (
    ClaimLot,
    ClaimStatement,
    LawLine,
    LeftOutLot,
    ToName,
)

PRODUCT, FUTURE = "product", "future"
SUBJECTS = {"territorial": "territory", "organisational": "organisation"}


def claim_statement(chosen: ClaimBasis, lexicon: Lexicon) -> ClaimStatement:
    """Return what may be said of the chosen lots."""
    setting, wording = chosen.setting, chosen.setting.wording
    limits = limits_of(chosen)
    paragraphs = paragraphs_of(chosen)
    may = may_of(chosen)
    return ClaimStatement(
        language=wording.language,
        city=wording.city(),
        title=purchase_title(setting),
        as_of=setting.bound.as_of.isoformat(),
        wanted=chosen.wanted,
        wanted_words=wanted_words(chosen),
        channel_words=channel_words(chosen),
        year=chosen.year,
        allowed=chosen.surest,
        may=may,
        may_words=may_words(chosen),
        why=() if may == "yes" else tuple(why.reason for why in limits),
        draft=is_draft(chosen),
        draft_words=_draft_words(chosen),
        paragraphs=paragraphs,
        lots=tuple(_lot(lot, chosen) for lot in chosen.lots if not lot.is_refused),
        left_out=tuple(_left_out(lot) for lot in chosen.lots if lot.is_refused),
        tonnes=chosen.tonnes,
        tonnes_words=wording.tonnes(chosen.tonnes),
        tonnes_note=_tonnes_note(chosen),
        rulings=tuple(rulings_of(chosen, lexicon).values()),
        to_name=tuple(to_name(chosen)),
        laws=tuple(_laws(chosen, lexicon)),
        lexicon_hash=lexicon.hash,
        audit=audit(setting, (), result_hash(chosen)),
    )


def result_hash(chosen: ClaimBasis) -> str:
    """Return the hash of what is concluded: the purchase, each lot, and what may be said."""
    return content_hash(
        {
            "purchase": chosen.purchase.audit.result_hash,
            "offers": [[lot.id, lot.assessment.result_hash] for lot in chosen.lots],
            "allowed": chosen.surest,
        }
    )


def may_of(chosen: ClaimBasis) -> str:
    """Return whether the wanted claim may be made: `yes`, `open`, `less` or `no`."""
    if chosen.surest == NOTHING:
        return "no" if chosen.widest == NOTHING else "open"
    if chosen.wanted is None or LEVELS.index(chosen.surest) <= LEVELS.index(chosen.wanted):
        return "yes"
    return "open" if LEVELS.index(chosen.widest) <= LEVELS.index(chosen.wanted) else "less"


def may_words(chosen: ClaimBasis) -> str:
    """Return in one sentence what may be said for sure."""
    wording = chosen.setting.wording
    allowed = wording.word(f"claims.level.{chosen.surest}")
    return wording.word(
        f"claims.may.{may_of(chosen)}", wanted=wanted_words(chosen), allowed=allowed
    )


def is_draft(chosen: ClaimBasis) -> bool:
    """Whether something that the words rest on is still open, so that they may not be used yet."""
    ready = PurchaseVerdict.NOT_READY.value != chosen.purchase.verdict.verdict
    return chosen.surest != NOTHING and (chosen.is_draft() or not ready)


def _draft_words(chosen: ClaimBasis) -> str:
    wording = chosen.setting.wording
    if chosen.surest == NOTHING:
        return wording.word("claims.no_paragraph")
    if not is_draft(chosen):
        return wording.word("claims.ready")
    names = [lot.id for lot in chosen.lots if lot.assessment.verdict is not Verdict.ELIGIBLE]
    return wording.word("claims.draft", list=wording.joined(names))


def _tonnes_note(chosen: ClaimBasis) -> str:
    """Return that the tonnes are those on offer, and not yet those that are bought."""
    if chosen.surest == NOTHING:
        return ""
    wording, need = chosen.setting.wording, chosen.number("tonnes")
    if chosen.decided:
        return wording.word("claims.tonnes_decided", tonnes=wording.tonnes(chosen.tonnes))
    if need is None or need == chosen.tonnes:
        return wording.word("claims.tonnes_offered")
    said = {"tonnes": wording.tonnes(chosen.tonnes), "need": wording.tonnes(need)}
    return wording.word("claims.tonnes_differ", **said)


def _lot(lot: ClaimOffer, chosen: ClaimBasis) -> ClaimLot:
    wording, explained = chosen.setting.wording, lot.explained
    return ClaimLot(
        id=lot.id,
        name=explained.offer.name,
        verdict=explained.verdict.verdict,
        verdict_words=explained.verdict.words,
        tonnes=lot.tonnes if lot.is_counted else None,
        tonnes_words=wording.tonnes(lot.tonnes) if lot.is_counted else explained.offer.tonnes_words,
        vintage=_said(lot, "vintage", chosen),
        programme=_said(lot, "programme", chosen),
        country=_said(lot, "country", chosen),
        mechanism=_said(lot, "mechanism", chosen),
        claim=_claim(lot, wording),
        conditions=explained.conditions,
    )


def _claim(lot: ClaimOffer, wording: Wording) -> str:
    overall = lot.explained.claim.overall
    limit = wording.word(f"claim.{ClaimLimit(overall.limit).value}")
    worst = wording.word(f"claim.{ClaimLimit(overall.worst).value}")
    return limit if limit == worst else wording.word("compare.claim_open", limit=limit, worst=worst)


def _said(lot: ClaimOffer, name: str, chosen: ClaimBasis) -> str:
    wording, value = chosen.setting.wording, chosen.fact(lot, name)
    return wording.word("offer.unstated") if value is None else wording.value(name, value)


def _left_out(lot: ClaimOffer) -> LeftOutLot:
    reason = lot.explained.reasons[0].short if lot.explained.reasons else ""
    return LeftOutLot(id=lot.id, name=lot.explained.offer.name, reason=reason)


def to_name(chosen: ClaimBasis) -> Iterator[ToName]:
    """Yield what has to stand with the claim; nothing of a retirement is said before it is done."""
    wording = chosen.setting.wording
    if chosen.surest == NOTHING:
        return
    year = str(chosen.year) if chosen.year is not None else None
    vintages = [_said(lot, "vintage", chosen) for lot in chosen.lots]
    programmes = [_said(lot, "programme", chosen) for lot in chosen.lots]
    reason = wording.word(f"claims.retire_for.{chosen.surest}", year=year or "")
    yield _named("tonnes", wording.tonnes(chosen.tonnes), wording)
    yield _named("year", year, wording)
    yield _named("vintage", wording.joined(list(dict.fromkeys(vintages))), wording)
    yield _named("programme", wording.joined(list(dict.fromkeys(programmes))), wording)
    yield _named("what", wording.word(f"claims.what.{chosen.surest}"), wording)
    yield _named("beneficiary", city_name(chosen, wording), wording)
    yield _named("reason", reason.strip(), wording)
    yield _named("serials", None, wording)
    yield _named("day", None, wording)


def _named(key: str, words: str | None, wording: Wording) -> ToName:
    return ToName(
        title=wording.word(f"claims.name.{key}"),
        words=words if words is not None else wording.word("claims.to_fill"),
        filled=words is not None,
    )


def _laws(chosen: ClaimBasis, lexicon: Lexicon) -> Iterator[LawLine]:
    """Yield what is known of each kind of claim, or that nothing is."""
    wording, city = chosen.setting.wording, chosen.setting.bound.city
    places = wording.joined([wording.layer(one) for one in city.jurisdictions])
    subject = SUBJECTS.get(str(chosen.facts.get("claim_channel")))
    for about in (*([subject] if subject else []), PRODUCT, FUTURE):
        title = wording.word(f"claims.about.{about}")
        laws = lexicon.of_place(city.jurisdictions, about)
        for law in laws:
            words = wording.known(law.says)
            if law.since is not None and not in_force(law, chosen.setting.bound.as_of):
                begins = wording.day(law.since)
                words = wording.word("claims.not_yet", words=words, day=begins)
            source = source_line(source_of(law.source), wording)
            yield LawLine(about=title, words=words, source=source)
        if not laws:
            words = wording.word("claims.no_law", places=places)
            yield LawLine(about=title, words=words, source=None)
