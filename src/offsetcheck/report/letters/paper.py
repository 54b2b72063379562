"""A letter as PDF: a page of HTML pressed on paper, tagged, which says what the Word file says."""

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from offsetcheck.report.environment import environment, page, template_problems
from offsetcheck.report.format import Substitute
from offsetcheck.report.formats.pdf import Lacking, lacking
from offsetcheck.report.letters.context import context_of
from offsetcheck.report.letters.find import FOLDER, template_file
from offsetcheck.vocabulary.letter import Letter

SUFFIX = "html.jinja"
WHY = {
    Lacking.WEASYPRINT: "letters.pdf_without_weasyprint",
    Lacking.PANGO: "letters.pdf_without_pango",
}
"""The key of the sentence that says what to install."""


def page_of(letter: Letter, templates: Path | None) -> str:
    """Return the page that is pressed; a city's own templates run in a process apart.

    Raises InputError for a template that cannot be used.
    """
    if templates is None:
        return page_bytes(letter, None).decode()
    from offsetcheck.report.apart.run import run_apart

    made = run_apart(f"{__name__}:page_bytes", letter, templates, templates=str(templates))
    return made.decode()


def page_bytes(letter: Letter, templates: Path | None) -> bytes:
    """Return the page in UTF-8, made in this process."""
    path = template_file(letter.letter, letter.language, SUFFIX, templates)
    with template_problems(templates):
        made = environment(templates, autoescape=True)
        return page(made, f"{FOLDER}/{path.name}", context_of(letter)).encode()


def pressed(text: str, templates: Path | None, made_on: date) -> bytes:
    """Return a page as PDF/UA-1; the same page gives the same bytes.

    Raises InputError where a city's template asks for what a PDF may not have.
    """
    from offsetcheck.report.press import printed

    return printed(text, "", made_on, None, templates)


def instead() -> Substitute | None:
    """Return what is written where the library that presses pages is not there: the Word file."""
    missing = lacking()
    return None if missing is None else Substitute("docx", WHY[missing])


def said_on(text: str) -> str:
    """Return all that a page says: its texts, its style, and what its elements are told to be."""
    reader = _Said()
    reader.feed(text)
    reader.close()
    return "\n".join(reader.said)


class _Said(HTMLParser):
    """Gathers the texts and the values of attributes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.said += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append(data.strip())
