"""Which answers a reference table can give to a key, known whole or in part: for both evaluators.

A part of a key that is known in part could be each of its possible values, one that is not stated
anything at all; likewise the version.
"""

from collections.abc import Callable, Iterator
from math import prod
from typing import NamedTuple

from offsetcheck.engine.arithmetic import key_text, typed
from offsetcheck.engine.knowledge import SCREENED_GRADE, is_too_weak
from offsetcheck.engine.possible import Alternatives, distinct
from offsetcheck.rulebook.expression.nodes import Lookup, TableRow
from offsetcheck.rulebook.tables.versions import version_matches
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Value


class TableAnswer(NamedTuple):
    """A table's answer: a value with the grade of its row, or the cause why there is none."""

    value: Value | None
    grade: EvidenceGrade
    cause: Cause | None


class Asked(NamedTuple):
    """A key as far as it is known: for each part the texts of which it is one, None: any.

    `versions` likewise, `NO_VERSION` where the table has none. `screened` says that somebody has
    looked for what the table does not hold; answers of a grade below `at_least` do not count.
    """

    parts: tuple[tuple[str, ...] | None, ...]
    versions: tuple[str | None, ...] | None
    screened: bool
    at_least: EvidenceGrade | None


class PossibleAnswer(NamedTuple):
    """The values of which a table's answer is one, None where it could be anything.

    `cause` is why there is no value where that is so whatever the key turns out to be.
    """

    alternatives: Alternatives | None
    cause: Cause | None


NO_VERSION: tuple[str | None, ...] = (None,)


def key_texts(alternatives: Alternatives | None) -> tuple[str, ...] | None:
    """Return the texts that a part of a key may be in a table, None where it may be any."""
    if alternatives is None:
        return None
    return tuple(dict.fromkeys(key_text(value) for value in alternatives))


# Of keys known in part, which many rows may meet; each entry holds on to its lookup, so that the
# lookup's identity stays its own.
MOST_KEPT = 4096
_known: dict[tuple[int, Asked], tuple[Lookup, PossibleAnswer]] = {}


def possible_answer(lookup: Lookup, asked: Asked) -> PossibleAnswer:
    """Return what a table can answer to a key; settled where every possible row says the same."""
    if all(part is not None and len(part) == 1 for part in asked.parts):
        return _possible_answer(lookup, asked)
    key = (id(lookup), asked)
    known = _known.get(key)
    if known is None:
        if len(_known) >= MOST_KEPT:
            _known.clear()
        known = _known[key] = (lookup, _possible_answer(lookup, asked))
    return known[1]


def _possible_answer(lookup: Lookup, asked: Asked) -> PossibleAnswer:
    answers = dict.fromkeys(_usable(lookup, answer, asked) for answer in _answers(lookup, asked))
    if len(answers) == 1:
        value, cause = next(iter(answers))
        return PossibleAnswer(None if value is None else (value,), cause)
    return PossibleAnswer(distinct(value for value, _ in answers), None)


def _usable(lookup: Lookup, answer: TableAnswer, asked: Asked) -> tuple[Value | None, Cause | None]:
    """Return an answer as a rule may use it, or why it may not."""
    if answer.cause is Cause.NO_ROW and asked.screened and awaits_screening(lookup):
        answer = SCREENED
    if answer.cause is None and is_too_weak(answer.grade, asked.at_least):
        return None, Cause.EVIDENCE_TOO_WEAK
    return answer.value, answer.cause


def _answers(lookup: Lookup, asked: Asked) -> Iterator[TableAnswer]:
    """Yield the answers of all rows that the possible keys meet, and that for none of them."""
    if lookup.stale:
        yield answer_without_row(lookup)
        return
    met = _met(lookup, asked.parts)
    for key in met:
        yield from _answers_to(lookup, key, asked.versions)
    if None in asked.parts or len(met) < prod(len(part or ()) for part in asked.parts):
        yield answer_without_row(lookup)


def _met(lookup: Lookup, parts: tuple[tuple[str, ...] | None, ...]) -> list[tuple[str, ...]]:
    """Return the keys of a table's rows that a key known so far could be."""
    whole = tuple(part[0] for part in parts if part is not None and len(part) == 1)
    if len(whole) == len(parts):
        return [whole] if whole in lookup.rows else []
    met = list(lookup.rows)
    for place, part in enumerate(parts):
        if part is not None:
            met = [key for key in met if key[place] in part]
    return met


def _answers_to(
    lookup: Lookup, key: tuple[str, ...], versions: tuple[str | None, ...] | None
) -> Iterator[TableAnswer]:
    rows = lookup.rows[key]
    if versions is not None or all(row.version is None for row in rows):
        for version in versions or NO_VERSION:
            yield ask_table(lookup, key, version)
    elif lookup.collect:
        yield ANYTHING
    else:
        yield from _of_any_version(lookup, rows)


def _of_any_version(lookup: Lookup, rows: tuple[TableRow, ...]) -> Iterator[TableAnswer]:
    """Yield what the first fitting row can be; a version may lie outside all ranges."""
    for row in rows:
        yield _first(lookup, (row,))
        if row.version is None:
            return
    yield answer_without_row(lookup)


def ask_table(lookup: Lookup, key: tuple[str, ...], version: str | None) -> TableAnswer:
    """Return the answer for a key whose parts are known."""
    if lookup.stale:
        return TableAnswer(None, EvidenceGrade.E1, Cause.TABLE_STALE)
    rows = tuple(filter(_fits(version), lookup.rows.get(key, ())))
    if not rows:
        return answer_without_row(lookup)
    return _collected(lookup, rows) if lookup.collect else _first(lookup, rows)


def answer_without_row(lookup: Lookup) -> TableAnswer:
    """Return what a table says of a key that it does not hold."""
    if lookup.stale:
        return TableAnswer(None, EvidenceGrade.E1, Cause.TABLE_STALE)
    if lookup.absent is not None:
        return TableAnswer(typed(lookup.absent, lookup.type), EvidenceGrade.E1, None)
    return TableAnswer(None, EvidenceGrade.E1, Cause.NO_ROW)


def awaits_screening(lookup: Lookup) -> bool:
    """Whether the absence of rows means that nobody has looked yet."""
    return lookup.collect and lookup.absent is None and not lookup.stale


SCREENED = TableAnswer((), SCREENED_GRADE, None)
ANYTHING = TableAnswer(None, EvidenceGrade.E1, None)


def _fits(version: str | None) -> Callable[[TableRow], bool]:
    def fits(row: TableRow) -> bool:
        if row.version is None:
            return True
        return version is not None and version_matches(row.version, version)

    return fits


def _first(lookup: Lookup, rows: tuple[TableRow, ...]) -> TableAnswer:
    value = typed(rows[0].value, lookup.type)
    return TableAnswer(value, rows[0].grade, Cause.NO_ROW if value is None else None)


def _collected(lookup: Lookup, rows: tuple[TableRow, ...]) -> TableAnswer:
    values = tuple(dict.fromkeys(row.value for row in rows if row.value is not None))
    grade = max(row.grade for row in rows)
    return TableAnswer(typed(values, lookup.type), grade, None)  # type: ignore[arg-type]
