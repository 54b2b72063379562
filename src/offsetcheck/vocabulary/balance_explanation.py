"""A city's own sinks and its balance, explained: what counts, what does not, and what remains.

Numbers are tonnes of carbon dioxide equivalent a year with bounds; `words` say them.
"""

from offsetcheck.vocabulary.explained import Explained, Explanation, SourceLine
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine, TonnesWaterfall


class GateLine(Explained):
    """How one gate stands on a sink, a use of it or an offer; `words` say why."""

    gate: str
    title: str
    outcome: str
    outcome_words: str
    words: str


class GateRule(Explained):
    """One gate: what it asks, why, and on which sources."""

    gate: str
    title: str
    why: str
    sources: tuple[SourceLine, ...]


class SinkPart(Explained):
    """A number that a sink's net change is made of, below zero for what leaves."""

    name: str
    tonnes: BoundsLine


class SinkUse(Explained):
    """One use of a sink, what of it counts as an offset, and the gates before it."""

    kind: str
    words: str
    tonnes: BoundsLine
    in_balance: bool
    gates: tuple[GateLine, ...]


class MeasuredLine(Explained):
    """What the steps of one treatment of permanence leave of a number."""

    treatment: str
    title: str
    chosen: bool
    tonnes: BoundsLine


class SinkLine(Explained):
    """One sink: how its net change was found, what of it counts, and what the steps leave.

    `relative_error` is the standard error as a share of the net change, None where none is stated;
    `credit` is what is beyond its baseline. `waterfalls` are steps on the whole net change, none
    for a sink that gives more than it takes.
    """

    id: str
    name: str
    method: str
    method_words: str
    formula: str
    sources: tuple[SourceLine, ...]
    where: str
    boundary: str
    in_inventory: bool
    parts: tuple[SinkPart, ...]
    change: BoundsLine
    change_words: str
    relative_error: BoundsLine | None
    credit: BoundsLine | None
    counted: BoundsLine
    comparable: tuple[MeasuredLine, ...]
    waterfalls: tuple[TonnesWaterfall, ...]
    gates: tuple[GateLine, ...]
    uses: tuple[SinkUse, ...]


class BalanceOffer(Explained):
    """One offer of the tender: tonnes offered, tonnes that may count, and the gates in its way.

    `verdict` is that of the rules, beside the tonnes: neither changes the other.
    """

    id: str
    name: str
    verdict: str
    verdict_words: str
    offered: BoundsLine | None
    counted: BoundsLine
    gates: tuple[GateLine, ...]


class BalanceTerm(Explained):
    """One line of a balance: `sign` is how it enters, `=` for what comes of those above it."""

    term: str
    sign: str
    words: str
    tonnes: BoundsLine


class BalanceTerms(Explained):
    """The terms by one measure: as stated (`treatment` None), or by the steps.

    `may_be_bought` is the part of the offers that the rules let be bought.
    """

    treatment: str | None
    title: str
    chosen: bool
    lines: tuple[BalanceTerm, ...]
    may_be_bought: BoundsLine
    may_be_bought_words: str
    outcome: str
    words: str


class BalanceExplanation(Explanation):
    """The sinks of a city, the offers of its tender, and the balance of its year.

    `remark` says what it is not; `note` is what the statement says of itself. `year`, `boundary`
    and `emissions_source` are None, and there are no terms, where the statement names no year.
    """

    kind: str = "balance"
    title: str
    city: str
    as_of: str
    remark: str
    note: str | None
    year: int | None
    boundary: str | None
    emissions_source: str | None
    terms: tuple[BalanceTerms, ...]
    sinks: tuple[SinkLine, ...]
    offers: tuple[BalanceOffer, ...]
    gates: tuple[GateRule, ...]
    rulebook: str
    edition: str
    rules_hash: str
    input_hash: str | None
    sinks_hash: str
    reproduce: str
