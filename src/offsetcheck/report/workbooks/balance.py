"""The balance of a city's year as a workbook: its terms, sinks, the gates, offers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from offsetcheck.report.workbooks.book import Cell, Column, Cover, Kind, Table, write_book
from offsetcheck.report.workbooks.bounds import both_columns, ends
from offsetcheck.vocabulary.balance_explanation import BalanceExplanation, GateLine, SinkLine

Words = Mapping[str, str]
Row = tuple[Cell, ...]
Maker = Callable[[BalanceExplanation, Words], Table]


def balance_book(explained: BalanceExplanation, words: Words) -> bytes:
    """Return a balance as a workbook, the same bytes for the same explanation."""
    tables = [make(explained, words) for make in SHEETS]
    day = date.fromisoformat(explained.as_of)
    return write_book(_cover(explained, words), tables, day, explained.language)


def _cover(explained: BalanceExplanation, words: Words) -> Cover:
    lines: list[tuple[str, Cell]] = [
        (words["formats.city"], explained.city),
        (words["report.as_of"], explained.as_of),
        (words["sinks.heading"], explained.remark),
        (words["sinks.book.note"], explained.note),
        (words["sinks.book.year"], explained.year),
        (words["sinks.book.boundary"], explained.boundary),
        (words["sinks.book.source"], explained.emissions_source),
        (words["report.rulebook"], f"{explained.rulebook}, {explained.edition}"),
        (words["report.rulebook_hash"], explained.rules_hash),
        (words["report.input"], explained.input_hash),
        (words["sinks.book.sinks_hash"], explained.sinks_hash),
        (words["report.reproduce"], explained.reproduce),
    ]
    lines = [(title, said) for title, said in lines if said is not None]
    sheet, title = words["formats.sheet_about"], explained.title
    return Cover(sheet, title, lines, words["formats.sheet"], words["formats.rows"])


def _table(name: str, columns: Sequence[Column], rows: list[Row]) -> Table:
    return Table(name, tuple(columns), len(rows), rows)


def _terms(explained: BalanceExplanation, words: Words) -> Table:
    columns = (
        Column(words["sinks.book.measure"], Kind.WRAPPED, 40),
        Column(words["sinks.book.sign"], width=8),
        Column(words["sinks.page.term"], Kind.WRAPPED, 44),
        *both_columns(words["sinks.book.tonnes"], Kind.NUMBER, words),
    )
    rows: list[Row] = []
    for terms in explained.terms:
        rows += [(terms.title, one.sign, one.words, *ends(one.tonnes)) for one in terms.lines]
        rows.append((terms.title, None, words["sinks.page.buyable"], *ends(terms.may_be_bought)))
        rows.append(
            (terms.title, None, f"{words['sinks.page.outcome']}: {terms.words}", None, None)
        )
    return _table(words["sinks.book.sheet_terms"], columns, rows)


def _sinks(explained: BalanceExplanation, words: Words) -> Table:
    treatments = next((one.comparable for one in explained.sinks if one.comparable), ())
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["sinks.book.sink"], Kind.WRAPPED, 36),
        Column(words["sinks.book.method"], Kind.WRAPPED, 30),
        Column(words["sinks.book.boundary"], width=20),
        *both_columns(words["sinks.book.change"], Kind.NUMBER, words),
        *both_columns(words["sinks.page.counted"], Kind.NUMBER, words),
        *both_columns(words["sinks.book.credit"], Kind.NUMBER, words),
        *(end for one in treatments for end in both_columns(one.title, Kind.NUMBER, words)),
    )
    rows: list[Row] = [
        (one.id, one.name, one.method_words, one.boundary, *ends(one.change), *ends(one.counted),
         *ends(one.credit), *_left(one, [each.treatment for each in treatments]))
        for one in explained.sinks
    ]  # fmt: skip
    return _table(words["sinks.book.sheet_sinks"], columns, rows)


def _left(sink: SinkLine, treatments: Sequence[str]) -> Iterator[Cell]:
    """Yield what the steps of each treatment leave of a sink, empty where none was taken."""
    found = {one.treatment: one.tonnes for one in sink.comparable}
    for treatment in treatments:
        yield from ends(found.get(treatment))


def _gates(explained: BalanceExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["sinks.book.use"], Kind.WRAPPED, 44),
        *both_columns(words["sinks.book.tonnes"], Kind.NUMBER, words),
        Column(words["sinks.book.gate"], Kind.WRAPPED, 44),
        Column(words["sinks.page.outcome"], width=14),
        Column(words["sinks.book.why"], Kind.WRAPPED, 60),
    )
    rows: list[Row] = []
    for sink in explained.sinks:
        rows += [(sink.id, None, *ends(sink.counted), *_gate(one)) for one in sink.gates]
        for use in sink.uses:
            start = (sink.id, use.words, *ends(use.tonnes))
            rows += [(*start, *_gate(one)) for one in use.gates] or [(*start, None, None, None)]
    for offer in explained.offers:
        rows += [(offer.id, None, *ends(offer.counted), *_gate(one)) for one in offer.gates]
    return _table(words["sinks.book.sheet_gates"], columns, rows)


def _gate(one: GateLine) -> Row:
    return one.title, one.outcome_words, one.words


def _offers(explained: BalanceExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["sinks.page.offer"], Kind.WRAPPED, 36),
        *both_columns(words["sinks.page.offered"], Kind.NUMBER, words),
        *both_columns(words["sinks.page.counted"], Kind.NUMBER, words),
        Column(words["sinks.page.verdict"], Kind.WRAPPED, 36),
    )
    rows: list[Row] = [
        (one.id, one.name, *ends(one.offered), *ends(one.counted), one.verdict_words)
        for one in explained.offers
    ]
    return _table(words["formats.sheet_offers"], columns, rows)


SHEETS: tuple[Maker, ...] = (_terms, _sinks, _gates, _offers)
