"""What each language translates, what is to be translated, and what was made from which English."""

from pathlib import Path

from offsetcheck.api.output import result_folder, write_result
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.publish.naming import write_text
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.texts.english import ENGLISH
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.languages import (
    LanguageStates,
    language_states,
    marks_of,
    marks_path,
    missing_texts,
)
from offsetcheck.workshop.languages_template import template_files


def languages(folder: Path | None = None, language: str | None = None) -> LanguageStates:
    """Return the state of each language, or of one, and every English text by key.

    Raises RulebookError for a folder that does not load, RequestError for no such language.
    """
    rulebook = load_rulebook(folder or bundled("rules"))
    found = language_states(rulebook)
    if language is None:
        return found
    _check(language, rulebook)
    one = tuple(state for state in found.states if state.language == language)
    return LanguageStates(found.english, one)


def write_template(
    language: str, output: Path, folder: Path | None = None, *, replace: bool, command: str
) -> tuple[str, ...]:
    """Write the English of what a language lacks into files of topics, and return their names.

    A language that nobody has begun lacks everything. Raises RulebookError, OutputError.
    """
    missing = missing_texts(load_rulebook(folder or bundled("rules")), language)
    files = {f"{topic}.yaml": text for topic, text in template_files(missing).items()}
    with result_folder(output, replace=replace, command=command) as making:
        making.refuse(files)
        for name, text in files.items():
            write_text(making.draft / name, text)
    return tuple(files)


def accept(language: str, folder: Path | None, *, command: str) -> Path:
    """Write down that each translation of a language was made from the English of now.

    Returns the file written. Raises RequestError for no such language, OutputError.
    """
    rulebook = load_rulebook(folder or bundled("rules"))
    _check(language, rulebook)
    path = marks_path(rulebook, language)
    path.parent.mkdir(exist_ok=True)
    write_result(path, marks_of(rulebook, language), replace=True, command=command)
    return path


def _check(language: str, rulebook: Rulebook) -> None:
    known = sorted(set(rulebook.words) - {ENGLISH})
    if language not in known:
        message = f"there are no words in `{language}`; there are {', '.join(known)}"
        raise RequestError.about("language", message, did_you_mean(language, known))
