"""A form of questions to a bidder, and the marks by which a filled one is read back.

A form is a workbook with a sheet for each offer. What belongs to what is told by hidden marks
alone: the role of a column in the first row of a sheet, the field of a question in its first cell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made_by
from datetime import date
from enum import StrEnum

from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.evidence import Value

MARK = "offsetcheck-form-1"
"""Stands in the first cell of each sheet of answers; the number is that of the arrangement."""

FORM_SHEET = "_form"
"""The hidden sheet that says what the form is for, a key and a value in each row."""

SELLER = "seller"


class Role(StrEnum):
    """What a column of a sheet of answers holds, as its first row says."""

    NUMBER = "number"
    QUESTION = "question"
    HAVE = "have"
    ANSWER = "answer"
    UNIT = "unit"
    DOCUMENT = "document"
    PAGE = "page"
    HELP = "help"


class FormKind(StrEnum):
    """What a form asks: all that the rules need, or what is open after the offers are in."""

    BID = "bid"
    CLARIFICATION = "clarification"


@dataclass(frozen=True, slots=True)
class Case:
    """In which case alone a question is put: a field of the offer holds one of some words."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field that it fills, how it is answered, and what would do as evidence.

    `choices` are the words of a closed list by code; `several` may be given where the field holds a
    list. `asked` False: `answer` is known from `source` and the cell is locked. `have` says what is
    there already; `papers`: a document and a page are asked for too. `case` is the
    one in which alone it is put, None: always.
    """

    field: str
    type: FieldType
    text: str
    unit: str = ""
    help: str = ""
    hint: str = ""
    range: tuple[float | None, float | None] | None = None
    share: bool = False
    year: bool = False
    choices: Mapping[str, str] = made_by(default_factory=dict)
    asked: bool = True
    answer: Value | None = None
    source: str = ""
    have: str = ""
    papers: bool = True
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions on one subject under a heading, with a sentence on them all.

    Without a title they go on under the heading before, in a case that the sentence names.
    """

    title: str
    note: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """The questions on one offer; `offer` is its id where it is known already."""

    name: str
    title: str
    sections: tuple[Section, ...]
    offer: str | None = None

    def questions(self) -> Iterator[Question]:
        """Yield every question of the sheet in order."""
        return (question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of questions, ready to be written: its words, and what it was made for.

    `words` are those of headings and marks by key, `instructions` the paragraphs of the first
    sheet, `about` what the form says of itself in hidden cells and in its properties.
    """

    kind: FormKind
    language: str
    title: str
    about: Mapping[str, str]
    instructions: tuple[str, ...]
    words: Mapping[str, str]
    sheets: tuple[FormSheet, ...]
    as_of: date

    def fields(self) -> tuple[str, ...]:
        """Return the fields that are asked, each once, in order."""
        asked = (q.field for sheet in self.sheets for q in sheet.questions() if q.asked)
        return tuple(dict.fromkeys(asked))


class RulesOfForm(StrEnum):
    """Whether a form was made from the rules that are in force for its city and day now."""

    SAME = "same"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CellNote:
    """One cell of a filled form: where it is, which question, and what is to be said of it."""

    sheet: str
    cell: str
    question: str
    words: str = ""
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """What a bidder is told of a filled form: how far it is, and what cannot be read.

    `unreadable` and `remarks` concern cells, or the form as a whole where they name none;
    `undocumented` are answers for which no document is named. No verdict stands here, and no hint
    of one.
    """

    file: str
    offers: int
    asked: int
    answered: int
    unreadable: tuple[CellNote, ...]
    unanswered: tuple[CellNote, ...]
    undocumented: tuple[CellNote, ...]
    remarks: tuple[CellNote, ...]
    rules: RulesOfForm
    language: str = ""
    """The language in which the form was made, such as `fi`."""
