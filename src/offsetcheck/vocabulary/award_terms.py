"""What a purchase says of its award: lots, limits and weights; nothing of it is ours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from offsetcheck.vocabulary.problem import Place


class Lots(StrEnum):
    """Whether an offer is taken whole or in part; what an offer says of its own lots goes first."""

    WHOLE = "whole"
    DIVISIBLE = "divisible"


class Part(StrEnum):
    """A part of the tonnes of which a purchase may ask for a share."""

    REMOVAL = "removal"
    LOCAL = "local"
    DURABLE = "durable"


class Group(StrEnum):
    """What offers may have in common, of which a purchase may cap the tonnes."""

    PROJECT = "project"
    TYPE = "type"
    COUNTRY = "country"
    SELLER = "seller"


class Criterion(StrEnum):
    """What a purchase may weigh."""

    PRICE = "price"
    INTEGRITY = "integrity"
    VALUE = "value"


class PricePoints(StrEnum):
    """How a price becomes a share of its points; the lowest price has all of them.

    `lowest_over_price` divides the lowest price by the offer's; `linear` falls evenly from the
    lowest price to none at twice that price.
    """

    LOWEST_OVER_PRICE = "lowest_over_price"
    LINEAR = "linear"


class CompareOn(StrEnum):
    """By which tonnes a purchase announces that offers are compared beside their price."""

    OFFERED = "offered_tonnes"
    COMPARABLE = "comparable_tonnes"


@dataclass(frozen=True, slots=True)
class LotTerms:
    """How one offer may be taken, in whole tonnes: at least, at most, in multiples of a step."""

    least: int | None = None
    most: int | None = None
    step: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class AwardTerms:
    """The limits and weights of a purchase; None or absent: not limited, not weighed.

    Shares are fractions of the tonnes bought, `max_price` is in the purchase's currency per tonne.
    `local_barred` names the law under which a share of local tonnes that was asked for is left out.
    `compare_on` announces which tonnes stand beside prices; None: those offered.
    """

    lots: Lots | None = None
    min_share: Mapping[Part, Fraction] = field(default_factory=dict)
    max_share: Mapping[Group, Fraction] = field(default_factory=dict)
    max_tonnes: Mapping[Group, int] = field(default_factory=dict)
    min_grade: str | None = None
    max_price: Decimal | None = None
    weights: Mapping[Criterion, Fraction] = field(default_factory=dict)
    price_points: PricePoints | None = None
    offers: Mapping[str, LotTerms] = field(default_factory=dict)
    local_barred: str | None = None
    compare_on: CompareOn | None = None

    @property
    def announces_comparable(self) -> bool:
        """Whether the purchase announced that comparable tonnes are told."""
        return self.compare_on is CompareOn.COMPARABLE


NO_TERMS = AwardTerms()
