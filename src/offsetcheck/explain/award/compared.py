"""Comparable tonnes beside the prices of an award, where the purchase announced them."""

from decimal import Decimal
from typing import TYPE_CHECKING

from offsetcheck.engine.award.lots import MONEY, Lot
from offsetcheck.explain.award.said import Said
from offsetcheck.explain.tonnes.announced import comparable_span
from offsetcheck.vocabulary.award import AwardComparable
from offsetcheck.vocabulary.candidate import Candidate

if TYPE_CHECKING:
    from offsetcheck.vocabulary.tonnes_explanation import BoundsLine


def compared(said: Said, candidate: Candidate, lot: Lot) -> AwardComparable | None:
    """Return what a lot's tonnes come to and what one costs; None where nothing was announced."""
    if said.setting.steps is None:
        return None
    from offsetcheck.explain.tonnes.bounds import TONNES, bounds_line, price_line
    from offsetcheck.vocabulary.tonnes import Span, price_span

    most = float(lot.most)
    span = comparable_span(said.setting, candidate, most)
    if span is None:
        none = said.word("tonnes.announced.award_none")
        return AwardComparable(tonnes=None, price=None, words=none)
    wording = said.wording
    tonnes = bounds_line(span, TONNES, wording)
    price = None
    if span.high:
        each = lot.price / MONEY
        asked = price_span(Span(each, each), Span(most, most), span)
        price = _in_money(price_line(asked, _currency(said), wording), said)
    told = said.word("tonnes.none_left") if price is None else price.words
    words = said.word("tonnes.announced.award_line", comparable=tonnes.words, price=told)
    return AwardComparable(tonnes=tonnes, price=price, words=words)


def _currency(said: Said) -> str | None:
    """Return the currency of the purchase, None where it names none."""
    currency = said.setting.purchase.value("currency")
    return None if currency is None else str(currency)


def _in_money(line: "BoundsLine", said: Said) -> "BoundsLine":
    """Return a price whose words name the currency of the purchase."""
    from offsetcheck.explain.tonnes.bounds import span_words

    low, high = (
        None if one is None else said.money(Decimal(str(one)) * MONEY)
        for one in (line.low, line.high)
    )
    return line.model_copy(update={"words": span_words(low, high, said.wording)})
