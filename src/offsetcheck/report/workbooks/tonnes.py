"""Comparable tonnes as a workbook: offers under each treatment, steps, what each read, choices."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from offsetcheck.report.tonnes.page import every_step, steps_once
from offsetcheck.report.workbooks.book import Cell, Column, Cover, Kind, Table, write_book
from offsetcheck.report.workbooks.bounds import both_columns, ends
from offsetcheck.vocabulary.tonnes_explanation import TonnesExplanation, TonnesOffer

Words = Mapping[str, str]
Row = tuple[Cell, ...]
Maker = Callable[[TonnesExplanation, Words], Table]


def tonnes_book(explained: TonnesExplanation, words: Words) -> bytes:
    """Return the comparable tonnes as a workbook, the same bytes for the same explanation."""
    tables = [make(explained, words) for make in SHEETS]
    day = date.fromisoformat(explained.as_of)
    return write_book(_cover(explained, words), tables, day, explained.language)


def _cover(explained: TonnesExplanation, words: Words) -> Cover:
    lines: list[tuple[str, Cell]] = [
        (words["formats.city"], explained.city),
        (words["report.as_of"], explained.as_of),
        (words["tonnes.heading"], explained.remark),
        *_order_lines(explained, words),
        (words["report.rulebook"], f"{explained.rulebook}, {explained.edition}"),
        (words["report.rulebook_hash"], explained.rules_hash),
        (words["report.input"], explained.input_hash),
        (words["report.reproduce"], explained.reproduce),
    ]
    sheet, title = words["formats.sheet_about"], explained.title
    return Cover(sheet, title, lines, words["formats.sheet"], words["formats.rows"])


def _order_lines(explained: TonnesExplanation, words: Words) -> list[tuple[str, Cell]]:
    order, title = explained.order, words["tonnes.page.order"]
    return [] if order is None else [(title, line) for line in (order.words, *order.told)]


def _table(name: str, columns: Iterable[Column], rows: list[Row]) -> Table:
    return Table(name, tuple(columns), len(rows), rows)


def _offers(explained: TonnesExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["report.offer"], Kind.WRAPPED, 36),
        Column(words["tonnes.page.treatment"], width=26),
        *both_columns(words["tonnes.page.offered"], Kind.NUMBER, words),
        *both_columns(words["tonnes.page.comparable"], Kind.NUMBER, words),
        Column(words["tonnes.page.price"], Kind.PRICE, 12),
        *both_columns(words["tonnes.page.price_comparable"], Kind.PRICE, words),
        Column(words["formats.currency"], width=10),
        *both_columns(words["tonnes.book.place"], Kind.COUNT, words),
    )
    places = {
        (column.treatment, one.id): (one.first, one.last)
        for column in (explained.order.columns if explained.order else ())
        for one in column.places
    }
    rows: list[Row] = []
    for offer in explained.offers:
        start, stated = (offer.id, offer.name), ends(offer.stated_price)[0]
        if not offer.waterfalls:
            empty = (None,) * 4
            rows.append((*start, None, *empty, stated, None, None, offer.currency, None, None))
        for fall in offer.waterfalls:
            found = (*ends(offer.offered), *ends(fall.comparable), stated, *ends(fall.price))
            place = places.get((fall.treatment, offer.id), (None, None))
            rows.append((*start, fall.title, *found, offer.currency, *place))
    return _table(words["formats.sheet_offers"], columns, rows)


def _steps(explained: TonnesExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["tonnes.page.treatment"], width=26),
        Column(words["tonnes.page.step"], width=32),
        *both_columns(words["tonnes.page.factor"], Kind.NUMBER, words),
        *both_columns(words["tonnes.page.tonnes"], Kind.NUMBER, words),
        Column(words["tonnes.page.assumed"], Kind.WRAPPED, 24),
        Column(words["tonnes.page.open"], Kind.WRAPPED, 60),
    )
    rows: list[Row] = [
        (offer.id, fall.title, step.title, *ends(step.factor), *ends(step.tonnes),
         ", ".join(step.assumed), step.open)
        for offer in explained.offers
        for fall in offer.waterfalls
        for step in fall.steps
    ]  # fmt: skip
    return _table(words["tonnes.book.sheet_steps"], columns, rows)


def _inputs(explained: TonnesExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["tonnes.page.step"], width=32),
        Column(words["tonnes.page.input"], Kind.WRAPPED, 44),
        Column(words["tonnes.page.value"], Kind.WRAPPED, 24),
        Column(words["tonnes.page.origin"], width=24),
        Column(words["tonnes.book.fields"], Kind.WRAPPED, 44),
    )
    rows = [row for offer in explained.offers for row in _inputs_of(offer, words)]
    return _table(words["tonnes.book.sheet_inputs"], columns, rows)


def _inputs_of(offer: TonnesOffer, words: Words) -> list[Row]:
    """Return what the steps of an offer read and worked out, and each way of an open choice."""
    rows: list[Row] = []
    for step in steps_once(offer):
        start = (offer.id, step.title)
        for read in step.inputs:
            names = ", ".join(read.names)
            rows.append((*start, read.title, read.words, read.origin_words, names))
        made = words["tonnes.page.worked_out"]
        rows += [(*start, one.title, one.value.words, made, None) for one in step.parts]
        way = words["tonnes.page.ways"]
        rows += [(*start, one.words, one.factor.words, way, None) for one in step.options]
    return rows


def _choices(explained: TonnesExplanation, words: Words) -> Table:
    columns = (
        Column(words["tonnes.page.choice"], Kind.WRAPPED, 50),
        Column(words["tonnes.book.parameter"], width=30),
        Column(words["tonnes.page.chosen"], Kind.WRAPPED, 36),
        Column(words["tonnes.page.set_by"], width=20),
        Column(words["tonnes.page.could_be"], Kind.WRAPPED, 80),
    )
    rows: list[Row] = [
        (one.title, one.parameter, one.words, one.layer or words["tonnes.page.nobody"],
         "; ".join(one.options))
        for one in explained.choices
    ]  # fmt: skip
    return _table(words["tonnes.book.sheet_choices"], columns, rows)


def _formulae(explained: TonnesExplanation, words: Words) -> Table:
    columns = (
        Column(words["tonnes.page.step"], width=32),
        Column(words["tonnes.page.acts_under"], Kind.WRAPPED, 30),
        Column(words["tonnes.book.number"], Kind.WRAPPED, 44),
        Column(words["tonnes.page.formula"], Kind.WRAPPED, 80),
        Column(words["tonnes.page.sources"], Kind.WRAPPED, 80),
    )
    rows: list[Row] = []
    for step, treatments in every_step(explained):
        under = ", ".join(treatments) or words["tonnes.page.every_treatment"]
        rows += [(step.title, under, one.title, one.formula, None) for one in step.parts]
        cited = "\n".join(f"{one.words} [{one.standing_words}]" for one in step.sources)
        rows.append((step.title, under, words["tonnes.page.factor"], step.formula, cited))
    return _table(words["tonnes.book.sheet_formulae"], columns, rows)


SHEETS: tuple[Maker, ...] = (_offers, _steps, _inputs, _choices, _formulae)
