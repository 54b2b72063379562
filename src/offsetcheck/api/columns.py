"""The order of the rooms for a mapping: what the columns of a list were taken for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from offsetcheck.api.case import AnyPath
from offsetcheck.api.output import refuse_file, write_result
from offsetcheck.intake.asked import Asked, dates_asked, numbers_asked
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.mapping.read import COLUMNS_FILE
from offsetcheck.intake.mapping.text import mapping_text
from offsetcheck.intake.normalise.text import key
from offsetcheck.intake.tender.read import offers_file
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.edited import (
    with_entry,
    with_value,
    without_entry,
    without_value,
)
from offsetcheck.vocabulary.problem import Problem, RequestError, UnreadableError


@dataclass(frozen=True, slots=True)
class WrittenColumns:
    """A mapping that was written: where, of how many columns, how many of them hold a field.

    `problems` are those of the list that concern its columns.
    """

    path: Path
    columns: int
    taken: int
    problems: tuple[Problem, ...]


def write_columns(
    path: AnyPath,
    rulebook: Rulebook,
    output: AnyPath | None = None,
    *,
    numbers: str | None = None,
    dates: str | None = None,
    replace: bool = False,
    command: str = "",
) -> WrittenColumns:
    """Write what the columns of a list, or of a tender's offers, are taken for.

    Without `output` it is `columns.yaml` beside the list. Raises InputError where the list cannot
    be read, RequestError for a sample of numbers or days that tells nothing, OutputError for a file
    that is there and not to be replaced.
    """
    source = Path(path)
    source = offers_file(source) if source.is_dir() else source
    goal = source.parent / COLUMNS_FILE if output is None else Path(output)
    refuse_file(goal, replace=replace)
    asked = _asked(numbers, dates)
    made = mapping_text(read_bytes(source), source.name, rulebook.dictionary, asked)
    write_result(goal, made.text, replace=replace, command=command)
    return WrittenColumns(goal, made.columns, made.taken, tuple(made.problems))


def _asked(numbers: str | None, dates: str | None) -> Asked:
    try:
        return Asked(
            numbers=None if numbers is None else numbers_asked(numbers),
            dates=None if dates is None else dates_asked(dates),
        )
    except UnreadableError as why:
        raise RequestError.whole(why.reason, why.hint) from None


Column = tuple[str, int]
"""A column by its heading, and which of those with this heading it is, from 0."""


@dataclass(frozen=True, slots=True)
class ColumnsChange:
    """What a person says otherwise of a list, in the words of `columns.yaml`.

    `fields` and `units` are of columns, a unit "" is none. `leave_out` and `keep` are rows by their
    lines, `as_read` those of which nothing is said any longer. `whole` holds `numbers`, `dates`,
    `sheet` and `header_row`; "" says nothing of it.
    """

    fields: Mapping[Column, str | None] = field(default_factory=dict)
    units: Mapping[Column, str] = field(default_factory=dict)
    leave_out: frozenset[int] = frozenset()
    keep: frozenset[int] = frozenset()
    as_read: frozenset[int] = frozenset()
    whole: Mapping[str, str] = field(default_factory=dict)


def columns_text(path: Path, rulebook: Rulebook) -> str:
    """Return the `columns.yaml` of a list as `write_columns` writes it; raises InputError."""
    return mapping_text(read_bytes(path), path.name, rulebook.dictionary).text


def columns_changed(text: str, change: ColumnsChange) -> str:
    """Return the text of a `columns.yaml` that says something otherwise; the rest stays as it is.

    Raises InputError where nothing can be written into the text.
    """
    for column, name in change.fields.items():
        text = _with_key(text, column, "field", name)
    for column, unit in change.units.items():
        text = _with_key(text, column, "unit", unit)
    for section, lines in (("leave_out", change.leave_out), ("keep", change.keep)):
        other = "keep" if section == "leave_out" else "leave_out"
        for line in sorted(lines):
            text = _without_line(text, other, line)
            if _entry_of(text, section, line) is None:
                text = with_entry(text, COLUMNS_FILE, section, {"line": line})
    for line in sorted(change.as_read):
        text = _without_line(_without_line(text, "leave_out", line), "keep", line)
    for name, said in change.whole.items():
        if said:
            text = with_value(text, COLUMNS_FILE, (name,), said)
        else:
            text = without_value(text, COLUMNS_FILE, name)
    return text


def _with_key(text: str, column: Column, name: str, value: str | None) -> str:
    heading, nth = column
    listed = compose(text, COLUMNS_FILE, numbers_as_written=True).data or {}
    entries = listed.get("columns") if isinstance(listed, dict) else None
    same = [
        at
        for at, one in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(one, dict) and key(str(one.get("heading", ""))) == key(heading)
    ]
    if nth < len(same):
        return with_value(text, COLUMNS_FILE, ("columns", same[nth], name), value)
    return with_entry(text, COLUMNS_FILE, "columns", {"heading": heading, name: value})


def _without_line(text: str, section: str, line: int) -> str:
    at = _entry_of(text, section, line)
    return text if at is None else without_entry(text, COLUMNS_FILE, section, at)


def _entry_of(text: str, section: str, line: int) -> int | None:
    """Return which entry of a list names a row by its line; None where none does."""
    data = compose(text, COLUMNS_FILE, numbers_as_written=True).data
    listed = data.get(section) if isinstance(data, dict) else None
    entries = listed if isinstance(listed, list) else ()
    said = (
        at
        for at, one in enumerate(entries)
        if isinstance(one, dict) and one.get("line") == str(line)
    )
    return next(said, None)
