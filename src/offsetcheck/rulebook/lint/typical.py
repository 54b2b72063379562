from collections.abc import Iterator

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.lint.problem import problem_at
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.tables.model import KNOWN_FROM, UNTIL, Row, TableFile
from offsetcheck.rulebook.tables.typical import EVERY_TYPE, LEVEL, RULE, TABLE, TYPE_FIELD
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.problem import Place, Problem, Severity

TYPICAL = "typical"
COLUMNS = (TYPE_FIELD, RULE, LEVEL)
Wrong = tuple[str, str, str | None]
"""What is wrong with a row: the column, what is said of it, and what to do."""


def typical_points_are_given(rulebook: Rulebook) -> Iterator[Problem]:
    """Ask that scales which take typical points find some for every type of project.

    A word that covers several types is no type: no project is ever of it.
    """
    takers, field = _takers(rulebook), rulebook.dictionary.candidate.get(TYPE_FIELD)
    table = rulebook.tables.get(TABLE)
    for name, file in table.files.items() if table else ():
        yield from _wrong_rows(name, file, takers, field)
    for rule in takers.values():
        files = table.files.values() if table else ()
        if not files or any(_uncovered(rule, file, _types(rulebook)) for file in files):
            lacking = {t for file in files for t in _uncovered(rule, file, _types(rulebook))}
            message = f"the table `{TABLE}` has no points of it for {_listed(lacking)}"
            hint = "add rows for these types, or one without a type, that hold on every day"
            yield problem_at(rule, ("if_unknown",), message, hint, severity=Severity.ERROR)


def _takers(rulebook: Rulebook) -> dict[str, LoadedRule]:
    """Return the rules that take typical points by themselves or in some layer."""
    policies: list[CityFile | Jurisdiction] = [
        *rulebook.cities.values(),
        *rulebook.jurisdictions.values(),
    ]
    changed = {
        change.rule
        for policy in policies
        for change in policy.change
        if change.if_unknown == TYPICAL
    }
    return {
        name: rule
        for name, rule in rulebook.rules.items()
        if rule.file.if_unknown == TYPICAL or name in changed
    }


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


def _wrong_rows(
    name: str, file: TableFile, takers: dict[str, LoadedRule], field: Field | None
) -> Iterator[Problem]:
    for column in COLUMNS:
        if column not in file.columns:
            yield Problem(f"the column `{column}` is missing", Place(name, 1, 1), None)
    seen: dict[tuple[str, ...], int] = {}
    for row in file.rows:
        for column, message, hint in (*_wrong_type(row, field), *_wrong_with(row, takers)):
            yield Problem(message, Place(name, row.line, field=column), hint)
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


def _wrong_with(row: Row, takers: dict[str, LoadedRule]) -> Iterator[Wrong]:
    rule = row.cells.get(RULE, "")
    if rule not in takers:
        hint = did_you_mean(rule, takers) or "write `if_unknown: typical` in the rule"
        yield RULE, f"no rule `{rule}` takes typical points", hint
    elif row.cells.get(LEVEL) not in (takers[rule].file.levels or ()):
        yield LEVEL, f"`{row.cells.get(LEVEL)}` is no level of `{rule}`", None
