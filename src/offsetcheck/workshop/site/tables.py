"""The page of each reference table: its editions, its columns, and the rows that serve."""

from collections.abc import Iterator
from datetime import timedelta

from offsetcheck.rulebook.tables.model import Edition, Row, TableEntry, TableFile
from offsetcheck.vocabulary.evidence import Standing
from offsetcheck.vocabulary.site_explanation import (
    ColumnLine,
    EditionLine,
    Named,
    RowLine,
    TablePage,
)
from offsetcheck.workshop.site.rule_pages import in_order, tables_of
from offsetcheck.workshop.site.scope import Scope, every_field, page_of
from offsetcheck.workshop.site.steps import steps_asking


def table_pages(scope: Scope) -> tuple[TablePage, ...]:
    """Return a page for each table, in the order of tables.yaml."""
    readers: dict[str, list[str]] = {}
    for rule in in_order(scope):
        for table in tables_of(rule):
            readers.setdefault(table, []).append(rule.id)
    asking = steps_asking(scope)
    return tuple(
        _page(scope, name, readers.get(name, []), asking.get(name, ()))
        for name in scope.rulebook.tables
    )


def _page(scope: Scope, name: str, readers: list[str], steps: tuple[Named, ...]) -> TablePage:
    table = scope.rulebook.tables[name]
    edition = table.entry.on(scope.day)
    file = table.files.get(f"tables/{edition.file}") if edition else None
    return TablePage(
        id=name,
        title=scope.table_named(name).title,
        editions=tuple(_edition(scope, one, edition) for one in table.entry.editions),
        columns=tuple(_columns(table.entry, file)),
        rows=tuple(_row(scope, row, table.entry, edition) for row in (file.rows if file else ())),
        fields=tuple(_fields(scope, name)),
        rules=scope.rules_named(readers),
        note=table.entry.note,
        steps=steps,
    )


def _edition(scope: Scope, edition: Edition, serving: Edition | None) -> EditionLine:
    wording = scope.wording
    stale = edition.stale_after
    last = edition.published + timedelta(days=stale) if stale else None
    cited = filter(None, (edition.source, *edition.sources))
    return EditionLine(
        label=edition.label,
        published=wording.day(edition.published),
        valid_from=wording.day(edition.valid_from),
        stale_from=wording.day(last) if last else None,
        reason=edition.reason,
        sources=tuple(filter(None, map(scope.source, cited))),
        serves=edition is serving,
    )


def _columns(entry: TableEntry, file: TableFile | None) -> Iterator[ColumnLine]:
    for name in file.columns if file else ():
        yield ColumnLine(name=name, note=entry.columns.get(name))


def _row(scope: Scope, row: Row, entry: TableEntry, edition: Edition | None) -> RowLine:
    """Return a row with its weakest standing; without a column of its own, the edition's."""
    columns = dict.fromkeys((*entry.standings.values(), "standing"))
    words = [row.cells[column] for column in columns if row.cells.get(column) in set(Standing)]
    if not words and edition is not None and edition.origin is not None:
        words = [edition.origin.standing.value]
    weakest = max(map(Standing, words), key=list(Standing).index, default=None)
    return RowLine(
        cells=tuple(row.cells.values()),
        standing=weakest,
        standing_words=scope.wording.word(f"standing.{weakest}") if weakest else None,
    )


def _fields(scope: Scope, table: str) -> Iterator[Named]:
    for field in every_field(scope.rulebook.dictionary):
        if field.lookup is not None and field.lookup.table == table:
            yield Named(id=page_of(field), title=scope.wording.field_title(field))
