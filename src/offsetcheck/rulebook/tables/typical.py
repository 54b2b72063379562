"""The table of what is typical for a type of project: points of a scale that nobody has shown.

These points stand in for what is unknown, in the working score alone. A row without a type speaks
of every type that has no row of its own.
"""

from collections.abc import Mapping

from offsetcheck.rulebook.tables.served import ServedTables
from offsetcheck.vocabulary.dictionary import Dictionary

TABLE = "type_typical"
TYPE_FIELD = "project_type"
RULE, LEVEL = "rule", "level"
EVERY_TYPE = ""
LEVELS = ("1", "2", "3", "4", "5")


def typical_levels(served: ServedTables, dictionary: Dictionary) -> Mapping[str, Mapping[str, int]]:
    """Return the typical points of each rule in the table, by type of project, on a day."""
    written: dict[str, dict[str, int]] = {}
    for row in served.rows(TABLE):
        cells = row.cells
        if cells.get(LEVEL) in LEVELS:
            own = written.setdefault(cells.get(RULE, ""), {})
            own[cells.get(TYPE_FIELD, EVERY_TYPE)] = int(cells[LEVEL])
    field = dictionary.candidate.get(TYPE_FIELD)
    types = field.narrow if field is not None else ()
    return {rule: _by_type(own, types) for rule, own in written.items()}


def _by_type(written: Mapping[str, int], types: tuple[str, ...]) -> dict[str, int]:
    found = {name: written.get(name, written.get(EVERY_TYPE)) for name in types}
    return {name: points for name, points in found.items() if points is not None}
