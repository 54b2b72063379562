"""The forms in which the benchmark gives requirements to peers say what the rules say."""

import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import PURCHASE, Facts
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "peers"))
from peer_forms import is_formed, polars_form, python_form
from peer_rows import KINDS, drawn

DAY = date(2026, 9, 30)
ROWS = 200


@pytest.fixture(scope="module")
def nodes() -> list[Node]:
    """The requirements of candidates that have a form."""
    bound = bind(load_rulebook(bundled("rules")), "bogota", DAY)
    asked = [rule.requires for rule in bound.candidate_rules if rule.requires is not None]
    return [node for node in asked if is_formed(node)]


def test_every_form_agrees_with_the_rules(nodes: list[Node]) -> None:
    """Polars and plain Python come to what the engine comes to on rows with nothing in some."""
    rows, kinds = drawn(nodes, ROWS)
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
