"""How long reports take: `python benchmarks/reports.py html|pdf [REPORTS]`.

The offers of a sample are given new ids until there are enough; each is judged, explained and
written as `batch --reports all --pages html` does, by as many processes as there are processors.
Where other programs run, the time of the processors says more than that of the clock.
"""

import csv
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from offsetcheck.api.batch import batch
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.judge_list import BatchOptions

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "turku" / "offers.csv"
DAY = date(2026, 9, 30)
GOALS = {"html": (1000, 12.0), "pdf": (100, 40.0)}  # reports, seconds on two processors


def offers(path: Path, wanted: int) -> None:
    """Write a list of so many offers, those of the sample again and again."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    head, *rows = csv.reader(line for line in lines if not line.startswith("#"))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(head)
        for number in range(wanted):
            row = list(rows[number % len(rows)])
            row[0] = f"VCS{90000 + number}"
            table.writerow(row)


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind not in GOALS:
        sys.exit(f"say which: {' or '.join(GOALS)}")
    most, seconds = GOALS[kind]
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else most
    rulebook = open_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        offers(path, wanted)
        options = BatchOptions(reports="all", pages=kind)
        begun, used = time.perf_counter(), sum(os.times()[:4])
        batch([path], rulebook, Path(folder) / "out", cities=["turku"], as_of=DAY, options=options)
        took, cost = time.perf_counter() - begun, sum(os.times()[:4]) - used
        made = list((Path(folder) / "out" / "offers").glob(f"*.{kind}"))
        size = sum(file.stat().st_size for file in made) / len(made) / 1024
    cores = os.cpu_count() or 1
    print(f"{len(made)} reports as {kind} in {took:.1f} s by the clock on {cores} processors")
    each = 1000 * cost / len(made)
    print(f"{cost:.1f} s of processors, {each:.0f} ms each, {size:.0f} KiB each")
    goal = 2000 * seconds / most
    print(f"goal: {most} in {seconds:.0f} s on 2 processors, {goal:.0f} ms each")


if __name__ == "__main__":
    main()
