"""What a format of tables is, and which there are: one file each in `report/tables`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from offsetcheck.ground.listing import module_names
from offsetcheck.ground.publish.naming import write_error
from offsetcheck.report import tables

if TYPE_CHECKING:
    import polars as pl

    from offsetcheck.report.tables_told import Told

CSV, PARQUET = "csv", "parquet"
MISSING_FORMATS = (CSV, "jsonl", PARQUET)  # one file for each table
MOST_CSV_LINES = 50_000  # of what is missing: three megabytes, and slow in any spreadsheet

Write = Callable[["Mapping[str, pl.DataFrame]", "Told", BinaryIO], None]


@dataclass(frozen=True, slots=True)
class TableFormat:
    """One way to write tables into open files; `suffix` ends the names of the files.

    `write` takes the tables of one file by name, and what is told of them all. `book` is the name
    of the one file that holds all tables; None: each has a file of its name.
    """

    name: str
    suffix: str
    write: Write
    book: str | None = None

    def files(self, names: Sequence[str]) -> dict[str, list[str]]:
        """Return the files that tables of these names are written into, with the names in each."""
        if self.book is not None:
            return {f"{self.book}.{self.suffix}": list(names)}
        return {f"{name}.{self.suffix}": [name] for name in names}


def table_names() -> tuple[str, ...]:
    """Return the names of all formats of tables."""
    return module_names(tables.__path__)


def table_format_named(name: str) -> TableFormat:
    """Return the format of a name; raise ModuleNotFoundError where there is none."""
    found = import_module(f"{tables.__name__}.{name}").FORMAT
    if not isinstance(found, TableFormat):
        raise TypeError(f"report/tables/{name}.py defines no TableFormat as FORMAT")
    return found


def write_tables(
    frames: "Mapping[str, pl.DataFrame]", folder: Path, name: str, told: "Told"
) -> list[str]:
    """Write tables by name in a format; the same tables give the same bytes.

    Returns the names of the files. Raises OSError with the file's name where one cannot be
    written, whatever the table library says.
    """
    from polars.exceptions import PolarsError

    format_ = table_format_named(name)
    files = format_.files(list(frames))
    for file_name, names in files.items():
        path = folder / file_name
        try:
            # Opened here: the table library takes no name that is not UTF-8.
            with path.open("wb") as file:
                format_.write({one: frames[one] for one in names}, told, file)
        except (OSError, PolarsError) as error:
            raise write_error(path, error) from error
    return list(files)


def write_parts(parts: "Iterable[pl.DataFrame]", folder: Path) -> list[str]:
    """Write the parts of one long table as Parquet files of a new folder; return their names.

    Raises OSError with the file's name where one cannot be written.
    """
    from polars.exceptions import PolarsError

    from offsetcheck.report.tables.parquet import write_worded

    folder.mkdir()
    names = []
    for number, part in enumerate(parts, start=1):
        path = folder / f"part-{number:04}.{PARQUET}"
        try:
            with path.open("wb") as file:
                write_worded(part, file)
        except (OSError, PolarsError) as error:
            raise write_error(path, error) from error
        names.append(path.name)
    return names


def only(frames: "Mapping[str, pl.DataFrame]") -> "pl.DataFrame":
    """Return the table of a file that holds one."""
    (frame,) = frames.values()
    return frame
