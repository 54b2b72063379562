"""The operations that a layout file may name: what is done to a cell, and what makes a column.

They are few and know no registry: what is particular stands in the layout's file. An operation on
a cell is written `name: argument`; an operation on columns takes the columns named in `from`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.layouts.nested import each, nearest_midnight, total, without_prefix
from offsetcheck.intake.layouts.scopes import SEVERAL, scopes
from offsetcheck.intake.normalise.codes import split_list
from offsetcheck.intake.normalise.methodologies import methodology_id
from offsetcheck.intake.normalise.protocols import PROTOCOLS
from offsetcheck.intake.normalise.text import is_placeholder, key, tidy
from offsetcheck.vocabulary.forms.scalars import spoken, wrong

Cell = Callable[[str], str]
"""What is done to a cell before its field's reader sees it; the raw cell is kept beside."""

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def texts_of(argument: Any) -> tuple[str, ...]:
    """Return the text or the list of texts that an argument is."""
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
    suffixes = texts_of(argument)

    def prepare(text: str) -> str:
        bare = tidy(text)
        for suffix in suffixes:
            bare = bare.replace(suffix, "")
        return bare

    return prepare


def nothing_where(argument: Any) -> Cell:
    """Read a cell as empty that is like one of several patterns, in which `*` is any text."""
    like = pattern_of(texts_of(argument))
    return lambda text: "" if like.fullmatch(key(text)) else text


def pattern_of(patterns: Sequence[str]) -> re.Pattern[str]:
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
    [prefix], others = texts_of(said.get("with")), _starts(said)

    def prepare(text: str) -> str:
        bare = text.strip()
        if not bare or methodology_id(bare) or key(bare).startswith(others):
            return bare
        return f"{prefix}{bare}"

    return prepare


def _starts(said: Mapping[str, Any]) -> tuple[str, ...]:
    listed = said.get("unless_starts")
    return tuple(text.casefold() for text in texts_of(listed)) if listed is not None else ()


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
    apart = re.compile("|".join(map(re.escape, texts_of(argument))))
    return lambda text: apart.split(text, maxsplit=1)[0].strip()


def after(argument: Any) -> Cell:
    """Keep what stands behind the first of several signs, nothing where there is none."""
    apart = re.compile("|".join(map(re.escape, texts_of(argument))))
    return lambda text: apart.split(text, maxsplit=1)[-1].strip() if apart.search(text) else ""


def found(argument: Any) -> Cell:
    """Keep what fits a regular expression, its first group where it has one; else nothing."""
    [pattern] = texts_of(argument)
    sought = re.compile(pattern)

    def prepare(text: str) -> str:
        match = sought.search(text)
        return (match[min(sought.groups, 1)] or "") if match else ""

    return prepare


def without_words(argument: Any) -> Cell:
    """Take out of a list apart by `;` the words that are like one of several patterns."""
    like = pattern_of(texts_of(argument))

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


def _prepare(value: Any) -> Cell:
    if not isinstance(value, dict) or len(value) != 1:
        raise wrong(f"an operation is needed here, not {spoken(value)}", "write `name: argument`")
    [(name, argument)] = value.items()
    if name not in PREPARE:
        raise no_operation(name, tuple(PREPARE))
    return PREPARE[name](argument)


def no_operation(name: Any, known: tuple[str, ...]) -> Exception:
    """Return the error of a name that is no operation."""
    near = did_you_mean(name, known) if isinstance(name, str) else None
    return wrong(f"{spoken(name)} is no operation", near or f"one of {', '.join(known)}")


Prepare = Annotated[Cell, BeforeValidator(_prepare)]
