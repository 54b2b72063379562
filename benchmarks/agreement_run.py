"""Compare both evaluators on random worlds until so many verdicts were compared.

    python benchmarks/agreement_run.py        # 1,000,000 verdicts in two processes
    python benchmarks/agreement_run.py --verdicts 20000 --seed 7 --processes 1

A world is a random rulebook, purchase and table, drawn as tests/engine/worlds.py draws them. Every
world has a number; the same seed and number draw the same world on every machine, whatever the
number of processes. Printed are how much was compared and the first disagreement, with the call
that draws its world again; the status is 1 where there is one.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("POLARS_MAX_THREADS", "1")  # processes share the cores, not threads
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "engine")]

from agreement import differences  # noqa: E402 - tests/ is found by the line above
from worlds import Drawer, World  # noqa: E402

from offsetcheck.engine.columns.batch import BatchResult, assess_table  # noqa: E402

RULES, ROWS = 7, 200  # of each world
AT_ONCE = 5  # worlds that a process draws before it answers
MILLION = 1_000_000


@dataclass
class Compared:
    """What was compared in some worlds; `first` is the first disagreement and its world."""

    worlds: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    disagreements: int = 0
    first: tuple[int, str] | None = None

    def add(self, other: "Compared") -> None:
        """Take in what was compared in later worlds."""
        self.worlds += other.worlds
        self.verdicts += other.verdicts
        self.outcomes += other.outcomes
        self.causes += other.causes
        self.disagreements += other.disagreements
        self.first = self.first or other.first


def world_of(seed: int, number: int) -> World:
    """Return the world of a seed and a number."""
    return Drawer(Random(f"{seed}/{number}")).world(RULES, ROWS)


def compare(seed: int, numbers: range) -> Compared:
    """Compare the evaluators on some worlds."""
    compared = Compared()
    for number in numbers:
        world = world_of(seed, number)
        result = assess_table(world.table, world.bound, world.purchase)
        found = differences(world, result)
        compared.worlds += 1
        compared.disagreements += len(found)
        if found and compared.first is None:
            compared.first = number, found[0]
        _count(result, compared)
    return compared


def _count(result: BatchResult, compared: Compared) -> None:
    compared.verdicts.update(result.rows["verdict"].to_list())
    for rule in result.outcomes.columns:
        compared.outcomes.update(result.outcomes[rule].to_list())
    compared.causes.update(result.missing["cause"].to_list())


def run(seed: int, verdicts: int, processes: int) -> Compared:
    """Compare worlds in order until enough verdicts were compared."""
    total = Compared()
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        for wave in _waves(processes):
            for part in pool.map(compare, [seed] * len(wave), wave):
                total.add(part)
            print(f"\r{total.verdicts.total():,} verdicts", end="", file=sys.stderr, flush=True)
            if total.verdicts.total() >= verdicts or total.first:
                break
    print(file=sys.stderr)
    return total


def _waves(processes: int) -> Iterator[list[range]]:
    """Yield the numbers of worlds: in each wave a few for every process."""
    each = 4 * processes
    for wave in count():
        starts = (AT_ONCE * (wave * each + part) for part in range(each))
        yield [range(start, start + AT_ONCE) for start in starts]


def main() -> int:
    """Run with the options of the command line, and print what was compared."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--verdicts", type=int, default=MILLION, help="how many to compare")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=2)
    given = options.parse_args()
    total = run(given.seed, given.verdicts, given.processes)
    print(
        f"seed {given.seed}: {total.worlds:,} worlds, {total.verdicts.total():,} verdicts, "
        f"{total.outcomes.total():,} outcomes compared"
    )
    for name in ("verdicts", "outcomes", "causes"):
        counted = sorted(getattr(total, name).items(), key=lambda item: (-item[1], item[0]))
        print(f"  {name}: {', '.join(f'{word} {number:,}' for word, number in counted)}")
    if total.first is None:
        print("  both evaluators say the same of all")
        return 0
    number, said = total.first
    print(f"  {total.disagreements:,} disagreements; the first: {said}")
    print(f"  its world: agreement_run.world_of({given.seed}, {number})")
    return 1


if __name__ == "__main__":
    sys.exit(main())
