"""The columns of results, named as in the tables that `engine.columns` and `report` make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from offsetcheck.engine.claim import NARROWING
from offsetcheck.engine.spark.columns import Sql, joined, sql
from offsetcheck.engine.spark.literals import text
from offsetcheck.engine.spark.outcomes import RuleSql
from offsetcheck.engine.spark.scores import BoundsSql, ScoresSql
from offsetcheck.rulebook.binding.bound import Scheme
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.finding import Effect, State

SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Results:
    """The columns of both tables by name; `verdict` comes later, from the pattern."""

    verdicts: Mapping[str, Sql]
    findings: Mapping[str, Sql]


def results(rules: Sequence[RuleSql], scores: ScoresSql, scheme: Scheme) -> Results:
    """Return scores with bounds, claim and rules of note, and the outcome of each rule."""
    verdicts = {
        **_bounds("integrity", scores.integrity),
        "integrity_working": scores.integrity_working,
        "grade_lower": _grade(scores.integrity.lower, scheme),
        "grade_upper": _grade(scores.integrity.upper, scheme),
        **_bounds("value", scores.value),
        "value_settled": scores.value_settled,
        "value_total": scores.value_total,
        "settled": scores.settled,
        "total": scores.total,
        **_claim(rules),
        "conditions": _rules_where(rules, lambda one: one.condition),
        "unscreened": _rules_where(rules, lambda one: one.unscreened),
        "on_word": _rules_where(rules, lambda one: one.on_word),
    }
    for dimension in scores.dimensions:
        name = dimension.dimension
        verdicts |= _bounds(name, dimension.bounds)
        verdicts[f"{name}_working"] = dimension.working
        verdicts[f"{name}_settled"] = dimension.settled
        verdicts[f"{name}_total"] = dimension.total
    return Results(verdicts, _findings(rules))


def _findings(rules: Sequence[RuleSql]) -> dict[str, Sql]:
    found: dict[str, Sql] = {}
    for one in rules:
        found[one.rule.id] = one.outcome
        if one.rule.is_scale:
            found[f"{one.rule.id} lower"] = sql("CAST({} AS TINYINT)", one.lower)
            found[f"{one.rule.id} upper"] = sql("CAST({} AS TINYINT)", one.upper)
    return found


def _bounds(name: str, bounds: BoundsSql) -> dict[str, Sql]:
    return {f"{name}_lower": bounds.lower, f"{name}_upper": bounds.upper}


def _grade(scores: Sql, scheme: Scheme) -> Sql:
    cuts = " ".join(
        f"WHEN {scores.text} >= {cut} THEN {text(letter)}" for letter, cut in scheme.grades
    )
    return Sql(f"CASE {cuts} END")


def _claim(rules: Sequence[RuleSql]) -> dict[str, Sql]:
    limits = [one for one in rules if one.rule.effect is Effect.CLAIM_LIMIT]
    permanent = [one for one in limits if one.rule.limit is ClaimLimit.NOT_PERMANENT]
    say = [
        sql("CASE {} WHEN 'clear' THEN true WHEN 'fail' THEN false END", one.state)
        for one in permanent
    ]
    return {
        "claim": _narrowest(limits, (State.FAIL,)),
        "claim_worst": _narrowest(limits, (State.FAIL, State.OPEN)),
        "may_say_permanent": joined(" AND ", say, "true"),
    }


def _narrowest(limits: Sequence[RuleSql], states: tuple[State, ...]) -> Sql:
    among = ", ".join(f"'{state.value}'" for state in states)
    branches = [
        sql(f"WHEN {{}} IN ({among}) THEN '{limit}'", one.state)
        for limit in reversed(NARROWING[1:])
        for one in limits
        if one.rule.limit is limit
    ]
    if not branches:
        return Sql(f"'{NARROWING[0].value}'")
    widest = Sql(f"ELSE '{NARROWING[0].value}' END")
    return joined(" ", [Sql("CASE"), *branches, widest], "")


def _rules_where(rules: Sequence[RuleSql], part: Callable[[RuleSql], Sql]) -> Sql:
    """Return the ids of the rules for which a part holds, as one text."""
    held = [(one.rule.id, part(one)) for one in rules if part(one).text != "false"]
    if not held:
        return Sql("''")
    ids = ", ".join(f"IF({rows.text}, {text(rule)}, NULL)" for rule, rows in held)
    return Sql(f"concat_ws('{SEPARATOR}', {ids})")
