"""How the rows of a list meet a table: per lookup, who finds a row, and which keys find none."""

from offsetcheck.vocabulary.explained import Explained, Explanation


class KeyLine(Explained):
    """A key that meets no row: its parts by field, how many rows of the list have it, and tonnes.

    `tonnes` is None where no row with the key states any.
    """

    key: tuple[tuple[str, str], ...]
    rows: int
    tonnes: float | None


class LookupLine(Explained):
    """How many rows of a list a lookup answers for, and why not for the others.

    `found` meet a row, `none` meet none and get what the field says is `absent` (None: unknown),
    `stale` ask an edition that no longer serves, `key_unknown` lack a part of the key or state it
    in part. They add up to `rows`.
    """

    field: str
    title: str
    on: tuple[str, ...]
    absent: str | None
    rows: int
    found: int
    none: int
    stale: int
    key_unknown: int
    without: tuple[KeyLine, ...]


class Matching(Explanation):
    """A table held against a list: one line for each field that looks something up in it."""

    kind: str = "matching"
    table: str
    edition: str | None
    list: str
    as_of: str
    rows: int
    lookups: tuple[LookupLine, ...]
