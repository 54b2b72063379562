"""What the lots of a tender say together, and what one lot says that cannot all be true."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import inf

from offsetcheck.intake.ledgers.offered import with_serials
from offsetcheck.intake.tables.amend import amended, stated
from offsetcheck.intake.tables.facts import combined
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable, Column

OTHER_LOTS = "other_lots_tonnes"
TONNES, VINTAGE = "tonnes", "vintage"
DAYS = {"vintage_start": (1, 0), "vintage_end": (0, 1), "issuance_date": (0, inf)}
"""The days of a lot, each with how many years before and after its vintage it may lie.

A lot may run over one turn of the year; registries call it by either year.
"""
GRADE = EvidenceGrade.E1


def with_lots(table: CandidateTable, dictionary: Dictionary) -> CandidateTable:
    """Return offers with what the other lots of each one's project offer, and their days checked.

    What lots offer is a fact of the tender, whatever their sellers can show. Days that lie outside
    the vintage contradict it: of equal grade, the vintage counts as unknown. Serial numbers are
    held against the offer and against those of the other lots.
    """
    table = with_serials(table, dictionary)
    if OTHER_LOTS in dictionary.candidate:
        table = replace(table, columns={**table.columns, OTHER_LOTS: _other_lots(table)})
    dated = VINTAGE in table.columns and not DAYS.keys().isdisjoint(table.columns)
    return _with_vintages(table) if dated else table


def overdrawn(table: CandidateTable) -> list[Problem]:
    """Warn, at each lot, where the lots of a project offer more than its ledger has or ever had."""
    return [
        problem
        for rows in _lots(table).values()
        for problem in _overdrawn_project(table, [row for row in rows if _tonnes(table, row)])
    ]


def _other_lots(table: CandidateTable) -> Column:
    others = [0.0] * len(table)
    for rows in _several(table):
        whole = sum(_tonnes(table, row) for row in rows)
        for row in rows:
            others[row] = whole - _tonnes(table, row)
    return Column(others, GRADE)


def _several(table: CandidateTable) -> Iterator[Sequence[int]]:
    """Yield the rows of each project of several lots; in most long lists there is none."""
    projects = table.columns["id"].values if "id" in table.columns else table.ids
    if len(set(projects)) < len(table) or None in projects or "" in projects:
        yield from (rows for rows in _lots(table).values() if len(rows) > 1)


def _lots(table: CandidateTable) -> Mapping[Value, Sequence[int]]:
    """Return the rows of each project, where offers state tonnes at all."""
    lots: dict[Value, list[int]] = defaultdict(list)
    if TONNES not in table.columns:
        return lots
    projects = table.columns["id"].values if "id" in table.columns else table.ids
    for row, project in enumerate(projects):
        lots[project or table.ids[row]].append(row)
    return lots


def _overdrawn_project(table: CandidateTable, rows: Sequence[int]) -> Iterator[Problem]:
    if not rows:
        return
    offered = sum(_tonnes(table, row) for row in rows)
    left, issued = _left(table, rows[0]), _number(table, "issued", rows[0])
    within = "" if len(rows) == 1 else f" in {len(rows)} lots"
    if left is not None and offered > max(left, 0.0):
        ledger = f"the registry's ledger has {left:,.0f} t left"
    elif issued is not None and offered > issued:
        ledger = f"the project was never issued more than {issued:,.0f} t"
    else:
        return
    effect = "it cannot be bought as offered" if len(rows) == 1 else "a person says which counts"
    for row in rows:
        message = f"{table.ids[rows[0]]} is offered with {offered:,.0f} t{within}, but {ledger}; "
        place = _place(table, row, TONNES)
        yield Problem(message + effect, place, "ask for the serial numbers", Severity.WARNING)


def _with_vintages(table: CandidateTable) -> CandidateTable:
    facts: dict[int, Fact] = {}
    problems: list[Problem] = []
    for row, year in enumerate(table.columns[VINTAGE].values):
        fact = _contested(table, row, year) if isinstance(year, int | float) else None
        if fact is not None:
            facts[row] = fact
            problems.append(_contradicted(table, row, year, fact))
    return amended(table, {VINTAGE: facts}, problems)


def _contested(table: CandidateTable, row: int, vintage: float) -> Fact | None:
    """Return the vintage with what the lot's days say against it, None where every day fits."""
    own = stated(table, VINTAGE, row)
    today = _of_today(own)
    facts = {name: _of_today(stated(table, name, row)) for name in DAYS}
    days = {name: fact.value for name, fact in facts.items() if isinstance(fact.value, date)}
    start, end = days.get("vintage_start"), days.get("vintage_end")
    if start and end and end < start:
        return replace(today, value=None, cause=Cause.SOURCES_CONTRADICT, others=(today,))
    for name, day in days.items():
        before, after = DAYS[name]
        if not vintage - before <= day.year <= vintage + after:
            return combined(VINTAGE, (own, replace(facts[name], value=day.year)))
    return None


def _of_today(fact: Fact) -> Fact:
    return replace(fact, noted_on=None, before_note=None)


def _contradicted(table: CandidateTable, row: int, vintage: Value | None, fact: Fact) -> Problem:
    days = {name: stated(table, name, row).value for name in DAYS}
    said = ", ".join(f"{name} {day}" for name, day in days.items() if day is not None)
    counts = "the vintage counts as unknown" if fact.value is None else f"{fact.value} counts"
    return Problem(
        f"{table.ids[row]} states the vintage {vintage}, but {said}; {counts}",
        _place(table, row, VINTAGE),
        "state the vintage in whose year the lot's days lie",
        Severity.WARNING,
    )


def _left(table: CandidateTable, row: int) -> float | None:
    if (remaining := _number(table, "remaining", row)) is not None:
        return remaining
    issued, retired = _number(table, "issued", row), _number(table, "retired", row)
    if issued is None or retired is None:
        return None
    return issued - retired - (_number(table, "cancelled", row) or 0.0)


def _tonnes(table: CandidateTable, row: int) -> float:
    return _number(table, TONNES, row) or 0.0


def _number(table: CandidateTable, name: str, row: int) -> float | None:
    if name not in table.columns:
        return None
    value = table.columns[name].value(row)
    return float(value) if isinstance(value, (int, float)) else None


def _place(table: CandidateTable, row: int, name: str) -> Place:
    header = table.columns[name].header if name in table.columns else None
    return Place(table.file, table.lines[row], sheet=table.sheet, field=header)
