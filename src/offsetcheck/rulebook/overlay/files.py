"""The files of a city's own: a folder, or one file with its policy alone."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.ground.walk import NotPlainError, Walked, read_plain, walk
from offsetcheck.rulebook.files.folder import BOUNDS, MAX_YAML_BYTES, text_of
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError

CITY, SOURCES = "city.yaml", "sources.yaml"
JURISDICTIONS, WORDS, RULES = "jurisdictions/", "words/", "rules/"
TEMPLATES = "templates"
NOT_READ = (f"{TEMPLATES}/", "scenarios/")  # pages and tenders: no part of the rules
PARTS = (CITY, SOURCES, JURISDICTIONS, WORDS, RULES, *NOT_READ)
HOLDS = f"the folder of a city holds {', '.join(PARTS)}"


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The YAML documents of a city's own by path within its folder, `/` between parts.

    `named` is the folder or file as its user named it, `templates` its folder of templates.
    """

    named: str
    documents: Mapping[str, Document]
    templates: Path | None = None

    def within(self, folder: str) -> dict[str, Document]:
        """Return the documents of a folder by path within it, without their ending."""
        found = {p: d for p, d in self.documents.items() if p.startswith(folder)}
        return {path[len(folder) : -len(".yaml")]: found[path] for path in sorted(found)}


def read_own(path: Path, named: str, problems: Problems) -> OwnFiles:
    """Return the files of a city's own, the places in them as `named` was written.

    Raises RulebookError where nothing of that name can be read; what is wrong within is noted.
    """
    return _folder(path, named, problems) if path.is_dir() else _file(path, named, problems)


def _file(path: Path, named: str, problems: Problems) -> OwnFiles:
    try:
        content = read_plain(Path(os.path.realpath(path)), MAX_YAML_BYTES)
    except (OSError, NotPlainError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        message = f"this city cannot be read: {(why or str(error)).casefold()}"
        raise RulebookError([Problem(message, Place(named), HOLDS)]) from None
    return OwnFiles(named, _composed({CITY: (named, content)}, problems))


def _folder(path: Path, named: str, problems: Problems) -> OwnFiles:
    walked = walk(path, {".yaml": MAX_YAML_BYTES}, BOUNDS)
    start = f"{named.rstrip('/')}/"
    for fault in walked.faults:
        problems.add(Place(f"{start}{fault.name}"), fault.message, fault.hint)
    if walked.cut:
        problems.stop()
    if CITY not in walked.names:
        problems.add(Place(f"{start}{CITY}"), "this file is missing", HOLDS)
    _note_strangers(walked, start, problems)
    read = {name: (f"{start}{name}", walked.files[name]) for name in walked.files if _is_read(name)}
    templates = path / TEMPLATES
    return OwnFiles(named, _composed(read, problems), templates if templates.is_dir() else None)


def _composed(contents: Mapping[str, tuple[str, bytes]], problems: Problems) -> dict[str, Document]:
    """Return each file as a document that bears the user's name for it, its problems noted."""
    documents: dict[str, Document] = {}
    for name, (said, content) in contents.items():
        text = text_of(content, said, problems)
        if text is not None:
            documents[name] = compose(text, said)
            problems.of_document(documents[name])
    return {name: document for name, document in documents.items() if not _is_empty(document, name)}


def _is_empty(document: Document, name: str) -> bool:
    """Whether a file of words or sources says nothing yet but in comments."""
    return (
        document.data is None
        and not document.problems
        and not name.startswith((CITY, JURISDICTIONS, RULES))
    )


def _is_read(name: str) -> bool:
    """Whether a YAML file stands where a city's folder has such files."""
    folders = name.count("/")
    return (
        name in {CITY, SOURCES}
        or (name.startswith(JURISDICTIONS) and folders == 1)
        or (name.startswith(WORDS) and folders in {1, 2})
        or (name.startswith(RULES) and folders == 2)  # noqa: PLR2004 - rules/<dimension>/<rule>
    )


def _note_strangers(walked: Walked, start: str, problems: Problems) -> None:
    """Note YAML files that nobody reads: what a misspelt name sets would hold for nobody."""
    for name in walked.names:
        if name.startswith(NOT_READ) or not name.endswith((".yaml", ".yml")) or _is_read(name):
            continue
        near = did_you_mean(name, (CITY, SOURCES)) if "/" not in name else None
        hint = "such files end in `.yaml`" if name.endswith(".yml") else near or HOLDS
        problems.add(Place(f"{start}{name}"), "this file is not read", hint)
