"""Libraries written in Rust panic on some damaged files, and a panic is no ordinary exception."""

from collections.abc import Iterator
from contextlib import contextmanager

from offsetcheck.vocabulary.problem import InputError, Place, Problem

PANIC = "PanicException"


@contextmanager
def refusing_panics(file: str) -> Iterator[None]:
    """Turn a panic inside the block into an InputError; every other exception passes.

    The exception derives from BaseException and cannot be imported, so it is told by its name.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        problem = Problem("the file is damaged", Place(file), "export it again")
        raise InputError([problem]) from None
