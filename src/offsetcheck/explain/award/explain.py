"""The award view as a whole: supply, limits, sets, changes, places, and what cannot be counted."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from offsetcheck.engine.award.award import Award, Outcome
from offsetcheck.engine.award.sets import SetKind
from offsetcheck.explain.audit import LIMITS, audit
from offsetcheck.explain.award.changes import changes, relaxed
from offsetcheck.explain.award.limits import limit_lines, notes, unlimited_words
from offsetcheck.explain.award.offers import (
    apart_lines,
    grade_lines,
    offer_lines,
    refused,
    undecided_lines,
)
from offsetcheck.explain.award.said import Said, mean_price, plain
from offsetcheck.explain.award.sets import set_lines
from offsetcheck.explain.purchase import purchase_title
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.ground.canonical import content_hash
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.award import AwardBar, AwardExplanation, AwardSetLine, AwardSupply
from offsetcheck.vocabulary.explanation import PurchaseExplanation

SURE = (Verdict.ELIGIBLE,)
ALL = (Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS)


def explain_award(
    setting: Setting, purchase: PurchaseExplanation, award: Award
) -> AwardExplanation:
    """Return the award view of a purchase explained."""
    said = Said(award, setting, _names(award))
    stated, sets = award.limits, set_lines(said, award.sure)
    differ = award.all_met is not award.sure
    all_met = set_lines(said, award.all_met) if differ else ()
    currency, lines = setting.purchase.value("currency"), limit_lines(said)
    gone = refused(said)
    return AwardExplanation(
        language=said.wording.language,
        city=said.wording.city(),
        title=purchase_title(setting),
        verdict=purchase.verdict,
        summary=tuple(_summary(said, purchase)),
        need=stated.need if stated else None,
        budget=plain(stated.budget) if stated and stated.budget is not None else None,
        currency=str(currency) if currency is not None else None,
        bars=tuple(_bars(said)),
        money_bars=tuple(_money_bars(said)),
        supply=tuple(_supplies(said)),
        grades=grade_lines(said),
        offers=offer_lines(said),
        apart=apart_lines(said),
        limits=lines,
        unlimited=unlimited_words(said, lines),
        notes=notes(said),
        sets=sets,
        with_conditions=all_met,
        changes=changes(said),
        relax=relaxed(said),
        undecided=undecided_lines(said),
        refused=gone,
        refused_words=said.word("award.refused", list=said.named(gone))
        if gone
        else said.word("award.refused_none"),
        tool_limits=tuple(said.word(key) for key in LIMITS),
        audit=audit(setting, (), _hash(purchase, award, (*sets, *all_met))),
        compared=said.word("tonnes.announced.award") if setting.steps else None,
    )


def _names(award: Award) -> Mapping[str, str]:
    named = {one.candidate.id: one.candidate.value("name") for one in award.offers}
    return {
        offer: shorten_and_encode(name) if isinstance(name, str) else offer
        for offer, name in named.items()
    }


def _hash(purchase: PurchaseExplanation, award: Award, sets: tuple[AwardSetLine, ...]) -> str:
    """Return the hash of all that is concluded: purchase, offers, and what each set takes."""
    return content_hash(
        {
            "purchase": purchase.audit.result_hash,
            "offers": [[one.candidate.id, one.assessment.result_hash] for one in award.offers],
            "sets": [[made.set, made.cost, [[x.id, x.tonnes] for x in made.lots]] for made in sets],
        }
    )


def _summary(said: Said, purchase: PurchaseExplanation) -> Iterator[str]:
    award, stamp = said.award, purchase.verdict.stamp
    if stamp:
        yield said.word("award.say.barred", stamp=stamp)
    if award.sure is None:
        yield said.word("award.say.no_need")
        return
    if not award.sure.choice.lots:
        yield said.word("award.say.no_offers")
    elif not award.sure.sets:
        yield said.word("award.say.no_set")
    yield from _sets_said(said, award.sure)
    met = award.all_met.of(SetKind.CHEAPEST) if award.all_met is not None else None
    if met is not None and award.all_met is not award.sure:
        values = {"covered": said.tonnes(met.covered), "cost": said.money(met.cost)}
        yield said.word("award.say.all_met", **values)
    if award.timed_out:
        yield said.word("award.say.timed_out")


def _sets_said(said: Said, outcome: Outcome) -> Iterator[str]:
    need, first = outcome.choice.limits.need, outcome.of(SetKind.CHEAPEST)
    if first is None:
        return
    if outcome.covered < need:
        missing = need - outcome.covered
        values = {"covered": said.tonnes(outcome.covered), "missing": said.tonnes(missing)}
        yield said.word("award.say.short", need=said.tonnes(need), **values)
        mean = mean_price(outcome.choice.lots, first.tonnes) or Decimal()
        money = {"price": said.rounded(mean), "cost": said.rounded(mean * missing)}
        yield said.word("award.say.short_money", **money)
    key = "award.say.covers_part" if outcome.covered < need else "award.say.cheapest_covers"
    yield said.word(key, need=said.tonnes(need), cost=said.money(first.cost))
    best = outcome.of(SetKind.BEST)
    if best is not None and best.tonnes == first.tonnes:
        yield said.word("award.say.same")
    elif best is not None:
        yield said.word("award.say.best_covers", cost=said.money(best.cost))
    budget = outcome.choice.limits.budget
    if budget is not None:
        left = said.money(budget - first.cost)
        yield said.word("award.say.left", budget=said.money(budget), left=left)


def _supplies(said: Said) -> Iterator[AwardSupply]:
    yield _supply(said, said.word("award.supply_sure"), SURE)
    if said.award.having(Verdict.ELIGIBLE_WITH_CONDITIONS):
        yield _supply(said, said.word("award.supply_all"), ALL)


def _supply(said: Said, title: str, verdicts: tuple[Verdict, ...]) -> AwardSupply:
    lots = [one.lot for one in said.award.having(*verdicts) if one.lot is not None]
    tonnes, cost = sum(x.most for x in lots), sum(x.most * x.price for x in lots)
    mean = mean_price(lots, [lot.most for lot in lots])
    words = said.word("award.supply_none")
    if mean is not None:
        values = {"cost": said.money(cost), "price": said.rounded(mean)}
        words = said.word("award.supply_words", tonnes=said.tonnes(tonnes), **values)
    return AwardSupply(
        title=title,
        offers=len(lots),
        tonnes=tonnes,
        cost=plain(cost),
        mean_price=said.rounded(mean) if mean is not None else None,
        words=words,
        need_words=_need_words(said, tonnes),
        budget_words=_budget_words(said, cost),
    )


def _need_words(said: Said, tonnes: int) -> str:
    if said.award.limits is None:
        return said.word("award.need_none")
    need = said.award.limits.need
    if tonnes >= need:
        return said.word("award.need_met", need=said.tonnes(need))
    return said.word("award.need_short", missing=said.tonnes(need - tonnes), need=said.tonnes(need))


def _budget_words(said: Said, cost: int) -> str:
    budget = said.award.limits.budget if said.award.limits else None
    if budget is None:
        return said.word("award.budget_none")
    if cost <= budget:
        return said.word("award.budget_met", budget=said.money(budget))
    values = {"over": said.money(cost - budget), "budget": said.money(budget)}
    return said.word("award.budget_over", **values)


def _bars(said: Said) -> Iterator[AwardBar]:
    """Yield tonnes wanted and offered as bars; none where no need is stated."""
    if said.award.limits is None:
        return
    need = said.award.limits.need
    yield _bar(said.word("award.need_bar"), need, said.tonnes(need), "need")
    names = (("award.sure_bar", SURE, "eligible"), ("award.all_bar", ALL, "conditions"))
    for key, verdicts, look in names:
        lots = [one.lot for one in said.award.having(*verdicts) if one.lot is not None]
        tonnes = sum(lot.most for lot in lots)
        yield _bar(said.word(key), tonnes, said.tonnes(tonnes), look)


def _money_bars(said: Said) -> Iterator[AwardBar]:
    outcome = said.award.sure
    if outcome is None or not outcome.sets:
        return
    budget = outcome.choice.limits.budget
    if budget is not None:
        yield _bar(said.word("award.budget_bar"), budget, said.money(budget), "need")
    for made in outcome.sets:
        title = said.word(f"award.set_bar.{made.kind.value}")
        yield _bar(title, made.cost, said.money(made.cost), "eligible")


def _bar(title: str, value: int, words: str, look: str) -> AwardBar:
    return AwardBar(title=title, value=float(value), words=words, look=look)
