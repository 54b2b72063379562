"""The tables of one judged list as files: each in the formats asked for, what is missing apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.case import Case
from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.engine.columns.leaves import deciding_lines
from offsetcheck.explain.missing_everywhere import everywhere_said
from offsetcheck.explain.wording import Wording
from offsetcheck.report.result_tables import TABLES, result_tables
from offsetcheck.report.table_format import (
    CSV,
    MOST_CSV_LINES,
    PARQUET,
    table_format_named,
    write_parts,
    write_tables,
)
from offsetcheck.report.tables_told import told_of
from offsetcheck.report.tonnes.tables import comparable_frame
from offsetcheck.rulebook.tonnes.binding import bind_steps
from offsetcheck.vocabulary.batch_explanation import EverywhereLine

MISSING, EVERYWHERE = "missing", "missing_in_every_row"
DECIDING = "deciding"


@dataclass(frozen=True, slots=True)
class WrittenTables:
    """The names of the files written, and sentences about what stands in them otherwise."""

    files: tuple[str, ...]
    told: tuple[str, ...]

    def everywhere(self, lines: Sequence[EverywhereLine], case: Case) -> tuple[str, ...]:
        """Return the sentence on what every offer lacks, if there is anything."""
        named = (name for name in self.files if name.startswith(f"{EVERYWHERE}."))
        said = everywhere_said(lines, next(named, self.files[0]), case.setting.wording)
        return () if said is None else (said,)


def list_files(formats: Sequence[str], missing: str | None) -> list[str]:
    """Return the names of all files that may be written for a list in these formats."""
    files = [name for one in formats for name in table_format_named(one).files(TABLES)]
    most = _forms_of_missing(formats, missing, MOST_CSV_LINES + 1)
    return list(dict.fromkeys([*files, *(f"{MISSING}.{one}" for one in most)]))


def write_list_tables(
    result: BatchResult, case: Case, folder: Path, formats: Sequence[str], missing: str | None
) -> WrittenTables:
    """Write the tables of a list in each format; `missing` is that of what is missing, if named.

    Without, a long table of what is missing is Parquet where the others are CSV, and it is told.
    """
    steps = bind_steps(case.chosen.rulebook, case.chosen.id, case.bound.as_of)
    tonnes = comparable_frame(case.table, steps, case.purchase)
    tables = result_tables(result, case.table, case.problems, case.readings, tonnes)
    about = told_of(result, case.setting)
    apart = {MISSING: tables[MISSING]}
    others = {name: frame for name, frame in tables.items() if name != MISSING}
    files: list[str] = []
    for name in formats:
        held = tables if _is_book(name) else others
        files += write_tables(held, folder, name, about)
    for name in _forms_of_missing(formats, missing, tables[MISSING].height):
        files += write_tables(apart, folder, name, about)
    is_moved = missing is None and CSV in formats and f"{MISSING}.{CSV}" not in files
    told = (_parquet_said(tables[MISSING].height, case.setting.wording),) if is_moved else ()
    return WrittenTables(tuple(files), told)


def write_deciding(result: BatchResult, case: Case, folder: Path) -> None:
    """Write what decided each rule on each offer into a folder of Parquet files."""
    lines = deciding_lines(case.table, case.bound, case.purchase, result)
    write_parts(lines.parts(), folder / DECIDING)


def _is_book(name: str) -> bool:
    """Whether a format has one file for all tables."""
    return table_format_named(name).book is not None


def _forms_of_missing(formats: Sequence[str], missing: str | None, lines: int) -> list[str]:
    """Return the formats in which what is missing has a file of its own."""
    own = [name for name in formats if not _is_book(name)]
    if missing is not None:
        return [missing]
    instead = PARQUET if lines > MOST_CSV_LINES else CSV
    return list(dict.fromkeys(instead if name == CSV else name for name in own))


def _parquet_said(lines: int, wording: Wording) -> str:
    return wording.word(
        "batch.missing_parquet",
        count=wording.bare(lines),
        most=wording.bare(MOST_CSV_LINES),
        file=f"{MISSING}.{PARQUET}",
    )
