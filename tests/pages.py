"""What a page says, whatever format it is in."""

import io
from unicodedata import normalize

from pypdf import PdfReader


def read(page: str | bytes) -> str:
    """Return the text of a page; that of a PDF without the looks of its signs."""
    if isinstance(page, str):
        return page
    texts = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page)).pages]
    return normalize("NFKC", " ".join(texts))
