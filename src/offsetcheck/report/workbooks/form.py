"""A form of questions to the bytes of an XLSX workbook, the same bytes each time."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from offsetcheck.report.workbooks.form_lists import Lists, written_lists
from offsetcheck.report.workbooks.form_rules import validation_of
from offsetcheck.report.workbooks.form_styles import Styles
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.questionnaire import (
    FORM_SHEET,
    MARK,
    Form,
    FormKind,
    FormSheet,
    Question,
    Role,
    Section,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
WIDTHS = {
    Role.NUMBER: 5,
    Role.QUESTION: 48,
    Role.HAVE: 30,
    Role.ANSWER: 30,
    Role.UNIT: 14,
    Role.DOCUMENT: 26,
    Role.PAGE: 8,
    Role.HELP: 52,
}
MARKS, TITLE, HEADER, FIRST = 0, 1, 2, 3
"""The rows of a sheet, from 0: hidden marks, its title, the headings, the first question."""

INSTRUCTIONS_WIDTH = 110
LINE, SMALL_LINE, BETWEEN = 15.0, 12.0, 6.0
"""Points: a line of text, one of a help text, and what parts two paragraphs."""

SMALL_FITS = 1.3  # how many more signs of a help text stand in a line
LONGEST_TEXT = 32_767  # signs; a cell holds no more
LONGEST_NAME = 31
NOT_IN_NAMES = dict.fromkeys(map(ord, "[]:*?/\\"), " ")
OPTIONS = {"format_columns": True, "format_rows": True, "select_locked_cells": True}


def form_workbook(form: Form) -> bytes:
    """Return a form as a workbook in which nothing but the answers can be changed."""
    from xlsxwriter.workbook import Workbook

    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    _properties(book, form)
    styles = Styles(book, {})
    first = book.add_worksheet(_name(form.words["instructions"]))
    sheets = [book.add_worksheet(_name(sheet.name)) for sheet in form.sheets]
    lists = written_lists(form, Lists(book, book.add_worksheet(_name(form.words["lists"]))))
    _instructions(first, form, styles)
    for sheet, drawn in zip(form.sheets, sheets, strict=True):
        _Sheet(drawn, form, sheet, lists, styles).write()
    _about(book.add_worksheet(FORM_SHEET), form)
    lists.sheet.hide()
    lists.sheet.protect()
    book.close()
    return content.getvalue()


def _name(text: str) -> str:
    return text.translate(NOT_IN_NAMES)[:LONGEST_NAME].strip("' ")


def _properties(book: "Workbook", form: Form) -> None:
    day = form.as_of
    book.set_properties(
        {
            "title": form.title,
            "subject": form.about["purchase"],
            "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001 - no clock: same bytes
        }
    )
    for key, text in form.about.items():
        book.set_custom_property(key, text, "text")


def _about(sheet: "Worksheet", form: Form) -> None:
    """Write what the form says of itself once more, where whoever reads cells finds it."""
    for row, (key, text) in enumerate(form.about.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, text)
    sheet.very_hidden()
    sheet.protect()


def _instructions(sheet: "Worksheet", form: Form, styles: Styles) -> None:
    sheet.set_column(0, 0, INSTRUCTIONS_WIDTH)
    sheet.write_string(0, 0, form.title, styles.title)
    for row, text in enumerate(form.instructions, start=2):
        sheet.write_string(row, 0, text, styles.paragraph)
        sheet.set_row(row, height_of([(text, INSTRUCTIONS_WIDTH, LINE)]) + BETWEEN)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", OPTIONS)


class _Sheet:
    """Writes the questions on one offer from the top to the bottom."""

    def __init__(
        self, drawn: "Worksheet", form: Form, sheet: FormSheet, lists: Lists, styles: Styles
    ) -> None:
        self.drawn, self.form, self.sheet = drawn, form, sheet
        self.lists, self.styles = lists, styles
        bid = form.kind is FormKind.BID
        roles: Sequence[Role] = [role for role in Role if role is not Role.HAVE or not bid]
        self.columns = {role: at for at, role in enumerate(roles, start=1)}
        self.row, self.number = FIRST, 0
        self.chosen: dict[str, str] = {}

    def write(self) -> None:
        """Write the whole sheet."""
        self._frame()
        for section in self.sheet.sections:
            self._section(section)
        self.drawn.print_area(0, 1, self.row - 1, len(self.columns))

    def _frame(self) -> None:
        drawn, words = self.drawn, self.form.words
        drawn.set_column(0, 0, 4, None, {"hidden": True})
        drawn.write_string(MARKS, 0, MARK)
        drawn.write_string(TITLE, 0, self.sheet.offer or "")
        drawn.write_string(TITLE, 1, self.sheet.title, self.styles.title)
        for role, column in self.columns.items():
            drawn.set_column(column, column, WIDTHS[role])
            drawn.write_string(MARKS, column, role.value)
            drawn.write_string(HEADER, column, words[role.value], self.styles.header)
        drawn.set_row(MARKS, None, None, {"hidden": True})
        drawn.set_row(TITLE, 24)
        drawn.freeze_panes(FIRST, self.columns[Role.QUESTION] + 1)
        drawn.hide_gridlines(2)
        drawn.set_landscape()
        drawn.set_paper(A4)
        drawn.fit_to_pages(1, 0)
        drawn.repeat_rows(HEADER)
        drawn.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        drawn.set_footer(f"&L{_footer(self.form.title)}&R{words['form_page']}")
        drawn.protect("", OPTIONS)

    def _section(self, section: Section) -> None:
        if section.title:
            self._line(section.title, self.styles.section, LINE + BETWEEN)
        if section.note:
            width = WIDTHS[Role.NUMBER] + WIDTHS[Role.QUESTION] + WIDTHS[Role.ANSWER]
            self._line(section.note, self.styles.note, height_of([(section.note, width, LINE)]))
        for question in section.questions:
            self._question(question)

    def _line(self, text: str, style: "Format", height: float) -> None:
        """Write a line over the whole width; a sentence stands over its first columns as one."""
        last = self.columns[Role.ANSWER] if style is self.styles.note else 1
        for column in self.columns.values():
            self.drawn.write_blank(self.row, column, None, style)
        if last > 1:
            self.drawn.merge_range(self.row, 1, self.row, last, "", style)
        self.drawn.write_string(self.row, 1, text, style)
        self.drawn.set_row(self.row, height)
        self.row += 1

    def _question(self, question: Question) -> None:
        self.number += 1
        styles = self.styles
        self.drawn.write_string(self.row, 0, question.field)
        self.drawn.write_number(self.row, self.columns[Role.NUMBER], self.number, styles.plain)
        for role, text, style in (
            (Role.QUESTION, question.text, styles.plain),
            (Role.HAVE, question.have, styles.plain),
            (Role.UNIT, question.unit, styles.small),
            (Role.HELP, question.source or question.help, styles.small),
        ):
            if role in self.columns:
                self.drawn.write_string(self.row, self.columns[role], text, style)
        self.drawn.set_row(self.row, _height(question))
        self._answer(question)
        self._papers(question)
        self._greyed(question)
        self.row += 1

    def _answer(self, question: Question) -> None:
        at = self.columns[Role.ANSWER]
        style = self.styles.answer(question)
        if question.answer is None:
            self.drawn.write_blank(self.row, at, None, style)
        else:
            self._value(at, question, question.answer)
        if question.asked:
            rule = validation_of(question, self.lists, self.form.words)
            self.drawn.data_validation(self.row, at, self.row, at, rule)

    def _value(self, at: int, question: Question, value: Value) -> None:
        style = self.styles.answer(question)
        if isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day
            self.drawn.write_datetime(self.row, at, moment, style)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            self.drawn.write_number(self.row, at, value, style)
        else:
            text = answer_text(value, question, self.form)
            self.drawn.write_string(self.row, at, text[:LONGEST_TEXT], style)

    def _papers(self, question: Question) -> None:
        for role in (Role.DOCUMENT, Role.PAGE):
            style = self.styles.paper if question.asked and question.papers else self.styles.plain
            self.drawn.write_blank(self.row, self.columns[role], None, style)

    def _greyed(self, question: Question) -> None:
        """Let a question turn grey where it is not put to what is chosen in another cell."""
        case = question.case
        if question.choices:
            self.chosen[question.field] = self._cell()
        name = self.lists.names.get(case) if case is not None else None
        cell = self.chosen.get(case.field) if case is not None else None
        if name is None or cell is None:
            return
        formula = f'=AND({cell}<>"",ISNA(MATCH({cell},{name},0)))'
        rule = {"type": "formula", "criteria": formula, "format": self.styles.not_needed}
        self.drawn.conditional_format(self.row, 1, self.row, len(self.columns), rule)

    def _cell(self) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        at = self.columns[Role.ANSWER]
        return str(xl_rowcol_to_cell(self.row, at, row_abs=True, col_abs=True))


def answer_text(value: Value, question: Question, form: Form) -> str:
    """Return the words of a value that is no number and no day, as its cell shows it."""
    if isinstance(value, bool):
        return form.about["yes" if value else "no"]
    if isinstance(value, tuple):
        said = [question.choices.get(str(item), str(item)) for item in value]
        return "; ".join(said) if said else form.about["none"]
    return question.choices.get(str(value), str(value))


def _height(question: Question) -> float:
    """Return the height at which all texts of a question are seen."""
    small = [(question.unit, Role.UNIT), (question.source or question.help, Role.HELP)]
    return height_of(
        [
            (question.text, WIDTHS[Role.QUESTION], LINE),
            (question.have, WIDTHS[Role.HAVE], LINE),
            *((text, WIDTHS[role] * SMALL_FITS, SMALL_LINE) for text, role in small),
        ]
    )


def height_of(texts: Iterable[tuple[str, float, float]]) -> float:
    """Return the points that texts need, each with the width in signs and the height of a line.

    Not every program that opens a workbook works heights out, and none does for cells that are one.
    """
    return max(line * _lines(text, width) for text, width, line in texts) + BETWEEN / 2


def _lines(text: str, width: float) -> int:
    """Return in how many lines words fit, one after the other; a long word takes several."""
    lines, used = 1, 0.0
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0.0
        used += len(word) + (1 if used else 0)
        lines, used = lines + int(used // width), used % width
    return lines


def _footer(text: str) -> str:
    """Return a text for a footer, in which an ampersand begins a mark."""
    return text.replace("&", "&&")[:150]
