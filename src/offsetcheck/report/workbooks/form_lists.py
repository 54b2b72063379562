"""The hidden sheet of a form's drop-down lists, each under a name of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from offsetcheck.vocabulary.questionnaire import Form, Question

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

YES_NO = "list_yes_no"


@dataclass(slots=True)
class Lists:
    """The lists written so far, each in two columns: the words, and beside them their codes."""

    book: "Workbook"
    sheet: "Worksheet"
    column: int = 0
    names: dict[object, str] = field(default_factory=dict)

    def add(self, key: object, name: str, words: Mapping[str, str]) -> str:
        """Write a list once and return the name of its range."""
        if key in self.names:
            return self.names[key]
        self.sheet.write_string(0, self.column, name)
        for row, (code, label) in enumerate(words.items(), start=1):
            self.sheet.write_string(row, self.column, label)
            self.sheet.write_string(row, self.column + 1, code)
        letters = _letters(self.column)
        last = max(len(words), 1) + 1
        sheet = self.sheet.get_name().replace("'", "''")
        self.book.define_name(name, f"='{sheet}'!${letters}$2:${letters}${last}")
        self.names[key] = name
        self.column += 2
        return name


def written_lists(form: Form, lists: Lists) -> Lists:
    """Write every list that a form's cells choose from."""
    lists.add(YES_NO, YES_NO, {"true": form.about["yes"], "false": form.about["no"]})
    questions = [question for sheet in form.sheets for question in sheet.questions()]
    for question in questions:
        if question.choices:
            lists.add(question.field, f"list_{question.field}", question.choices)
    for question in questions:
        _add_case(question, questions, lists)
    return lists


def _add_case(question: Question, questions: Sequence[Question], lists: Lists) -> None:
    """Write the words of the case in which a question is put, where these are of a list."""
    case = question.case
    kinds = (
        {} if case is None else next((q.choices for q in questions if q.field == case.field), {})
    )
    if case is not None and kinds:
        words = {code: label for code, label in kinds.items() if code in case.values}
        lists.add(case, f"case_{len(lists.names)}", words)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
