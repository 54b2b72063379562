"""The charts of the award view: bars from one edge, the wanted tonnes or the budget as a line."""

from collections.abc import Sequence
from typing import Any

from offsetcheck.vocabulary.award import AwardBar, AwardExplanation

WIDTH, LEFT, STEP = 598, 2, 22
FILLS = {"need": "#ffffff", "eligible": "#9ccbea", "conditions": "#e0a100"}


def award_charts(explained: AwardExplanation) -> dict[str, Any]:
    """Return both charts as plain data; a chart of nothing is None."""
    return {"bars": _chart(explained.bars), "money_bars": _chart(explained.money_bars)}


def _chart(bars: Sequence[AwardBar]) -> dict[str, Any] | None:
    largest = max((bar.value for bar in bars), default=0.0)
    if not largest:
        return None
    drawn = [
        {
            "y": 3 + STEP * place,
            "width": max(1, round(WIDTH * bar.value / largest)),
            "fill": FILLS[bar.look],
            "text": f"{bar.title} {bar.words}",
        }
        for place, bar in enumerate(bars)
    ]
    wanted = next((bar.value for bar in bars if bar.look == "need"), None)
    return {
        "lines": drawn,
        "height": STEP * len(bars) + 4,
        "tick": LEFT + round(WIDTH * wanted / largest) if wanted else None,
        "text": "; ".join(f"{bar.title} {bar.words}" for bar in bars),
    }
