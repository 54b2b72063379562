import io
from contextlib import redirect_stderr, suppress

import pytest

from offsetcheck.cli import progress
from offsetcheck.cli.progress import shown_progress


class Terminal(io.StringIO):
    """A stream that says that somebody watches."""

    def isatty(self):
        """Return what a terminal returns."""
        return True


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that a test sets; its one number is the second."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def on_a_terminal(call, *words, **named):
    """Return what somebody sees who watches."""
    shown = Terminal()
    with redirect_stderr(shown):
        call(*words, **named)
    return shown.getvalue()


def work(clock, steps, total, what="rows"):
    """Do some work that is told at each of some seconds."""
    with shown_progress() as told:
        for second, done in steps:
            clock[0] = 100.0 + second
            told(done, total, what)


def test_a_terminal_shows_rate_and_time_left_on_one_line(clock):
    """What was done when the work was first told tells no rate; the line ends when all is done."""
    steps = [(0, 1000), (10, 2000), (20, 3000), (90, 10_000)]
    shown = on_a_terminal(work, clock, steps, 10_000)
    states = [state.rstrip() for state in shown.split("\r")]
    assert states == [
        "",
        "rows: 1,000 of 10,000",
        "rows: 2,000 of 10,000, 100 a second, 80 s left",
        "rows: 3,000 of 10,000, 100 a second, 70 s left",
        "rows: 10,000 of 10,000",
    ]
    assert shown.endswith("\n")
    assert shown.count("\n") == 1


def test_a_terminal_is_not_written_to_at_every_step(clock):
    """Ten thousand steps in a second are a few states of the line, and the last."""
    steps = [(step / 10_000, step) for step in range(1, 10_001)]
    assert 5 <= on_a_terminal(work, clock, steps, 10_000).count("\r") <= 7


def test_few_items_that_take_long_are_shown_too(clock):
    """Where each of six takes half a minute, nobody waits without a word."""
    shown = on_a_terminal(work, clock, [(0, 1), (30, 2), (60, 3)], 6, "tried")
    assert "tried: 3 of 6, 2 a minute, 90 s left" in shown


def test_few_items_that_are_done_at_once_are_not_shown(clock):
    """Three reports in a tenth of a second are no long work."""
    assert on_a_terminal(work, clock, [(0, 1), (0.05, 2), (0.1, 3)], 3) == ""


def test_a_line_never_wraps(clock, monkeypatch):
    """On a narrow terminal the end of the line is left out: a wrapped one stands for ever."""
    monkeypatch.setenv("COLUMNS", "20")
    shown = on_a_terminal(work, clock, [(0, 1), (30, 500)], 1000, "a list of a long name")
    assert max(len(state.rstrip("\n")) for state in shown.split("\r")) <= 19


def stopped():
    """Tell of work that is stopped in the middle."""
    with suppress(KeyboardInterrupt), shown_progress() as told:
        told(500, 1000, "rows")
        raise KeyboardInterrupt


def test_what_is_said_after_stopped_work_begins_a_line():
    """The line that counts up is ended also where an error ends the work."""
    assert on_a_terminal(stopped) == "\rrows: 500 of 1,000\n"


def test_a_file_gets_a_line_for_each_tenth(clock, capsys):
    """Parts that meet no tenth exactly are told as well, each tenth once, with rate and time left."""
    work(clock, [(0, 70), (5, 190), (6, 195), (10, 320), (40, 1000)], 1000)
    assert capsys.readouterr().err.splitlines() == [
        "rows: 190 of 1,000, 24 a second, 34 s left",
        "rows: 320 of 1,000, 25 a second, 27 s left",
        "rows: 1,000 of 1,000",
    ]


def of_two_kinds(clock):
    """Tell of rows, then of reports."""
    with shown_progress() as told:
        told(1000, 1000, "a\x1b[2J rows")
        clock[0] += 50
        told(1, 1000, "reports")
        clock[0] += 10
        told(101, 1000, "reports")


def test_each_kind_of_work_is_counted_anew(clock):
    """The rate of rows says nothing of reports; a name of a list cannot steer the terminal."""
    shown = on_a_terminal(of_two_kinds, clock)
    assert "reports: 101 of 1,000, 10 a second, 90 s left" in shown
    assert "\x1b" not in shown
