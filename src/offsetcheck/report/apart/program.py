"""A program of its own: it makes one thing after another with a stranger's templates.

Each message on stdin names a function `module:name` of this package and its arguments, pickled by
the process that started this one. The answer on stdout is never pickled: what ran a stranger's
template is not trusted. Its first byte says whether the rest is the result or, as JSON, problems.
"""

import json
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = "offsetcheck."
DONE, REFUSED = b"+", b"-"
LARGEST_JOB = 1024**3


def limit(memory: int) -> None:
    """Let the system refuse this process more memory, files to write, or other processes."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: int) -> None:
    """Let the system end this process once it has used up so many seconds more."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + seconds + 1, hard))


def main() -> int:
    """Answer messages until there are none."""
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing but answers may stand between answers
    sys.path.insert(0, str(ROOT))
    limit(memory)
    from offsetcheck.report.apart.frames import BrokenPipeOfFramesError, receive, send

    while True:
        try:
            job = receive(jobs, LARGEST_JOB)
        except BrokenPipeOfFramesError:
            return 0
        limit_time(seconds)
        send(answers, _answer(job))


def _answer(job: bytes) -> bytes:
    from offsetcheck.vocabulary.problem import InputError, Place, Problem

    try:
        name, arguments = pickle.loads(job)  # noqa: S301 - from the process that started this one
        return DONE + _function(name)(*arguments)
    except InputError as error:
        problems = error.problems
    except MemoryError:
        problems = (Problem("this template needs too much memory", Place("templates")),)
    return REFUSED + json.dumps([_told(problem) for problem in problems]).encode()


def _told(problem: Any) -> dict[str, Any]:
    place = problem.place
    told = {"file": place.file, "line": place.line, "column": place.column}
    return {**told, "message": problem.message, "hint": problem.hint}


def _function(name: str) -> Callable[..., bytes]:
    module, _, function = name.partition(":")
    if not module.startswith(PACKAGE):
        raise ValueError(f"`{module}` is no module of this package")
    found: Callable[..., bytes] = getattr(import_module(module), function)
    return found


if __name__ == "__main__":
    sys.exit(main())
