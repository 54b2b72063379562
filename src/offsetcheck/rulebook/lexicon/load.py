"""The lexicon of a rulebook, read when a text is to be written or held against it."""

from pathlib import Path

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.walk import Walked
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.files.remembered import remembered
from offsetcheck.rulebook.lexicon.model import Lexicon
from offsetcheck.rulebook.lexicon.reading import read_lexicon
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import Place

FOLDER = "lexicon"


def has_lexicon(rulebook: Rulebook) -> bool:
    """Whether a rulebook's folder has a lexicon of its own."""
    return (rulebook.folder / FOLDER).is_dir()


def lexicon_of(rulebook: Rulebook) -> Lexicon:
    """Return the lexicon of a rulebook's folder, the installed one where it has none.

    No verdict rests on it, so that the rulebook in the cache does without. Raises RulebookError.
    """
    folder = rulebook.folder / FOLDER
    walked = gather(folder if has_lexicon(rulebook) else bundled("rules") / FOLDER)
    problems = Problems()
    for fault in walked.faults:
        problems.add(Place(fault.name), fault.message, fault.hint)
    documents = {Path(name).stem: remembered(text, name) for name, text in _texts(walked, problems)}
    for document in documents.values():
        problems.of_document(document)
    read = read_lexicon(documents, rulebook.guides, rulebook.jurisdictions, problems)
    problems.stop()
    return read


def _texts(walked: Walked, problems: Problems) -> list[tuple[str, str]]:
    found = []
    for name, content in sorted(walked.files.items()):
        try:
            found.append((name, content.decode("utf-8")))
        except UnicodeDecodeError:
            problems.add(Place(name), "the file is not UTF-8", "save it as UTF-8")
    return [(name, text) for name, text in found if name.endswith(".yaml")]
