"""A Word file as a ZIP of XML: held against limits before it is opened, and written the same twice.

A template comes from outside. One with macros, links that Word follows by itself, embedded objects
or a bomb in its ZIP is refused; a link that a reader clicks on is not.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date

from offsetcheck.vocabulary.problem import InputError, Place, Problem

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024
LARGEST_WHOLE = 32 * 1024 * 1024
MOST_PARTS = 300
DOCUMENT = "word/document.xml"
FIRST = "[Content_Types].xml"
STAMP = (1980, 1, 1, 0, 0, 0)
XML_SUFFIXES = (".xml", ".rels")

EXTERNAL = re.compile(rb"<[\w:]*Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>")
HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']")
HARMLESS_LINK = re.compile(rb"Target\s*=\s*[\"'](?:https?:|mailto:)", re.IGNORECASE)
REACHING_FIELD = re.compile(
    rb"(?:instrText[^>]*>|w:instr\s*=\s*[\"'])\s*"
    rb"(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE|RD|MACROBUTTON|AUTOTEXT)\b",
    re.IGNORECASE,
)
FORBIDDEN_PARTS = (
    (re.compile(r"vbaproject|\.bin$|macros?/", re.IGNORECASE), "macros or a binary part"),
    (re.compile(r"embeddings/|activex/|oleobject", re.IGNORECASE), "an embedded object"),
    (re.compile(r"afchunk|\.(?:html?|mht|rtf)$", re.IGNORECASE), "a part of another format"),
)


def checked_package(data: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of a Word file by name; raise InputError for one that is not to be opened.

    Nothing is unpacked beyond the limits, whatever the ZIP says of itself.
    """
    if len(data) > LARGEST_FILE:
        raise _refused(name, f"this file is larger than {LARGEST_FILE // 2**20} MiB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = dict(_parts(archive, name))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _refused(name, "this is no Word file (.docx)") from None
    if DOCUMENT not in parts:
        raise _refused(name, "this is no Word file (.docx): it has no document")
    problems = [Problem(message, Place(name)) for message in dict.fromkeys(_faults(parts))]
    if problems:
        raise InputError(problems)
    return parts


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, bytes]]:
    members = archive.infolist()
    if len(members) > MOST_PARTS:
        raise _refused(name, f"this file has more than {MOST_PARTS} parts")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise _refused(name, "this file holds a part twice")
    left = LARGEST_WHOLE
    for member in members:
        if member.filename.startswith("/") or ".." in member.filename.split("/"):
            raise _refused(name, f"the part `{member.filename[:60]}` leaves the file")
        with archive.open(member) as stream:
            part = stream.read(min(LARGEST_PART, left) + 1)
        if len(part) > min(LARGEST_PART, left):
            raise _refused(name, "this file unpacks to more than a letter can be")
        left -= len(part)
        yield member.filename, part


def _faults(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield what a Word file holds that would run, reach out, or not be XML of Word."""
    for name, part in parts.items():
        yield from (
            f"this file holds {what}" for form, what in FORBIDDEN_PARTS if form.search(name)
        )
        if not name.endswith(XML_SUFFIXES):
            continue
        if b"\x00" in part[:4] or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield f"the part {name} is not written in UTF-8"
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            yield f"the part {name} declares a document type"
        yield from _reaching(part)
    if b"macroEnabled" in parts.get(FIRST, b""):
        yield "this file holds macros or a binary part"


def _reaching(part: bytes) -> Iterator[str]:
    for link in EXTERNAL.findall(part):
        if not (HYPERLINK.search(link) and HARMLESS_LINK.search(link)):
            yield "this file links to something outside that Word would fetch"
    for field in REACHING_FIELD.findall(part):
        yield f"this file has a field {field.decode('ascii').upper()}, which reaches outside"


def _refused(name: str, message: str) -> InputError:
    return InputError([Problem(message, Place(name), "save it anew as a plain .docx")])


def settled(data: bytes, *, language: str, made_on: date | None = None) -> bytes:
    """Return a Word file with its language set, and the same bytes for the same content.

    `language` is a tag such as `fi-FI`; `made_on` is the day that stands as that of its making.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    for name in ("word/styles.xml", "word/settings.xml"):
        if name in parts:
            parts[name] = _in_language(parts[name], language)
    core = "docProps/core.xml"
    if core in parts:
        parts[core] = _dated(parts[core], (made_on or date(1980, 1, 1)).isoformat())
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """Return parts as a ZIP in one order and without the clock."""
    made = io.BytesIO()
    order = sorted(parts, key=lambda name: (name != FIRST, name))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in order:
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            archive.writestr(entry, parts[name])
    return made.getvalue()


def _in_language(part: bytes, language: str) -> bytes:
    tag = language.encode("ascii")
    return re.sub(
        rb'(<w:(?:lang|themeFontLang)\b[^>]*?w:val=")[^"]*(")', rb"\g<1>" + tag + rb"\g<2>", part
    )


def _dated(part: bytes, day: str) -> bytes:
    stamp = f"{day}T00:00:00Z".encode("ascii")
    pattern = rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*(<)"
    dated = re.sub(pattern, rb"\g<1>" + stamp + rb"\g<2>", part)
    return re.sub(rb"(<cp:revision>)[^<]*(<)", rb"\g<1>1\g<2>", dated)
