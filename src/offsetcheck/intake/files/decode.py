"""Bytes to text: a byte-order mark, else strict UTF-8, else Windows-1252."""

import codecs

from offsetcheck.vocabulary.problem import InputError, Place, Problem

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
EXPECTED = "expected CSV, XLSX, JSON, JSON Lines, YAML or Parquet"
OLE = b"\xd0\xcf\x11\xe0"
PROTECTED = "EncryptedPackage".encode("utf-16-le")
MAGIC = {
    b"%PDF": ("a PDF", "ask for the list as XLSX or CSV; a table in a PDF is not read"),
    b"\x89PNG": ("a picture", EXPECTED),
    b"\xff\xd8\xff": ("a picture", EXPECTED),
    b"GIF8": ("a picture", EXPECTED),
    OLE: ("an old Excel file (XLS)", "open it and save it as XLSX or CSV"),
    b"\x1f\x8b": ("a gzip archive", "unpack it and give the file that is in it"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it and give the file that is in it"),
}
SAMPLE = 4096
"""Bytes in which UTF-16 without a byte-order mark shows itself."""

MANY_ZEROS = 0.4


def refuse_other_kinds(data: bytes, file: str) -> None:
    """Raise InputError, with what to do, for a file whose first bytes say that it is no text."""
    if data.startswith(OLE) and PROTECTED in data:
        hint = "open it, take the password away, and save it again"
        raise InputError([Problem("the workbook is protected by a password", Place(file), hint)])
    told = next((said for magic, said in MAGIC.items() if data.startswith(magic)), None)
    if told is not None:
        raise InputError([Problem(f"the file is {told[0]}", Place(file), told[1])])


def decode(data: bytes, file: str) -> str:
    """Return the text of a file; what is binary or of no known encoding raises InputError.

    Strict UTF-8 before Windows-1252, which reads nearly any bytes: the other way round would turn
    every accent of a UTF-8 file into two wrong letters. A zero byte is in no text but UTF-16 and
    UTF-32; in UTF-16 nearly every second byte of a table is one.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, file)
    refuse_other_kinds(data, file)
    if b"\x00" in data:
        return _strict(data, _wide(data, file), file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "cp1252", file)


def _wide(data: bytes, file: str) -> str:
    """Return which UTF-16 a text without a byte-order mark is in; else it is binary."""
    sample = data[:SAMPLE]
    first, second = (sample[at::2].count(0) / max(len(sample) // 2, 1) for at in (0, 1))
    if len(data) % 2 == 0 and second > MANY_ZEROS and not first:
        return "utf-16-le"
    if len(data) % 2 == 0 and first > MANY_ZEROS and not second:
        return "utf-16-be"
    line = data.count(b"\n", 0, data.index(0)) + 1
    raise InputError(
        [Problem("the file is binary: it holds a zero byte", Place(file, line), EXPECTED)]
    )


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(
            "the text is in no encoding that can be read (UTF-8, UTF-16, UTF-32, Windows-1252)",
            Place(file, line),
            "save the file as UTF-8",
        )
        raise InputError([problem]) from None
