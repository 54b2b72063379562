"""A rule folder checked: every problem of it, also where it does not load."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.proofs import need_solver, prove_rules
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.exports.checked import CheckFormat, FoundProblem, told
from offsetcheck.rulebook.lint import check, described
from offsetcheck.rulebook.lint.places import path_at
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, RulebookError, Severity
from offsetcheck.workshop.proofs.described import PROOFS


@dataclass(frozen=True, slots=True)
class CheckedFolder:
    """What a check of a rule folder has found: causes first, else in the order of files and lines.

    `rules` and `cities` count what was read; both are None where the folder does not load.
    """

    found: tuple[FoundProblem, ...]
    rules: int | None
    cities: int | None

    @property
    def loads(self) -> bool:
        """Whether every file could be read, so that the checks of the whole have run."""
        return self.rules is not None

    def worse_than(self, least: Severity) -> int:
        """Return how many problems matter at least as much."""
        order = tuple(Severity)
        return sum(order.index(one.problem.severity) <= order.index(least) for one in self.found)


def check_folder(folder: Path | None = None, *, proofs: bool = False) -> CheckedFolder:
    """Return what is wrong with a rule folder, or with the installed one.

    A folder that does not load is no error of this call: its problems are what is asked for. With
    `proofs` what can be proved is told too; raises RequestError where no solver is installed.
    """
    if proofs:
        need_solver()
    try:
        rulebook = load_rulebook(folder or bundled("rules"))
    except RulebookError as error:
        return CheckedFolder(tuple(_found(error.problems, None)), None, None)
    problems = check(rulebook, prove_rules(rulebook), PROOFS) if proofs else check(rulebook)
    found = tuple(_found(problems, rulebook))
    return CheckedFolder(found, len(rulebook.rules), len(rulebook.cities))


def told_as(checked: CheckedFolder, form: str, folder: Path | None = None) -> str:
    """Return what a check has found in a format (`CheckFormat`); empty where it is nothing to say.

    `folder` is the folder that was checked, as the files of the result are to be named.
    """
    return told(checked.found, CheckFormat(form), (folder or Path("rules")).as_posix())


def _found(problems: Iterable[Problem], rulebook: Rulebook | None) -> Iterable[FoundProblem]:
    titles = {one.id: one.title for one in (*described(), *PROOFS)}
    for problem in problems:
        at = None if rulebook is None else path_at(problem.place, rulebook)
        yield FoundProblem(problem, at, titles.get(problem.check or ""))
