"""YAML as plain data with the place of every key and value, and every problem of a file at once."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from offsetcheck.ground.limits import (
    MAX_YAML_CHARACTERS,
    MAX_YAML_DEPTH,
    MAX_YAML_KEY,
    MAX_YAML_NODES,
    MAX_YAML_PROBLEMS,
)
from offsetcheck.vocabulary.forms.document import Document, Mark, Steps
from offsetcheck.vocabulary.problem import Place, Problem

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
MAX_NUMBER_LENGTH = 400


def compose(text: str, file: str, *, numbers_as_written: bool = False) -> Document:
    """Return a YAML text as data with places; never raises, whatever the text.

    With `numbers_as_written` a number stays the text that stands in the file, because YAML would
    read `500.000` as 500 before anybody could ask which of two numbers is meant.

    Refused, each with its place: duplicate keys, aliases, anchors, tags, merge keys, keys that are
    no scalars, a second document, numbers that no double holds, and more than the limits of
    `ground.limits`. After a syntax error `data` is None and nothing of the file is used.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) > MAX_YAML_CHARACTERS:
        message = f"the file has more than {MAX_YAML_CHARACTERS:,} characters"
        return Document(file, None, problems=(Problem(message, Place(file, 1, 1)),))
    builder = _Builder(file, numbers_as_written)
    try:
        builder.read(yaml.parse(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        ended = _not_yaml(file, error)
        return Document(file, None, text, problems=(*builder.problems, ended))
    except (yaml.YAMLError, UnicodeError) as error:
        ended = _odd_character(file, text, error)
        return Document(file, None, text, problems=(*builder.problems, ended))
    except _StopReading:
        return Document(file, None, text, problems=tuple(builder.problems))
    return Document(
        file,
        builder.root,
        text,
        builder.values,
        builder.keys,
        frozenset(builder.flow),
        builder.styles,
        tuple(builder.problems),
    )


class _StopReading(Exception):  # noqa: N818 - ends the reading, no error of its own
    """Raised where reading on is pointless."""


@dataclass(slots=True)
class _Level:
    """One open collection: its data, its path, the key that waits for a value."""

    data: dict[str, Any] | list[Any]
    path: Steps
    flow: bool
    key: str | None = None
    waiting: bool = False


class _Builder:
    """Builds data from parser events with a stack of its own, so that depth cannot hurt."""

    def __init__(self, file: str, numbers_as_written: bool) -> None:
        self.file = file
        self.numbers_as_written = numbers_as_written
        self.root: Any = None
        self.values: dict[Steps, Mark] = {}
        self.keys: dict[Steps, Mark] = {}
        self.flow: set[Steps] = set()
        self.styles: dict[Steps, str] = {}
        self.problems: list[Problem] = []
        self.stack: list[_Level] = []
        self.documents = 0
        self.nodes = 0

    def read(self, events: Iterator[Any]) -> None:
        readers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.MappingStartEvent: self.start_mapping,
            yaml.SequenceStartEvent: self.start_sequence,
            yaml.MappingEndEvent: self.end,
            yaml.SequenceEndEvent: self.end,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        for event in events:
            reader = readers.get(type(event))
            if reader is not None:
                reader(event)

    def start_mapping(self, event: Any) -> None:
        self.open(event, {})

    def start_sequence(self, event: Any) -> None:
        self.open(event, [])

    def end(self, _event: Any) -> None:
        self.stack.pop()

    def alias(self, event: Any) -> None:
        self.note(event, "an alias is not allowed here", "write the value out")
        self.place(event, None)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.note(event, "a second document starts here", "one file holds one document")
            raise _StopReading

    def scalar(self, event: Any) -> None:
        self.refuse_marks(event)
        level = self.stack[-1] if self.stack else None
        text = event.value if event.value.isascii() else unicodedata.normalize("NFC", event.value)
        if level and isinstance(level.data, dict) and not level.waiting:
            self.key(event, level, text)
            return
        path = self.place(event, self.construct(event, text))
        if event.style:
            self.styles[path] = event.style

    def key(self, event: Any, level: _Level, text: str) -> None:
        path = (*level.path, text)
        if len(text) > MAX_YAML_KEY:
            self.note(event, f"a key has more than {MAX_YAML_KEY:,} characters")
            raise _StopReading
        if text == "<<" and not event.style:
            self.note(event, "a merge key is not allowed here", "write the keys out")
        elif path in self.keys:
            first = self.keys[path][0]
            self.note(event, f"`{text}` stands here twice", f"the first is on line {first}")
        else:
            self.keys[path] = _mark(event)
        level.key, level.waiting = text, True

    def open(self, event: Any, data: dict[str, Any] | list[Any]) -> None:
        self.refuse_marks(event)
        level = self.stack[-1] if self.stack else None
        if level and isinstance(level.data, dict) and not level.waiting:
            self.note(event, "a key must be one word", "put the key in quotes, or mend the colon")
            raise _StopReading
        if len(self.stack) >= MAX_YAML_DEPTH:
            self.note(event, f"the file is more than {MAX_YAML_DEPTH} levels deep")
            raise _StopReading
        path = self.place(event, data)
        inside = bool(event.flow_style) or bool(level and level.flow)
        self.stack.append(_Level(data, path, inside))

    def place(self, event: Any, value: Any) -> Steps:
        """Put a value where it belongs and return its path; the first of two keys is kept."""
        self.nodes += 1
        if self.nodes > MAX_YAML_NODES:
            self.note(event, f"the file has more than {MAX_YAML_NODES:,} values")
            raise _StopReading
        if not self.stack:
            path: Steps = ()
            self.root = value
        else:
            path = self.attach(self.stack[-1], value)
        self.values.setdefault(path, _mark(event))
        return path

    def attach(self, level: _Level, value: Any) -> Steps:
        if isinstance(level.data, list):
            path: Steps = (*level.path, len(level.data))
            level.data.append(value)
        else:
            key = level.key or ""
            path = (*level.path, key)
            level.data.setdefault(key, value)
            level.waiting = False
        if level.flow:
            self.flow.add(path)
        return path

    def construct(self, event: Any, text: str) -> Any:
        """Return the value of a scalar by the core schema of YAML 1.2."""
        if event.style:
            return text
        if text in WORDS:
            return WORDS[text]
        if self.numbers_as_written:
            return text
        if len(text) <= MAX_NUMBER_LENGTH and NUMBER.fullmatch(text):
            return self.number(event, text)
        return text

    def number(self, event: Any, text: str) -> int | float | None:
        number = float(text)
        if not math.isfinite(number):
            self.note(event, f"`{text[:40]}` is a number too large to hold")
            return None
        return int(text) if INTEGER.fullmatch(text) else number

    def refuse_marks(self, event: Any) -> None:
        if event.anchor:
            self.note(
                event, "an anchor is not allowed here", "write the value out where it is needed"
            )
        if event.tag:
            self.note(
                event, "a tag is not allowed here", "remove the `!`, or put the text in quotes"
            )

    def note(self, event: Any, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(message, Place(self.file, *_mark(event)), hint))
        if len(self.problems) >= MAX_YAML_PROBLEMS:
            raise _StopReading


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _not_yaml(file: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = (error.problem or "it cannot be read").rstrip(".")
    return Problem(f"this is not YAML: {said}", Place(file, line, column), _syntax_hint(said))


def _syntax_hint(said: str) -> str:
    if "mapping values" in said:
        return "a text with a colon must stand in quotes or in a block after `>`"
    if "cannot start any token" in said:
        return "indent with spaces, and put a text that starts with a sign in quotes"
    return "look at the line above as well: indentation, quotes and brackets must match"


def _odd_character(file: str, text: str, error: Exception) -> Problem:
    position = getattr(error, "position", None)
    before = text[:position] if isinstance(position, int) else ""
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    message = "the file holds a character that YAML does not allow"
    return Problem(message, Place(file, line, column))
