"""Offers joined to a registry's list by project id: the better grade counts, both are kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.normalise.text import shown
from offsetcheck.intake.registry.twins import FIELD, listed_fact, twin_problems, twin_rows
from offsetcheck.intake.tables.amend import amended, stated
from offsetcheck.intake.tables.facts import (
    GATHERED,
    LATEST,
    PROSE,
    alternatives,
    combined,
    contradict,
    is_unread,
    same,
)
from offsetcheck.intake.tables.identities import base_id
from offsetcheck.intake.tender.lots import overdrawn
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Fact, Value
from offsetcheck.vocabulary.problem import Counted, Place, Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable

MOST_OFFERS = 500
"""Rows; no bid sheet is as long, and a registry's list beside another is not read cell by cell."""

LATER_COUNTS = "the later of the two records counts"


@dataclass(frozen=True, slots=True)
class _Join:
    """Which row of the registry's list each row of the offers is."""

    offers: CandidateTable
    registry: CandidateTable
    rows: Mapping[int, int]

    @property
    def is_short(self) -> bool:
        """Whether the offers are told of row by row."""
        return len(self.offers) <= MOST_OFFERS and not self.offers.is_part


def enrich(
    table: CandidateTable, registry: CandidateTable, dictionary: Dictionary
) -> CandidateTable:
    """Return offers with the facts that a registry's list has of the same projects.

    Call it once per list. A registry's value counts before the seller's; the seller's stays in
    `Fact.others`, with a warning where it differs. Two lists that differ make the field unknown,
    `sources_contradict`, unless the field moves with time and both state their day: then the later
    record counts, with a note. An offer that the list does not hold, one whose name it holds under
    another programme too, lots of more tonnes than the ledger has left, and what is odd about the
    list as a whole are warnings. What a list says of a moving field and cannot be read makes the
    field unknown.
    """
    join = _Join(table, registry, _matches(table, registry))
    facts = {
        name: {
            row: _fact(join, name, row, moves=dictionary.candidate[name].moves)
            for row in join.rows
            if _says(join, name, row, moves=dictionary.candidate[name].moves)
        }
        for name in registry.columns
        if name in dictionary.candidate
    }
    strangers = twin_rows(table, registry, [r for r in range(len(table)) if r not in join.rows])
    if FIELD in dictionary.candidate:
        facts[FIELD] = {**facts.get(FIELD, {}), **_listed(join, strangers)}
    problems = [*_of_whole_list(registry), *_unmatched(join), *_differences(join, facts)]
    problems += _unread(join, facts)
    if join.is_short:
        problems += twin_problems(table, registry, _twin_ids(join, strangers))
    enriched = amended(table, facts, problems)
    return amended(enriched, {}, overdrawn(enriched))


def _listed(join: _Join, strangers: Mapping[int, Sequence[int]]) -> dict[int, Fact]:
    """Return what a list says of offers that it holds under another programme only."""
    return {
        row: combined(FIELD, (stated(join.offers, FIELD, row), listed_fact(join.registry, at)))
        for row, at in strangers.items()
    }


def _twin_ids(join: _Join, strangers: Mapping[int, Sequence[int]]) -> dict[int, tuple[str, ...]]:
    within = twin_rows(join.registry, join.registry, join.rows.values())
    held = {row: within[at] for row, at in join.rows.items() if at in within}
    return {
        row: tuple(join.registry.ids[at] for at in found)
        for row, found in {**held, **strangers}.items()
    }


def _matches(table: CandidateTable, registry: CandidateTable) -> dict[int, int]:
    index = {identity: row for row, identity in reversed(list(enumerate(registry.ids)))}
    found = ((row, index.get(base_id(identity))) for row, identity in enumerate(table.ids))
    return {row: match for row, match in found if match is not None}


def _says(join: _Join, name: str, row: int, *, moves: bool) -> bool:
    column, at = join.registry.columns[name], join.rows[row]
    said = column.values[at] is not None or at in column.full
    return said or (moves and is_unread(join.registry.fact(name, at)))


def _fact(join: _Join, name: str, row: int, *, moves: bool) -> Fact:
    theirs = join.registry.fact(name, join.rows[row])
    ours = stated(join.offers, name, row)
    if not alternatives(ours) and not ours.others and not is_unread(ours):
        return theirs
    return combined(name, (ours, theirs), moves=moves)


def _of_whole_list(registry: CandidateTable) -> Iterator[Problem]:
    """Yield what a list itself says wrong: what no row bears, and each value that was lost."""
    return (
        problem
        for problem in registry.problems
        if problem.place.line is None or problem.severity is Severity.ERROR
    )


def _unread(join: _Join, facts: Mapping[str, Mapping[int, Fact]]) -> Iterator[Problem]:
    """Yield, at the first offer of each field, that the list says of it what cannot be read."""
    for name, changed in facts.items():
        rows = [row for row, fact in changed.items() if is_unread(fact)]
        if rows:
            raw = shown(changed[rows[0]].raw or "")
            said = f"{join.registry.file} says {raw} of {join.offers.ids[rows[0]]}"
            unknown = f" for {name}, which is not known; the field counts as unknown"
            more = f" (and {len(rows) - 1:,} more)" if rows[1:] else ""
            halves = (f"{said} (and ", f" more){unknown}")
            yield Problem(
                f"{said}{more}{unknown}",
                _place(join.offers, rows[0], name),
                "look up in the registry what it means",
                Severity.WARNING,
                counted=Counted(
                    f"{join.registry.file} unread", len(rows), said + unknown, halves, besides=1
                ),
            )


def _unmatched(join: _Join) -> Iterator[Problem]:
    """Yield the offers that a list lacks and should hold; those of other programmes are counted."""
    programmes = _programmes(join.registry)
    missing = [row for row in range(len(join.offers)) if row not in join.rows]
    owed = [r for r in missing if stated(join.offers, "programme", r).value in programmes]
    if others := len(missing) - len(owed):
        programme = "of a programme that this list does not hold"
        one, halves = f"1 offer is {programme}", ("", f" offers are {programme}")
        counted = Counted(programme, others, one, halves)
        message = one if others == 1 else f"{others:,}".join(halves)
        place = Place(join.registry.file)
        yield Problem(message, place, None, Severity.NOTE, counted=counted)
    for row in owed:
        identity = join.offers.ids[row]
        said = f"is not in {join.registry.file} and is judged without it"
        yield Problem(
            f"{base_id(identity)} {said}",
            _place(join.offers, row, "id"),
            _hint(join, identity),
            Severity.WARNING,
            kind=said,
        )


def _programmes(registry: CandidateTable) -> set[Value | None]:
    """Return the programmes whose projects a list holds, and None: the one that is not stated."""
    values = registry.columns["programme"].values if "programme" in registry.columns else ()
    return {*values, None}


def _hint(join: _Join, identity: str) -> str | None:
    if not join.is_short:
        return None
    return did_you_mean(identity, _near(identity, join.registry))


def _near(identity: str, registry: CandidateTable) -> list[str]:
    """Return ids that may be meant; comparing with every one of a long list would take seconds."""
    same_length = [known for known in registry.ids if len(known) == len(identity)]
    return [known for known in same_length if known[:-2] == identity[:-2]]


def _differences(join: _Join, facts: Mapping[str, Mapping[int, Fact]]) -> list[Problem]:
    """Return one problem per differing cell of a bid sheet, per differing field of a long list."""
    found = {
        name: [row for row in changed if _differ(join, name, row)]
        for name, changed in facts.items()
        if name not in PROSE | LATEST | GATHERED
    }
    if join.is_short:
        return [
            _difference(join, name, row, facts[name][row])
            for name, rows in found.items()
            for row in rows
        ]
    return [
        problem for name, rows in found.items() for problem in _many(join, name, rows, facts[name])
    ]


def _differ(join: _Join, name: str, row: int) -> bool:
    if name not in join.offers.columns:
        return False
    ours = join.offers.columns[name].values[row]
    theirs = join.registry.columns[name].values[join.rows[row]]
    if ours is not None and theirs is not None:
        return not same(ours, theirs)
    at = join.rows[row]
    return contradict(stated(join.offers, name, row), join.registry.fact(name, at))


def _many(join: _Join, name: str, rows: list[int], facts: Mapping[int, Fact]) -> Iterator[Problem]:
    moved = [row for row in rows if _moved(join, name, row, facts[row])]
    contradicted = sorted(set(rows) - set(moved))
    file = join.registry.file
    if contradicted:
        halves = (f"{file} contradicts ", f" rows on {name}")
        told = _counted(f"{file} contradicts", len(contradicted), halves)
        place = _place(join.offers, contradicted[0], name)
        yield Problem(told.one, place, None, Severity.WARNING, counted=told)
    if moved:
        halves = (f"{file} has another {name} in ", " rows")
        told = _counted(f"{file} has another", len(moved), halves)
        place = _place(join.offers, moved[0], name)
        yield Problem(told.one, place, LATER_COUNTS, Severity.NOTE, counted=told)


def _counted(what: str, number: int, halves: tuple[str, str]) -> Counted:
    return Counted(what, number, f"{number:,}".join(halves), halves)


def _moved(join: _Join, name: str, row: int, fact: Fact) -> bool:
    """Return whether two records of one grade differ and one counts: it is the later one."""
    ours, theirs = stated(join.offers, name, row), join.registry.fact(name, join.rows[row])
    return ours.grade == theirs.grade and fact.value is not None


def _difference(join: _Join, name: str, row: int, fact: Fact) -> Problem:
    ours, theirs = stated(join.offers, name, row), join.registry.fact(name, join.rows[row])
    moved = _moved(join, name, row, fact)
    says = f"{'differs from' if moved else 'contradicts'} {join.registry.file} on {name}"
    return Problem(
        f"{join.offers.ids[row]} {says}: {_all_said(ours)} here, {_all_said(theirs)} there",
        ours.place or _place(join.offers, row, name),
        LATER_COUNTS if moved else _counts(fact),
        Severity.NOTE if moved else Severity.WARNING,
        kind=says,
    )


def _counts(fact: Fact) -> str:
    if fact.value is None:
        return "the two are of equal weight, so the field counts as unknown"
    return "the source of the better grade counts"


def _all_said(fact: Fact) -> str:
    return " or ".join(_said(value) for value in alternatives(fact))


def _said(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, float) and abs(value) < 10**6 else str(value)


def _place(table: CandidateTable, row: int, name: str) -> Place:
    header = table.columns[name].header if name in table.columns else None
    return Place(table.file, table.lines[row], sheet=table.sheet, field=header)
