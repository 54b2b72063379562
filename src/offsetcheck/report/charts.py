"""What is drawn: bounds as bullet bars, need against supply, what each dimension costs.

Each drawing carries its facts as `text`, the first child of the drawing, and they stand beside it
as text too.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol

from offsetcheck.vocabulary.explanation import CandidateExplanation, CostLine
from offsetcheck.vocabulary.tender_explanation import SupplyLine, TenderExplanation

Plain = dict[str, Any]

WIDTH, LEFT = 200, 2
LOWEST, SPAN = 1000, 4000
BANDS = ("#d0d0d0", "#dcdcdc", "#e8e8e8", "#f2f2f2", "#fafafa")
SUPPLY_WIDTH = 600
SUPPLY_FILLS = {
    "eligible": "#9ccbea",
    "eligible_with_conditions": "#e0a100",
    "undecided": "#ffffff",
}


class Supplying(Protocol):
    """What says how many tonnes are offered by verdict, and how many are needed."""

    @property
    def supply(self) -> tuple[SupplyLine, ...]:
        """What is offered, by verdict."""

    @property
    def need_tonnes(self) -> float | None:
        """What is needed, None where nothing is stated."""

    @property
    def need_words(self) -> str:
        """Both in words."""


def offer_bars(explanation: CandidateExplanation) -> Plain:
    """Return the bars of one offer: of its grade, with the floor, and of each dimension."""
    grade = explanation.grade
    floor = dict(grade.cuts).get(grade.floor)
    return {
        "grade": bar((grade.lower_score, grade.upper_score), grade.cuts, floor, grade.words),
        "dimensions": {
            line.dimension: bar((line.lower, line.upper), grade.cuts, None, line.words)
            if line.lower is not None and line.upper is not None
            else None
            for line in explanation.dimensions
        },
    }


def list_bars(explanation: TenderExplanation) -> Plain:
    """Return a bar for each offer of a list, by id, with the city's floor."""
    floor = dict(explanation.cuts).get(explanation.floor)
    return {
        offer.id: bar(offer.integrity, explanation.cuts, floor, offer.grade)
        for offer in explanation.offers
        if explanation.cuts
    }


def tornado(costs: Sequence[CostLine]) -> list[Plain]:
    """Return for each dimension a bar 200 wide: dark what it costs for sure, light what it may."""
    most = max((line.most for line in costs), default=0)
    if not most:
        return []
    return [
        {
            "title": line.title,
            "text": line.words,
            "sure": WIDTH * line.least // most,
            "may": WIDTH * line.most // most,
        }
        for line in costs
    ]


def supply_bar(explanation: Supplying) -> Plain | None:
    """Return need against supply as one stacked bar; None where no need is stated.

    Offers that may be bought, then those that are open; refused ones are no supply.
    """
    need = explanation.need_tonnes
    lines = [line for line in explanation.supply if line.verdict in SUPPLY_FILLS]
    whole = max(need or 0.0, sum(line.tonnes for line in lines))
    if not need or not whole:
        return None
    parts, x = [], float(LEFT)
    for line in lines:
        width = SUPPLY_WIDTH * line.tonnes / whole
        parts.append({"x": round(x), "width": round(width), "fill": SUPPLY_FILLS[line.verdict]})
        x += width
    said = "; ".join(f"{line.words}: {line.tonnes_words}" for line in lines)
    tick = LEFT + round(SUPPLY_WIDTH * need / whole)
    return {"parts": parts, "tick": tick, "text": f"{explanation.need_words} {said}"}


def bar(
    bounds: tuple[int, int],
    cuts: Sequence[tuple[str, int]],
    floor: int | None,
    text: str,
) -> Plain:
    """Return bounds (thousandths) as a bullet bar 200 wide, with a band for each grade.

    `marks` are the letters of the grades, each at the middle of its band.
    """
    lower, upper = bounds
    x = _x(lower)
    steps = _steps(cuts)
    letters = [letter for letter, _ in sorted(cuts, key=lambda cut: cut[1])]
    return {
        "text": text,
        "x": x,
        "width": max(3, _x(upper) - x),
        "floor": _x(floor) if floor is not None else None,
        "bands": [
            {"x": _x(low), "width": _x(high) - _x(low), "fill": fill}
            for (low, high), fill in zip(steps, BANDS, strict=False)
        ],
        "marks": [
            {"x": (_x(low) + _x(high)) // 2, "letter": letter}
            for (low, high), letter in zip(steps, letters, strict=False)
        ],
    }


def _steps(cuts: Sequence[tuple[str, int]]) -> list[tuple[int, int]]:
    ends = sorted({LOWEST, LOWEST + SPAN, *(cut for _, cut in cuts if cut > LOWEST)})
    return list(pairwise(ends))


def _x(score: int) -> int:
    return LEFT + (min(max(score, LOWEST), LOWEST + SPAN) - LOWEST) * WIDTH // SPAN
