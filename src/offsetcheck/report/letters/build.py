"""The installed Word templates, built from structure alone: every sentence comes from the letter.

A city edits its own copy in Word. What it may name is told in docs/letters.md.
"""

from pathlib import Path

from offsetcheck.report.letters.builder import Builder
from offsetcheck.vocabulary.letter import LetterKind

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
        ("undecided", "letter.report.undecided"),
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
