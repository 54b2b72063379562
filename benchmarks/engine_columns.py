"""Print the time of both evaluators on a registry list, and of a change that is tried."""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from offsetcheck.engine.assess import assess, assess_changed
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.offers import read_offers
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase

ROOT = Path(__file__).resolve().parent.parent
VROD = ROOT.parent / "shared" / "data" / "vrod" / "vrod-v2025-12-year-end.parquet"
ROUNDS = 5
CANDIDATES = 200


def main() -> None:
    """Measure on the list named on the command line, or on that of all voluntary registries."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else VROD
    if not path.exists():
        print(f"{path} is not there")
        return
    rulebook = load_rulebook(bundled("rules"))
    bound = bind(rulebook, "bogota", date(2026, 9, 30))
    table = read_offers(path, rulebook.dictionary)
    purchase = Purchase(facts={"year": Fact(2026, EvidenceGrade.E1)})
    show(
        f"{len(table):,} rows, {len(bound.rules)} rules",
        lambda: assess_table(table, bound, purchase),
    )
    some = [table.candidate(row) for row in range(0, len(table), max(1, len(table) // CANDIDATES))]
    known = [assess(candidate, bound, purchase) for candidate in some]
    show("one candidate", lambda: [assess(c, bound, purchase) for c in some], len(some))
    change = {"monitoring_years": Fact(100, EvidenceGrade.E1)}
    pairs = list(zip(known, some, strict=True))
    tried = "one change tried"
    show(
        tried, lambda: [assess_changed(k, c, change, bound, purchase) for k, c in pairs], len(pairs)
    )


def show(name: str, job: Callable[[], object], parts: int = 1) -> None:
    """Print the best of a few rounds, divided by the parts that a round has."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    print(f"{name:40} {1000 * min(times) / parts:10.2f} ms")


if __name__ == "__main__":
    main()
