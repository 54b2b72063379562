"""The order of the rows of a long list: what may be bought, what is open, what is ruled out."""

import polars as pl

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.engine.state import HOLDING, is_screen
from offsetcheck.explain.deciding import moves_integrity
from offsetcheck.explain.finding import effect_rank
from offsetcheck.report.result_tables import answers_needed
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.assessment import Verdict

BEST_FIRST = tuple(reversed(Verdict))


def in_order(result: BatchResult, bound: BoundRulebook | None = None) -> pl.DataFrame:
    """Return the rows in the order of the index: what may be bought, then the nearest to it.

    Undecided rows by their working grade, in which what is unknown counts as is typical for the
    type, then by how few answers they need, then by the working score itself and by what they could
    still reach. With `bound` only answers count that the verdict waits for: those of gates, of
    reviews, and of whatever moves the integrity grade where the floor is not yet reached.
    """
    rank = {verdict.value: place for place, verdict in enumerate(BEST_FIRST)}
    rows = result.rows.join(_answers(result, bound), on="row", how="left", maintain_order="left")
    return rows.with_columns(
        pl.col("verdict").cast(pl.String).replace_strict(rank, return_dtype=pl.Int8).alias("rank"),
        pl.col("answers_needed").fill_null(0),
        pl.col("missing_fields").fill_null(""),
        _working_grade(bound).alias("working_grade"),
    ).sort(
        "rank",
        "working_grade",
        "answers_needed",
        "integrity_working",
        "integrity_upper",
        "id",
        "row",
        descending=[False, True, False, True, True, False, False],
    )


def _working_grade(bound: BoundRulebook | None) -> pl.Expr:
    """Return the lowest score of the grade that the working score has; without grades the score."""
    working = pl.col("integrity_working")
    if bound is None:
        return working
    return pl.coalesce([pl.when(working >= cut).then(cut) for _, cut in bound.scheme.grades])


def _answers(result: BatchResult, bound: BoundRulebook | None) -> pl.DataFrame:
    """Return how many answers each row waits for, and of which fields."""
    if bound is None:
        return answers_needed(result)
    answers = answers_needed(result, deciding_rules(bound))
    reached = result.rows["integrity_lower"] >= bound.scheme.cut(bound.city.floor)
    if not reached.any():
        return answers
    sure = result.rows["row"].filter(reached).implode()
    holding = answers_needed(result, holding_rules(bound))
    return pl.concat(
        [
            answers.filter(~pl.col("row").is_in(sure)),
            holding.filter(pl.col("row").is_in(sure)),
        ]
    )


def ids_in_order(result: BatchResult, bound: BoundRulebook | None = None) -> tuple[str, ...]:
    """Return the ids of all rows in the order of the index, which is made with `bound`."""
    return tuple(in_order(result, bound)["id"])


def deciding_rules(bound: BoundRulebook) -> list[str]:
    """Return the rules that a verdict can wait for, gates first."""
    holding = set(holding_rules(bound))
    rules = [r for r in bound.candidate_rules if r.id in holding or moves_integrity(r, bound)]
    return [rule.id for rule in sorted(rules, key=lambda rule: effect_rank(rule.effect.value))]


def holding_rules(bound: BoundRulebook) -> list[str]:
    """Return the gates and reviews that a verdict can wait for: all but those of a screening."""
    return [
        rule.id
        for rule in bound.candidate_rules
        if rule.effect in HOLDING and not rule.draft and not is_screen(rule)
    ]
