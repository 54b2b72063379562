"""Times the award view's sets on random tenders of whole and divisible lots with shares and caps.

python benchmarks/award.py [OFFERS] [SEEDS]
"""

import random
import sys
import time
from fractions import Fraction

from offsetcheck.engine.award.award import concluded
from offsetcheck.engine.award.lots import Choice, Limits, Lot
from offsetcheck.vocabulary.assessment import Bounds
from offsetcheck.vocabulary.award_terms import Group, Part


def tender(offers: int, seed: int, *, whole: bool, budget: int | None) -> Choice:
    """Return a random tender with a share of removals and caps by type, country and seller."""
    draw = random.Random(seed)
    lots = []
    for number in range(offers):
        most = draw.randint(50, 20_000)
        lower = draw.randint(1_500, 4_800)
        lots.append(
            Lot(
                offer=f"P{number:04}",
                least=most if whole else 1,
                most=most,
                price=draw.randint(300, 9_000) * 100,
                integrity=Bounds(lower, min(5_000, lower + draw.randint(0, 600))),
                value=draw.randint(1_000, 5_000),
                groups={
                    Group.PROJECT: f"P{number // 2}",
                    Group.TYPE: f"T{draw.randrange(8)}",
                    Group.COUNTRY: f"C{draw.randrange(12)}",
                    Group.SELLER: f"S{draw.randrange(40)}",
                },
                parts=frozenset(p for p in (Part.REMOVAL, Part.DURABLE) if draw.random() < 0.3),
            )
        )
    limits = Limits(
        need=60_001,
        budget=budget,
        min_share={Part.REMOVAL: Fraction(41, 100), Part.DURABLE: Fraction(1, 5)},
        max_share={
            Group.TYPE: Fraction(37, 100),
            Group.COUNTRY: Fraction(31, 100),
            Group.SELLER: Fraction(1, 4),
            Group.PROJECT: Fraction(1, 5),
        },
    )
    return Choice.of(lots, limits)


def main(offers: int = 500, seeds: int = 3) -> None:
    """Print, for each kind of tender, the seconds of computing of the whole award: one thread."""
    for whole in (False, True):
        for budget in (None, 60_001 * 8 * 10_000):
            for seed in range(seeds):
                choice, start = (
                    tender(offers, seed, whole=whole, budget=budget),
                    time.process_time(),
                )
                sure, undecided = choice.lots[: offers // 2], choice.lots[-5:]
                made = concluded(sure, choice.lots, undecided, choice.limits, None)
                first, second, _, allowance = made
                spent = time.process_time() - start
                proven = all(one.proven for x in (first, second) for one in x.sets)
                lots = "whole" if whole else "divisible"
                limit = "a budget" if budget else "no budget"
                print(
                    f"{offers} {lots}, {limit}, seed {seed}: {spent:.2f} s, {allowance.solves} "
                    f"solves, covered {first.covered} and {second.covered}, proven {proven}"
                )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
