"""What may count of a city's own sinks, and the three terms of the year that it balances.

Gates are yes, no or open, and never a factor: a tonne that is counted already is not half a tonne.
Tonnes are of carbon dioxide equivalent a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.sinks import Sink, SinkStatement, Use
from offsetcheck.vocabulary.tonnes import ComparableTonnes, Span, Treatment

NOTHING = Span(0.0, 0.0)


class SinkGate(StrEnum):
    """What a sink has to be clear of before it counts."""

    REMOVAL_IS_NO_OFFSET = "removal_is_no_offset"
    ONCE_IN_A_BOUNDARY = "once_in_a_boundary"
    ONE_CLAIM = "one_claim"
    ONE_PLACE = "one_place"


class GateOutcome(StrEnum):
    """Whether a gate is clear, shut, or open for want of a person's word."""

    CLEAR = "clear"
    SHUT = "shut"
    OPEN = "open"


class Because(StrEnum):
    """Why a gate is as it is, a sentence for each in words/."""

    BEYOND_BASELINE = "beyond_baseline"
    NO_BASELINE = "no_baseline"
    NO_LEAKAGE = "no_leakage"
    NOTHING_BEYOND = "nothing_beyond"
    COUNTED_IN_INVENTORY = "counted_in_inventory"
    OTHER_EMISSIONS = "other_emissions"
    NOT_IN_INVENTORY = "not_in_inventory"
    SAME_PLACE = "same_place"
    LOOKS_ALIKE = "looks_alike"
    LOOKS_SPLIT = "looks_split"
    LATER_YEARS = "later_years"
    MORE_THAN_THERE_IS = "more_than_there_is"
    USED_ELSEWHERE = "used_elsewhere"
    OFFER_IN_INVENTORY = "offer_in_inventory"
    OFFER_IN_BOUNDARY = "offer_in_boundary"
    OFFER_NAMED_AS_SINK = "offer_named_as_sink"


@dataclass(frozen=True, slots=True)
class GateFinding:
    """One gate on one sink or offer: how it stands, why, and the names in that sentence."""

    gate: SinkGate
    outcome: GateOutcome
    because: Because
    names: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UseFinding:
    """What becomes of one use of a sink.

    `tonnes` are those that count as an offset, none where a gate is shut; `in_balance` says that
    they are set off against the emissions of the balance.
    """

    use: Use
    tonnes: Span
    in_balance: bool
    findings: tuple[GateFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class SinkAccount:
    """What one sink counts for: in the inventory's own term (`counted`), and by each of its uses.

    `credit` is what it takes up beyond its baseline, None where it states none.
    """

    sink: Sink
    change: float
    parts: tuple[tuple[str, float], ...]
    credit: float | None
    counted: Span
    findings: tuple[GateFinding, ...] = ()
    uses: tuple[UseFinding, ...] = ()

    @property
    def is_offset(self) -> Span:
        """What of it is set off against the emissions of the balance."""
        spans = [one.tonnes for one in self.uses if one.in_balance]
        return Span(sum(one.low for one in spans), sum(one.high for one in spans))


@dataclass(frozen=True, slots=True)
class MeasuredSink:
    """A sink by the steps of comparable tonnes, under each treatment of permanence.

    `made` are the steps on its whole net change, None for a sink that gives more than it takes:
    steps are for tonnes that are claimed. `counted` is what they leave of what it counts in the
    inventory's own term, `own` of what may be set off as an offset.
    """

    account: SinkAccount
    made: ComparableTonnes | None
    counted: Mapping[Treatment, Span]
    own: Mapping[Treatment, Span]


@dataclass(frozen=True, slots=True)
class OfferAccount:
    """What one offer of the tender counts for: the tonnes that gates leave of those offered.

    `verdict` is what the rules say of it: nothing here changes that, and it changes nothing here.
    """

    id: str
    verdict: Verdict
    counted: Span
    made: ComparableTonnes
    findings: tuple[GateFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The three terms of a balance by one measure, and what remains: `E - S - O`.

    `own` are sinks of the city that may be set off as offsets, `offers` those of the tender; `need`
    is what stays of emissions behind own sinks. `treatment` None: tonnes as stated. `buyable` is
    the part of `offers` that the rules let be bought, the undecided in its high alone.
    """

    treatment: Treatment | None
    emissions: float
    sinks: Span
    own: Span
    offers: Span
    buyable: Span

    @property
    def need(self) -> Span:
        """Emissions less own sinks."""
        return Span(self.emissions - self.sinks.high, self.emissions - self.sinks.low)

    @property
    def remains(self) -> Span:
        """What no term covers; at zero or below the year is neutral."""
        covered = Span(self.own.low + self.offers.low, self.own.high + self.offers.high)
        return Span(self.need.low - covered.high, self.need.high - covered.low)

    @property
    def is_neutral(self) -> GateOutcome:
        """Whether the terms come to zero or below, surely, surely not, or perhaps."""
        if self.remains.high <= 0:
            return GateOutcome.CLEAR
        return GateOutcome.SHUT if self.remains.low > 0 else GateOutcome.OPEN


@dataclass(frozen=True, slots=True)
class Balance:
    """The sinks and offers of a tender, each with its gates, and the terms of the year.

    `terms` are as stated first, then by each treatment; none where the statement names no year.
    """

    statement: SinkStatement
    sinks: tuple[MeasuredSink, ...]
    offers: tuple[OfferAccount, ...]
    terms: tuple[Terms, ...]
    chosen: Treatment | None
