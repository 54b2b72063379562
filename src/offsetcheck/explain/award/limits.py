"""The limits and weights of a purchase in words; what it does not state is said to be unlimited."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from offsetcheck.engine.award.lots import MONEY, LimitKind
from offsetcheck.engine.award.offers import LAWS
from offsetcheck.explain.award.said import Said
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.award import AwardLimit
from offsetcheck.vocabulary.award_terms import Group, Part

TOLD_APART = frozenset({"lots", "weights"})  # what stands in for them is worth a line


def limit_lines(said: Said) -> tuple[AwardLimit, ...]:
    """Return every limit that there can be, with its value or that there is none."""
    return tuple(
        AwardLimit(
            name=name,
            title=said.word(f"award.limit.{name}"),
            value=value if value is not None else _unstated(said, name),
            stated=value is not None,
        )
        for name, value in _values(said)
    )


def _unstated(said: Said, name: str) -> str:
    key = {"lots": "award.lots.unstated", "weights": "award.weighed_none"}
    return said.word(key.get(name, "award.unlimited"))


def unlimited_words(said: Said, lines: Iterable[AwardLimit]) -> str | None:
    """Return the names of what the purchase could limit and does not, in one sentence."""
    titles = [line.title for line in lines if not line.stated and line.name not in TOLD_APART]
    return said.word("award.unlimited_list", list="; ".join(titles)) if titles else None


def _values(said: Said) -> Iterator[tuple[str, str | None]]:
    limits, terms = said.award.limits, said.setting.purchase.award
    if limits is not None:
        yield "need", said.tonnes(limits.need)
        yield "ceiling", said.tonnes(limits.ceiling) if limits.ceiling is not None else None
        yield "budget", said.money(limits.budget) if limits.budget is not None else None
    yield "lots", said.word(f"award.lots.{terms.lots}") if terms.lots else None
    yield "min_grade", terms.min_grade
    dearest = terms.max_price
    yield "max_price", said.money(dearest * MONEY) if dearest is not None else None
    for part in Part:
        yield f"min_share_{part}", _percent(said, terms.min_share.get(part))
    for group in Group:
        yield f"max_share_{group}", _percent(said, terms.max_share.get(group))
    for group in Group:
        most = terms.max_tonnes.get(group)
        yield f"max_tonnes_{group}", said.tonnes(most) if most is not None else None
    yield "weights", weights_words(said) if said.award.weighing else None


def _percent(said: Said, share: Fraction | None) -> str | None:
    return said.wording.percent(float(share)) if share is not None else None


def weights_words(said: Said) -> str:
    """Return the purchase's weights, and how each criterion becomes points."""
    terms = said.setting.purchase.award
    weights = [
        said.word(
            "award.weight_words",
            criterion=said.word(f"award.weight.{criterion}"),
            weight=said.wording.bare(float(weight)),
        )
        for criterion, weight in terms.weights.items()
    ]
    how = terms.price_points or "none"
    points = said.word(f"award.price_points.{how}")
    return said.word("award.weights_words", weights=said.wording.joined(weights), points=points)


def notes(said: Said) -> tuple[str, ...]:
    """Return what else the reader has to know of how offers were counted."""
    return tuple(_notes(said))


def _notes(said: Said) -> Iterator[str]:
    purchase, asked = said.setting.purchase, said.award.asked
    undecided = len(said.award.having(Verdict.UNDECIDED))
    if said.award.limits is not None and asked < max(len(said.award.limits.names()), undecided):
        yield said.word("award.note.asked", count=asked)
    law = purchase.value("procurement_law")
    if purchase.value("procedure") == "tender" and law in LAWS:
        barred = purchase.award.local_barred is not None
        key = "award.note.local_barred" if barred else "award.note.locality"
        yield said.word(key, law=said.word(f"award.law.{law}"))
    lots = [one.lot for one in said.award.offers if one.lot is not None]
    capped = {*purchase.award.max_share, *purchase.award.max_tonnes}
    for group in (one for one in Group if one in capped):
        unknown = [lot.offer for lot in lots if lot.groups.get(group) is None]
        if unknown:
            kind = said.word(f"award.group.{group}")
            yield said.word("award.note.unknown_group", group=kind, list=said.named(unknown))
    rates = [one.candidate.value("exchange_rate") for one in said.award.offers if one.lot]
    if any(rate != 1 for rate in rates):
        yield said.word("award.note.rounded")
    for lot in lots:
        if lot.offer in purchase.award.offers:
            yield said.word(
                "award.lot_terms",
                offer=shorten_and_encode(lot.offer),
                least=said.tonnes(lot.least),
                most=said.tonnes(lot.most),
                step=said.tonnes(lot.step),
            )


def enough_words(said: Said, kind: LimitKind, enough: int | Fraction | None) -> str:
    """Return the value at which a limit would be enough."""
    if kind in {LimitKind.BUDGET, LimitKind.MAX_PRICE}:
        return said.money(Decimal(int(enough or 0)))
    if kind is LimitKind.MIN_GRADE:
        return said.setting.bound.scheme.grades[int(enough or 0)][0]
    if isinstance(enough, Fraction):
        return said.wording.percent(float(enough))
    return said.tonnes(int(enough or 0))
