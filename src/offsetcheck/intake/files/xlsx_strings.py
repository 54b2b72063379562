"""Texts of a workbook's cells: plain, of several formats, and with escaped signs."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree as ET

from offsetcheck.intake.files.xlsx_package import local
from offsetcheck.intake.files.xlsx_styles import strikes

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Cell(NamedTuple):
    """A cell's text, why it is not its value, and whether it is struck through."""

    text: str
    spoilt: str | None = None
    struck: bool = False


EMPTY = Cell("")
_LOCAL: dict[str, str] = {}


def name_of(tag: str) -> str:
    """Return an element's name without its namespace, worked out once."""
    name = _LOCAL.get(tag)
    if name is None:
        name = _LOCAL[tag] = local(tag)
    return name


def read_strings(elements: Iterable[tuple[str, ET.Element]]) -> list[Cell]:
    """Return the texts that cells share."""
    strings = []
    for _, element in elements:
        if name_of(element.tag) == "si":
            strings.append(rich_text(element))
            element.clear()
    return strings


def rich_text(item: ET.Element) -> Cell:
    """Return a text that may have runs of its own format; the reading aid of a word is none."""
    texts: list[str] = []
    struck: list[bool] = []
    for child in item:
        match name_of(child.tag):
            case "t":
                texts.append(child.text or "")
                struck.append(False)
            case "r":
                text = "".join(t.text or "" for t in child if name_of(t.tag) == "t")
                texts.append(text)
                struck += [any(map(strikes, child))] * bool(text.strip())
    text = unescaped("".join(texts))
    return Cell(text, None, bool(struck) and all(struck))


def unescaped(text: str) -> str:
    """Return a text with the signs that stand as `_x000D_`."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)  # noqa: PLR2004 - half signs
