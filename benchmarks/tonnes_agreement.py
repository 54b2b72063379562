"""Compare both evaluators of comparable tonnes on random offers, bounds included.

    python benchmarks/tonnes_agreement.py        # 1,000,000 offers in two processes
    python benchmarks/tonnes_agreement.py --offers 20000 --seed 7 --processes 1

Offers are drawn as tests/engine/tonnes_offers.py draws them: some hundred at a time of one city,
with random choices and assumptions. Every city has a number; the same seed and number draw the same
offers on every machine. Each factor, each waterfall and each price must be the same double. Printed
are how much was compared and the first difference; the status is 1 where there is one.
"""

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("POLARS_MAX_THREADS", "1")  # processes share the cores, not threads
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "engine")]

from tonnes_offers import Case, OfferDrawer, compared  # noqa: E402 - tests/ is found by the line above

OFFERS = 2500  # of each city
AT_ONCE = 2  # cities that a process draws before it answers
MILLION = 1_000_000

Compared = tuple[Counter[str], list[str], float]
"""What was compared, the first difference of each city, and CPU seconds."""


def case_of(seed: int, number: int) -> Case:
    """Return the offers of a seed and a number."""
    return OfferDrawer(Random(f"{seed}/{number}")).case(OFFERS)


def compare(seed: int, numbers: range) -> Compared:
    """Compare the evaluators on the offers of some cities."""
    began, counted, first = process_time(), Counter[str](), list[str]()
    for number in numbers:
        told, found = compared(case_of(seed, number))
        counted += told
        counted["differences"] += len(found)
        first += [f"case_of({seed}, {number}): {one}" for one in found[:1]]
    return counted, first, process_time() - began


def run(seed: int, offers: int, processes: int) -> Compared:
    """Compare cities in order until enough offers were compared."""
    counted, first, seconds = Counter[str](), list[str](), 0.0
    starts = range(0, -(-offers // OFFERS), AT_ONCE)
    waves = [range(start, start + AT_ONCE) for start in starts]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for part, found, took in pool.map(compare, [seed] * len(waves), waves):
            counted += part
            first += found
            seconds += took
            said = f"{counted['offers']:,} offers, {counted['differences']:,} differences"
            print(f"\r{said}", end="", file=sys.stderr, flush=True)
            if first:
                break
    print(file=sys.stderr)
    return counted, first, seconds


def main() -> int:
    """Run with the options of the command line, and print what was compared."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--offers", type=int, default=MILLION, help="how many to compare")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=2)
    given = options.parse_args()
    counted, first, seconds = run(given.seed, given.offers, given.processes)
    print(
        f"seed {given.seed}: {counted.pop('offers'):,} offers compared, {seconds:,.0f} CPU seconds"
    )
    differ = counted.pop("differences", 0)
    print("  " + ", ".join(f"{name} {number:,}" for name, number in sorted(counted.items())))
    print(f"  {differ:,} differences" if differ else "  both evaluators say the same of all")
    if first:
        print(f"  the first: {first[0]}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
