"""The operations that make a column of others: what a layout file may name in `compute`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, InstanceOf

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.operations import no_operation, pattern_of, texts_of
from offsetcheck.intake.layouts.scopes import scopes
from offsetcheck.intake.normalise.amounts import read_number
from offsetcheck.intake.normalise.numbers import NumberStyle, is_typed, number_text
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.intake.normalise.text import is_placeholder, key
from offsetcheck.vocabulary.problem import UnreadableError

Columns = Sequence[Sequence[str]]
_YEAR = re.compile(r"(?:issued by reporting )?((?:19|20)\d{2})(?:\.0)?")
_NO_QUANTITY = frozenset({"", "0", "0.0", "-"})
_A_QUANTITY = re.compile(r"[1-9]")

DOTTED = Styles(NumberStyle.DOT)


def first_of(columns: Columns) -> Sequence[str]:
    """Return the first cell of a row that says anything, else the first that is not blank."""
    silent = _silent(columns)
    return [
        next((cell for cell in cells if cell not in silent), next(filter(None, cells), ""))
        for cells in zip(*columns, strict=True)
    ]


def joined(columns: Columns) -> Sequence[str]:
    """Return the cells that say anything as one list, each once."""
    silent = _silent(columns)
    return [
        "; ".join(dict.fromkeys(cell for cell in cells if cell not in silent))
        for cells in zip(*columns, strict=True)
    ]


def _silent(columns: Columns) -> set[str]:
    """Return the cells that say nothing; each text is looked at once."""
    return {cell for column in columns for cell in set(column) if is_placeholder(cell)}


def difference(columns: Columns, styles: Styles = DOTTED) -> Sequence[str]:
    """Return the first number less each other one, nothing where one of them is no number."""
    return [_left(cells, styles) for cells in zip(*columns, strict=True)]


def _left(cells: Sequence[str], styles: Styles) -> str:
    try:
        numbers = [_number(cell, styles) for cell in cells]
    except UnreadableError:
        return ""
    stated = [number for number in numbers if number is not None]
    return number_text(stated[0] - sum(stated[1:])) if len(stated) == len(cells) else ""


def _number(cell: str, styles: Styles) -> float | None:
    typed = styles.typed and is_typed(cell)
    return read_number(cell, NumberStyle.DOT if typed else styles.number)


def where_equals(columns: Columns, words: Sequence[str]) -> Sequence[str]:
    """Return the second column's cell where the first one is one of some words."""
    told, cells = columns
    meant = {key(word) for word in words}
    return [cell if key(tell) in meant else "" for tell, cell in zip(told, cells, strict=True)]


def unless_like(columns: Columns, words: Sequence[str]) -> Sequence[str]:
    """Return the second column's cell unless the first one fits a pattern; `*` is any text."""
    told, cells = columns
    like = pattern_of(words)
    return [
        "" if like.fullmatch(key(tell)) else cell for tell, cell in zip(told, cells, strict=True)
    ]


def activity_or_scope(columns: Columns) -> Sequence[str]:
    """Return the activities of a row where it has any, else its sectoral scopes as a list."""
    activities, sectors = columns
    return [
        activity or "; ".join(scopes(sector))
        for activity, sector in zip(activities, sectors, strict=True)
    ]


def newest_of_year_columns(columns: Mapping[str, Sequence[str]], rows: int) -> Sequence[str]:
    """Return the last year in whose column a row has a quantity."""
    newest = [""] * rows
    for year, cells in sorted(columns.items()):
        quantities = {cell for cell in set(cells) - _NO_QUANTITY if _A_QUANTITY.search(cell)}
        for row, cell in enumerate(cells) if quantities else ():
            if cell in quantities:
                newest[row] = year
    return newest


def year_columns(sheet: Sheet) -> Mapping[str, int]:
    """Return the first column of each year, where years are headings; later blocks repeat them."""
    heads = ((_YEAR.fullmatch(name), at) for name, at in sheet.keys().items())
    return {head[1]: at for head, at in heads if head}


@dataclass(frozen=True, slots=True)
class Computation:
    """An operation on columns: its name, how many columns it takes, the words it looks for."""

    name: str
    takes: int | None = None
    words: tuple[str, ...] = ()

    def texts(self, sheet: Sheet, columns: Columns) -> Sequence[str]:
        """Return the cells that the operation makes of its columns, one per row of the sheet."""
        if self.name == BY_YEAR:
            by_year = {year: sheet.columns[at] for year, at in year_columns(sheet).items()}
            return newest_of_year_columns(by_year, len(sheet))
        if self.name in BY_WORDS:
            return BY_WORDS[self.name](columns, self.words)
        if self.name == difference.__name__:
            return difference(columns, sheet.styles)
        return ON_COLUMNS[self.name][0](columns)

    def reads(self, sheet: Sheet) -> Sequence[int]:
        """Return the columns that the operation reads beside those that it is given."""
        return list(year_columns(sheet).values()) if self.name == BY_YEAR else ()


BY_YEAR = newest_of_year_columns.__name__
BY_WORDS: Mapping[str, Callable[[Columns, Sequence[str]], Sequence[str]]] = {
    "where_equals": where_equals,
    "unless_like": unless_like,
}
"""The operations on two columns that look for words in the first."""

ON_COLUMNS: Mapping[str, tuple[Callable[[Columns], Sequence[str]], int | None]] = {
    "first_of": (first_of, None),
    "joined": (joined, None),
    "difference": (difference, None),
    "activity_or_scope": (activity_or_scope, 2),
}
"""The operations on columns without a word, and how many columns each takes; None: any number."""


def _compute(value: Any) -> Computation:
    if isinstance(value, dict) and len(value) == 1 and value.keys() <= BY_WORDS.keys():
        [(name, words)] = value.items()
        return Computation(name, 2, texts_of(words))
    if value == BY_YEAR:
        return Computation(BY_YEAR, 0)
    if not isinstance(value, str) or value not in ON_COLUMNS:
        raise no_operation(value, (*ON_COLUMNS, BY_YEAR, *BY_WORDS))
    return Computation(value, ON_COLUMNS[value][1])


Compute = Annotated[InstanceOf[Computation], BeforeValidator(_compute)]
