"""The files of a rule folder: gathered in one guarded walk, then read as YAML and text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.ground.limits import (
    MAX_RULEBOOK_BYTES,
    MAX_RULEBOOK_DEPTH,
    MAX_RULEBOOK_FILES,
    MAX_TABLE_BYTES,
    MAX_YAML_CHARACTERS,
)
from offsetcheck.ground.walk import Bounds, Walked, walk
from offsetcheck.rulebook.files.remembered import remembered
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError

FIXED_FOLDERS = frozenset(
    (
        "fields",
        "tables",
        "parameters",
        "jurisdictions",
        "cities",
        "words",
        "lexicon",
        "scenarios",
        "tonnes",
        "sinks",
    )
)
FIXED_FILES = ("guide.yaml", "sources.yaml", "decisions.yaml")
NEEDED_FILES = (*FIXED_FILES, "fields/candidate.yaml", "fields/purchase.yaml")
BYTES_A_CHARACTER = 4
MAX_YAML_BYTES = MAX_YAML_CHARACTERS * BYTES_A_CHARACTER
WANTED: Mapping[str, int] = {".yaml": MAX_YAML_BYTES, ".csv": MAX_TABLE_BYTES}
BOUNDS = Bounds(MAX_RULEBOOK_FILES, MAX_RULEBOOK_DEPTH, MAX_RULEBOOK_BYTES)


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The YAML documents and csv texts of a folder by path relative to it, `/` between parts.

    `others` are the paths of all else in it that is not hidden, folders too.
    """

    documents: Mapping[str, Document]
    tables: Mapping[str, str]
    others: tuple[str, ...] = ()

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


def gather(folder: Path) -> Walked:
    """Return the bytes of every yaml and csv file of a rule folder, read once.

    Raises RulebookError where there is no such folder; what is wrong within it is a fault of what
    is returned.
    """
    try:
        is_folder, exists = folder.is_dir(), folder.exists()
    except OSError as error:
        raise _no_folder(folder, f"the folder cannot be read: {error.strerror}") from None
    if not is_folder:
        raise _no_folder(folder, "this is not a folder" if exists else "there is no such folder")
    return walk(folder, WANTED, BOUNDS)


def _no_folder(folder: Path, message: str) -> RulebookError:
    return RulebookError([Problem(message, Place(str(folder)), "name a folder with rule files")])


def read_files(
    walked: Walked, problems: Problems, reader: Callable[[str, str], Document] = remembered
) -> FolderFiles:
    """Read what was gathered of a rule folder as YAML and text, and note what is wrong with it.

    `reader` gives the document of a text and a name; one that keeps documents saves reading those
    that have not changed. Raises RulebookError where the folder holds too much: nothing else is
    known of it then.
    """
    for fault in walked.faults:
        problems.add(Place(fault.name), fault.message, fault.hint, check="file.unreadable")
    if walked.cut:
        problems.stop()
    texts = {name: text_of(content, name, problems) for name, content in walked.files.items()}
    known = {name: text for name, text in texts.items() if text is not None}
    documents = {n: reader(text, n) for n, text in known.items() if n.endswith(".yaml")}
    tables = {name: text for name, text in known.items() if _is_table(name)}
    told = {*walked.files, *(fault.name for fault in walked.faults)}
    for name in walked.names:
        if name.casefold().endswith((".yml", ".yaml")) and name not in told:
            hint = "rule files end in `.yaml`"
            problems.add(Place(name), "this file is not read", hint, check="file.not_read")
    for name in NEEDED_FILES:
        if name not in walked.names:
            hint = "every rulebook has it"
            problems.add(Place(name), "this file is missing", hint, check="file.missing")
    for document in documents.values():
        problems.of_document(document)
    return FolderFiles(documents, tables, tuple(n for n in walked.names if n not in walked.files))


def _is_table(name: str) -> bool:
    """Whether a file is a table; `words/` holds lists of what translations were made from."""
    return name.endswith(".csv") and not name.startswith("words/")


def text_of(content: bytes, name: str, problems: Problems) -> str | None:
    """Return the text of a file, None where it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        place, hint = Place(name, line, 1), "save it as UTF-8"
        problems.add(place, "the file is not UTF-8", hint, check="file.not_utf8")
    return None
