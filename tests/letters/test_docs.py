"""docs/letters.md tells every field that a template may name."""

import re
from pathlib import Path

from offsetcheck.report.letters.fields import field_rows

PAGE = Path(__file__).parents[2] / "docs" / "letters.md"
NOT_FOR_TEMPLATES = {"letter.schema_version", "letter.kind"}


def test_the_page_tells_each_field_and_no_other():
    """The table of the page holds the fields of a letter, and its headings by name."""
    text = PAGE.read_text("utf-8")
    told = set(re.findall(r"^\| `(letter\.[^`]+)` \|", text, re.MULTILINE)) - {
        "letter.headings.NAME"
    }
    fields = {name for name, _ in field_rows() if not name.endswith("[][]")} - NOT_FOR_TEMPLATES
    headings = {name for name in fields if name.startswith("letter.headings.")}
    assert told == fields - headings
    assert all(f"`{name.rpartition('.')[2]}`" in text for name in headings)
