"""The award view explained: what may be bought, the sets within the purchase's limits, and why.

Money is text with a decimal point in the purchase's currency, exact to its last digit; tonnes are
whole numbers; integrity is in thousandths of a point.
"""

from pydantic import Field

from offsetcheck.vocabulary.explained import Audit, Explained, Explanation, is_none
from offsetcheck.vocabulary.explanation import VerdictLine
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine


class AwardLimit(Explained):
    """One limit or weight: `value` in words, or that the purchase states none (`stated` False)."""

    name: str
    title: str
    value: str
    stated: bool


class AwardSupply(Explained):
    """All that may be bought, without or with the offers under conditions, against the need."""

    title: str
    offers: int
    tonnes: int
    cost: str
    mean_price: str | None
    words: str
    need_words: str
    budget_words: str


class AwardGrade(Explained):
    """The offers of one lower grade: how many tonnes, and at which prices."""

    grade: str
    offers: int
    tonnes: int
    tonnes_words: str
    lowest_words: str
    mean_words: str
    point_words: str


class AwardComparable(Explained):
    """What an offer's tonnes come to, and what one of these costs in the purchase's currency.

    Each is None where it is not known; `words` say both.
    """

    tonnes: BoundsLine | None
    price: BoundsLine | None
    words: str


class AwardOffer(Explained):
    """An offer that may be bought and can be counted, or one that is undecided.

    `place` names the first and the last of the places that it shares with those that are not
    surely better or worse; None: it has none. `separable` says that it has its place alone.
    `conditions` say who must do what by when before it may be signed for.
    """

    id: str
    name: str
    verdict: VerdictLine
    place: tuple[int, int] | None
    place_words: str
    separable: bool
    tonnes: int
    tonnes_words: str
    price: str
    price_words: str
    cost: str
    cost_words: str
    grade: str
    integrity: tuple[int, int]
    integrity_words: str
    point_words: str
    open_points: tuple[str, ...] = ()
    open_words: str | None = None
    words: str | None = None
    conditions: tuple[str, ...] = ()
    comparable: AwardComparable | None = Field(default=None, exclude_if=is_none)


class AwardApart(Explained):
    """An offer that cannot be counted, and why."""

    id: str
    name: str
    lacks: str
    words: str


class AwardLot(Explained):
    """What a set takes of one offer."""

    id: str
    name: str
    tonnes: int
    tonnes_words: str
    share_words: str
    price: str
    price_words: str
    cost: str
    cost_words: str
    grade: str
    integrity_words: str


class AwardReserve(Explained):
    """The next offer after a set, and why it is not in it."""

    id: str
    name: str
    words: str


class AwardSetLine(Explained):
    """One set: `set` is cheapest, best or weighted; `proven` says that no other is better by it.

    `holds` are the limits that hold it, each with what the set would be without;
    `holds_words` stand where none is named. `gap` is how far,
    at most, a better set could lie, relative to it. `same` says that it is the set before it again.
    """

    set: str
    title: str
    how: str
    same: bool
    lots: tuple[AwardLot, ...]
    tonnes: int
    covered: int
    cost: str
    mean_price: str
    words: str
    shortfall: str | None
    shares: tuple[tuple[str, str], ...]
    proven: bool
    gap: float
    proof: str
    holds: tuple[str, ...]
    holds_words: str
    contested: str | None
    reserve: tuple[AwardReserve, ...]


class AwardBar(Explained):
    """One bar of the chart: a number and what it is, in words."""

    title: str
    value: float
    words: str
    look: str


class AwardExplanation(Explanation):
    """The award view of one purchase on one day.

    `compared` says that the purchase announced comparable tonnes, which then stand with each offer.
    """

    kind: str = "award"
    city: str
    title: str
    verdict: VerdictLine
    summary: tuple[str, ...]
    need: int | None
    budget: str | None
    currency: str | None
    bars: tuple[AwardBar, ...]
    money_bars: tuple[AwardBar, ...]
    supply: tuple[AwardSupply, ...]
    grades: tuple[AwardGrade, ...]
    offers: tuple[AwardOffer, ...]
    apart: tuple[AwardApart, ...]
    limits: tuple[AwardLimit, ...]
    unlimited: str | None
    notes: tuple[str, ...]
    sets: tuple[AwardSetLine, ...]
    with_conditions: tuple[AwardSetLine, ...]
    changes: tuple[str, ...]
    relax: tuple[str, ...]
    undecided: tuple[AwardOffer, ...]
    refused: tuple[str, ...]
    refused_words: str
    tool_limits: tuple[str, ...]
    audit: Audit
    compared: str | None = Field(default=None, exclude_if=is_none)
