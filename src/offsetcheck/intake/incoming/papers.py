"""Papers behind values: told by their first bytes, kept as they are, and never opened."""

from dataclasses import dataclass

from offsetcheck.intake.files.read import is_workbook

MACRO = b"vbaproject.bin"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of file that a paper may be: its name, its suffixes, and its first bytes."""

    name: str
    suffixes: tuple[str, ...]
    begins: tuple[bytes, ...]
    holds: bytes = b""


PAPERS = (
    PaperKind("PDF", (".pdf",), (b"%PDF-",)),
    PaperKind("PNG", (".png",), (b"\x89PNG\r\n\x1a\n",)),
    PaperKind("JPEG", (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    PaperKind("TIFF", (".tif", ".tiff"), (b"II*\x00", b"MM\x00*")),
    PaperKind("Word", (".docx",), (b"PK\x03\x04",), b"word/document.xml"),
    PaperKind("OpenDocument", (".odt",), (b"PK\x03\x04",), b"opendocument.text"),
    PaperKind("Excel", (".xlsx",), (b"PK\x03\x04",), b"xl/workbook.xml"),
)
"""What is kept as a paper; a workbook is one only where a person says so."""

WORKBOOK = PAPERS[-1]


def paper_kind(data: bytes, suffix: str) -> PaperKind | None:
    """Return the kind of paper that bytes are and their suffix says; None where these differ."""
    return next(
        (
            kind
            for kind in PAPERS
            if suffix.casefold() in kind.suffixes
            and data.startswith(kind.begins)
            and kind.holds in data
            and not has_macros(data, suffix)
        ),
        None,
    )


def has_macros(data: bytes, suffix: str) -> bool:
    """Return whether a file is an office document that holds programs, or is named as one."""
    named = suffix.casefold() in {".xlsm", ".xltm", ".xlam", ".docm", ".dotm"}
    return named or (is_workbook(data) and MACRO in data.lower())


def is_archive(data: bytes) -> bool:
    """Return whether bytes are a zip that is no office document."""
    return is_workbook(data) and not any(kind.holds in data for kind in PAPERS if kind.holds)
