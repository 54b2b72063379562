from collections.abc import Iterator, Mapping

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.takers import takers
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.tables.model import KNOWN_FROM, Row, TableFile
from offsetcheck.rulebook.tables.typical import EVERY_TYPE, LEVEL, RULE, TABLE, TYPE_FIELD
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.problem import Place, Problem, Severity

COLUMNS = (TYPE_FIELD, RULE, LEVEL)
Wrong = tuple[str, str, str | None]
"""What is wrong with a row: the column, what is said of it, and what to do."""


def rows_give_typical_points(rulebook: Rulebook) -> Iterator[Problem]:
    """Find rows of typical points of no type, of no scale that takes them, or of no level of it.

    A word that covers several types is no type: no project is ever of it.
    """
    field = rulebook.dictionary.candidate.get(TYPE_FIELD)
    table = rulebook.tables.get(TABLE)
    for name, file in table.files.items() if table else ():
        yield from _wrong_rows(name, file, takers(rulebook), field)


def _wrong_rows(
    name: str, file: TableFile, known: Mapping[str, LoadedRule], field: Field | None
) -> Iterator[Problem]:
    for column in COLUMNS:
        if column not in file.columns:
            yield Problem(f"the column `{column}` is missing", Place(name, 1, 1), None)
    seen: dict[tuple[str, ...], int] = {}
    for row in file.rows:
        for column, message, hint in (*_wrong_type(row, field), *_wrong_with(row, known)):
            names = f"row {message}"  # one cause: the code, rule or level that there is not
            yield Problem(message, Place(name, row.line, field=column), hint, names=names)
        key = tuple(row.cells.get(column, "") for column in (TYPE_FIELD, RULE, KNOWN_FROM))
        if key in seen:
            message = f"the row on line {seen[key]} speaks of the same type and rule"
            yield Problem(message, Place(name, row.line, field=TYPE_FIELD), None)
        seen.setdefault(key, row.line)


def _wrong_type(row: Row, field: Field | None) -> Iterator[Wrong]:
    kind = row.cells.get(TYPE_FIELD, EVERY_TYPE)
    types = field.narrow if field is not None else ()
    if kind in types or kind == EVERY_TYPE:
        return
    if field is not None and kind in field.codes:
        hint = "write a row for each of them"
        yield TYPE_FIELD, f"`{kind}` covers several types, and no project is of it", hint
    else:
        yield TYPE_FIELD, f"`{kind}` is no type of project", did_you_mean(kind, types)


def _wrong_with(row: Row, known: Mapping[str, LoadedRule]) -> Iterator[Wrong]:
    rule = row.cells.get(RULE, "")
    if rule not in known:
        hint = did_you_mean(rule, known) or "write `if_unknown: typical` in the rule"
        yield RULE, f"no rule `{rule}` takes typical points", hint
    elif row.cells.get(LEVEL) not in (known[rule].file.levels or ()):
        yield LEVEL, f"`{row.cells.get(LEVEL)}` is no level of `{rule}`", None


CHECK = Check(
    id="typical.row_wrong",
    severity=Severity.ERROR,
    title="A row of typical points says nothing of any project",
    finds=(
        "Rows of the table `type_typical` of no type of project, of no rule that "
        "takes typical points, of no level of it, or said twice."
    ),
    why="Such a row is never found, or hides another.",
    wrong="""\
project_type,rule,level
forests,additionality.carbon_revenue,2
""",
    right="""\
project_type,rule,level
afforestation,additionality.carbon_revenue,2
""",
    step="Write a type, a rule that takes typical points and one of its levels.",
    look=rows_give_typical_points,
)
