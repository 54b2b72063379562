"""A rule folder checked: every problem of it, also where it does not load.

What was found is kept in the user's cache under the key of all files and of the code: a folder that
is as it was need not be read again.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.cache import keep, own_cache, recall
from offsetcheck.ground.walk import Walked
from offsetcheck.report.exports.checked import CheckFormat, FoundProblem, told
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError, Severity

if TYPE_CHECKING:
    from offsetcheck.rulebook.rulebook import Rulebook

CODE = ("api", "workshop/proofs")  # what lies above the readers of rules and makes what is kept
KEPT = 8  # results in the cache; the oldest go first


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
    from offsetcheck.rulebook.files.folder import gather
    from offsetcheck.rulebook.files.key import folder_key
    from offsetcheck.rulebook.files.pack import unpacked

    if proofs:
        from offsetcheck.api.proofs import need_solver

        need_solver()
    try:
        named = unpacked(folder or bundled("rules"))
        walked = gather(named)
    except RulebookError as error:
        return CheckedFolder(tuple(_found(error.problems, None)), None, None)
    # What is proved has a memory of its own, by rule.
    unwanted = proofs or bool(walked.faults) or os.environ.get("OFFSETCHECK_CACHE") == "off"
    cache = None if unwanted else own_cache("offsetcheck")
    if cache is None:
        return _checked(named, walked, proofs=proofs)
    key = folder_key(named, walked, CODE)
    place = cache / f"{key[:40]}.checked"
    known = _known(recall(place, key))
    if known is None:
        from offsetcheck.rulebook.files.parts import kept_parts

        with kept_parts(named):
            known = _checked(named, walked, proofs=False)
        keep(place, key, json.dumps(asdict(known)).encode("ascii"), most=KEPT)
    return known


def _checked(folder: Path, walked: Walked, *, proofs: bool) -> CheckedFolder:
    from offsetcheck.rulebook.lint import check
    from offsetcheck.rulebook.load import read_rulebook

    try:
        rulebook = read_rulebook(folder, walked)
    except RulebookError as error:
        return CheckedFolder(tuple(_found(error.problems, None)), None, None)
    problems = _with_proofs(rulebook) if proofs else check(rulebook)
    found = tuple(_found(problems, rulebook))
    return CheckedFolder(found, len(rulebook.rules), len(rulebook.cities))


def _known(content: bytes | None) -> CheckedFolder | None:
    """Return what was kept of a check, None where that is not there or of another form."""
    try:
        data = json.loads(content or b"null")
        found = tuple(_read_problem(one) for one in data["found"])
        return CheckedFolder(found, data["rules"], data["cities"])
    except (ValueError, TypeError, LookupError):
        return None


def _read_problem(data: Iterable[Any]) -> FoundProblem:
    problem, at, title = data
    return FoundProblem(_problem(problem), at, title)


def _problem(data: Mapping[str, Any]) -> Problem:
    read = {
        **data,
        "place": Place(**data["place"]),
        "severity": Severity(data["severity"]),
        "lines": tuple(data["lines"]),
        "followers": tuple(_problem(one) for one in data["followers"]),
    }
    return Problem(**read)


def told_as(checked: CheckedFolder, form: str, folder: Path | None = None) -> str:
    """Return what a check has found in a format (`CheckFormat`); empty where it is nothing to say.

    `folder` is the folder that was checked, as the files of the result are to be named.
    """
    return told(checked.found, CheckFormat(form), (folder or Path("rules")).as_posix())


def _found(problems: Iterable[Problem], rulebook: "Rulebook | None") -> Iterable[FoundProblem]:
    from offsetcheck.rulebook.lint import described
    from offsetcheck.rulebook.lint.places import path_at
    from offsetcheck.workshop.proofs.described import PROOFS

    titles = {one.id: one.title for one in (*described(), *PROOFS)}
    for problem in problems:
        at = None if rulebook is None else path_at(problem.place, rulebook)
        yield FoundProblem(problem, at, titles.get(problem.check or ""))


def _with_proofs(rulebook: "Rulebook") -> list[Problem]:
    from offsetcheck.api.proofs import prove_rules
    from offsetcheck.rulebook.lint import check
    from offsetcheck.workshop.proofs.described import PROOFS

    return check(rulebook, prove_rules(rulebook), PROOFS)
