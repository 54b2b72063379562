"""The gates of own sinks: what of a sink may count in the inventory's term, and what as an offset.

A gate is yes, no or open and never a factor. Whatever the order of entries and however a sink is
named or cut, a tonne counts once: in the term of own sinks, or as an offset, or for somebody else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from offsetcheck.engine.sink_places import Places, covers, places_of
from offsetcheck.engine.sinks import NetChange, credit_of, net_change
from offsetcheck.vocabulary.balance import (
    NOTHING,
    Because,
    GateFinding,
    GateOutcome,
    SinkAccount,
    SinkGate,
    UseFinding,
)
from offsetcheck.vocabulary.sinks import Sink, SinkStatement, Use, UseKind
from offsetcheck.vocabulary.tonnes import Span


@dataclass(frozen=True, slots=True)
class _Known:
    """What the gates of one sink read: its number, its place among others, and all its uses.

    `repeats` says that another entry of its place counts; it is no offset beside that.
    """

    sink: Sink
    change: NetChange
    credit: float | None
    place: GateFinding
    claims: tuple[Use, ...]
    repeats: bool


def accounts_of(statement: SinkStatement) -> tuple[SinkAccount, ...]:
    """Return what each sink of a statement counts for, in its order."""
    sinks = statement.sinks
    changes = [net_change(one) for one in sinks]
    places = places_of(sinks, changes)
    known = [
        _Known(
            sink,
            changes[index],
            credit_of(sink, changes[index]),
            _place(index, places, sinks, changes),
            _claims(index, places, sinks),
            index in places.same or index in places.later,
        )
        for index, sink in enumerate(sinks)
    ]
    return tuple(_account(one, statement) for one in known)


def _claims(index: int, places: Places, sinks: Sequence[Sink]) -> tuple[Use, ...]:
    """Return the uses of a sink, with those that are stated of the same sink under other names.

    A use that one entry states twice is two; one that another name repeats is the same.
    """
    own = sinks[index].uses
    repeated = (i for i in places.touching.get(index, ()) if i in places.same and i != index)
    others = (use for i in repeated for use in sinks[i].uses if use not in own)
    return (*own, *dict.fromkeys(others))


def _place(
    index: int, places: Places, sinks: Sequence[Sink], changes: Sequence[NetChange]
) -> GateFinding:
    """Return whether a sink is in the statement a second time, as far as it can be seen.

    What gives more than it takes does not go away behind another entry of a part of its place.
    """
    fail, unsure = GateOutcome.SHUT, GateOutcome.OPEN
    is_source = changes[index].tonnes < 0
    if index in places.same:
        stands = unsure if is_source else fail
        return _of_place(stands, Because.SAME_PLACE, sinks[places.same[index]])
    if index in places.later:
        later = sinks[places.later[index]]
        stands = unsure if is_source and not covers(later, sinks[index]) else fail
        return _of_place(stands, Because.LATER_YEARS, later)
    if index in places.alike:
        return _of_place(unsure, Because.LOOKS_ALIKE, sinks[places.alike[index]])
    if index in places.split:
        others = [sinks[i] for i in places.split[index]]
        return _of_place(unsure, Because.LOOKS_SPLIT, *others)
    return GateFinding(SinkGate.ONE_PLACE, GateOutcome.CLEAR, Because.OTHER_EMISSIONS)


def _of_place(outcome: GateOutcome, because: Because, *others: Sink) -> GateFinding:
    names = {"others": ", ".join(one.id for one in others)}
    return GateFinding(SinkGate.ONE_PLACE, outcome, because, names)


def _account(known: _Known, statement: SinkStatement) -> SinkAccount:
    sink, findings = known.sink, []
    if known.place.outcome is not GateOutcome.CLEAR:
        findings.append(known.place)
    claimed = _claimed(known)
    if claimed is not None:
        findings.append(claimed)
    uses = tuple(_use(use, known, claimed, statement) for use in sink.uses)
    counted, why = _counted(known, statement)
    return SinkAccount(
        sink,
        known.change.tonnes,
        known.change.parts,
        known.credit,
        counted,
        (*findings, *why),
        uses,
    )


def _available(known: _Known) -> float:
    """Return the tonnes that uses of a sink can have between them."""
    return max(0.0, known.change.tonnes if known.credit is None else known.credit)


def _asked(use: Use, available: float) -> float:
    return available if use.tonnes is None else use.tonnes


def _claimed(known: _Known) -> GateFinding | None:
    """Return that uses ask for more than a sink has, None where they do not."""
    available = _available(known)
    asked = fsum(_asked(use, available) for use in known.claims)
    whole = sum(use.tonnes is None for use in known.claims)
    twice = whole > 1 or (whole == 1 and len(known.claims) > 1)
    if not twice and asked <= available:
        return None
    names = {"asked": asked, "available": available}
    return GateFinding(SinkGate.ONE_CLAIM, GateOutcome.SHUT, Because.MORE_THAN_THERE_IS, names)


def _is_outside(use: Use, statement: SinkStatement) -> bool:
    """Return whether a use takes tonnes away from the balance, or there is none."""
    balance = statement.neutrality
    if use.kind is not UseKind.COMPENSATION or use.boundary is None or balance is None:
        return True
    return not statement.is_within(use.boundary, balance.boundary)


def _counted(known: _Known, statement: SinkStatement) -> tuple[Span, tuple[GateFinding, ...]]:
    """Return what a sink counts in the inventory's own term of the balance, and why not more."""
    sink, balance = known.sink, statement.neutrality
    if balance is None:
        return NOTHING, ()
    if not sink.in_inventory or not statement.is_within(sink.boundary, balance.boundary):
        gate, outcome = SinkGate.ONCE_IN_A_BOUNDARY, GateOutcome.CLEAR
        return NOTHING, (GateFinding(gate, outcome, Because.NOT_IN_INVENTORY),)
    if known.place.outcome is GateOutcome.SHUT:
        return NOTHING, ()
    tonnes, why = known.change.tonnes, tuple[GateFinding, ...]()
    if tonnes > 0:
        gone = fsum(_asked(u, tonnes) for u in known.claims if _is_outside(u, statement))
        left = max(0.0, tonnes - gone)
        why = (_gone(tonnes - left),) if gone else ()
        tonnes = left
    is_open = known.place.outcome is GateOutcome.OPEN
    return (_perhaps(tonnes) if is_open else Span(tonnes, tonnes)), why


def _gone(tonnes: float) -> GateFinding:
    """Return that tonnes of a sink are in no term because they are used elsewhere."""
    gate, outcome = SinkGate.ONCE_IN_A_BOUNDARY, GateOutcome.CLEAR
    return GateFinding(gate, outcome, Because.USED_ELSEWHERE, {"tonnes": tonnes})


def _perhaps(tonnes: float) -> Span:
    return Span(min(0.0, tonnes), max(0.0, tonnes))


def _use(
    use: Use, known: _Known, claimed: GateFinding | None, statement: SinkStatement
) -> UseFinding:
    """Return what becomes of one use; a sale or a claim of others is nothing of the city's."""
    if use.kind is not UseKind.COMPENSATION or use.boundary is None:
        return UseFinding(use, NOTHING, in_balance=False)
    findings = (_offset(known), _once(known.sink, use.boundary, statement))
    stopped = [known.place, *findings, *([claimed] if claimed else [])]
    in_balance = not _is_outside(use, statement)
    if known.repeats or any(one.outcome is GateOutcome.SHUT for one in stopped):
        return UseFinding(use, NOTHING, in_balance, findings)
    tonnes = _asked(use, _available(known))
    is_open = known.place.outcome is GateOutcome.OPEN
    return UseFinding(
        use, _perhaps(tonnes) if is_open else Span(tonnes, tonnes), in_balance, findings
    )


def _offset(known: _Known) -> GateFinding:
    """Return whether a sink is an offset at all: what it takes up beyond a baseline."""
    gate, sink = SinkGate.REMOVAL_IS_NO_OFFSET, known.sink
    if sink.baseline is None:
        return GateFinding(gate, GateOutcome.SHUT, Because.NO_BASELINE)
    if known.credit is None:
        return GateFinding(gate, GateOutcome.SHUT, Because.NO_LEAKAGE)
    names = {"credit": known.credit}
    if _available(known) <= 0:
        return GateFinding(gate, GateOutcome.SHUT, Because.NOTHING_BEYOND, names)
    return GateFinding(gate, GateOutcome.CLEAR, Because.BEYOND_BASELINE, names)


def _once(sink: Sink, boundary: str, statement: SinkStatement) -> GateFinding:
    """Return whether a sink lies in an inventory whose emissions it is to compensate as well."""
    gate, shared = SinkGate.ONCE_IN_A_BOUNDARY, statement.shared(sink.boundary, boundary)
    if sink.in_inventory and shared is not None:
        names = {"boundary": statement.boundaries[shared].title}
        return GateFinding(gate, GateOutcome.SHUT, Because.COUNTED_IN_INVENTORY, names)
    names = {"boundary": statement.boundaries[boundary].title}
    return GateFinding(gate, GateOutcome.CLEAR, Because.OTHER_EMISSIONS, names)
