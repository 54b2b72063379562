"""The files of sinks/ read and checked: each method and gate stands in them, with its sources."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.files.sources import check_citation
from offsetcheck.rulebook.sinks.model import SinkGateFile, SinkMethodFile, SinkRules
from offsetcheck.vocabulary.balance import SinkGate
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import build, mapping_in
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place
from offsetcheck.vocabulary.sinks import SinkMethod

FOLDER = "sinks"
METHODS, GATES = "methods", "gates"
NOT_READ = "file.not_read"

Word = TypeVar("Word", bound=StrEnum)
Entry = TypeVar("Entry", SinkMethodFile, SinkGateFile)


def read_sink_rules(
    documents: Mapping[str, Document], guides: Mapping[str, Guide] | None, problems: Problems
) -> SinkRules:
    """Return what the files of a folder say, by file name without its ending; mistakes are noted.

    `guides` are those of sources.yaml, None: nobody knows which there are. A rulebook may leave
    both files out.
    """
    for name, document in documents.items():
        if name not in (METHODS, GATES):
            hint = did_you_mean(name, (METHODS, GATES)) or f"the files are {METHODS} and {GATES}"
            problems.add(Place(document.file), "this file is not read", hint, check=NOT_READ)
    methods, gates = documents.get(METHODS), documents.get(GATES)
    return SinkRules(
        {} if methods is None else _read(methods, SinkMethod, SinkMethodFile, guides, problems),
        {} if gates is None else _read(gates, SinkGate, SinkGateFile, guides, problems),
    )


def _read(
    document: Document,
    words: type[Word],
    model: type[Entry],
    guides: Mapping[str, Guide] | None,
    problems: Problems,
) -> dict[Word, Entry]:
    """Return the entries of a file under the words of a closed list, all of which are needed."""
    known = list(words)
    listed = mapping_in(document, problems, "write a key for each")
    found: dict[Word, Entry] = {}
    for name, data in listed.items():
        if name not in known:
            hint = did_you_mean(name, known) or f"they are {', '.join(known)}"
            problems.at_key(document, (name,), f"there is no `{name}` here", hint)
            continue
        entry = build(model, data, document, problems, (name,))
        if entry is not None:
            found[words(name)] = entry
            _check_sources(name, entry, guides, document, problems)
    lacking = [one for one in known if one not in listed]
    if lacking and all(name in known for name in listed):  # a misspelt one is told already
        problems.at_value(document, (), f"there is nothing of {', '.join(lacking)}", "add it")
    return found


def _check_sources(
    name: str,
    entry: SinkMethodFile | SinkGateFile,
    guides: Mapping[str, Guide] | None,
    document: Document,
    problems: Problems,
) -> None:
    if not entry.sources:
        problems.at_key(document, (name,), f"`{name}` names no source", "write one")
    if guides is not None:
        for index, source in enumerate(entry.sources):
            check_citation(source, guides, document, (name, "sources", index), problems)
