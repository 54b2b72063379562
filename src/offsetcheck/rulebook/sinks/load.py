"""What a rulebook says of own sinks, read when a balance is made."""

from collections.abc import Mapping
from pathlib import Path

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.files.remembered import remembered
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.sinks.model import SinkRules
from offsetcheck.rulebook.sinks.reading import FOLDER, GATES, METHODS, read_sink_rules
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place


def sink_rules_of(rulebook: Rulebook) -> SinkRules:
    """Return what a rulebook says of own sinks, the installed one of what it leaves out.

    No verdict rests on it, so that the rulebook in the cache does without. Raises RulebookError.
    """
    own = _read(rulebook.folder / FOLDER, rulebook.guides)
    if own is not None and own.methods and own.gates:
        return own
    shipped = _read(bundled("rules") / FOLDER, None)
    if shipped is None:
        raise AssertionError("the installed rules say what own sinks rest on")
    own = own or shipped
    return SinkRules(own.methods or shipped.methods, own.gates or shipped.gates)


def _read(folder: Path, guides: Mapping[str, Guide] | None) -> SinkRules | None:
    if not folder.is_dir():
        return None
    walked, problems = gather(folder), Problems()
    for fault in walked.faults:
        problems.add(Place(fault.name), fault.message, fault.hint)
    wanted = {f"{name}.yaml": name for name in (METHODS, GATES)}
    documents = {
        name: remembered(walked.files[file].decode("utf-8", "replace"), file)
        for file, name in wanted.items()
        if file in walked.files
    }
    for document in documents.values():
        problems.of_document(document)
    read = read_sink_rules(documents, guides, problems)
    problems.stop()
    return read
