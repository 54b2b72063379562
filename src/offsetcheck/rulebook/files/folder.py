"""The files of a rule folder, read within limits: text, never more than what a rulebook needs."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.ground.limits import MAX_RULEBOOK_FILES, MAX_TABLE_BYTES, MAX_YAML_CHARACTERS
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError

FIXED_FOLDERS = frozenset(("fields", "tables", "jurisdictions", "cities", "words"))
FIXED_FILES = ("guide.yaml", "sources.yaml", "decisions.yaml")
NEEDED_FILES = (*FIXED_FILES, "fields/candidate.yaml", "fields/purchase.yaml")
BYTES_A_CHARACTER = 4


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The YAML documents and csv texts of a folder by path relative to it, `/` between parts."""

    documents: Mapping[str, Document]
    tables: Mapping[str, str]

    def in_folder(self, folder: str) -> dict[str, Document]:
        """Return the documents directly in a folder, by file name without its ending."""
        start = f"{folder}/"
        found = {p: d for p, d in self.documents.items() if p.startswith(start)}
        return {path[len(start) : -len(".yaml")]: found[path] for path in sorted(found)}

    def rules(self) -> dict[str, Document]:
        """Return the documents in the folders of dimensions, by path."""
        return {
            path: document
            for path, document in sorted(self.documents.items())
            if "/" in path and path.split("/", 1)[0] not in FIXED_FOLDERS
        }


def read_folder(folder: Path, problems: Problems) -> FolderFiles:
    """Read every yaml and csv file of a rule folder; raises RulebookError where it is none."""
    if not folder.is_dir():
        message = "there is no such folder" if not folder.exists() else "this is not a folder"
        raise RulebookError([Problem(message, Place(str(folder)), "name a folder with rule files")])
    documents: dict[str, Document] = {}
    tables: dict[str, str] = {}
    seen: set[str] = set()
    for path in _walk(folder, problems):
        name = path.relative_to(folder).as_posix()
        seen.add(name)
        if path.suffix == ".yaml":
            text = _text(path, name, MAX_YAML_CHARACTERS * BYTES_A_CHARACTER, problems)
            documents.update({name: compose(text, name)} if text is not None else {})
        elif path.suffix == ".csv":
            table = _text(path, name, MAX_TABLE_BYTES, problems)
            tables.update({name: table} if table is not None else {})
        elif path.suffix == ".yml":
            problems.add(Place(name), "this file is not read", "rule files end in `.yaml`")
    for name in NEEDED_FILES:
        if name not in seen:
            problems.add(Place(name), "this file is missing", "every rulebook has it")
    for document in documents.values():
        problems.of_document(document)
    return FolderFiles(documents, tables)


def _walk(folder: Path, problems: Problems) -> Iterator[Path]:
    """Yield the files of a folder in order, no link out of it, up to the limit."""
    root, count = folder.resolve(), 0
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(name for name in files if not name.startswith(".")):
            count += 1
            if count > MAX_RULEBOOK_FILES:
                problems.add(Place("."), f"the folder has more than {MAX_RULEBOOK_FILES:,} files")
                return
            path = Path(parent) / file
            if path.resolve().is_relative_to(root):
                yield path
            else:
                name = path.relative_to(folder).as_posix()
                problems.add(Place(name), "this link leads out of the folder")


def _text(path: Path, name: str, limit: int, problems: Problems) -> str | None:
    """Return a file's text, None where it is too large, unreadable or not UTF-8."""
    try:
        if not path.is_file() or path.stat().st_size > limit:
            problems.add(Place(name), f"the file is no plain file below {limit:,} bytes")
            return None
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.add(Place(name, line, 1), "the file is not UTF-8", "save it as UTF-8")
    except OSError as error:
        problems.add(Place(name), f"the file cannot be read: {error.strerror}")
    return None
