"""A field under another name: every place of a rule folder where its name stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from offsetcheck.intake.layouts.known import layouts
from offsetcheck.rulebook.fields.dictionary import REQUIRED
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.scalars import NAME
from offsetcheck.vocabulary.problem import RequestError
from offsetcheck.workshop.editing.index import Index
from offsetcheck.workshop.editing.mentions import KEYWORDS, Mention, Named, Role


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a file: signs from a column of a line, counted from 1, become a text."""

    file: str
    line: int
    column: int
    length: int
    text: str


def refuse_rename(mention: Mention) -> None:
    """Raise RequestError for what cannot bear another name here."""
    if mention.of is not Named.FIELD:
        said = f"only a field can be renamed here, not a {mention.of.value}"
        raise RequestError.about("name", said)
    subject, _, name = mention.name.partition(".")
    if subject != Subject.CANDIDATE:
        return
    if name in REQUIRED:
        said = f"`{name}` is read by offsetcheck itself under this name"
        raise RequestError.about("name", said, "change its title instead")
    filled = next((one.id for one in layouts() if name in _filled_by(one)), None)
    if filled is not None:
        said = f"lists of registries fill `{name}` under this name (layout {filled})"
        raise RequestError.about("name", said, "change its title instead")


def _filled_by(layout: object) -> set[str]:
    return {column.field for column in getattr(layout, "columns", ()) if column.field is not None}


def renamed(
    mention: Mention,
    new: str,
    index: Index,
    documents: Mapping[str, Document],
    marks: Mapping[str, str],
) -> tuple[Change, ...]:
    """Return the changes that give a field another name.

    `marks` are the lists of what translations were made from, by path. A column of a table keeps
    its name; a lookup then says from which field it is found. Raises RequestError for a name that
    is taken or cannot be one.
    """
    refuse_rename(mention)
    subject, _, old = mention.name.partition(".")
    _refuse_name(new, subject, index)
    found: list[Change] = []
    for place in index.all_of(Named.FIELD, mention.name):
        found += _change(place, old, new, documents)
    for path, text in marks.items():
        found += _in_marks(path, text, f"{subject}.{old}", f"{subject}.{new}")
    return tuple(dict.fromkeys(found))


def _refuse_name(new: str, subject: str, index: Index) -> None:
    if not NAME.fullmatch(new) or new in KEYWORDS:
        said = f"`{new}` cannot be the name of a field"
        raise RequestError.about("name", said, "use small letters, digits and underscores")
    if index.made(Named.FIELD, f"{subject}.{new}"):
        raise RequestError.about("name", f"there is a field `{new}` already")


def _change(
    place: Mention, old: str, new: str, documents: Mapping[str, Document]
) -> Iterator[Change]:
    if place.role is not Role.COLUMN:
        yield Change(place.file, place.line, place.column, place.length, new)
        return
    document = documents[place.file]
    lookup = place.steps[: place.steps.index("lookup") + 1]
    keys, on = (*lookup, "keys"), (*lookup, "on")
    if keys in document.values:
        yield from _into_keys(document, place.file, old, new, keys)
    else:
        line, column = document.key_mark(on)
        flow = on in document.flow
        rest = (
            f"keys: {{{old}: {new}}}, " if flow else f"keys: {{{old}: {new}}}\n{' ' * (column - 1)}"
        )
        yield Change(place.file, line, column, 0, rest)


def _into_keys(
    document: Document, file: str, old: str, new: str, keys: tuple[str | int, ...]
) -> Iterator[Change]:
    """Add a column to the keys of a lookup, which stand in braces or below each other."""
    line, column = document.value_mark(keys)
    braces = document.text.split("\n")[line - 1][column - 1 : column] == "{"
    if braces:
        yield Change(file, line, column + 1, 0, f"{old}: {new}, ")
    else:
        yield Change(file, line, column, 0, f"{old}: {new}\n{' ' * (column - 1)}")


def _in_marks(path: str, text: str, old: str, new: str) -> Iterator[Change]:
    """Yield the changes of a list by which translations know their English."""
    pattern = re.compile(rf"(?:field|code)\.{re.escape(old)}(?=[.,])")
    for number, row in enumerate(text.split("\n"), 1):
        found = pattern.match(row)
        if found is not None:
            column = found.end() - len(old) + 1
            yield Change(path, number, column, len(old), new)
