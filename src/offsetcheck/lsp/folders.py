"""The rule folders that an editor works in: which file of which folder a document is."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pygls.uris import from_fs_path, to_fs_path

from offsetcheck.api.editing import EditedRules, rule_folder_of

ENDINGS = (".yaml", ".csv")
MAX_CHARACTERS = 1_000_000
"""Signs of a document that is still looked at while it is being written."""


@dataclass(frozen=True, slots=True)
class Located:
    """A document of a rule folder, and its path in it."""

    rules: EditedRules
    path: str


class Folders:
    """The rule folders of the workspace; files that lie elsewhere are nobody's."""

    def __init__(self) -> None:
        self._edited: dict[Path, EditedRules] = {}
        self._within: dict[Path, Path] = {}
        self._uris: dict[Path, str] = {}

    def open(self, uris: Iterable[str]) -> None:
        """Take the folders of the workspace, and the rule folder that each is or holds."""
        named = {uri: path for uri in uris if (path := _path(uri)) is not None}
        self._within = {path: Path(to_fs_path(uri) or path) for uri, path in named.items()}
        for root in self._within:
            self._edited_at(root)

    def all(self) -> tuple[EditedRules, ...]:
        """Return the rule folders that are open."""
        return tuple(self._edited.values())

    def located(self, uri: str) -> Located | None:
        """Return which file of which rule folder a document is, None for any other.

        Without a workspace, it is the rule folder in which the document lies.
        """
        path = _path(uri)
        if path is None or path.suffix not in ENDINGS:
            return None
        if self._within and not any(path.is_relative_to(root) for root in self._within):
            return None
        rules = self._edited_at(path)
        if rules is None:
            return None
        self._uris[path] = uri
        within = path.relative_to(rules.folder).as_posix()
        return (
            None
            if any(part.startswith(".") for part in within.split("/"))
            else Located(rules, within)
        )

    def uri_of(self, rules: EditedRules, path: str) -> str:
        """Return the address of a file of a rule folder, as the editor itself names it.

        A workspace may be named by a link, whose name the editor goes on using.
        """
        real = rules.folder / path
        if real in self._uris:
            return self._uris[real]
        for root, named in self._within.items():
            if real.is_relative_to(root):
                return from_fs_path(os.fspath(named / real.relative_to(root))) or ""
        return from_fs_path(os.fspath(real)) or ""

    def _edited_at(self, path: Path) -> EditedRules | None:
        known = next(
            (one for folder, one in self._edited.items() if path.is_relative_to(folder)), None
        )
        folder = rule_folder_of(path) if known is None else None
        if folder is not None:
            known = self._edited.setdefault(folder, EditedRules(folder))
        return known


def _path(uri: str) -> Path | None:
    """Return the real path of an address, None for what is no file."""
    named = to_fs_path(uri)
    return None if not named else Path(os.path.realpath(named))
