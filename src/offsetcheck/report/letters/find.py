"""Where the template of a letter stands: in a city's folder, in a language, else installed."""

from pathlib import Path

from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.letter import LetterKind
from offsetcheck.vocabulary.problem import InputError, Place, Problem

FOLDER = "letters"


def template_names(kind: LetterKind, language: str, suffix: str) -> tuple[str, ...]:
    """Return the names under which a template may stand, the one of the language first."""
    return f"{kind.value}.{language}.{suffix}", f"{kind.value}.{suffix}"


def template_file(kind: LetterKind, language: str, suffix: str, templates: Path | None) -> Path:
    """Return the first file that is there: a city's own before an installed one.

    `templates` is a folder that holds `letters/`.
    """
    folders = [folder for folder in (templates, bundled("templates")) if folder]
    for folder in folders:
        for name in template_names(kind, language, suffix):
            path = folder / FOLDER / name
            if path.is_file():
                return _inside(path, folder)
    return bundled("templates") / FOLDER / template_names(kind, language, suffix)[-1]


def _inside(path: Path, folder: Path) -> Path:
    """Return a template; raise InputError for a link that leads out of its folder."""
    if not path.resolve().is_relative_to(folder.resolve()):
        message = "this template is a link out of its folder"
        raise InputError([Problem(message, Place(path.name), "put the file itself there")])
    return path
