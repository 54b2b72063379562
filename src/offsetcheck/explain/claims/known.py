"""What is known of the purchase and its offers, for holding the numbers and names of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from offsetcheck.explain.claims.chosen import ClaimBasis, ClaimOffer
from offsetcheck.explain.claims.matching import folded, words_of
from offsetcheck.vocabulary.evidence import Value

TONNES = (
    "tonnes",
    "residual_tonnes",
    "baseline_tonnes",
    "actual_tonnes",
    "pathway_tonnes",
    "authorised_tonnes",
    "credits_sold_tonnes",
)
YEARS = ("year", "inventory_year", "baseline_year")
DAYS = ("retired_on", "claim_published_on", "reporting_period_end", "deadline")
CITY_YEARS = ("neutrality_year", "net_zero_year", "base_year")
LONG_NAME = 8  # signs; a shorter name of a project is a word of any text
LONG_PROGRAMME = 4


@dataclass(frozen=True)
class Known:
    """The figures, years and names that stand behind a text."""

    chosen: ClaimBasis

    @cached_property
    def tonnes(self) -> tuple[float, ...]:
        """Amounts that are known: of the purchase, each lot, and lots together."""
        stated = [self.chosen.number(name) for name in TONNES]
        lots = [lot.tonnes for lot in self.chosen.lots]
        kinds = [self.of_kind(kind) for kind in ("removal", "reduction")]
        found = [*stated, *lots, self.chosen.tonnes, *kinds]
        return tuple(dict.fromkeys(float(one) for one in found if one))

    @cached_property
    def years(self) -> frozenset[int]:
        """Years that are known: of the claim, the inventories, vintages, days and targets."""
        chosen, city = self.chosen, self.chosen.setting.bound.city
        values = [chosen.facts.get(name) for name in YEARS]
        values += [city.facts.get(name) for name in CITY_YEARS]
        values += [chosen.fact(lot, "vintage") for lot in chosen.lots]
        days = [chosen.facts.get(name) for name in DAYS]
        years = {int(v) for v in values if isinstance(v, int | float)}
        years |= {day.year for day in days if isinstance(day, date)}
        return frozenset(years | {chosen.setting.bound.as_of.year})

    def of_kind(self, kind: str) -> float:
        """Return the tonnes of the lots that are `removal` or `reduction`."""
        lots = self.chosen.lots
        return sum(lot.tonnes for lot in lots if self.chosen.mechanism(lot) == kind)

    @cached_property
    def removals(self) -> tuple[float, ...]:
        """The amounts of which it may be said that they were removed: of each such lot, and all."""
        lots = self.chosen.lots
        own = [lot.tonnes for lot in lots if self.chosen.mechanism(lot) == "removal"]
        return tuple(one for one in (*own, self.of_kind("removal")) if one)

    @property
    def vintages(self) -> frozenset[int]:
        """The vintages of the lots."""
        values = (self.chosen.fact(lot, "vintage") for lot in self.chosen.lots)
        return frozenset(int(value) for value in values if isinstance(value, int | float))

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """Shares that are known, from 0 to 1."""
        chosen = self.chosen
        rest, base = chosen.number("residual_tonnes"), chosen.number("baseline_tonnes")
        pairs = [(rest, base), (chosen.number("tonnes"), rest), (chosen.tonnes, rest)]
        pairs += [(self.of_kind(kind), chosen.tonnes) for kind in ("removal", "reduction")]
        pairs += [(lot.tonnes, chosen.tonnes) for lot in chosen.lots]
        parts = [one / of for one, of in pairs if one and of and one < of]
        return tuple(dict.fromkeys([*parts, 1.0] if chosen.is_covered else parts))

    @property
    def target_year(self) -> int | None:
        """The year in which the city wants to be neutral, as its own texts say."""
        value = self.chosen.setting.bound.city.facts.get("neutrality_year")
        return int(value) if isinstance(value, int | float) else None

    def other_offers(self, text: str) -> Iterator[ClaimOffer]:
        """Yield the offers of the tender that a sentence names and that are not chosen."""
        chosen = {lot.id for lot in self.chosen.lots if not lot.is_refused}
        line = words_of(text).line
        for lot in self.chosen.offered:
            if lot.id not in chosen and any(_names(line, text, name) for name in _called(lot)):
                yield lot

    def other_programmes(self, text: str) -> Iterator[str]:
        """Yield the titles of programmes that a sentence names and that no lot is under."""
        field = self.chosen.setting.wording.field("programme")
        if field is None:
            return
        own = {self.chosen.fact(lot, "programme") for lot in self.chosen.lots}
        for code, known in field.codes.items():
            spellings = (code, *known.title.values(), *known.spellings)
            if code not in own and code != "OTHER" and any(_spelled(s, text) for s in spellings):
                yield self.chosen.setting.wording.code(field, code) or code

    def programmes_words(self) -> str:
        """Return the programmes of the lots by their titles."""
        wording = self.chosen.setting.wording
        codes = dict.fromkeys(self.chosen.fact(lot, "programme") for lot in self.chosen.lots)
        return wording.joined([wording.value("programme", code) for code in codes if code])

    def names_programme(self, text: str) -> bool:
        """Return whether a text names a programme of the lots."""
        field = self.chosen.setting.wording.field("programme")
        own: set[Value | None] = {self.chosen.fact(lot, "programme") for lot in self.chosen.lots}
        return field is not None and any(
            _spelled(spelling, text)
            for code, known in field.codes.items()
            if code in own
            for spelling in (code, *known.title.values(), *known.spellings)
        )


def _called(lot: ClaimOffer) -> tuple[str, ...]:
    return (lot.id, lot.explained.offer.name)


def _names(line: str, text: str, name: str) -> bool:
    if any(sign.isdigit() for sign in name) and " " not in name:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None
    plain = words_of(name).line
    return len(folded(name)) >= LONG_NAME and plain in line


def _spelled(spelling: str, text: str) -> bool:
    """Whether a name of a programme stands in a text as it is written, short ones in capitals."""
    if len(spelling) < LONG_PROGRAMME and not spelling.isupper():
        return False
    return re.search(rf"(?<![\w-]){re.escape(spelling)}(?![\w-])", text) is not None
