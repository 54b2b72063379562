"""How the files of an input were read, and what of them is a problem."""

from collections.abc import Callable, Iterable, Sequence

from offsetcheck.intake.account.unread import unread_of, unsaid
from offsetcheck.intake.registry.record import Record
from offsetcheck.intake.tender.read import Tender
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.vocabulary.problem_groups import worst_first
from offsetcheck.vocabulary.reading import Reading

Account = tuple[tuple[Reading, ...], tuple[Problem, ...]]
Told = Callable[[Sequence[Reading], Sequence[Problem]], object]


def untold(readings: Sequence[Reading], problems: Sequence[Problem]) -> None:
    """Tell nobody how a file was read."""


def account_of(tender: Tender) -> Account:
    """Return how the lists of an input were read, and all that is wrong with its files."""
    readings = readings_of(tender.table, *tender.registries)
    return readings, located_problems(tender.problems, readings)


def readings_of(*tables: Record) -> tuple[Reading, ...]:
    """Return how each table's file was read; one that was made of no file has no account."""
    return tuple(table.reading for table in tables if table.reading is not None)


def located_problems(
    problems: Sequence[Problem], readings: Iterable[Reading]
) -> tuple[Problem, ...]:
    """Return problems and what was not read, each once, the worst first."""
    unread = [problem for reading in readings for problem in unsaid(reading, problems)]
    return tuple(worst_first([*problems, *unread]))


def beside_account(problems: Iterable[Problem], readings: Iterable[Reading]) -> tuple[Problem, ...]:
    """Return problems without the remarks that an account of the same files says already."""
    told = {problem.place for reading in readings for problem in unread_of(reading)}
    return tuple(p for p in problems if p.severity is not Severity.NOTE or p.place not in told)
