"""Print CPU seconds of each stage that judges a long list, beside the arithmetic of Polars alone.

    python benchmarks/engine_stages.py 200000             # the real list again and again
    python benchmarks/engine_stages.py 200000 --shuffled  # every row different

The list is that of all voluntary registries, again and again until it has so many rows; shuffled,
every column is put in an order of its own and every row has an id of its own. The limit is what
somebody would write for these rules alone, over a frame that is ready, with every field and every
answer of a table as a column: derived fields first, then levels, outcomes and scores. It knows no
causes and nothing known in part, and says nothing of what is missing.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from offsetcheck.engine.columns import batch, outcomes, settled
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.engine.columns.fields import TableSlice
from offsetcheck.engine.columns.forms import FORMS, literal
from offsetcheck.engine.columns.functions import count_interval
from offsetcheck.engine.columns.scores import score_rows
from offsetcheck.engine.plan import plan_for
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.offers import read_offers
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.expression.nodes import (
    Constant,
    CountTrue,
    Derived,
    FieldRef,
    Function,
    Lookup,
    Node,
)
from offsetcheck.rulebook.expression.walk import children
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.table import CandidateTable, Column

ROOT = Path(__file__).resolve().parent.parent
VROD = ROOT.parent / "shared" / "data" / "vrod" / "vrod-v2025-12-year-end.parquet"
DAY = date(2026, 9, 30)
PURCHASE = Purchase(facts={"year": Fact(2026, EvidenceGrade.E1)})
SEED = 13
ROUNDS = 3
STAGES = {
    "outcomes and bounds": "judge_all",
    "scores": "score_rows",
    "verdicts and rows": "_row_frame",
    "what rows wait for": "waiting",
    "what is missing": "missing",
}


def repeated(table: CandidateTable, height: int, *, shuffled: bool) -> CandidateTable:
    """Return a table of so many rows, made of the rows of another."""
    rows = [row % len(table) for row in range(height)]
    draw = random.Random(SEED)
    columns = {}
    for name, column in table.columns.items():
        order = draw.sample(rows, height) if shuffled else rows
        columns[name] = _picked(column, order)
    ids = [table.ids[row] for row in rows]
    if shuffled:
        ids = [f"{one}-{row}" for row, one in enumerate(ids)]
        columns["id"] = Column(ids)
    return replace(table, ids=ids, columns=columns, lines=range(height))


def _picked(column: Column, order: Sequence[int]) -> Column:
    def picked(many: Any) -> Any:
        return [many[row] for row in order] if isinstance(many, list | tuple) else many

    full = {place: column.full[row] for place, row in enumerate(order) if row in column.full}
    return replace(
        column,
        values=[column.values[row] for row in order],
        grades=picked(column.grades),
        causes=picked(column.causes),
        raw=None,
        full=full,
    )


@dataclass
class Ready:
    """Fields and answers of tables as columns, and the rest as expressions over them."""

    evaluator: ColumnEvaluator
    columns: dict[str, pl.Series] = field(default_factory=dict)
    derived: list[dict[str, pl.Expr]] = field(default_factory=list)  # each after those it reads
    _layers: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> TableSlice:
        """The rows of the columns."""
        return self.evaluator.rows

    def part(self, node: Node, grade: EvidenceGrade | None) -> pl.Expr:
        """Return a node as one expression."""
        if isinstance(node, Constant):
            return literal(node)
        name = f"{self.evaluator.memory.numbers.number(node)} {grade}"
        if isinstance(node, Derived):
            self._derive(name, node.node, grade)
            return pl.col(name)
        if isinstance(node, FieldRef | Lookup) or _is_counted_by_row(node):
            if name not in self.columns:
                self.columns[name] = self.evaluator.value(node, grade)
            return pl.col(name)
        parts = [self.part(child, grade) for child in children(node)]
        if isinstance(node, CountTrue):
            parts = [*count_interval(parts[:-1]), parts[-1]]
        return FORMS[type(node)](node, parts)

    def _derive(self, name: str, node: Node, grade: EvidenceGrade | None) -> None:
        if name in self._layers:
            return
        form = self.part(node, grade)
        read = [self._layers[used] + 1 for used in form.meta.root_names() if used in self._layers]
        self._layers[name] = max(read, default=0)
        while len(self.derived) <= self._layers[name]:
            self.derived.append({})
        self.derived[self._layers[name]][name] = form


def _is_counted_by_row(node: Node) -> bool:
    if not isinstance(node, Function) or node.name != "count_in":
        return False
    return not all(isinstance(option, Constant) for option in node.arguments[1:])


def limit(ready: Ready, bound: BoundRulebook) -> Callable[[], object]:
    """Return the arithmetic of outcomes, levels and scores over a frame that is ready."""
    rules = bound.candidate_rules
    asked = [settled.Asked(rule, rule.at_least, ready) for rule in rules]  # type: ignore[arg-type]
    levels, forms = {}, {}
    for each in asked:
        rule = each.rule.id
        if each.rule.requires is not None:
            forms[f"{rule} outcome"] = settled.requirement_form(each)
        else:
            levels[f"{rule} lower"], levels[f"{rule} upper"] = (
                settled.lower_form(each),
                settled.upper_form(each),
            )
            lower, upper = pl.col(f"{rule} lower"), pl.col(f"{rule} upper")
            forms[f"{rule} outcome"] = settled.scale_form(each, lower, upper)
    frame = pl.DataFrame([series.alias(name) for name, series in ready.columns.items()])
    evaluator = ready.evaluator
    judged = {column.rule.id: column for column in outcomes.judge_all(rules, evaluator)}

    def run() -> object:
        query = frame.lazy()
        for layer in (*ready.derived, levels):
            query = query.with_columns(**layer)
        made = query.select(*levels, **forms).collect()
        columns = [
            replace(
                judged[rule.id],
                outcome=made[f"{rule.id} outcome"],
                lower=made[f"{rule.id} lower"]
                if rule.requires is None
                else evaluator.rows.no_level,
                upper=made[f"{rule.id} upper"]
                if rule.requires is None
                else evaluator.rows.no_level,
            )
            for rule in rules
        ]
        return score_rows(columns, bound.scheme, frame.height)

    return run


def cpu(job: Callable[[], object]) -> float:
    """Return the CPU seconds, user and system, of the best of a few runs."""
    times = []
    for _ in range(ROUNDS):
        before = time.process_time()
        job()
        times.append(time.process_time() - before)
    return min(times)


@contextmanager
def timed(spent: dict[str, float]) -> Iterator[None]:
    """Count the CPU seconds of each stage while a list is judged."""
    kept = {name: getattr(batch, name) for name in STAGES.values()}
    for label, name in STAGES.items():
        setattr(batch, name, _counting(kept[name], label, spent))
    try:
        yield
    finally:
        for name, function in kept.items():
            setattr(batch, name, function)


def _counting(stage: Callable[..., Any], label: str, spent: dict[str, float]) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        before = time.process_time()
        result = stage(*arguments)
        spent[label] = spent.get(label, 0.0) + time.process_time() - before
        return result

    return run


def main() -> None:
    """Measure a list of so many rows as the command line says."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("rows", type=int, nargs="?", default=200_000)
    options.add_argument("--shuffled", action="store_true", help="every row different")
    given = options.parse_args()
    if not VROD.exists():
        print(f"{VROD} is not there")
        return
    rulebook = load_rulebook(bundled("rules"))
    bound = bind(rulebook, "bogota", DAY)
    table = repeated(read_offers(VROD, rulebook.dictionary), given.rows, shuffled=given.shuffled)
    whole = cpu(lambda: batch.assess_table(table, bound, PURCHASE))
    spent: dict[str, float] = {}
    with timed(spent):
        result = batch.assess_table(table, bound, PURCHASE)
    rows = TableSlice(table, 0, len(table), PURCHASE, bound.as_of, bound.screening_days)
    ready = Ready(ColumnEvaluator(rows, plan_for(bound).columns))
    least = cpu(limit(ready, bound))
    rules = f"{len(bound.candidate_rules)} rules, {result.lacking.counts()['candidates'].sum():,} lines of what is missing"
    print(f"{given.rows:,} rows{' shuffled' if given.shuffled else ''}, {rules}")
    for label, seconds in (*spent.items(), ("the whole engine", whole), ("the limit", least)):
        print(f"{label:24} {seconds:8.3f} s {seconds / least:8.2f}")


if __name__ == "__main__":
    main()
