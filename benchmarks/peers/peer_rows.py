"""Rows to measure on: made from a seed, or a real list, replicated, perturbed or all distinct."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
from peer_rules import kinds_of

from offsetcheck.engine.columns.fields import DTYPES
from offsetcheck.intake.offers import read_offers
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.dictionary import FieldType

SEED = 13
DISTINCT = 10_000
MILLIONTH = 1e-6
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


def drawn(rules: Sequence[BoundRule], height: int) -> list[dict[str, object]]:
    """Return rows near what rules compare with, three in ten cells unknown."""
    kinds = kinds_of(rules)
    pools = {kind: list(near) for kind, near in NEAR.items()}
    for part in (part for r in rules for node in r.expressions() for part in walk(node)):
        if isinstance(part, Constant) and part.value is not None and part.type in pools:
            pools[part.type].append(part.value)
    codes = pools[FieldType.CODE]
    pools[FieldType.CODES] += [tuple(codes[i : i + 3]) for i in range(len(codes))]
    draw = random.Random(SEED)
    return [
        {n: None if draw.random() < 0.3 else draw.choice(pools[k]) for n, k in kinds.items()}
        for _ in range(height)
    ]


def framed(rows: Sequence[Mapping[str, object]], kinds: Mapping[str, FieldType]) -> pl.DataFrame:
    """Return rows as columns in which every number is a double."""
    return pl.DataFrame(rows, schema={name: DTYPES[kind] for name, kind in kinds.items()})


def listed(path: Path, bound: BoundRulebook, rules: Sequence[BoundRule]) -> pl.DataFrame:
    """Return the rows of a real list; a field that it does not state is unknown in all of them."""
    table = read_offers(path, bound.dictionary)
    columns = {}
    for name, kind in kinds_of(rules).items():
        known = table.columns.get(name)
        values = [None] * len(table) if known is None else list(known.values)
        held = [list(v) if isinstance(v, tuple) else v for v in values]
        columns[name] = pl.Series(name, held, dtype=DTYPES[kind], strict=False)
    return pl.DataFrame(columns)


def replicated(frame: pl.DataFrame, height: int) -> pl.DataFrame:
    """Return the rows again and again until there are so many."""
    times = -(-height // len(frame))
    return pl.concat([frame] * times).head(height).rechunk()


def perturbed(frame: pl.DataFrame, height: int) -> pl.DataFrame:
    """Return so many rows in which each column is drawn for itself, so that few are equal."""
    tall = replicated(frame, height)
    return tall.select(pl.col(name).shuffle(seed) for seed, name in enumerate(frame.columns))


def all_distinct(frame: pl.DataFrame, height: int) -> pl.DataFrame:
    """Return perturbed rows in which also every number is another one, by parts of a millionth."""
    tall = perturbed(frame, height)
    numbers = [name for name, kind in tall.schema.items() if kind == pl.Float64]
    step = pl.int_range(pl.len()).cast(pl.Float64) / height * MILLIONTH
    return tall.with_columns(pl.col(name) * (1 + step) for name in numbers)
