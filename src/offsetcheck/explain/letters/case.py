"""What letters are made from: the offers of a tender in one language, and what was decided."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.decision import Addressee, Awarded, Decision
from offsetcheck.vocabulary.explanation import CandidateExplanation, PurchaseExplanation
from offsetcheck.vocabulary.purchase import Stage

MAY_BE_BOUGHT = frozenset({Verdict.ELIGIBLE.value, Verdict.ELIGIBLE_WITH_CONDITIONS.value})


@dataclass(frozen=True)
class CaseOffer:
    """One offer, explained, with the context in which its sentences are said."""

    context: SentenceContext
    explained: CandidateExplanation

    @property
    def id(self) -> str:
        """The id of the offer."""
        return self.explained.offer.id

    @property
    def seller(self) -> str | None:
        """The name of the bidder, None where the offer names nobody."""
        return seller_of(self.context.candidate.value("seller"))

    @property
    def verdict(self) -> str:
        """The verdict's code."""
        return self.explained.verdict.verdict

    @property
    def may_be_bought(self) -> bool:
        """Whether the verdict lets the city buy it."""
        return self.verdict in MAY_BE_BOUGHT


@dataclass(frozen=True)
class LetterCase:
    """A tender in one language, with the decision, None where nobody has decided.

    `adopted` are the rules that the city's own file names as adopted.
    """

    setting: Setting
    purchase: PurchaseExplanation
    lots: tuple[CaseOffer, ...]
    decision: Decision | None
    adopted: frozenset[str] = frozenset()

    @property
    def wording(self) -> Wording:
        """The words of the letters."""
        return self.setting.wording

    @cached_property
    def sellers(self) -> tuple[str, ...]:
        """The bidders, in the order of their first offers."""
        return tuple(by_key(lot.seller for lot in self.lots if lot.seller))

    def lots_of(self, seller: str) -> tuple[CaseOffer, ...]:
        """Return all offers of a bidder."""
        return tuple(x for x in self.lots if x.seller and name_key(x.seller) == name_key(seller))

    def award_of(self, lot: CaseOffer) -> Awarded | None:
        """Return what is bought of an offer, None where nothing is or nobody has decided."""
        return self.decision.award_of(lot.id) if self.decision else None

    def is_open(self, lot: CaseOffer) -> bool:
        """Whether nobody has said yet what becomes of an offer, and the rules do not bar it.

        What the rules cannot decide is refused by a person alone, in her own words, at the end.
        """
        if self.decision is None:
            return lot.verdict != Verdict.NOT_ELIGIBLE.value
        if self.award_of(lot) or lot.verdict != Verdict.UNDECIDED.value:
            return False
        final = self.setting.purchase.stage is Stage.FINAL
        return not final or lot.id not in self.decision.reasons

    @cached_property
    def selected(self) -> tuple[CaseOffer, ...]:
        """The offers that are bought."""
        return tuple(lot for lot in self.lots if self.award_of(lot))

    def addressee(self, seller: str) -> Addressee:
        """Return where a bidder is written to, as far as the decision says."""
        return addressee_of(self.decision, seller)


def addressee_of(decision: Decision | None, seller: str) -> Addressee:
    """Return where a bidder is written to, as far as a decision says."""
    for name, known in (decision.bidders if decision else {}).items():
        if name_key(name) == name_key(seller):
            return known
    return Addressee()


def seller_of(value: object) -> str | None:
    """Return the name of a seller as a letter writes it."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text or None


def name_key(name: str) -> str:
    """Return what two spellings of one bidder's name share: case and spaces tell nobody apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def by_key(names: Iterable[str]) -> Iterable[str]:
    """Return each name once, in the spelling that stands first."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(name_key(name), name)
    return first.values()
