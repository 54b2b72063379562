"""A bid sheet to candidates: columns by heading and cells, every cell at the seller's own word."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from offsetcheck.intake.account.reading import Used, reading_of, used_as
from offsetcheck.intake.asked import NOTHING_ASKED, Asked
from offsetcheck.intake.columns.of_labels import with_labels
from offsetcheck.intake.columns.stated import read_fields, with_days_of_years
from offsetcheck.intake.columns.styles import styles_of
from offsetcheck.intake.columns.values import column_of, each_problem
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.headings.plan import ColumnPlan
from offsetcheck.intake.headings.programme import programme_of_number, programme_said
from offsetcheck.intake.headings.qualifiers import parse
from offsetcheck.intake.normalise.currencies import currency_in
from offsetcheck.intake.normalise.ids import programme_of
from offsetcheck.intake.normalise.methodologies import read_version
from offsetcheck.intake.normalise.text import OneOf, Reader, read_text
from offsetcheck.intake.tables.identities import identities
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, with_values
from offsetcheck.vocabulary.reading import BID_SHEET
from offsetcheck.vocabulary.table import CandidateTable, Column

GRADE = EvidenceGrade.E4
ORIGIN = Fact(grade=GRADE, source="bid sheet")
FEWEST_FIELDS = 2
BECAUSE = "a column of ids or names, and headings that name fields"


def is_bid_sheet(plan: ColumnPlan) -> bool:
    """Return whether a sheet has a column of ids or names and at least one field beside it."""
    fields = plan.fields
    return len(fields) >= FEWEST_FIELDS and bool({"id", "name"} & fields.keys())


def read_bid_sheet(
    sheet: Sheet, plan: ColumnPlan, dictionary: Dictionary, asked: Asked = NOTHING_ASKED
) -> CandidateTable:
    """Return a bid sheet as candidates; a cell that cannot be read is a problem at its place."""
    columns: dict[str, Column] = {}
    fields = {index: dictionary.candidate[name] for name, index in plan.fields.items()}
    decided = styles_of(sheet, fields, asked)
    problems = [*sheet.problems, *plan.problems, *decided.problems]
    used = {index: Used(".".join(paper)) for paper, index in plan.papers.items()}
    for index, cells in read_fields(sheet, fields, decided.styles).items():
        name = fields[index].name
        columns[name] = column_of(sheet, index, cells.read, ORIGIN)
        used[index] = used_as(name, cells.read, cells.converted)
        problems += each_problem(sheet, index, cells.read)
    columns, lost = with_labels(sheet, plan.labels, columns, dictionary, used)
    problems += lost
    columns = with_days_of_years(columns, dictionary)
    columns |= _programmes(sheet, plan, columns, dictionary)
    named = identities(sheet, columns)
    columns = with_derived(columns, named.projects, dictionary)
    columns |= _currencies(sheet, plan, columns, dictionary)
    table = CandidateTable(
        named.ids,
        {**columns, "id": named.column(columns.get("id"), GRADE)},
        sheet.file,
        sheet.lines,
        BID_SHEET,
        sheet.sheet,
        ORIGIN.source,
        [*problems, *named.problems],
        reading_of(
            sheet,
            BID_SHEET,
            BECAUSE,
            used,
            decided=decided,
            grade=GRADE,
            hints=plan.hints,
            means=plan.means,
        ),
    )
    return _with_papers(table, sheet, plan)


def _programmes(
    sheet: Sheet, plan: ColumnPlan, columns: Mapping[str, Column], dictionary: Dictionary
) -> dict[str, Column]:
    """Fill the programme of bare numbers where the heading of the ids names it, as `VCS ID`."""
    field = dictionary.candidate.get("programme")
    if "id" not in plan.fields or field is None:
        return {}
    index = plan.fields["id"]
    said = programme_said(sheet.headers[index], field)
    if said is None:
        return {}
    read = partial(programme_of_number, programme=said)
    return {"programme": _filled(columns.get("programme"), sheet.columns[index], read)}


def with_derived(
    columns: Mapping[str, Column], projects: Sequence[str], dictionary: Dictionary
) -> dict[str, Column]:
    """Fill what another cell states: the programme in the id, the version in the methodology."""
    filled = dict(columns)
    if "programme" in dictionary.candidate:
        filled["programme"] = _filled(columns.get("programme"), projects, programme_of)
    raw = columns["methodology"].raw if "methodology" in columns else None
    if raw is not None and "methodology_version" in dictionary.candidate:
        texts = [text or "" for text in raw]
        filled["methodology_version"] = _filled(
            columns.get("methodology_version"), texts, read_version
        )
    return filled


def _currencies(
    sheet: Sheet, plan: ColumnPlan, columns: Mapping[str, Column], dictionary: Dictionary
) -> dict[str, Column]:
    """Fill the currency that a price's cell or heading names where no other cell states it."""
    if "price" not in plan.fields or "currency" not in dictionary.candidate:
        return {}
    index = plan.fields["price"]
    _, said = parse(sheet.headers[index])
    heading = (
        said.currency if said is not None and said.currency else currency_in(sheet.headers[index])
    )
    texts = sheet.columns[index]
    named = {text: currency_in(text) or (heading if text.strip() else None) for text in set(texts)}
    return {"currency": _filled(columns.get("currency"), texts, named.__getitem__)}


def _filled(column: Column | None, texts: Sequence[str], read: Reader) -> Column:
    """Return a column whose blank cells hold what is read from the text of another cell."""
    rows = len(texts)
    old = Column([None] * rows, GRADE, None, list(texts)) if column is None else column
    blank = [row for row in range(rows) if old.values[row] is None and old.cause(row) is None]
    known = {text: read(text) for text in dict.fromkeys(texts[row] for row in blank)}
    found = {row: known[texts[row]] for row in blank}
    values = [
        None if isinstance(v := found.get(row, old.values[row]), OneOf) else v
        for row in range(rows)
    ]
    full = {
        row: with_values(replace(ORIGIN, raw=texts[row]), value.values)
        for row, value in found.items()
        if isinstance(value, OneOf)
    }
    return replace(old, values=values, full={**old.full, **full})


def _with_papers(table: CandidateTable, sheet: Sheet, plan: ColumnPlan) -> CandidateTable:
    """Attach to each value the paper and page that the seller names for it."""
    if not plan.papers:
        return table
    full: dict[str, dict[int, Fact]] = {}
    for (name, about), index in plan.papers.items():
        if name not in table.columns:
            continue
        facts = full.setdefault(name, {})
        for row, text in enumerate(sheet.columns[index]):
            if (said := read_text(text)) is not None:
                fact = facts.get(row) or table.fact(name, row)
                facts[row] = _about(fact, about, said)
    columns = {
        name: replace(column, full={**column.full, **full[name]}) if name in full else column
        for name, column in table.columns.items()
    }
    return replace(table, columns=columns)


def _about(fact: Fact, about: str, said: str) -> Fact:
    return replace(fact, document=said) if about == "document" else replace(fact, page=said)
