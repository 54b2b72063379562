"""What a format of tables is, and which there are: one file each in `report/tables`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from offsetcheck.ground.listing import module_names
from offsetcheck.ground.publish.naming import write_error
from offsetcheck.report import tables

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class TableFormat:
    """One way to write a table into an open file; `suffix` ends the names of its files."""

    name: str
    suffix: str
    write: Callable[["pl.DataFrame", BinaryIO], None]


def table_names() -> tuple[str, ...]:
    """Return the names of all formats of tables."""
    return module_names(tables.__path__)


def table_format_named(name: str) -> TableFormat:
    """Return the format of a name; raise ModuleNotFoundError where there is none."""
    found = import_module(f"{tables.__name__}.{name}").FORMAT
    if not isinstance(found, TableFormat):
        raise TypeError(f"report/tables/{name}.py defines no TableFormat as FORMAT")
    return found


def write_table(frame: "pl.DataFrame", path: Path, name: str) -> None:
    """Write a table in the format of a name; the same table gives the same bytes.

    Raises OSError with the file's name where it cannot be written, whatever the table library says.
    """
    from polars.exceptions import PolarsError

    try:
        # Opened here: the table library takes no name that is not UTF-8.
        with path.open("wb") as file:
            table_format_named(name).write(frame, file)
    except (OSError, PolarsError) as error:
        raise write_error(path, error) from error
