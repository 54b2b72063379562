"""An answer to a request for clarification held against the form as it was sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.intake.normalise.text import read_text, shown
from offsetcheck.intake.notes.clarifications import NOTHING, NewAnswer
from offsetcheck.intake.questionnaire.filled import (
    Cell,
    FilledAnswer,
    FilledForm,
    FilledSheet,
    cell_name,
)
from offsetcheck.intake.questionnaire.values import read_answer
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.problem import Place, Problem

NOT_ASKED = "it was not asked: only the open questions can be answered"
SENT = "if the form was sent so, name it as it was sent with `--sent`"
ABOUT = ("kind", "round", "rulebook", "city", "purchase", "as_of", "seller")
"""What must be the same of the form that was sent and the one that came back."""

EMPTY = "nothing"


@dataclass(frozen=True, slots=True)
class OfferAnswers:
    """What was answered for one offer."""

    offer: str
    answers: tuple[NewAnswer, ...]


def asked_fields(form: FilledForm) -> dict[str, tuple[str, ...]]:
    """Return which fields a form asks of each offer, as it says of itself."""
    told = form.about.get("asked", "")
    pairs = [part.partition(":") for part in told.split(";") if ":" in part]
    return {offer.strip(): tuple(fields.split()) for offer, _, fields in pairs}


def differences(sent: FilledForm, back: FilledForm) -> list[Problem]:
    """Return every cell that came back other than it was sent and was not asked.

    Each is named with its cell, what it was, and what it is.
    """
    problems = [*back.problems, *_of_another(sent, back)]
    if any(problem.place.field for problem in problems):
        return problems
    sheets = {sheet.offer: sheet for sheet in sent.sheets}
    asked = asked_fields(sent)
    seen: set[str | None] = set()
    for sheet in back.sheets:
        own = sheets.get(sheet.offer)
        if sheet.offer in seen:
            place = Place(back.file, sheet=sheet.name)
            message = f"a second sheet is of {shown(sheet.offer or EMPTY)}"
            problems.append(Problem(message, place, "keep the one that counts"))
        seen.add(sheet.offer)
        if own is None:
            place = Place(back.file, sheet=sheet.name)
            message = f"the sheet is of {shown(sheet.offer or EMPTY)}, of which nothing was asked"
            problems.append(Problem(message, place, SENT))
        else:
            problems += _changed(own, sheet, asked.get(sheet.offer or "", ()))
            gone = _missing(own, sheet, asked.get(sheet.offer or "", ()))
            problems += [Problem(why, Place(back.file, sheet=sheet.name), SENT) for why in gone]
    return problems


def _of_another(sent: FilledForm, back: FilledForm) -> Iterator[Problem]:
    """Yield how a form is one of another purchase, round or rulebook than was sent."""
    for key in ABOUT:
        was, now = sent.about.get(key, ""), back.about.get(key, "")
        if was != now:
            message = f"the form is of another {key}: {shown(now or EMPTY)}, not {shown(was)}"
            yield Problem(message, Place(back.file, field=key), SENT)


def _changed(sent: FilledSheet, back: FilledSheet, asked: Sequence[str]) -> Iterator[Problem]:
    known = {answer.field: answer for answer in sent.answers}
    for answer in back.answers:
        own = known.get(answer.field)
        if own is None:
            if answer.answer.text.strip():
                message = f"{answer.answer.name} answers {shown(answer.field)}"
                yield Problem(message, answer.answer.place, NOT_ASKED)
            continue
        if answer.asked.text != own.asked.text:
            yield _difference(answer.asked, own.asked.text, answer.asked.text)
        cells = [(own.answer, answer.answer), (own.document, answer.document)]
        for was, now in [*cells, (own.page, answer.page)] if answer.field not in asked else ():
            if was.text.strip() != now.text.strip() or now.spoilt:
                yield _difference(now, was.text, now.text)


def _missing(sent: FilledSheet, back: FilledSheet, asked: Sequence[str]) -> Iterator[str]:
    """Yield what the form said of an offer and no longer says: rows that are gone.

    A form without them could be one that somebody made of another seller's offer.
    """
    left = {answer.field for answer in back.answers}
    for answer in sent.answers:
        if answer.field not in asked and answer.field not in left and answer.answer.text.strip():
            yield f"the row of {shown(answer.question)} is missing"


def _difference(cell: Cell, was: str, now: str) -> Problem:
    old, new = shown(was) if was.strip() else EMPTY, shown(now) if now.strip() else EMPTY
    message = f"{cell_name(cell.place)} was changed from {old} to {new}"
    return Problem(message, cell.place, NOT_ASKED)


def new_answers(
    sent: FilledForm,
    back: FilledForm,
    before: Mapping[tuple[str, str], str],
    dictionary: Dictionary,
    problems: list[Problem],
) -> tuple[OfferAnswers, ...]:
    """Return what was answered of what was asked; what cannot be read is added to the problems.

    `before` is what each offer said of each field.
    """
    asked = asked_fields(sent)
    found = []
    for sheet in back.sheets:
        fields = asked.get(sheet.offer or "", ())
        made = (
            _new(sheet, answer, read, before)
            for answer in sheet.answers
            if answer.field in fields
            and (read := _read(answer, back, dictionary, problems)) is not None
        )
        answers = tuple(made)
        if answers and sheet.offer:
            found.append(OfferAnswers(sheet.offer, answers))
    return tuple(found)


def _read(
    answer: FilledAnswer, back: FilledForm, dictionary: Dictionary, problems: list[Problem]
) -> Value | None:
    read = read_answer(answer, dictionary, back.about)
    if read.problem is not None:
        problems.append(read.problem)
    return read.value


def _new(
    sheet: FilledSheet,
    answer: FilledAnswer,
    value: Value,
    before: Mapping[tuple[str, str], str],
) -> NewAnswer:
    return NewAnswer(
        answer.field,
        value,
        before.get((sheet.offer or "", answer.field), NOTHING),
        f"{sheet.name}!{answer.answer.name}",
        read_text(answer.document.text),
        read_text(answer.page.text),
    )
