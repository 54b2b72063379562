"""Print how many patterns a second durable-rules concludes, and what memory it keeps."""

import random
import resource
import time

from offsetcheck.engine.closure import fixpoint
from offsetcheck.engine.conclude import conclusions
from offsetcheck.rulebook.binding.bound import ConclusionRule

GATES = 40
SESSIONS = 20_000


def chain() -> tuple[ConclusionRule, ...]:
    """Return decisions over gates, as they stand after expansion."""
    names = [f"gate{i}" for i in range(GATES)]
    return (
        *(ConclusionRule("not_eligible", (f"{name} is fail",)) for name in names),
        *(ConclusionRule("undecided", (f"{name} is open",)) for name in names),
        ConclusionRule("eligible", ("every_gate_clear", "integrity reaches_floor")),
    )


def patterns() -> list[frozenset[str]]:
    """Return the words of random findings."""
    states = ("clear", "clear", "clear", "fail", "open")
    rng = random.Random(1)
    drawn = ([f"gate{i} is {rng.choice(states)}" for i in range(GATES)] for _ in range(500))
    return [frozenset([*words, "integrity reaches_floor"]) for words in drawn]


def main() -> None:
    """Measure sessions a second beside the plain fixpoint, and the memory that they leave."""
    compiled, words = conclusions(chain()), patterns()
    compiled.conclude(words[0])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    for session in range(SESSIONS):
        compiled.conclude(words[session % len(words)])
    spent = time.perf_counter() - start
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"durable-rules {SESSIONS / spent:10,.0f} sessions a second, {grown:,} KB more")
    start = time.perf_counter()
    for session in range(SESSIONS):
        fixpoint(compiled.rules, words[session % len(words)])
    print(f"fixpoint      {SESSIONS / (time.perf_counter() - start):10,.0f} sessions a second")


if __name__ == "__main__":
    main()
