"""What the offers that may be bought come to, before and after."""

from collections import defaultdict
from collections.abc import Sequence

from offsetcheck.difference.phrases import Speech
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.offer_change import MoneyLine
from offsetcheck.vocabulary.offer_snapshot import LotSnapshot, OfferSnapshot

BOUGHT = (Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS)


def money_lines(
    before: Sequence[OfferSnapshot], after: Sequence[OfferSnapshot], speech: Speech
) -> tuple[MoneyLine, ...]:
    """Return tonnes and cost of the offers of each verdict to buy, whole lots at their price."""
    return tuple(
        MoneyLine(
            words=speech.say(f"verdict.{verdict.value}"),
            before=_sum(_lots(before, verdict), speech),
            after=_sum(_lots(after, verdict), speech),
        )
        for verdict in BOUGHT
    )


def _lots(offers: Sequence[OfferSnapshot], verdict: Verdict) -> list[LotSnapshot]:
    return [offer.offer for offer in offers if offer.verdict.verdict == verdict.value]


def _sum(lots: Sequence[LotSnapshot], speech: Speech) -> str:
    """Return the sum of some lots; money of each currency by itself, the rest counted."""
    if not lots:
        return speech.say("since.none")
    money: defaultdict[str, float] = defaultdict(float)
    unpriced = 0
    for lot in lots:
        if lot.price is None or lot.tonnes is None or lot.currency is None:
            unpriced += 1
        else:
            money[lot.currency] += lot.price * lot.tonnes
    wording = speech.wording
    sums = [wording.money(round(amount, 2), code) for code, amount in sorted(money.items())]
    said = speech.say(
        "since.sum",
        offers=len(lots),
        tonnes=wording.tonnes(sum(lot.tonnes or 0.0 for lot in lots)),
        money=" + ".join(sums) or speech.say("since.no_money"),
    )
    return speech.say("since.unpriced", sum=said, count=unpriced) if unpriced else said
