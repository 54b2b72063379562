"""One YAML text in the layout of the house: the same data, every comment kept.

Lines are moved and shifted and never written anew, so that nothing is lost that a parser does not
keep. Two spaces stand before what lies one level deeper, keys in the order of their kind, one
blank line at most, no space at the end of a line, double quotes where either would do. Inside
brackets, and inside texts of several lines, all stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.workshop.layout.order import Path, order_at

STEP = 2
KEY = re.compile(
    r"""(?P<key>"[^"]*"|'[^']*'|[^\s#'"\[\]{}&*!|>%@`,-][^#]*?|-[^\s#][^#]*?):(?:\s|$)"""
)
EXPLICIT = re.compile(r"[|>][+-]?[1-9]|[|>][1-9]")
SINGLE = re.compile(r"""(?P<before>:\s+|-\s+)'(?P<text>[^'"\\]*)'(?P<after>\s*(?:#.*)?)$""")
UNTOUCHED = re.compile(r"^(?:%|---|\.\.\.|\t)|[&*]\w", re.MULTILINE)


@dataclass(slots=True)
class Entry:
    """A key, or an item of a list, with the lines above that speak of it and those below it."""

    key: str | None
    above: list[str]
    lines: list[str] = field(default_factory=list)


def arranged(file: str, text: str) -> str:
    """Return a text of a rule folder in the layout of the house.

    It is returned as it is where it is no plain YAML, or where its data would be others.
    """
    before = compose(text, file)
    if before.problems or UNTOUCHED.search(text) or EXPLICIT.search(text):
        return text
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    made = "\n".join(_squeezed(_block(lines, 0, file, ()))).strip("\n") + "\n"
    if not made.strip():
        return text
    after = compose(made, file)
    same = not after.problems and after.data == before.data
    return made if same else text


def _block(lines: Sequence[str], indent: int, file: str, path: Path) -> list[str]:
    """Return the lines of a mapping or list, shifted to an indentation, its keys in order."""
    own = min((_depth(line) for line in lines if _speaks(line)), default=0)
    entries, rest = _entries(lines, own)
    if not entries:
        return _shifted(lines, indent - own)
    order = order_at(file, path)
    place = {key: number for number, key in enumerate(order)}
    if order and all(entry.key is not None for entry in entries):
        # What the order does not name stays behind what stood before it.
        last, ranks = 0, []
        for number, entry in enumerate(entries):
            last = place.get(str(entry.key), last)
            ranks.append((last, number))
        entries = [entries[number] for _, number in sorted(ranks)]
    made: list[str] = []
    for entry in entries:
        made += _shifted(entry.above, indent - own)
        made += _entry(entry, own, indent, file, path)
    return made + _shifted(rest, indent - own)


def _entries(lines: Sequence[str], own: int) -> tuple[list[Entry], list[str]]:
    """Return the entries at a depth, and the lines after them; none where lines do not fit."""
    entries: list[Entry] = []
    waiting: list[str] = []
    for line in lines:
        begins = _speaks(line) and _depth(line) == own
        if begins:
            key = KEY.match(line[own:])
            is_item = line[own:].startswith(("- ", "-\n")) or line[own:] == "-"
            if entries and is_item and entries[-1].key is not None:
                entries[-1].lines += [*waiting, line]  # a list at the depth of its key
            elif key is None and not is_item:
                return [], list(lines)
            else:
                name = None if is_item or key is None else key["key"].strip("'\"")
                entries.append(Entry(name, waiting, [line]))
            waiting = []
        elif entries and _depth(line) > own and line.strip():
            entries[-1].lines += [*waiting, line]
            waiting = []
        else:
            waiting.append(line)
    return entries, waiting


def _entry(entry: Entry, own: int, indent: int, file: str, path: Path) -> list[str]:
    first, below = entry.lines[0], entry.lines[1:]
    head = _shifted([_quoted(first)], indent - own)
    if not below:
        return head
    if entry.key is None or not _is_empty(first[own:]):
        return head + _shifted(below, indent - own)
    deeper = indent + STEP
    return head + _block(below, deeper, file, (*path, entry.key))


def _is_empty(line: str) -> bool:
    """Whether a key has its value on the lines below it, as a mapping or list."""
    key = KEY.match(line)
    rest = line[key.end() :].strip() if key is not None else "-"
    return not rest or rest.startswith("#")


def _quoted(line: str) -> str:
    """Return a line whose whole value stands in double quotes where it stood in single ones."""
    found = SINGLE.search(line)
    if found is None or line.lstrip().startswith("#") or line.count("'") > len("''"):
        return line
    return f'{line[: found.start()]}{found["before"]}"{found["text"]}"{found["after"]}'


def _shifted(lines: Sequence[str], by: int) -> list[str]:
    if by >= 0:
        return [f"{' ' * by}{line}" if line else line for line in lines]
    return [line[min(-by, _depth(line)) :] for line in lines]


def _squeezed(lines: Sequence[str]) -> list[str]:
    """Return lines without a second blank line in a row."""
    made: list[str] = []
    for line in lines:
        if line or (made and made[-1]):
            made.append(line)
    return made


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _speaks(line: str) -> bool:
    """Whether a line holds more than a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")
