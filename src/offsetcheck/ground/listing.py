"""The modules of a package, found by listing its folder: nothing of it is imported."""

from collections.abc import Iterable
from pkgutil import iter_modules


def module_names(folders: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the modules in the folders of a package (`__path__`), in order."""
    return tuple(sorted(module.name for module in iter_modules(folders)))
