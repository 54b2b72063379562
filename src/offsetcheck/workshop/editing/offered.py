"""What can be written at a cursor: keys, closed words, names in expressions and sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.rulebook.expression.notes import FUNCTIONS
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.dictionary import Field, Subject
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.workshop.editing.cursor import Cursor
from offsetcheck.workshop.editing.mentions import is_expression
from offsetcheck.workshop.editing.shapes import keys_at, said_at, words_at
from offsetcheck.workshop.schemas.fill import said_of_field
from offsetcheck.workshop.schemas.names import FolderNames, fields_in
from offsetcheck.workshop.schemas.shape import Schema

# What a text is compared with: `x = '…`, `x IN ('a', '…`, `contains(x, '…`, `count_in(x, ('…`.
COMPARED = (
    re.compile(r"([\w.]+)\s*(?:=|<>)\s*'[^']*$"),
    re.compile(r"([\w.]+)\s+(?:NOT\s+)?IN\s*\([^()]*'[^']*$", re.IGNORECASE),
    re.compile(r"(?:contains|count_in)\(\s*([\w.]+)\s*,\s*\(?[^()]*'[^']*$"),
)
NAME = re.compile(r"\$?[\w.]*$")
OPEN_BRACE = re.compile(r"\{(\$?[\w.]*)$")
OPERATORS = ("AND", "OR", "NOT", "IN", "BETWEEN")


class Offer(StrEnum):
    """What kind of word is offered."""

    KEY = "key"
    WORD = "word"
    FIELD = "field"
    PARAMETER = "parameter"
    FACT = "fact"
    FUNCTION = "function"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Offered:
    """A word that can be written, what it is, and how many signs before the cursor it replaces."""

    word: str
    kind: Offer
    said: str = ""
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class Beside:
    """What the folder knows where something is written: rulebook, names, the file's schema."""

    rulebook: Rulebook
    names: FolderNames
    kind: str
    schema: Schema


def offered(cursor: Cursor, beside: Beside) -> tuple[Offered, ...]:
    """Return what can be written at a cursor, each word once."""
    found = _keys(cursor, beside) if cursor.is_key else _values(cursor, beside)
    return tuple({one.word: one for one in found}.values())


def _keys(cursor: Cursor, beside: Beside) -> Iterator[Offered]:
    keys = keys_at(beside.schema, cursor.steps)
    for key, said in keys.items():
        if key not in cursor.beside:
            told = said or _told(key, beside)
            yield Offered(key, Offer.KEY, told, len(cursor.before))
    if not keys:
        # A list of words in which a colon was taken for a key.
        yield from _words(cursor.steps, cursor.before, beside)


def _values(cursor: Cursor, beside: Beside) -> Iterator[Offered]:
    if not cursor.steps:
        yield from _keys_begun(cursor, beside)
        return
    if is_expression(beside.kind, cursor.steps):
        yield from _in_expression(cursor, beside)
        return
    brace = OPEN_BRACE.search(cursor.before)
    if beside.kind == "rule" and cursor.steps[0] in {"says", "condition"}:
        if brace is not None:
            yield from _names(cursor, beside, len(brace[1]))
        return
    if cursor.steps[-1] == "unit":
        for unit in _units(beside.rulebook):
            yield Offered(unit, Offer.WORD, "", len(cursor.before))
    yield from _words(cursor.steps, cursor.before, beside)
    yield from _keys_begun(cursor, beside)


def _keys_begun(cursor: Cursor, beside: Beside) -> Iterator[Offered]:
    """Yield the keys of a mapping of which only the first word is written."""
    for key, said in keys_at(beside.schema, cursor.steps).items():
        yield Offered(key, Offer.KEY, said or _told(key, beside), len(cursor.before))


def _words(steps: Steps, before: str, beside: Beside) -> Iterator[Offered]:
    for word in words_at(beside.schema, steps):
        yield Offered(word, Offer.WORD, _told(word, beside), len(before))


def _told(word: str, beside: Beside) -> str:
    """Return what is known of a word that names something of the folder."""
    names = beside.names
    if word in names.fields:
        return said_of_field(names.fields[word])
    of_kinds = (names.guides, names.rules, names.parameters, names.documents, names.cities)
    return next((known[word] for known in of_kinds if word in known), "")


def _in_expression(cursor: Cursor, beside: Beside) -> Iterator[Offered]:
    compared = compared_with(cursor.before)
    if compared is not None:
        field = fields_in(beside.rulebook).get(compared)
        typed = cursor.before.rpartition("'")[2]
        for code in field.narrow if field is not None else ():
            said = field.codes[code].title.get("en", "") if field is not None else ""
            yield Offered(code, Offer.WORD, said, len(typed))
        return
    if cursor.before.count("'") % 2:
        return
    found = NAME.search(cursor.before)
    replaces = len(found[0]) if found else 0
    yield from _names(cursor, beside, replaces)
    for name in FUNCTIONS:
        yield Offered(name, Offer.FUNCTION, FUNCTIONS_SAID.get(name, ""), replaces)
    for word in OPERATORS:
        yield Offered(word, Offer.OPERATOR, "", replaces)


def compared_with(before: str) -> str | None:
    """Return the name with which the quoted text that is begun is compared."""
    for pattern in COMPARED:
        found = pattern.search(before)
        if found is not None:
            return found[1]
    return None


def _names(cursor: Cursor, beside: Beside, replaces: int) -> Iterator[Offered]:
    """Yield the fields, facts and parameters that a rule may speak of."""
    for name, one in beside.rulebook.shared.items():
        yield Offered(f"${name}", Offer.PARAMETER, _title(one.parameter.title), replaces)
    for name, said in _parameters(cursor, beside):
        yield Offered(f"${name}", Offer.PARAMETER, said, replaces)
    yield Offered("$as_of", Offer.PARAMETER, "The day of the assessment", replaces)
    for name, field in _fields(cursor, beside):
        yield Offered(name, Offer.FIELD, said_of_field(field), replaces)
    for name in beside.names.facts:
        yield Offered(name, Offer.FACT, "", replaces)


def _fields(cursor: Cursor, beside: Beside) -> Iterator[tuple[str, Field]]:
    dictionary = beside.rulebook.dictionary
    subject = cursor.data.get("subject") if isinstance(cursor.data, dict) else None
    if beside.kind == "fields" or subject not in tuple(Subject):
        yield from fields_in(beside.rulebook).items()
        return
    if subject != Subject.PURCHASE:
        yield from dictionary.of(Subject(subject)).items()
    yield from ((f"purchase.{name}", field) for name, field in dictionary.purchase.items())


def _parameters(cursor: Cursor, beside: Beside) -> Iterable[tuple[str, str]]:
    """Yield the parameters of the rule as it is being written; of a change, those of its rule."""
    data = cursor.data if isinstance(cursor.data, dict) else {}
    if cursor.steps[:1] == ("change",):
        rule = data["change"][cursor.steps[1]].get("rule")
        loaded = beside.rulebook.rules.get(str(rule))
        own = {} if loaded is None else loaded.file.parameters
        return [*((name, _title(one.title)) for name, one in own.items()), *_shared(beside)]
    written = data.get("parameters")
    if not isinstance(written, dict):
        return _shared(beside)
    titles = {n: one.get("title") if isinstance(one, dict) else None for n, one in written.items()}
    return [*((name, _title(title)) for name, title in titles.items()), *_shared(beside)]


def _shared(beside: Beside) -> list[tuple[str, str]]:
    """Return the parameters that any rule may call, as `shared.name`."""
    shared = beside.rulebook.shared.items()
    return [(name, _title(one.parameter.title)) for name, one in shared]


def _title(title: object) -> str:
    return str(title.get("en", "")) if isinstance(title, dict) else ""


def _units(rulebook: Rulebook) -> list[str]:
    fields = (field.unit for field in fields_in(rulebook).values())
    own = (p.unit for rule in rulebook.rules.values() for p in rule.file.parameters.values())
    return sorted({unit for unit in (*fields, *own) if unit is not None})


FUNCTIONS_SAID = {
    "contains": "contains(list, value): whether a list holds a value",
    "count_in": "count_in(list, ('a', 'b')): how many of these a list holds",
    "size": "size(list): how many values a list holds",
    "years_between": "years_between(a, b): whole years from one day to another",
    "days_between": "days_between(a, b): days from one day to another",
    "add_years": "add_years(day, n): the day n years later",
    "least": "least(a, b, …): the lowest",
    "greatest": "greatest(a, b, …): the highest",
    "exp": "exp(x): e to the power of x",
    "sqrt": "sqrt(x): the square root of x",
    "count_true": "count_true(a, b, …) >= n: how many of these hold",
}

__all__ = ["FUNCTIONS_SAID", "Beside", "Offer", "Offered", "offered", "said_at"]
