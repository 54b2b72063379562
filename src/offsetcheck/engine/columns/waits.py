"""What unknown values wait for, in which rows."""

from collections.abc import Iterable
from functools import reduce
from typing import Protocol

import polars as pl

from offsetcheck.engine.columns.held import SeenColumn
from offsetcheck.rulebook.expression.nodes import (
    Calculate,
    Constant,
    FieldRef,
    Function,
    Lookup,
    Node,
)
from offsetcheck.rulebook.expression.walk import children, inputs_of
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade

Grade = EvidenceGrade | None

# What an unknown waits for: (field, cause) -> the rows; cause None is the field's own.
Waits = dict[tuple[str, Cause | None], pl.Series]


class Unknowns(Protocol):
    """Who knows where nodes are unknown, and what was found of them before."""

    def unknown(self, node: Node, at_least: Grade) -> pl.Series | None:
        """Return the rows where a node is unknown, None where it is known in all."""

    def answer(self, node: Lookup, at_least: Grade) -> SeenColumn:
        """Return what a lookup's table answers in every row."""

    def waits(self, node: Node, at_least: Grade) -> Waits:
        """Return what a node waits for."""


def find_waits(columns: Unknowns, node: Node, unknown: pl.Series, grade: Grade) -> Waits:
    """Return what a node waits for in the rows where it is unknown."""
    if isinstance(node, FieldRef):
        return {(node.name, None): unknown}
    if isinstance(node, Constant):
        return {(node.name or "", node.cause or Cause.CITY_UNDECIDED): unknown}
    asked = unknown
    if isinstance(node, Lookup):  # an answer that no key could change waits for no key
        asked = unknown & columns.answer(node, grade).causes.is_null()
    below = merged(
        {what: rows & asked for what, rows in columns.waits(child, grade).items()}
        for child in children(node)
    )
    return merged((below, _own_waits(columns, node, unknown, grade)))


def _own_waits(columns: Unknowns, node: Node, unknown: pl.Series, grade: Grade) -> Waits:
    """Return what a node waits for of itself, in rows where everything beneath is known."""
    if isinstance(node, Lookup):
        causes = columns.answer(node, grade).causes
        told = set(causes.unique())
        found = [cause for cause in Cause if cause.value in told]
        rows = {cause: (causes == cause.value).fill_null(value=False) for cause in found}
    elif isinstance(node, Calculate | Function):
        below = (columns.unknown(child, grade) for child in children(node))
        known = (~part for part in below if part is not None)
        rows = {Cause.NOT_COMPUTABLE: reduce(pl.Series.__and__, known, unknown)}
    else:
        return {}
    return {
        (name, cause): mask
        for cause, mask in rows.items()
        if mask.any()
        for name in inputs_of(node)
    }


def merged(parts: Iterable[Waits]) -> Waits:
    """Return what several nodes wait for together."""
    together: Waits = {}
    for part in parts:
        for what, rows in part.items():
            together[what] = together[what] | rows if what in together else rows
    return together


def only(waits: Waits, rows: pl.Series) -> Waits:
    """Return what is waited for in some rows."""
    return {what: mask & rows for what, mask in waits.items()}
