"""The result of a tender as a workbook: what it is, offers, findings, what is missing, problems."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from offsetcheck.report.saying import said_day
from offsetcheck.report.signs import status_sign, verdict_sign
from offsetcheck.report.workbooks.book import Cell, Column, Cover, Kind, Table, write_book
from offsetcheck.vocabulary.finding_explanation import FindingLine
from offsetcheck.vocabulary.result_explanation import PlaceLine, ResultExplanation, ResultOffer
from offsetcheck.vocabulary.tender_explanation import TenderOffer

POINTS = 1000  # thousandths of a point in one
Words = Mapping[str, str]
Row = tuple[Cell, ...]
Maker = Callable[[ResultExplanation, Words], Table]


def result_book(result: ResultExplanation, words: Words) -> bytes:
    """Return the whole result as a workbook, the same bytes for the same result."""
    tables = [make(result, words) for make in SHEETS]
    day = date.fromisoformat(result.audit.as_of)
    return write_book(_cover(result, words), tables, day, result.language)


def _cover(result: ResultExplanation, words: Words) -> Cover:
    audit, tender = result.audit, result.tender
    counted = {f"{verdict_sign(line.verdict)} {line.words}": line.offers for line in tender.supply}
    lines: list[tuple[str, Cell]] = [
        (words["formats.city"], result.city),
        (words["report.as_of"], said_day(audit.as_of, words)),
        (words["report.stage"], words[f"stage.{result.stage}"]),
        (words["report.purchase"], tender.purchase.verdict.words),
        (words["formats.need"], tender.need_words),
        *counted.items(),
        (words["report.rulebook"], f"{audit.rulebook}, {audit.edition}"),
        (words["report.rulebook_hash"], audit.rulebook_hash),
        (words["report.input"], audit.input_hash),
        (words["report.result"], audit.result_hash),
        (words["report.engine"], f"offsetcheck {audit.engine_version}"),
        (words["report.reproduce"], audit.reproduce),
        (words["report.limits"], " ".join(tender.limits)),
    ]
    return Cover(
        words["formats.sheet_about"],
        result.title,
        lines,
        words["formats.sheet"],
        words["formats.rows"],
    )


def _offers(result: ResultExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["report.offer"], Kind.WRAPPED, 36),
        Column(words["report.verdict"], width=26),
        Column(words["formats.officer_word"], Kind.WRAPPED, 20),
        Column(words["report.place"], Kind.COUNT, 8),
        Column(words["formats.seller"], width=24),
        Column(words["formats.programme"], width=24),
        Column(words["formats.project_type"], width=26),
        Column(words["formats.country"], width=16),
        Column(words["formats.vintage"], Kind.YEAR, 10),
        Column(words["report.tonnes"], Kind.NUMBER, 12),
        Column(words["report.price"], Kind.MONEY, 12),
        Column(words["formats.currency"], width=10),
        Column(words["formats.grade_sure"], width=9),
        Column(words["formats.grade_reach"], width=9),
        Column(words["formats.integrity_lowest"], Kind.SCORE, 11),
        Column(words["formats.integrity_highest"], Kind.SCORE, 11),
        Column(words["formats.settled"], Kind.SHARE, 10),
        Column(words["report.claim"], Kind.WRAPPED, 36),
        Column(words["formats.answers"], Kind.COUNT, 10),
        Column(words["report.reason"], Kind.WRAPPED, 60),
        Column(words["report.result"], width=66),
    )
    rows = [_offer(offer, line.place, line.answers, line.reason) for offer, line in _pairs(result)]
    return Table(words["formats.sheet_offers"], columns, len(rows), rows)


def _pairs(result: ResultExplanation) -> Iterator[tuple[ResultOffer, TenderOffer]]:
    return zip(result.offers, result.tender.offers, strict=True)


def _offer(offer: ResultOffer, place: int | None, answers: int | None, reason: str) -> Row:
    made, said = offer.explained, {line.field: line.words for line in offer.known}
    values = {line.field: line.value for line in offer.known}
    vintage = values.get("vintage")
    grade, complete = made.grade, made.completeness
    return (
        made.offer.id,
        made.offer.name,
        f"{verdict_sign(made.verdict.verdict)} {made.verdict.words}",
        made.verdict.officer_words,
        place,
        *(said.get(name) for name in ("seller", "programme", "project_type", "country")),
        vintage if isinstance(vintage, int) else None,
        made.offer.tonnes,
        made.offer.price,
        made.offer.currency,
        grade.lower,
        grade.upper,
        grade.lower_score / POINTS,
        grade.upper_score / POINTS,
        complete.settled / complete.total if complete.total else None,
        made.claim.words,
        answers,
        reason,
        made.audit.result_hash,
    )


def _findings(result: ResultExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["report.rule"], Kind.WRAPPED, 40),
        Column(words["formats.code"], width=10),
        Column(words["report.dimension"], width=18),
        Column(words["report.effect"], width=20),
        Column(words["formats.status"], width=22),
        Column(words["formats.decides"], width=10),
        Column(words["formats.points_lowest"], Kind.COUNT, 9),
        Column(words["formats.points_highest"], Kind.COUNT, 9),
        Column(words["report.found"], Kind.WRAPPED, 50),
        Column(words["report.requires"], Kind.WRAPPED, 50),
        Column(words["formats.curable"], width=10),
        Column(words["report.clause"], Kind.WRAPPED, 50),
        Column(words["formats.standing"], width=24),
    )
    rows = [_finding(offer, line, words) for offer, line in _all_findings(result)]
    return Table(words["formats.sheet_findings"], columns, len(rows), rows)


def _all_findings(result: ResultExplanation) -> Iterator[tuple[str, FindingLine]]:
    for line in result.tender.purchase.findings:
        yield "", line
    for offer in result.offers:
        for line in offer.explained.findings:
            yield offer.explained.offer.id, line


def _finding(offer: str, line: FindingLine, words: Words) -> Row:
    yes_no = {True: words["formats.yes"], False: words["formats.no"]}
    return (
        offer or words["report.purchase"],
        line.title,
        line.code or line.rule,
        line.dimension_title,
        line.effect_words,
        f"{status_sign(line.status)} {line.status_words}",
        yes_no[line.decides],
        line.lower,
        line.upper,
        line.found or line.unknown,
        line.requires,
        yes_no[line.curable],
        "; ".join(source.words for source in line.sources),
        line.standing_words,
    )


def _missing(result: ResultExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["report.missing"], Kind.WRAPPED, 40),
        Column(words["formats.who"], width=12),
        Column(words["formats.question"], Kind.WRAPPED, 70),
        Column(words["report.documents"], Kind.WRAPPED, 40),
        Column(words["formats.field"], width=28),
    )
    rows: list[Row] = [
        (
            *(offer.explained.offer.id, line.words, words[f"who.{line.who}"]),
            *(line.question or line.title, ", ".join(line.documents), line.field),
        )
        for offer in result.offers
        for line in offer.explained.questions
    ]
    return Table(words["formats.sheet_missing"], columns, len(rows), rows)


def _problems(result: ResultExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.severity"], width=12),
        Column(words["formats.location"], width=44),
        Column(words["formats.message"], Kind.WRAPPED, 70),
        Column(words["formats.hint"], Kind.WRAPPED, 50),
    )
    rows: list[Row] = [
        (words[f"severity.{line.severity}"], line.place, line.message, line.hint)
        for line in result.problems
    ]
    return Table(words["formats.sheet_problems"], columns, len(rows), rows)


def _columns(result: ResultExplanation, words: Words) -> Table:
    columns = (
        Column(words["formats.file"], width=28),
        Column(words["reading.heading"], width=36),
        Column(words["reading.field"], width=36),
        Column(words["reading.cells"], Kind.COUNT, 10),
        Column(words["reading.lost"], Kind.COUNT, 10),
    )
    read = result.tender.readings
    rows: list[Row] = []
    for file in read:
        rows += [(file.file, c.header, c.title, c.cells, c.lost) for c in file.used]
        rows += [(file.file, c.header, None, c.cells, None) for c in file.unused]
    return Table(words["formats.sheet_columns"], columns, len(rows), rows)


def _values(result: ResultExplanation, words: Words) -> Table:
    """Return what is known of each offer, a field a row, with the place that it was read at."""
    columns = (
        Column(words["formats.id"], width=16),
        Column(words["formats.field"], width=34),
        Column(words["formats.value"], Kind.WRAPPED, 50),
        Column(words["formats.grade"], width=10),
        Column(words["formats.location"], width=44),
    )
    rows: list[Row] = []
    for offer in result.offers:
        for line in offer.known:
            identity = offer.explained.offer.id
            rows.append((identity, line.title, line.words, line.grade, _where(line.place)))
    return Table(words["formats.sheet_values"], columns, len(rows), rows)


def _where(place: PlaceLine | None) -> str | None:
    if place is None:
        return None
    named = f"{place.sheet}!{place.field}" if place.sheet and place.field else place.field
    parts = (place.file, str(place.line) if place.line else "", named or "")
    return ":".join(part for part in parts if part)


SHEETS: tuple[Maker, ...] = (_offers, _findings, _missing, _values, _problems, _columns)
