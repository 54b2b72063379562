"""What an editor is given for a rule folder: the schemas of its files, and settings for them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from offsetcheck.api.city import city_chosen
from offsetcheck.api.output import PROGRAM, refusals_located, result_folder, write_result
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.publish.naming import write_text
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.ground.walk import NotPlainError, read_plain
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.overlay.files import CITY
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import OutputError, Place, Problem, RequestError
from offsetcheck.workshop.schemas.kinds import BY_NAME, KINDS
from offsetcheck.workshop.schemas.make import schema_of
from offsetcheck.workshop.schemas.names import FolderNames, names_in
from offsetcheck.workshop.schemas.settings import (
    EXTENSIONS,
    SCHEMAS,
    SETTINGS,
    extensions,
    files_of_kinds,
    files_of_own_city,
    merged,
    schema_name,
    settings,
)

MAX_SETTINGS = 1_000_000
"""Bytes of a file of settings that is still read."""

GUIDE, RULES = "guide.yaml", "rules"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was written for an editor, and the files that only their owner can complete."""

    written: tuple[Path, ...]
    kept: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Edited:
    """What an editor opens: its names, and the patterns of files by the name of their schema."""

    names: FolderNames
    files: Mapping[str, tuple[str, ...]]


def rule_schema(folder: Path | None, kind: str) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file, with the names of a rule folder in it.

    Raises RequestError for a kind that is not there, RulebookError for a folder that does not load.
    """
    known = BY_NAME.get(kind)
    if known is None:
        hint = did_you_mean(kind, BY_NAME) or f"the kinds are {', '.join(BY_NAME)}"
        raise RequestError.about("kind", f"there is no kind of file `{kind}`", hint)
    return schema_of(known, names_in(load_rulebook(folder or bundled(RULES))))


def write_schemas(
    folder: Path | None, goal: Path, *, replace: bool = False, command: str = PROGRAM
) -> tuple[Path, ...]:
    """Write the schema of every kind into a folder, whole or not at all; return their paths.

    Raises RulebookError for a folder that does not load, OutputError.
    """
    texts = _schemas(names_in(load_rulebook(folder or bundled(RULES))), tuple(BY_NAME))
    with result_folder(goal, replace=replace, command=command) as making:
        making.refuse(list(texts))
        for name, text in texts.items():
            write_text(making.draft / name, text)
    return tuple(goal / name for name in texts)


def prepare_editor(folder: Path, *, command: str = PROGRAM) -> Prepared:
    """Write `.vscode` into a folder: the schemas of its rule files, and settings that are missing.

    The folder is a rule folder, one that holds a rule folder named `rules`, or a city's own. Its
    own settings stay; schemas are made anew. Raises RequestError where it is none of these,
    RulebookError where its rules do not load, OutputError.
    """
    edited = _edited(folder)
    kinds = tuple(k.name for k in KINDS if schema_name(k) in edited.files)
    written = [folder / SCHEMAS / name for name in edited.files]
    kept: list[Problem] = []
    _refuse_links(folder, (*written, folder / SETTINGS, folder / EXTENSIONS))
    with refusals_located():
        (folder / SCHEMAS).mkdir(parents=True, exist_ok=True)
    for name, text in _schemas(edited.names, kinds).items():
        write_result(folder / SCHEMAS / name, text, replace=True, command=command)
    for path, wanted in ((SETTINGS, settings(edited.files)), (EXTENSIONS, extensions())):
        problem = _complete(folder / path, wanted, command)
        if problem is None:
            written.append(folder / path)
        else:
            kept.append(problem)
    return Prepared(tuple(written), tuple(kept))


def _refuse_links(folder: Path, paths: Iterable[Path]) -> None:
    """Raise OutputError where a link would lead what is written out of the folder."""
    within = folder.resolve()
    for path in paths:
        if not path.resolve().is_relative_to(within):
            said, hint = "this link leads out of the folder", "put the file itself here"
            raise OutputError([Problem(said, Place(str(path)), hint)])


def editor_files_of_city(rulebook: Rulebook) -> dict[str, str]:
    """Return the texts of `.vscode` by path for a city's own folder that is begun."""
    files = files_of_own_city()
    kinds = tuple(kind.name for kind in KINDS if schema_name(kind) in files)
    texts = {f"{SCHEMAS}/{n}": text for n, text in _schemas(names_in(rulebook), kinds).items()}
    wanted = {SETTINGS: settings(files), EXTENSIONS: extensions()}
    return texts | {path: merged(None, one) or "" for path, one in wanted.items()}


def _edited(folder: Path) -> _Edited:
    if (folder / CITY).is_file():
        rulebook = load_rulebook(bundled(RULES))
        laid = city_chosen(f"{folder}/", rulebook).rulebook
        return _Edited(names_in(laid), files_of_own_city())
    for rules, start in ((folder, ""), (folder / RULES, f"{RULES}/")):
        if (rules / GUIDE).exists():
            names = names_in(load_rulebook(rules))
            return _Edited(names, files_of_kinds(start, names.dimensions))
    said = f"`{folder}` holds no rule files"
    hint = f"name a folder with {GUIDE}, one with {RULES}/{GUIDE}, or a city's with {CITY}"
    raise RequestError.about("folder", said, hint)


def _schemas(names: FolderNames, kinds: tuple[str, ...]) -> dict[str, str]:
    return {schema_name(BY_NAME[kind]): _text(schema_of(BY_NAME[kind], names)) for kind in kinds}


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _complete(path: Path, wanted: Mapping[str, Any], command: str) -> Problem | None:
    """Add to a file of settings what is missing; return why it is left to its owner."""
    try:
        held = read_plain(path.resolve(), MAX_SETTINGS).decode("utf-8") if path.exists() else None
        text = merged(held, wanted)
    except (ValueError, NotPlainError, RecursionError):
        hint = f"add by hand: {json.dumps(wanted, ensure_ascii=False)}"
        return Problem(
            "this file is not changed: it holds more than plain JSON", Place(str(path)), hint
        )
    except OSError as error:
        why = (error.strerror or str(error)).casefold()
        raise OutputError([Problem(f"cannot be read: {why}", Place(str(path)))]) from error
    if text is not None:
        write_result(path, text, replace=True, command=command)
    return None
