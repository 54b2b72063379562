"""What is otherwise in reference tables: editions, and rows by their keys."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from offsetcheck.difference.meaning.fields import readers_of
from offsetcheck.difference.meaning.model import Books, Change, Period, Topic, names_of_both
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.tables.model import (
    GRADE,
    KNOWN_FROM,
    REASON,
    SOURCE,
    STANDING,
    UNTIL,
    Edition,
    ReferenceTable,
    Row,
)
from offsetcheck.vocabulary.dictionary import LookupSpec

ABOUT = frozenset((STANDING, SOURCE, REASON, "note", "contested_by", "conditions", "condition"))
"""Columns that say where a row is from, where no lookup reads them."""
EDITION_KEYS = ("label", "published", "grade")
Cells = tuple[tuple[str, str], ...]


def table_changes(books: Books) -> Iterator[Change]:
    """Yield what is otherwise in the tables."""
    for name in names_of_both(books.old.tables, books.new.tables):
        old, new = books.old.tables.get(name), books.new.tables.get(name)
        if old is None or new is None:
            yield _whole(name, books)
        elif old != new:
            columns = _columns(name, books)
            yield from _editions(name, old, new, books)
            yield from _rows(_Compared(name, old, new, columns, _reach(name, books)), books)


def _whole(name: str, books: Books) -> Change:
    is_new = name in books.new.tables
    before, after = (None, name) if is_new else (name, None)
    return Change(
        Topic.TABLE, "table", "tables/tables.yaml", (f"tables/{name}",), (name,), name=name,
        before=before, after=after, reach=_reach(name, books), decides=False,
    )  # fmt: skip


def _reach(name: str, books: Books) -> tuple[str, ...]:
    """Return the cities that have a rule which reads a table, in either rulebook."""
    rules = {rule for book in books.sides for rule in readers_of(book, _fields(book, name))}
    if not any(_lookups(book, name) for book in books.sides):
        return books.lasting  # read by the engine itself, such as typical points
    return tuple(
        city
        for city in books.lasting
        if any(books.effective(book, rule, city) for book in books.sides for rule in rules)
    )


def _fields(book: Rulebook, table: str) -> frozenset[str]:
    dictionary = book.dictionary
    groups = (dictionary.candidate, dictionary.purchase, dictionary.portfolio)
    return frozenset(
        name
        for group in groups
        for name, field in group.items()
        if field.lookup is not None and field.lookup.table == table
    )


def _lookups(book: Rulebook, table: str) -> list[LookupSpec]:
    dictionary = book.dictionary
    groups = (dictionary.candidate, dictionary.purchase, dictionary.portfolio)
    found = (field.lookup for group in groups for field in group.values())
    return [lookup for lookup in found if lookup is not None and lookup.table == table]


def _columns(table: str, books: Books) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the columns that decide (empty: all but those about a row), and those of the key."""
    lookups = [lookup for book in books.sides for lookup in _lookups(book, table)]
    read = {KNOWN_FROM, UNTIL, GRADE} if lookups else set()
    for lookup in lookups:
        read |= {*lookup.on, lookup.column, *lookup.where}
    written = books.new.tables[table].entry.key
    key = written or tuple(dict.fromkeys(column for lookup in lookups for column in lookup.on))
    return frozenset(read), key


def _editions(
    name: str, old: ReferenceTable, new: ReferenceTable, books: Books
) -> Iterator[Change]:
    was, now = (_by_day(table) for table in (old, new))
    reach = _reach(name, books)
    for day in dict.fromkeys([*was, *now]):
        before, after = was.get(day), now.get(day)
        steps = _edition_steps(name, new, day)
        if before is None or after is None:
            edition = after or before
            assert edition is not None  # noqa: S101 - one of the two is there
            yield Change(
                Topic.TABLE, "edition", "tables/tables.yaml", (f"tables/{name}",), steps,
                name=name, before=before and before.label, after=after and after.label,
                period=Period(edition.valid_from), reach=reach, noted=_explained(after),
            )  # fmt: skip
            continue
        yield from _aged(name, before, after, steps, reach)
        for key in EDITION_KEYS:
            if getattr(before, key) != getattr(after, key):
                yield Change(
                    Topic.TABLE, f"edition_{key}", "tables/tables.yaml", (f"tables/{name}",),
                    (*steps, key), name=name, before=getattr(before, key),
                    after=getattr(after, key), reach=reach, decides=key == "grade",
                    period=Period(day),
                )  # fmt: skip


def _aged(
    name: str, before: Edition, after: Edition, steps: tuple[str | int, ...], reach: tuple[str, ...]
) -> Iterator[Change]:
    """Yield the day from which an edition answers nothing any more, where it is another one."""
    days = [
        None if one.stale_after is None else one.published + timedelta(days=one.stale_after + 1)
        for one in (before, after)
    ]
    if days[0] != days[1]:
        known = [day for day in days if day is not None]
        yield Change(
            Topic.TABLE, "edition_stale", "tables/tables.yaml", (f"tables/{name}",), steps,
            name=name, before=days[0], after=days[1], reach=reach,
            period=Period(min(known), max(known) if len(known) > 1 else None),
        )  # fmt: skip


def _explained(edition: Edition | None) -> bool:
    return edition is not None and (edition.note is not None or edition.reason is not None)


def _by_day(table: ReferenceTable) -> dict[date, Edition]:
    """Return the editions by their first day, which tells them apart whatever they are called."""
    return {edition.valid_from: edition for edition in table.entry.editions}


def _edition_steps(name: str, table: ReferenceTable, day: date) -> tuple[str | int, ...]:
    places = [i for i, one in enumerate(table.entry.editions) if one.valid_from == day]
    return (name, "editions", places[0]) if places else (name,)


@dataclass(frozen=True, slots=True)
class _Compared:
    """A table on both sides; `columns` are those that decide, and those of the key."""

    name: str
    old: ReferenceTable
    new: ReferenceTable
    columns: tuple[frozenset[str], tuple[str, ...]]
    reach: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    """An edition that both rulebooks have: its file in the newer one, and the first day of rows."""

    of: _Compared
    file: str
    first: date


def _rows(compared: _Compared, books: Books) -> Iterator[Change]:
    """Yield the rows of the editions that both rulebooks have, each file once."""
    was, now = (_by_day(side) for side in (compared.old, compared.new))
    seen: set[tuple[str, str]] = set()
    began = max(book.first_day for book in books.sides)
    for day in (one for one in was if one in now):
        files = f"tables/{was[day].file}", f"tables/{now[day].file}"
        if files not in seen:
            seen.add(files)
            old, new = compared.old.files[files[0]].rows, compared.new.files[files[1]].rows
            first = max(day, began)
            yield from _rows_of(_Pair(compared, files[1], first), old, new)


def _rows_of(pair: _Pair, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    was, now = _without_same(old, new)
    before, after = _keyed(was, pair.of.columns[1]), _keyed(now, pair.of.columns[1])
    for key in names_of_both(before, after):
        gone, come = before.get(key, []), after.get(key, [])
        for one, other in zip_longest(gone, come):
            yield _row(pair, one, other)


def _without_same(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows of each side that the other has not, however often a row stands there."""
    sides = []
    for own, others in ((old, new), (new, old)):
        left: dict[Cells, int] = defaultdict(int)
        for row in others:
            left[_cells(row)] += 1
        kept = []
        for row in own:
            left[_cells(row)] -= 1
            if left[_cells(row)] < 0:
                kept.append(row)
        sides.append(kept)
    return sides[0], sides[1]


def _cells(row: Row) -> Cells:
    """Return the cells that hold anything: a new empty column makes no other row."""
    return tuple(sorted((column, cell) for column, cell in row.cells.items() if cell))


def _keyed(rows: Sequence[Row], key: Sequence[str]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        columns = key or tuple(row.cells)[:1]
        name = " ".join(cell for column in columns if (cell := row.cells.get(column, "")))
        found.setdefault(name or "–", []).append(row)
    return found


def _row(pair: _Pair, old: Row | None, new: Row | None) -> Change:
    row = new or old
    assert row is not None  # noqa: S101 - one of the two is there
    changed = _changed(old, new)
    read, key = pair.of.columns
    decides = any(column in read if read else column not in ABOUT for column, _, _ in changed)
    before, after = _shown(changed, row, old, new)
    return Change(
        Topic.TABLE, "row" if decides else "row_words", pair.file, (f"tables/{pair.of.name}",),
        (new.line,) if new else (), name=next(iter(_keyed([row], key))), before=before,
        after=after, period=_row_period(pair, old, new), reach=pair.of.reach if decides else (),
        decides=decides,
    )  # fmt: skip


def _changed(old: Row | None, new: Row | None) -> list[tuple[str, str, str]]:
    was, now = (row.cells if row else {} for row in (old, new))
    return [
        (column, was.get(column, ""), now.get(column, ""))
        for column in names_of_both(was, now)
        if was.get(column, "") != now.get(column, "")
    ]


def _shown(
    changed: Sequence[tuple[str, str, str]], row: Row, old: Row | None, new: Row | None
) -> tuple[str | None, str | None]:
    """Return the cells of a row that are otherwise, each with its column; all of a new row."""
    if old is None or new is None:
        said = ", ".join(f"{column} {cell}" for column, cell in row.cells.items() if cell)
        return (None, said) if old is None else (said, None)
    sides = ((c, was, now) for c, was, now in changed)
    pairs = [(f"{c} {was or '–'}", f"{c} {now or '–'}") for c, was, now in sides]
    return ", ".join(was for was, _ in pairs), ", ".join(now for _, now in pairs)


def _row_period(pair: _Pair, old: Row | None, new: Row | None) -> Period:
    """Return the days on which the answer of a row can be another: those when it is known."""
    known = [_known(row, pair.first) for row in (old, new) if row is not None]
    changed = {column for column, _, _ in _changed(old, new)}
    since, ends = [one.since for one in known], [one.until for one in known]
    of_days = changed - ABOUT
    if old is not None and new is not None and of_days == {KNOWN_FROM}:
        return Period(min(since), max(since))
    if old is not None and new is not None and of_days == {UNTIL}:
        return Period(min(end for end in ends if end is not None), _last(ends))
    return Period(min(since), _last(ends))


def _known(row: Row, first: date) -> Period:
    since, until = _day(row.cells.get(KNOWN_FROM)), _day(row.cells.get(UNTIL))
    ends = None if until is None else max(until + timedelta(days=1), first)
    return Period(max(since or first, first), ends)


def _last(ends: Sequence[date | None]) -> date | None:
    return None if None in ends else max(end for end in ends if end is not None)


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None
