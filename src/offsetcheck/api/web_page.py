"""Pages of the web app: plain data -> HTML, by the project's own templates."""

from collections.abc import Mapping
from typing import Any

from babel import Locale

from offsetcheck.explain.wording import words_in
from offsetcheck.report.cells import csv_text
from offsetcheck.report.cleaning import escape_invisible
from offsetcheck.report.saying import said_day, said_number, say
from offsetcheck.report.signs import VERDICT_LOOKS
from offsetcheck.report.web_pages import style_hashes, web_file, web_page

__all__ = [
    "VERDICT_LOOKS",
    "Plain",
    "csv_text",
    "escape_invisible",
    "language_name",
    "said_day",
    "said_number",
    "say",
    "style_hashes",
    "web_file",
    "web_page",
    "words_in",
]

Plain = Mapping[str, Any]


def language_name(code: str) -> str:
    """Return a language's own name for itself, such as `suomi`."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]
