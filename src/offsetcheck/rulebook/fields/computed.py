"""Computed fields of the dictionary: their expressions, their tables, and no circles."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.ground.circles import heights
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.in_file import FileExpressions
from offsetcheck.rulebook.expression.names import Names
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.fields.names import lookup_keys, stored_name
from offsetcheck.rulebook.fields.values import given_value
from offsetcheck.rulebook.tables.cells import cell_value, element_type
from offsetcheck.rulebook.tables.model import ReferenceTable, Row, TableFile
from offsetcheck.rulebook.tables.versions import is_range
from offsetcheck.vocabulary.dictionary import Dictionary, Field, FieldType, LookupSpec, Subject
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place


def read_computed(
    dictionary: Dictionary,
    documents: Mapping[str, Document],
    names: Mapping[Subject, Names],
    tables: Mapping[str, ReferenceTable | None],
    problems: Problems,
) -> dict[str, Node]:
    """Return the trees of derived fields by the name that rules read; check lookups and circles."""
    trees: dict[str, Node] = {}
    reads: dict[str, frozenset[str]] = {}
    places: dict[str, tuple[Document, Steps]] = {}
    for subject, field in _computed(dictionary):
        document = documents.get(subject.value)
        if document is None:
            continue
        name = stored_name(subject, field.name)
        places[name] = (document, (field.name,))
        reads[name] = _read(field, name, FileExpressions(names[subject], document, problems), trees)
        if field.lookup is not None:
            _check_lookup(
                field,
                field.lookup,
                dictionary=dictionary,
                document=document,
                tables=tables,
                problems=problems,
            )
    _check_circles(reads, places, problems)
    return trees


def _computed(dictionary: Dictionary) -> Iterator[tuple[Subject, Field]]:
    for subject in Subject:
        for field in dictionary.of(subject).values():
            if not field.is_input:
                yield subject, field


def _read(field: Field, name: str, read: FileExpressions, trees: dict[str, Node]) -> frozenset[str]:
    """Read a derived field's expression and return the names that the field rests on."""
    if field.derive is None:
        return frozenset(lookup_keys(field))
    node = read.value((field.name, "derive"), field.derive, field.type)
    if node is not None:
        trees[name] = node
    return frozenset(read.names)


def _check_circles(
    reads: Mapping[str, frozenset[str]],
    places: Mapping[str, tuple[Document, Steps]],
    problems: Problems,
) -> None:
    """Note each field that rests on itself, or on one that does."""
    sound = heights(reads)
    left = {name: needs for name, needs in reads.items() if name not in sound}
    for name, needs in left.items():
        document, steps = places[name]
        others = ", ".join(f"`{other}`" for other in sorted(needs & left.keys()))
        problems.at_key(
            document, steps, f"`{steps[0]}` is computed from itself", f"by way of {others}"
        )


def _check_lookup(
    field: Field,
    lookup: LookupSpec,
    *,
    dictionary: Dictionary,
    document: Document,
    tables: Mapping[str, ReferenceTable | None],
    problems: Problems,
) -> None:
    steps: Steps = (field.name, "lookup")
    _check_keys(field, lookup, dictionary, document, problems)
    if lookup.collect and field.type not in {FieldType.CODES, FieldType.INTEGERS}:
        problems.at_value(
            document, (*steps, "collect"), "only a list can collect", "make the type `codes`"
        )
    if not lookup.collect and field.type in {FieldType.CODES, FieldType.INTEGERS}:
        problems.at_value(document, steps, "a list needs `collect: true`")
    if lookup.absent is not None and not _is_value(lookup.absent, field):
        problems.at_value(
            document, (*steps, "absent"), f"`{lookup.absent}` is no value of `{field.name}`"
        )
    if lookup.table not in tables:
        hint = did_you_mean(lookup.table, tables)
        message, names = f"there is no table `{lookup.table}`", f"table {lookup.table}"
        problems.at_value(document, (*steps, "table"), message, hint, names=names)
    table = tables.get(lookup.table)
    for name, file in table.files.items() if table else ():
        _check_columns(lookup, file, name, document=document, steps=steps, problems=problems)
        _check_rows(field, lookup, file.rows, name, problems)


def _is_value(value: object, field: Field) -> bool:
    """Whether a field can have the value where no row matches: of a list that is the empty one."""
    kind = element_type(field.type)
    if kind is not field.type:
        return value == ()
    coded = not field.codes or value in field.codes
    return given_value(value, kind) is not None and coded


def _check_keys(
    field: Field, lookup: LookupSpec, dictionary: Dictionary, document: Document, problems: Problems
) -> None:
    known = {
        stored_name(s, name) for s in (field.subject, Subject.PURCHASE) for name in dictionary.of(s)
    }
    steps: Steps = (field.name, "lookup")
    for column, key in zip(lookup.on, lookup_keys(field), strict=True):
        if key not in known:
            where = (
                (*steps, "keys", column)
                if column in lookup.keys
                else (*steps, "on", lookup.on.index(column))
            )
            message, names = f"there is no field `{key}`", f"field {key}"
            problems.at_value(document, where, message, did_you_mean(key, known), names=names)
    for group, columns in (("keys", lookup.keys), ("match", lookup.match)):
        for column in columns:
            if column not in lookup.on:
                problems.at_key(
                    document, (*steps, group, column), f"`{column}` is not a column of `on`"
                )
    if len(lookup.match) > 1:
        problems.at_value(document, (*steps, "match"), "one column only can be a range")
    if not lookup.on:
        problems.at_value(document, steps, "`on` needs at least one column")


def _check_columns(
    lookup: LookupSpec,
    file: TableFile,
    name: str,
    *,
    document: Document,
    steps: Steps,
    problems: Problems,
) -> None:
    wanted: Sequence[tuple[Steps, str]] = [
        *(((*steps, "on", index), column) for index, column in enumerate(lookup.on)),
        ((*steps, "column"), lookup.column),
        *(((*steps, "where", column), column) for column in lookup.where),
    ]
    for where, column in wanted:
        if file.columns and column not in file.columns:
            hint = did_you_mean(column, file.columns)
            message, names = f"the table {name} has no column `{column}`", f"column {name} {column}"
            problems.at_value(document, where, message, hint, names=names)


def _check_rows(
    field: Field, lookup: LookupSpec, rows: Sequence[Row], name: str, problems: Problems
) -> None:
    """Check that each cell is a value of the field and each version a range."""
    for row in rows:
        if not lookup.keeps(row.cells):
            continue
        cell = row.cells.get(lookup.column)
        if cell and cell_value(cell, field) is None:
            place = Place(name, row.line, field=lookup.column)
            problems.add(
                place, f"`{cell[:40]}` is no value of `{field.name}`", _cell_hint(cell, field)
            )
        for column in lookup.match:
            version = row.cells.get(column)
            if version and not is_range(version):
                place = Place(name, row.line, field=column)
                problems.add(
                    place, f"`{version[:40]}` is no range of versions", "write 1.0-2.1 or 1.0, 1.1"
                )


def _cell_hint(cell: str, field: Field) -> str | None:
    return did_you_mean(cell, field.codes) if field.codes else None
