"""The parts of an XLSX file: its zip within limits, each part found by its relation, safe XML.

Read with the standard library alone. What tells a list from a trap stands only in the XML
(formulas, hidden rows, struck-through text, number formats), and two readers of one file can
disagree on where a cell is; so one reader reads both the cells and what is said of them.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree as ET
from xml.parsers import expat

from offsetcheck.intake.files.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, RATIO_FROM
from offsetcheck.vocabulary.problem import InputError, Place, Problem

UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    expat.ExpatError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
)
"""What damage in a zip or its XML raises, in the libraries that read them."""

SAVE_AGAIN = "open it, save it as XLSX without a password, or export it as CSV"
ENCRYPTED = 1  # the first bit of an entry's flags
CHUNK = 1 << 16
OTHERS = {
    "word/document.xml": "a text document (DOCX)",
    "ppt/presentation.xml": "a presentation (PPTX)",
    "xl/workbook.bin": "a binary workbook (XLSB)",
    "index/document.iwa": "a Numbers document",
    "content.xml": "an OpenDocument file (ODS)",
}
"""A part by which another kind of zip is known."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another part names: the last word of its type, and where it is."""

    kind: str
    part: str


def refusal(message: str, hint: str | None = None, place: Place | None = None) -> InputError:
    """Return the refusal of a file; who started this process knows its name."""
    return InputError([Problem(message, place or Place(""), hint)])


def damaged(why: str, sheet: str | None = None) -> InputError:
    """Return the refusal of a workbook that is not as workbooks are."""
    return refusal(f"the workbook cannot be read ({why})", SAVE_AGAIN, Place("", sheet=sheet))


class Package:
    """An open XLSX file; a part is named without regard to case, slashes or a leading slash."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        entries = self._archive.infolist()
        _check_size(entries, len(data))
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            name = _part(entry.filename)
            if name in self._entries and not entry.is_dir():
                raise damaged(f"`{name}` is in it twice")
            self._entries[name] = entry
        self._check_kind()

    def __contains__(self, part: str) -> bool:
        return _part(part) in self._entries

    def open(self, part: str) -> IO[bytes]:
        """Return a stream of a part whose XML has no document type, and so no entities."""
        entry = self._entries.get(_part(part))
        if entry is None:
            raise damaged(f"`{part}` is missing")
        if entry.flag_bits & ENCRYPTED:
            raise refusal("the workbook is protected by a password", SAVE_AGAIN)
        with self._archive.open(entry) as stream:
            _refuse_document_type(stream, part)
        return self._archive.open(entry)

    def root(self, part: str) -> ET.Element:
        """Return the root of a small part."""
        with self.open(part) as stream:
            return ET.parse(stream).getroot()  # noqa: S314 - `open` refuses a document type

    def ends(self, part: str) -> Iterator[tuple[str, ET.Element]]:
        """Yield `("end", element)` for each element of a part; who has read one clears it."""
        return ET.iterparse(self.open(part))  # noqa: S314 - as in `root`

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part names, by the id it uses; "" names the package."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self:
            return {}
        return {
            item.get("Id", ""): Relation(
                item.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))),
            )
            for item in self.root(path)
            if item.get("TargetMode") != "External"
        }

    def _check_kind(self) -> None:
        found = next((kind for part, kind in OTHERS.items() if part in self._entries), None)
        if found is None and "[content_types].xml" in self._entries:
            return
        if found is None and any(name.startswith("xl/") for name in self._entries):
            return
        hint = "save it as XLSX or CSV" if found else "unpack it and give the file that is in it"
        raise refusal(f"the file is {found or 'a zip archive and no workbook'}", hint)


def local(name: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def is_true(value: str | None) -> bool:
    """Return whether an attribute says yes."""
    return value in {"1", "true", "on"}


def _part(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _check_size(entries: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse a zip bomb by its directory; an entry that unpacks to more than it says is damaged."""
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise _bomb(f"{len(entries):,} entries; at most {MAX_ENTRIES:,} are read")
    if unpacked > MAX_UNPACKED:
        raise _bomb(f"{unpacked:,} bytes unpacked; at most {MAX_UNPACKED:,} are read")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > RATIO_FROM and ratio > MAX_RATIO:
            raise _bomb(f"`{entry.filename}` unpacks {ratio:,.0f} times; at most {MAX_RATIO} times")
    if unpacked > packed * MAX_RATIO and unpacked > RATIO_FROM:
        raise _bomb(f"{unpacked:,} bytes unpacked from {packed:,}")


def _bomb(found: str) -> InputError:
    hint = "export the sheet with the offers as CSV"
    return refusal(f"the workbook unpacks to far more than it should ({found})", hint)


def _refuse_document_type(stream: IO[bytes], part: str) -> None:
    """Read XML up to its first element, before which alone a document type may stand."""
    parser = expat.ParserCreate()
    begun: list[str] = []

    def refuse(*_: object) -> None:
        raise damaged(f"`{part}` has a document type")

    def begin(name: str, _: object) -> None:
        begun.append(name)
        parser.StartElementHandler = None

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    while not begun and (chunk := stream.read(CHUNK)):
        parser.Parse(chunk)
