"""What a ledger is: lots of a project's units, each issued, held, retired or cancelled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from offsetcheck.intake.ledgers.serials import Block
from offsetcheck.vocabulary.reading import Reading
from offsetcheck.vocabulary.table import CandidateTable


class LotState(StrEnum):
    """What a ledger says became of the units of a row.

    `issued` is the event, whatever became of the units since; `held` says that they are still
    there. Units that are `converted` were cancelled here to become another registry's.
    """

    ISSUED = "issued"
    HELD = "held"
    RETIRED = "retired"
    CANCELLED = "cancelled"
    CONVERTED = "converted"

    @property
    def gone(self) -> bool:
        """Whether the units can no longer be sold under these serial numbers."""
        return self in {LotState.RETIRED, LotState.CANCELLED, LotState.CONVERTED}


@dataclass(frozen=True, slots=True)
class LedgerLot:
    """The units of one row of a ledger.

    `row` counts from 0 in the ledger's table, which holds what the row says of the project and of
    the lot. `vintages` are the first and last year; `gone_on` is the day of the retirement or
    cancellation. `beneficiary` is for whom: it is compared, and never shown.
    """

    row: int
    project: str
    state: LotState
    tonnes: float | None
    vintages: tuple[int, int] | None = None
    blocks: tuple[Block, ...] = ()
    gone_on: date | None = None
    beneficiary: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """The tonnes that a ledger lists of one project and vintage, by what became of them."""

    issued: float
    held: float
    retired: float
    cancelled: float
    converted: float


@dataclass(frozen=True, slots=True)
class Ledger:
    """A registry's ledger, or a part of one: that it lacks a lot proves nothing.

    `title` says what the file is. `table` has one row a lot, with the facts of grade E1 that the
    row states; its `source`, `file`, `lines` and `reading` are the ledger's. `day` is that of the
    list; None: it is not known. `names_buyers` says whether a column tells for whom.
    """

    title: str
    table: CandidateTable
    lots: Sequence[LedgerLot]
    day: date | None = None
    names_buyers: bool = False

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.table.file

    @property
    def reading(self) -> Reading | None:
        """How the file was read."""
        return self.table.reading


def position(lots: Iterable[LedgerLot]) -> Position:
    """Return what some lots come to."""
    tonnes = dict.fromkeys(LotState, 0.0)
    for lot in lots:
        tonnes[lot.state] += lot.tonnes or 0.0
    return Position(**{state.value: whole for state, whole in tonnes.items()})
