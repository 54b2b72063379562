"""`sinks.yaml` read: all of its mistakes at once, or the statement that it makes."""

from pathlib import Path

from offsetcheck.ground.canonical import bytes_hash
from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.files.read import read_bytes
from offsetcheck.intake.forms import Form, FormEntry, read_form
from offsetcheck.intake.sinks.checks import check_sink
from offsetcheck.intake.sinks.made import sink_of
from offsetcheck.intake.sinks.model import BoundaryEntry, NeutralityEntry, SinkEntry
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.model import mapping_in
from offsetcheck.vocabulary.forms.scalars import spoken
from offsetcheck.vocabulary.problem import InputError, Place, Problem
from offsetcheck.vocabulary.sinks import Boundary, Neutrality, SinkStatement, UseKind

SINKS = "sinks.yaml"
BOUNDARIES, ENTRIES, NEUTRALITY, NOTE = "boundaries", "sinks", "neutrality", "note"
MOST_SINKS = 500


def read_sinks(folder: Path) -> tuple[SinkStatement, str] | None:
    """Return the sink statement of a tender folder with the SHA-256 of its bytes, None for none.

    Raises InputError with every problem: nothing is balanced with half a statement.
    """
    path = folder / SINKS
    if not (path.is_symlink() or path.exists()):
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError([Problem("the file is a link out of the folder", Place(SINKS))])
    data = read_bytes(path)
    return statement_of(data, SINKS), bytes_hash([data])


def statement_of(data: bytes, file: str) -> SinkStatement:
    """Return the statement that the bytes of a file make; raises InputError with every problem."""
    form = read_form(data, file)
    if form.document.problems:  # what would follow from them is told once they are mended
        raise InputError(form.problems.sorted())
    listed = mapping_in(form.document, form.problems, f"write `{BOUNDARIES}:` and `{ENTRIES}:`")
    form.note_unknown_keys(listed, (NOTE, BOUNDARIES, NEUTRALITY, ENTRIES))
    boundaries = _boundaries(form)
    neutrality = _neutrality(form, boundaries)
    note = _note(form)
    entries = _entries(form, boundaries)
    found = form.problems.sorted()
    if found:
        raise InputError(found)
    sinks = tuple(sink_of(one.said, one.place(())) for one in entries)
    return SinkStatement(boundaries, sinks, neutrality, note)


def _note(form: Form) -> str | None:
    """Return what the statement says of itself, on one line."""
    value = form.document.data.get(NOTE) if isinstance(form.document.data, dict) else None
    if isinstance(value, dict | list):
        message = f"a text is needed here, not {spoken(value)}"
        form.problems.at_value(form.document, (NOTE,), message)
    return None if value is None else " ".join(str(value).split())


def _boundaries(form: Form) -> dict[str, Boundary]:
    """Return the boundaries by id; what names none, itself or a ring of them is noted."""
    _needed(form, BOUNDARIES)
    read = form.entries(BOUNDARIES, BoundaryEntry)
    found: dict[str, Boundary] = {}
    for entry in read:
        said = entry.said
        if said.id in found:
            entry.report("id", f"two boundaries have the id `{said.id}`", "keep one of the two")
        found[said.id] = Boundary(said.id, said.title, said.inside)
    statement = SinkStatement(found, ())
    for entry in read:
        inside = entry.said.inside
        if inside is not None and inside not in found:
            _no_boundary(entry, ("inside",), inside, found)
        elif inside is not None and entry.said.id in statement.around(inside):
            entry.report("inside", "the boundary would lie inside itself", "leave `inside` out")
    return found


def _needed(form: Form, section: str) -> None:
    data = form.document.data
    if isinstance(data, dict) and not data.get(section):
        message = f"the key `{section}` is missing or empty"
        form.problems.at_value(form.document, (section,), message, f"write `{section}:` and a list")


def _neutrality(form: Form, boundaries: dict[str, Boundary]) -> Neutrality | None:
    data = form.document.data
    block = data.get(NEUTRALITY) if isinstance(data, dict) else None
    if block is None:
        return None
    said = form.read(NeutralityEntry, block, (NEUTRALITY,))
    if said is None:
        return None
    entry = FormEntry(form, (NEUTRALITY,), said)
    _check_boundary(entry, ("boundary",), said.boundary, boundaries)
    return Neutrality(said.year, said.emissions_tonnes, said.boundary, said.source)


def _entries(form: Form, boundaries: dict[str, Boundary]) -> list[FormEntry[SinkEntry]]:
    _needed(form, ENTRIES)
    data = form.document.data
    listed = data.get(ENTRIES) if isinstance(data, dict) else None
    if isinstance(listed, list) and len(listed) > MOST_SINKS:
        message = f"{len(listed):,} sinks stand here, at most {MOST_SINKS} can be read"
        form.problems.at_value(form.document, (ENTRIES,), message)
        return []
    read = form.entries(ENTRIES, SinkEntry)
    first: set[str] = set()
    for entry in read:
        if entry.said.id in first:
            entry.report("id", f"two sinks have the id `{entry.said.id}`", "keep one of the two")
        first.add(entry.said.id)
        check_sink(entry)
        _check_boundary(entry, ("boundary",), entry.said.boundary, boundaries)
        _check_uses(entry, boundaries)
    for entry in read:
        _check_apart(entry, first)
    return read


def _check_apart(entry: FormEntry[SinkEntry], known: set[str]) -> None:
    for index, other in enumerate(entry.said.apart_from):
        if other == entry.said.id or other not in known:
            message = f"no other sink has the id `{other}`"
            hint = did_you_mean(other, known - {entry.said.id})
            entry.report(("apart_from", index), message, hint)


def _check_uses(entry: FormEntry[SinkEntry], boundaries: dict[str, Boundary]) -> None:
    """Note a compensation of no boundary, and a sale or claim without whose it is."""
    for index, use in enumerate(entry.said.uses):
        steps: Steps = ("uses", index)
        is_compensation = use.kind == UseKind.COMPENSATION
        needed, unread = ("boundary", "to") if is_compensation else ("to", "boundary")
        if getattr(use, needed) is None:
            hint = f"write `{needed}: …` here"
            entry.report(steps, f"a {use.kind} needs the key `{needed}`", hint)
        if getattr(use, unread) is not None:
            entry.report((*steps, unread), f"a {use.kind} has no `{unread}`", "leave it out")
        if is_compensation and use.boundary is not None:
            _check_boundary(entry, (*steps, "boundary"), use.boundary, boundaries)


def _check_boundary(
    entry: FormEntry[NeutralityEntry] | FormEntry[SinkEntry],
    steps: Steps,
    named: str,
    boundaries: dict[str, Boundary],
) -> None:
    if named not in boundaries:
        message = f"no boundary has the id {spoken(named)}"
        entry.report(steps, message, _near(named, boundaries))


def _no_boundary(
    entry: FormEntry[BoundaryEntry], steps: Steps, named: str, boundaries: dict[str, Boundary]
) -> None:
    entry.report(steps, f"no boundary has the id {spoken(named)}", _near(named, boundaries))


def _near(named: str, boundaries: dict[str, Boundary]) -> str | None:
    return did_you_mean(named, boundaries) or "name it under `boundaries:`"
