"""What waits, put into the tender's folder: planned, tried on a copy, then written."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from offsetcheck.api.as_if import EVIDENCE_FOLDER, case_as_if
from offsetcheck.api.clarification import merge_answers
from offsetcheck.api.columns import COLUMNS_FILE
from offsetcheck.api.incoming import Taken
from offsetcheck.api.incoming_place import FORMS, offers_there, with_record
from offsetcheck.vocabulary.problem import OffsetcheckError, Problem
from offsetcheck.web.folder.edits import changing, write
from offsetcheck.web.folder.kept import rulebook_of
from offsetcheck.web.folder.tenders import PURCHASE, TenderFolder, own_folder
from offsetcheck.web.incoming.looks import Seen, day_said, request_of
from offsetcheck.web.incoming.staging import Staged
from offsetcheck.web.visit import RefusedError, Visit, Workplace

Chosen = Sequence[tuple[Staged, Seen]]
TAKEN_NAMES = frozenset(
    {"purchase", "offers", "columns", "clarifications", "evidence", "screening", "reviews",
     "sinks", "decision"}
)  # fmt: skip
"""Names in a tender's folder that mean something else than a registry's list."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something of a plan that cannot be: the file's number, and the sentence by its key."""

    number: str
    key: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """What storing would change: files by name, answers to take in, and what cannot be."""

    changes: dict[str, bytes | Path | None] = field(default_factory=dict)
    answers: list[tuple[Staged, date | None]] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    stored: list[tuple[str, str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)


def state_of(tender: TenderFolder) -> str:
    """Return what a form remembers of a tender's files: what is stored rests on them."""
    digest = sha256()
    for folder in (tender.path, tender.path / FORMS):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                digest.update(
                    f"{path.relative_to(tender.path)}\n{_sha(path)}\n".encode(
                        "utf-8", "surrogateescape"
                    )
                )
    return digest.hexdigest()


def planned(tender: TenderFolder, chosen: Chosen, replace: frozenset[str]) -> Plan:
    """Return what storing some files would change; `replace` are those that may take a place."""
    plan = Plan()
    lists = [one for one, seen in chosen if seen.taken is Taken.OFFERS]
    forms = [one for one, seen in chosen if seen.taken is Taken.FORM]
    plan.wishes += [Wish(one.number, "web_offers.two_lists") for one in lists[1:]]
    if lists and forms:
        plan.wishes.append(Wish(lists[0].number, "web_offers.list_and_forms"))
    for one, seen in chosen:
        goal = _goal(one, seen)
        if goal is None:
            plan.answers.append((one, day_said(one.day)))
            plan.stored.append((one.name, one.sha256))
            continue
        _place(plan, tender, one, goal, may=one.number in replace)
        if seen.taken is Taken.OFFERS and one.columns is not None:
            plan.changes[COLUMNS_FILE] = one.columns
        if seen.taken in {Taken.RECORD, Taken.LEDGER}:
            _name_record(plan, tender, one, goal)
    return plan


def in_the_way(tender: TenderFolder, one: Staged, seen: Seen) -> tuple[str, ...]:
    """Return the files of a tender whose place a file that waits would take."""
    goal = _goal(one, seen)
    return () if goal is None else tuple(_in_the_way(tender, goal))


def _goal(one: Staged, seen: Seen) -> str | None:
    """Return where in the tender a file goes; None for an answer, which is taken in."""
    path = Path(one.name)
    match seen.taken:
        case Taken.OFFERS:
            return f"offers{path.suffix.casefold()}"
        case Taken.FORM:
            return f"{FORMS}/{one.name}"
        case Taken.PAPER:
            return f"{EVIDENCE_FOLDER}/{one.name}"
        case Taken.ANSWERS:
            return None
        case _:
            taken = path.stem.casefold() in TAKEN_NAMES
            return f"list_{one.name}" if taken else one.name


def _place(plan: Plan, tender: TenderFolder, one: Staged, goal: str, *, may: bool) -> None:
    """Put a file into a plan; what stands in its way is taken away only where that was ticked."""
    if goal in plan.changes and plan.changes[goal] is not None:
        plan.wishes.append(Wish(one.number, "web_offers.same_name", {"file": goal}))
        return
    if (same := _same(plan, tender, one, goal)) is not None:
        plan.wishes.append(Wish(one.number, "web_offers.duplicate", {"file": same}))
        return
    in_way = list(_in_the_way(tender, goal))
    if in_way and not may:
        named = ", ".join(in_way)
        plan.wishes.append(Wish(one.number, "web_offers.exists", {"file": named}))
        return
    for name in in_way:
        plan.changes.setdefault(name, None)
    plan.changes[goal] = one.path
    plan.stored.append((goal, one.sha256))


def _in_the_way(tender: TenderFolder, goal: str) -> Iterator[str]:
    """Yield the files whose place a new one takes: a tender has one list, or forms."""
    if (tender.path / goal).exists() or (tender.path / goal).is_symlink():
        yield goal
    is_list, is_form = goal.startswith("offers."), goal.startswith(f"{FORMS}/")
    for name in offers_there(tender.path):
        other_form = name.startswith(f"{FORMS}/")
        if name != goal and (is_list or (is_form and not other_form)):
            yield name


def _same(plan: Plan, tender: TenderFolder, one: Staged, goal: str) -> str | None:
    """Return the name under which the very same bytes are there already, or come twice."""
    kin = goal.rpartition("/")[0]
    for name, said in plan.changes.items():
        if not isinstance(said, Path) or said == one.path or name.rpartition("/")[0] != kin:
            continue
        if _sha(said) == one.sha256:
            return name
    there = [goal, *(name for name in offers_there(tender.path) if goal.startswith("offers"))]
    for name in there:
        path = tender.path / name
        if path.is_file() and _sha(path) == one.sha256:
            return name
    return None


def _name_record(plan: Plan, tender: TenderFolder, one: Staged, goal: str) -> None:
    said = plan.changes.get(PURCHASE)
    text = said if isinstance(said, bytes) else (tender.path / PURCHASE).read_bytes()
    day = day_said(one.day)
    plan.changes[PURCHASE] = with_record(text, goal, day)


def tried(visit: Visit, tender: TenderFolder, plan: Plan) -> tuple[Problem, ...]:
    """Return why a tender could not be read any more with a plan; none where it can."""
    if not plan.changes:
        return ()
    try:
        rulebook = rulebook_of(visit.workplace.rules)
        case_as_if(request_of(visit, tender), rulebook, plan.changes)
    except OffsetcheckError as error:
        return error.problems
    return ()


def store(visit: Visit, tender: TenderFolder, plan: Plan, as_seen: str) -> None:
    """Write what was planned; raises RefusedError (409) where the tender is no longer as shown.

    What is replaced is kept aside in the app's own folder. Answers are taken in as
    `offsetcheck questionnaire merge` does.
    """
    with changing(visit.workplace, tender):
        if state_of(tender) != as_seen:
            raise RefusedError(409, "web.changed_meanwhile", file=tender.name)
        for name, said in plan.changes.items():
            path = tender.path / name
            _keep_old(visit.workplace, tender, path)
            if said is None:
                path.unlink(missing_ok=True)
                continue
            _folder(path.parent, tender)
            write(path, said if isinstance(said, bytes) else said.read_bytes())
        for one, received in plan.answers:
            rulebook = rulebook_of(visit.workplace.rules)
            merge_answers(request_of(visit, tender), rulebook, one.path, received=received)


def _folder(folder: Path, tender: TenderFolder) -> None:
    """Make a folder of the tender; raises RefusedError where a link stands in its place."""
    if folder.is_symlink() or not folder.resolve().is_relative_to(tender.path.resolve()):
        raise RefusedError(409, "web_offers.link", file=folder.name)
    folder.mkdir(exist_ok=True)


def _keep_old(workplace: Workplace, tender: TenderFolder, path: Path) -> None:
    if not path.is_file() or path.is_symlink():
        return
    folder = own_folder(workplace) / "replaced" / tender.name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(path, folder / f"{_sha(path)[:16]}-{path.name}")


def _sha(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
