"""What a format of explanations is, and which there are: one file each in `report/formats`.

A file NAME.py (or a folder) there defines `FORMAT`. It imports what it renders with when it
renders: every `--help` asks for the names of formats and the kinds that they show.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.listing import module_names
from offsetcheck.report import formats

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

Render = Callable[["Explanation", Mapping[str, str], Path | None, str | None], str]


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write explanations down.

    `suffix` ends the names of its files. `render` takes an explanation, the words by key, a city's
    own folder of templates and the address of the list, the last two or None, and returns the text.
    `kinds` returns the kinds of explanation that it can show; None: all of them. `list_stem` is the
    name of the report of a whole list, without its suffix.
    """

    name: str
    suffix: str
    render: Render
    kinds: Callable[[], Collection[str]] | None = None
    list_stem: str = "tender"

    def shows(self, kind: str) -> bool:
        """Return whether it can show explanations of a kind such as `candidate`."""
        return self.kinds is None or kind in self.kinds()


def format_names(*kinds: str) -> tuple[str, ...]:
    """Return the names of all formats, or of those that can show each of these kinds."""
    names = module_names(formats.__path__)
    return tuple(name for name in names if all(map(format_named(name).shows, kinds)))


def format_named(name: str) -> Format:
    """Return the format of a name; raise ModuleNotFoundError where there is none."""
    found = import_module(f"{formats.__name__}.{name}").FORMAT
    if not isinstance(found, Format):
        raise TypeError(f"report/formats/{name}.py defines no Format as FORMAT")
    return found


def template_kinds(suffix: str) -> frozenset[str]:
    """Return the kinds of explanation for which there is an installed template of a format."""
    ending = f".{suffix}.jinja"
    found = bundled("templates").glob(f"*{ending}")
    return frozenset(path.name.removesuffix(ending) for path in found)
