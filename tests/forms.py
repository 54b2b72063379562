"""Small forms of questions for tests, and forms that somebody has worked on in a spreadsheet."""

import io
from datetime import date

import openpyxl

from offsetcheck.ground.bundled import bundled
from offsetcheck.report.workbooks.form import form_workbook
from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.vocabulary.questionnaire import Form, FormKind, FormSheet, Question, Section

DICTIONARY = load_compiled(bundled("rules")).dictionary
WORDS = {
    name: name
    for name in (
        *("number", "question", "have", "answer", "unit", "document", "page", "help"),
        *("invalid", "instructions", "lists", "form_page"),
    )
}
ABOUT = {"kind": "bid", "yes": "Yes", "no": "No", "none": "none of these", "purchase": "x"}


def question(name, answer):
    field = DICTIONARY.candidate[name]
    return Question(
        field=name,
        type=field.type,
        text=f"What is {name}?",
        range=field.range,
        share=field.unit == "share",
        choices={code: field.codes[code].title["en"] for code in field.narrow},
        answer=answer,
    )


def form(answers):
    questions = tuple(question(name, value) for name, value in answers.items())
    sheet = FormSheet("Offer", "Your offer", (Section("All", "", questions),))
    return Form(
        FormKind.BID, "en", "A form", ABOUT, ("Fill it in.",), WORDS, (sheet,), date(2026, 9, 30)
    )


BID = {
    "seller": "Wood Oy",
    "id": "VCS902",
    "programme": "VCS",
    "vintage": 2019,
    "tonnes": 500.0,
    "price": 9.5,
    "currency": "EUR",
    "consent": "before_start",
    "state_aid": False,
}


def workbook(answers=None):
    """Return a form with answers, opened as a spreadsheet opens it."""
    return openpyxl.load_workbook(
        io.BytesIO(form_workbook(form(BID if answers is None else answers)))
    )


def saved(book):
    """Return the bytes of an opened workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cell_of(sheet, name, column="D"):
    """Return the cell of the answer to a question."""
    line = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == name)
    return sheet[f"{column}{line}"]
