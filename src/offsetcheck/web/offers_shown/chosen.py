"""Which offers of a list a person wants to see, and in which order: all of it in the address."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from offsetcheck.api.offer_rows import OfferRow
from offsetcheck.web.visit import Pairs, Visit

FILTERS = ("verdict", "type", "country", "rule", "text")
SORT, DOWN = "sort", "-"
UNSTATED = "unstated"
"""What a filter calls a field that an offer does not state."""
GRADE = "grade"

Key = Callable[[OfferRow], Any]
SORTS: dict[str, Key] = {
    "name": lambda row: row.name.casefold(),
    "seller": lambda row: row.seller.casefold() or None,
    "type": lambda row: row.type_words.casefold() or None,
    "country": lambda row: row.country_words.casefold() or None,
    "tonnes": lambda row: row.tonnes,
    "price": lambda row: None if row.price is None else (row.currency, row.price),
    "verdict": lambda row: row.rank,
    GRADE: lambda row: row.integrity,
    "missing": lambda row: row.missing,
}
"""By what a column is ordered; what is None stands last either way."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, its words, and how many offers of the list it holds for."""

    value: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter and an order of a list; empty values let everything through.

    `sort` is the name of a column, with `-` before it downwards; empty: as reports order.
    """

    verdict: str = ""
    type: str = ""
    country: str = ""
    rule: str = ""
    text: str = ""
    sort: str = ""

    @property
    def pairs(self) -> Pairs:
        """The pairs of an address's query that say the same."""
        values = [(name, str(getattr(self, name))) for name in (*FILTERS, SORT)]
        return tuple((name, value) for name, value in values if value)

    @property
    def filtered(self) -> bool:
        """Whether it leaves anything out."""
        return any(getattr(self, name) for name in FILTERS)

    def rows(self, rows: Iterable[OfferRow]) -> tuple[OfferRow, ...]:
        """Return the rows that are wanted, in order."""
        return self.ordered(row for row in rows if self.wants(row))

    def wants(self, row: OfferRow) -> bool:
        """Return whether a row is among those wanted."""
        return (
            self.verdict in ("", row.verdict)
            and self.type in ("", row.type or UNSTATED)
            and self.country in ("", row.country or UNSTATED)
            and (not self.rule or any(rule == self.rule for rule, _ in row.reasons))
            and all(word in _text(row) for word in self.text.casefold().split())
        )

    def ordered(self, rows: Iterable[OfferRow]) -> tuple[OfferRow, ...]:
        """Return rows in the wanted order; equal ones as reports order them."""
        made = sorted(rows, key=lambda row: row.rank)
        key = SORTS.get(self.sort.removeprefix(DOWN))
        if key is None:
            return tuple(made)
        known = [row for row in made if key(row) is not None]
        known.sort(key=key, reverse=self.sort.startswith(DOWN))
        return (*known, *(row for row in made if key(row) is None))

    def next_sort(self, column: str) -> str:
        """Return the order that a column's heading leads to: upwards first, then the other way."""
        return f"{DOWN}{column}" if self.sort == column else column

    def direction(self, column: str) -> str:
        """Return what `aria-sort` says of a column."""
        if self.sort.removeprefix(DOWN) != column:
            return "none"
        return "descending" if self.sort.startswith(DOWN) else "ascending"


def chosen_of(visit: Visit) -> Chosen:
    """Return what the query of an address asks for."""
    sort = visit.asked(SORT)
    known = sort if sort.removeprefix(DOWN) in SORTS else ""
    return Chosen(**{name: visit.asked(name).strip() for name in FILTERS}, sort=known)


def _text(row: OfferRow) -> str:
    said = (row.id, row.name, row.seller, row.type_words, row.country_words)
    return " ".join((*said, *(reason for _, reason in row.reasons))).casefold()


def choices(rows: Sequence[OfferRow], field: str, unstated: str) -> tuple[Choice, ...]:
    """Return the values of a field in a list by their words, what is not stated last."""
    words = {getattr(row, field): getattr(row, f"{field}_words") for row in rows}
    counts = Counter(getattr(row, field) for row in rows)
    stated = sorted((code for code in words if code), key=lambda code: words[code].casefold())
    made = [Choice(code, words[code], counts[code]) for code in stated]
    return (*made, *([Choice(UNSTATED, unstated, counts[""])] if counts[""] else []))


def rule_choices(rows: Sequence[OfferRow], title: Callable[[str], str]) -> tuple[Choice, ...]:
    """Return the rules that are reasons in a list by their titles."""
    counts = Counter(rule for row in rows for rule in {rule for rule, _ in row.reasons} if rule)
    made = [Choice(rule, title(rule), count) for rule, count in counts.items()]
    return tuple(sorted(made, key=lambda choice: choice.words.casefold()))
