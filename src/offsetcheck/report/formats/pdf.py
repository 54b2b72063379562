"""PDF: the page of HTML on paper, tagged, with its fonts and with the assessment attached."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from offsetcheck.report.format import Format, Substitute, template_kinds

if TYPE_CHECKING:
    from offsetcheck.vocabulary.explained import Explanation

ATTACHED = "assessment.json"


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
def instead() -> Substitute | None:
    """Return what is written where WeasyPrint, or Pango that it draws with, is not there."""
    try:
        import weasyprint
    except ImportError:
        return Substitute("html", "formats.pdf_without_weasyprint")
    except OSError:
        return Substitute("html", "formats.pdf_without_pango")
    del weasyprint
    return None


FORMAT = Format(
    name="pdf",
    suffix="pdf",
    render=pdf,
    kinds=partial(template_kinds, "html"),
    effort=20,
    substitute=instead,
)
