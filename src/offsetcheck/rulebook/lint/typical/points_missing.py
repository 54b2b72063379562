from collections.abc import Iterator

from offsetcheck.rulebook.lint.check import Check
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.lint.takers import takers
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.tables.model import KNOWN_FROM, UNTIL, TableFile
from offsetcheck.rulebook.tables.typical import EVERY_TYPE, RULE, TABLE, TYPE_FIELD
from offsetcheck.vocabulary.problem import Problem, Severity


def typical_points_are_given(rulebook: Rulebook) -> Iterator[Problem]:
    """Ask that scales which take typical points find some for every type of project."""
    table = rulebook.tables.get(TABLE)
    for rule in takers(rulebook).values():
        files = table.files.values() if table else ()
        if not files or any(_uncovered(rule, file, _types(rulebook)) for file in files):
            lacking = {t for file in files for t in _uncovered(rule, file, _types(rulebook))}
            message = f"the table `{TABLE}` has no points of it for {_listed(lacking)}"
            hint = "add rows for these types, or one without a type, that hold on every day"
            yield problem_at(rule, ("if_unknown",), message, hint)


def _types(rulebook: Rulebook) -> tuple[str, ...]:
    field = rulebook.dictionary.candidate.get(TYPE_FIELD)
    return field.narrow if field is not None else ()


def _uncovered(rule: LoadedRule, file: TableFile, types: tuple[str, ...]) -> list[str]:
    """Return the types for which a rule finds no row that holds on every day."""
    always = {
        row.cells.get(TYPE_FIELD, EVERY_TYPE)
        for row in file.rows
        if row.cells.get(RULE) == rule.file.id
        and not row.cells.get(KNOWN_FROM)
        and not row.cells.get(UNTIL)
    }
    return [] if EVERY_TYPE in always else [name for name in types if name not in always]


def _listed(types: set[str]) -> str:
    few = sorted(types)[:3]
    more = f" and {len(types) - len(few)} more" if len(types) > len(few) else ""
    return (", ".join(f"`{name}`" for name in few) + more) or "any type"


CHECK = Check(
    id="typical.points_missing",
    severity=Severity.ERROR,
    title="A scale takes typical points that no row gives",
    finds=(
        "Scales with `if_unknown: typical` for which the table `type_typical` has no "
        "row for some type of project."
    ),
    why=(
        "Where a project of that type is silent there is nothing to stand in for what "
        "it does not say."
    ),
    wrong="""\
if_unknown: typical
# tables/type_typical.csv has no row of this rule
""",
    right="""\
# tables/type_typical.csv
project_type,rule,level
,additionality.carbon_revenue,2
""",
    step="Add rows for the types named, or one without a type.",
    look=typical_points_are_given,
)
