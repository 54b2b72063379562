"""A language that nobody speaks: each English text in letters that no data has.

What of a report still stands in plain letters is data, or cannot be translated. Its locale writes
numbers, days and countries in Greek.
"""

import csv
import html
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.texts.languages import Languages
from offsetcheck.workshop.languages import english_of

LANGUAGE = "xx"
WIDE = {letter: letter + 0xFEE0 for letter in range(33, 127) if chr(letter).isalpha()}
SHORTEST = 4  # characters of a datum that is told from a word
CUT = 12  # the least characters by which a cut datum is known
# The command line that makes the same result again, raw cells of the files, and sums of bytes.
MACHINE = re.compile(r"offsetcheck [a-z]+|durable-rules|--[a-z-]+( [a-z]+)?|“[^“”]*”|[0-9a-f]{12,}")
PLAIN = re.compile(r"[A-Za-z]{3,}")


def wide(text):
    """Return a text in wide letters; what stands in braces stays."""
    parts = re.split(r"(\{[^{}]*\})", text)
    return "".join(part if part.startswith("{") else part.translate(WIDE) for part in parts)


@cache
def rulebook():
    """Return the shipped rules with the language beside the others."""
    read = load_rulebook(bundled("rules"))
    own = {text.key: wide(text.english) for text in english_of(read)}
    own |= {"locale": "el_GR", "reviewed.by": "nobody"}
    return replace(read, words=Languages.of({**read.words, LANGUAGE: own}))


@cache
def rule_data():
    """Return what rules and tables hold that is no text of ours: guides, clauses, records, ids."""
    read = rulebook()
    found = {text for guide in read.guides.values() for text in _strings(vars_of(guide))}
    for path in bundled("rules").rglob("*.yaml"):
        if "words" not in path.parts:
            found.update(_clauses(yaml.safe_load(path.read_text("utf-8"))))
    for table in read.tables.values():
        for file in table.files.values():
            found.update(cell for row in file.rows for cell in row.cells.values() if " " in cell)
    for rule in read.rules.values():
        found.update(filter(None, (rule.file.id, rule.file.code)))
    return frozenset((*found, read.guide.name))


def tender_data(folder: Path):
    """Return every cell and every value of the files of a tender."""
    found = {path.name for path in folder.iterdir()}
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        if path.suffix == ".csv":
            found.update(cell for row in csv.reader(text.splitlines()) for cell in row)
        else:
            found.update(_strings(yaml.safe_load(text)))
    return frozenset(found)


def left_over(text, data):
    """Return the plain words of a text that are no data, in the order of the text."""
    text = " ".join(html.unescape(re.sub(r"\\(.)", r"\1", text)).split())
    for known in sorted({" ".join(d.split()) for d in data}, key=len, reverse=True):
        if len(known) >= SHORTEST:
            text = _without_cut(text, known).replace(known, " ")
    return list(dict.fromkeys(PLAIN.findall(MACHINE.sub(" ", text))))


def _without_cut(text, known):
    """Return a text without what a page cut of a long datum and ended with three points."""
    start = text.find(known[:CUT]) if len(known) > CUT else -1
    while start >= 0:
        end = text.find("…", start)
        is_cut = 0 < end - start < len(known) and known.startswith(text[start:end])
        text = text[:start] + " " + text[end + 1 :] if is_cut else text
        start = text.find(known[:CUT], start + 1)
    return text


def vars_of(guide):
    """Return what a guide says of itself."""
    return {name: getattr(guide, name) for name in guide.__slots__}


def _strings(data):
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _strings(value)
    elif data is not None:
        yield str(data)


def _clauses(data):
    if isinstance(data, dict):
        if isinstance(data.get("clause"), str):
            yield data["clause"]
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from _clauses(value)
