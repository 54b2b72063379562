"""Tonnes, money and integrity of an award as they are written, exact in data and short in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from offsetcheck.engine.award.award import Award
from offsetcheck.engine.award.lots import MONEY, LimitName, Lot
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import Wording, shorten_and_encode

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Said:
    """An award with the words it is told in; `names` are those of the projects by offer."""

    award: Award
    setting: Setting
    names: Mapping[str, str]

    @property
    def wording(self) -> Wording:
        """The words of the run's language."""
        return self.setting.wording

    def word(self, key: str, /, **values: object) -> str:
        """Return the words of a key with its {values} filled in."""
        return self.wording.word(key, **values)

    def money(self, amount: int | Decimal) -> str:
        """Return ten-thousandths of the purchase's currency in words."""
        number = Decimal(amount) / MONEY
        return self.wording.money(float(number), self.setting.purchase.value("currency"))

    def rounded(self, amount: Decimal) -> str:
        """Return a mean, in ten-thousandths, in words to the cent."""
        whole = (amount / MONEY).quantize(CENT, ROUND_HALF_UP)
        return self.money(whole * MONEY)

    def tonnes(self, amount: int) -> str:
        """Return whole tonnes in words."""
        return self.wording.tonnes(amount)

    def named(self, offers: Sequence[str]) -> str:
        """Return offers by their ids in one line."""
        return self.wording.joined([shorten_and_encode(offer) for offer in offers])

    def points(self, thousandths: int) -> str:
        """Return a score to a hundredth of a point."""
        return self.wording.bare(round(thousandths / 1000, 2))


def plain(amount: int) -> str:
    """Return ten-thousandths as a decimal number with two digits, or four where needed."""
    number = Decimal(amount) / MONEY
    return f"{number:.2f}" if number == number.quantize(CENT) else f"{number:.4f}"


def key_of(name: LimitName) -> str:
    """Return the key of a limit's words, without its group."""
    return f"{name.kind}_{name.of}" if name.of else str(name.kind)


def mean_price(lots: Sequence[Lot], tonnes: Sequence[int]) -> Decimal | None:
    """Return the mean price of a tonne in ten-thousandths, None of no tonnes."""
    whole = sum(tonnes)
    spent = sum(lot.price * taken for lot, taken in zip(lots, tonnes, strict=True))
    return Decimal(spent) / whole if whole else None


def mean_integrity(lots: Sequence[Lot], tonnes: Sequence[int]) -> int:
    """Return the mean of the sure integrity, tonne by tonne, in thousandths."""
    whole = sum(tonnes)
    summed = sum(lot.integrity.lower * taken for lot, taken in zip(lots, tonnes, strict=True))
    return round(summed / whole) if whole else 0
