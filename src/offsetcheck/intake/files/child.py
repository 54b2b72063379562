"""A stranger's file is parsed in a process of its own, which the file may end without ending ours.

What a damaged or hostile file can do there is bounded: memory and time by the system, the answer by
the limits of this room. Measured on two cores: a process that reads a workbook of ten rows costs
0.07 s, one that reads Parquet 0.2 s, most of which is the import of Polars.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from offsetcheck.intake.files.limits import GIGABYTE, MAX_SECONDS, MAX_WAIT
from offsetcheck.vocabulary.problem import InputError, Place, Problem

PROGRAM = Path(__file__).with_name("child_program.py")
REFUSED = 3
OUT_OF_MEMORY = 4
OUT_OF_TIME = -24  # the system's signal that the process has used up its seconds


class Parser(StrEnum):
    """The modules of this room that parse in a process of their own: `convert(bytes) -> bytes`."""

    WORKBOOK = "workbook_child"
    PARQUET = "parquet_child"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name in messages, who parses it, and the most memory, in bytes."""

    name: str
    parser: Parser
    memory: int


def parse(kind: Kind, data: bytes, file: str) -> bytes:
    """Return what the parser of a kind of file answers to the bytes of one.

    Raises InputError for what the parser refuses, for what takes too long or too much memory, and
    for a file that ends the process that reads it.
    """
    arguments = [kind.parser.value, str(kind.memory), str(MAX_SECONDS)]
    try:
        ran = subprocess.run(  # noqa: S603 - a program of this project; the file is its input
            [sys.executable, "-P", str(PROGRAM), *arguments],
            input=data,
            capture_output=True,
            timeout=MAX_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(kind, file) from None
    except OSError:
        hint = "no second process can be started here; export it as CSV"
        raise InputError([_unreadable(kind, file, hint)]) from None
    if ran.returncode == REFUSED:
        raise InputError(_said(ran.stderr, file))
    if ran.returncode == OUT_OF_MEMORY:
        raise _too_large(kind, file)
    if ran.returncode == OUT_OF_TIME:
        raise _too_slow(kind, file)
    if ran.returncode != 0:
        raise InputError([Problem("the file is damaged", Place(file), "export it again")])
    return ran.stdout


def _said(refusal: bytes, file: str) -> list[Problem]:
    """Return the problem that the other process has written, at its place in the file."""
    told: dict[str, Any] = json.loads(refusal)
    place = replace(Place(file), line=told["line"], column=told["column"], sheet=told["sheet"])
    return [Problem(told["message"], place, told["hint"])]


def _unreadable(kind: Kind, file: str, hint: str) -> Problem:
    return Problem(f"the file is no {kind.name} that can be read", Place(file), hint)


def _too_slow(kind: Kind, file: str) -> InputError:
    hint = f"it takes more than {MAX_SECONDS} seconds to read; split it, or export it as CSV"
    return InputError([_unreadable(kind, file, hint)])


def _too_large(kind: Kind, file: str) -> InputError:
    most = kind.memory // GIGABYTE
    hint = f"it takes more than {most} GB of memory to read; split it, or export it as CSV"
    return InputError([_unreadable(kind, file, hint)])
