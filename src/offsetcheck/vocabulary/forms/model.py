"""A piece of a file as a pydantic model, or every mistake in it, in our own words at its place."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from offsetcheck.ground.limits import MAX_YAML_PROBLEMS
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.forms.scalars import DIGITS

FEW_KEYS = 10  # as many fit into one hint
DECIMAL_COMMA = "write decimals with a point, and put a text with a comma in quotes"
MISSING_KEY, UNKNOWN_KEY, WRONG = "file.missing_key", "file.unknown_key", "file.wrong_value"
NO_MAPPING = "a mapping is needed here"


class FileModel(BaseModel):
    """A piece of a file: frozen, and no key that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


Model = TypeVar("Model", bound=BaseModel)


def build(
    model: type[Model], data: Any, document: Document, problems: Problems, path: Steps = ()
) -> Model | None:
    """Return a piece of a document as a model, or None with every mistake noted at its place."""
    if not isinstance(data, dict):
        if not document.problems or document.data is not None:
            problems.at_value(document, path, NO_MAPPING, "write `key: value` lines", check=WRONG)
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False)[:MAX_YAML_PROBLEMS]:
            _note(detail, model, document, problems, path)
        return None


def mapping_in(
    document: Document, problems: Problems, hint: str = "write `key: value` lines"
) -> Mapping[str, Any]:
    """Return the top level of a file as a mapping; an empty one where it is none, which is noted.

    A file that is no YAML at all has its problems already.
    """
    if isinstance(document.data, dict):
        return document.data
    if not document.problems:
        problems.at_value(document, (), NO_MAPPING, hint, check=WRONG)
    return {}


def note_unknown_key(
    document: Document, path: Steps, known: Sequence[str], problems: Problems
) -> None:
    """Note that the last step of a path is a key that nothing reads, and which one is near."""
    key = str(path[-1])
    near = did_you_mean(key, known)
    listed = f"the keys are {', '.join(known)}" if len(known) <= FEW_KEYS else None
    message = f"`{key}` is not a key that can stand here"
    hint = DECIMAL_COMMA if key.isdigit() else near or listed
    problems.at_key(document, path, message, hint, check=UNKNOWN_KEY)


def _note(
    detail: Any, model: type[BaseModel], document: Document, problems: Problems, base: Steps
) -> None:
    kind, location = detail["type"], tuple(detail["loc"])
    path, rest = _existing(document, base, location)
    if kind == "extra_forbidden":
        note_unknown_key(document, path, _keys_beside(model, location[:-1]), problems)
    elif kind == "missing":
        key = rest[-1] if rest else location[-1]
        message = f"the key `{key}` is missing"
        problems.at_value(document, path, message, f"write `{key}: …` here", check=MISSING_KEY)
    elif kind == "ours":
        _note_ours(detail, document, problems, path, location)
    else:
        problems.at_value(document, path, *_plain(kind, detail), check=WRONG)


def _note_ours(
    detail: Any, document: Document, problems: Problems, path: Steps, location: Sequence[Any]
) -> None:
    context = detail["ctx"]
    note = problems.at_key if location and location[-1] == "[key]" else problems.at_value
    note(document, path, context["message"], context["hint"], check=WRONG)


def _existing(
    document: Document, base: Steps, location: Sequence[Any]
) -> tuple[Steps, tuple[str, ...]]:
    """Return the part of a model's location that stands in the document, and what does not."""
    path, rest = base, list[str]()
    for part in location:
        longer = (*path, part)
        if not rest and (longer in document.values or longer in document.keys):
            path = longer
        elif part != "[key]":
            rest.append(str(part))
    return path, tuple(rest)


def _keys_beside(model: type[BaseModel], location: Sequence[Any]) -> list[str]:
    """Return the keys that a nested model knows, found by walking its annotations."""
    nested = model
    for part in location:
        field = _field(nested, str(part))
        inner = _model_in(field.annotation) if field is not None else None
        nested = inner or nested
    return [field.alias or name for name, field in nested.model_fields.items()]


def _field(model: type[BaseModel], key: str) -> Any:
    for name, field in model.model_fields.items():
        if key in {name, field.alias}:
            return field
    return None


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        inner = _model_in(part)
        if inner is not None:
            return inner
    return None


LINES, ITEMS = "write `key: value` lines", "write `[a, b]`, or a line with `- ` for each"
NEEDED = {
    "string": ("a text", "write it in quotes"),
    "int": ("a whole number", DIGITS),
    "float": ("a number", DIGITS),
    "greater_than_equal": ("a number of 0 or more", "write 0 or a number above it"),
    "bool": ("yes or no", "write `yes` or `no`"),
    "dict": ("a mapping", LINES),
    "tuple": ("a list", ITEMS),
    "list": ("a list", ITEMS),
    "date": ("a date", "write year, month and day, such as 2026-12-31"),
    "model": ("a mapping", LINES),
    "mapping": ("a mapping", LINES),
}


def _plain(kind: str, detail: Any) -> tuple[str, str | None]:
    """Return our own words for one of the validator's kinds of error."""
    if kind in {"enum", "literal_error"}:
        words = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        near = did_you_mean(str(detail["input"]), words)
        return f"`{detail['input']}` cannot stand here", near or f"write {', '.join(words)}"
    for name, (needed, hint) in NEEDED.items():
        if kind.startswith(name):
            return f"{needed} is needed here", hint
    if kind in {"too_short", "too_long"}:
        return "the list has the wrong length", None
    return "this value cannot stand here", None
