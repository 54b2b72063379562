"""A list in a registry's form that a seller handed in: his word, whatever its headings say."""

from dataclasses import replace

from offsetcheck.intake.bidsheet import GRADE
from offsetcheck.intake.snapshot import SNAPSHOT_FIELD, UNDATED
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.table import CandidateTable, Column

SOURCE = "bid sheet"


def as_sellers_word(table: CandidateTable) -> CandidateTable:
    """Return a list with every fact at the seller's own word, and a remark that says so.

    It has no day either: an offer does not say when a registry held it true.
    """
    remark = Problem(
        f"the file has the form of a registry's list ({table.layout}); handed in with a tender it "
        "is the seller's word (E4)",
        Place(table.file, sheet=table.sheet),
        "an export that an officer has fetched herself is a file of its own, listed under "
        "`registry:` in purchase.yaml",
        Severity.WARNING,
    )
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
