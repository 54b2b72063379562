"""Broad types and short names of methodologies beside what another database says of the same project.

What a cell says in part cannot be held against its own text alone. The Voluntary Registry Offsets
Database gives every project a type and a methodology by its own research: what is read of the
registries' broad words must hold them, but for projects that the two class otherwise.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from expected import LISTS, Listed, OneOf, frame, methodology, prefixed, project_type

from offsetcheck.vocabulary.table import CandidateTable

WITNESS = "vrod/vrod-v2025-12-year-end.parquet"
LINE = "{:48} {:16} {:>8} {:>8} {:>8}"
Said = Mapping[str, Mapping[str, Any]]


def said_of_projects(data: Path) -> Said:
    """Return the type and methodology of each project, by its id, read by Polars alone."""
    listed = next(one for one in LISTS if one.path == WITNESS)
    cells = frame(data / WITNESS, listed)
    columns = (cells[name] for name in ("Project ID", "Type", "Methodology / Protocol"))
    return {
        prefixed(id_): {"project_type": project_type(kind), "methodology": methodology(method)}
        for id_, kind, method in zip(*columns, strict=True)
    }


def print_witness(read: Sequence[tuple[Listed, CandidateTable]], said: Said) -> float:
    """Print how many values that are known in part hold the witness's; return the share."""
    print("What is known in part, beside another database of the same projects")
    print(LINE.format("file", "field", "in part", "hold it", "share %"))
    every = held = 0
    for listed, table in read:
        for field in ("project_type", "methodology"):
            many, found = _held(table, field, said)
            if many:
                share = f"{100 * found / many:.2f}"
                print(LINE.format(listed.path[-48:], field, many, found, share))
            every, held = every + many, held + found
    return held / every if every else 1.0


def _held(table: CandidateTable, field: str, said: Said) -> tuple[int, int]:
    if field not in table.columns:
        return 0, 0
    many = found = 0
    for row, id_ in enumerate(table.ids):
        possible = set(table.fact(field, row).possible)
        other = said.get(id_, {}).get(field)
        others = other.values if isinstance(other, OneOf) else {other}
        if len(possible) > 1 and others - {None}:
            many, found = many + 1, found + bool(others & possible)
    return many, found
