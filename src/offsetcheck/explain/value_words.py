"""Numbers, days, amounts and money in one language, and the words of keys with them filled in."""

from collections.abc import Mapping
from datetime import date

from offsetcheck.explain.quantity import (
    CALENDAR_YEAR,
    PERCENT,
    SHARES,
    date_words,
    locale_named,
    money_words,
    number_words,
    percent_words,
    score_words,
    time_words,
)
from offsetcheck.explain.templates import fill
from offsetcheck.explain.translated import Translated
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.shown import shorten

UNITS = {
    "tCO2e": "unit.tonnes",
    "tCO2e/year": "unit.tonnes_a_year",
    "points": "unit.points",
    "MW": "unit.megawatts",
    "km": "unit.kilometres",
    "full-time jobs": "unit.jobs",
}
"""The keys of units that CLDR does not write as reports need them."""


class ValueWords(Translated):
    """The words of a language by key, and values as it writes them.

    `locale` is its CLDR locale, `step` how finely scores are shown, in thousandths.
    """

    def __init__(self, words: Mapping[str, str], language: str, locale: str, step: int) -> None:
        super().__init__(words, language)
        self.locale = locale
        self._step = step

    def word(self, key: str, /, **values: object) -> str:
        """Return the words of a key with its {values} filled in; raise KeyError for no such key."""
        text = self._words[key]
        if not values:
            return text
        return fill(text, lambda name: str(values[name]) if name in values else None) or text

    def counted(self, key: str, count: int, /, **values: object) -> str:
        """Return the words of a key for one or for several, as the language counts."""
        category = locale_named(self.locale).plural_form(count)
        form = "one" if category == "one" else "many"
        chosen = f"{key}.{form}"
        return self.word(chosen, count=self.bare(count), **values)

    def bare(self, value: Value) -> str:
        """Return a value whose field is not known in plain words."""
        if isinstance(value, bool):
            return self.word("bool.true" if value else "bool.false")
        if isinstance(value, (int, float)):
            return number_words(value, self.locale)
        if isinstance(value, date):
            return date_words(value, self.locale)
        if isinstance(value, tuple):
            return self.joined([self.bare(item) for item in value])
        return shorten_and_encode(value)

    def joined(self, items: list[str]) -> str:
        """Return a list in one line; the word for none where it is empty."""
        return ", ".join(items) if items else self.word("list.none")

    def day(self, day: date) -> str:
        """Return a date in words."""
        return date_words(day, self.locale)

    def score(self, thousandths: int) -> str:
        """Return a score in points."""
        return score_words(thousandths, self.locale, self._step)

    def shown_score(self, thousandths: int) -> int:
        """Return a score in thousandths as it is shown."""
        return thousandths // self._step * self._step

    def percent(self, share: float) -> str:
        """Return a share in whole words."""
        return percent_words(share, self.locale)

    def tonnes(self, value: float) -> str:
        """Return an amount of tonnes."""
        return self.quantity(value, "tCO2e")

    def quantity(self, value: float, unit: str | None, currency: str | None = None) -> str:
        """Return a number with its unit; a unit of which there are no words stands as it is."""
        if unit == CALENDAR_YEAR:
            return f"{value:.0f}"
        if unit in SHARES or unit == PERCENT:
            share = value / 100 if unit == PERCENT else value
            return percent_words(share, self.locale)
        if unit and unit.startswith("per tonne"):
            return self.word("unit.per_tonne", amount=self.money(value, currency))
        number = number_words(value, self.locale)
        if unit is None:
            return number
        time = time_words(value, unit, self.locale)
        if time is not None or unit not in UNITS:
            return time or f"{number} {unit}"
        return self.word(UNITS[unit], number=number)

    def money(self, amount: float, currency: object) -> str:
        """Return an amount with the ISO code of its currency."""
        return money_words(amount, str(currency or ""), self.locale)


def shorten_and_encode(text: str) -> str:
    """Return a stranger's text as a report tells it: cut where it is endless, fit to be written."""
    text = shorten(text)
    return text if text.isascii() else text.encode(errors="replace").decode()
