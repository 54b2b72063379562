"""Editions of a reference table as files: read, the latest of them, and how long one holds."""

from datetime import date, timedelta
from pathlib import Path

from offsetcheck.ground.limits import MAX_TABLE_BYTES
from offsetcheck.rulebook.rulebook import ReferenceTable
from offsetcheck.rulebook.tables.model import Edition, TableFile, read_rows
from offsetcheck.vocabulary.problem import InputError, Place, Problem


def read_edition(path: Path) -> TableFile:
    """Read a csv file as an edition; its flaws come with it.

    Raises InputError for a file that is too large, no plain file, or not UTF-8.
    """
    place = Place(str(path))
    try:
        if not path.is_file() or path.stat().st_size > MAX_TABLE_BYTES:
            said = f"a csv file below {MAX_TABLE_BYTES:,} bytes is needed here"
            raise InputError([Problem(said, place)])
        return read_rows(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem = Problem("the file is not UTF-8", Place(str(path), line, 1), "save it as UTF-8")
        raise InputError([problem]) from None
    except OSError as error:
        said = f"the file cannot be read: {(error.strerror or str(error)).lower()}"
        raise InputError([Problem(said, place)]) from None


def latest_edition(table: ReferenceTable) -> Edition:
    """Return the edition that was published last."""
    return max(table.entry.editions, key=lambda edition: (edition.published, edition.valid_from))


def stale_from(edition: Edition) -> date | None:
    """Return the first day on which an edition answers nothing, None where it does not age."""
    if edition.stale_after is None:
        return None
    return edition.published + timedelta(days=edition.stale_after + 1)


def file_of(table: ReferenceTable, edition: Edition) -> TableFile:
    """Return the rows of an edition."""
    return table.files[f"tables/{edition.file}"]
