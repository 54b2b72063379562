"""Comparable tonnes where a purchase announced them: of one offer, or of a part of its tonnes."""

from typing import TYPE_CHECKING

from offsetcheck.explain.setting import Setting
from offsetcheck.vocabulary.candidate import Candidate

if TYPE_CHECKING:
    from offsetcheck.vocabulary.tonnes import Span
    from offsetcheck.vocabulary.tonnes_explanation import TonnesLines


def tonnes_lines(setting: Setting, candidate: Candidate) -> "TonnesLines | None":
    """Return what an offer's tonnes come to; None where the purchase announced nothing of it.

    Nothing is loaded for a purchase that announced nothing, which is most of them.
    """
    if setting.steps is None:
        return None
    from offsetcheck.engine.tonnes import comparable_tonnes
    from offsetcheck.explain.tonnes.explain import explain_offer
    from offsetcheck.vocabulary.tonnes_explanation import TonnesLines

    steps, wording = setting.steps, setting.wording
    made = comparable_tonnes(steps, candidate, setting.purchase)
    offer = explain_offer(candidate, made, steps, wording)
    words = wording.word("tonnes.announced.no_tonnes")
    if offer.offered is not None and offer.comparable is not None:
        found = {"offered": offer.offered.words, "comparable": offer.comparable.words}
        words = wording.word("tonnes.announced.words", **found)
    return TonnesLines(words=words, remark=wording.word("tonnes.remark"), offer=offer)


def comparable_span(setting: Setting, candidate: Candidate, tonnes: float | None) -> "Span | None":
    """Return what some tonnes of an offer come to; None where nothing was announced or is stated.

    `tonnes` are those that are meant, None: all that it offers. A part of an offer compares as the
    whole of it does.
    """
    if setting.steps is None:
        return None
    from offsetcheck.engine.tonnes import comparable_tonnes
    from offsetcheck.vocabulary.tonnes import Span

    made = comparable_tonnes(setting.steps, candidate, setting.purchase)
    offered, whole = made.offered, made.comparable
    if offered is None or whole is None or not offered.low or tonnes is None:
        return whole
    return Span(tonnes * whole.low / offered.low, tonnes * whole.high / offered.high)


def comparable_words(setting: Setting, candidate: Candidate, tonnes: float | None) -> str | None:
    """Return `comparable_span` in words."""
    span = comparable_span(setting, candidate, tonnes)
    if span is None:
        return None
    from offsetcheck.explain.tonnes.bounds import TONNES, bounds_line

    return bounds_line(span, TONNES, setting.wording).words
