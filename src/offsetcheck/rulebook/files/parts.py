"""What single files of a rule folder gave, kept for the next reading of the folder.

A change of one file is another key for the whole, so that nothing that was kept of it serves any
more; what its other files and their expressions say by themselves does. It is plain data by the
content of each file, and nothing that follows from two files together.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from offsetcheck.ground.cache import keep, own_cache, recall
from offsetcheck.rulebook.expression.read_before import (
    remember_expressions,
    remembered_expressions,
)
from offsetcheck.rulebook.files.key import code_key
from offsetcheck.rulebook.files.remembered import (
    count_composed,
    remember_documents,
    remembered_documents,
)

KEPT = 8  # folders in the cache; the oldest go first
FEW = 20  # files that are composed anew sooner than all are kept again


@contextmanager
def kept_parts(folder: Path) -> Iterator[None]:
    """Read a folder within: what is known of its files serves, and what is new is kept."""
    cache = None if os.environ.get("OFFSETCHECK_CACHE") == "off" else own_cache("offsetcheck")
    if cache is None:
        yield
        return
    named = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
    place = cache / f"{named[:40]}.parts"
    _take(recall(place, code_key()))
    before = count_composed()
    try:
        yield
    finally:
        if count_composed() - before > FEW:
            keep(place, code_key(), _given(), most=KEPT)


def _take(content: bytes | None) -> None:
    """Remember what was kept; what is not there or of another form is read from the files."""
    with suppress(ValueError, TypeError, LookupError, RecursionError):
        kept = json.loads(content or b"{}")
        remember_documents(kept["documents"])
        remember_expressions(kept["expressions"])


def _given() -> bytes:
    given = {"documents": remembered_documents(), "expressions": remembered_expressions()}
    return json.dumps(given, separators=(",", ":")).encode("ascii")
