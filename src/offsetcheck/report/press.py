"""A page of HTML on paper, by WeasyPrint: nothing is fetched, and nothing is of the day it is made.

Fonts travel with the package and are embedded, so that a report is the same bytes on each machine;
a sign that none of them has is taken from the machine's own fonts.
"""

import gc
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.report.paper import HIDDEN, SVG, name_small_parts, tree_of, without_folded
from offsetcheck.vocabulary.problem import InputError, Place, Problem

if TYPE_CHECKING:
    from weasyprint import CSS, HTML, Attachment, URLFetcher
    from weasyprint.text.fonts import FontConfiguration

    from offsetcheck.vocabulary.explained import Explanation

STYLE = "_base/pdf.css.jinja"
FONTS = "_base/fonts"
DRAWN = ", ".join(
    [*(f"source-sans-3-{signs}" for signs in ("latin", "latin-ext", "greek", "cyrillic")),
     "noto-sans-signs", "noto-sans-math-signs", "noto-sans-symbols-2-signs", "sans-serif"]
)  # fmt: skip
"""Fonts of the letters in drawings, as `_base/pdf.css.jinja` has them for texts."""
NOTES = ("::footnote", "::note")
"""How rules of WeasyPrint begin that give styles to notes."""
FOOT = re.compile(r"@page [^{]*\{(?:[^{}]|\{[^{}]*\})*\}")
NAMED = re.compile(r"(--[a-z-]+): ([^;{}]+);")
"""How the style of pages gives a name to a colour."""
COMPRESSION = 6  # of 9, which take twice as long for a file smaller by one part in a hundred
MOST_STYLES = 32  # kinds of pages of a run
MOST_ERRORS = 5
IDENTIFIER = 32  # signs of a hash


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a PDF carries: its name, its bytes, and what it is in words."""

    name: str
    data: bytes
    description: str


def day_of(explanation: "Explanation") -> date | None:
    """Return the day that an explanation is of; None where it names none."""
    audit = getattr(explanation, "audit", None)
    return date.fromisoformat(audit.as_of) if audit is not None else None


def style_of(templates: Path | None) -> str:
    """Return the style of pages on paper, a city's own before the bundled one."""
    from offsetcheck.report.environment import environment, page, template_problems

    with template_problems(templates):
        return page(environment(templates, autoescape=False), STYLE, {})


def printed(
    page: str, style: str, day: date | None, attached: Attached | None, templates: Path | None
) -> bytes:
    """Return a page of HTML as PDF/UA-1, with a file attached where there is one.

    Raises InputError where a city's template asks for what a PDF may not have: a picture that is
    not in the page itself, a picture without words.
    """
    with _looking_for_garbage_once():
        return _printed(page, style, day, attached, templates)


def _printed(
    page: str, style: str, day: date | None, attached: Attached | None, templates: Path | None
) -> bytes:
    fonts, faces, _ = _fonts()
    made = _parsed(page, templates)
    styles = [faces, *_styles(made.etree_element, style, templates)]
    _prepare(made.etree_element, day)
    files = [] if attached is None else [_attachment(attached, day)]
    with _errors(templates):
        written = made.write_pdf(
            font_config=fonts, stylesheets=styles, attachments=files, pdf_variant="pdf/ua-1",
            pdf_identifier=bytes_hash([page.encode("utf-8")])[:IDENTIFIER].encode("ascii"),
            finisher=_compress,
        )  # fmt: skip
    assert isinstance(written, bytes)  # noqa: S101 - it is written nowhere
    return written


def _attachment(attached: Attached, day: date | None) -> "Attachment":
    from weasyprint import Attachment

    moment = datetime.combine(day or date(1970, 1, 1), datetime.min.time(), UTC)
    return Attachment(
        string=attached.data, name=attached.name, description=attached.description,
        created=moment, modified=moment, relationship="Data", url_fetcher=_fonts()[2],
    )  # fmt: skip


@contextmanager
def _looking_for_garbage_once() -> Iterator[None]:
    """Keep Python from looking for garbage while a page is made, and let it look at the end.

    All of a page is of use until it is written, and all of it is garbage then.
    """
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()
            gc.collect(0)  # what came since: all before was looked through before


def _compress(_: object, pdf: Any) -> None:
    """Compress each stream once; it would be compressed for the hash of the file and once more."""
    for stream in pdf.objects:
        if getattr(stream, "compress", False):  # a dictionary and the like has no such mark
            stream.compress = False
            data = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            stream.stream = [zlib.compress(data, COMPRESSION)]
            stream.extra["Filter"] = "/FlateDecode"


def _parsed(page: str, templates: Path | None) -> "HTML":
    """Return a page as WeasyPrint takes it, without what paper does not show.

    A city's own templates may be any HTML and show what they like: they take the longer way.
    """
    from weasyprint import HTML

    made = HTML(string=page if templates is not None else "<p>", url_fetcher=_fonts()[2])
    if templates is not None:
        _without_hidden(made.etree_element)
        return made
    root = tree_of(without_folded(page))
    name_small_parts(root)
    made.wrapper_element = type(made.wrapper_element).from_html_root(root, content_language=None)
    made.etree_element = root
    made._ua_stylesheets = lambda *_: [_of_all_pages()]  # noqa: SLF001 - nothing else names it
    return made


@cache
def _of_all_pages() -> "CSS":
    """Return the style that WeasyPrint begins with, but for notes, which no page of ours has.

    Each element would otherwise be given five styles of notes, and one of a mark that only lists
    show.
    """
    from weasyprint.html import UA

    lines = (line for line in UA.splitlines() if not line.startswith(NOTES))
    return _style_once(
        "\n".join("li" + one if one.startswith("::marker") else one for one in lines)
    )


def _styles(root: Any, style: str, templates: Path | None) -> "list[CSS]":
    """Return the style of a page of our own, taken out of it; that of a city's is added to it.

    What pages have in common is parsed once; their feet, which name hashes, for each.
    """
    from xml.etree.ElementTree import SubElement

    head = root.find("head")
    if templates is not None:
        SubElement(head, "style").text = style
        return []
    own = head.find("style")
    head.remove(own)
    text = own.text + style
    return [_style(FOOT.sub("", text)), _style_once("".join(FOOT.findall(text)))]


@lru_cache(maxsize=MOST_STYLES)
def _style(text: str) -> "CSS":
    """Return a style whose named colours stand where they are used: each element looks them up."""
    for name, value in NAMED.findall(text):
        text = text.replace(f"var({name})", value)
    return _style_once(text)


def _style_once(text: str) -> "CSS":
    from weasyprint import CSS

    fonts, _, fetcher = _fonts()
    return CSS(string=text, font_config=fonts, url_fetcher=fetcher)


def _prepare(root: Any, day: date | None) -> None:
    """Add the day to a page, and take away links to files beside it, which paper has not."""
    from xml.etree.ElementTree import SubElement

    head = root.find("head")
    if day is not None:
        for name in ("dcterms.created", "dcterms.modified"):
            SubElement(head, "meta", {"name": name, "content": day.isoformat()})
    for drawing in root.iter(f"{SVG}svg"):
        drawing.set("font-family", DRAWN)  # which WeasyPrint takes from no style of the page
    for link in root.iter("a"):
        if not link.get("href", "").startswith(("#", "https:", "http:", "mailto:")):
            link.attrib.pop("href", None)


def _without_hidden(root: Any) -> None:
    """Take away what no paper shows: each element left costs its style, whether shown or not."""
    for parent in list(root.iter()):
        before = None
        for child in list(parent):
            if HIDDEN.isdisjoint((child.get("class") or "").split()):
                before = child
                continue
            tail = child.tail or ""
            if before is not None:
                before.tail = (before.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
            parent.remove(child)


@cache
def _fonts() -> "tuple[FontConfiguration, CSS, URLFetcher]":
    """Return the fonts that travel with the package, loaded once for all pages of a process."""
    from weasyprint import CSS, URLFetcher
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=("data",))
    files = sorted((bundled("templates") / FONTS).glob("*.woff2"))
    faces = CSS(string="".join(map(_face, files)), font_config=fonts, url_fetcher=fetcher)
    return fonts, faces, fetcher


def _face(path: Path) -> str:
    """Return a font as the style sheet names it: a family for each part of its signs."""
    from base64 import b64encode

    family, _, weight = path.stem.rpartition("-")
    weight, family = (weight, family) if weight.isdecimal() else ("400", path.stem)
    data = b64encode(path.read_bytes()).decode("ascii")
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
        f" src: url(data:font/woff2;base64,{data}); }}\n"
    )


class _Kept(logging.Handler):
    """What WeasyPrint says is wrong with a page."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _errors(templates: Path | None) -> Iterator[None]:
    """Turn errors of a page made with a city's own templates into an InputError."""
    kept, log = _Kept(), logging.getLogger("weasyprint")
    log.addHandler(kept)
    try:
        yield
    finally:
        log.removeHandler(kept)
    if templates is not None and kept.said:
        place = Place(str(templates))
        hint = "a picture has to stand in the template itself, as a data: address, with its words"
        said = dict.fromkeys(kept.said)
        raise InputError(
            [Problem(f"this makes no PDF: {one}", place, hint) for one in list(said)[:MOST_ERRORS]]
        )
