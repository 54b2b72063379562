"""A rulebook that was read before, kept in the user's cache so that it need not be read again.

The key is the content of every file of the folder and of this package's own reading code: a change
of either is another key. What is kept is only ever read back from a folder of the user's own that
nobody else may write to; where there is none, or nothing fits, the rule files are read.
"""

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from offsetcheck import __version__
from offsetcheck.ground.limits import MAX_RULEBOOK_FILES, MAX_TABLE_BYTES
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.document import Document

PACKAGE = Path(__file__).resolve().parent.parent.parent
KEPT = 8  # rulebooks in the cache; the oldest go first
OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def load_compiled(folder: Path) -> Rulebook:
    """Return the rulebook of a folder, from the cache where it is known, without its documents.

    It binds and judges as that of `load_rulebook`; only the places in its files are gone, which
    checks of the rules themselves need. Raises RulebookError as `load_rulebook` does; a folder
    with a problem is never kept.
    """
    place = _place(folder)
    known = _read(place) if place is not None else None
    if known is not None:
        return known
    # Reading rule files needs the parser of expressions, which a known rulebook does without.
    from offsetcheck.rulebook.load import load_rulebook

    rulebook = _without_documents(load_rulebook(folder))
    if place is not None:
        _keep(rulebook, place)
    return rulebook


def _without_documents(rulebook: Rulebook) -> Rulebook:
    rules = {
        name: replace(rule, document=Document(rule.document.file, None))
        for name, rule in rulebook.rules.items()
    }
    return replace(rulebook, rules=rules, documents={})


def _place(folder: Path) -> Path | None:
    """Return where this content is kept; None where it cannot be, or nobody wants it kept."""
    cache = _cache()
    if cache is None or os.environ.get("OFFSETCHECK_CACHE") == "off":
        return None
    digest = hashlib.sha256(f"{__version__} {sys.version} {folder}".encode())
    try:
        for path in _sources(folder):
            content = path.read_bytes()
            digest.update(f"{path}\0{len(content)}\0".encode())
            digest.update(content)
    except (OSError, ValueError):
        return None
    return cache / f"{digest.hexdigest()[:40]}.rulebook"


def _sources(folder: Path) -> Iterator[Path]:
    """Yield the files that decide what a rulebook is; ValueError where they are too many."""
    count = 0
    for suffixes, root in (({".yaml", ".yml", ".csv"}, folder), ({".py"}, PACKAGE / "rulebook")):
        for path in sorted(root.rglob("*")):
            if path.suffix in suffixes:
                count += 1
                if count > MAX_RULEBOOK_FILES or path.stat().st_size > MAX_TABLE_BYTES:
                    raise ValueError("more than a rulebook may hold")
                yield path
    yield PACKAGE / "vocabulary" / "dictionary.py"
    yield from sorted((PACKAGE / "vocabulary" / "forms").glob("*.py"))


def _cache() -> Path | None:
    """Return the cache folder, made where it is missing; None where it is not the user's alone."""
    try:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        cache = Path(base) / "offsetcheck"
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = cache.stat()
    except (OSError, RuntimeError):
        return None
    own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    return cache if own and not found.st_mode & OTHERS_MAY_WRITE else None


def _read(place: Path) -> Rulebook | None:
    """Return what is kept; whatever is wrong with it, None: the rule files are read instead."""
    try:
        known = pickle.loads(place.read_bytes())  # noqa: S301 - from a folder of the user's own
    except Exception:  # noqa: BLE001 - a damaged file may raise anything
        return None
    return known if isinstance(known, Rulebook) else None


def _keep(rulebook: Rulebook, place: Path) -> None:
    """Keep a rulebook for the next run; a full disk or a read-only folder is no reason to stop."""
    with suppress(OSError):
        handle, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(pickle.dumps(rulebook, protocol=pickle.HIGHEST_PROTOCOL))
        Path(name).replace(place)
        kept = sorted(place.parent.glob("*.rulebook"), key=lambda path: path.stat().st_mtime)
        for old in kept[:-KEPT]:
            old.unlink(missing_ok=True)
