"""What waits, looked at: what each file is taken for and how it would be read."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from offsetcheck import Rulebook
from offsetcheck.api.clarification import merge_answers
from offsetcheck.api.columns import COLUMNS_FILE
from offsetcheck.api.incoming import Incoming, Said, Taken, Wording, look_at, wording_of
from offsetcheck.api.request import Request
from offsetcheck.ground.version import __version__
from offsetcheck.vocabulary.problem import OffsetcheckError, Problem
from offsetcheck.vocabulary.reading_explanation import ReadingLine
from offsetcheck.web.folder.kept import rulebook_of
from offsetcheck.web.folder.tenders import TenderFolder
from offsetcheck.web.incoming.staging import Staged
from offsetcheck.web.visit import Shown, Visit
from offsetcheck.web.work.progress import told

SECONDS = {".xlsx": 0.7, ".parquet": 0.7}
SECONDS_EACH, SECONDS_PER_BYTE = 0.03, 1e-6
MOST_PROBLEMS = 200
STORABLE = frozenset(Taken) - {Taken.NOTHING}


class ProblemLine(Shown):
    """One located problem of a file."""

    severity: str
    place: str
    message: str
    hint: str


class ColumnSeenLine(Shown):
    """A column of the file, `at` which place, and what it is read as; `odd` wants a look."""

    at: int
    odd: bool
    heading: str
    nth: int
    field: str | None
    title: str | None
    cells: int
    lost: int
    converted: str | None
    hint: str | None


class RowSeenLine(Shown):
    """A row that is read as an offer or project."""

    line: int
    id: str
    name: str


class FormSeenLine(Shown):
    """What a filled form says of itself."""

    city: str
    purchase: str
    language: str
    day: str
    round: str
    rules: str


class Seen(Shown):
    """A file that waits, as a page shows it."""

    taken: Taken
    problems: tuple[ProblemLine, ...] = ()
    more_problems: int = 0
    errors: int = 0
    account: ReadingLine | None = None
    rows: tuple[RowSeenLine, ...] = ()
    count: int = 0
    sellers: tuple[str, ...] = ()
    form: FormSeenLine | None = None
    kind: str | None = None
    mappable: bool = False
    may_be_paper: bool = False
    columns: tuple[ColumnSeenLine, ...] = ()

    @property
    def storable(self) -> bool:
        """Whether it can be stored as what it is taken for."""
        return self.taken in STORABLE


def request_of(visit: Visit, tender: TenderFolder) -> Request:
    """Return what is asked of a tender today, in the language of the visit."""
    return Request(tender.path, None, visit.today, language=visit.language)


def looked_at(
    visit: Visit, tender: TenderFolder, files: Sequence[Staged]
) -> tuple[tuple[Staged, Seen], ...]:
    """Return files that wait with what is seen of each; what was seen is not looked at again.

    Raises what `wording_of` raises: the purchase comes before its offers.
    """
    known = {one.number: _known(visit, tender, one) for one in files}
    strange = [one for one in files if known[one.number] is None]
    if strange:
        rulebook = rulebook_of(visit.workplace.rules)
        wording = wording_of(request_of(visit, tender), rulebook)
        seconds = sum(map(_seconds, strange)) / len(strange)
        for one in told(strange, len(strange), "web_offers.reading", seconds):
            seen = _look(visit, tender, one, rulebook, wording)
            one.keep_look(_key(visit, tender, one), seen.model_dump(mode="json"))
            known[one.number] = seen
    return tuple((one, found) for one in files if (found := known[one.number]) is not None)


def columns_said(tender: TenderFolder, one: Staged) -> bytes | None:
    """Return what is said of a file's columns: for it, else for the tender's offers."""
    path = tender.path / COLUMNS_FILE
    if one.columns is not None:
        return one.columns
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def day_said(text: str) -> date | None:
    """Return a day that was filled in, None for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _seconds(one: Staged) -> float:
    return SECONDS.get(one.path.suffix, SECONDS_EACH) + one.size * SECONDS_PER_BYTE


def _known(visit: Visit, tender: TenderFolder, one: Staged) -> Seen | None:
    kept = one.look(_key(visit, tender, one))
    return None if kept is None else Seen.model_validate(kept)


def _key(visit: Visit, tender: TenderFolder, one: Staged) -> str:
    """Return what tells whether a file would be seen as it was seen before."""
    columns = sha256(columns_said(tender, one) or b"").hexdigest()
    notes = [_mark(tender.path / name) for name in ("purchase.yaml", "clarifications.yaml")]
    parts = (
        __version__, str(visit.workplace.rules), visit.language, visit.today.isoformat(),
        one.sha256, one.use, one.day, columns, *notes,
    )  # fmt: skip
    return sha256("\n".join(parts).encode()).hexdigest()


def _mark(path: Path) -> str:
    try:
        state = path.stat()
    except OSError:
        return ""
    return f"{state.st_mtime_ns} {state.st_size}"


def _look(
    visit: Visit, tender: TenderFolder, one: Staged, rulebook: Rulebook, wording: Wording
) -> Seen:
    found = look_at(one.path, rulebook, wording)
    columns = columns_said(tender, one)
    if columns is not None and found.mappable and found.taken is not Taken.RECORD:
        found = look_at(one.path, rulebook, wording, Said(columns))
    elif found.taken in {Taken.RECORD, Taken.LEDGER} and one.day:
        found = look_at(one.path, rulebook, wording, Said(day=day_said(one.day)))
    if one.use == Taken.PAPER and found.may_be_paper:
        found = replace(found, taken=Taken.PAPER, problems=(), kind="Excel")
    elif one.use == Taken.OFFERS and found.taken is Taken.RECORD:
        found = look_at(one.path, rulebook, wording, Said(columns, offered=True))
    elif found.taken is Taken.ANSWERS:
        found = _tried(visit, tender, one, rulebook, found)
    return seen_of(found)


def _tried(
    visit: Visit, tender: TenderFolder, one: Staged, rulebook: Rulebook, found: Incoming
) -> Incoming:
    """Return an answered request as it would be taken in: what refuses it is its problem."""
    try:
        with TemporaryDirectory() as aside:
            made = merge_answers(
                request_of(visit, tender), rulebook, one.path, Path(aside, "tried.yaml"),
                received=day_said(one.day),
            )  # fmt: skip
    except OffsetcheckError as error:
        return replace(found, taken=Taken.NOTHING, problems=error.problems)
    return replace(found, problems=made.problems)


def seen_of(found: Incoming) -> Seen:
    """Return what was found in a file as pages show it."""
    shown = found.problems[:MOST_PROBLEMS]
    return Seen(
        taken=found.taken,
        problems=tuple(map(problem_line, shown)),
        more_problems=len(found.problems) - len(shown),
        errors=sum(problem.severity == "error" for problem in found.problems),
        account=found.account,
        rows=tuple(RowSeenLine(**asdict(row)) for row in found.rows),
        count=found.count,
        sellers=found.sellers,
        form=None if found.form is None else FormSeenLine(**asdict(found.form)),
        kind=found.kind,
        mappable=found.mappable,
        may_be_paper=found.may_be_paper,
        columns=tuple(
            ColumnSeenLine(at=at, odd=column.title is None or column.lost > 0, **asdict(column))
            for at, column in enumerate(found.columns)
        ),
    )


def problem_line(problem: Problem) -> ProblemLine:
    """Return a problem as pages show it."""
    return ProblemLine(
        severity=problem.severity.value,
        place=str(problem.place),
        message=problem.message,
        hint=problem.hint or "",
    )
