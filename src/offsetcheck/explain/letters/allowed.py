"""Which letters may be written to whom, and why the others are not."""

from collections.abc import Callable, Mapping

from offsetcheck.explain.letters.award import award
from offsetcheck.explain.letters.case import LetterCase
from offsetcheck.explain.letters.clarification import clarification
from offsetcheck.explain.letters.cure import cure
from offsetcheck.explain.letters.debrief import debrief
from offsetcheck.explain.letters.parts import remedy
from offsetcheck.explain.letters.refusal import refusal
from offsetcheck.explain.letters.standstill import standstill
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.letter import REFUSING, Letter, LetterKind, Withheld
from offsetcheck.vocabulary.purchase import Stage

Make = Callable[[LetterCase, str], Letter | None]
MAKERS: Mapping[LetterKind, Make] = {
    LetterKind.CLARIFICATION: clarification,
    LetterKind.CURE: cure,
    LetterKind.AWARD: award,
    LetterKind.REFUSAL: refusal,
    LetterKind.DEBRIEF: debrief,
    LetterKind.STANDSTILL: standstill,
}
ASKING = frozenset({LetterKind.CLARIFICATION, LetterKind.CURE})


def letter_to(
    kind: LetterKind, case: LetterCase, seller: str, officers: Wording
) -> Letter | Withheld | None:
    """Return a letter, why it is withheld, or None where it has nothing to say to this bidder.

    Why it is withheld is said in the officer's own words, whatever the letter's language.
    """
    if _is_pointless(kind, case, seller):
        return None
    if kind in ASKING:
        reason = _asking_barred(case, officers)
    else:
        reason = _deciding_barred(kind, case, seller, officers)
    if reason is not None:
        return Withheld(letter=kind, seller=seller, reason=reason)
    return MAKERS[kind](case, seller)


def _is_pointless(kind: LetterKind, case: LetterCase, seller: str) -> bool:
    """Whether a letter of the kind has nothing to say to the bidder, whatever else holds."""
    if kind in ASKING:
        return MAKERS[kind](case, seller) is None
    if case.decision is None:
        return False
    bought = [lot for lot in case.lots_of(seller) if case.award_of(lot)]
    if kind is LetterKind.AWARD:
        return not bought
    if kind is LetterKind.DEBRIEF:
        return len(bought) == len(case.lots_of(seller))
    if kind is LetterKind.STANDSTILL:
        return case.decision.standstill_ends is None
    return bool(bought)


def _asking_barred(case: LetterCase, wording: Wording) -> str | None:
    stage = case.setting.purchase.stage
    if case.decision is not None and not case.decision.missing:
        return wording.word("letters.why.decided")
    if stage is not Stage.CLARIFICATION:
        return wording.word("letters.why.stage", stage=wording.word(f"stage.{stage.value}"))
    return None


def _deciding_barred(
    kind: LetterKind, case: LetterCase, seller: str, wording: Wording
) -> str | None:
    """Return what a letter of a decision lacks: the decision, a verdict, the city's own remedy."""
    if case.decision is None:
        return wording.word("letters.why.no_decision")
    lost = [lot for lot in case.lots_of(seller) if not case.award_of(lot)]
    unsaid = [lot.id for lot in lost if case.is_open(lot)]
    if unsaid:
        final = case.setting.purchase.stage is Stage.FINAL
        key = "letters.why.undecided_final" if final else "letters.why.undecided"
        return wording.word(key, list=", ".join(unsaid))
    needs = kind in REFUSING and (bool(lost) or kind is LetterKind.STANDSTILL)
    if needs and not remedy(case.setting.bound.city, case.wording.language):
        return _no_remedy(case, wording)
    return None


def _no_remedy(case: LetterCase, wording: Wording) -> str:
    city = case.setting.bound.city
    key = "letters.why.no_remedy_language" if city.remedy else "letters.why.no_remedy"
    return wording.word(
        key,
        city=wording.pick(city.name, f"city_name.{city.id}"),
        id=city.id,
        language=case.wording.language,
    )
