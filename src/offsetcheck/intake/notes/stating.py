"""What offers say now, written into the entries of `evidence.yaml` that state no value yet."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from offsetcheck.intake.forms import FormEntry, read_sections
from offsetcheck.intake.normalise.numbers import number_text
from offsetcheck.intake.notes.addressed import offers_named, telling_of
from offsetcheck.intake.notes.confirmed import Confirmed
from offsetcheck.intake.notes.evidence import CONFIRMED, FOUND
from offsetcheck.intake.notes.values import input_field
from offsetcheck.intake.tables.amend import stated
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.table import CandidateTable

FIELDS = "fields"
INDENT = 2
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_WORDS = frozenset({"true", "false", "null"})  # what YAML reads otherwise than as a word
_ITEM = re.compile(r"\s*- ")


@dataclass(frozen=True, slots=True)
class Stated:
    """A file of evidence with values: its text, how many entries have got some, and problems."""

    text: str
    entries: int
    problems: Sequence[Problem]


class _Edit(NamedTuple):
    """A range of a text, counted in characters, and what takes its place."""

    start: int
    end: int
    text: str


def state_values(data: bytes, file: str, table: CandidateTable, dictionary: Dictionary) -> Stated:
    """Return a file of evidence in which each entry with `fields` states the offer's own values.

    Nothing else of the text changes. It is for an officer to hold each value against its paper:
    what is written is what the seller says. An entry that cannot be written is a problem.
    """
    form = read_sections(data, file, (CONFIRMED, FOUND))
    text = form.document.text
    edits = []
    for entry in form.entries(CONFIRMED, Confirmed):
        if entry.said.values is None and (span := _span(entry, text)) is not None:
            written = _values(entry, table, dictionary)
            if written:
                edits.append(_Edit(*span, _block(written, _column(entry))))
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return Stated(text, len(edits), form.problems.sorted())


def _values(
    entry: FormEntry[Confirmed], table: CandidateTable, dictionary: Dictionary
) -> Mapping[str, Mapping[str, Value] | str]:
    """Return the keys that an entry gets: `values`, and what tells its lot; none with a note."""
    found = list(_of_each_offer(entry, table, dictionary))
    if len({json.dumps(each, default=str) for each in found}) > 1:
        message = "the offers named here say different things"
        entry.report("offer", message, "write an entry for each offer")
        return {}
    return found[0] if found else {}


def _of_each_offer(
    entry: FormEntry[Confirmed], table: CandidateTable, dictionary: Dictionary
) -> Iterator[Mapping[str, Mapping[str, Value] | str]]:
    fields = [
        name
        for name in entry.said.fields or ()
        if input_field(entry, FIELDS, name, dictionary) is not None
    ]
    for row in offers_named(entry, "offer", entry.said.offer, table):
        facts = {name: stated(table, name, row).value for name in fields}
        for name in (name for name, value in facts.items() if value is None):
            message = f"{table.ids[row]} states no {name} that could be confirmed: it is left out"
            entry.report(FIELDS, message)
        values = {name: value for name, value in facts.items() if value is not None}
        if values:
            yield {**telling_of(row, table), "values": values}


def _column(entry: FormEntry[Confirmed]) -> int:
    return entry.form.document.key_mark((*entry.steps, FIELDS))[1] - 1


def _span(entry: FormEntry[Confirmed], text: str) -> tuple[int, int] | None:
    """Return where the key `fields` begins and its value ends; None, noted, on one line `{…}`."""
    document, steps = entry.form.document, (*entry.steps, FIELDS)
    if entry.said.fields is None:
        return None
    if entry.steps in document.flow or steps in document.flow or _is_flow(entry, text):
        message = "the entry stands between `{` and `}`, into which nothing is written"
        entry.report("offer", message, "write each of its keys on a line of its own")
        return None
    start = _offset(text, *document.key_mark(steps))
    value = _offset(text, *document.value_mark(steps))
    if text[value] == "[":
        return start, text.index("]", value) + 1
    end = text.find("\n", value)
    end = len(text) if end < 0 else end
    while (line := _line_after(text, end)) and _ITEM.match(line):
        end += 1 + len(line)
    return start, end


def _is_flow(entry: FormEntry[Confirmed], text: str) -> bool:
    return text[_offset(text, *entry.form.document.value_mark(entry.steps))] == "{"


def _line_after(text: str, end: int) -> str:
    """Return the line that follows a line's end; none where the text ends."""
    return text[end + 1 :].partition("\n")[0] if end < len(text) else ""


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _block(written: Mapping[str, Mapping[str, Value] | str], column: int) -> str:
    """Return keys with their values, one on a line, the first without its indentation."""
    lines = []
    for key, value in written.items():
        if isinstance(value, str):
            lines.append(f"{key}: {_literal(value)}")
        else:
            lines.append(f"{key}:")
            lines += [f"{' ' * INDENT}{name}: {_literal(one)}" for name, one in value.items()]
    return f"\n{' ' * column}".join(lines)


def _literal(value: Value) -> str:
    """Return a value as YAML that is read as the same value again."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_text(value)
        case date():
            return value.isoformat()
        case tuple():
            return f"[{', '.join(map(_literal, value))}]"
        case _:
            plain = _PLAIN.fullmatch(value) and value.casefold() not in _WORDS
            return value if plain else json.dumps(value, ensure_ascii=False)
