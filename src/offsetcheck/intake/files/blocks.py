"""Rows to a sheet below its header; a later header in the same rows begins a further block."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from offsetcheck.intake.files.header import (
    find_header,
    first_known,
    header_keys,
    is_header,
    joined,
    second_row,
)
from offsetcheck.intake.files.limits import MAX_COLUMNS
from offsetcheck.intake.files.sheet import FileRows, Row, Sheet, bounded, text_of_row
from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.headings import heading_key
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity
from offsetcheck.vocabulary.reading import Aside, RowAside


@dataclass(frozen=True, slots=True)
class _Block:
    """A header and which rows stand under it, both as they are counted in the file's rows."""

    at: int
    headers: Sequence[str]
    rows: Sequence[int]


@dataclass(slots=True)
class _Found:
    blocks: list[_Block] = field(default_factory=list)
    aside: list[RowAside] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def sheet_of(read: FileRows, known: AbstractSet[str], header_line: int | None = None) -> Sheet:
    """Return rows as a sheet below the header found; a file without rows raises InputError.

    Under a later header with the list's first heading the cells take the columns of its own
    headings; a repeated header is set aside, and a table of another kind is refused in words.
    A person may say which line the header is.
    """
    if not read.rows:
        hint = "a header and one row"
        raise InputError([*read.problems, Problem("the file has no rows", Place(read.file), hint)])
    found = _blocks(read, known, header_line)
    headers = _headers(found.blocks)
    if len(headers) > MAX_COLUMNS:
        message = f"the file has {len(headers):,} columns; at most {MAX_COLUMNS:,} are read"
        hint = "leave out the columns that are not needed"
        raise InputError([Problem(message, Place(read.file), hint)])
    kept = [(block, index) for block in found.blocks for index in block.rows]
    moves = {block.at: _moves(block, headers) for block in found.blocks}
    ranks = {index: (rank, block.at) for rank, (block, index) in enumerate(kept)}
    at = found.blocks[0].at
    columns = _columns([_moved(read.rows[i], moves[b.at]) for b, i in kept], len(headers))
    return Sheet(
        file=read.file,
        headers=headers,
        columns=columns,
        lines=[read.rows[index].line for _, index in kept],
        sheet=read.sheet,
        styles=read.styles,
        spoilt=_spoilt(read, ranks, moves),
        problems=[
            *read.problems,
            *found.problems,
            *bounded(_ragged(read, found.blocks)),
            *bounded(_merged(read, read.rows[at].line)),
            *bounded(_headerless(read, headers, columns)),
        ],
        above=[cell for row in read.rows[:at] for cell in row.cells if cell.strip()],
        header_line=read.rows[at].line,
        aside=[*read.aside, *found.aside],
        seen=read.seen,
    )


def _blocks(read: FileRows, known: AbstractSet[str], header_line: int | None) -> _Found:
    """Return the blocks of a list, what stands between them, and what is not read."""
    found = _Found()
    further: list[Problem] = []
    said = (index for index, row in enumerate(read.rows) if row.line == header_line)
    at = next(said, None) if header_line is not None else None
    at = _upper(read, find_header(read.rows, known)) if at is None else at
    ats = [at, *_later_headers(read, at, known), len(read.rows)]
    if (table := _above(read, at, known)) is not None:
        found.problems.append(_unread(read, table, at, Severity.WARNING))
    first = first_known(read.rows[at].cells, known)
    for here, following in pairwise(ats):
        cells = read.rows[here].cells
        again = _same(cells, read.rows[at].cells)
        if found.blocks and not again and first not in header_keys(cells):
            found.problems.append(_unread(read, here, following, Severity.ERROR))
            continue
        if found.blocks and following == here + 1:
            found.aside.append(_repeated(read, here))
            continue
        if found.blocks:
            found.aside.append(_repeated(read, here))
            further += [] if again else [_further(read, here)]
        found.blocks.append(_block(read, here, following, known))
    found.problems += bounded(further)
    return found


def _upper(read: FileRows, at: int) -> int:
    """Return the row above a header where cells that are merged over both belong to it."""
    here, above = read.rows[at].line, read.rows[at - 1].line if at else 0
    both = any(top == above and bottom == here for top, _, bottom, _ in read.merged)
    return at - 1 if both else at


def _later_headers(read: FileRows, at: int, known: AbstractSet[str]) -> Iterator[int]:
    head = read.rows[at].cells
    first = next((cell for cell in head if cell.strip()), "")
    below = at + 1 + second_row(read.rows, at, read.merged)
    for index in range(below, len(read.rows)):
        cells = read.rows[index].cells
        again = bool(first) and first in cells and _same(cells, head)
        if again or is_header(cells, known):
            yield index


def _above(read: FileRows, at: int, known: AbstractSet[str]) -> int | None:
    """Return the header of another table above the list, where it has rows of its own."""
    headers = [index for index in range(at) if is_header(read.rows[index].cells, known)]
    return next((here for here, end in pairwise([*headers, at]) if end > here + 1), None)


def _same(cells: Sequence[str], others: Sequence[str]) -> bool:
    return [key(c) for c in cells if c.strip()] == [key(c) for c in others if c.strip()]


def _block(read: FileRows, at: int, end: int, known: AbstractSet[str]) -> _Block:
    double = second_row(read.rows, at, read.merged)
    cells = read.rows[at].cells
    headers = joined(read.rows, at, read.merged, known) if double else list(cells)
    rows = [
        index
        for index in range(at + 1 + double, end)
        if any(cell and not cell.isspace() for cell in read.rows[index].cells)
    ]
    return _Block(at, [header.strip("\ufeff") for header in headers], rows)


def _headers(blocks: Sequence[_Block]) -> list[str]:
    """Return the headings of the first block, and those that only a later one has."""
    headers = list(blocks[0].headers)
    keys = header_keys(headers)
    for block in blocks[1:]:
        for header in block.headers:
            if header.strip() and heading_key(header) not in keys:
                headers.append(header)
                keys.add(heading_key(header))
    return headers


def _moves(block: _Block, headers: Sequence[str]) -> Mapping[int, int] | None:
    """Return the sheet's column of each column of a block; None where they are the same."""
    if list(block.headers) == list(headers[: len(block.headers)]):
        return None
    homes = [(heading_key(header), index) for index, header in enumerate(headers) if header.strip()]
    moves: dict[int, int] = {}
    for index, header in enumerate(block.headers):
        free = (
            home
            for name, home in homes
            if name == heading_key(header) and home not in moves.values()
        )
        if header.strip() and (home := next(free, None)) is not None:
            moves[index] = home
    return moves


def _moved(row: Row, moves: Mapping[int, int] | None) -> Sequence[str]:
    if moves is None:
        return row.cells
    cells = [""] * (max(moves.values(), default=-1) + 1)
    for index, home in moves.items():
        if index < len(row.cells):
            cells[home] = row.cells[index]
    return cells


def _spoilt(
    read: FileRows,
    ranks: Mapping[int, tuple[int, int]],
    moves: Mapping[int, Mapping[int, int] | None],
) -> dict[tuple[int, int], str]:
    spoilt = {}
    for (index, column), why in read.spoilt.items():
        if index not in ranks:
            continue
        rank, block = ranks[index]
        moved = moves[block]
        home = column if moved is None else moved.get(column)
        if home is not None:
            spoilt[rank, home] = why
    return spoilt


def _columns(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    padded = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in rows]
    return [[row[index] for row in padded] for index in range(width)]


def _repeated(read: FileRows, index: int) -> RowAside:
    row = read.rows[index]
    return RowAside(row.line, Aside.REPEATED_HEADER, text_of_row(row.cells), read.sheet)


def _further(read: FileRows, at: int) -> Problem:
    return Problem(
        "a row of other headings begins here; the rows below it are read under them",
        Place(read.file, read.rows[at].line, sheet=read.sheet),
        "if it is an offer and no header, mend its cells",
        Severity.WARNING,
    )


def _unread(read: FileRows, at: int, end: int, severity: Severity) -> Problem:
    return Problem(
        f"a table with other headings begins here; its {end - at - 1:,} rows are not read",
        Place(read.file, read.rows[at].line, sheet=read.sheet),
        "give it a sheet or a file of its own",
        severity,
    )


def _ragged(read: FileRows, blocks: Sequence[_Block]) -> Iterator[Problem]:
    """Report rows that run on past the last header: their values may stand in the wrong column."""
    for block in blocks:
        headers = block.headers
        width = max((at for at, header in enumerate(headers, start=1) if header.strip()), default=0)
        for row in (read.rows[index] for index in block.rows):
            if len(row.cells) > len(headers) and any(cell.strip() for cell in row.cells[width:]):
                yield Problem(
                    f"the row has {len(row.cells)} cells for {len(headers)} headers",
                    Place(read.file, row.line, sheet=read.sheet),
                    "a quote or a separator inside a cell may have shifted the row; compare it",
                )


def _merged(read: FileRows, header_line: int) -> Iterator[Problem]:
    """Warn of merged cells in the list; a title above it may well be merged."""
    at = next(index for index, row in enumerate(read.rows) if row.line == header_line)
    double = second_row(read.rows, at, read.merged)
    for top, left, bottom, right in read.merged:
        if top > header_line or (top == header_line and right > left and not double):
            yield Problem(
                f"cells {top}:{left} to {bottom}:{right} are merged",
                Place(read.file, top, left, sheet=read.sheet),
                "only the first of them has the value; unmerge them",
                Severity.WARNING,
            )


def _headerless(
    read: FileRows, headers: Sequence[str], columns: Sequence[Sequence[str]]
) -> Iterator[Problem]:
    for index, header in enumerate(headers):
        if not header.strip() and any(cell.strip() for cell in columns[index]):
            yield Problem(
                f"column {index + 1} has cells and no header; it is not read",
                Place(read.file, sheet=read.sheet),
                "merged or empty headers: give each column a header of its own",
                Severity.WARNING,
            )
