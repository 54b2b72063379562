"""Projects that stand in lists under more than one programme by the same name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from offsetcheck.intake.normalise.text import key
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable, Column

FIELD = "other_programmes"
GRADE = EvidenceGrade.E3
"""A name that two lists share is no record of either of them: both may be right."""

SHORTEST_NAME = 12
"""Letters and digits; shorter names such as `Wind Farm 2` are shared by chance."""

Named = tuple[str, object]


class Listed(NamedTuple):
    """A row of a list: its programme, its id and its line."""

    programme: object
    id: str
    line: int


_NOT_LETTERS = re.compile(r"[\W_]+")


def twin_rows(
    table: CandidateTable, listed: CandidateTable, rows: Iterable[int]
) -> Mapping[int, Sequence[int]]:
    """Return, by row of a table, the rows of a list with its name under another programme.

    Both lie in the same country. A transfer from one programme to another is legitimate where the
    crediting periods follow each other: a twin is a question for a person, not a finding.
    """
    those = names_in(listed)
    groups = _groups(those)
    own_names = those if table is listed else names_in(table)
    own_programmes, programmes = values_in(table, "programme"), values_in(listed, "programme")
    found: dict[int, Sequence[int]] = {}
    for row in rows:
        named, own = own_names[row], own_programmes[row]
        if named is None or own is None:
            continue
        others = [at for at in groups.get(named, ()) if programmes[at] != own]
        if others:
            found[row] = others
    return found


def with_twins(table: CandidateTable) -> CandidateTable:
    """Return a list whose rows state the other programmes that have their name; see `twin_rows`.

    A row without a twin states nothing: a list of some programmes cannot show that there is none.
    """
    found = twin_rows(table, table, range(len(table)))
    return stating_twins(table, {row: listed_fact(table, others) for row, others in found.items()})


def stating_twins(table: CandidateTable, facts: Mapping[int, Fact]) -> CandidateTable:
    """Return a list some of whose rows state the other programmes that have their name."""
    others = {name: column for name, column in table.columns.items() if name != FIELD}
    if not facts:
        return replace(table, columns=others)
    values = [facts[row].value if row in facts else None for row in range(len(table))]
    return replace(table, columns={**others, FIELD: Column(values, GRADE, full=facts)})


def listed_fact(listed: CandidateTable, rows: Sequence[int]) -> Fact:
    """Return the programmes of some rows of a list as a fact, the raw text being their ids."""
    programmes = values_in(listed, "programme")
    named = [Listed(programmes[row], listed.ids[row], listed.lines[row]) for row in rows]
    return fact_of(named, listed)


def fact_of(rows: Sequence[Listed], listed: CandidateTable) -> Fact:
    """Return the programmes of some rows, of which a list or a part of it tells, as a fact."""
    return Fact(
        value=tuple(sorted({str(row.programme) for row in rows} - {"None"})),
        grade=GRADE,
        raw=", ".join(row.id for row in rows),
        place=Place(listed.file, rows[0].line, sheet=listed.sheet),
        source=f"{listed.source or listed.file}, by name and country",
    )


def twin_problems(
    offers: CandidateTable, registry: CandidateTable, found: Mapping[int, Sequence[str]]
) -> list[Problem]:
    """Warn of offers whose name a list holds under another programme as well: ids by row."""
    return [
        Problem(
            f"{offers.ids[row]} has the name of {', '.join(ids)} in {registry.file}",
            Place(offers.file, offers.lines[row], sheet=offers.sheet),
            "ask whether both programmes have credited the same years",
            Severity.WARNING,
            kind=f"has a name in {registry.file}",
        )
        for row, ids in sorted(found.items())
    ]


def _groups(names: Iterable[Named | None]) -> Mapping[Named, Sequence[int]]:
    groups: dict[Named, list[int]] = defaultdict(list)
    for row, named in enumerate(names):
        if named is not None:
            groups[named].append(row)
    return groups


def names_in(table: CandidateTable) -> Sequence[Named | None]:
    """Return the name and country of each row as lists compare them, None for a short name."""
    names = values_in(table, "name")
    letters: dict[Value | None, str | None] = {
        name: _letters(name) for name in set(names) if isinstance(name, str)
    }
    found = (letters.get(name) for name in names)
    rows = zip(found, values_in(table, "country"), strict=True)
    return [(name, country) if name is not None else None for name, country in rows]


def _letters(name: str) -> str | None:
    letters = _NOT_LETTERS.sub("", key(name))
    return letters if len(letters) >= SHORTEST_NAME else None


def values_in(table: CandidateTable, name: str) -> Sequence[Value | None]:
    """Return what each row states of a field: nothing where the table has no such column."""
    return table.columns[name].values if name in table.columns else [None] * len(table)
