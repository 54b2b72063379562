from collections.abc import Iterator

from offsetcheck.rulebook.fields.names import field_named, lookup_keys
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
                    yield Problem(
                        message, Place(file, row.line, field=column), hint, Severity.ERROR
                    )
