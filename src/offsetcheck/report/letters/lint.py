"""What is wrong with a letter's template: found without a letter, at its place where it is told."""

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.report.letters.environment import WordEnvironment
from offsetcheck.report.letters.fields import (
    OF_OTHERS,
    PUBLISHED,
    ROOT,
    letter_shape,
    required_fields,
)
from offsetcheck.report.letters.names import (
    LISTED,
    Found,
    Known,
    Walk,
    near_words,
    place_of_line,
    syntax_problem,
)
from offsetcheck.report.letters.sources import parts_of, plain_environment, word_sources
from offsetcheck.vocabulary.letter import LetterKind
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity

__all__ = ["lint_template", "word_sources"]


def lint_template(path: Path, kind: LetterKind) -> tuple[Problem, ...]:
    """Return what is wrong with a template of a kind, a `.docx`, `.html.jinja` or `.txt.jinja`."""
    found = Found()
    try:
        parts = list(parts_of(path))
        made: Environment = WordEnvironment() if path.suffix == ".docx" else plain_environment()
        for place, source in parts:
            _read(made, source, place, found)
    except InputError as error:
        return (*found.problems, *error.problems)
    problems = [*found.problems, *_of_others(found.named, kind, path.name)]
    # A template that cannot be read leaves nothing out: what it names is not known.
    if not any("cannot be read" in problem.message for problem in problems):
        problems += _left_out(found.named, kind, path.name)
    return tuple(dict.fromkeys(problems))


def _read(made: Environment, source: str, name: str, found: Found) -> None:
    """Note the fields of one source, and its syntax errors."""
    try:
        tree = made.parse(source)
    except TemplateSyntaxError as error:
        found.problems.append(syntax_problem(error, source, name))
        return
    for node in tree.find_all(nodes.Filter):
        if node.name not in made.filters:
            hint = did_you_mean(node.name, list(made.filters))
            message = f"there is no filter `{node.name}`{near_words(source, node.lineno, name)}"
            found.problems.append(Problem(message, place_of_line(name, node.lineno), hint))
    Walk(source, name, found).visit(tree, {ROOT: Known(ROOT, letter_shape())})


def _of_others(named: set[str], kind: LetterKind, name: str) -> Iterator[Problem]:
    """Yield the fields that would tell a bidder what is of others."""
    if kind is LetterKind.REPORT:
        return
    for top in sorted({path.split(".")[1].removesuffix(LISTED) for path in named if "." in path}):
        if top in OF_OTHERS:
            message = f"`letter.{top}` holds what belongs to other bidders"
            yield Problem(message, Place(name), "only the report on the procedure may name it")
        elif top in PUBLISHED:
            message = f"`letter.{top}` holds names of other bidders"
            hint = "it is filled where the law has them published; `letter.selected_words` says so"
            yield Problem(message, Place(name), hint, Severity.WARNING)


def _left_out(named: set[str], kind: LetterKind, name: str) -> Iterator[Problem]:
    for path in required_fields(kind):
        if path not in named:
            said = path.removesuffix(LISTED)
            message = f"this template leaves out `{said}`, which every {kind.value} must say"
            yield Problem(message, Place(name), "compare it with the installed template")
