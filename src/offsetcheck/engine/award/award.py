"""The award of a purchase: what may be bought, the sets, what holds them, and what to relax."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from offsetcheck.engine.award.binding import Held, holding
from offsetcheck.engine.award.highs import Allowance
from offsetcheck.engine.award.lots import MONEY, Choice, Limits, Lot
from offsetcheck.engine.award.offers import Offered, offered
from offsetcheck.engine.award.programme import Aim, Asked, find
from offsetcheck.engine.award.relax import Way, ways
from offsetcheck.engine.award.sets import AwardSet, SetKind, Weighing, chosen, coverable
from offsetcheck.engine.knowledge import known_by
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.purchase import Purchase

QUESTIONS = 2000  # over the number of lots: how many limits and undecided offers are asked of
FEWEST, MOST = 3, 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """The sets among some lots; `covered` is how much of the need they can cover.

    `held` are the limits that hold each set, `way` what to relax where the need is not covered;
    `asked` says that both were asked for and there was time for it.
    """

    choice: Choice
    covered: int
    proven: bool
    sets: tuple[AwardSet, ...]
    held: tuple[tuple[Held, ...], ...] = ()
    way: Way | None = None
    asked: bool = False

    def of(self, kind: SetKind) -> AwardSet | None:
        """Return the set of a kind, None where there is none."""
        return next((made for made in self.sets if made.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Tried:
    """An undecided offer, and what the cheapest set would cover and cost with it."""

    offer: str
    covered: int
    cost: int | None


@dataclass(frozen=True, slots=True)
class Award:
    """All that is concluded: offers by verdict, and outcomes without and with conditions.

    `sure` and `all_met` are None where the purchase states no tonnes wanted. `timed_out` says that
    not all could be proven in time, `asked` of how many limits and undecided offers it was asked
    what they change: of fewer, the longer the list.
    """

    offers: tuple[Offered, ...]
    limits: Limits | None
    weighing: Weighing | None
    sure: Outcome | None
    all_met: Outcome | None
    tried: tuple[Tried, ...]
    timed_out: bool
    asked: int = MOST

    def having(self, *verdicts: Verdict) -> tuple[Offered, ...]:
        """Return the offers of some verdicts."""
        return tuple(one for one in self.offers if one.assessment.verdict in verdicts)


def award_of(
    judged: Iterable[tuple[Candidate, Assessment]], bound: BoundRulebook, purchase: Purchase
) -> Award:
    """Return the award of a purchase among judged offers; undecided and refused are in no set."""
    offers = tuple(offered(candidate, found, bound, purchase) for candidate, found in judged)
    limits = limits_of(purchase, bound)
    sure = _lots(offers, Verdict.ELIGIBLE)
    every = _lots(offers, Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS)
    weighing = _weighing(purchase, every)
    if limits is None:
        return Award(offers, None, weighing, None, None, (), timed_out=False)
    undecided = _lots(offers, Verdict.UNDECIDED)
    first, second, tried, allowance = concluded(sure, every, undecided, limits, weighing)
    asked = questions(len(every))
    return Award(offers, limits, weighing, first, second, tried, allowance.seconds <= 0, asked)


def questions(lots: int) -> int:
    """Return of how many limits and undecided offers is asked what they change."""
    return min(MOST, max(FEWEST, QUESTIONS // max(1, lots)))


def concluded(
    sure: Sequence[Lot],
    every: Sequence[Lot],
    undecided: Sequence[Lot],
    limits: Limits,
    weighing: Weighing | None,
) -> tuple[Outcome, Outcome, tuple[Tried, ...], Allowance]:
    """Return the outcomes without and with conditions, what undecided lots bring, the time left.

    Both outcomes are one where there are no conditions.
    """
    allowance, asked = Allowance(), questions(len(every))
    first = _outcome(sure, limits, weighing, allowance)
    second = _outcome(every, limits, weighing, allowance) if len(every) > len(sure) else first
    single = second is first
    first = _explained(first, weighing, allowance, asked)
    if not single:
        # Of a long list what holds the answer is asked once.
        second = _explained(second, weighing, allowance, asked if asked == MOST else 0)
    tried = _tried(undecided, sure, limits, allowance, asked)
    return first, first if single else second, tried, allowance


def limits_of(purchase: Purchase, bound: BoundRulebook) -> Limits | None:
    """Return the limits that a purchase states, None where it states no tonnes wanted."""
    known = replace(purchase, facts=known_by(purchase.facts, bound.as_of))
    wanted = known.value("tonnes")
    need = ceil(wanted) if isinstance(wanted, (int, float)) else 0
    if not need:
        return None
    terms = purchase.award
    budget = known.value("budget")
    grades = [letter for letter, _ in bound.scheme.grades]
    return Limits(
        need=need,
        ceiling=_whole(known, "authorised_tonnes"),
        budget=int(Decimal(str(budget)) * MONEY) if isinstance(budget, (int, float)) else None,
        min_share=terms.min_share,
        max_share=terms.max_share,
        max_tonnes=terms.max_tonnes,
        min_grade=grades.index(terms.min_grade) if terms.min_grade in grades else None,
        max_price=int(terms.max_price * MONEY) if terms.max_price is not None else None,
    )


def _whole(purchase: Purchase, name: str) -> int | None:
    value = purchase.value(name)
    return int(value) if isinstance(value, (int, float)) else None


def _lots(offers: Sequence[Offered], *verdicts: Verdict) -> tuple[Lot, ...]:
    return tuple(
        one.lot for one in offers if one.lot is not None and one.assessment.verdict in verdicts
    )


def _weighing(purchase: Purchase, lots: Sequence[Lot]) -> Weighing | None:
    terms = purchase.award
    if not terms.weights or not lots:
        return None
    return Weighing(dict(terms.weights), terms.price_points, min(lot.price for lot in lots))


def _outcome(
    lots: Sequence[Lot], limits: Limits, weighing: Weighing | None, allowance: Allowance
) -> Outcome:
    choice = Choice.of(tuple(lots), limits)
    if not lots:
        return Outcome(choice, 0, proven=True, sets=())
    covered, proven = coverable(choice, allowance)
    if not covered:
        return Outcome(choice, 0, proven, ())
    kinds = [SetKind.CHEAPEST, SetKind.BEST, *([SetKind.WEIGHTED] if weighing else [])]
    made = (chosen(choice, kind, covered, weighing, allowance) for kind in kinds)
    return Outcome(choice, covered, proven, tuple(one for one in made if one is not None))


def _explained(
    outcome: Outcome, weighing: Weighing | None, allowance: Allowance, most: int
) -> Outcome:
    """Return an outcome with what holds its sets, and what to relax where they are short."""
    choice = outcome.choice
    held = tuple(holding(choice, one, weighing, allowance, most) for one in outcome.sets)
    short = outcome.covered < choice.limits.need and most > 0
    way = ways(choice, allowance, most) if short else None
    return replace(outcome, held=held, way=way, asked=most > 0 and allowance.seconds > 0)


def _tried(
    undecided: Sequence[Lot],
    sure: Sequence[Lot],
    limits: Limits,
    allowance: Allowance,
    most: int,
) -> tuple[Tried, ...]:
    found = []
    for lot in sorted(undecided, key=lambda lot: lot.offer)[:most]:
        choice = Choice.of((*sure, lot), limits)
        covered, _ = coverable(choice, allowance)
        prices = Aim(tuple(one.price for one in choice.lots))
        made = find(Asked(choice, covered, prices), allowance)
        spent = prices.of(made.tonnes) if made.tonnes is not None else None
        found.append(Tried(lot.offer, covered, spent))
    return tuple(found)
