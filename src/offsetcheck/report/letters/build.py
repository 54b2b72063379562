"""The installed Word templates, built from structure alone: every sentence comes from the letter.

A city edits its own copy in Word. What it may name is told in docs/letters.md.
"""

# ruff: noqa: SLF001 - python-docx gives its XML by such names only

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from offsetcheck.report.letters.package import packed, settled
from offsetcheck.report.letters.styles import (
    EMU,
    MARGIN,
    PAGE,
    hyphenate,
    points,
    settle_page,
    settle_styles,
    shade,
)
from offsetcheck.vocabulary.letter import LetterKind

SHADE = "E8EEF4"

POINTS = (
    ("number", "point.number", 0.75),
    ("requirement", "point.requirement", 2.4),
    ("have", "point.have", 2.7),
    ("need", "point.need", 2.75),
    ("documents", 'point.documents | join("; ")', 2.3),
)
REASONS = (
    ("requirement", "item.requirement", 2.5),
    ("stated", "item.stated", 2.8),
    ("required", "item.required", 2.8),
    ("relied_on", 'item.relied_on | join("\\n")', 2.6),
)
REPORTED = (
    ("seller", "lot.seller", 2.0),
    ("offer", 'lot.name ~ " (" ~ lot.id ~ ")"', 2.4),
    ("tonnes", "lot.tonnes", 1.6),
    ("price", "lot.price", 1.9),
    ("why", 'lot.why | join("\\n")', 4.1),
)
FACTS = (("tonnes", "lot.tonnes"), ("price", "lot.price"))


class Builder:
    """One template in the making: paragraphs, loops and tables, one below the other."""

    def __init__(self) -> None:
        from docx import Document

        self.document = Document()
        settle_styles(self.document)
        settle_page(self.document)

    def text(self, text: str, style: str = "Normal") -> Any:
        """Add a paragraph."""
        return self.document.add_paragraph(text, style=style)

    def label(self, heading: str, value: str) -> None:
        """Add a line with a bold label and a value."""
        line = self.document.add_paragraph()
        line.paragraph_format.space_after = points(1)
        line.add_run(f"{{{{ letter.headings.{heading} }}}}: ").bold = True
        line.add_run(f"{{{{ {value} }}}}")

    def heading(self, name: str, level: int = 1) -> None:
        """Add a heading with the words of a name."""
        self.document.add_heading(f"{{{{ letter.headings.{name} }}}}", level)

    def when(self, condition: str, add: Callable[[], object]) -> None:
        """Add what stands only where a condition holds."""
        self.text(f"{{%p if {condition} %}}")
        add()
        self.text("{%p endif %}")

    def each(self, name: str, of: str, add: Callable[[], object]) -> None:
        """Add what stands once for each entry of a list."""
        self.text(f"{{%p for {name} in {of} %}}")
        add()
        self.text("{%p endfor %}")

    def lines(self, of: str, style: str = "Normal") -> None:
        """Add a paragraph for each text of a list."""
        self.each("line", of, lambda: self.text("{{ line }}", style))

    def section(self, name: str, of: str, style: str = "Normal", level: int = 1) -> None:
        """Add a heading and a list of texts, both only where there are any."""

        def add() -> None:
            self.heading(name, level)
            self.lines(of, style)

        self.when(of, add)

    def sentence(self, name: str, value: str, level: int = 1) -> None:
        """Add a heading and one text, both only where there is one."""

        def add() -> None:
            self.heading(name, level)
            self.text(f"{{{{ {value} }}}}")

        self.when(value, add)

    def table(
        self, caption: str, row: str, of: str, columns: Sequence[tuple[str, str, float]]
    ) -> None:
        """Add a table with a header row, its rows from a list."""
        table = self.document.add_table(rows=4, cols=len(columns))
        table.style = "Table Grid"
        _describe(table, caption)
        loops = {1: f"{{%tr for {row} in {of} %}}", 3: "{%tr endfor %}"}
        whole = sum(width for *_, width in columns)
        for place, (name, value, width) in enumerate(columns):
            heads = {0: f"{{{{ letter.headings.{name} }}}}", 2: f"{{{{ {value} }}}}"}
            for number, text in heads.items():
                _fill(table.cell(number, place), text, is_head=number == 0)
            _widen(table, place, width / whole)
        for number, text in loops.items():
            _fill(table.cell(number, 0), text, is_head=False)
        _flag(table.rows[0], "w:cantSplit", "w:tblHeader")
        _flag(table.rows[2], "w:cantSplit")

    def pairs(self, caption: str, of: str, *, together: bool = False) -> None:
        """Add a table of two columns without a header row: names and values.

        `together`: it stands on one page.
        """
        table = self.document.add_table(rows=3, cols=2)
        table.style = "Table Grid"
        _describe(table, caption)
        for place, share in enumerate((0.4, 0.6)):
            _widen(table, place, share)
        _fill(table.cell(0, 0), f"{{%tr for pair in {of} %}}", is_head=False)
        _fill(table.cell(1, 0), "{{ pair[0] }}", is_head=True)
        _fill(table.cell(1, 1), "{{ pair[1] }}", is_head=False)
        _fill(table.cell(2, 0), "{%tr endfor %}", is_head=False)
        for cell in table.rows[1].cells if together else ():
            cell.paragraphs[0].paragraph_format.keep_with_next = True

    def bytes(self) -> bytes:
        """Return the template as a file."""
        made = io.BytesIO()
        self.document.save(made)
        return packed(_without_thumbnail(settled(made.getvalue(), language="en-GB")))


def template(kind: LetterKind) -> bytes:
    """Return the installed Word template of a kind, always the same bytes."""
    made = Builder()
    _opening(made, is_report=kind is LetterKind.REPORT)
    if kind is LetterKind.REPORT:
        _report(made)
    else:
        made.each("lot", "letter.lots", lambda: _lot(made, kind))
        _after_lots(made, kind)
    _ending(made, kind)
    return made.bytes()


def write_templates(folder: Path) -> None:
    """Write the Word template of each kind into a folder."""
    for kind in LetterKind:
        (folder / f"{kind.value}.docx").write_bytes(template(kind))


def _opening(made: Builder, *, is_report: bool) -> None:
    def draft() -> None:
        made.text("{{ letter.headings.draft }}", "Draft")
        made.lines("letter.draft", "Draft")

    def bidder() -> None:
        made.text("{{ letter.bidder.name }}", "Address")
        made.lines("letter.bidder.address", "Address")
        made.when("letter.bidder.email", lambda: made.text("{{ letter.bidder.email }}", "Address"))
        made.when(
            "letter.bidder.reference",
            lambda: made.label("your_reference", "letter.bidder.reference"),
        )

    made.when("letter.draft", draft)
    if not is_report:
        made.when("letter.bidder", bidder)
    made.label("date", "letter.date")
    made.when("letter.reference", lambda: made.label("reference", "letter.reference"))
    made.text("{{ letter.title }}", "Title")
    made.text("{{ letter.tender }}", "Subtitle")
    if not is_report:
        made.when("letter.greeting", lambda: made.text("{{ letter.greeting }}"))
    made.lines("letter.opening")


def _lot(made: Builder, kind: LetterKind) -> None:
    made.document.add_heading("{{ lot.name }} ({{ lot.id }})", 1)
    for name, value in FACTS:
        made.label(name, value)
    made.when("lot.outcome", lambda: made.label("outcome", "lot.outcome"))
    if kind in (LetterKind.CLARIFICATION, LetterKind.CURE):
        made.heading("points", 2)
        made.table("points", "point", "lot.points", POINTS)
        made.each(
            "point",
            "lot.points",
            lambda: made.text("{{ point.number }}. {{ point.clause }}", "Note"),
        )
        return
    made.section("conditions", "lot.conditions", "List Bullet", 2)
    if kind is not LetterKind.DEBRIEF:
        made.when("lot.reasons or lot.own_reason", lambda: _reasons(made))
    made.section("advantages", "lot.advantages", "List Bullet", 2)
    made.sentence("met", "lot.met", 2)
    made.sentence("would_change", "lot.would_change", 2)


def _reasons(made: Builder) -> None:
    def table() -> None:
        made.table("reasons", "item", "lot.reasons", REASONS)
        made.text("{{ letter.headings.basis }}", "Heading 3")
        made.each(
            "item",
            "lot.reasons",
            lambda: made.text("{{ item.requirement }}: {{ item.basis }}", "List Bullet"),
        )

    made.heading("reasons", 2)
    made.when("lot.own_reason", lambda: made.text("{{ lot.own_reason }}"))
    made.when("lot.reasons", table)


def _after_lots(made: Builder, kind: LetterKind) -> None:
    if kind in (LetterKind.CLARIFICATION, LetterKind.CURE):
        made.section("rules", "letter.rules", "List Number")
    elif kind is LetterKind.AWARD:
        made.lines("letter.rules")
    made.sentence("selected", "letter.selected_words")
    made.sentence("standstill", "letter.standstill")
    made.section("assessed", "letter.assessed")
    made.section("remedy", "letter.remedy")


def _report(made: Builder) -> None:
    made.heading("procedure")
    made.pairs("procedure", "letter.report.facts")
    for name, of in (
        ("awarded", "letter.report.awarded"),
        ("not_selected", "letter.report.selected"),
        ("refused", "letter.report.refused"),
    ):
        made.when(of, lambda name=name, of=of: _reported(made, name, of))  # type: ignore[misc]
    made.section("low_prices", "letter.report.low_prices", "List Bullet")
    made.heading("to_officer")
    made.pairs("to_officer", "letter.report.officer")
    made.section("assessed", "letter.assessed")


def _reported(made: Builder, name: str, of: str) -> None:
    made.heading(name)
    made.table(name, "lot", of, REPORTED)


def _ending(made: Builder, kind: LetterKind) -> None:
    made.section("contact", "letter.contact", "Signed")
    made.when("letter.closing", lambda: made.text("{{ letter.closing }}", "Farewell"))
    if kind is LetterKind.REPORT:
        made.heading("signature")
    made.lines("letter.signed", "Signed")
    made.text("{{ letter.city }}", "Address")
    made.heading("annex", 2)
    made.pairs("annex", "letter.annex", together=True)


def _widen(table: Any, column: int, share: float) -> None:
    """Give a column its share of the page, in the grid and in each cell: Word reads either."""
    wide = int((PAGE[0] - 2 * MARGIN) * share) * EMU
    table.autofit = False
    table.columns[column].width = wide
    for row in table.rows:
        row.cells[column].width = wide


def _describe(table: Any, caption: str) -> None:
    """Give a table its name for those who hear it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), f"{{{{ letter.headings.{caption} }}}}")
    table._tbl.tblPr.append(named)


def _flag(row: Any, *names: str) -> None:
    """Mark a row: one does not break between pages, a header is told as such and repeats."""
    from docx.oxml import OxmlElement

    for name in names:
        row._tr.get_or_add_trPr().append(OxmlElement(name))


def _fill(cell: Any, text: str, *, is_head: bool) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size = points(9)
    run.bold = is_head
    spacing = cell.paragraphs[0].paragraph_format
    spacing.space_before = spacing.space_after = points(1)
    # Long words of a language such as Finnish do not fit a narrow column whole.
    hyphenate(cell.paragraphs[0]._p.get_or_add_pPr(), allowed=True)
    if is_head:
        shade(cell._tc.get_or_add_tcPr(), SHADE)


def _without_thumbnail(data: bytes) -> dict[str, bytes]:
    """Return the parts of a new file without the picture of python-docx's own first page."""
    import re
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts.pop("docProps/thumbnail.jpeg", None)
    links = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", parts["_rels/.rels"])
    return parts | {"_rels/.rels": links}
