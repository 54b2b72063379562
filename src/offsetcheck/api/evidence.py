"""The order of the rooms for the evidence of a tender: what the offers say, for an officer."""

from dataclasses import dataclass
from pathlib import Path

from offsetcheck.api.account import readings_of
from offsetcheck.api.output import refuse_file, write_result
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.notes.stating import state_values
from offsetcheck.intake.tender.read import EVIDENCE, offers_in
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.reading import Reading


@dataclass(frozen=True, slots=True)
class StatedEvidence:
    """A file of evidence that was written: where, how many entries have got values, problems.

    `readings` say how the offers were read.
    """

    path: Path
    entries: int
    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...] = ()


def state_evidence(
    folder: Path,
    rulebook: Rulebook,
    output: Path | None = None,
    *,
    replace: bool = False,
    command: str = "",
) -> StatedEvidence:
    """Write the evidence of a tender with the values that its offers state, to be checked.

    Without `output` the tender's own file is the one that is replaced. Raises InputError where the
    tender cannot be read, OutputError for a file that is there and not to be replaced.
    """
    path = folder / EVIDENCE if output is None else output
    refuse_file(path, replace=replace)
    table = offers_in(folder, rulebook.dictionary)
    made = state_values(read_bytes(folder / EVIDENCE), EVIDENCE, table, rulebook.dictionary)
    write_result(path, made.text, replace=replace, command=command)
    return StatedEvidence(path, made.entries, tuple(made.problems), readings_of(table))
