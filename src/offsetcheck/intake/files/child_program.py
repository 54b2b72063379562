"""A program of its own: a file from stdin to its parser's answer on stdout, within limits.

Its arguments are a parser's name, the most bytes of memory and the most seconds. Exit code 3 means
a refusal, which is on stderr as JSON; 4 means that the memory was not enough. A parser that answers
in parts has each told after its length, in eight bytes, and a length of 0 after the last.
"""

import gc
import json
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

REFUSED = 3
OUT_OF_MEMORY = 4
LENGTH = 8  # bytes
ROOM = "offsetcheck.intake.files"
ROOT = Path(__file__).resolve().parents[3]


def limit(memory: int, seconds: int) -> None:
    """Let the system end this process before it takes all memory or time, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Convert stdin to stdout; return the exit code."""
    parser, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    limit(memory, seconds)
    gc.disable()  # it would walk millions of cells again and again; the process is a short one
    sys.path.insert(0, str(ROOT))
    from offsetcheck.vocabulary.problem import InputError

    try:
        tell(import_module(f"{ROOM}.{parser}").convert(sys.stdin.buffer.read()))
    except InputError as error:
        problem = error.problems[0]
        place = problem.place
        said = {"message": problem.message, "hint": problem.hint, "sheet": place.sheet}
        sys.stderr.write(json.dumps({**said, "line": place.line, "column": place.column}))
        return REFUSED
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def tell(answer: "bytes | Iterator[bytes]") -> None:
    """Write an answer to stdout; one in parts as each is made."""
    out = sys.stdout.buffer
    if isinstance(answer, bytes):
        out.write(answer)
        return
    for part in answer:
        out.write(len(part).to_bytes(LENGTH, "big"))
        out.write(part)
    out.write(bytes(LENGTH))


if __name__ == "__main__":
    sys.exit(main())
