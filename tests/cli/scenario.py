"""Scenarios: files, a command as typed, and what it must print and return.

A scenario file has parts that begin with `==== NAME`: `file PATH` (as often as needed), `workbook
PATH` (its sheets after lines `-- STATE`, rows of cells apart by `,`; named S1, S2, …), `command`,
`stdout`, `stderr`, `status`. In expected output `[..]` stands for any text within a line and a line
`...` for any lines. The words before the first part say what is shown.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbooks import rows_xml, workbook


@dataclass(frozen=True)
class Scenario:
    """One scenario; `command` holds the words after `offsetcheck`."""

    title: str
    files: dict[str, bytes]
    command: list[str]
    stdout: str
    stderr: str
    status: int


def read_scenario(path: Path) -> Scenario:
    """Return the scenario of a file; a part that is missing raises KeyError."""
    title, *chunks = re.split(r"^==== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    parts = list(zip(chunks[::2], chunks[1::2], strict=True))
    named = {name.strip(): text for name, text in parts}
    return Scenario(
        title=" ".join(title.split()),
        files=dict(_files(named)),
        command=shlex.split(named["command"])[1:],
        stdout=named["stdout"],
        stderr=named["stderr"],
        status=int(named["status"]),
    )


def _files(named: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    for name, text in named.items():
        kind, _, path = name.partition(" ")
        if kind in MAKERS:
            yield path.strip(), MAKERS[kind](text)


def _workbook(text: str) -> bytes:
    """Return a workbook of the sheets of a part: a line `-- hidden`, then its rows."""
    _, *parts = re.split(r"^-- (\w+)\n", text, flags=re.MULTILINE)
    sheets = [rows_xml(*(line.split(",") for line in part.splitlines())) for part in parts[1::2]]
    return workbook(*sheets, states=parts[::2])


MAKERS = {"file": str.encode, "workbook": _workbook}


def matches(expected: str, found: str) -> bool:
    """Return whether the output is as the scenario says, trailing blank lines apart."""
    pattern = "".join(_line_pattern(line) for line in expected.rstrip("\n").splitlines())
    return re.fullmatch(pattern, found.rstrip("\n") + "\n" if found.strip() else "") is not None


def _line_pattern(line: str) -> str:
    if line == "...":
        return r"(?:.*\n)*?"
    return ".*".join(re.escape(part) for part in line.split("[..]")) + r"\n"
