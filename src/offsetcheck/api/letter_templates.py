"""Templates of letters, held against what a letter is."""

from collections.abc import Sequence
from pathlib import Path

from offsetcheck.report.letters.lint import lint_template
from offsetcheck.vocabulary.letter import LetterKind
from offsetcheck.vocabulary.problem import Problem, RequestError

SUFFIXES = (".docx", ".jinja", ".txt")


def lint_templates(paths: Sequence[Path], kind: str | None = None) -> tuple[Problem, ...]:
    """Return what is wrong with templates of letters; `kind` where their names do not tell it.

    Raises RequestError for a file of which the letter is not known.
    """
    return tuple(found for path in paths for found in lint_template(path, _kind_of(path, kind)))


def _kind_of(path: Path, kind: str | None) -> LetterKind:
    name = kind or path.name.split(".")[0]
    if path.suffix not in SUFFIXES:
        raise RequestError.about(
            "FILE…", f"{path.name} is no .docx, no .html.jinja and no .txt.jinja"
        )
    if name not in tuple(LetterKind):
        said = f"which letter {path.name} is of is not known"
        raise RequestError.about("kind", said, f"name one with `kind`: {', '.join(LetterKind)}")
    return LetterKind(name)
