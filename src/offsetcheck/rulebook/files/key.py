"""The key of what was gathered of a rule folder: its files, and the code that reads them.

Nothing here reads a rule, so that who knows the key already needs no reader.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.version import __version__
from offsetcheck.ground.walk import Walked

PACKAGE = Path(__file__).resolve().parents[2]
READING = ("ground", "vocabulary", "rulebook")  # the rooms whose code decides what is read
READ_WITH = ("pydantic", "pyyaml", "sqlglot")


def folder_key(folder: Path, walked: Walked, further: tuple[str, ...] = ()) -> str:
    """Return the SHA-256 of all that decides what a rulebook is, and what is wrong with it.

    `further` names folders of the package, such as `api`, whose code decides what is kept as well.
    """
    digest = hashlib.sha256(code_key().encode())
    for name, content in _code(further):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    for name, content in (*_installed_words(folder), *sorted(walked.files.items())):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    # Files that are not read count by their names: one of them may be a problem.
    digest.update("\0".join(walked.names).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


@cache
def code_key() -> str:
    """Return the SHA-256 of the code that reads rule files, and of what it reads them with."""
    digest = hashlib.sha256(f"{__version__} {sys.version}\0".encode())
    for name in READ_WITH:
        digest.update(f"{name} {_version(name)}\0".encode())
    for name, content in _code(READING):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _code(rooms: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    for room in rooms:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            yield f"{path.relative_to(PACKAGE)}", path.read_bytes()


def _installed_words(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of words that stand in where a rule folder has none.

    They are among the files of the folder where it is the installed one.
    """
    if folder.resolve() != bundled("rules").resolve():
        words = bundled("rules") / "words"
        for path in sorted((*words.rglob("*.yaml"), *words.glob("*/*.csv"))):
            yield f"installed words {path.relative_to(words)}", path.read_bytes()


def _version(package: str) -> str:
    try:
        told = distribution(package).read_text("METADATA") or ""
    except PackageNotFoundError:
        return "unknown"
    # Read as plain lines: a parser of mail costs more than all else here.
    found = re.search(r"^Version: (.*)$", told, re.MULTILINE)
    return found[1] if found else "unknown"
