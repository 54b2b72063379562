"""The offers of an award in words: places, prices, price per point, and what stays open."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from offsetcheck.engine.award.lots import Lot
from offsetcheck.engine.award.offers import Offered
from offsetcheck.engine.award.order import shared_places
from offsetcheck.explain.award.compared import compared
from offsetcheck.explain.award.said import Said, mean_price, plain
from offsetcheck.explain.deciding import open_points
from offsetcheck.explain.finding import condition_words
from offsetcheck.explain.places import places_words
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.wording import shorten_and_encode
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.award import AwardApart, AwardGrade, AwardOffer
from offsetcheck.vocabulary.explanation import VerdictLine

POINTS_NAMED = 5
NO_PLACE = (0, 0)


def offer_lines(said: Said) -> tuple[AwardOffer, ...]:
    """Return the offers that may be bought and can be counted, the surest integrity first."""
    own = [one for one in _bought(said) if one.lot is not None]
    places = shared_places([one.assessment.integrity for one in own])
    pairs = sorted(zip(own, places, strict=True), key=lambda pair: (pair[1], _rank(pair[0])))
    lines = (_offer(said, one, place) for one, place in pairs)
    return tuple(_marked(said, tuple(lines)))


def _marked(said: Said, lines: tuple[AwardOffer, ...]) -> Iterator[AwardOffer]:
    """Yield offers with what keeps each from a place of its own."""
    for line in lines:
        beside = {other.integrity for other in lines if other.place == line.place}
        words = (
            None if line.separable else _open_words(said, line.open_points, alike=len(beside) == 1)
        )
        yield line.model_copy(update={"open_words": words})


def _bought(said: Said) -> tuple[Offered, ...]:
    return said.award.having(Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS)


def _rank(one: Offered) -> tuple[int, int, str]:
    price = one.lot.price if one.lot is not None else 0
    return -one.assessment.integrity.lower, price, one.candidate.id


def undecided_lines(said: Said) -> tuple[AwardOffer, ...]:
    """Return the undecided offers that can be counted, with what each would bring."""
    tried = {one.offer: one for one in said.award.tried}
    lines = []
    for one in said.award.having(Verdict.UNDECIDED):
        if one.lot is not None:
            words = _tried_words(said, one.candidate.id, tried)
            line = _offer(said, one, NO_PLACE)
            lines.append(line.model_copy(update={"words": words}))
    return tuple(sorted(lines, key=lambda line: line.id))


def _tried_words(said: Said, offer: str, tried: Mapping[str, object]) -> str:
    from offsetcheck.engine.award.award import Tried
    from offsetcheck.engine.award.sets import SetKind

    made, outcome = tried.get(offer), said.award.sure
    if not isinstance(made, Tried) or outcome is None:
        return said.word("award.tried.untold")
    if made.covered > outcome.covered:
        more = said.tonnes(made.covered - outcome.covered)
        return said.word("award.tried.covers", covered=said.tonnes(made.covered), more=more)
    before = outcome.of(SetKind.CHEAPEST)
    if before is not None and made.cost is not None and made.cost < before.cost:
        return said.word("award.tried.saves", less=said.money(before.cost - made.cost))
    return said.word("award.tried.nothing")


def _offer(said: Said, one: Offered, place: tuple[int, int]) -> AwardOffer:
    lot, found, wording = one.lot, one.assessment, said.wording
    assert lot is not None  # noqa: S101 - who calls has looked
    alone = place[0] == place[1] and place != NO_PLACE
    verdict = found.verdict.value
    low, high = found.integrity.lower, found.integrity.upper
    grades = (found.grade_lower, found.grade_upper)
    return AwardOffer(
        id=one.candidate.id,
        name=said.names[one.candidate.id],
        verdict=VerdictLine(
            verdict=verdict,
            words=wording.word(f"verdict.{verdict}"),
            officer=None,
            officer_words=None,
        ),
        place=None if place == NO_PLACE else place,
        place_words=(
            said.word("award.no_place") if place == NO_PLACE else places_words(place, wording)
        ),
        separable=alone,
        tonnes=lot.most,
        tonnes_words=said.tonnes(lot.most),
        price=plain(lot.price),
        price_words=said.money(lot.price),
        cost=plain(lot.price * lot.most),
        cost_words=said.money(lot.price * lot.most),
        grade=grades[0] if grades[0] == grades[1] else f"{grades[0]}–{grades[1]}",
        integrity=(low, high),
        integrity_words=_range(said, low, high),
        point_words=said.rounded(Decimal(lot.price) * 1000 / low),
        open_points=_open_titles(said, one),
        conditions=_conditions(said, one),
        comparable=compared(said, one.candidate, lot),
    )


def _conditions(said: Said, one: Offered) -> tuple[str, ...]:
    """Return who must do what by when before an offer may be signed for, each once."""
    if one.assessment.verdict is not Verdict.ELIGIBLE_WITH_CONDITIONS:
        return ()
    context = SentenceContext.of(said.setting, one.candidate, one.assessment.findings)
    rules = said.setting.bound.rules
    told = (condition_words(f, rules[f.rule], context) for f in one.assessment.findings)
    return tuple(dict.fromkeys(words for words in told if words))


def _open_titles(said: Said, one: Offered) -> tuple[str, ...]:
    bound = said.setting.bound
    title = said.setting.wording.rule_title
    return tuple(title(bound.rules[f.rule]) for f in open_points(one.assessment, bound))


def _open_words(said: Said, points: Sequence[str], *, alike: bool) -> str:
    if not points:
        return said.word("award.open_equal" if alike else "award.open_others")
    rest = len(points) - POINTS_NAMED
    named = "; ".join(points[:POINTS_NAMED]) + (f" (+{rest})" if rest > 0 else "")
    return said.word("award.open", points=named)


def _range(said: Said, low: int, high: int) -> str:
    if low == high:
        return said.points(low)
    return said.word("award.range", lower=said.points(low), upper=said.points(high))


def grade_lines(said: Said) -> tuple[AwardGrade, ...]:
    """Return prices by the lower grade of the offers that may be bought, the best grade first."""
    lots = [one.lot for one in _bought(said) if one.lot is not None]
    grades = said.setting.bound.scheme.grades
    found = [
        (letter, [x for x in lots if x.grade == rank]) for rank, (letter, _) in enumerate(grades)
    ]
    return tuple(_grade(said, letter, own) for letter, own in found if own)


def _grade(said: Said, letter: str, lots: Sequence[Lot]) -> AwardGrade:
    tonnes = [lot.most for lot in lots]
    mean = mean_price(lots, tonnes) or Decimal()
    points = Decimal(sum(lot.integrity.lower * lot.most for lot in lots)) / sum(tonnes) / 1000
    return AwardGrade(
        grade=letter,
        offers=len(lots),
        tonnes=sum(tonnes),
        tonnes_words=said.tonnes(sum(tonnes)),
        lowest_words=said.money(min(lot.price for lot in lots)),
        mean_words=said.rounded(mean),
        point_words=said.rounded(mean / points),
    )


def apart_lines(said: Said) -> tuple[AwardApart, ...]:
    """Return the offers that cannot be counted but are not refused, each with what it lacks."""
    return tuple(
        AwardApart(
            id=one.candidate.id,
            name=said.names[one.candidate.id],
            lacks=one.lacks.value,
            words=said.word(
                f"award.lacks.{one.lacks.value}",
                currency=shorten_and_encode(str(one.candidate.value("currency"))),
            ),
        )
        for one in said.award.offers
        if one.lacks is not None and one.assessment.verdict is not Verdict.NOT_ELIGIBLE
    )


def refused(said: Said) -> tuple[str, ...]:
    """Return the ids of refused offers."""
    return tuple(one.candidate.id for one in said.award.having(Verdict.NOT_ELIGIBLE))
