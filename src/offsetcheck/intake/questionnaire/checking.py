"""What a bidder is told of a form that he has filled, before he sends it: no verdict is drawn."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.intake.questionnaire.filled import (
    Cell,
    FilledAnswer,
    FilledForm,
    FilledSheet,
    cell_name,
)
from offsetcheck.intake.questionnaire.merging import asked_fields
from offsetcheck.intake.questionnaire.offers import OF_ALL
from offsetcheck.intake.questionnaire.values import ReadAnswer, read_answer
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.vocabulary.questionnaire import (
    SELLER,
    Case,
    CellNote,
    CheckedForm,
    FormKind,
    RulesOfForm,
)

Read = tuple[FilledAnswer, ReadAnswer]


def check(
    form: FilledForm,
    dictionary: Dictionary,
    cases: Mapping[str, Case | None],
    rules: RulesOfForm,
) -> CheckedForm:
    """Return what is open in a filled form and what of it cannot be read.

    `cases` say of fields in which case alone they are asked; a question of another case is not
    missed. Sheets without any answer are passed over, unless all are.
    """
    read = {sheet: [(a, read_answer(a, dictionary, form.about)) for a in sheet.answers]
            for sheet in form.sheets}  # fmt: skip
    used = [sheet for sheet in form.sheets if _is_used(sheet, form)] or list(form.sheets[:1])
    asked = [(s, one) for s in used for one in _asked(s, read[s], form, cases, used[0])]
    answered = [(sheet, one) for sheet, one in asked if one[0].answer.text.strip()]
    lost = [one[1].problem for _, one in asked if one[1].problem is not None]
    return CheckedForm(
        file=form.file,
        language=form.about.get("language", ""),
        offers=sum(_is_used(sheet, form) for sheet in form.sheets),
        asked=len(asked),
        answered=len(answered),
        unreadable=tuple(_of_problems([*form.problems, *lost], Severity.ERROR)),
        unanswered=tuple(
            _note(sheet, one[0], one[0].answer)
            for sheet, one in asked
            if not one[0].answer.text.strip()
        ),
        undocumented=tuple(
            _note(sheet, one[0], one[0].document)
            for sheet, one in answered
            if not one[0].document.text.strip() and _wants_paper(one[0], dictionary)
        ),
        remarks=tuple(_of_problems(form.problems, Severity.WARNING)),
        rules=rules,
    )


def _is_used(sheet: FilledSheet, form: FilledForm) -> bool:
    if form.kind == FormKind.CLARIFICATION.value:
        return True
    return any(a.answer.text.strip() and a.field not in OF_ALL for a in sheet.answers)


def _asked(
    sheet: FilledSheet,
    read: Sequence[Read],
    form: FilledForm,
    cases: Mapping[str, Case | None],
    first: FilledSheet,
) -> Iterator[Read]:
    """Yield the answers of a sheet that are asked: of a request its open ones, else by the case."""
    if form.kind == FormKind.CLARIFICATION.value:
        open_ones = asked_fields(form).get(sheet.offer or "", ())
        yield from (one for one in read if one[0].field in open_ones)
        return
    values = {answer.field: said.value for answer, said in read}
    for answer, said in read:
        case = cases.get(answer.field)
        is_put = case is None or _fits(case, values.get(case.field))
        once = answer.field == SELLER and sheet is not first
        if answer.answer.text.strip() or (is_put and not once):
            yield answer, said


def _fits(case: Case, value: Value | None) -> bool:
    """Whether a question may be put; where what tells it is not answered it waits."""
    return value is not None and value in case.values


def _wants_paper(answer: FilledAnswer, dictionary: Dictionary) -> bool:
    field = dictionary.candidate.get(answer.field)
    return field is not None and bool(field.documents)


def _note(sheet: FilledSheet, answer: FilledAnswer, cell: Cell) -> CellNote:
    return CellNote(sheet.name, cell.name, answer.question)


def _of_problems(problems: Sequence[Problem], severity: Severity) -> Iterator[CellNote]:
    for problem in problems:
        if problem.severity is severity:
            place = problem.place
            cell = cell_name(place) if place.line and place.column else ""
            yield CellNote(place.sheet or "", cell, "", problem.message, problem.hint)
