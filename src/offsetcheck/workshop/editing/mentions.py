"""Every name in a rule file: what it is of, and whether it is made there or spoken of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from offsetcheck.rulebook.expression.notes import FUNCTIONS
from offsetcheck.rulebook.expression.tokens import REFUSED_WORDS
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.workshop.schemas.kinds import kind_of

SPOKEN = re.compile(r"'[^']*'|(?P<name>\$?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)")
PLACEHOLDER = re.compile(r"\{(\$?[A-Za-z_][\w.]*)\}")
KEYWORDS = frozenset(("and", "or", "not", "in", "between", "otherwise", *REFUSED_WORDS))
SHARED = "shared"
EXPECTED = frozenset(("reason", "caps", "held_by", "conditions"))
SAYING = frozenset(("says", "condition"))
OF_RULE = re.compile(r"rule\.(?P<rule>[a-z_]\w*\.[a-z_]\w*)\.")
OF_FIELD = re.compile(r"(?:field|code)\.(?P<subject>candidate|purchase|portfolio)\.(?P<name>\w+)")


class Named(StrEnum):
    """What a name can be of."""

    FIELD = "field"
    PARAMETER = "parameter"
    FACT = "fact"
    GUIDE = "guide"
    RULE = "rule"
    TABLE = "table"
    CITY = "city"
    JURISDICTION = "jurisdiction"
    DOCUMENT = "document"
    DIMENSION = "dimension"


class Role(StrEnum):
    """How a file has a name: it makes it, speaks of it, or means a column of a table by it."""

    MAKES = "makes"
    SPEAKS = "speaks"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at its place; `line` and `column` from 1, `length` of the name alone.

    A field is named with its subject (`candidate.vintage`), a parameter with its rule, one that
    several rules share as `shared.name`.
    """

    of: Named
    name: str
    file: str
    line: int
    column: int
    length: int
    role: Role = Role.SPEAKS
    steps: Steps = ()


def mentions(path: str, document: Document) -> tuple[Mention, ...]:
    """Return every name in a file, in the order of its values."""
    kind = kind_of(path)
    if kind is None or not isinstance(document.data, dict):
        return ()
    return tuple(_Reading(path, kind.name, document).all())


def is_expression(kind: str, steps: Steps) -> bool:
    """Whether an expression stands at a path."""
    match kind, steps:
        case "rule", ("applies_when" | "requires" | "levels", *_):
            return True
        case "fields", (_, "derive") | (_, "aggregate", "where"):
            return True
        case "city" | "own_city" | "jurisdiction", ("change", _, key, *_):
            return key in {"applies_when", "levels"}
    return False


class _Reading:
    """The names of one file."""

    def __init__(self, path: str, kind: str, document: Document) -> None:
        self.path = path
        self.kind = kind
        self.document = document
        self.rows = document.text.split("\n")
        subject = document.data.get("subject")
        self.subject = subject if kind == "rule" and subject in tuple(Subject) else "candidate"
        if kind == "fields":
            self.subject = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        self.rule = path.removesuffix(".yaml").replace("/", ".") if kind == "rule" else None

    def shared(self) -> Iterator[Mention]:
        """Yield the parameter that a file of its own makes, at its first line."""
        if self.kind == "parameter":
            name = self.path.rsplit("/", 1)[-1].removesuffix(".yaml")
            yield Mention(Named.PARAMETER, f"{SHARED}.{name}", self.path, 1, 1, 0, Role.MAKES)

    def all(self) -> Iterator[Mention]:
        yield from self.shared()
        for steps in self.document.keys:
            yield from self.key(steps)
        for steps in self.document.values:
            if steps:
                yield from self.value(steps, self.at(steps))

    def at(self, steps: Steps) -> Any:
        data: Any = self.document.data
        for step in steps:
            data = data[step]
        return data

    # Keys

    def key(self, steps: Steps) -> Iterator[Mention]:
        """Yield what a key names."""
        match self.kind, steps:
            case "rule", ("parameters", name):
                yield self.of_key(Named.PARAMETER, f"{self.rule}.{name}", steps, Role.MAKES)
            case "rule", ("tests", _, "given" | "evidence", _):
                yield from self.spoken_key(steps)
            case "scenario", (*_, "offer" | "evidence", _):
                yield from self.spoken_key(steps)
            case "scenario", (*_, "purchase", name):
                yield self.of_key(Named.FIELD, f"purchase.{name}", steps)
            case "scenario", (*_, "reviews", name):
                yield self.of_key(Named.RULE, str(name), steps)
            case "city" | "own_city" | "jurisdiction", ("parameters", name):
                yield self.of_key(Named.PARAMETER, str(name), steps)
            case "city" | "own_city", ("facts", name):
                yield self.of_key(Named.FACT, f"city.{name}", steps, Role.MAKES)
            case "words", _:
                yield from self.word_key(steps)
            case "headings", ("fields", name):
                yield self.of_key(Named.FIELD, f"candidate.{name}", steps)
            case "guide", ("dimensions", name):
                yield self.of_key(Named.DIMENSION, str(name), steps, Role.MAKES)
            case "fields", (name,):
                yield self.of_key(Named.FIELD, f"{self.subject}.{name}", steps, Role.MAKES)
            case ("sources" | "tables" | "documents") as kind, (name,):
                yield self.of_key(MADE[kind], str(name), steps, Role.MAKES)

    def word_key(self, steps: Steps) -> Iterator[Mention]:
        """Yield the field of a translation; its name may stand in the middle of a key."""
        whole = ".".join(map(str, steps))
        found = OF_FIELD.match(whole)
        start = len(whole) - len(str(steps[-1]))
        if found is not None and found.start("name") >= start:
            line, column = self.document.key_mark(steps)
            quoted = self.quote_at(line, column)
            at = column + quoted + found.start("name") - start
            name = f"{found['subject']}.{found['name']}"
            yield Mention(
                Named.FIELD, name, self.path, line, at, len(found["name"]), Role.SPEAKS, steps
            )

    def of_key(self, of: Named, name: str, steps: Steps, role: Role = Role.SPEAKS) -> Mention:
        line, column = self.document.key_mark(steps)
        key = str(steps[-1])
        at = column + self.quote_at(line, column)
        return Mention(of, name, self.path, line, at, len(key), role, steps)

    def spoken_key(self, steps: Steps) -> Iterator[Mention]:
        line, column = self.document.key_mark(steps)
        at = column + self.quote_at(line, column)
        yield from self.spoken(str(steps[-1]), line, at, steps)

    # Values

    def value(self, steps: Steps, value: Any) -> Iterator[Mention]:
        """Yield what a value names."""
        if not isinstance(value, str):
            return
        key = steps[-1] if isinstance(steps[-1], str) else steps[-2]
        if is_expression(self.kind, steps):
            yield from self.expression(value, steps)
        elif self.is_saying(steps):
            yield from self.saying(value, steps)
        elif self.kind == "words":
            yield from self.translation(value, steps)
        else:
            yield from self.word(key, value, steps)

    def is_saying(self, steps: Steps) -> bool:
        return self.kind == "rule" and steps[0] in SAYING

    def word(self, key: Any, value: str, steps: Steps) -> Iterator[Mention]:
        """Yield what a word of its own names, by the key that it stands at."""
        if self.kind == "fields" and "lookup" in steps:
            yield from self.lookup(key, value, steps)
        elif self.kind == "fields" and "aggregate" in steps:
            if key in {"total", "share", "largest_share", "by"}:
                yield self.of_value(Named.FIELD, f"candidate.{value}", steps, value)
        elif key == "id" and len(steps) == 1:
            made = {"rule": Named.RULE, "city": Named.CITY, "jurisdiction": Named.JURISDICTION}
            if self.kind in made:
                yield self.of_value(made[self.kind], value, steps, value, Role.MAKES)
        elif key in {"missing", "without"} and self.kind in {"rule", "scenario"}:
            line, column = self.document.value_mark(steps)
            at = column + self.quote_at(line, column)
            yield from self.spoken(value, line, at, steps)
        elif self.kind == "scenario":
            yield from self.of_scenario(key, value, steps)
        elif key == "fields" and self.kind == "headings":
            yield self.of_value(Named.FIELD, f"candidate.{value}", steps, value)
        elif key in WORDS and (key, value) != ("adopt", "all"):
            of = WORDS[key]
            if key != "guide" or {"source", "sources", "offsetting_source"} & set(steps):
                yield self.of_value(of, value, steps, value)

    def of_scenario(self, key: Any, value: str, steps: Steps) -> Iterator[Mention]:
        """Yield the city of a scenario, and the rules that it expects."""
        if key == "city" and steps[-2:-1] not in {("offer",), ("purchase",)}:
            yield self.of_value(Named.CITY, value, steps, value)
        elif "expect" in steps and "." in value and key in EXPECTED:
            yield self.of_value(Named.RULE, value, steps, value)

    def lookup(self, key: Any, value: str, steps: Steps) -> Iterator[Mention]:
        if key == "table":
            yield self.of_value(Named.TABLE, value, steps, value)
        elif "on" in steps and value not in self.keys_of(steps):
            yield self.of_value(Named.FIELD, f"{self.subject}.{value}", steps, value, Role.COLUMN)
        elif "keys" in steps:
            yield self.of_value(Named.FIELD, f"{self.subject}.{value}", steps, value)

    def keys_of(self, steps: Steps) -> Any:
        spec = self.at(steps[: steps.index("lookup") + 1])
        return spec.get("keys") or {} if isinstance(spec, dict) else {}

    def of_value(
        self, of: Named, name: str, steps: Steps, text: str, role: Role = Role.SPEAKS
    ) -> Mention:
        line, column = self.document.value_mark(steps)
        at = column + self.quote_at(line, column)
        return Mention(of, name, self.path, line, at, len(text), role, steps)

    # Texts that speak of names

    def expression(self, text: str, steps: Steps) -> Iterator[Mention]:
        own = self.rule, self.subject
        if steps[0] == "change":
            self.rule = str(self.at(steps[:2]).get("rule"))
        if "aggregate" in steps:
            self.subject = Subject.CANDIDATE.value
        yield from self.of_expression(text, steps)
        self.rule, self.subject = own

    def of_expression(self, text: str, steps: Steps) -> Iterator[Mention]:
        for found in SPOKEN.finditer(text):
            name = found["name"]
            called = text[found.end() :].lstrip().startswith("(")
            if name is None or name.lower() in KEYWORDS or (called and name in FUNCTIONS):
                continue
            line, column = self.document.text_mark(steps, found.start())
            yield from self.spoken(name, line, column, steps)

    def saying(self, text: str, steps: Steps) -> Iterator[Mention]:
        for found in PLACEHOLDER.finditer(text):
            line, column = self.document.text_mark(steps, found.start(1))
            yield from self.spoken(found[1], line, column, steps)

    def translation(self, text: str, steps: Steps) -> Iterator[Mention]:
        """Yield what a translated sentence of a rule speaks of."""
        rule = OF_RULE.match(".".join(map(str, steps)) + ".")
        if rule is None:
            return
        self.rule = rule["rule"]
        yield from self.saying(text, steps)

    def spoken(self, name: str, line: int, column: int, steps: Steps) -> Iterator[Mention]:
        """Yield what a name as expressions write it is of."""
        if name == "$as_of":
            return
        if name.startswith("$"):
            own = name[1:]
            full = own if own.startswith(f"{SHARED}.") else f"{self.rule}.{own}"
            yield Mention(Named.PARAMETER, full, self.path, line, column + 1, len(own), steps=steps)
            return
        first, dot, rest = name.partition(".")
        if dot and first == "city":
            yield Mention(Named.FACT, name, self.path, line, column, len(name), steps=steps)
        elif dot and first == "purchase":
            at = column + len(first) + 1
            yield Mention(Named.FIELD, name, self.path, line, at, len(rest), steps=steps)
        elif not dot:
            full = f"{self.subject}.{name}"
            yield Mention(Named.FIELD, full, self.path, line, column, len(name), steps=steps)

    def quote_at(self, line: int, column: int) -> int:
        """Return 1 where a quoted word begins, else 0."""
        row = self.rows[line - 1] if line <= len(self.rows) else ""
        return 1 if row[column - 1 : column] in {"'", '"'} else 0


MADE = {"sources": Named.GUIDE, "tables": Named.TABLE, "documents": Named.DOCUMENT}
WORDS: dict[Any, Named] = {
    "guide": Named.GUIDE,
    "documents": Named.DOCUMENT,
    "undecided": Named.PARAMETER,
    "rule": Named.RULE,
    "adopt": Named.RULE,
    "adopt_also": Named.RULE,
    "carried_by": Named.RULE,
    "jurisdictions": Named.JURISDICTION,
    "extends": Named.CITY,
    "dimension": Named.DIMENSION,
}
