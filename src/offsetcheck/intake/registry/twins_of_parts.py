"""Projects under more than one programme by one name, in a list that is read part by part."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from offsetcheck.intake.registry.twins import Listed, fact_of, names_in, stating_twins, values_in
from offsetcheck.vocabulary.table import CandidateTable

PROGRAMME = "programme"


@dataclass(slots=True)
class TwinsOfParts:
    """Takes all parts of a list first, then tells each part which of its names stand elsewhere.

    Of a row it keeps a number for its name and country, its programme, id and line: some fifty
    bytes. Two names may have one number, of 64 bits; among five million they hardly ever do.
    """

    _parts: list[pl.DataFrame] = field(default_factory=list)
    _found: Mapping[int, Sequence[Listed]] | None = None

    def take(self, table: CandidateTable) -> None:
        """Take the names of a part."""
        told = values_in(table, PROGRAMME)
        names = enumerate(names_in(table))
        named = {row: name for row, name in names if name is not None and told[row] is not None}
        programmes = [str(told[row]) for row in named]
        self._parts.append(
            pl.DataFrame(
                {
                    "key": _keys(list(named.values())),
                    "programme": pl.Series(programmes, dtype=pl.String),
                    "id": pl.Series([table.ids[row] for row in named], dtype=pl.String),
                    "line": pl.Series([table.lines[row] for row in named], dtype=pl.Int64),
                }
            )
        )

    def stated(self, table: CandidateTable) -> CandidateTable:
        """Return a part whose rows state the other programmes that have their name anywhere."""
        found = self._twins()
        facts = {}
        programmes = values_in(table, PROGRAMME)
        named = {row: name for row, name in enumerate(names_in(table)) if name is not None}
        for row, key in zip(named, _keys(list(named.values())), strict=True):
            others = [one for one in found.get(key, ()) if one.programme != programmes[row]]
            if programmes[row] is not None and others:
                facts[row] = fact_of(others, table)
        return stating_twins(table, facts)

    def _twins(self) -> Mapping[int, Sequence[Listed]]:
        """Return by number the rows of each name that stands under two programmes or more."""
        if self._found is None:
            every = pl.concat(self._parts) if self._parts else pl.DataFrame(schema=["key"])
            self._parts.clear()
            found: dict[int, list[Listed]] = defaultdict(list)
            if every.width > 1:
                several = pl.col("programme").n_unique().over("key") > 1
                for key, programme, name, line in every.filter(several).iter_rows():
                    found[key].append(Listed(programme, name, line))
            self._found = found
        return self._found


def _keys(names: Sequence[tuple[str, object]]) -> pl.Series:
    return pl.Series([f"{name}\0{country}" for name, country in names], dtype=pl.String).hash()
