"""The price of a comparable tonne in words, in the currency of the offer."""

from dataclasses import dataclass

from offsetcheck.explain.tonnes.bounds import price_line
from offsetcheck.explain.tonnes.order import CURRENCY, price_of
from offsetcheck.explain.wording import Wording
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.tonnes import Span, price_span
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine


@dataclass(frozen=True, slots=True)
class AskedPrice:
    """What an offer asks for a tonne as it offers it, and in which currency; None: not stated."""

    tonne: float
    currency: str | None

    @property
    def span(self) -> Span:
        """What is asked, as a number with bounds."""
        return Span(self.tonne, self.tonne)

    @staticmethod
    def of(candidate: Candidate) -> "AskedPrice | None":
        """Return what an offer asks, None where it states no price."""
        price, currency = price_of(candidate), candidate.fact(CURRENCY).value
        if price is None:
            return None
        return AskedPrice(price, None if currency is None else str(currency))

    def told(self, price: Span, wording: Wording) -> BoundsLine:
        """Return a price with its currency, where one is stated."""
        line = price_line(price, self.currency, wording)
        if self.currency is None:
            return line
        words = wording.word("tonnes.money", price=line.words, currency=self.currency)
        return line.model_copy(update={"words": words})


def comparable_price(
    asked: AskedPrice | None, offered: Span | None, whole: Span | None, wording: Wording
) -> BoundsLine | None:
    """Return the price of one comparable tonne; none has a price where none may be left."""
    if asked is None or offered is None or whole is None or not whole.high:
        return None
    return asked.told(price_span(asked.span, offered, whole), wording)
