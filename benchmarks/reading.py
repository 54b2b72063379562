"""Print how many key cells of the public lists are read right, cell by cell, by each layout.

Each file is read a second time with plain Polars (`expected.py`). A cell is wrong in silence where
another value was read than it states, and unsaid where nothing was read and no problem says so.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from expected import LISTS, REFUSED, STATED, Listed, OneOf, frame
from witness import WITNESS, print_witness, said_of_projects

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.bidsheet import read_bid_sheet
from offsetcheck.intake.files.read import sheet_of_bytes
from offsetcheck.intake.headings.names import header_forms
from offsetcheck.intake.headings.plan import NOTHING_SAID, plan_columns
from offsetcheck.intake.layouts.known import record_paths, registry_headers
from offsetcheck.intake.ledgers.model import Ledger
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.problem import InputError
from offsetcheck.vocabulary.reading import BID_SHEET
from offsetcheck.vocabulary.table import CandidateTable, Column

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
KNOWN_RIGHT = 0.995
PLAIN_RIGHT = 0.85
WITNESSED = 0.99
NO_ID = "row-"
"""How a row is called whose id was refused."""
LINE = "{:48} {:20} {:>6} {:>8} {:>8} {:>7} {:>7} {:>6}"


@dataclass
class Score:
    """What became of the key cells of a file, and some that differ as (row, field, cell, read)."""

    cells: int = 0
    right: int = 0
    wrong: int = 0
    unsaid: int = 0
    lost: int = 0
    differ: list[tuple[int, str, str, str]] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.cells += other.cells
        self.right += other.right
        self.wrong += other.wrong
        self.unsaid += other.unsaid
        self.lost += other.lost

    @property
    def share(self) -> float:
        return self.right / self.cells if self.cells else 1.0


def by_layout(path: Path, dictionary: Dictionary) -> CandidateTable:
    """Return a file as the package reads it, a ledger as the table of its lots."""
    try:
        return offers_of_bytes(path.read_bytes(), path.name, dictionary)
    except InputError as refused:
        found = getattr(refused, "found", None)
        if found is None:
            raise
        from offsetcheck.intake.ledgers.read import read_ledger

        return with_lots(read_ledger(refused.sheet, found, dictionary))


def with_lots(ledger: Ledger) -> CandidateTable:
    """Return the table of a ledger with what it says of the units of each row beside the facts."""
    lots = ledger.lots
    blocks = [(lot.blocks[0].start, lot.blocks[0].end) if lot.blocks else None for lot in lots]
    added: dict[str, Sequence[Any]] = {
        "lot_tonnes": [lot.tonnes for lot in lots],
        "lot_state": [lot.state.value for lot in lots],
        "gone_on": [lot.gone_on for lot in lots],
        "block": blocks,
    }
    columns = {name: Column(values, EvidenceGrade.E1) for name, values in added.items()}
    return replace(ledger.table, columns={**ledger.table.columns, **columns})


def plainly(path: Path, dictionary: Dictionary) -> CandidateTable:
    """Return a file as a bid sheet, whatever layout it has."""
    known = registry_headers() | header_forms(dictionary)
    sheet = sheet_of_bytes(path.read_bytes(), path.name, known, record_paths())
    return read_bid_sheet(sheet, plan_columns(sheet, dictionary, NOTHING_SAID), dictionary)


def score(listed: Listed, table: CandidateTable, columns: Mapping[str, Any]) -> Score:
    """Compare the key cells of a file with what was read of it."""
    cells = frame(DATA / listed.path, listed)
    total = Score()
    rows = aligned(table, cells[_heading(columns["name"])].to_list())
    for name, (headings, expect) in columns.items():
        texts = zip(*(cells[h].to_list() for h in _headings(headings)), strict=True)
        stated = [(" | ".join(one), expect(*one)) for one in texts]
        total.add(found := _column(table, name, stated, rows, _headings(headings)))
        total.differ += found.differ
    for name, value in listed.constants.items() if table.layout != BID_SHEET else ():
        total.add(_column(table, name, [(str(value), value)] * len(cells), rows, ()))
    return total


def aligned(table: CandidateTable, names: Sequence[str]) -> list[int | None]:
    """Return the table's row of each row of the file by the names in their order; None: set aside."""
    column = table.columns.get("name")
    raw = [" ".join((text or "").split()) for text in column.raw] if column and column.raw else []
    at, rows = 0, []
    for name in names:
        here = at < len(raw) and (raw[at] == " ".join(name.split()) or len(raw) == len(names))
        rows.append(at if here else None)
        at += here
    return rows if raw else [at if at < len(table) else None for at in range(len(names))]


def _column(
    table: CandidateTable,
    name: str,
    cells: Sequence[tuple[str, Any]],
    rows: Sequence[int | None],
    headings: Sequence[str],
) -> Score:
    """Compare one column: each cell with what it states, at the table's row of it."""
    found = Score()
    unread = 0
    for row, (text, expected) in enumerate(cells):
        at = rows[row]
        fact = table.fact(name, at) if at is not None and name in table.columns else Fact()
        nothing = fact.value is None and not fact.possible
        found.cells += expected is not None
        if expected is None and nothing:
            continue
        if (expected is REFUSED and nothing) or _is_right(expected, fact):
            found.right += expected is not None
        elif nothing:
            unread += 1
            _note(found, (row, name, text), fact)
        else:
            found.wrong += 1
            _note(found, (row, name, text), fact, expected)
    said = unread if _is_said_unused(table, name, headings) else _lost(table, name)
    found.unsaid, found.lost = max(0, unread - said), min(unread, said)
    return found


def _is_said_unused(table: CandidateTable, name: str, headings: Sequence[str]) -> bool:
    """Return whether the account of the file says of each of some columns that it is not this field."""
    seen = table.reading.columns if table.reading else ()
    other = {
        " ".join(column.header.split())
        for column in seen
        if column.field != name and name not in column.also
    }
    return bool(headings) and all(" ".join(heading.split()) in other for heading in headings)


def _lost(table: CandidateTable, name: str) -> int:
    """Return how many cells of a field are said not to have been read."""
    if name not in table.columns:
        return 0
    seen = table.reading.columns if table.reading else ()
    counted = sum(column.lost for column in seen if column.field == name)
    return counted or len(
        [p for p in table.problems if p.place.field == table.columns[name].header]
    )


def _note(found: Score, cell: tuple[int, str, str], fact: Fact, expected: Any = None) -> None:
    row, name, text = cell
    read = fact.value if fact.value is not None else list(fact.possible)[:4] or None
    more = "" if expected is None else f", expected {_shown(expected)}"
    found.differ.append((row, name, text[:90], f"{_shown(read)}{more}"))


def _shown(value: Any) -> str:
    if isinstance(value, OneOf):
        return f"one of {sorted(value.values)}" if value.values else "known in part"
    return "refused" if value is REFUSED else str(value)[:90]


def _is_right(expected: Any, fact: Fact) -> bool:
    if isinstance(expected, OneOf):
        told = {fact.value} if fact.value is not None else {*fact.possible}
        return told <= expected.values if expected.values else bool(fact.possible)
    if expected is STATED:
        return fact.value is not None or bool(fact.possible)
    if expected is REFUSED:
        return isinstance(fact.value, str) and fact.value.startswith(NO_ID)
    if expected is None or fact.value is None:
        return False
    if isinstance(expected, float):
        return isinstance(fact.value, (int, float)) and math.isclose(
            fact.value, expected, rel_tol=1e-12
        )
    return bool(fact.value == expected)


def _headings(headings: str | tuple[str, ...]) -> tuple[str, ...]:
    return (headings,) if isinstance(headings, str) else headings


def _heading(column: tuple[Any, Any]) -> str:
    return _headings(column[0])[0]


def without_layout(listed: Listed) -> dict[str, Any]:
    """Return what can be known of a file by its headings alone: no constants, ids without prefix."""
    columns = {**listed.columns, **{n: c for n, c in listed.plainly.items() if c is not None}}
    heading, expect = columns.get("id", (None, None))
    if heading is not None:
        columns["id"] = (heading, lambda cell: _any_id(cell, expect(cell)))
    return {n: c for n, c in columns.items() if listed.plainly.get(n, c) is not None}


def _any_id(cell: str, identity: Any) -> Any:
    return OneOf(frozenset({identity, cell.strip()})) if isinstance(identity, str) else identity


def _print(listed: Listed, layout: str, rows: int, found: Score, show: int) -> None:
    figures = (found.cells, f"{100 * found.share:.2f}", found.wrong, found.unsaid, found.lost)
    print(LINE.format(listed.path[-48:], layout[:20], rows, *figures))
    kinds = Counter((name, cell, read) for _, name, cell, read in found.differ)
    first = {(name, cell, read): row for row, name, cell, read in reversed(found.differ)}
    for (name, cell, read), many in kinds.most_common(show):
        print(f"    {name}, row {first[name, cell, read]} ({many}): “{cell}” -> {read}")


def measured(
    chosen: Sequence[Listed],
    dictionary: Dictionary,
    show: int,
    tables: list[tuple[Listed, CandidateTable]],
    *,
    known: bool,
) -> Iterator[Score]:
    print(LINE.format("file", "read as", "rows", "cells", "right %", "wrong", "unsaid", "lost"))
    for listed in chosen:
        path = DATA / listed.path
        try:
            table = by_layout(path, dictionary) if known else plainly(path, dictionary)
        except InputError as refused:
            print(f"{listed.path[-48:]:48} not read: {refused.problems[0].message[:90]}")
            continue
        if known and table.layout == BID_SHEET:
            print(f"{listed.path[-48:]:48} has no layout here ({listed.layout})")
            continue
        columns = {**listed.columns, **listed.lots} if known else without_layout(listed)
        tables.append((listed, table))
        found = score(listed, table, columns)
        _print(listed, table.layout, len(table), found, show)
        yield found


def _total(scores: Sequence[Score], asked: float, *, silent: bool) -> bool:
    """Print a total beside what is asked, and return whether that is reached."""
    total = Score()
    for found in scores:
        total.add(found)
    reached = total.share >= asked and (not silent or (total.wrong, total.unsaid) == (0, 0))
    lowest = min((found.share for found in scores), default=1.0)
    if silent:
        reached = reached and lowest >= asked
    print(
        f"{total.cells:,} key cells, {100 * total.share:.2f} % right (asked {100 * asked:g} %; lowest file "
        f"{100 * lowest:.2f} %), {total.wrong:,} wrong in silence, {total.unsaid:,} unsaid, {total.lost:,} said "
        f"to be lost{' (asked 0 and 0)' if silent else ''}: {'reached' if reached else 'MISSED'}\n"
    )
    return reached


def main() -> int:
    """Measure the files that are there; status 1 where what is asked is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", default="", help="only files whose path holds this")
    parser.add_argument(
        "--show", type=int, default=0, help="print so many kinds of difference of a file"
    )
    parser.add_argument(
        "--resaved", action="store_true", help="compare each list with itself, saved anew"
    )
    asked = parser.parse_args()
    chosen = [one for one in LISTS if asked.file in one.path and (DATA / one.path).exists()]
    if not chosen:
        print(f"left out: none of the public lists is in {DATA}")
        return 0
    dictionary = load_rulebook(bundled("rules")).dictionary
    if asked.resaved:
        from resaving import print_resaved

        return 0 if print_resaved([DATA / one.path for one in chosen], dictionary) else 1
    print("With layouts")
    tables: list[tuple[Listed, CandidateTable]] = []
    known = [*measured(chosen, dictionary, asked.show, tables, known=True)]
    good = _total(known, KNOWN_RIGHT, silent=True)
    if (DATA / WITNESS).exists():
        share = print_witness(tables, said_of_projects(DATA))
        print(f"{100 * share:.2f} % hold it (asked {100 * WITNESSED:g} %)\n")
        good = good and share >= WITNESSED
    print("With layouts switched off")
    plain = [*measured(chosen, dictionary, asked.show, [], known=False)]
    silent = sum(found.wrong + found.unsaid for found in plain)
    return 0 if _total(plain, PLAIN_RIGHT, silent=False) and good and not silent else 1


if __name__ == "__main__":
    sys.exit(main())
