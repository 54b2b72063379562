"""What an offer says, answer by answer, beside the cell in which it stood."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from offsetcheck.api.case import Case
from offsetcheck.api.judge import JudgedOffer
from offsetcheck.explain.clarification import OpenOffer, open_fields
from offsetcheck.intake.normalise.text import key
from offsetcheck.intake.notes.addressed import telling_of
from offsetcheck.intake.notes.values import spoken
from offsetcheck.intake.tables.amend import stated
from offsetcheck.intake.tender.read import CLARIFICATIONS, EVIDENCE
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.explained import Who
from offsetcheck.vocabulary.problem import Problem, Severity

NOTES = frozenset({EVIDENCE, CLARIFICATIONS})
CURRENCY = "currency"


class Oddness(StrEnum):
    """What is odd about a reading, the oddest first."""

    LOST = "lost"  # the cell holds something that could not be read
    CONTRADICTED = "contradicted"  # sources differ, or one of several is meant
    TURNED = "turned"  # the value is written otherwise than the cell
    PLAIN = "plain"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an answer stood: the cell's own text, its file, sheet, line and column."""

    text: str
    file: str = ""
    sheet: str = ""
    line: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of an offer: its value, the seller's own cell, and what stands behind it.

    `value` is in words, `plain` as a person would type it; both are empty where it is not known.
    `offered` is what the seller himself says, in plain words. `confirmed` says that an officer's
    note stands behind it. `others` are values of other sources that differ.
    """

    field: str
    title: str
    value: str
    plain: str
    offered: str
    cell: Cell | None
    grade: EvidenceGrade
    grade_words: str
    source: str
    document: str
    page: str
    as_of: str
    confirmed: bool
    oddness: Oddness
    others: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What is not known of an offer and would decide it, and whether its seller is asked."""

    field: str
    title: str
    question: str
    who: Who


def answers_of(case: Case, offer: str) -> tuple[Answer, ...]:
    """Return every answer that an offer can give, odd readings first, what it does not say last."""
    row = list(case.table.ids).index(offer)
    known = case.bound.dictionary.candidate
    answers = [_answer(case, field, row) for field in known.values() if field.is_input]
    order = list(Oddness)
    return tuple(sorted(answers, key=lambda one: order.index(one.oddness)))


def answer_of(case: Case, offer: str, field: str) -> Answer | None:
    """Return one answer of an offer, None where no offer can state such a field."""
    known = case.bound.dictionary.candidate.get(field)
    if known is None or not known.is_input:
        return None
    return _answer(case, known, list(case.table.ids).index(offer))


def offered_value(case: Case, offer: str, field: str) -> Value | None:
    """Return what an offer says itself, which is what a paper can confirm."""
    return stated(case.tender.table, field, list(case.tender.table.ids).index(offer)).value


def telling(case: Case, offer: str) -> dict[str, str]:
    """Return what tells an offer from other lots of its project, for a note that names it."""
    return telling_of(list(case.tender.table.ids).index(offer), case.tender.table)


def kinds_of_paper(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the kinds of paper, each in words with the best grade that it can give."""
    wording = case.setting.wording
    return tuple(
        (kind, f"{wording.document(kind)} ({one.ceiling.name})")
        for kind, one in case.bound.dictionary.documents.items()
    )


def still_open(case: Case, judged: JudgedOffer) -> tuple[OpenPoint, ...]:
    """Return what would decide an offer: what its seller may be asked, then what others look up."""
    setting = case.setting
    asked = open_fields(OpenOffer(judged.candidate, judged.explained), setting)
    questions = {
        one.field: one.question or one.words
        for line in judged.explained.findings
        for one in line.missing
    }
    points = [
        OpenPoint(name, setting.wording.title(name), questions.get(name, ""), Who.SELLER)
        for name in asked
    ]
    deciding = judged.explained.deciding
    points += [
        OpenPoint(one.name, one.title, one.question or _without(one.title, one.words), one.who)
        for one in (deciding.answers if deciding is not None else ())
        if one.name not in asked
    ]
    return tuple(points)


def _without(title: str, words: str) -> str:
    """Return words without the title before which they stand."""
    return words.removeprefix(title).lstrip(": ")


def _answer(case: Case, field: Field, row: int) -> Answer:
    fact = stated(case.table, field.name, row)
    own = _own(stated(case.tender.table, field.name, row), case.tender.table.file)
    wording = case.setting.wording
    cell = _cell(own)
    problems = tuple(_problems(case, own))
    currency = stated(case.table, CURRENCY, row).value
    return Answer(
        field=field.name,
        title=wording.title(field.name),
        value="" if fact.value is None else _words(case, field.name, fact.value, currency),
        plain="" if fact.value is None else spoken(fact.value),
        offered=""
        if own is None or own.value is None
        else _words(case, field.name, own.value, currency),
        cell=cell,
        grade=fact.grade,
        grade_words=wording.grade(fact.grade),
        source=fact.source or case.table.source or "",
        document=fact.document or "",
        page=fact.page or "",
        as_of=fact.as_of.isoformat() if fact.as_of else "",
        confirmed=fact.noted_on is not None and fact.grade is not EvidenceGrade.E4,
        oddness=_oddness(fact, cell, bool(problems)),
        others=tuple(
            f"{_words(case, field.name, one.value, currency)} ({one.grade.name}, {one.source})"
            for one in fact.others
            if one.value is not None
        ),
        problems=problems,
        choices=_choices(case, field),
        unit=field.unit or "",
    )


def _words(case: Case, name: str, value: Value, currency: object) -> str:
    said = currency if isinstance(currency, str) else None
    return case.setting.wording.value(name, value, said)


def _choices(case: Case, field: Field) -> tuple[tuple[str, str], ...]:
    wording = case.setting.wording
    if field.type == "boolean":
        return tuple((word, wording.value(field.name, word == "yes")) for word in ("yes", "no"))
    if field.type == "code":
        return tuple((code, wording.value(field.name, code)) for code in field.narrow)
    return ()


def _own(fact: Fact, file: str) -> Fact | None:
    """Return the seller's own word under the notes that were laid over it."""
    seen = [fact]
    while seen:
        one = seen.pop(0)
        if one.place is not None and one.place.file not in NOTES and one.raw is not None:
            return one
        if one.place is not None and one.place.file == file:
            return one
        seen += [*([one.before_note] if one.before_note is not None else []), *one.others]
    return None


def _cell(own: Fact | None) -> Cell | None:
    if own is None or own.place is None or own.raw is None:
        return None
    place = own.place
    column = place.field or ("" if place.column is None else str(place.column))
    return Cell(own.raw, place.file, place.sheet or "", place.line, column)


def _problems(case: Case, own: Fact | None) -> Iterator[Problem]:
    """Yield what is wrong with the cell of an answer."""
    if own is None or own.place is None:
        return
    at = own.place
    for problem in case.problems:
        place = problem.place
        same = place.file == at.file and place.sheet == at.sheet
        if not same or problem.severity is Severity.NOTE:
            continue
        on_line = place.line == at.line or at.line in problem.lines
        on_column = (place.field, place.column) == (at.field, at.column)
        if on_line and on_column and (at.field or at.column):
            yield problem


def _oddness(fact: Fact, cell: Cell | None, wrong: bool) -> Oddness:
    said = cell is not None and bool(cell.text.strip())
    if wrong or (said and fact.value is None and not fact.possible):
        return Oddness.LOST
    if fact.possible or fact.cause is Cause.SOURCES_CONTRADICT or fact.others:
        return Oddness.CONTRADICTED
    if fact.value is None:
        return Oddness.UNSTATED
    if cell is not None and said and key(cell.text) != key(spoken(fact.value)):
        return Oddness.TURNED
    return Oddness.PLAIN
