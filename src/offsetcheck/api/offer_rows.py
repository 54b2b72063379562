"""Judged offers -> the rows of a list that a person filters and sorts, and what they come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.api.case import Case
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.engine.knowledge import known_by
from offsetcheck.explain.tender import Supplied, place_of, supplied_by
from offsetcheck.vocabulary.evidence import NOT_STATED, Fact
from offsetcheck.vocabulary.shown import grade_range

__all__ = ["OfferRow", "Supplied", "offer_rows", "supplied"]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer of a list: what is stated of it, its verdict, and why.

    `type` and `country` are codes, empty where they are not stated; `reasons` are pairs of a rule
    (None: a grade, or several) and what is short of it. `rank` orders as reports do; `missing`
    counts the questions that can still move the verdict.
    """

    id: str
    name: str
    seller: str
    type: str
    type_words: str
    country: str
    country_words: str
    tonnes: float | None
    tonnes_words: str
    price: float | None
    currency: str
    price_words: str
    verdict: str
    verdict_words: str
    officer_words: str
    grade: str
    integrity: tuple[int, int]
    reasons: tuple[tuple[str | None, str], ...]
    missing: int
    rank: tuple[int | str, ...]

    @property
    def reason(self) -> str:
        """The first reason, in short."""
        return self.reasons[0][1] if self.reasons else ""


def offer_rows(case: Case, judged: Sequence[JudgedOffer]) -> tuple[OfferRow, ...]:
    """Return a row for each judged offer, in their order."""
    return tuple(_row(case, one) for one in judged)


def _row(case: Case, one: JudgedOffer) -> OfferRow:
    said, offer = one.explained, one.explained.offer
    facts = known_by(one.candidate.facts, case.bound.as_of)
    type_, type_words = _stated(case, facts, "project_type")
    country, country_words = _stated(case, facts, "country")
    seller, _ = _stated(case, facts, "seller")
    return OfferRow(
        id=offer.id,
        name=offer.name,
        seller=seller,
        type=type_,
        type_words=type_words,
        country=country,
        country_words=country_words,
        tonnes=offer.tonnes,
        tonnes_words=offer.tonnes_words,
        price=offer.price,
        currency=offer.currency or "",
        price_words=offer.price_words,
        verdict=said.verdict.verdict,
        verdict_words=said.verdict.words,
        officer_words=said.verdict.officer_words or "",
        grade=grade_range(said.grade.lower, said.grade.upper),
        integrity=(said.grade.lower_score, said.grade.upper_score),
        reasons=tuple((reason.rule, reason.short) for reason in said.reasons),
        missing=len(said.questions),
        rank=place_of(said),
    )


def _stated(case: Case, facts: Mapping[str, Fact], field: str) -> tuple[str, str]:
    """Return a value and its words, both empty where it is not stated."""
    value = facts.get(field, NOT_STATED).value
    return ("", "") if value is None else (str(value), case.setting.wording.value(field, value))


def supplied(case: Case, judged: Sequence[JudgedOffer]) -> Supplied:
    """Return what judged offers come to by verdict, beside what the purchase needs."""
    return supplied_by(case.setting, [one.explained for one in judged])
