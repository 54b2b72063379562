"""The problems of a rule folder: collected, located, and in our own words."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from offsetcheck.ground.limits import MAX_MESSAGE, MAX_YAML_PROBLEMS
from offsetcheck.ground.positions import Document, Mark, Steps
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.vocabulary.problem import Place, Problem, RulebookError

Model = TypeVar("Model", bound=BaseModel)


class Problems:
    """Collects problems while a folder is read, so that all are reported at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, place: Place, message: str, hint: str | None = None) -> None:
        """Note an error at a place."""
        self._found.append(Problem(_short(message), place, hint))

    def at_value(
        self, document: Document, path: Steps, message: str, hint: str | None = None
    ) -> None:
        """Note an error at a value of a document."""
        self.add(place_of(document, document.value_mark(path)), message, hint)

    def at_key(
        self, document: Document, path: Steps, message: str, hint: str | None = None
    ) -> None:
        """Note an error at a key of a document."""
        self.add(place_of(document, document.key_mark(path)), message, hint)

    def of_document(self, document: Document) -> None:
        """Note what is wrong with the YAML itself."""
        for flaw in document.flaws:
            self.add(Place(document.file, flaw.line, flaw.column), flaw.message, flaw.hint)

    def sorted(self) -> tuple[Problem, ...]:
        """Return all problems in the order of files, lines and columns, each once."""
        return in_order(self._found)

    def stop(self) -> None:
        """Raise RulebookError with all problems where there are any."""
        if self._found:
            raise RulebookError(self.sorted())


def _short(message: str) -> str:
    """Return a message on one line, cut where a stranger's text would flood the reader."""
    line = " ".join(message.split())
    return line if len(line) <= MAX_MESSAGE else f"{line[:MAX_MESSAGE]}…"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of files, lines and columns, each once."""

    def order(problem: Problem) -> tuple[str, int, int, str]:
        place = problem.place
        return place.file, place.line or 0, place.column or 0, problem.message

    return tuple(sorted(dict.fromkeys(problems), key=order))


def place_of(document: Document, mark: Mark) -> Place:
    """Return a mark of a document as a place."""
    return Place(document.file, *mark)


def build(
    model: type[Model], data: Any, document: Document, problems: Problems, path: Steps = ()
) -> Model | None:
    """Return a piece of a document as a model, or None with every mistake noted at its place."""
    if not isinstance(data, dict):
        if not document.flaws or document.data is not None:
            problems.at_value(
                document, path, "a mapping is needed here", "write `key: value` lines"
            )
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False)[:MAX_YAML_PROBLEMS]:
            _note(detail, model, document, problems, path)
        return None


def _note(
    detail: Any, model: type[BaseModel], document: Document, problems: Problems, base: Steps
) -> None:
    kind, location = detail["type"], tuple(detail["loc"])
    path, rest = _existing(document, base, location)
    if kind == "extra_forbidden":
        known = _keys_beside(model, location[:-1])
        message = f"`{location[-1]}` is not a key that can stand here"
        problems.at_key(document, path, message, did_you_mean(str(location[-1]), known))
    elif kind == "missing":
        problems.at_value(
            document, path, f"the key `{rest[-1] if rest else location[-1]}` is missing"
        )
    elif kind == "ours":
        _note_ours(detail, document, problems, path, location)
    else:
        problems.at_value(document, path, *_plain(kind, detail))


def _note_ours(
    detail: Any, document: Document, problems: Problems, path: Steps, location: Sequence[Any]
) -> None:
    context = detail["ctx"]
    note = problems.at_key if location and location[-1] == "[key]" else problems.at_value
    note(document, path, context["message"], context["hint"])


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
    found = model
    for part in location:
        field = _field(found, str(part))
        inner = _model_in(field.annotation) if field is not None else None
        found = inner or found
    return [field.alias or name for name, field in found.model_fields.items()]


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


NEEDED = {
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "greater_than_equal": "a number of 0 or more",
    "bool": "yes or no",
    "dict": "a mapping",
    "tuple": "a list",
    "list": "a list",
    "date": "a date",
    "model": "a mapping",
    "mapping": "a mapping",
}


def _plain(kind: str, detail: Any) -> tuple[str, str | None]:
    """Return our own words for one of the validator's kinds of error."""
    if kind in {"enum", "literal_error"}:
        words = re.findall(r"'([^']*)'", str(detail.get("ctx", {}).get("expected", "")))
        near = did_you_mean(str(detail["input"]), words)
        return f"`{detail['input']}` cannot stand here", near or f"write {', '.join(words)}"
    for name, needed in NEEDED.items():
        if kind.startswith(name):
            return f"{needed} is needed here", None
    if kind in {"too_short", "too_long"}:
        return "the list has the wrong length", None
    return "this value cannot stand here", None
