"""A stranger's file is parsed in a process of its own, which the file may end without ending ours.

What a damaged or hostile file can do there is bounded: memory and time by the system, the answer by
the limits of this room. Measured on two cores: a process that reads a workbook of ten rows costs
0.07 s, one that reads Parquet 0.2 s, most of which is the import of Polars.
"""

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from offsetcheck.intake.files.limits import GIGABYTE, MAX_SECONDS, MAX_WAIT
from offsetcheck.vocabulary.problem import InputError, Place, Problem

PROGRAM = Path(__file__).with_name("child_program.py")
REFUSED = 3
OUT_OF_MEMORY = 4
LENGTH = 8  # bytes, of the number before each part of an answer
OUT_OF_TIME = -24  # the system's signal that the process has used up its seconds
ENDED = -9  # the system's signal that ends a process whatever it does


class Parser(StrEnum):
    """The modules of this room that parse in a process of their own: `convert(bytes) -> bytes`."""

    WORKBOOK = "workbook_child"
    PARQUET = "parquet_child"
    PARQUET_PARTS = "parquet_parts_child"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its name in messages, who parses it, and its limits.

    `memory` is in bytes, `seconds` of computing time.
    """

    name: str
    parser: Parser
    memory: int
    seconds: int = MAX_SECONDS

    @property
    def command(self) -> list[str]:
        """The command that starts its parser."""
        arguments = [self.parser.value, str(self.memory), str(self.seconds)]
        return [sys.executable, "-P", str(PROGRAM), *arguments]


def parse(kind: Kind, data: bytes, file: str) -> bytes:
    """Return what the parser of a kind of file answers to the bytes of one.

    Raises InputError for what the parser refuses, for what takes too long or too much memory, and
    for a file that ends the process that reads it.
    """
    try:
        ran = subprocess.run(  # noqa: S603 - a program of this project; the file is its input
            kind.command,
            input=data,
            capture_output=True,
            timeout=MAX_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(kind, file) from None
    except OSError:
        raise _alone(kind, file) from None
    if ran.returncode != 0:
        raise _refusal(kind, file, ran.returncode, ran.stderr)
    return ran.stdout


def parse_in_parts(kind: Kind, request: bytes, file: str) -> Generator[bytes, None, None]:
    """Yield the parts that the parser of a kind of file answers with, as it makes them.

    One part is made while another is used, and no more. Close it where it is left early: that ends
    the other process. Raises InputError as `parse` does.
    """
    try:
        child = subprocess.Popen(  # noqa: S603 - a program of this project
            kind.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
    except OSError:
        raise _alone(kind, file) from None
    with child:
        try:
            assert child.stdin is not None  # noqa: S101 - a pipe, as the next two
            assert child.stdout is not None  # noqa: S101
            assert child.stderr is not None  # noqa: S101
            with suppress(BrokenPipeError):
                child.stdin.write(request)
                child.stdin.close()
            while length := int.from_bytes(child.stdout.read(LENGTH), "big"):
                part = child.stdout.read(length)
                if len(part) < length:
                    break
                yield part
            said = child.stderr.read()
            if child.wait() != 0:
                raise _refusal(kind, file, child.returncode, said)
        finally:
            child.kill()


def _refusal(kind: Kind, file: str, code: int, said: bytes) -> InputError:
    """Return why a parser has ended with a code other than 0."""
    if code == REFUSED:
        return InputError(_said(said, file))
    if code == OUT_OF_MEMORY:
        return _too_large(kind, file)
    if code == OUT_OF_TIME:
        return _too_slow(kind, file)
    if code == ENDED:
        hint = "the system ended the process that read it, as it does where memory runs out"
        return InputError([_unreadable(kind, file, hint)])
    return InputError([Problem("the file is damaged", Place(file), "export it again")])


def _alone(kind: Kind, file: str) -> InputError:
    hint = "no second process can be started here; export it as CSV"
    return InputError([_unreadable(kind, file, hint)])


def _said(refusal: bytes, file: str) -> list[Problem]:
    """Return the problem that the other process has written, at its place in the file."""
    told: dict[str, Any] = json.loads(refusal)
    place = replace(Place(file), line=told["line"], column=told["column"], sheet=told["sheet"])
    return [Problem(told["message"], place, told["hint"])]


def _unreadable(kind: Kind, file: str, hint: str) -> Problem:
    return Problem(f"the file is no {kind.name} that can be read", Place(file), hint)


def _too_slow(kind: Kind, file: str) -> InputError:
    hint = f"it takes more than {kind.seconds:,} seconds to read; split it, or export it as CSV"
    return InputError([_unreadable(kind, file, hint)])


def _too_large(kind: Kind, file: str) -> InputError:
    most = kind.memory // GIGABYTE
    hint = f"it takes more than {most} GB of memory to read; split it, or export it as CSV"
    return InputError([_unreadable(kind, file, hint)])
