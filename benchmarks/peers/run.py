"""Print CPU seconds of the requirements without lookups: offsetcheck and peers, outcomes equal."""

import sys
import time
from collections.abc import Callable
from datetime import date

import polars as pl
from peer_forms import is_formed, polars_form, python_form
from peer_rows import KINDS, SEED, drawn

from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.expression.walk import inputs_of
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable, Column

DAY = date(2026, 9, 30)


def main() -> None:
    """Measure so many made rows as the command line says, 10,000 unless given."""
    height = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    bound = bind(load_rulebook(bundled("rules")), "bogota", DAY)
    asked = [rule.requires for rule in bound.candidate_rules if rule.requires is not None]
    formed = [node for node in asked if is_formed(node)]
    nodes = [n for n in formed if not any(f.startswith("purchase.") for f in inputs_of(n))]
    rows, kinds = drawn(nodes, height)
    frame = pl.DataFrame(rows, schema={name: KINDS[kind] for name, kind in kinds.items()})
    forms = [polars_form(node).alias(str(i)) for i, node in enumerate(nodes)]
    closures = [python_form(node) for node in nodes]
    columns = {name: Column([row[name] for row in rows]) for name in kinds}
    ids = [f"X{i}" for i in range(height)]
    table = CandidateTable(ids, columns, "made", range(height), "made")

    def ours() -> list[list[object]]:
        cut = TableSlice(table, 0, height, Purchase(facts={}), DAY, bound.screening_days)
        evaluator = ColumnEvaluator(cut)
        return [evaluator.value(node, None) for node in nodes]

    print(f"{height:,} rows, seed {SEED}, {len(nodes)} of {len(asked)} requirements")
    polars, limit = timed(lambda: frame.select(forms).get_columns())
    for name, job in {
        "offsetcheck, columns": ours,
        "plain Python": lambda: [[form(row) for row in rows] for form in closures],
    }.items():
        result, seconds = timed(job)
        equal = [list(column) for column in result] == [list(column) for column in polars]
        if not equal:
            sys.exit(f"{name} and Polars come to different outcomes")
        print(f"{name:24} {seconds:8.3f} s {seconds / limit:8.1f}")
    print(f"{'Polars, generated':24} {limit:8.3f} s {1:8.1f}")


def timed(job: Callable[[], list[object]]) -> tuple[list[object], float]:
    """Return what a job comes to and the CPU seconds, user and system, of this process."""
    before = time.process_time()
    result = job()
    return result, time.process_time() - before


if __name__ == "__main__":
    main()
