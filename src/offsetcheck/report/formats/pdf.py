"""PDF: the page of HTML on paper, tagged, with its fonts and with the assessment attached."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format, Substitute, template_kinds

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

ATTACHED = "assessment.json"


class Lacking(StrEnum):
    """A library without which no PDF is made."""

    WEASYPRINT = "weasyprint"
    PANGO = "pango"


WHY = {
    Lacking.WEASYPRINT: "formats.pdf_without_weasyprint",
    Lacking.PANGO: "formats.pdf_without_pango",
}
"""The key of the sentence that says what to install."""


def pdf(
    explanation: "Explanation", words: Mapping[str, str], templates: Path | None, back: str | None
) -> bytes:
    """Return an explanation as PDF/UA-1; the same explanation gives the same bytes.

    Raises InputError for a template that cannot be used, or that asks for anything outside itself.
    """
    from offsetcheck.report.formats.html import html
    from offsetcheck.report.formats.json import json
    from offsetcheck.report.press import Attached, day_of, printed, style_of

    del back  # paper leads nowhere
    page = html(explanation, words, templates, None)
    data = json(explanation, words, templates, None)
    attached = Attached(ATTACHED, data.encode("utf-8"), words["formats.pdf_attached"])
    return printed(page, style_of(templates), day_of(explanation), attached, templates)


@cache
def lacking() -> Lacking | None:
    """Return which library is not there: WeasyPrint, or Pango that it draws with."""
    try:
        import weasyprint
    except ImportError:
        return Lacking.WEASYPRINT
    except OSError:
        return Lacking.PANGO
    del weasyprint
    return None


def instead() -> Substitute | None:
    """Return what is written where a library is not there."""
    missing = lacking()
    return None if missing is None else Substitute("html", WHY[missing])


FORMAT = Format(
    name="pdf",
    suffix="pdf",
    render=pdf,
    kinds=partial(template_kinds, "html"),
    effort=20,
    substitute=instead,
)
