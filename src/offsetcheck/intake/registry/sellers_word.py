"""A list in a registry's form that a seller handed in: his word, whatever its headings say."""

from collections.abc import Sequence
from dataclasses import replace

from offsetcheck.intake.bidsheet import GRADE
from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.intake.headings.names import names_of
from offsetcheck.intake.layouts.layout import Layout
from offsetcheck.intake.layouts.recognise import strangers
from offsetcheck.intake.registry.snapshot import SNAPSHOT_FIELD, UNDATED
from offsetcheck.vocabulary.dictionary import Dictionary
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable, Column

SOURCE = "bid sheet"
OFFERED = frozenset({"price", "seller"})
"""Fields of an offer that no registry states; a list that a seller has filled in does."""


def sellers_columns(sheet: Sheet, layout: Layout, dictionary: Dictionary) -> Sequence[str]:
    """Return the headings of a list, of which its layout knows none, that only an offer has."""
    names = names_of(dictionary)
    heard = ((header, names.hear(header)) for header in strangers(layout, sheet))
    return [header for header, said in heard if said.sure and said.fields[0] in OFFERED]


def as_offered(table: CandidateTable, headings: Sequence[str]) -> CandidateTable:
    """Return a list with columns that only an offer has as the seller's word."""
    remark = Problem(
        f"the file has the form of a registry's list ({table.layout}) and a column "
        f"“{headings[0]}”, which no registry publishes: it is the seller's word (E4)",
        Place(table.file, sheet=table.sheet, field=headings[0]),
        "fetch the registry's own export; a column that you have added yourself is `ignore` in "
        "columns.yaml",
    )
    return _weaker_list(table, remark)


def as_sellers_word(table: CandidateTable) -> CandidateTable:
    """Return a list with every fact at the seller's own word, and a remark that says so.

    It has no day either: an offer does not say when a registry held it true.
    """
    if table.source == SOURCE:
        return table
    remark = Problem(
        f"the file has the form of a registry's list ({table.layout}); handed in with a tender it "
        "is the seller's word (E4)",
        Place(table.file, sheet=table.sheet),
        "an export that an officer has fetched herself is a file of its own, listed under "
        "`registry:` in purchase.yaml",
        Severity.WARNING,
    )
    return _weaker_list(table, remark)


def _weaker_list(table: CandidateTable, remark: Problem) -> CandidateTable:
    columns = {
        name: _weaker(column) for name, column in table.columns.items() if name != SNAPSHOT_FIELD
    }
    problems = [problem for problem in table.problems if problem.message != UNDATED]
    reading = replace(table.reading, grade=GRADE) if table.reading else None
    return replace(
        table, columns=columns, source=SOURCE, problems=[remark, *problems], reading=reading
    )


def _weaker(column: Column) -> Column:
    full = {
        row: replace(fact, grade=max(fact.grade, GRADE), source=SOURCE, as_of=None)
        for row, fact in column.full.items()
    }
    return replace(column, grades=GRADE, full=full, as_of=None)
