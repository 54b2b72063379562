"""What a sound rulebook may still want: each check is one small file and looks at the whole.

The check `family.what_is_wrong` is `CHECK` in `family/what_is_wrong.py`; a new file there is found
by itself.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from offsetcheck.rulebook.files.causes import causes_first
from offsetcheck.rulebook.lint.check import Check, Described
from offsetcheck.rulebook.lint.exceptions import but_for_exceptions
from offsetcheck.rulebook.lint.loading import LOADING, OF_EXCEPTIONS
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.problems import in_order
from offsetcheck.vocabulary.problem import Problem

EXAMPLES = "examples."
MOVES_LIMITS = ("levels.", "times.", "units.")


@cache
def checks() -> tuple[Check, ...]:
    """Return every check, in the order of ids."""
    families = [family.name for family in iter_modules(__path__) if family.ispkg]
    found = [check for family in families for check in _of_family(f"{__name__}.{family}")]
    return tuple(sorted(found, key=lambda check: check.id))


def described() -> tuple[Described, ...]:
    """Return what authors are told of every check, and of what is found while files are read."""
    return tuple(sorted((*checks(), *LOADING, *OF_EXCEPTIONS), key=lambda one: one.id))


def check(
    rulebook: Rulebook,
    proved: Iterable[Problem] = (),
    proofs: Iterable[Described] = (),
    *,
    but_for: str | None = None,
) -> list[Problem]:
    """Return what every check finds and nothing excepts, in the order of files and lines.

    `but_for` is a family of checks that is left out, where nothing that it looks at has changed.

    Those that follow from another are counted under it, as `causes_first` does. `proved` are the
    problems of `proofs` that were asked for beside the checks; one where a check finds something
    too is left out, for it has that cause.
    """
    run = [one for one in checks() if but_for is None or not one.id.startswith(f"{but_for}.")]
    found = [problem for one in run for problem in one.problems(rulebook)]
    places = {problem.place for problem in found}
    found += [problem for problem in proved if problem.place not in places]
    ran, known = ({one.id for one in (*several, *proofs)} for several in (run, checks()))
    kept = but_for_exceptions(rulebook, found, ran=ran, known=known)
    told = _examples_last(kept)
    return list(causes_first(in_order(told), rulebook.documents.values()))


def _examples_last(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without those of examples in a file where a limit is wrong.

    Which examples a rule wants is asked when the rule is as its author means it.
    """
    found = list(problems)
    unsound = {one.place.file for one in found if (one.check or "").startswith(MOVES_LIMITS)}
    return [
        one
        for one in found
        if one.place.file not in unsound or not (one.check or "").startswith(EXAMPLES)
    ]


def _of_family(package: str) -> list[Check]:
    folder = import_module(package).__path__
    files = [import_module(f"{package}.{file.name}") for file in iter_modules(folder)]
    return [file.CHECK for file in files if hasattr(file, "CHECK")]
