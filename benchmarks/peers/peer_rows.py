"""Rows made from a seed, on which requirements come out every way."""

import random
from datetime import date

import polars as pl

from offsetcheck.rulebook.expression.nodes import Constant, FieldRef, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.dictionary import FieldType

SEED = 13
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


def drawn(nodes: list[Node], height: int) -> tuple[list[dict[str, object]], dict[str, FieldType]]:
    """Return rows near what the requirements compare with, a third of each field unknown."""
    parts = [part for node in nodes for part in walk(node)]
    kinds = {part.name: part.type for part in parts if isinstance(part, FieldRef)}
    pools = {kind: list(near) for kind, near in NEAR.items()}
    for part in parts:
        if isinstance(part, Constant) and part.value is not None and part.type in pools:
            pools[part.type].append(part.value)
    codes = pools[FieldType.CODE]
    pools[FieldType.CODES] += [tuple(codes[i : i + 3]) for i in range(len(codes))]
    draw = random.Random(SEED)
    rows = [
        {n: None if draw.random() < 0.3 else draw.choice(pools[k]) for n, k in kinds.items()}
        for _ in range(height)
    ]
    return rows, kinds
