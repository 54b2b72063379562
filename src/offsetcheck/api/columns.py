"""The order of the rooms for a mapping: what the columns of a list were taken for."""

from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.case import AnyPath
from offsetcheck.api.output import refuse_file, write_result
from offsetcheck.intake.asked import Asked, dates_asked, numbers_asked
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.mapping.read import COLUMNS_FILE
from offsetcheck.intake.mapping.text import mapping_text
from offsetcheck.intake.tender.read import offers_file
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, RequestError, UnreadableError


@dataclass(frozen=True, slots=True)
class WrittenColumns:
    """A mapping that was written: where, of how many columns, how many of them hold a field.

    `problems` are those of the list that concern its columns.
    """

    path: Path
    columns: int
    taken: int
    problems: tuple[Problem, ...]


def write_columns(
    path: AnyPath,
    rulebook: Rulebook,
    output: AnyPath | None = None,
    *,
    numbers: str | None = None,
    dates: str | None = None,
    replace: bool = False,
    command: str = "",
) -> WrittenColumns:
    """Write what the columns of a list, or of a tender's offers, are taken for.

    Without `output` it is `columns.yaml` beside the list. Raises InputError where the list cannot
    be read, RequestError for a sample of numbers or days that tells nothing, OutputError for a file
    that is there and not to be replaced.
    """
    source = Path(path)
    source = offers_file(source) if source.is_dir() else source
    goal = source.parent / COLUMNS_FILE if output is None else Path(output)
    refuse_file(goal, replace=replace)
    asked = _asked(numbers, dates)
    made = mapping_text(read_bytes(source), source.name, rulebook.dictionary, asked)
    write_result(goal, made.text, replace=replace, command=command)
    return WrittenColumns(goal, made.columns, made.taken, tuple(made.problems))


def _asked(numbers: str | None, dates: str | None) -> Asked:
    try:
        return Asked(
            numbers=None if numbers is None else numbers_asked(numbers),
            dates=None if dates is None else dates_asked(dates),
        )
    except UnreadableError as why:
        raise RequestError.whole(why.reason, why.hint) from None
