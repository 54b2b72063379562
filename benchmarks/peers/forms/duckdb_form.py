"""SQL of DuckDB, whose NULL is the unknown of Kleene's logic."""

from collections.abc import Sequence
from datetime import date

from peer_means import SIDES, Mean
from peer_rules import FAIL, NOT_APPLICABLE, PASS

from forms.polars_form import flat_options
from offsetcheck.engine.arithmetic import typed
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import (
    And,
    Calculate,
    Compare,
    Constant,
    Derived,
    FieldRef,
    Function,
    In,
    Node,
    Not,
    Or,
)


def literal(value: object) -> str:
    """Return a value as SQL writes it."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).upper()
        case float() | int():
            return f"CAST({float(value)!r} AS DOUBLE)"
        case date():
            return f"DATE '{value}'"
        case tuple() | list():
            return f"[{', '.join(map(literal, value))}]"
    return "'" + str(value).replace("'", "''") + "'"


def duckdb_form(node: Node) -> str:
    """Return one tree as SQL. Raises TypeError where it has no form."""
    match node:
        case Constant():
            return literal(typed(node.value, node.type))
        case FieldRef():
            return f'"{node.name}"'
        case Derived():
            return duckdb_form(node.node)
        case Compare():
            return f"({duckdb_form(node.left)} {node.operator} {duckdb_form(node.right)})"
        case In():
            options = ", ".join(map(duckdb_form, node.options))
            return f"({duckdb_form(node.item)} IN ({options}))"
        case And():
            return f"({' AND '.join(map(duckdb_form, node.items))})"
        case Or():
            return f"({' OR '.join(map(duckdb_form, node.items))})"
        case Not():
            return f"(NOT {duckdb_form(node.item)})"
        case Calculate():
            left, right = duckdb_form(node.left), duckdb_form(node.right)
            right = f"NULLIF({right}, 0)" if node.operator == "/" else right
            return f"({left} {node.operator} {right})"
        case Function():
            return _applied(node)
    raise TypeError(type(node).__name__)


def _applied(node: Function) -> str:
    values, *options = map(duckdb_form, node.arguments)
    match node.name:
        case "size":
            return f"CAST(len({values}) AS DOUBLE)"
        case "contains":
            return (
                f"CASE WHEN {options[0]} IS NOT NULL THEN list_contains({values}, {options[0]}) END"
            )
        case "count_in":
            wanted = ", ".join(map(literal, flat_options(node)))
            return f"CAST(len(list_filter({values}, lambda x: x IN ({wanted}))) AS DOUBLE)"
        case "days_between":
            return f"CAST({options[0]} - {values} AS DOUBLE)"
        case "years_between":
            first, last = _number(values), _number(options[0])
            return f"floor(({last} - {first}) / 10000.0)"
    raise TypeError(node.name)


def _number(day: str) -> str:
    return f"(year({day}) * 10000 + month({day}) * 100 + day({day}))"


def outcome(rule: BoundRule) -> str:
    """Return what a requirement comes to, NULL where that is unknown."""
    assert rule.requires is not None
    applies = duckdb_form(rule.applies_when) if rule.applies_when else "TRUE"
    met = duckdb_form(rule.requires)
    return (
        f"CASE WHEN NOT {applies} THEN {NOT_APPLICABLE} WHEN {applies} AND {met} THEN {PASS} "
        f"WHEN {applies} AND NOT {met} THEN {FAIL} END"
    )


def bounds(rule: BoundRule) -> tuple[str, str]:
    """Return the lowest and the highest level that a scale can have, NULL where it has none."""
    applies = duckdb_form(rule.applies_when) if rule.applies_when else "TRUE"
    steps = [(p, "TRUE" if node is None else duckdb_form(node)) for p, node in rule.levels]
    lower = " ".join(f"WHEN {holds} THEN {points}" for points, holds in steps)
    upper = " ".join(f"WHEN coalesce({holds}, TRUE) THEN {points}" for points, holds in steps)
    return (
        f"CASE WHEN {applies} THEN CASE {lower} ELSE 1 END WHEN {applies} IS NULL THEN 1 END",
        f"CASE WHEN {applies} THEN CASE {upper} ELSE 1 END WHEN {applies} IS NULL THEN 5 END",
    )


def query(rules: Sequence[BoundRule], means: Sequence[Mean], source: str) -> str:
    """Return one query of all outcomes, levels and means over a table or a file."""
    parts = []
    for rule in rules:
        if not rule.is_scale:
            parts.append(f'{outcome(rule)} AS "{rule.id}"')
            continue
        parts += [
            f'{sql} AS "{rule.id} {side}"' for side, sql in zip(SIDES, bounds(rule), strict=True)
        ]
    outer = [
        f'{_mean(mean, side)} AS "{mean.dimension} {side}"' for mean in means for side in SIDES
    ]
    return f"SELECT *, {', '.join(outer)} FROM (SELECT {', '.join(parts)} FROM {source})"


def _mean(mean: Mean, side: str) -> str:
    groups = [(weight, _greatest(names, side)) for weight, names in mean.groups]
    total = " + ".join(f"CASE WHEN {points} IS NULL THEN 0 ELSE {w} END" for w, points in groups)
    summed = " + ".join(f"coalesce({points}, 0) * {weight}" for weight, points in groups)
    whole = f"CASE WHEN ({total}) > 0 THEN (({summed}) * 2000 + ({total})) // (({total}) * 2) END"
    if not mean.critical:
        return whole
    limits = ", ".join(f'"{n} {side}" * {mean.point} + {mean.margin}' for n in mean.critical)
    return f"CASE WHEN ({whole}) IS NOT NULL THEN least({whole}, {limits}) END"


def _greatest(names: Sequence[str], side: str) -> str:
    columns = ", ".join(f'"{name} {side}"' for name in names)
    return f"greatest({columns})"
