"""What turns where a number is another one, and how the order of bidders holds, in words."""

from collections.abc import Sequence

from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.sensitivity import Point, Swept
from offsetcheck.difference.weight_draws import Order
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.sensitivity import BidderLine, SweepLine, SweepPoint
from offsetcheck.vocabulary.table import CandidateTable

PERCENT = 100.0


class SweepNarrator:
    """Says what was swept; `offers` is how many there are, `share` the percent of a knife-edge."""

    def __init__(self, bound: BoundRulebook, speech: Speech, offers: int, share: float) -> None:
        self._bound, self._speech = bound, speech
        self._wording = speech.wording
        self._offers, self._share = offers, share

    def line(self, swept: Swept) -> SweepLine:
        """Return one threshold or weight with all numbers tried."""
        knife = self.is_knife_edge(swept)
        return SweepLine(
            kind=swept.kind,
            rule=swept.rule,
            name=swept.name,
            title=self._title(swept),
            what=self._what(swept),
            current=swept.current,
            current_words=self._number(swept.current, swept),
            step=swept.step,
            applies=swept.applies,
            points=tuple(self._point(point, swept) for point in swept.points),
            most=swept.most,
            knife_edge=knife,
            words=self._words(swept),
        )

    def is_knife_edge(self, swept: Swept) -> bool:
        """Whether the least step turns more than the share of the offers asked for."""
        return swept.by_one_step() * PERCENT > self._share * self._offers

    def _title(self, swept: Swept) -> str:
        if swept.rule is None:
            return self._wording.dimension(swept.name)
        return self._wording.rule_title(self._bound.rules[swept.rule]).rstrip(".")

    def _what(self, swept: Swept) -> str:
        if swept.kind != "value" or swept.rule is None:
            return self._speech.say(f"sensitivity.what.{swept.kind}")
        rule = self._bound.rules[swept.rule]
        return self._wording.parameter_title(rule.parameters[swept.name], rule)

    def _number(self, number: float, swept: Swept) -> str:
        return self._wording.quantity(number, swept.unit)

    def _point(self, point: Point, swept: Swept) -> SweepPoint:
        words = self._speech.say(
            "sensitivity.point", value=self._number(point.value, swept),
            verdicts=f"{point.verdicts:,}", grades=f"{point.grades:,}",
        )  # fmt: skip
        return SweepPoint(
            value=point.value, words=words, verdicts=point.verdicts, grades=point.grades
        )

    def _words(self, swept: Swept) -> str:
        """Return the nearest numbers on either side at which anything turns."""
        turning = [point for point in swept.points if point.verdicts + point.grades]
        below = [point for point in turning if point.value < swept.current][-1:]
        above = [point for point in turning if point.value > swept.current][:1]
        said = [self._point(point, swept).words for point in (*below, *above)]
        return "; ".join(said) if said else self._speech.say("sensitivity.nothing")


def bidder_lines(
    order: Order, table: CandidateTable, draws: int, speech: Speech
) -> tuple[BidderLine, ...]:
    """Return each bidder with the places that it has over the draws."""
    return tuple(
        _bidder(place, row, order.places[place - 1] if draws else (), table, speech)
        for place, row in enumerate(order.rows, 1)
    )


def _bidder(
    place: int, row: int, places: Sequence[int], table: CandidateTable, speech: Speech
) -> BidderLine:
    column = table.columns.get("name")
    name = column.values[row] if column else None
    best, worst = min(places, default=place), max(places, default=place)
    own = sum(one == place for one in places)
    words = speech.say("sensitivity.places", best=best, worst=worst, holds=own, draws=len(places))
    return BidderLine(
        id=table.ids[row],
        name=shorten_and_encode(name) if isinstance(name, str) else table.ids[row],
        place=place,
        best=best,
        worst=worst,
        holds=own,
        first=sum(one == 1 for one in places),
        words=words,
    )
