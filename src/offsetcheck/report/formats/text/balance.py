"""A balance in lines: its terms by each measure, then each sink, offer and gate."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.report.lines import part, wrapped
from offsetcheck.report.saying import said_day, say
from offsetcheck.vocabulary.balance_explanation import (
    BalanceExplanation,
    BalanceOffer,
    BalanceTerms,
    GateLine,
    GateRule,
    SinkLine,
    SinkUse,
)
from offsetcheck.vocabulary.explained import SourceLine

Words = Mapping[str, str]
DEEP = "    "


def lines(explained: BalanceExplanation, words: Words) -> Iterator[str]:
    """Yield the balance first, then what it rests on."""
    yield f"{explained.title}  {explained.city}, {said_day(explained.as_of, words)}"
    yield from wrapped(explained.remark)
    if explained.note:
        yield from wrapped(say(words, "sinks.note", note=explained.note))
    yield from _year(explained, words)
    for terms in explained.terms:
        yield from part(terms.title, _terms(terms, words))
    for index, sink in enumerate(explained.sinks):
        if not index:
            yield ""
            yield words["sinks.sinks"]
        yield from _sink(sink, words)
    if explained.offers:
        yield from part(words["sinks.offers"], _offers(explained.offers, words))
    yield from part(words["sinks.gates"], _gates(explained.gates, words))


def _year(explained: BalanceExplanation, words: Words) -> Iterator[str]:
    yield ""
    if explained.year is None:
        yield from wrapped(words["sinks.no_year"])
        return
    boundary = explained.boundary or ""
    yield from wrapped(say(words, "sinks.year", year=explained.year, boundary=boundary))
    said = say(words, "sinks.emissions_source", source=explained.emissions_source or "")
    yield from wrapped(said, "  ")


def _terms(terms: BalanceTerms, words: Words) -> Iterator[str]:
    """Yield the terms below each other, numbers to the right, then what they come to."""
    width = max(len(line.tonnes.words) for line in terms.lines)
    for line in terms.lines:
        tonnes = line.tonnes.words.rjust(width)
        yield f"  {say(words, 'sinks.row', sign=line.sign, tonnes=tonnes, words=line.words)}"
    yield from wrapped(terms.words, "  ")
    yield from wrapped(terms.may_be_bought_words, "  ")


def _sink(sink: SinkLine, words: Words) -> Iterator[str]:
    yield from wrapped(say(words, "sinks.sink", id=sink.id, name=sink.name), "  ")
    yield from wrapped(sink.change_words, DEEP)
    for one in sink.parts:
        said = say(words, "sinks.part", tonnes=one.tonnes.words, name=one.name)
        yield from wrapped(said, f"{DEEP}  ")
    yield from wrapped(say(words, "sinks.formula", formula=sink.formula), DEEP)
    yield from _sources(sink.sources, words)
    yield from wrapped(say(words, "sinks.counted", tonnes=sink.counted.words), DEEP)
    yield from _measure(sink, words)
    if sink.credit is not None:
        yield from wrapped(say(words, "sinks.credit", tonnes=sink.credit.words), DEEP)
    for gate in sink.gates:
        yield from _gate(gate, words, DEEP)
    for use in sink.uses:
        yield from _use(use, words)


def _measure(sink: SinkLine, words: Words) -> Iterator[str]:
    """Yield what the steps leave of a sink, or why none was taken."""
    if not sink.comparable:
        yield from wrapped(words["sinks.source_only"], DEEP)
        return
    said = words["sinks.no_error"]
    if sink.relative_error is not None:
        said = say(words, "sinks.error", share=sink.relative_error.words)
    yield from wrapped(said, DEEP)
    yield from wrapped(words["sinks.measured_lead"], DEEP)
    for one in sink.comparable:
        key = "sinks.measured_chosen" if one.chosen else "sinks.measured"
        said = say(words, key, title=one.title, tonnes=one.tonnes.words)
        yield from wrapped(said, f"{DEEP}  ")


def _use(use: SinkUse, words: Words) -> Iterator[str]:
    said = say(words, "sinks.use_line", words=use.words, tonnes=use.tonnes.words)
    yield from wrapped(said, DEEP)
    for gate in use.gates:
        yield from _gate(gate, words, f"{DEEP}  ")


def _gate(gate: GateLine, words: Words, indent: str) -> Iterator[str]:
    said = say(
        words, "sinks.gate_line", outcome=gate.outcome_words, title=gate.title, words=gate.words
    )
    yield from wrapped(said, indent)


def _offers(offers: Sequence[BalanceOffer], words: Words) -> Iterator[str]:
    for offer in offers:
        said = say(words, "sinks.offer_none", id=offer.id)
        if offer.offered is not None:
            counted = offer.counted.words
            said = say(
                words,
                "sinks.offer",
                id=offer.id,
                offered=offer.offered.words,
                counted=counted,
                verdict=offer.verdict_words,
            )
        yield from wrapped(said, "  ")
        for gate in offer.gates:
            yield from _gate(gate, words, DEEP)


def _gates(gates: Sequence[GateRule], words: Words) -> Iterator[str]:
    for gate in gates:
        yield from wrapped(gate.title, "  ")
        yield from wrapped(gate.why, DEEP)
        yield from _sources(gate.sources, words)


def _sources(sources: Sequence[SourceLine], words: Words) -> Iterator[str]:
    for one in sources:
        said = say(words, "sinks.source", words=one.words, standing=one.standing_words)
        yield from wrapped(said, DEEP)
