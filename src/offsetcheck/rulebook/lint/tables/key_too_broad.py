from collections.abc import Iterator

from offsetcheck.rulebook.fields.names import field_named, lookup_keys
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Field, LookupSpec, Subject
from offsetcheck.vocabulary.problem import Place, Problem, Severity


def keys_of_tables_are_narrow(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rows under a word that covers several codes: no project's key is ever that word."""
    found = {
        problem.place: problem
        for subject in Subject
        for field in rulebook.dictionary.of(subject).values()
        if field.lookup is not None
        for problem in _broad_keys(rulebook, field, field.lookup)
    }
    yield from found.values()


def _broad_keys(rulebook: Rulebook, field: Field, lookup: LookupSpec) -> Iterator[Problem]:
    table = rulebook.tables.get(lookup.table)
    for column, name in zip(lookup.on, lookup_keys(field), strict=True):
        key = field_named(rulebook.dictionary, name)
        broad = set(key.codes) - set(key.narrow) if key is not None else set()
        for file, content in table.files.items() if table and broad else ():
            for row in content.rows:
                if row.cells.get(column) in broad:
                    message = f"`{row.cells[column]}` covers several codes of `{name}`"
                    hint = "write a row for each of them"
                    yield Problem(message, Place(file, row.line, field=column), hint)


CHECK = Check(
    id="tables.key_too_broad",
    severity=Severity.ERROR,
    title="A row of a table stands under a word that covers several codes",
    finds=(
        "Cells of a column by which a field is looked up that hold a word covering several codes."
    ),
    why="No project's key is ever such a word, so the row is never found.",
    wrong="""\
project_type,durability
forestry,40
""",
    right="""\
project_type,durability
afforestation,40
improved_forest_management,40
""",
    step="Write a row for each of the codes.",
    look=keys_of_tables_are_narrow,
)
