"""Any file to a sheet of text with places; only the headers looked for are of offsets."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import Any

from offsetcheck.intake.files.blocks import sheet_of
from offsetcheck.intake.files.decode import EXPECTED, decode, refuse_other_kinds
from offsetcheck.intake.files.limits import MAX_BYTES
from offsetcheck.intake.files.records import RecordPath, read_json, read_json_lines, read_yaml
from offsetcheck.intake.files.rows import without_other_rows
from offsetcheck.intake.files.separated import read_separated
from offsetcheck.intake.files.sheet import ANYWHERE, FileRows, Sheet, Wanted
from offsetcheck.vocabulary.problem import InputError, Place, Problem

SUFFIXES = frozenset(
    {
        ".csv",
        ".tsv",
        ".txt",
        ".xlsx",
        ".xlsm",
        ".json",
        ".jsonl",
        ".ndjson",
        ".yaml",
        ".yml",
        ".parquet",
    }
)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file that is neither empty nor too large; else InputError."""
    name = path.name
    try:
        if path.is_dir():
            raise _error(
                "this is a folder, not a file", name, "a tender folder has a `purchase.yaml`"
            )
        if not path.exists():
            raise _error("there is no such file", name)
        if not path.is_file():
            raise _error("this is no regular file", name)
        if path.stat().st_size > MAX_BYTES:
            found = path.stat().st_size
            message = f"the file has {found:,} bytes; at most {MAX_BYTES:,} are read"
            raise _error(message, name, "split it, or export it as Parquet")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise _error(f"the file cannot be opened: {_why(error)}", name) from None
    if not data.strip():
        raise _error("the file is empty", name, EXPECTED)
    return data


def sheet_of_bytes(
    data: bytes,
    name: str,
    known: AbstractSet[str],
    paths: Sequence[RecordPath] = (),
    wanted: Wanted = ANYWHERE,
    *,
    told: Sequence[dict[str, Any]] | None = None,
) -> Sheet:
    """Return bytes as a sheet: by their first bytes where these tell, else by the file's suffix.

    The header of a table is the row with most of the `known` headers, which are as compared
    (`normalise.text.key`). `paths` are where the rows of a JSON document may
    stand, `wanted` where a person says that the list stands. `told` are the sheets of a workbook
    that has been parsed already. Raises InputError for what is no table.
    """
    suffix = Path(name).suffix.casefold()
    if is_workbook(data):
        from offsetcheck.intake.files.workbook import rows_told, sheet_of_list, told_of

        sheets = rows_told(told_of(data, name) if told is None else told, name)
        read = sheet_of_list(sheets, known, wanted.sheet)
        others = [one for one in sheets if one.sheet != read.sheet and not one.hidden]
        return replace(sheet_of_rows(read, known, wanted), others=others)
    if data.startswith(b"PAR1") and suffix == ".parquet":
        from offsetcheck.intake.files.parquet import read_parquet

        return read_parquet(data, name)
    refuse_other_kinds(data, name)
    if suffix in {".xlsx", ".xlsm", ".parquet"}:
        kind = "Parquet" if suffix == ".parquet" else "Excel workbook"
        raise _error(f"the file is no {kind}", name, "the suffix does not fit the content")
    return _text_sheet(decode(data, name), name, suffix, known, paths, wanted=wanted)


def is_workbook(data: bytes) -> bool:
    """Return whether bytes are a zip, as an Excel workbook is."""
    return data.startswith(b"PK\x03\x04")


def sheet_of_rows(rows: FileRows, known: AbstractSet[str], wanted: Wanted = ANYWHERE) -> Sheet:
    """Return the rows of a file or of one sheet of a workbook as a sheet of offers.

    Rows that are no offers (totals, notes, repeated headers) are set aside and listed in `aside`.
    """
    return without_other_rows(sheet_of(rows, known, wanted.header_line), wanted.keep)


def _text_sheet(
    text: str,
    name: str,
    suffix: str,
    known: AbstractSet[str],
    paths: Sequence[RecordPath],
    *,
    wanted: Wanted,
) -> Sheet:
    match suffix:
        case ".json":
            return read_json(text, name, paths)
        case ".jsonl" | ".ndjson":
            return read_json_lines(text, name)
        case ".yaml" | ".yml":
            return read_yaml(text, name)
        case ".csv" | ".tsv" | ".txt":
            return sheet_of_rows(read_separated(text, name, known), known, wanted)
    raise _error(f"a file with the suffix “{suffix}” is not read", name, EXPECTED)


def _error(message: str, name: str, hint: str | None = None) -> InputError:
    return InputError([Problem(message, Place(name), hint)])


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or "its name is not valid").casefold()
