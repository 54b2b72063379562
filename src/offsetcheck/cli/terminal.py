"""Text on the terminal: results on standard output, all else on standard error."""

import shlex
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import click

from offsetcheck.cli.counted import counted
from offsetcheck.cli.reading_lines import reading_lines
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.vocabulary.problem_groups import grouped, worst_first
from offsetcheck.vocabulary.reading import Reading

SHOWN_PROBLEMS = 20


def printable(text: str) -> str:
    """Return text without control signs, so that a stranger's file cannot steer the terminal."""
    if text.isprintable():
        return text
    return "".join(sign if _is_harmless(sign) else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _is_harmless(sign: str) -> bool:
    return sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


@contextmanager
def named_output() -> Iterator[None]:
    """Let an error of writing the result say where it was written to."""
    try:
        yield
    except OSError as error:
        error.filename = "standard output"
        raise


def result(text: str = "") -> None:
    """Print one line of the result."""
    with named_output():
        click.echo(printable(text))


def note(text: str) -> None:
    """Print one line about the run, on standard error."""
    click.echo(printable(text), err=True)


def show_remarks(remarks: Iterable[str]) -> None:
    """Print remarks on a run, on standard error."""
    for remark in remarks:
        note(remark)


def show_all(problems: Iterable[Problem]) -> None:
    """Print every problem, on standard error."""
    for problem in problems:
        note(str(problem))


def show_account(readings: Sequence[Reading], problems: Iterable[Problem], rest: str) -> None:
    """Print how files were read, then the problems that this does not say, on standard error."""
    from offsetcheck.api.account import beside_account

    show_readings(readings)
    show_some(beside_account(problems, readings), rest)


def show_lists(readings: Sequence[Reading], problems: Iterable[Problem]) -> None:
    """Print how lists were read of which no page is written that tells it."""
    show_account(readings, problems, "`offsetcheck assess` lists them all")


def show_readings(readings: Iterable[Reading]) -> None:
    """Print in a few lines how each file was read, on standard error."""
    for reading in readings:
        for line in reading_lines(reading):
            note(line)


def show_some(problems: Iterable[Problem], rest: str, most: int = SHOWN_PROBLEMS) -> None:
    """Print errors and warnings on standard error, errors first, each kind once with its count.

    Of many kinds the first are printed, and where the rest are to be found. Remarks, which lose
    nothing and ask for nothing, are counted.
    """
    distinct = worst_first(problems)
    remarks = sum(problem.severity is Severity.NOTE for problem in distinct)
    kinds = grouped(p for p in distinct if p.severity is not Severity.NOTE)
    show_all(kinds[:most])
    more = len(kinds) - most
    if more > 0:
        note(f"and {more:,} more kinds of problems: {rest}")
    if remarks:
        note(f"{counted(remarks, 'remark')} (no value is lost): {rest}")


def typed() -> str:
    """Return the command as it was typed."""
    return shlex.join(["offsetcheck", *sys.argv[1:]])


def prepare_streams() -> None:
    """Let a terminal that knows few signs show a substitute and not end the run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
