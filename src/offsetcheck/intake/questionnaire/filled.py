"""A workbook that is a form of questions: what it is for, and its answers with their cells.

What belongs to what is told by the hidden marks of the form, never by the text of a question or by
the order of rows, columns or sheets.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from offsetcheck.intake.files.read import is_workbook
from offsetcheck.intake.files.workbook import told_of
from offsetcheck.vocabulary.problem import InputError, Place, Problem, Severity
from offsetcheck.vocabulary.questionnaire import FORM_SHEET, MARK, FormKind, Role

MAX_FORM = 10_000_000
"""Bytes; a form of fifty offers has less than one million."""

MACRO = b"vbaProject.bin"
LETTERS = 26
AGAIN = "take the form as it was sent and fill in its yellow cells"
LOST_ROW = "it is not read; write it into the row of its question"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a sheet: its text, where it is, and why its text is not its value."""

    text: str
    place: Place
    spoilt: str | None = None

    @property
    def name(self) -> str:
        """The cell as a spreadsheet calls it, such as `D12`."""
        return cell_name(self.place)


@dataclass(frozen=True, slots=True)
class FilledAnswer:
    """One row of a form: the field of its question, the question, and the cells of the answer."""

    field: str
    asked: Cell
    answer: Cell
    document: Cell
    page: Cell

    @property
    def question(self) -> str:
        """The question as it stands in the form."""
        return self.asked.text


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """The answers on one offer; `offer` is its id where the form was made for one that is known."""

    name: str
    offer: str | None
    answers: tuple[FilledAnswer, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form that was read: what it says of itself, its sheets, and what is wrong with it."""

    file: str
    about: Mapping[str, str]
    sheets: tuple[FilledSheet, ...]
    problems: tuple[Problem, ...]
    hidden: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Whether it is a bid form or asks what was open; see `FormKind`."""
        return self.about.get("kind", FormKind.BID.value)


def cell_name(place: Place) -> str:
    """Return a cell of a place as a spreadsheet calls it."""
    letters, column = "", place.column or 1
    while column:
        column, rest = divmod(column - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{place.line}"


def is_form(told: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a workbook is a form: one of its sheets bears the mark."""
    return any(_is_marked(sheet) for sheet in told)


def read_filled(data: bytes, file: str) -> FilledForm:
    """Return a file as a filled form; raises InputError where it is none or cannot be read."""
    if len(data) > MAX_FORM:
        message = f"the file has {len(data):,} bytes; a form has at most {MAX_FORM:,}"
        raise InputError([Problem(message, Place(file), "leave out pictures and documents")])
    if not is_workbook(data):
        raise InputError([Problem("the file is no Excel workbook", Place(file), AGAIN)])
    told = told_of(data, file)
    if not is_form(told):
        raise InputError([Problem("the workbook is no form of questions", Place(file), AGAIN)])
    return form_told(told, data, file)


def form_told(told: Sequence[Mapping[str, Any]], data: bytes, file: str) -> FilledForm:
    """Return the sheets of a workbook that is a form as a filled form, with every problem."""
    problems: list[Problem] = []
    about = _about(told, file, problems)
    if MACRO in data:
        message = "the workbook holds a macro, which is not run and not read"
        problems.append(Problem(message, Place(file), "save it as XLSX", Severity.WARNING))
    marked = [sheet for sheet in told if _is_marked(sheet)]
    shown = [sheet for sheet in marked if not sheet["hidden_sheet"]]
    hidden = [sheet["name"] for sheet in marked if sheet["hidden_sheet"]]
    for name in hidden:
        message = "the sheet is hidden and not read"
        problems.append(Problem(message, Place(file, sheet=name), "show it", Severity.WARNING))
    sheets = tuple(_Reader(sheet, file, problems).read() for sheet in shown)
    return FilledForm(file, about, sheets, tuple(problems), tuple(hidden))


def _is_marked(sheet: Mapping[str, Any]) -> bool:
    rows = sheet["rows"]
    return bool(rows) and rows[0][0] == 1 and bool(rows[0][1]) and rows[0][1][0] == MARK


def _about(told: Sequence[Mapping[str, Any]], file: str, problems: list[Problem]) -> dict[str, str]:
    sheet = next((one for one in told if one["name"] == FORM_SHEET), None)
    if sheet is None:
        message = f"the hidden sheet `{FORM_SHEET}` is missing, which says what the form is for"
        problems.append(Problem(message, Place(file), AGAIN, Severity.WARNING))
        return {}
    pairs = [cells for _, cells in sheet["rows"] if cells]
    return {cells[0]: cells[1] if len(cells) > 1 else "" for cells in pairs}


class _Reader:
    """Reads the answers of one sheet, and notes what is odd about it."""

    def __init__(self, sheet: Mapping[str, Any], file: str, problems: list[Problem]) -> None:
        self.sheet, self.file, self.problems = sheet, file, problems
        self.rows: Sequence[tuple[int, list[str]]] = sheet["rows"]
        self.spoilt = {(row, at): why for row, at, why in sheet["spoilt"]}
        self.hidden = set(sheet["hidden"]) | set(sheet["struck"])
        marks = self.rows[0][1]
        self.columns = {Role(text): at for at, text in enumerate(marks) if text in set(Role)}

    def read(self) -> FilledSheet:
        """Return the sheet with its answers in the order of its rows."""
        self._note_columns()
        self._note_merged()
        found: dict[str, FilledAnswer] = {}
        for row, (line, _) in enumerate(self.rows):
            if line > 1:
                self._row(row, found)
        offer = next((cells[0] for line, cells in self.rows if line == 2 and cells), "")  # noqa: PLR2004 - the row of the title
        return FilledSheet(self.sheet["name"], offer or None, tuple(found.values()), len(self.rows))

    def _row(self, row: int, found: dict[str, FilledAnswer]) -> None:
        answer = self._cell(row, Role.ANSWER)
        name = self.rows[row][1][0].strip() if self.rows[row][1] else ""
        if not name or self.rows[row][0] <= HEADINGS:
            self._note_stray(row, answer)
            return
        if row in self.hidden:
            if answer.text:
                self._note(answer.place, f"{answer.name} is hidden or struck through; not read")
            return
        question = self._cell(row, Role.QUESTION)
        said = FilledAnswer(
            name, question, answer, self._cell(row, Role.DOCUMENT), self._cell(row, Role.PAGE)
        )
        if name not in found:
            found[name] = said
        elif said.answer.text and said.answer.text != found[name].answer.text:
            first = found[name].answer.name
            message = f"{answer.name} answers `{name}` a second time, otherwise than {first}"
            self._note(answer.place, message, "delete one of the two; the first counts")

    def _cell(self, row: int, role: Role) -> Cell:
        line, cells = self.rows[row]
        at = self.columns.get(role)
        place = Place(self.file, line, 1 if at is None else at + 1, sheet=self.sheet["name"])
        if at is None or at >= len(cells):
            return Cell("", place)
        return Cell(cells[at], place, self.spoilt.get((row, at)))

    def _note_stray(self, row: int, answer: Cell) -> None:
        """Note an answer in a row that has lost the mark of its question."""
        line = self.rows[row][0]
        is_answer = answer.text.strip() and line > HEADINGS and Role.ANSWER in self.columns
        if is_answer and not self._is_heading(row):
            self._note(answer.place, f"{answer.name} stands in no question's row", LOST_ROW)

    def _is_heading(self, row: int) -> bool:
        """Whether a row is one cell over several columns, as a sentence on questions is."""
        line = self.rows[row][0]
        merged = self.sheet["merged"]
        return any(first <= line <= last for first, _, last, _ in merged)

    def _note_columns(self) -> None:
        for role in (Role.ANSWER, Role.DOCUMENT, Role.PAGE):
            at = self.columns.get(role)
            place = Place(self.file, 1, sheet=self.sheet["name"])
            if at is None:
                message = f"the mark of the column “{role.value}” is missing from the first row"
                self._note(place, message, AGAIN)
            elif at in self.sheet["hidden_columns"]:
                self._note(place, f"the column “{role.value}” is hidden", "show it")

    def _note_merged(self) -> None:
        """Note cells of answers that were made one with others: one of them has lost its text."""
        lines = {line for line, cells in self.rows if cells and cells[0].strip()}
        at = self.columns.get(Role.ANSWER, -1) + 1
        for first, left, last, right in self.sheet["merged"]:
            if left <= at <= right and any(first <= line <= last for line in lines if line > 1):
                place = Place(self.file, first, left, sheet=self.sheet["name"])
                message = f"{cell_name(place)} is one cell with others, whose answers are lost"
                self._note(place, message, "part the cells and write each answer into its own")

    def _note(self, place: Place, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(message, place, hint))


HEADINGS = 3
"""The last line above the questions: marks, title, headings."""


def answers_of(form: FilledForm) -> Iterator[tuple[FilledSheet, FilledAnswer]]:
    """Yield every answer of a form with its sheet."""
    return ((sheet, answer) for sheet in form.sheets for answer in sheet.answers)
