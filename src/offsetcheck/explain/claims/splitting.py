"""A text parted into sentences, each with its line; abbreviations and decimals part none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offsetcheck.explain.claims.matching import folded
from offsetcheck.rulebook.lexicon.model import LexiconFile

END = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s)")
BULLET = re.compile(r"\s*(?:[-*•–—#>]+|\d{1,3}[.)])\s+")
LAST_WORD = re.compile(r"[\w.]*$")
STARTS = "\"“”„«»'‘’¿¡([–—-"
HEADING = 60  # signs; a longer line without an end goes on in the next one
WRAPPED = 130  # signs; in a text with longer lines each line stands for itself


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on one line of text, and the line (from 1) on which it begins."""

    text: str
    line: int


def sentences_of(text: str, lexicons: Iterable[LexiconFile]) -> list[Sentence]:
    """Return the sentences of a text in their order; a heading or a point of a list is one."""
    short = frozenset(folded(word) for one in lexicons for word in one.abbreviations)
    return [one for block, line in _blocks(text) for one in _sentences(block, line, short)]


def _blocks(text: str) -> Iterator[tuple[str, int]]:
    """Yield what stands together: lines up to an empty one, a point of a list, or a heading."""
    lines: list[str] = []
    begun = 1
    apart = any(len(line) > WRAPPED for line in text.splitlines())
    for number, line in enumerate(text.splitlines(), 1):
        ends = apart or not line.strip() or BULLET.match(line) or _is_heading(lines, line)
        if lines and ends:
            yield "\n".join(lines), begun
            lines = []
        if line.strip():
            begun = begun if lines else number
            lines.append(line)
    if lines:
        yield "\n".join(lines), begun


def _is_heading(lines: list[str], following: str) -> bool:
    """Whether a block so far is a short line without an end before one that begins anew."""
    last = lines[-1].rstrip() if lines else ""
    begins = following.strip()[:1]
    return (
        len(lines) == 1
        and bool(last)
        and len(last) <= HEADING
        and not re.search(r"[.!?…:,;]$", last)
        and (begins.isupper() or begins in STARTS)
    )


def _sentences(block: str, line: int, short: frozenset[str]) -> Iterator[Sentence]:
    start = 0
    for end in END.finditer(block):
        if _ends(block, start, end, short):
            yield from _one(block, start, end.end(), line)
            start = end.end()
    yield from _one(block, start, len(block), line)


def _one(block: str, start: int, end: int, line: int) -> Iterator[Sentence]:
    mark = BULLET.match(block, start) if start == 0 else None
    start = mark.end() if mark else start
    text = block[start:end]
    if text.strip():
        skipped = text[: len(text) - len(text.lstrip())]
        at = line + block[:start].count("\n") + skipped.count("\n")
        yield Sentence(" ".join(text.split()), at)


def _ends(block: str, start: int, end: re.Match[str], short: frozenset[str]) -> bool:
    following = block[end.end() :].lstrip()
    if not following:
        return True
    if following[0].islower():
        return False
    if end[0][0] in "!?…":
        return True
    last = LAST_WORD.search(block[start : end.start()])
    word = folded(last[0]) if last else ""
    if word in short and not word.isdigit():
        return False
    if len(word) == 1 and word.isalpha() and last is not None and last[0].isupper():
        return False  # an initial
    return not (word.isdigit() and block[start : end.start()].strip() == word)  # a number of a list
