"""What a spreadsheet takes as an answer, and what it says where a cell is chosen or refused."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from offsetcheck.report.workbooks.form_lists import YES_NO, Lists
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.questionnaire import Question

LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # signs; a spreadsheet takes no more
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2300, 12, 31)
LEAST, MOST = -1e15, 1e15


def validation_of(question: Question, lists: Lists, words: Mapping[str, str]) -> dict[str, Any]:
    """Return the rule for the cell of an answer, as the writer of workbooks takes it."""
    said = {
        "input_title": words["answer"][:LONGEST_TITLE],
        "input_message": question.hint[:LONGEST_MESSAGE],
        "error_title": words["invalid"][:LONGEST_TITLE],
        "error_message": question.hint[:LONGEST_MESSAGE],
    }
    return {**_rule(question, lists), **said}


def _rule(question: Question, lists: Lists) -> dict[str, Any]:
    match question.type:
        case FieldType.BOOLEAN:
            return {"validate": "list", "source": f"={YES_NO}"}
        case FieldType.CODE if question.choices:
            return {"validate": "list", "source": f"={lists.names[question.field]}"}
        case FieldType.CODES | FieldType.TEXT if question.choices:
            # One is chosen, further ones are typed: what is typed may stand in no list.
            listed = f"={lists.names[question.field]}"
            return {"validate": "list", "source": listed, "show_error": False}
        case FieldType.DATE:
            return _between("date", FIRST_DAY, LAST_DAY)
        case FieldType.INTEGER | FieldType.NUMBER:
            low, high = question.range or (None, None)
            kind = "integer" if question.type is FieldType.INTEGER else "decimal"
            return _between(kind, LEAST if low is None else low, MOST if high is None else high)
        case _:
            return {"validate": "any"}


def _between(kind: str, low: object, high: object) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
