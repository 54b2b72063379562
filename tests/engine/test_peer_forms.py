"""The forms in which the benchmark gives requirements to peers say what the rules say."""

import random
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import PURCHASE, Facts
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.expression.nodes import Constant, FieldRef, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "peers"))
from peer_forms import is_formed, polars_form, python_form

DAY = date(2026, 9, 30)
ROWS = 200
KINDS = {
    FieldType.NUMBER: pl.Float64,
    FieldType.INTEGER: pl.Float64,
    FieldType.BOOLEAN: pl.Boolean,
    FieldType.DATE: pl.Date,
    FieldType.TEXT: pl.String,
    FieldType.CODE: pl.String,
    FieldType.CODES: pl.List(pl.String),
    FieldType.INTEGERS: pl.List(pl.Float64),
}
NEAR = {
    FieldType.NUMBER: [0.0, 1.0, 50.0, 2020.0],
    FieldType.INTEGER: [0.0, 1.0, 50.0, 2020.0],
    FieldType.BOOLEAN: [True, False],
    FieldType.DATE: [date(2015, 1, 1), date(2025, 6, 1)],
    FieldType.TEXT: ["a", "b"],
    FieldType.CODE: ["a", "b"],
    FieldType.CODES: [(), ("a",), ("a", "b")],
    FieldType.INTEGERS: [(), (2020.0,), (2015.0, 2025.0)],
}


@pytest.fixture(scope="module")
def nodes() -> list[Node]:
    """The requirements of candidates that have a form."""
    bound = bind(load_rulebook(bundled("rules")), "bogota", DAY)
    asked = [rule.requires for rule in bound.candidate_rules if rule.requires is not None]
    return [node for node in asked if is_formed(node)]


def test_every_form_agrees_with_the_rules(nodes: list[Node]) -> None:
    """Polars and plain Python come to what the engine comes to on rows with nothing in some."""
    rows, kinds = _drawn(nodes)
    frame = pl.DataFrame(rows, schema={name: KINDS[kind] for name, kind in kinds.items()})
    seen = set()
    for node in nodes:
        told = [evaluate(node, _facts(row)).value for row in rows]
        whole = frame.select(
            pl.repeat(None, ROWS, dtype=pl.Boolean).alias("_"), polars_form(node).alias("is")
        )
        assert whole["is"].to_list() == told
        form = python_form(node)
        assert [form(row) for row in rows] == told
        seen.update(told)
    assert seen == {True, False, None}


def _drawn(nodes: list[Node]) -> tuple[list[dict[str, object]], dict[str, FieldType]]:
    parts = [part for node in nodes for part in walk(node)]
    kinds = {part.name: part.type for part in parts if isinstance(part, FieldRef)}
    pools = {kind: list(near) for kind, near in NEAR.items()}
    for part in parts:
        if isinstance(part, Constant) and part.value is not None and part.type in pools:
            pools[part.type].append(part.value)
    codes = pools[FieldType.CODE]
    pools[FieldType.CODES] += [tuple(codes[i : i + 3]) for i in range(len(codes))]
    draw = random.Random(13)  # rows of a test
    rows = [
        {n: None if draw.random() < 0.3 else draw.choice(pools[k]) for n, k in kinds.items()}
        for _ in range(ROWS)
    ]
    return rows, kinds


def _facts(row: dict[str, object]) -> Facts:
    stated = {
        name: Fact(value, EvidenceGrade.E3) for name, value in row.items() if value is not None
    }
    ours = {name: fact for name, fact in stated.items() if not name.startswith(PURCHASE)}
    theirs = {
        name.removeprefix(PURCHASE): fact
        for name, fact in stated.items()
        if name.startswith(PURCHASE)
    }
    return Facts(Candidate("X1", ours), Purchase(facts=theirs), DAY)
