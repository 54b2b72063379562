"""An award view as a workbook: what it is, offers, sets, what holds them, reserves, limits."""

from collections.abc import Callable, Mapping
from datetime import date

from offsetcheck.report.award_rows import named_sets, offers_of, taken_of
from offsetcheck.report.saying import say
from offsetcheck.report.signs import verdict_sign
from offsetcheck.report.workbooks.book import Cell, Column, Cover, Kind, Table, write_book
from offsetcheck.report.workbooks.bounds import both_columns, ends
from offsetcheck.vocabulary.award import AwardExplanation, AwardOffer

POINTS = 1000  # thousandths of a point in one
Words = Mapping[str, str]
Row = tuple[Cell, ...]
Maker = Callable[[AwardExplanation, Words], Table]


def award_book(award: AwardExplanation, words: Words) -> bytes:
    """Return the award view as a workbook, the same bytes for the same view."""
    tables = [make(award, words) for make in SHEETS]
    day = date.fromisoformat(award.audit.as_of)
    return write_book(_cover(award, words), tables, day, award.language)


def _cover(award: AwardExplanation, words: Words) -> Cover:
    audit = award.audit
    lines: list[tuple[str, Cell]] = [
        (words["formats.city"], award.city),
        (words["report.as_of"], audit.as_of),
        (words["report.purchase"], award.verdict.words),
        (words["award.summary"], " ".join(award.summary)),
        *((words["award.relax"], line) for line in award.relax),
        *((words["award.changes"], line) for line in award.changes),
        *([(words["tonnes.heading"], award.compared)] if award.compared else []),
        *((words["award.notes"], line) for line in (*award.notes, award.refused_words)),
        *((words["award.apart"], f"{line.id}: {line.words}") for line in award.apart),
        (words["report.rulebook"], f"{audit.rulebook}, {audit.edition}"),
        (words["report.rulebook_hash"], audit.rulebook_hash),
        (words["report.input"], audit.input_hash),
        (words["report.result"], audit.result_hash),
        (words["report.engine"], f"offsetcheck {audit.engine_version}"),
        (words["report.reproduce"], audit.reproduce),
        (words["report.limits"], " ".join(award.tool_limits)),
    ]
    return Cover(
        words["formats.sheet_about"],
        award.title,
        lines,
        words["formats.sheet"],
        words["formats.rows"],
    )


def _titles(award: AwardExplanation, words: Words) -> dict[str, str]:
    """Return what each set is called in a heading, by its name among all sets."""
    met = {id(made) for made in award.with_conditions}
    return {
        name: say(words, "award.set_if_met", set=made.title) if id(made) in met else made.title
        for name, made in named_sets(award)
    }


def _offers(award: AwardExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["report.offer"], Kind.WRAPPED, 36),
        Column(words["report.verdict"], width=26),
        Column(words["report.place"], width=16),
        Column(words["award.grade"], width=10),
        Column(words["formats.integrity_lowest"], Kind.SCORE, 11),
        Column(words["formats.integrity_highest"], Kind.SCORE, 11),
        Column(words["report.tonnes"], Kind.NUMBER, 12),
        Column(words["report.price"], Kind.MONEY, 12),
        Column(words["award.cost"], Kind.MONEY, 14),
        Column(words["formats.currency"], width=10),
        *_compared_columns(award, words),
        *(Column(title, Kind.COUNT, 12) for title in _titles(award, words).values()),
        Column(words["report.conditions"], Kind.WRAPPED, 60),
        Column(words["award.column_open"], Kind.WRAPPED, 50),
    )
    rows = [_offer(award, line) for line in offers_of(award)]
    return Table(words["formats.sheet_offers"], columns, len(rows), rows)


def _compared_columns(award: AwardExplanation, words: Words) -> tuple[Column, ...]:
    """Return the columns of comparable tonnes, where the purchase announced them."""
    if award.compared is None:
        return ()
    tonnes, price = words["tonnes.page.comparable"], words["tonnes.page.price_comparable"]
    return (
        *both_columns(tonnes, Kind.NUMBER, words),
        *both_columns(price, Kind.MONEY, words),
    )


def _compared(award: AwardExplanation, line: AwardOffer) -> Row:
    if award.compared is None:
        return ()
    known = line.comparable
    return (*ends(known.tonnes if known else None), *ends(known.price if known else None))


def _offer(award: AwardExplanation, line: AwardOffer) -> Row:
    return (
        line.id,
        line.name,
        f"{verdict_sign(line.verdict.verdict)} {line.verdict.words}",
        line.place_words,
        line.grade,
        line.integrity[0] / POINTS,
        line.integrity[1] / POINTS,
        line.tonnes,
        float(line.price),
        float(line.cost),
        award.currency,
        *_compared(award, line),
        *(taken_of(made, line.id) for _, made in named_sets(award)),
        "\n".join(line.conditions),
        line.words or line.open_words,
    )


def _holds(award: AwardExplanation, words: Words) -> Table:
    columns = (
        Column(words["award.one_set"], width=40),
        Column(words["award.holds"], Kind.WRAPPED, 90),
    )
    titles = _titles(award, words)
    rows: list[Row] = [
        (titles[name], held)
        for name, made in named_sets(award)
        for held in made.holds or (made.holds_words,)
    ]
    return Table(words["award.sheet_holds"], columns, len(rows), rows)


def _reserve(award: AwardExplanation, words: Words) -> Table:
    columns = (
        Column(words["award.one_set"], width=40),
        Column(words["report.place"], Kind.COUNT, 8),
        Column(words["formats.id"], width=16),
        Column(words["report.offer"], Kind.WRAPPED, 36),
        Column(words["award.why_reserve"], Kind.WRAPPED, 70),
    )
    titles = _titles(award, words)
    rows: list[Row] = [
        (titles[name], number, line.id, line.name, line.words)
        for name, made in named_sets(award)
        for number, line in enumerate(made.reserve, 1)
    ]
    return Table(words["award.reserve"], columns, len(rows), rows)


def _limits(award: AwardExplanation, words: Words) -> Table:
    columns = (
        Column(words["award.limits"], Kind.WRAPPED, 50),
        Column(words["formats.value"], Kind.WRAPPED, 70),
    )
    rows: list[Row] = [(line.title, line.value) for line in award.limits]
    return Table(words["award.sheet_limits"], columns, len(rows), rows)


SHEETS: tuple[Maker, ...] = (_offers, _holds, _reserve, _limits)
