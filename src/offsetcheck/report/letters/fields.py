"""Which fields a template of a letter may name: the letter's own, and what each of them holds."""

from collections.abc import Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from offsetcheck.vocabulary.letter import Letter, LetterKind

ROOT = "letter"
TEXT = "text"
Shape = dict[str, Any] | list[Any] | str
OF_OTHERS = frozenset({"report"})
"""Fields that hold what is of all bidders; only the report on the procedure may name them."""

PUBLISHED = frozenset({"selected"})
"""Fields that hold names of other bidders which the law has the city publish."""


def letter_shape() -> Shape:
    """Return the fields of a letter: a mapping of fields, a list of one shape, or `text`."""
    return _shape(Letter)


def _shape(kind: Any) -> Shape:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return {name: _shape(field.annotation) for name, field in kind.model_fields.items()}
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _shape(next(one for one in inner if one is not type(None)))
    if origin is tuple:
        return [_shape(inner[0])]
    if origin is dict:
        return _headings()
    return TEXT


def _headings() -> Shape:
    from offsetcheck.vocabulary.letter import Heading

    return {heading.value: TEXT for heading in Heading}


def field_rows() -> Iterator[tuple[str, str]]:
    """Yield each field that a template may name, with `text`, `list` or `fields`."""
    yield from _rows(ROOT, letter_shape())


def _rows(name: str, shape: Shape) -> Iterator[tuple[str, str]]:
    if isinstance(shape, dict):
        for key, inner in shape.items():
            yield from _rows(f"{name}.{key}", inner)
    elif isinstance(shape, list):
        yield f"{name}[]", "list"
        if not isinstance(shape[0], str):
            yield from _rows(f"{name}[]", shape[0])
    else:
        yield name, shape


def required_fields(kind: LetterKind) -> tuple[str, ...]:
    """Return the fields that a template of a kind must name, whoever edits it."""
    always = ("letter.draft[]", "letter.title", "letter.city")
    if kind in (LetterKind.REFUSAL, LetterKind.STANDSTILL, LetterKind.AWARD):
        reasons = ("requirement", "required", "basis")
        named = (f"letter.lots[].reasons[].{part}" for part in reasons)
        return (*always, "letter.remedy[]", "letter.lots[].own_reason", *named)
    if kind in (LetterKind.CLARIFICATION, LetterKind.CURE):
        return (*always, "letter.lots[].points[].need", "letter.rules[]")
    if kind is LetterKind.DEBRIEF:
        return (*always, "letter.lots[].advantages[]")
    told = ("awarded", "undecided", "refused")
    return (*always, *(f"letter.report.{name}" for name in told))
