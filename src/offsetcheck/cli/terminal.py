"""Text on the terminal: results on standard output, all else on standard error."""

import shlex
import sys
import unicodedata
from collections.abc import Iterable, Sequence

import click

from offsetcheck.vocabulary.problem import Problem

SHOWN_PROBLEMS = 20


def printable(text: str) -> str:
    """Return text without control signs, so that a stranger's file cannot steer the terminal."""
    if text.isprintable():
        return text
    return "".join(sign if _is_harmless(sign) else "\N{REPLACEMENT CHARACTER}" for sign in text)


def _is_harmless(sign: str) -> bool:
    return sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def result(text: str = "") -> None:
    """Print one line of the result."""
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


def show_some(problems: Sequence[Problem], rest: str) -> None:
    """Print the first problems on standard error, and where the rest are to be found."""
    show_all(problems[:SHOWN_PROBLEMS])
    more = len(problems) - SHOWN_PROBLEMS
    if more > 0:
        note(f"and {more:,} more problems: {rest}")


def typed() -> str:
    """Return the command as it was typed."""
    return shlex.join(["offsetcheck", *sys.argv[1:]])


def prepare_streams() -> None:
    """Let a terminal that knows few signs show a substitute and not end the run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
