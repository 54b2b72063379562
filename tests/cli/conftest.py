import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from offsetcheck.cli import app as command_line

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    printed: bytes
    stderr: str

    @property
    def stdout(self):
        """What was printed, as text."""
        return self.printed.decode("utf-8")


@pytest.fixture
def offsetcheck(tmp_path, monkeypatch, capsysbinary):
    """Return a function that runs one command line in an empty folder, as `main` does."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        words = [str(argument) for argument in arguments]
        monkeypatch.setattr(sys, "argv", ["offsetcheck", *words])
        status = command_line.run(
            lambda: command_line.app.main(words, prog_name="offsetcheck", standalone_mode=False)
        )
        printed = capsysbinary.readouterr()
        return Ended(int(status), printed.out, printed.err.decode("utf-8"))

    return run


@pytest.fixture
def sample():
    """Return a function that gives the path of a sample tender."""
    return lambda name: REPOSITORY / "samples" / name
