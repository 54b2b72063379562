"""How long reports take as PDF: `python benchmarks/pdf.py [REPORTS]`, 100 unless given.

The offers of a sample are given new ids until there are enough; each is judged, explained and
printed as `assess --format pdf` does, by as many processes as there are processors. Where other
programs run, the time of the processors says more than that of the clock.
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
GOAL = 40.0  # seconds for 100 on two processors


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
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    rulebook = open_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        offers(path, wanted)
        options = BatchOptions(reports="all", pages="pdf")
        begun, used = time.perf_counter(), sum(os.times()[:4])
        batch([path], rulebook, Path(folder) / "out", cities=["turku"], as_of=DAY, options=options)
        took, cost = time.perf_counter() - begun, sum(os.times()[:4]) - used
        made = list((Path(folder) / "out" / "offers").glob("*.pdf"))
        size = sum(file.stat().st_size for file in made) / len(made) / 1024
    cores = os.cpu_count() or 1
    print(f"{len(made)} PDFs in {took:.1f} s by the clock on {cores} processors")
    print(f"{cost:.1f} s of processors, {cost / len(made):.2f} s each, {size:.0f} KiB each")
    print(f"goal: 100 in {GOAL:.0f} s on 2 processors, {2 * GOAL / 100:.2f} s each")


if __name__ == "__main__":
    main()
