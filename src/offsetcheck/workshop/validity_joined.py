"""What becomes of a list's answers when another list is joined: more lists may not know less."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

from offsetcheck.intake.registry.enrich import enrich
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import Cause, Fact
from offsetcheck.vocabulary.table import CandidateTable
from offsetcheck.workshop.markdown import prose


@dataclass(frozen=True, slots=True)
class Change:
    """One field over the shared projects of two lists: what the second one does to the first."""

    gained: int = 0
    narrowed: int = 0
    lost: int = 0
    contradicted: int = 0


def joined_part(dictionary: Dictionary, tables: Mapping[str, CandidateTable]) -> Iterator[str]:
    """Yield what each list changes in the identity fields of each other list."""
    rows = list(_rows(dictionary, tables))
    if not rows:
        return
    yield "## Lists joined"
    yield ""
    yield from prose(
        "Of the projects that both lists hold: how many gain a value that the first did not have, "
        "how many are narrowed from several possible values, how many lose a value, and how many "
        "of these because the lists contradict each other. Looked at are the fields that say what "
        "an offer is; those that nothing changes are not shown."
    )
    yield ""
    yield "| list | joined | shared | field | gained | narrowed | lost | of these contradicted |"
    yield "|---|---|--:|---|--:|--:|--:|--:|"
    yield from rows
    yield ""


def _rows(dictionary: Dictionary, tables: Mapping[str, CandidateTable]) -> Iterator[str]:
    identity = [name for name, field in dictionary.candidate.items() if field.identity]
    for first, second in permutations(tables, 2):
        shared = set(tables[first].ids) & set(tables[second].ids)
        if not shared:
            continue
        joined = enrich(tables[first], tables[second], dictionary)
        changes = {field: _change(tables[first], joined, field, shared) for field in identity}
        found = {f"`{field}`": change for field, change in changes.items() if change != Change()}
        for field, change in (found or {"each of them": Change()}).items():
            yield _row(first, second, len(shared), field, change)


def _row(first: str, second: str, shared: int, field: str, change: Change) -> str:
    numbers = (change.gained, change.narrowed, change.lost, change.contradicted)
    counted = " | ".join(f"{number:,}" for number in numbers)
    return f"| `{first}` | `{second}` | {shared:,} | {field} | {counted} |"


def _change(before: CandidateTable, after: CandidateTable, field: str, shared: set[str]) -> Change:
    gained = narrowed = lost = contradicted = 0
    for row, identity in enumerate(before.ids):
        if identity not in shared or field not in after.columns:
            continue
        then, now = _fact(before, field, row), _fact(after, field, row)
        gained += then.value is None and not then.possible and now.value is not None
        narrowed += bool(then.possible) and now.value is not None
        lost += then.value is not None and now.value is None
        contradicted += then.value is not None and now.cause is Cause.SOURCES_CONTRADICT
    return Change(gained, narrowed, lost, contradicted)


def _fact(table: CandidateTable, field: str, row: int) -> Fact:
    return table.fact(field, row) if field in table.columns else Fact()
