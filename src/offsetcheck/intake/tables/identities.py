"""The id of each row: canonical, never missing, never twice."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.intake.files.sheet import Sheet, bounded, bounded_of
from offsetcheck.intake.normalise.ids import ProjectId, canonical_id, programme_of, read_id
from offsetcheck.intake.normalise.text import key, shown
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade
from offsetcheck.vocabulary.problem import Problem, Severity
from offsetcheck.vocabulary.table import Column

_US_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
_LOT_NUMBER = re.compile(r"#\d+$")
LOT = ("vintage", "vintage_start", "vintage_end", "serials", "delivery")
SELLER = "seller"
MANGLED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Identities:
    """How the rows of a list are called, and which projects they are of.

    `ids` are the names of rows, each once; `projects` the ids of their projects, of which
    `recognised` says whether a programme's pattern fits them; `problems` what is wrong with them.
    """

    ids: Sequence[str]
    projects: Sequence[str]
    recognised: Sequence[bool]
    problems: Sequence[Problem]

    def column(self, stated: Column | None, grade: EvidenceGrade) -> Column:
        """Return the field `id`: a project's id is heard also where it is not recognised.

        It then bears the cause `id_not_recognised`, which is why no table can say of the project
        that it has no event.
        """
        causes = [None if known else Cause.ID_NOT_RECOGNISED for known in self.recognised]
        raw, header = (stated.raw, stated.header) if stated else (None, None)
        return Column(self.projects, grade, causes if any(causes) else None, raw, header)


def identities(sheet: Sheet, columns: Mapping[str, Column]) -> Identities:
    """Return how the rows of a sheet are called.

    A missing id becomes `row-N` after its line. A project that stands twice is judged twice, as
    `ID` and `ID#2`: two lots of one project where the rows state different lots, else an error.
    Of different sellers the rows are `ID#1` and `ID#2`: what names the project names neither.
    """
    if _mangled(columns.get("id"), len(sheet)):
        ids = [f"row-{line}" for line in sheet.lines]
        return Identities(ids, ids, [False] * len(ids), [_spreadsheet_damage(sheet)])
    stated = _stated(columns, len(sheet))
    named = [
        ProjectId(f"row-{line}") if read is None else read
        for read, line in zip(stated, sheet.lines, strict=True)
    ]
    missing = bounded_of(
        (row for row, read in enumerate(stated) if read is None),
        lambda row: Problem(
            "the row has no project id; it is called `row-` and its line here",
            sheet.place(row),
            "state the id that the registry gives the project",
        ),
        "rows without an id",
    )
    projects = [read.text for read in named]
    ids, doubled = _numbered(sheet, projects, columns)
    strangers = bounded_of(
        (row for row, read in enumerate(stated) if read is not None and not read.recognised),
        lambda row: _stranger(sheet, row, columns),
        "ids of no registry",
    )
    recognised = [read.recognised for read in named]
    problems = [*missing, *bounded(doubled, "ids that stand twice"), *strangers]
    return Identities(ids, projects, recognised, problems)


def base_id(identity: str) -> str:
    """Return the project's id of a row's id: `VCS902` for `VCS902#2`."""
    return _LOT_NUMBER.sub("", identity) if "#" in identity else identity


def rows_named(offer: str, ids: Sequence[str]) -> Sequence[int]:
    """Return the rows that a note means by an offer: one by its name, else all of its project.

    A name that is none of a row's is read as an id is, so that `vcs-902` names VCS902; `902` of
    an offer whose row has no other name is not guessed at.
    """
    if offer in ids:
        return [ids.index(offer)]
    project, mark, lot = offer.partition("#")
    name = canonical_id(project) + (f"#{lot}" if mark else "")
    if name in ids:
        return [ids.index(name)]
    return [row for row, identity in enumerate(ids) if base_id(identity) == name]


def _stated(columns: Mapping[str, Column], rows: int) -> list[ProjectId | None]:
    if "id" not in columns:
        return [None] * rows
    programmes = columns["programme"].values if "programme" in columns else [None] * rows
    return [
        read_id(str(value), programme if isinstance(programme, str) else None)
        if value is not None
        else None
        for value, programme in zip(columns["id"].values, programmes, strict=True)
    ]


def _stranger(sheet: Sheet, row: int, columns: Mapping[str, Column]) -> Problem:
    """Warn of an id that no registry can hold, or that is of another programme than stated."""
    value = str(columns["id"].values[row])
    programme = columns["programme"].values[row] if "programme" in columns else None
    of = programme_of(value)
    said = f"{shown(value)} is no id of {programme}" if of else f"{shown(value)} is no known id"
    meant = f", but one of {of}" if of else ""
    return Problem(
        f"{said}{meant}, and no table of known events can name it: only a screening that names "
        "this offer shows that nothing is known against it",
        sheet.place(row),
        "state the programme, and the id that its registry gives the project",
        Severity.WARNING,
        kind="no id of a registry",
    )


def _mangled(column: Column | None, rows: int) -> bool:
    """Return whether a spreadsheet has turned most ids into days."""
    if column is None or rows == 0:
        return False
    texts = (value for value in column.values if isinstance(value, str) and "/" in value)
    days = sum(1 for text in texts if _US_DAY.fullmatch(text))
    return days > rows * MANGLED_SHARE


def _spreadsheet_damage(sheet: Sheet) -> Problem:
    return Problem(
        "a spreadsheet has turned the ids into dates; no project can be told by them",
        sheet.place(0),
        "export the list again and do not save it from a spreadsheet",
    )


def _numbered(
    sheet: Sheet, named: Sequence[str], columns: Mapping[str, Column]
) -> tuple[list[str], list[Problem]]:
    ids = list(named)
    if len(set(ids)) == len(ids):
        return ids, []
    rows: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(named):
        rows[name].append(row)
    problems: dict[int, Problem] = {}
    for name, those in rows.items():
        sellers = {_seller(columns, row) for row in those}
        for number, row in enumerate(those, start=1):
            if number > 1 or len(sellers) > 1:
                ids[row] = f"{name}#{number}"
            if number > 1:
                problems[row] = _double(sheet, row, those[0], ids, columns)
    return ids, [problems[row] for row in sorted(problems)]


def _double(
    sheet: Sheet, row: int, first: int, ids: Sequence[str], columns: Mapping[str, Column]
) -> Problem:
    name, identity, where = base_id(ids[row]), ids[row], sheet.where(first)
    if _seller(columns, row) != _seller(columns, first):
        return Problem(
            f"{name} is offered by another seller too, in {where}; the rows are called "
            f"{ids[first]} and {identity}",
            sheet.place(row),
            f"notes name them so; what names {name} alone counts for neither",
            Severity.NOTE,
        )
    if _lot(columns, row) != _lot(columns, first):
        message = f"{name} is offered a second time, after {where}; this lot is called {identity}"
        return Problem(message, sheet.place(row), None, Severity.NOTE)
    message = f"{name} stands here a second time, after {where}; this row is called {identity}"
    return Problem(message, sheet.place(row), "remove one row, or state the vintage of each lot")


def _seller(columns: Mapping[str, Column], row: int) -> object:
    value = columns[SELLER].values[row] if SELLER in columns else None
    return key(value) if isinstance(value, str) else value


def _lot(columns: Mapping[str, Column], row: int) -> list[object]:
    return [columns[name].values[row] for name in LOT if name in columns]
