"""What somebody retired, as candidates that can be judged: one row a project, vintage and day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from offsetcheck.intake.ledgers.join import OF_LOT, OF_PROJECT
from offsetcheck.intake.ledgers.model import Ledger, LedgerLot, LotState
from offsetcheck.intake.ledgers.offered import DISPUTED, GONE, READ
from offsetcheck.intake.normalise.text import key
from offsetcheck.intake.tables.facts import same
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.problem import InputError, Place, Problem, RequestError, Severity
from offsetcheck.vocabulary.table import CandidateTable, Column

GRADE = EvidenceGrade.E1


@dataclass(frozen=True, slots=True)
class Retired:
    """Retired lots as candidates, and the day on which each row was retired (None: not stated).

    `tonnes` are those of each row. `left_out` lots of the ledger are another buyer's, or of no
    project that can be told.
    """

    table: CandidateTable
    days: Sequence[date | None]
    tonnes: Sequence[float]
    left_out: int


def retired(ledger: Ledger, buyer: str | None, dictionary: Dictionary) -> Retired:
    """Return the retired lots of a ledger, those of one `buyer` where one is named.

    A buyer is found by a part of his name, whatever its case. Lots of one project, vintage and day
    are one row. Raises InputError where nothing was retired, RequestError where the ledger does not
    say for whom, or nothing was retired for the buyer.
    """
    lots = [lot for lot in ledger.lots if lot.state is LotState.RETIRED]
    if not any(lot.project for lot in lots):
        raise InputError([_no_retirement(ledger)])
    wanted = _of_buyer(ledger, lots, buyer) if buyer else lots
    known = [lot for lot in wanted if lot.project]
    if not known:
        said = f"{ledger.file} holds no retirement for “{buyer}”"
        raise RequestError.about("buyer", said, "a part of the name is enough")
    groups: dict[object, list[LedgerLot]] = defaultdict(list)
    for lot in known:
        groups[lot.project, lot.vintages, lot.gone_on].append(lot)
    rows = sorted(groups.values(), key=lambda found: (found[0].gone_on or date.max, found[0].row))
    table = _table(ledger, rows, dictionary)
    nameless = [lot for lot in wanted if not lot.project]
    if nameless:
        table = replace(table, problems=[*table.problems, _nameless(ledger, nameless)])
    return Retired(
        table,
        [found[0].gone_on for found in rows],
        [sum(lot.tonnes or 0.0 for lot in found) for found in rows],
        len(ledger.lots) - len(known),
    )


def as_bought(found: Retired, table: CandidateTable, dictionary: Dictionary) -> CandidateTable:
    """Return enriched rows in which the ledger's word on the units counts again.

    What was retired was there, was used by this buyer alone, and is rightly gone; what lists say is
    left today says nothing of it.
    """
    said: Mapping[str, Sequence[Value]] = {
        "tonnes": found.tonnes,
        "remaining": found.tonnes,
        "single_use_warranty": [True] * len(table),
        "delivery": ["spot"] * len(table),
        "other_lots_tonnes": [0.0] * len(table),
        READ: [0.0] * len(table),
        GONE: [()] * len(table),
        DISPUTED: [()] * len(table),
    }
    columns = {
        name: Column(values, GRADE) for name, values in said.items() if name in dictionary.candidate
    }
    return replace(table, columns={**table.columns, **columns}).known_on_any_day()


def _of_buyer(ledger: Ledger, lots: Sequence[LedgerLot], buyer: str) -> list[LedgerLot]:
    if not ledger.names_buyers:
        said = f"{ledger.file} does not say for whom units were retired"
        raise RequestError.about("buyer", said, "leave the option out: all of it is looked at")
    part = key(buyer)
    return [lot for lot in lots if lot.beneficiary and part in key(lot.beneficiary)]


def _table(
    ledger: Ledger, rows: Sequence[Sequence[LedgerLot]], dictionary: Dictionary
) -> CandidateTable:
    """Return one row a group of lots, with what the ledger says of all of them."""
    projects = [found[0].project for found in rows]
    names = [
        name
        for name in (*OF_PROJECT, *OF_LOT)
        if name in ledger.table.columns and name in dictionary.candidate
    ]
    columns: dict[str, Column] = {name: _column(ledger, name, rows) for name in names}
    columns["id"] = Column(projects, GRADE)
    vintages = [found[0].vintages for found in rows]
    # Of a lot that runs over the turn of a year the first counts: it is the older one.
    columns["vintage"] = Column([span[0] if span else None for span in vintages], GRADE)
    return replace(
        ledger.table,
        ids=_numbered(projects),
        columns=columns,
        lines=[ledger.table.lines[found[0].row] for found in rows],
    )


def _column(ledger: Ledger, name: str, rows: Sequence[Sequence[LedgerLot]]) -> Column:
    facts = [_common([ledger.table.fact(name, lot.row) for lot in found]) for found in rows]
    full = {row: fact for row, fact in enumerate(facts) if fact.possible or fact.others}
    causes = [fact.cause for fact in facts]
    return Column(
        [fact.value for fact in facts],
        GRADE,
        causes if any(causes) else None,
        [fact.raw for fact in facts],
        ledger.table.columns[name].header,
        full,
    )


def _common(facts: Sequence[Fact]) -> Fact:
    """Return what all lots of a row say, nothing where they differ."""
    first = facts[0]
    if all(same(first.value, fact.value) for fact in facts):
        return first
    return Fact(grade=GRADE)


def _numbered(projects: Sequence[str]) -> list[str]:
    counts: dict[str, int] = defaultdict(int)
    ids = []
    for project in projects:
        counts[project] += 1
        ids.append(project if counts[project] == 1 else f"{project}#{counts[project]}")
    return ids


def _no_retirement(ledger: Ledger) -> Problem:
    said = f"this is {ledger.title}: it holds no retirement of a project that can be told"
    return Problem(said, Place(ledger.file), "give the registry's list of retirements")


def _nameless(ledger: Ledger, lots: Sequence[LedgerLot]) -> Problem:
    tonnes = sum(lot.tonnes or 0.0 for lot in lots)
    line = ledger.table.lines[lots[0].row]
    return Problem(
        f"{len(lots)} retirements of {tonnes:,.0f} t name no project and are not looked at",
        Place(ledger.file, line, sheet=ledger.table.sheet),
        "state the project's id, or serial numbers that hold it",
        Severity.WARNING,
    )
