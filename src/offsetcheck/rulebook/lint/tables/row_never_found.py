from collections.abc import Iterator, Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.fields.names import field_named, lookup_keys
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import ReferenceTable
from offsetcheck.vocabulary.dictionary import Field, LookupSpec, Subject
from offsetcheck.vocabulary.problem import Place, Problem, Severity

Words = Mapping[str, frozenset[str]]
"""The words that a column may hold, by column."""


def rows_can_be_found(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rows whose key is no code of its field, or that no lookup keeps."""
    reading: dict[str, list[tuple[Field, LookupSpec]]] = {}
    for subject in Subject:
        for field in rulebook.dictionary.of(subject).values():
            if field.lookup is not None:
                reading.setdefault(field.lookup.table, []).append((field, field.lookup))
    for name, lookups in reading.items():
        table = rulebook.tables.get(name)
        if table is not None:
            yield from _never_found(table, _allowed(rulebook, lookups))


def _allowed(rulebook: Rulebook, lookups: list[tuple[Field, LookupSpec]]) -> Words:
    """Return the words of the columns by which every lookup of a table finds its rows."""
    found: dict[str, list[frozenset[str]]] = {}
    for field, lookup in lookups:
        for column, name in zip(lookup.on, lookup_keys(field), strict=True):
            key = field_named(rulebook.dictionary, name)
            if key is not None and key.codes:
                found.setdefault(column, []).append(frozenset(key.codes))
        for column in lookup.where:
            found.setdefault(column, []).append(frozenset(lookup.words(column)))
    return {
        column: frozenset().union(*words)
        for column, words in found.items()
        if len(words) == len(lookups)
    }


def _never_found(table: ReferenceTable, allowed: Words) -> Iterator[Problem]:
    for file, content in table.files.items() if allowed else ():
        for row in content.rows:
            for column, words in allowed.items():
                cell = row.cells.get(column)
                if cell and cell not in words:
                    message = f"no lookup ever asks for `{cell}`"
                    place = Place(file, row.line, field=column)
                    yield Problem(message, place, did_you_mean(cell, words))


CHECK = Check(
    id="tables.row_never_found",
    severity=Severity.ERROR,
    title="A row of a table is never found",
    finds=(
        "Cells of the columns by which rows are found that hold no code of the field, or a word "
        "that no lookup keeps."
    ),
    why="The row says nothing about any project, although its author meant it to.",
    wrong="""\
id,kind,status
VCS902,findng,open
""",
    right="""\
id,kind,status
VCS902,finding,open
""",
    step="Write the word as the dictionary has it.",
    look=rows_can_be_found,
)
