import sys

import click
import pytest

from offsetcheck.cli.app import run
from offsetcheck.cli.exits import Exit
from offsetcheck.vocabulary.problem import (
    InputError,
    OutputError,
    Place,
    Problem,
    RequestError,
    RulebookError,
)

PROBLEMS = [Problem("this is odd", Place("a.csv", 3), "mend it")]


def raising(error):
    """Return a command that raises."""

    def command():
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError(PROBLEMS), Exit.INPUT),
        (RulebookError(PROBLEMS), Exit.RULEBOOK),
        (OutputError(PROBLEMS), Exit.USAGE),
        (RequestError(PROBLEMS), Exit.USAGE),
        (click.UsageError("no"), Exit.USAGE),
        (KeyboardInterrupt(), Exit.INTERRUPTED),
        (click.Abort(), Exit.INTERRUPTED),
        (RuntimeError("bug"), Exit.UNEXPECTED),
        (RecursionError("deep"), Exit.UNEXPECTED),
        (MemoryError(), Exit.UNEXPECTED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_error_has_its_status(error, status, capsys):
    """Each kind of error ends with the status that docs/cli.md names, and prints no result."""
    assert run(raising(error)) == status
    assert capsys.readouterr().out == ""


def test_a_problem_is_shown_with_place_and_hint(capsys):
    """A located problem is a line with its place and an indented line that says what to do."""
    run(raising(InputError(PROBLEMS)))
    assert capsys.readouterr().err == "a.csv:3: this is odd\n    mend it\n"


def test_an_unexpected_error_is_two_lines(capsys):
    """A fault of ours is two lines without a trace, whatever its text holds."""
    run(raising(RuntimeError("first\nsecond" * 500)))
    shown = capsys.readouterr().err
    assert "Traceback" not in shown
    assert shown.startswith("unexpected error: RuntimeError: first")
    assert len(shown.splitlines()) == 2


def test_debug_shows_the_trace(monkeypatch, capsys):
    """With --debug the trace comes before the two lines."""
    monkeypatch.setattr(sys, "argv", ["offsetcheck", "--debug", "assess"])
    run(raising(RuntimeError("bug")))
    assert capsys.readouterr().err.startswith("Traceback")


def test_control_signs_do_not_reach_the_terminal(capsys):
    """Escape sequences and marks of direction in a stranger's file are replaced."""
    problem = Problem("\x1b[31mred\u202e", Place("a.csv"))
    run(raising(InputError([problem])))
    shown = capsys.readouterr().err
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[31mred" in shown


@pytest.mark.parametrize("status", list(Exit))
def test_a_command_says_its_own_status(status):
    """What a command returns is the status of the process."""
    assert run(lambda: status) == status
