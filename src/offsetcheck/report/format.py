"""What a format of explanations is, and which there are: one file each in `report/formats`.

A file NAME.py (or a folder) there defines `FORMAT`. It imports what it renders with when it
renders: every `--help` asks for the names of formats and the kinds that they show.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.listing import module_names
from offsetcheck.report import formats

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

PAGES = ("candidate", "tender")
"""The kinds of the pages of judged offers."""
RESULT = "result"
"""The kind of what is one file for all of them."""
Page = str | bytes
"""What is written down: a text, or bytes that no terminal shows."""
Render = Callable[["Explanation", Mapping[str, str], Path | None, str | None], Page]


@dataclass(frozen=True, slots=True)
class Substitute:
    """The format that is written where one cannot be; `why` is the key of the sentence for it."""

    name: str
    why: str


def _needs_none() -> None:
    """Return no substitute: the format can be written wherever the package runs."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write explanations down.

    `suffix` ends the names of its files. `render` takes an explanation, the words by key, a city's
    own folder of templates and the address of the list, the last two or None, and returns the text
    or the bytes. `kinds` returns the kinds of explanation that it can show; None: all of them.
    `list_stem` is the name of the report of a whole list, without its suffix. `effort` says how
    many pages of HTML take as long as one of it. `substitute` returns what is written instead where
    a library that it needs is not there.
    """

    name: str
    suffix: str
    render: Render
    kinds: Callable[[], Collection[str]] | None = None
    list_stem: str = "tender"
    effort: int = 1
    substitute: Callable[[], Substitute | None] = _needs_none

    def shows(self, *kinds: str) -> bool:
        """Return whether it can show explanations of each of some kinds such as `candidate`."""
        return self.kinds is None or set(kinds) <= set(self.kinds())


def format_names(*kinds: str) -> tuple[str, ...]:
    """Return the names of all formats, or of those that can show each of these kinds."""
    return tuple(
        name for name in _names_in(tuple(formats.__path__)) if format_named(name).shows(*kinds)
    )


def offered_formats() -> tuple[str, ...]:
    """Return the formats of judged offers: pages of list and offer, or the whole result at once."""
    either = {*format_names(*PAGES), *format_names(RESULT)}
    return tuple(name for name in _names_in(tuple(formats.__path__)) if name in either)


@cache
def _names_in(folders: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of all formats; folders are looked into once, and not for every page."""
    return module_names(folders)


def format_named(name: str) -> Format:
    """Return the format of a name; raise ModuleNotFoundError where there is none."""
    found = import_module(f"{formats.__name__}.{name}").FORMAT
    if not isinstance(found, Format):
        raise TypeError(f"report/formats/{name}.py defines no Format as FORMAT")
    return found


def written_as(name: str) -> tuple[Format, Substitute | None]:
    """Return the format that is written where one is asked for, and why it is another, if it is."""
    asked = format_named(name)
    instead = asked.substitute()
    return (asked, None) if instead is None else (format_named(instead.name), instead)


@cache
def template_kinds(suffix: str) -> frozenset[str]:
    """Return the kinds of explanation for which there is an installed template of a format."""
    ending = f".{suffix}.jinja"
    found = bundled("templates").glob(f"*{ending}")
    return frozenset(path.name.removesuffix(ending) for path in found)
