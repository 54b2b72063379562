"""A city's own sinks in words: how each was found, its gates, and what steps leave of it."""

from collections.abc import Iterable, Iterator

from offsetcheck.explain.quantity import number_words
from offsetcheck.explain.sources import source_line
from offsetcheck.explain.tonnes.bounds import SHARE, TONNES, bounds_line
from offsetcheck.explain.tonnes.explain import waterfalls_of
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.rules import source
from offsetcheck.rulebook.rules.model import SourceEntry
from offsetcheck.rulebook.sinks.model import SinkRules
from offsetcheck.rulebook.tonnes.binding import BoundSteps
from offsetcheck.vocabulary.balance import GateFinding, MeasuredSink, SinkAccount, UseFinding
from offsetcheck.vocabulary.balance_explanation import (
    GateLine,
    GateRule,
    MeasuredLine,
    SinkLine,
    SinkPart,
    SinkUse,
)
from offsetcheck.vocabulary.explained import SourceLine
from offsetcheck.vocabulary.sinks import (
    Flux,
    ForestAndTrees,
    Sink,
    SinkStatement,
    StockDifference,
)
from offsetcheck.vocabulary.tonnes import Span
from offsetcheck.vocabulary.tonnes_explanation import BoundsLine

ERROR = "relative_error"  # a part of the step of uncertainty


def sink_line(
    one: MeasuredSink,
    statement: SinkStatement,
    rules: SinkRules,
    steps: BoundSteps,
    wording: Wording,
) -> SinkLine:
    """Return one sink explained."""
    account, sink = one.account, one.account.sink
    method = rules.methods[sink.method]
    where = _where(sink, wording)
    change = _exact(account.change, wording)
    named = wording.word(f"sinks.method.{sink.method.value}")
    falls = () if one.made is None else waterfalls_of(one.made, steps, wording)
    return SinkLine(
        id=sink.id,
        name=sink.name,
        method=sink.method.value,
        method_words=named,
        formula=wording.word(f"sinks.formula_of.{sink.method.value}"),
        sources=_sources(method.sources, wording),
        where=where,
        boundary=statement.boundaries[sink.boundary].title,
        in_inventory=sink.in_inventory,
        parts=tuple(_parts(account, wording)),
        change=change,
        change_words=wording.word("sinks.change", tonnes=change.words, method=named, where=where),
        relative_error=_error(one, wording),
        credit=None if account.credit is None else _exact(account.credit, wording),
        counted=bounds_line(account.counted, TONNES, wording),
        comparable=tuple(_measured(one, steps, wording)),
        waterfalls=falls,
        gates=gate_lines(account.findings, wording),
        uses=tuple(_use(use, statement, wording) for use in account.uses),
    )


def gate_rules(rules: SinkRules, wording: Wording) -> tuple[GateRule, ...]:
    """Return every gate with what it asks and rests on."""
    return tuple(
        GateRule(
            gate=gate.value,
            title=wording.word(f"sinks.gate.{gate.value}"),
            why=wording.word(f"sinks.gate_why.{gate.value}"),
            sources=_sources(file.sources, wording),
        )
        for gate, file in rules.gates.items()
    )


def gate_lines(findings: Iterable[GateFinding], wording: Wording) -> tuple[GateLine, ...]:
    """Return gates in words, each with the reason why it stands as it does."""
    return tuple(_gate(one, wording) for one in findings)


def _gate(one: GateFinding, wording: Wording) -> GateLine:
    names = {
        name: value if isinstance(value, str) else _exact(value, wording).words
        for name, value in one.names.items()
    }
    return GateLine(
        gate=one.gate.value,
        title=wording.word(f"sinks.gate.{one.gate.value}"),
        outcome=one.outcome.value,
        outcome_words=wording.word(f"sinks.outcome.{one.outcome.value}"),
        words=wording.word(f"sinks.because.{one.because.value}", **names),
    )


def _sources(entries: Iterable[SourceEntry], wording: Wording) -> tuple[SourceLine, ...]:
    return tuple(source_line(source(one), wording) for one in entries)


def _exact(tonnes: float, wording: Wording) -> BoundsLine:
    return bounds_line(Span(tonnes, tonnes), TONNES, wording)


def _where(sink: Sink, wording: Wording) -> str:
    pools = "; ".join(wording.value("carbon_pools", (one.value,)) for one in sink.pools)
    area = number_words(sink.area_ha, wording.locale)
    return wording.word(
        "sinks.where", first=str(sink.since), last=str(sink.until), area=area, pools=pools
    )


def _parts(account: SinkAccount, wording: Wording) -> Iterator[SinkPart]:
    """Yield the parts of a net change; names that the statement gives stay as they are."""
    found = account.sink.found
    for index, (name, tonnes) in enumerate(account.parts):
        said = name
        if isinstance(found, StockDifference):
            said = wording.word("sinks.stock", year=name)
        elif isinstance(found, Flux):
            said = wording.word(f"sinks.flow.{name}")
        elif isinstance(found, ForestAndTrees) and index < len(found.lands):
            said = wording.word(f"sinks.category.{name}")
        yield SinkPart(name=said, tonnes=_exact(tonnes, wording))


def _error(one: MeasuredSink, wording: Wording) -> BoundsLine | None:
    """Return the standard error as a share of the change, as the step of uncertainty has it."""
    if one.made is None or one.account.sink.uncertainty is None:
        return None
    parts = (step.parts for fall in one.made.waterfalls for step in fall.steps)
    found = next((named[ERROR] for named in parts if ERROR in named), None)
    return None if found is None else bounds_line(found, SHARE, wording)


def _measured(one: MeasuredSink, steps: BoundSteps, wording: Wording) -> Iterator[MeasuredLine]:
    for fall in () if one.made is None else one.made.waterfalls:
        yield MeasuredLine(
            treatment=fall.treatment.value,
            title=wording.word(f"tonnes.treatment.{fall.treatment.value}"),
            chosen=steps.chosen is fall.treatment,
            tonnes=bounds_line(fall.comparable, TONNES, wording),
        )


def _use(one: UseFinding, statement: SinkStatement, wording: Wording) -> SinkUse:
    use = one.use
    whom = statement.boundaries[use.boundary].title if use.boundary else use.to or ""
    amount = (
        wording.word("sinks.whole")
        if use.tonnes is None
        else wording.word("sinks.amount", tonnes=_exact(use.tonnes, wording).words)
    )
    return SinkUse(
        kind=use.kind.value,
        words=wording.word(f"sinks.use.{use.kind.value}", whom=whom, amount=amount),
        tonnes=bounds_line(one.tonnes, TONNES, wording),
        in_balance=one.in_balance,
        gates=gate_lines(one.findings, wording),
    )
