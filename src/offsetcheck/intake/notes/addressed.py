"""What notes of officers have in common: which offers they mean, and whether their day counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.intake.forms import FormEntry
from offsetcheck.intake.tables.amend import stated
from offsetcheck.intake.tables.facts import same
from offsetcheck.intake.tables.identities import base_id, rows_named
from offsetcheck.vocabulary.table import CandidateTable

NAME_ONE = "name the one that is meant"
TELLING = ("seller", "serials")
"""What tells the lots of one project apart, whichever row they stand in."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Which notes count: those of `until` at the latest and not from before the offers were there.

    `reviewable` says of each rule whether a person's review of it counts; None: any is taken.
    """

    until: date | None = None
    since: date | None = None
    reviewable: Mapping[str, bool] | None = None

    def counts(self, entry: FormEntry[Any], effect: str) -> bool:
        """Whether a note's day `on` lets it count; where not, that is noted with its effect."""
        on: date = entry.said.on
        if self.until is not None and on > self.until:
            said = f"the entry is of {on}, after the day of judgement, {self.until}: {effect}"
            entry.report("on", said)
            return False
        if self.since is not None and on < self.since:
            said = (
                f"the entry is of {on}, before the offers were received on {self.since}: {effect}"
            )
            entry.report("on", said, "look again, and state that day")
            return False
        return True


@dataclass(frozen=True, slots=True)
class TellingFields:
    """What an entry says of the lot that its paper is about: the telling fields that it states."""

    telling: Mapping[str, str] = field(default_factory=dict)

    def is_of(self, table: CandidateTable, row: int) -> bool:
        """Whether an offer's row says the same."""
        return not any(self.differs(table, row))

    def differs(self, table: CandidateTable, row: int) -> Iterator[tuple[str, str, str]]:
        """Yield each field on which a row says otherwise: its name, what the entry and it say."""
        for name, text in self.telling.items():
            offered = stated(table, name, row).value
            if not same(text, offered):
                yield name, text, "nothing" if offered is None else str(offered)


def offers_named(
    entry: FormEntry[Any], key: str, names: Iterable[str], table: CandidateTable
) -> Iterator[int]:
    """Yield the row of each offer that an entry names under a key.

    What names no offer, or a project that several sellers offer, is noted and counts for none.
    """
    for name in names:
        rows = rows_named(name, table.ids)
        if len(rows) == 1:
            yield rows[0]
        elif rows:
            report_several(entry, key, name, _listed(rows, table))
        else:
            hint = did_you_mean(name, table.ids) or f"the offers stand in {table.file}"
            entry.report(key, f"there is no offer `{name}`", hint)


def lots_named(
    entry: FormEntry[Any], key: str, names: Iterable[str], table: CandidateTable, lot: TellingFields
) -> Iterator[int]:
    """Yield the row of each offer that an entry names, where it is of the lot that it speaks of.

    Where a project is offered more than once, the entry has to say which lot it means; where the
    row says otherwise than the entry, the entry lapses. Both are noted.
    """
    for name in names:
        rows = rows_named(name, table.ids)
        if not rows:
            yield from offers_named(entry, key, (name,), table)
            continue
        lots = _siblings(rows[0], table)
        if not lot.telling and any(_differ(table, lots, tells) for tells in TELLING):
            report_several(
                entry, key, name, _listed(lots, table), "state its `seller` or `serials`"
            )
            continue
        fitting = [row for row in rows if lot.is_of(table, row)]
        if len(fitting) == 1:
            yield fitting[0]
        elif fitting:
            report_several(entry, key, name, _listed(fitting, table), "state its `serials`")
        else:
            _report_other_lot(entry, rows[0], table, lot)


def telling_of(row: int, table: CandidateTable) -> dict[str, str]:
    """Return what tells an offer's row from the other lots of its project."""
    lots = _siblings(row, table)
    return {
        name: str(stated(table, name, row).value)
        for name in TELLING
        if _differ(table, lots, name) and stated(table, name, row).value is not None
    }


def report_several(
    entry: FormEntry[Any], key: str, name: str, offers: str, hint: str = NAME_ONE
) -> None:
    """Note that a name stands for several offers, so that the entry counts for none of them."""
    entry.report(key, f"`{name}` may be {offers}: the entry counts for none of them", hint)


def _listed(rows: Sequence[int], table: CandidateTable) -> str:
    return " and ".join(f"{table.ids[row]} (line {table.lines[row]})" for row in rows)


def _siblings(row: int, table: CandidateTable) -> list[int]:
    project = base_id(table.ids[row])
    return [at for at, identity in enumerate(table.ids) if base_id(identity) == project]


def _differ(table: CandidateTable, rows: Sequence[int], name: str) -> bool:
    first = stated(table, name, rows[0]).value
    return any(not same(first, stated(table, name, row).value) for row in rows[1:])


def _report_other_lot(
    entry: FormEntry[Any], row: int, table: CandidateTable, lot: TellingFields
) -> None:
    for name, text, offered in lot.differs(table, row):
        message = (
            f"{table.ids[row]} says {offered} for {name}, the entry {text}: "
            "the entry lapses and its fields stay the seller's own word (E4)"
        )
        entry.report(name, message)
