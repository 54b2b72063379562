"""Where a problem begins and ends in a text, what would mend it, and where it has moved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offsetcheck.vocabulary.problem import Problem
from offsetcheck.workshop.editing.renamed import Change

QUOTED = re.compile(r"`([^`]+)`")
NEAR = re.compile(r"did you mean `([^`]+)`\?")
WRITE = re.compile(r"write `([^`]+)`")
WORD = re.compile(r"\$?[\w.\-]+")
REMARK = re.compile(r"\s+#.*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A part of one line: line and columns from 1, the end one behind the last sign."""

    line: int
    start: int
    end: int


def span_of(problem: Problem, rows: Sequence[str]) -> Span:
    """Return what a problem is about: the word that it names, else the value or key there."""
    line = min(max(problem.place.line or 1, 1), max(len(rows), 1))
    row = rows[line - 1] if rows else ""
    start = min(max(problem.place.column or 1, 1), len(row) + 1)
    named = _named_at(problem, row, start)
    if named is not None:
        return Span(line, *named)
    rest = REMARK.sub("", row[start - 1 :]).rstrip()
    word = WORD.match(rest)
    if word is not None and rest[word.end() : word.end() + 1] == ":":
        return Span(line, start, start + word.end())
    return Span(line, start, start + max(len(rest), 1))


def _named_at(problem: Problem, row: str, start: int) -> tuple[int, int] | None:
    """Return the ends of the word that a message names, where it stands at the place."""
    for found in QUOTED.finditer(problem.message):
        word = found[1].strip("{}…")
        for shift in (0, 1):
            at = start - 1 + shift
            if word and row.startswith(word, at):
                return at + 1, at + 1 + len(word)
    return None


def mended(problem: Problem, rows: Sequence[str]) -> Iterator[tuple[str, Change]]:
    """Yield what would mend a problem by its hint: a title and the change."""
    word = near_word(problem)
    if word is None:
        return
    line = problem.place.line or 1
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    at = _named_at(problem, row, problem.place.column or 1)
    if at is not None:
        wrong = row[at[0] - 1 : at[1] - 1]
        change = Change(problem.place.file, line, at[0], len(wrong), word)
        yield f"Write `{word}`", change


def near_word(problem: Problem) -> str | None:
    """Return the word that a hint says to write, None where it says something else."""
    hint = problem.hint or ""
    found = NEAR.search(hint) or WRITE.fullmatch(hint)
    return None if found is None else found[1]


def moved(problem_line: int, before: Sequence[str], now: Sequence[str]) -> int | None:
    """Return the line on which a line of an earlier text stands now, None where it was changed."""
    start = _alike(before, now)
    if problem_line <= start:
        return problem_line
    end = min(_alike(before[::-1], now[::-1]), len(before) - start, len(now) - start)
    if problem_line > len(before) - end:
        return problem_line + len(now) - len(before)
    return None


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines are the same from the first on."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
