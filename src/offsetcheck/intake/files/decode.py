"""Bytes to text: a byte-order mark, else strict UTF-8, else Windows-1252."""

import codecs

from offsetcheck.vocabulary.problem import InputError, Place, Problem

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MAGIC = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel file (XLS)",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
}
EXPECTED = "expected CSV, XLSX, JSON, JSON Lines, YAML or Parquet"


def decode(data: bytes, file: str) -> str:
    """Return the text of a file; what is binary or of no known encoding raises InputError.

    Strict UTF-8 before Windows-1252, which reads nearly any bytes: the other way round would turn
    every accent of a UTF-8 file into two wrong letters.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, file)
    if kind := next((name for magic, name in MAGIC.items() if data.startswith(magic)), None):
        raise InputError([Problem(f"the file is {kind}", Place(file), EXPECTED)])
    if b"\x00" in data:
        raise InputError([Problem("the file is binary", Place(file), EXPECTED)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "cp1252", file)


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = Problem(
            "the text is in no encoding that can be read (UTF-8, UTF-16, Windows-1252)",
            Place(file, line),
            "save the file as UTF-8",
        )
        raise InputError([problem]) from None
