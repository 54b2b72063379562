"""One set in words: what is taken at which cost, what holds it, what is contested and next."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from offsetcheck.engine.award.award import Award, Outcome
from offsetcheck.engine.award.binding import Held
from offsetcheck.engine.award.lots import LimitName, Lot
from offsetcheck.engine.award.sets import POINT, TOP, AwardSet, SetKind
from offsetcheck.explain.award.limits import weights_words
from offsetcheck.explain.award.said import Said, key_of, mean_integrity, mean_price, plain
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.award import AwardLot, AwardReserve, AwardSetLine
from offsetcheck.vocabulary.award_terms import Part

RESERVES = 8


def set_lines(said: Said, outcome: Outcome | None) -> tuple[AwardSetLine, ...]:
    """Return the sets of an outcome in words."""
    if outcome is None:
        return ()
    made = [_set(said, outcome, *pair) for pair in zip(outcome.sets, outcome.held, strict=True)]
    again = (one.model_copy(update={"same": one.lots == x.lots}) for x, one in pairwise(made))
    return (*made[:1], *again)


def _set(said: Said, outcome: Outcome, made: AwardSet, held: tuple[Held, ...]) -> AwardSetLine:
    choice, kind = outcome.choice, made.kind.value
    mean = mean_price(choice.lots, made.tonnes)
    weights = weights_words(said) if made.kind is SetKind.WEIGHTED else ""
    missing = choice.limits.need - made.covered
    need = said.tonnes(choice.limits.need)
    return AwardSetLine(
        set=kind,
        title=said.word(f"award.set.{kind}"),
        how=said.word(f"award.how.{kind}", weights=weights),
        same=False,
        lots=tuple(_lots(said, outcome, made)),
        tonnes=made.total,
        covered=made.covered,
        cost=plain(made.cost),
        mean_price=said.rounded(mean) if mean is not None else said.word("award.none"),
        words=_words(said, outcome, made),
        shortfall=said.word("award.shortfall", missing=said.tonnes(missing), need=need)
        if missing
        else None,
        shares=tuple(_shares(said, outcome, made)),
        proven=made.proven and outcome.proven,
        gap=made.gap,
        proof=_proof(said, made, proven=made.proven and outcome.proven),
        holds=tuple(_held_words(said, made, one) for one in held),
        holds_words=said.word("award.holds_none" if outcome.asked else "award.holds_unasked"),
        contested=_contested(said, outcome, made),
        reserve=tuple(_reserve(said, outcome, made)),
    )


def _proof(said: Said, made: AwardSet, *, proven: bool) -> str:
    if proven:
        return said.word("award.proof.proven")
    return said.word("award.proof.unproven", gap=said.wording.percent(made.gap))


def _words(said: Said, outcome: Outcome, made: AwardSet) -> str:
    lots = outcome.choice.lots
    used = sum(1 for taken in made.tonnes if taken)
    mean = mean_price(lots, made.tonnes)
    return said.word(
        "award.set_words_one" if used == 1 else "award.set_words",
        tonnes=said.tonnes(made.total),
        offers=used,
        cost=said.money(made.cost),
        price=said.rounded(mean) if mean is not None else "",
        integrity=said.points(mean_integrity(lots, made.tonnes)),
    )


def _lots(said: Said, outcome: Outcome, made: AwardSet) -> Iterator[AwardLot]:
    by_offer = {one.candidate.id: one.assessment for one in said.award.offers}
    taken = [(lot, t) for lot, t in zip(outcome.choice.lots, made.tonnes, strict=True) if t]
    for lot, tonnes in sorted(taken, key=lambda pair: (-pair[1], pair[0].offer)):
        found = by_offer[lot.offer]
        yield AwardLot(
            id=lot.offer,
            name=said.names[lot.offer],
            tonnes=tonnes,
            tonnes_words=said.tonnes(tonnes),
            share_words=said.wording.percent(round(tonnes / made.total, 4)),
            price=plain(lot.price),
            price_words=said.money(lot.price),
            cost=plain(lot.price * tonnes),
            cost_words=said.money(lot.price * tonnes),
            grade=found.grade_lower,
            integrity_words=said.points(lot.integrity.lower),
        )


def _shares(said: Said, outcome: Outcome, made: AwardSet) -> Iterator[tuple[str, str]]:
    for part in Part:
        pairs = zip(outcome.choice.lots, made.tonnes, strict=True)
        own = sum(taken for lot, taken in pairs if part in lot.parts)
        share = float(Fraction(own, made.total)) if made.total else 0.0
        yield said.word(f"award.part.{part.value}"), said.wording.percent(round(share, 4))


def limit_label(said: Said, name: LimitName) -> str:
    """Return what a limit is called."""
    return said.word(f"award.limit.{key_of(name)}")


def _held_words(said: Said, made: AwardSet, held: Held) -> str:
    label, aim = limit_label(said, held.name), held.aim
    if aim is None:
        covered = said.tonnes(held.covered)
        return said.word("award.holds_more", limit=label, covered=covered)
    if made.kind is SetKind.CHEAPEST:
        less = said.money(made.aim - aim)
        return said.word("award.holds_cheaper", limit=label, cost=said.money(aim), less=less)
    if made.kind is SetKind.BEST:
        # Of as many tonnes as are covered now, what lacks to the full score.
        mean = TOP - aim // max(1, made.covered)
        return said.word("award.holds_better", limit=label, integrity=said.points(mean))
    return said.word(
        "award.holds_points",
        limit=label,
        points=_points(said, aim, made.covered),
        now=_points(said, made.aim, made.total),
    )


def _points(said: Said, lack: int, tonnes: int) -> str:
    return said.wording.bare(round(100 - 100 * lack / POINT / max(1, tonnes), 2))


def _contested(said: Said, outcome: Outcome, made: AwardSet) -> str | None:
    """Return the offers outside a set by integrity that could prove better than one in it."""
    if made.kind is SetKind.CHEAPEST:
        return None
    pairs = list(zip(outcome.choice.lots, made.tonnes, strict=True))
    lowest = min((lot.integrity.lower for lot, taken in pairs if taken), default=0)
    outside = [
        lot.offer
        for lot, taken in pairs
        if taken < lot.most
        and lot.integrity.upper > max(lowest, lot.integrity.lower)
        and not outcome.choice.limits.bars(lot)
    ]
    return said.word("award.contested", list=said.named(outside)) if outside else None


def _reserve(said: Said, outcome: Outcome, made: AwardSet) -> Iterator[AwardReserve]:
    """Yield the offers that come next, those without conditions first, each with the reason."""
    pairs = [
        (lot, lot.most - taken)
        for lot, taken in zip(outcome.choice.lots, made.tonnes, strict=True)
        if lot.most > taken
    ]
    ordered = sorted(pairs, key=lambda pair: _next(made.kind, pair[0]))
    known = {lot.offer for lot in outcome.choice.lots}
    for lot, rest in ordered[:RESERVES]:
        words = _reserve_words(said, outcome, made, lot, rest)
        yield AwardReserve(id=lot.offer, name=said.names[lot.offer], words=words)
    for lot in sorted(_conditional(said.award, known), key=lambda lot: _next(made.kind, lot)):
        words = said.word("award.reserved.conditions")
        yield AwardReserve(id=lot.offer, name=said.names[lot.offer], words=words)


def _conditional(award: Award, known: set[str]) -> list[Lot]:
    own = award.having(Verdict.ELIGIBLE_WITH_CONDITIONS)
    return [one.lot for one in own if one.lot is not None and one.lot.offer not in known]


def _next(kind: SetKind, lot: Lot) -> tuple[int, int, str]:
    if kind is SetKind.CHEAPEST:
        return lot.price, -lot.integrity.lower, lot.offer
    return -lot.integrity.lower, lot.price, lot.offer


def _reserve_words(said: Said, outcome: Outcome, made: AwardSet, lot: Lot, rest: int) -> str:
    barred = outcome.choice.limits.bars(lot)
    if barred:
        limits = said.wording.joined([limit_label(said, name) for name in barred])
        return said.word("award.reserved.barred", limits=limits)
    if rest < lot.most:
        return said.word("award.reserved.rest", tonnes=said.tonnes(rest))
    used = [one for one, t in zip(outcome.choice.lots, made.tonnes, strict=True) if t]
    dearest = max((one.price for one in used), default=0)
    lowest = min((one.integrity.lower for one in used), default=0)
    if made.kind is SetKind.CHEAPEST and lot.price > dearest:
        values = {"price": said.money(lot.price), "dearest": said.money(dearest)}
        return said.word("award.reserved.dearer", **values)
    if made.kind is SetKind.BEST and lot.integrity.lower < lowest:
        values = {"integrity": said.points(lot.integrity.lower), "lowest": said.points(lowest)}
        return said.word("award.reserved.weaker", **values)
    held = any(held for held in outcome.held)
    return said.word("award.reserved.limits" if held else "award.reserved.next")
