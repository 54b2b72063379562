from collections.abc import Iterator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.problem import Problem, Severity

TABLES = "tables/tables.yaml"


def expected_columns_exist(rulebook: Rulebook) -> Iterator[Problem]:
    """Find columns of `expected` that no edition of the table has."""
    for name, table in rulebook.tables.items():
        columns = {column for file in table.files.values() for column in file.columns}
        for column in table.entry.expected:
            if column not in columns:
                place = rulebook.documents[TABLES].key_place((name, "expected", column))
                message = f"no edition of `{name}` has a column `{column}`"
                yield Problem(message, place, did_you_mean(column, columns))


CHECK = Check(
    id="tables.expected_column_unknown",
    severity=Severity.ERROR,
    title="Words are expected of a column that no edition has",
    finds=("Columns under `expected` in tables/tables.yaml that no edition of the table has."),
    why=(
        "The words are expected of nothing, and the check that they were written for still fails."
    ),
    wrong="""\
events:
  expected: {statis: [open]}
""",
    right="""\
events:
  expected: {status: [open]}
""",
    step="Write the name of the column as it stands in the first line of the file.",
    look=expected_columns_exist,
)
