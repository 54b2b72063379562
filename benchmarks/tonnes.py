"""Print what comparable tonnes add to the time of a registry list of eleven thousand rows.

    python benchmarks/tonnes.py [LIST]

Measured are CPU seconds, the least of a few rounds: the list judged and its tables written, without
comparable tonnes and with them. A registry's list states no tonnes, so that they cost nothing; a
second list is the same rows with tonnes, and a third with random statements of what steps read.
"""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.offers import read_offers
from offsetcheck.report.result_tables import result_tables
from offsetcheck.report.tonnes.tables import comparable_frame
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tonnes.binding import bind_steps
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable, Column

ROOT = Path(__file__).resolve().parent.parent
VROD = ROOT.parent / "shared" / "data" / "vrod" / "vrod-v2025-12-year-end.parquet"
CITY, DAY = "bogota", date(2026, 9, 30)
ROUNDS = 3


def main() -> None:
    """Measure on the list named on the command line, or on that of all voluntary registries."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else VROD
    if not path.exists():
        print(f"{path} is not there")
        return
    rulebook = load_rulebook(bundled("rules"))
    read = process_time()
    table = read_offers(path, rulebook.dictionary)
    reading = process_time() - read
    lists = {
        "as it is": table,
        "with tonnes": _with(table, ("tonnes",)),
        "all stated": _with(table),
    }
    print(f"{len(table):,} rows, read in {reading:.2f} s CPU; the times behind are without reading")
    for name, one in lists.items():
        without, made = _seconds(rulebook, one)
        share = (reading + without + made) / (reading + without)
        print(
            f"{name:12} {without:6.2f} s, tonnes {made:6.3f} s: {share:.3f} times the time without"
        )


def _with(table: CandidateTable, names: tuple[str, ...] = ()) -> CandidateTable:
    """Return the same rows with random statements of some fields of offers, of all if none."""
    draw = Random(1)
    most = {
        "tonnes": 1e6, "price": 50, "uncertainty_percent": 60, "leakage_percent": 25,
        "buffer_percent": 30, "monitoring_years": 100, "stock_change": 1e6, "net_benefit": 1e6,
    }  # fmt: skip
    columns = {
        name: Column([draw.uniform(0, most[name]) for _ in range(len(table))])
        for name in names or most
    }
    return replace(table, columns={**table.columns, **columns})


def _seconds(rulebook: Rulebook, table: CandidateTable) -> tuple[float, float]:
    """Return the CPU seconds of judging and writing a list, and those that its tonnes add."""
    bound, steps = bind(rulebook, CITY, DAY), bind_steps(rulebook, CITY, DAY)
    purchase, without, added = Purchase(), list[float](), list[float]()
    with TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            began = process_time()
            frames = result_tables(assess_table(table, bound, purchase), table)
            for name, frame in frames.items():
                frame.write_csv(Path(folder) / f"{name}.csv")
            without.append(process_time() - began)
            began = process_time()
            made = comparable_frame(table, steps, purchase)
            if made is not None:
                made.write_csv(Path(folder) / "tonnes.csv")
            added.append(process_time() - began)
    return min(without), min(added)


if __name__ == "__main__":
    main()
