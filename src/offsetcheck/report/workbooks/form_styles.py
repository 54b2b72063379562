"""How the cells of a form look, and which of them may be written into."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.questionnaire import Question

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

INK, PAPER, YELLOW, LINE, BAND, QUIET = (
    "#1B1B1B", "#FFFFFF", "#FFF7C2", "#8A8A8A", "#12405F", "#EEF3F7",
)  # fmt: skip
TEXTS = frozenset({FieldType.TEXT, FieldType.INTEGERS, FieldType.CODES, FieldType.CODE})
NUMBERS: Mapping[FieldType, str] = {
    FieldType.NUMBER: "General",
    FieldType.INTEGER: "0",
    FieldType.DATE: "yyyy-mm-dd",
    FieldType.BOOLEAN: "@",
}
SHARE = "0.##########%"


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of a form's cells; those of answers are made once for each number format."""

    book: "Workbook"
    made: dict[str, "Format"]

    def named(self, name: str, **properties: object) -> "Format":
        """Return the format of a name, made of its properties when it is first asked for."""
        if name not in self.made:
            base = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
            self.made[name] = self.book.add_format({**base, **properties})
        return self.made[name]

    @property
    def title(self) -> "Format":
        """The title of a sheet."""
        return self.named("title", bold=True, font_size=16, font_color=BAND)

    @property
    def header(self) -> "Format":
        """A heading of a column."""
        return self.named(
            "header", bold=True, font_color=PAPER, bg_color=BAND, text_wrap=True, border=1
        )

    @property
    def section(self) -> "Format":
        """A heading of a group of questions."""
        return self.named("section", bold=True, font_size=13, bg_color=QUIET, bottom=2)

    @property
    def note(self) -> "Format":
        """A sentence on a group of questions."""
        return self.named("note", italic=True, text_wrap=True, bg_color=QUIET)

    @property
    def plain(self) -> "Format":
        """A text that is read."""
        return self.named("plain", text_wrap=True, border=1, border_color=LINE)

    @property
    def small(self) -> "Format":
        """A help text."""
        return self.named("small", text_wrap=True, border=1, border_color=LINE, font_size=9)

    @property
    def paragraph(self) -> "Format":
        """A paragraph of the instructions."""
        return self.named("paragraph", text_wrap=True)

    @property
    def paper(self) -> "Format":
        """A cell for the name of a document, or for a page."""
        return self._answer("@", asked=True)

    @property
    def not_needed(self) -> "Format":
        """What a question looks like that is not put to the type of project chosen."""
        if "not_needed" not in self.made:
            grey = {"font_color": "#767676", "bg_color": "#E3E3E3"}
            self.made["not_needed"] = self.book.add_format(grey)
        return self.made["not_needed"]

    def answer(self, question: Question) -> "Format":
        """Return the cell of an answer: yellow and open where it is asked, else locked."""
        return self._answer(number_format(question), asked=question.asked)

    def _answer(self, number: str, *, asked: bool) -> "Format":
        return self.named(
            f"answer {number} {asked}",
            num_format=number,
            bg_color=YELLOW if asked else PAPER,
            locked=not asked,
            border=1,
            border_color=LINE,
            text_wrap=True,
            align="left",
        )


def number_format(question: Question) -> str:
    """Return how a spreadsheet shows an answer; texts are marked as such and never worked out."""
    if question.share:
        return SHARE
    return "@" if question.type in TEXTS else NUMBERS[question.type]
