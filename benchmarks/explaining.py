"""Print what it costs to explain at scale: deciding lines of a whole list, one offer out of it.

The list is that named on the command line, or that of all voluntary registries, and is repeated;
each repeated row has an id of its own. Processor seconds, of this process and all it starts.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.engine.columns.leaves import deciding_lines
from offsetcheck.ground.blocks import Blocks, write_blocks
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.kept_facts import kept_candidate, kept_head, kept_rows
from offsetcheck.intake.offers import read_offers
from offsetcheck.report.tables.parquet import write_worded
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable

ROOT = Path(__file__).resolve().parent.parent
VROD = ROOT.parent / "shared" / "data" / "vrod" / "vrod-v2025-12-year-end.parquet"
TIMES = 20


def main() -> None:
    """Measure on a list, repeated as often as the second word says."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else VROD
    times = int(sys.argv[2]) if len(sys.argv) > 2 else TIMES
    if not path.exists():
        print(f"{path} is not there")
        return
    rulebook = load_rulebook(bundled("rules"))
    bound = bind(rulebook, "turku", date(2026, 9, 30))
    table = repeated(read_offers(path, rulebook.dictionary), times)
    purchase = Purchase(facts={"year": Fact(2026, EvidenceGrade.E1)})
    rows = len(table)
    print(f"{rows:,} rows, each of the list {times} times")
    result = shown("judged", rows, lambda: assess_table(table, bound, purchase))
    lines = shown("decided", rows, lambda: deciding_lines(table, bound, purchase, result))
    answers = sum(frame["answer"].n_unique() for frame in lines.lines.values())
    print(f"  {answers:,} distinct answers of {len(lines.answers)} rules")
    shown("lines written as Parquet", rows, lambda: [len(packed(p)) for p in lines.parts()])
    with tempfile.TemporaryFile() as file:
        shown("offers kept", rows, lambda: write_blocks(file, kept_rows(table), kept_head(table)))
        print(f"  {file.tell() / rows:.0f} bytes an offer")
        name = table.ids[rows // 2]
        shown("one found", 1, lambda: found(Blocks.of(file), name))


def repeated(table: CandidateTable, times: int) -> CandidateTable:
    """Return a table whose rows stand several times, each under an id of its own."""
    height = len(table)

    def again(part: Any) -> Any:
        return list(part) * times if isinstance(part, Sequence) and len(part) == height else part

    columns = {
        name: replace(
            column,
            values=again(column.values),
            grades=again(column.grades),
            causes=again(column.causes),
            raw=again(column.raw),
            full={row + n * height: f for n in range(times) for row, f in column.full.items()},
        )
        for name, column in table.columns.items()
    }
    ids = [f"{name}-{n}" for n, name in enumerate(again(table.ids))]
    return replace(table, ids=ids, lines=again(table.lines), columns=columns)


def packed(frame: Any) -> bytes:
    """Return a part of the lines as Parquet."""
    file = BytesIO()
    write_worded(frame, file)
    return file.getvalue()


def found(blocks: Blocks, name: str) -> object:
    """Return a kept offer as a candidate."""
    text = blocks.find(name)
    return None if text is None else kept_candidate(name, text, blocks.head)


def shown(name: str, rows: int, job: Callable[[], Any]) -> Any:
    """Run a job, print its processor seconds and the rows in each of them, and return its end."""
    start = time.process_time()
    end = job()
    spent = time.process_time() - start
    print(f"{name:28} {spent:9.3f} s {rows / max(spent, 1e-9):14,.0f} rows/s")
    return end


if __name__ == "__main__":
    main()
