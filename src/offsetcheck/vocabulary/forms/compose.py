"""YAML as plain data with the place of every key and value, and every problem of a file at once."""

import math
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
from offsetcheck.vocabulary.forms.numbers import INTEGER, MAX_NUMBER_LENGTH, NUMBER
from offsetcheck.vocabulary.problem import Place, Problem

LOOK_ABOVE = "look at the line above as well: indentation, quotes and brackets must match"
# Of what the parser says a part, whether the place is where the thing opens, and our own words.
SAID: tuple[tuple[str, bool, str, str], ...] = (
    (
        "did not find expected ',' or ']'",
        True,
        "a bracket `[` opens here and is not closed",
        "close it with `]`, and put a comma between its parts",
    ),
    (
        "did not find expected ',' or '}'",
        True,
        "a bracket `{` opens here and is not closed",
        "close it with `}`, and put a comma between its parts",
    ),
    (
        "did not find expected key",
        False,
        "this line does not fit those above",
        "indent it as its neighbours, and write `key: value`",
    ),
    (
        "did not find expected '-' indicator",
        False,
        "this line does not fit the list above",
        "indent it as the other parts of the list, each after `- `",
    ),
    (
        "could not find expected ':'",
        True,
        "a colon is missing after this key",
        "write `key: value`, with a space after the colon",
    ),
    (
        "mapping values are not allowed",
        False,
        "a colon cannot stand here",
        "a text with a colon must stand in quotes or in a block after `>`",
    ),
    (
        "block sequence entries are not allowed",
        False,
        "a list cannot begin here",
        "begin it on a line of its own",
    ),
    (
        "cannot start any token",
        False,
        "a text cannot begin with this character",
        "indent with spaces, and put a text that starts with a sign in quotes",
    ),
    ("tab character", False, "a tab stands here", "indent with spaces"),
    (
        "unexpected end of stream",
        True,
        "a quote opens here and is not closed",
        "close it with the same sign; write `''` for an apostrophe between single quotes",
    ),
    (
        "unexpected document indicator",
        True,
        "a quote opens here and is not closed",
        "close it with the same sign",
    ),
    (
        "escape",
        False,
        "a backslash cannot stand here",
        "write single quotes around the text, or two backslashes",
    ),
    (
        "did not find expected <document start>",
        False,
        "the file ends above this line",
        "indent this line as those above, or leave it out",
    ),
    (
        "did not find expected node content",
        False,
        "a value is missing here",
        "write a value, or leave out what stands here too much",
    ),
    (
        "expected a comment or a line break",
        False,
        "nothing can stand here after `>` or `|`",
        "begin the text on the next line",
    ),
    ("alias", False, "a text cannot begin with this character", "put the text in quotes"),
    ("anchor", False, "a text cannot begin with this character", "put the text in quotes"),
    ("tag", False, "a text cannot begin with this character", "put the text in quotes"),
    ("directive", False, "a line cannot begin with `%`", "put the text in quotes"),
)

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
SYNTAX, NOT_ALLOWED, TOO_LARGE = "yaml.syntax", "yaml.not_allowed", "yaml.too_large"


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
        return Document(
            file, None, problems=(Problem(message, Place(file, 1, 1), check=TOO_LARGE),)
        )
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
        self.twice: set[Steps] = set()
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
        self.note(event, "an alias is not allowed here", "write the value out", NOT_ALLOWED)
        self.place(event, None)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            hint = "one file holds one document"
            self.note(event, "a second document starts here", hint, NOT_ALLOWED)
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
            self.note(event, f"a key has more than {MAX_YAML_KEY:,} characters", None, TOO_LARGE)
            raise _StopReading
        if text == "<<" and not event.style:
            self.note(event, "a merge key is not allowed here", "write the keys out", NOT_ALLOWED)
        elif path in self.keys:
            self.note_twice(event, path)
        else:
            self.keys[path] = _mark(event)
        level.key, level.waiting = text, True

    def note_twice(self, event: Any, path: Steps) -> None:
        """Note a key that stands twice; what stands in it does so too, for that one cause."""
        self.twice.add(path)
        if any(path[:length] in self.twice for length in range(1, len(path))):
            return
        hint = f"keep one of the two: the first is on line {self.keys[path][0]}"
        names = f"key {self.file} {path[:-1]}"
        self.note(event, f"`{path[-1]}` stands here twice", hint, "yaml.key_twice", names)

    def open(self, event: Any, data: dict[str, Any] | list[Any]) -> None:
        self.refuse_marks(event)
        level = self.stack[-1] if self.stack else None
        if level and isinstance(level.data, dict) and not level.waiting:
            self.note(event, "a key must be one word", "put the key in quotes, or mend the colon")
            raise _StopReading
        if len(self.stack) >= MAX_YAML_DEPTH:
            message = f"the file is more than {MAX_YAML_DEPTH} levels deep"
            self.note(event, message, None, TOO_LARGE)
            raise _StopReading
        path = self.place(event, data)
        inside = bool(event.flow_style) or bool(level and level.flow)
        self.stack.append(_Level(data, path, inside))

    def place(self, event: Any, value: Any) -> Steps:
        """Put a value where it belongs and return its path; the first of two keys is kept."""
        self.nodes += 1
        if self.nodes > MAX_YAML_NODES:
            message = f"the file has more than {MAX_YAML_NODES:,} values"
            self.note(event, message, None, TOO_LARGE)
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
            hint = "write the value out where it is needed"
            self.note(event, "an anchor is not allowed here", hint, NOT_ALLOWED)
        if event.tag:
            hint = "remove the `!`, or put the text in quotes"
            self.note(event, "a tag is not allowed here", hint, NOT_ALLOWED)

    def note(
        self,
        event: Any,
        message: str,
        hint: str | None = None,
        check: str = SYNTAX,
        names: str | None = None,
    ) -> None:
        place = Place(self.file, *_mark(event))
        self.problems.append(Problem(message, place, hint, check=check, names=names))
        if len(self.problems) >= MAX_YAML_PROBLEMS:
            raise _StopReading


def _mark(event: Any) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _not_yaml(file: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return what is wrong with a text that is no YAML, where it begins to be wrong."""
    ends = error.problem_mark or error.context_mark
    said = (error.problem or "").rstrip(".")
    for part, opens, message, hint in SAID:
        if part in said:
            mark = error.context_mark if opens and error.context_mark else ends
            stops = f"reading stops on line {ends.line + 1}: " if ends and mark is not ends else ""
            place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
            return Problem(f"this is not YAML: {message}", place, f"{stops}{hint}", check=SYNTAX)
    place = Place(file, ends.line + 1, ends.column + 1) if ends else Place(file, 1, 1)
    return Problem("this is not YAML: it cannot be read here", place, LOOK_ABOVE, check=SYNTAX)


def _odd_character(file: str, text: str, error: Exception) -> Problem:
    position = getattr(error, "position", None)
    before = text[:position] if isinstance(position, int) else ""
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    message = "the file holds a character that YAML does not allow"
    return Problem(message, Place(file, line, column), check=SYNTAX)
