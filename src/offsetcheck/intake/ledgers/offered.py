"""The serial numbers that offers name: of this project and vintage, enough, and offered once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from offsetcheck.intake.ledgers.serials import Block, SerialsRead, Shared, read_serials, shared
from offsetcheck.intake.normalise.text import shown
from offsetcheck.intake.tables.amend import stated
from offsetcheck.intake.tables.identities import base_id
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.vocabulary.problem import Place, Problem, Severity, UnreadableError
from offsetcheck.vocabulary.table import CandidateTable, Column

SERIALS = "serials"
READ, GONE, DISPUTED = "serials_read", "serials_gone", "serials_disputed"
GRADE = EvidenceGrade.E1
"""What the texts of a tender say together is a fact of the tender, whoever wrote them."""

ASK = "ask the sellers for the registry's record of the serial numbers"


class Dispute(StrEnum):
    """What the serial numbers of an offer contradict: a code of the field `serials_disputed`."""

    OFFERED_TWICE = "offered_twice"
    OTHER_PROJECT = "other_project"
    OTHER_VINTAGE = "other_vintage"
    TOO_FEW = "too_few"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Offered:
    """The serial numbers of the rows that name any that can be read, and why others cannot be.

    `loose` are the rows with runs of numbers of no known form, `refused` those whose numbers
    contradict themselves, as a block that ends before it starts.
    """

    rows: Mapping[int, SerialsRead]
    problems: Sequence[Problem] = ()
    loose: Sequence[tuple[int, Block]] = ()
    refused: Sequence[int] = ()

    def owned(self) -> Iterator[tuple[int, Block]]:
        """Yield each block with the row that offers it."""
        return ((row, block) for row, read in self.rows.items() for block in read.blocks)


def offered_serials(table: CandidateTable) -> Offered:
    """Return the blocks of serial numbers that the rows of a list of offers name."""
    rows: dict[int, SerialsRead] = {}
    problems: list[Problem] = []
    loose: list[tuple[int, Block]] = []
    refused: list[int] = []
    for row in range(len(table)) if SERIALS in table.columns else ():
        text = stated(table, SERIALS, row).value
        if not isinstance(text, str):
            continue
        try:
            read = read_serials(text)
        except UnreadableError as why:
            problems.append(replace(why.at(_place(table, row)), severity=Severity.WARNING))
            refused.append(row)
            continue
        if read.blocks:
            rows[row] = read
        loose += [(row, _of_project(table, row, block)) for block in read.loose]
        if read.unread:
            problems.append(_unread(table, row, read.unread))
    return Offered(rows, problems, loose, refused)


def _of_project(table: CandidateTable, row: int, block: Block) -> Block:
    """Return a run of numbers without a word of whose they are as one of its row's project."""
    if any(map(str.isdigit, block.series)):
        return block
    return replace(block, series=f"{block.series} {base_id(table.ids[row])}")


def with_serials(table: CandidateTable, dictionary: Dictionary) -> CandidateTable:
    """Return offers with what their serial numbers say of themselves and of each other.

    A number that two rows offer, of one seller or of two, stands against both. Where no serial
    number can be read, nothing is said.
    """
    if not {READ, GONE, DISPUTED} <= dictionary.candidate.keys():
        return table
    offered = offered_serials(table)
    disputes: dict[int, list[Dispute]] = defaultdict(list)
    problems = [*offered.problems]
    for row, dispute, problem in (*_twice(table, offered), *_own(table, offered)):
        disputes[row].append(dispute)
        problems.append(problem)
    for row in offered.refused:
        disputes[row].append(Dispute.UNCLEAR)
    columns = {
        READ: _column(table, {row: read.tonnes for row, read in offered.rows.items()}, 0.0),
        DISPUTED: _column(table, {row: _codes(found) for row, found in disputes.items()}, ()),
        GONE: _column(table, {}, ()),
    }
    return replace(
        table, columns={**table.columns, **columns}, problems=[*table.problems, *problems]
    )


def _codes(found: Sequence[Dispute]) -> tuple[str, ...]:
    return tuple(sorted({dispute.value for dispute in found}))


def _column(table: CandidateTable, values: Mapping[int, Value], otherwise: Value) -> Column:
    if not values:
        return Column([otherwise] * len(table), GRADE)
    return Column([values.get(row, otherwise) for row in range(len(table))], GRADE)


def _twice(table: CandidateTable, offered: Offered) -> Iterator[tuple[int, Dispute, Problem]]:
    for pair in shared((*offered.owned(), *offered.loose)):
        for row, other in (pair.owners, pair.owners[::-1]):
            yield row, Dispute.OFFERED_TWICE, _double_sale(table, row, other, pair)


def _double_sale(table: CandidateTable, row: int, other: int, pair: Shared[int]) -> Problem:
    return Problem(
        f"{table.ids[row]} offers {pair.tonnes:,.0f} t under serial numbers that "
        f"{table.ids[other]} in line {table.lines[other]} offers too: the same units are "
        "offered twice",
        _place(table, row),
        ASK,
        Severity.WARNING,
    )


def _own(table: CandidateTable, offered: Offered) -> Iterator[tuple[int, Dispute, Problem]]:
    for row, read in offered.rows.items():
        for dispute, said in _disputes(table, row, read):
            message = f"{table.ids[row]} {said}"
            yield row, dispute, Problem(message, _place(table, row), ASK, Severity.WARNING)


def _disputes(table: CandidateTable, row: int, read: SerialsRead) -> Iterator[tuple[Dispute, str]]:
    project, vintage = base_id(table.ids[row]), stated(table, "vintage", row).value
    tonnes = stated(table, "tonnes", row).value
    strange = [block for block in read.blocks if block.project not in {None, project}]
    if strange:
        of, text = strange[0].project, shown(strange[0].text)
        yield Dispute.OTHER_PROJECT, f"names the serial numbers {text}, which are of {of}"
    others = [block for block in read.blocks if not _of_vintage(block, vintage)]
    if others:
        said = "–".join(map(str, dict.fromkeys(others[0].vintages or ())))
        of = f"offers the vintage {vintage}, but its serial numbers are of {said}"
        yield Dispute.OTHER_VINTAGE, of
    if isinstance(tonnes, int | float) and not read.unread and tonnes > read.tonnes:
        count = f"offers {tonnes:,.0f} t, but its serial numbers are of {read.tonnes:,.0f} t"
        yield Dispute.TOO_FEW, count


def _of_vintage(block: Block, vintage: Value | None) -> bool:
    if block.vintages is None or not isinstance(vintage, int | float):
        return True
    first, last = block.vintages
    return first <= vintage <= last


def _unread(table: CandidateTable, row: int, parts: Sequence[str]) -> Problem:
    return Problem(
        f"the serial numbers {shown(parts[0])} are of no form that is known here; nothing is "
        "concluded from them",
        _place(table, row),
        "copy them from the registry's record, each block with its first and last number",
        Severity.NOTE,
        kind="serial numbers of no known form",
    )


def _place(table: CandidateTable, row: int) -> Place:
    return Place(
        table.file, table.lines[row], sheet=table.sheet, field=table.columns[SERIALS].header
    )
