"""The settings by which an editor knows the files of a rule folder, beside what is there."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from offsetcheck.workshop.schemas.kinds import KINDS, Kind, patterns

FOLDER = ".vscode"
SCHEMAS = f"{FOLDER}/offsetcheck"
SETTINGS, EXTENSIONS = f"{FOLDER}/settings.json", f"{FOLDER}/extensions.json"
OWN_CITY = ("own_city", "rule", "jurisdiction", "sources", "words", "scenario")

# Read by the editor's own extensions: YAML by schema, and a client for our language server.
RECOMMENDED = ("redhat.vscode-yaml", "zsol.vscode-glspc")


def schema_name(kind: Kind) -> str:
    """Return the name of the file with the schema of a kind."""
    return f"{kind.name}.schema.json"


def own_city_files(kind: Kind) -> tuple[str, ...]:
    """Return the patterns of the files of a kind in the folder of a city's own."""
    return ("rules/*/*.yaml",) if kind.name == "rule" else kind.files


def settings(files: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Return the settings for schemas by name, each with the patterns of its files."""
    return {
        "yaml.schemas": {f"./{SCHEMAS}/{name}": list(found) for name, found in files.items()},
        "yaml.yamlVersion": "1.2",
        "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True},
        "glspc.server.command": "offsetcheck",
        "glspc.server.commandArguments": ["lsp"],
        "glspc.server.languageId": ["yaml"],
    }


def extensions() -> dict[str, Any]:
    """Return the extensions that an editor recommends in the folder."""
    return {"recommendations": list(RECOMMENDED)}


def files_of_kinds(start: str, dimensions: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the patterns of the files of each schema in a rule folder below the editor's."""
    folders = tuple(dimensions)
    return {
        schema_name(kind): tuple(f"{start}{one}" for one in patterns(kind, folders))
        for kind in KINDS
        if kind.name != "own_city"
    }


def files_of_own_city() -> dict[str, tuple[str, ...]]:
    """Return the patterns of the files of each schema in the folder of a city's own."""
    return {schema_name(kind): own_city_files(kind) for kind in KINDS if kind.name in OWN_CITY}


def merged(text: str | None, wanted: Mapping[str, Any]) -> str | None:
    """Return a file of settings with what is wanted and not there yet; what is there stays.

    None where it needs nothing. Raises ValueError for a text that is no plain JSON, which may hold
    remarks of its owner's that would be lost.
    """
    held = {} if text is None or not text.strip() else json.loads(text)
    if not isinstance(held, dict):
        raise ValueError("no mapping")  # noqa: TRY004 - of a text, as for one that is no JSON
    full = _joined(held, wanted)
    return None if full == held else json.dumps(full, indent=2, ensure_ascii=False) + "\n"


def _joined(held: Any, wanted: Any) -> Any:
    if isinstance(held, dict) and isinstance(wanted, dict):
        new = {key: value for key, value in wanted.items() if key not in held}
        return {key: _joined(value, wanted.get(key)) for key, value in held.items()} | new
    if isinstance(held, list) and isinstance(wanted, list):
        return [*held, *(item for item in wanted if item not in held)]
    return held
