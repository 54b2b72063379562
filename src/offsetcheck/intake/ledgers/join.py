"""Offers held against a registry's ledger: what became of their serial numbers, and their lots.

A ledger may be a part of one. What it holds is said; that it lacks a lot or a number says nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from offsetcheck.intake.ledgers.model import Ledger, LedgerLot, LotState, position
from offsetcheck.intake.ledgers.offered import GONE, SERIALS, offered_serials
from offsetcheck.intake.ledgers.serials import Block, BlockIndex, SerialsRead
from offsetcheck.intake.tables.amend import amended, stated
from offsetcheck.intake.tables.facts import alternatives, combined, same
from offsetcheck.intake.tables.identities import base_id
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable

OF_PROJECT: Final = ("name", "programme", "developer", "country", "project_type", "methodology")
"""What a ledger says of a project. A project list says it better and counts where it is at hand."""

OF_LOT: Final = (
    *("labels", "methodology_version", "verifier", "issuance_date", "monitoring_end"),
    *("vintage_start", "vintage_end", "unit_type"),
)
"""What a ledger says of the units themselves: it counts before what a list says of the project."""

GRADE = EvidenceGrade.E1
NOTHING_GONE = Fact(value=(), grade=GRADE)


@dataclass(frozen=True, slots=True)
class _Join:
    """Offers beside a ledger: the lots of each row's project and vintage, and of its serials."""

    offers: CandidateTable
    ledger: Ledger
    of_project: Mapping[int, Sequence[LedgerLot]]
    of_serials: Mapping[int, Sequence[tuple[LedgerLot, Block]]]


def with_ledger(table: CandidateTable, ledger: Ledger, dictionary: Dictionary) -> CandidateTable:
    """Return offers with what a ledger shows of their units.

    Serial numbers that it shows as gone are gone from the day on which they went. What it says of
    the lot is taken from the lots that hold the offered serial numbers; where no such lot is in it,
    from its issuances of that vintage where they all say the same. Call it after project lists.
    """
    join = _joined(table, ledger)
    facts: dict[str, dict[int, Fact]] = {
        name: dict(_project_facts(join, name))
        for name in OF_PROJECT
        if name in dictionary.candidate
    }
    facts |= {name: dict(_lot_facts(join, name)) for name in OF_LOT if name in dictionary.candidate}
    # What a ledger itself says wrong counts, whoever's lot it is: a block that cannot be read hides
    # a double sale, and each kind is one problem already.
    problems = [*ledger.table.problems, *_positions(join)]
    if GONE in dictionary.candidate:
        facts[GONE] = {row: _gone(join, row, _went(found)) for row, found in _gone_lots(join)}
        problems += [_gone_problem(join, row, _went(found)) for row, found in _gone_lots(join)]
    return amended(table, facts, problems)


def _joined(table: CandidateTable, ledger: Ledger) -> _Join:
    lots: dict[str, list[LedgerLot]] = defaultdict(list)
    for lot in ledger.lots:
        lots[lot.project].append(lot)
    index = BlockIndex((lot, block) for lot in ledger.lots for block in lot.blocks)
    offered = offered_serials(table).rows
    return _Join(
        table,
        ledger,
        {row: lots[base_id(name)] for row, name in enumerate(table.ids) if base_id(name) in lots},
        {row: found for row, read in offered.items() if (found := _sharing(index, read))},
    )


def _sharing(index: BlockIndex[LedgerLot], read: SerialsRead) -> list[tuple[LedgerLot, Block]]:
    return [(lot, block) for block in read.blocks for lot, _ in index.sharing(block)]


# What became of the serial numbers


def _gone_lots(join: _Join) -> Iterator[tuple[int, list[tuple[LedgerLot, Block]]]]:
    for row, found in join.of_serials.items():
        if gone := [(lot, block) for lot, block in found if lot.state.gone]:
            yield row, gone


def _went(found: Sequence[tuple[LedgerLot, Block]]) -> list[LedgerLot]:
    """Return the lots in which units went, each once, the earliest first, undated ones before."""
    lots = {lot.row: lot for lot, _ in found}
    return sorted(lots.values(), key=lambda lot: (lot.gone_on or date.min, lot.row))


def _gone(join: _Join, row: int, lots: Sequence[LedgerLot]) -> Fact:
    """Return the fact that counts from the day of each lot, on top of what other ledgers show."""
    before = stated(join.offers, GONE, row)
    fact = before if before.value is not None else NOTHING_GONE
    for lot in lots:
        fact = _and_gone(join, fact, lot)
    return fact


def _and_gone(join: _Join, fact: Fact, lot: LedgerLot) -> Fact:
    """Return a fact to which a lot is added from its day on."""
    known = fact.value if isinstance(fact.value, tuple) else ()
    added = replace(
        _of_row(join, lot), value=tuple(sorted({*map(str, known), lot.state.value})), raw=_raw(lot)
    )
    day, told_on = lot.gone_on, fact.noted_on
    if day is None:
        return added
    if told_on is not None and told_on > day:  # another ledger's lot that went later stays on top
        before = _and_gone(join, fact.before_note or NOTHING_GONE, lot)
        return replace(added, noted_on=told_on, before_note=before)
    return replace(added, noted_on=day, before_note=fact)


def _raw(lot: LedgerLot) -> str | None:
    return lot.blocks[0].text if lot.blocks else None


def _of_row(join: _Join, lot: LedgerLot) -> Fact:
    """Return a fact without a value that has the place and source of a lot's row."""
    table = join.ledger.table
    place = Place(table.file, table.lines[lot.row], sheet=table.sheet)
    return Fact(grade=GRADE, place=place, source=table.source)


def _gone_problem(join: _Join, row: int, lots: Sequence[LedgerLot]) -> Problem:
    lot, table = lots[0], join.ledger.table
    when = f" on {lot.gone_on}" if lot.gone_on else ""
    more = f", and {len(lots) - 1} more lots of it" if lots[1:] else ""
    return Problem(
        f"{join.offers.ids[row]} offers serial numbers that {join.ledger.title} shows as "
        f"{lot.state.value}{when} ({table.file}:{table.lines[lot.row]}{more})",
        _place(join.offers, row, SERIALS),
        "ask for serial numbers that are still active",
        Severity.WARNING,
    )


# What the ledger says of project and lot


def _project_facts(join: _Join, name: str) -> Iterator[tuple[int, Fact]]:
    for row, lots in join.of_project.items():
        ours = stated(join.offers, name, row)
        said = _agreed(join, name, lots)
        if said is not None and ours.grade is not GRADE:
            yield row, combined(name, (ours, said))


def _lot_facts(join: _Join, name: str) -> Iterator[tuple[int, Fact]]:
    for row in {**join.of_project, **join.of_serials}:
        said = _agreed(join, name, _lots_of(join, row))
        if said is not None:
            yield row, _of_the_lot(name, stated(join.offers, name, row), said)


def _lots_of(join: _Join, row: int) -> Sequence[LedgerLot]:
    """Return the lots that hold a row's serial numbers, else the issuances of its vintage."""
    if row in join.of_serials:
        return [lot for lot, _ in join.of_serials[row]]
    vintage = stated(join.offers, "vintage", row).value
    lots = join.of_project.get(row, ())
    return [lot for lot in lots if lot.state is LotState.ISSUED and _is_of(lot, vintage)]


def _is_of(lot: LedgerLot, vintage: Value | None) -> bool:
    if lot.vintages is None or not isinstance(vintage, int | float):
        return False
    return lot.vintages[0] <= vintage <= lot.vintages[1]


def _agreed(join: _Join, name: str, lots: Sequence[LedgerLot]) -> Fact | None:
    """Return what all of some lots say of a field, None where one is silent or another differs."""
    table = join.ledger.table
    if name not in table.columns or not lots:
        return None
    facts = [table.fact(name, lot.row) for lot in lots]
    first = facts[0]
    if first.value is None or not all(same(first.value, fact.value) for fact in facts):
        return None
    return first


def _of_the_lot(name: str, ours: Fact, said: Fact) -> Fact:
    """Return what is said of the lot; a list's word on the whole project stays beside it."""
    if ours.grade is not GRADE:
        return combined(name, (ours, said))
    kept = [
        fact for fact in (replace(ours, others=()), *ours.others)
        if alternatives(fact) and not same(fact.value, said.value)
    ]  # fmt: skip
    return replace(said, others=tuple(kept))


# What is told of the ledger


def _positions(join: _Join) -> Iterator[Problem]:
    """Tell what the ledger lists of each offer's project and vintage, and that it may be a part."""
    for row, lots in join.of_project.items():
        vintage = stated(join.offers, "vintage", row).value
        found = [lot for lot in lots if _is_of(lot, vintage)]
        if found:
            yield Problem(
                f"{join.ledger.file} lists of {base_id(join.offers.ids[row])}, vintage "
                f"{vintage:g}: {_listed(found)}; the list may be a part of the ledger",
                _place(join.offers, row, "id"),
                None,
                Severity.NOTE,
            )


def _listed(lots: Sequence[LedgerLot]) -> str:
    found = position(lots)
    said = (
        ("issued", found.issued),
        ("held", found.held),
        ("retired", found.retired),
        ("cancelled", found.cancelled),
        ("converted", found.converted),
    )
    return ", ".join(f"{tonnes:,.0f} t {word}" for word, tonnes in said if tonnes) or "no tonnes"


def _place(table: CandidateTable, row: int, name: str) -> Place:
    header = table.columns[name].header if name in table.columns else None
    return Place(table.file, table.lines[row], sheet=table.sheet, field=header)
