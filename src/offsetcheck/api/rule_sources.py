"""Where a rulebook is read from: the installed one, a folder, a pack, or a revision of git."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.revision import (
    RevisionError,
    commit_of,
    has_file,
    repository_of,
    walk_revision,
)
from offsetcheck.ground.walk import Walked
from offsetcheck.rulebook.files.folder import BOUNDS, WANTED, gather
from offsetcheck.rulebook.files.pack import unpacked
from offsetcheck.rulebook.load import read_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.problem import Problem, RequestError, RulebookError

INSTALLED = "installed"
GUIDE_FILE = "guide.yaml"
USUAL = ("rules", "")
"""Where a repository keeps its rules, the first that has a guide.yaml."""


@dataclass(frozen=True)
class RuleSource:
    """A rulebook and where it was read from: `named` is the text that names it.

    `label` says in short which one it is: the text, of a revision also its commit. `start` is put
    before the names of its files, so that a person finds them.
    """

    named: str
    label: str
    start: str
    walked: Walked
    rulebook: Rulebook

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The YAML files by path, with the place of each value."""
        return self.rulebook.documents

    def document(self, path: str) -> Document | None:
        """Return a YAML file with its places, None where there is none."""
        content = self.walked.files.get(path)
        return None if content is None else compose(content.decode("utf-8", "replace"), path)


def open_rules(named: str, argument: str = "rules", beside: str | None = None) -> RuleSource:
    """Return the rulebook that a text names: `installed`, a folder or pack, `REV` or `REV:PATH`.

    A folder comes before a revision of the same name. `PATH` is that of the rules from the top of
    the repository of the working directory; without it they stand where the folder `beside` does,
    else in `rules` or at the top. Raises RequestError, about `argument`, for what is none of them,
    RulebookError with every problem of its files.
    """
    if named == INSTALLED:
        return _folder(bundled("rules"), named, "")
    if not named or not named.isprintable():
        raise RequestError.about(argument, f"`{named}` names no rules")
    if Path(named).exists():
        return _folder(Path(named), named, f"{named.rstrip('/')}/")
    return _revision(named, argument, beside)


def _folder(folder: Path, named: str, start: str) -> RuleSource:
    folder = unpacked(folder)
    walked = gather(folder)
    return RuleSource(named, named, start, walked, _read(folder, walked, start))


def _revision(named: str, argument: str, beside: str | None) -> RuleSource:
    revision, colon, path = named.partition(":")
    hint = "name a folder, `installed`, a revision such as HEAD~1, or REV:FOLDER"
    repository = repository_of(Path())
    if repository is None:
        said = f"there is no folder `{named}`, and no git repository here"
        raise RequestError.about(argument, said, hint)
    try:
        commit = commit_of(repository, revision)
    except RevisionError as why:
        said = f"`{named}` is neither a folder nor a revision of this repository"
        raise RequestError.about(argument, said, why.hint or hint) from None
    try:
        folder = _inside(path) if colon else _usual(repository, commit, beside)
        walked = walk_revision(repository, commit, folder, WANTED, BOUNDS)
    except RevisionError as why:
        raise RequestError.about(argument, str(why), why.hint) from None
    label = f"{named} ({commit[:12]})"
    start = f"{revision}:{folder}/" if folder else f"{revision}:"
    return RuleSource(named, label, start, walked, _read(repository / folder, walked, start))


def _inside(path: str) -> str:
    """Return a path from the top of a repository in its plain form."""
    parts = PurePosixPath(path.strip("/")).parts
    if ".." in parts:
        raise RevisionError(f"`{path}` leads out of the repository")
    return "/".join(parts)


def _usual(repository: Path, commit: str, beside: str | None) -> str:
    """Return where the rules stand in a commit: as in the other folder, else as usual."""
    there = Path(beside).resolve() if beside is not None else repository
    own = there.relative_to(repository).as_posix() if there.is_relative_to(repository) else "."
    places = (*([] if own == "." else [own]), *USUAL)
    for place in places:
        if has_file(repository, commit, f"{place}/{GUIDE_FILE}".lstrip("/")):
            return place
    said = f"the revision {commit[:12]} has no {GUIDE_FILE} in `rules` or at its top"
    raise RevisionError(said, "say where the rules are: REV:FOLDER")


def _read(folder: Path, walked: Walked, start: str) -> Rulebook:
    """Return the rulebook; the files of its problems are named as a person finds them."""
    try:
        return read_rulebook(folder, walked)
    except RulebookError as error:
        raise RulebookError([_found_at(problem, start) for problem in error.problems]) from None


def _found_at(problem: Problem, start: str) -> Problem:
    from dataclasses import replace

    return replace(problem, place=replace(problem.place, file=f"{start}{problem.place.file}"))
