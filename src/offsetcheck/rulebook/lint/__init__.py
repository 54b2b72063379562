"""What a sound rulebook may still want: each check is one small file and looks at the whole.

The check `family.what_is_wrong` is `CHECK` in `family/what_is_wrong.py`; a new file there is found
by itself.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.problems import in_order
from offsetcheck.vocabulary.problem import Problem


@cache
def checks() -> tuple[Check, ...]:
    """Return every check, in the order of ids."""
    families = [family.name for family in iter_modules(__path__) if family.ispkg]
    found = [check for family in families for check in _of_family(f"{__name__}.{family}")]
    return tuple(sorted(found, key=lambda check: check.id))


def check(rulebook: Rulebook) -> list[Problem]:
    """Return what every check finds, in the order of files and lines."""
    return list(in_order(problem for one in checks() for problem in one.problems(rulebook)))


def _of_family(package: str) -> list[Check]:
    folder = import_module(package).__path__
    files = [import_module(f"{package}.{file.name}") for file in iter_modules(folder)]
    return [file.CHECK for file in files if hasattr(file, "CHECK")]
