"""The operations that a layout file may name: what is done to a cell, and what makes a column.

They are few and know no registry: what is particular stands in the layout's file. An operation on
a cell is written `name: argument`; an operation on columns takes the columns named in `from`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, InstanceOf

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.layouts.nested import each, nearest_midnight, total, without_prefix
from offsetcheck.intake.layouts.scopes import SEVERAL, scopes
from offsetcheck.intake.normalise.amounts import read_number
from offsetcheck.intake.normalise.codes import split_list
from offsetcheck.intake.normalise.methodologies import methodology_id
from offsetcheck.intake.normalise.numbers import NumberStyle, is_typed, number_text
from offsetcheck.intake.normalise.protocols import PROTOCOLS
from offsetcheck.intake.normalise.readers import Styles
from offsetcheck.intake.normalise.text import is_placeholder, key, tidy
from offsetcheck.vocabulary.forms.scalars import spoken, wrong
from offsetcheck.vocabulary.problem import UnreadableError

Cell = Callable[[str], str]
"""What is done to a cell before its field's reader sees it; the raw cell is kept beside."""

Columns = Sequence[Sequence[str]]

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_YEAR = re.compile(r"(?:issued by reporting )?((?:19|20)\d{2})(?:\.0)?")
_NO_QUANTITY = frozenset({"", "0", "0.0", "-"})
_A_QUANTITY = re.compile(r"[1-9]")

DOTTED = Styles(NumberStyle.DOT)


def _texts(argument: Any) -> tuple[str, ...]:
    texts = [argument] if isinstance(argument, str) else argument
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise wrong(f"a text or a list of texts is needed here, not {spoken(argument)}")
    return tuple(texts)


def _table(argument: Any) -> Mapping[str, str]:
    if not isinstance(argument, dict) or not all(isinstance(to, str) for to in argument.values()):
        raise wrong(f"a table of texts is needed here, not {spoken(argument)}", "write `from: to`")
    return argument


def _keys(argument: Any, *known: str) -> Mapping[str, Any]:
    if not isinstance(argument, dict) or not set(argument) <= set(known):
        raise wrong(f"the keys {', '.join(known)} are needed here, not {spoken(argument)}")
    return argument


def _nothing(argument: Any) -> None:
    if argument is not True:
        raise wrong(f"this operation takes no argument but `true`, not {spoken(argument)}")


def without_suffix(argument: Any) -> Cell:
    """Take a text away after each name of a cell: `A (PP), B (PP)` is `A, B`."""
    suffixes = _texts(argument)

    def prepare(text: str) -> str:
        bare = tidy(text)
        for suffix in suffixes:
            bare = bare.replace(suffix, "")
        return bare

    return prepare


def nothing_where(argument: Any) -> Cell:
    """Read a cell as empty that is like one of several patterns, in which `*` is any text."""
    like = _like(_texts(argument))
    return lambda text: "" if like.fullmatch(key(text)) else text


def _like(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return what fits one of several patterns, in which `*` is any text, as compared."""
    parts = (".*".join(map(re.escape, key(text).split("*"))) for text in patterns)
    return re.compile("|".join(parts), re.DOTALL)


def renamed(argument: Any) -> Cell:
    """Read a whole cell as another text; a cell that the table lacks stays."""
    table = {key(said): meant for said, meant in _table(argument).items()}
    return lambda text: table.get(key(text), text)


def named_by_words(argument: Any) -> Cell:
    """Read a cell as the name whose telling words stand in it; the first that do count."""
    said = _keys(argument, "words", "unless_starts")
    names = {key(words): name for words, name in _table(said.get("words")).items()}
    others = _starts(said)

    def prepare(text: str) -> str:
        title = key(text)
        if title.startswith(others):
            return text
        return next((name for words, name in names.items() if words in title), text)

    return prepare


def prefixed(argument: Any) -> Cell:
    """Put a text before a cell that is no id of a methodology and does not start as named."""
    said = _keys(argument, "with", "unless_starts")
    [prefix], others = _texts(said.get("with")), _starts(said)

    def prepare(text: str) -> str:
        bare = text.strip()
        if not bare or methodology_id(bare) or key(bare).startswith(others):
            return bare
        return f"{prefix}{bare}"

    return prepare


def _starts(said: Mapping[str, Any]) -> tuple[str, ...]:
    listed = said.get("unless_starts")
    return tuple(text.casefold() for text in _texts(listed)) if listed is not None else ()


def one_scope(argument: Any) -> Cell:
    """Return the sectoral scope of a cell, `Several scopes` where it names more than one."""
    _nothing(argument)

    def prepare(text: str) -> str:
        named = scopes(text)
        return named[0] if len(named) == 1 else SEVERAL if named else ""

    return prepare


def without_slugs(argument: Any) -> Cell:
    """Keep of a list what names a methodology: ids, names, and short names that are known."""
    _nothing(argument)

    def prepare(text: str) -> str:
        names = [name for name in split_list(text, ";") if not is_placeholder(name)]
        return "; ".join(name for name in names if _names_methodology(name))

    return prepare


def _names_methodology(name: str) -> bool:
    return bool(methodology_id(name)) or name in PROTOCOLS or not name.islower()


def unescaped(argument: Any) -> Cell:
    r"""Write out signs that stand as their escape, `\u2082` for a lowered 2."""
    _nothing(argument)
    return lambda text: _ESCAPED.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    return sign if sign.isprintable() else match[0]


def before(argument: Any) -> Cell:
    """Keep what stands before the first of several signs, the whole cell where there is none."""
    apart = re.compile("|".join(map(re.escape, _texts(argument))))
    return lambda text: apart.split(text, maxsplit=1)[0].strip()


def after(argument: Any) -> Cell:
    """Keep what stands behind the first of several signs, nothing where there is none."""
    apart = re.compile("|".join(map(re.escape, _texts(argument))))
    return lambda text: apart.split(text, maxsplit=1)[-1].strip() if apart.search(text) else ""


def found(argument: Any) -> Cell:
    """Keep what fits a regular expression, its first group where it has one; else nothing."""
    [pattern] = _texts(argument)
    sought = re.compile(pattern)

    def prepare(text: str) -> str:
        match = sought.search(text)
        return (match[min(sought.groups, 1)] or "") if match else ""

    return prepare


def without_words(argument: Any) -> Cell:
    """Take out of a list apart by `;` the words that are like one of several patterns."""
    like = _like(_texts(argument))

    def prepare(text: str) -> str:
        words = map(tidy, text.split(";"))
        return "; ".join(word for word in words if not like.fullmatch(key(word)))

    return prepare


def spaced(argument: Any) -> Cell:
    """Write a word of code as words: `under_validation` is `under validation`."""
    _nothing(argument)
    return lambda text: text.replace("_", " ")


PREPARE: Mapping[str, Callable[[Any], Cell]] = {
    operation.__name__: operation
    for operation in (
        without_suffix, nothing_where, renamed, named_by_words, prefixed, one_scope,
        without_slugs, unescaped, before, after, spaced, each, total, nearest_midnight,
        without_prefix, found, without_words,
    )
}  # fmt: skip
"""The operations on a cell, by name; each checks its argument and returns what it does."""


def first_of(columns: Columns) -> Sequence[str]:
    """Return the first cell of a row that says anything, else the first that is not blank."""
    return [
        next((cell for cell in cells if not is_placeholder(cell)), next(filter(None, cells), ""))
        for cells in zip(*columns, strict=True)
    ]


def joined(columns: Columns) -> Sequence[str]:
    """Return the cells that say anything as one list, each once."""
    return [
        "; ".join(dict.fromkeys(cell for cell in cells if not is_placeholder(cell)))
        for cells in zip(*columns, strict=True)
    ]


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
    like = _like(words)
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
        for row, cell in enumerate(cells):
            if cell not in _NO_QUANTITY and _A_QUANTITY.search(cell):
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


def _prepare(value: Any) -> Cell:
    if not isinstance(value, dict) or len(value) != 1:
        raise wrong(f"an operation is needed here, not {spoken(value)}", "write `name: argument`")
    [(name, argument)] = value.items()
    if name not in PREPARE:
        raise _unknown(name, tuple(PREPARE))
    return PREPARE[name](argument)


def _compute(value: Any) -> Computation:
    if isinstance(value, dict) and len(value) == 1 and value.keys() <= BY_WORDS.keys():
        [(name, words)] = value.items()
        return Computation(name, 2, _texts(words))
    if value == BY_YEAR:
        return Computation(BY_YEAR, 0)
    if not isinstance(value, str) or value not in ON_COLUMNS:
        raise _unknown(value, (*ON_COLUMNS, BY_YEAR, *BY_WORDS))
    return Computation(value, ON_COLUMNS[value][1])


def _unknown(name: Any, known: tuple[str, ...]) -> Exception:
    near = did_you_mean(name, known) if isinstance(name, str) else None
    return wrong(f"{spoken(name)} is no operation", near or f"one of {', '.join(known)}")


Prepare = Annotated[Cell, BeforeValidator(_prepare)]
Compute = Annotated[InstanceOf[Computation], BeforeValidator(_compute)]
