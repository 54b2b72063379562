"""The process in which a city's own templates run, seen from the one that asks."""

import atexit
import json
import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from offsetcheck.report.apart.frames import BrokenPipeOfFramesError, receive, send
from offsetcheck.report.apart.limits import (
    MAX_ANSWER,
    MAX_MEMORY,
    MAX_SECONDS,
    MAX_WAIT,
    OUT_OF_TIME,
)
from offsetcheck.report.apart.program import DONE
from offsetcheck.vocabulary.problem import InputError, Place, Problem

PROGRAM = Path(__file__).with_name("program.py")
TEMPLATES = "templates"


@dataclass
class Apart:
    """One process that makes pages with a stranger's templates; started when first needed."""

    process: subprocess.Popen[bytes] | None = None
    started_in: str = ""

    def ask(self, job: bytes) -> bytes:
        """Return the answer to a job; raise BrokenPipeOfFramesError where the process ends."""
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        timer = Timer(MAX_WAIT, process.kill)
        timer.start()
        try:
            send(process.stdin, job)
            return receive(process.stdout, MAX_ANSWER)
        except (OSError, ValueError) as error:
            raise BrokenPipeOfFramesError(str(error)) from error
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        here = str(Path.cwd())  # a folder of templates is named from here
        if self.process is None or self.started_in != here:
            self.end()
            self.process, self.started_in = _started(), here
        return self.process

    def end(self) -> int:
        """End the process; return its exit code, or the number of its signal below zero."""
        process, self.process = self.process, None
        if process is None:
            return 0
        with suppress(OSError, ValueError):  # it may have closed its end
            if process.stdin is not None:
                process.stdin.close()
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
        finally:
            if process.stdout is not None:
                process.stdout.close()


_apart = Apart()
_one_at_a_time = Lock()
atexit.register(_apart.end)


def run_apart(function: str, *arguments: object, templates: str = TEMPLATES) -> bytes:
    """Return what a function `module:name` of this package answers in the process apart.

    Its arguments are pickled and its answer is bytes. `templates` is the place that a failure
    without a better one names. Raises InputError for what the function refuses, and where it takes
    too long, needs too much memory, or ends the process.
    """
    job = pickle.dumps((function, arguments))
    with _one_at_a_time:
        try:
            answer = _apart.ask(job)
        except BrokenPipeOfFramesError:
            code = _apart.end()
            raise InputError([_ended(code, templates)]) from None
        except BaseException:
            _apart.end()  # an interrupt between question and answer: the next answer is another's
            raise
    if answer[:1] == DONE:
        return answer[1:]
    raise InputError([_problem(told) for told in json.loads(answer[1:])])


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", str(PROGRAM), str(MAX_MEMORY), str(MAX_SECONDS)]
    try:
        return subprocess.Popen(  # noqa: S603 - a program of this project
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        message = f"no process can be started for a city's own templates: {error.strerror}"
        raise InputError([Problem(message, Place(TEMPLATES))]) from None


def _ended(code: int, templates: str) -> Problem:
    hint = "look for loops over large ranges, and for texts that are repeated many times"
    if code == OUT_OF_TIME:
        message = f"a template takes more than {MAX_SECONDS} seconds for one page"
    elif code < 0:
        message = f"a template takes more than {MAX_WAIT} seconds or too much memory for one page"
    else:
        message = "the process that ran a template has ended"
    return Problem(message, Place(templates), hint)


def _problem(told: dict[str, Any]) -> Problem:
    place = Place(told["file"], told["line"], told["column"])
    return Problem(told["message"], place, told["hint"])
