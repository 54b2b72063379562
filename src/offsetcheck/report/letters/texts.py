"""The text of a Word file, as a reader sees it: for the last check, and to say where a fault is."""

import io
import re
import zipfile
from collections.abc import Sequence
from html import unescape

TEXT = re.compile(r"<w:(?:t|instrText|delText)(?: [^>]*)?>([^<]*)<|<w:(p|br|tab|tc)[ />]")
ATTRIBUTES = re.compile(
    r'w:(?:tblCaption|tblDescription) w:val="([^"]*)"|(?:descr|title)="([^"]*)"'
)
PROPERTIES = re.compile(r"<(?:dc|cp):\w+[^>]*>([^<]*)<")
LINES_BEFORE = 3
LONGEST = 60


def text_of(data: bytes) -> str:
    """Return all that a Word file says: body, headers, footers, notes, captions, properties."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        return "\n".join(_said(name, archive.read(name).decode("utf-8")) for name in names)


def _said(name: str, xml: str) -> str:
    if name.startswith("docProps/"):
        return unescape("\n".join(PROPERTIES.findall(xml)))
    captions = "\n".join(a or b for a, b in ATTRIBUTES.findall(xml))
    return f"{xml_text(xml)}\n{unescape(captions)}"


def xml_text(xml: str) -> str:
    """Return the text of a part of a Word file, a line for each paragraph."""
    said = ("\n" if mark else unescape(text) for text, mark in TEXT.findall(xml))
    return "".join(said).strip()


def paragraph_of(lines: Sequence[str], number: int | None) -> str:
    """Return the text nearest to a fault, from the lines around it that docxtpl keeps."""
    if number is None:
        return ""
    before = reversed(lines[:LINES_BEFORE])
    middle = [*lines[LINES_BEFORE : LINES_BEFORE + 1], *before]
    found = next((line.strip() for line in middle if line.strip()), "")
    return unescape(found)[:LONGEST]
