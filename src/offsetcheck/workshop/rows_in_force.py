"""The rows of a reference table that count on a day."""

from datetime import date

from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import Row
from offsetcheck.workshop.edition_files import file_of


def rows_in_force(rulebook: Rulebook, name: str, day: date) -> list[Row]:
    """Return the rows of a table on a day; none of a table that the rulebook does not have."""
    table = rulebook.tables.get(name)
    edition = None if table is None else table.entry.on(day)
    if table is None or edition is None:
        return []
    return [row for row in file_of(table, edition).rows if row.known_on(day)]
