"""Where the evaluator of one candidate and that of a whole table say different things."""

from typing import Any

from worlds import World

from offsetcheck.engine.assess import assess
from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.vocabulary.assessment import Assessment, Bounds
from offsetcheck.vocabulary.finding import Missing


def disagreements(world: World) -> list[str]:
    """Return each difference between both evaluators on one world, in words."""
    batch = assess_table(world.table, world.bound, world.purchase)
    found: list[str] = []
    for row, candidate in enumerate(world.candidates):
        one = of_assessment(assess(candidate, world.bound, world.purchase))
        many = of_batch(batch, row)
        assert one.keys() == many.keys()
        found += [
            f"{candidate.id} {key}: {value!r} != {many[key]!r}"
            for key, value in one.items()
            if value != many[key]
        ]
    return found


def of_assessment(single: Assessment) -> dict[str, Any]:
    """Return what both evaluators must say alike, from an assessment."""
    said: dict[str, Any] = {
        "verdict": single.verdict.value,
        "integrity": single.integrity,
        "working": single.integrity_working,
        "grades": (single.grade_lower, single.grade_upper),
        "value": single.value,
        "value completeness": (single.value_completeness.settled, single.value_completeness.total),
        "completeness": (single.completeness.settled, single.completeness.total),
        "claim": (
            single.claim.limit.value,
            single.claim.worst.value,
            single.claim.may_say_permanent,
        ),
        "conditions": single.conditions,
        "unscreened": single.unscreened,
        "on word": tuple(f.rule for f in single.findings if f.on_word),
    }
    for d in single.dimensions:
        said[d.dimension] = (d.bounds, d.working, d.completeness.settled, d.completeness.total)
    for finding in single.findings:
        said[finding.rule] = (
            finding.outcome.value,
            finding.state.value,
            finding.lower,
            finding.upper,
        )
        said[f"missing of {finding.rule}"] = finding.missing
    return said


def of_batch(batch: BatchResult, row: int) -> dict[str, Any]:
    """Return what both evaluators must say alike, from one row of a batch."""
    cells = batch.rows.row(row, named=True)
    said: dict[str, Any] = {
        "verdict": cells["verdict"],
        "integrity": _bounds(cells, "integrity"),
        "working": cells["integrity_working"],
        "grades": (cells["grade_lower"], cells["grade_upper"]),
        "value": _bounds(cells, "value"),
        "value completeness": (cells["value_settled"], cells["value_total"]),
        "completeness": (cells["settled"], cells["total"]),
        "claim": (cells["claim"], cells["claim_worst"], cells["may_say_permanent"]),
        "conditions": tuple(cells["conditions"]),
        "unscreened": tuple(cells["unscreened"]),
        "on word": tuple(cells["on_word"]),
    }
    for name in (
        n.removesuffix("_total") for n in cells if n.endswith("_total") and n != "value_total"
    ):
        parts = (cells[f"{name}_{part}"] for part in ("working", "settled", "total"))
        said[name] = (_bounds(cells, name), *parts)
    frames = (batch.outcomes, batch.states, batch.lowers, batch.uppers)
    for rule in batch.outcomes.columns:
        said[rule] = tuple(frame[rule][row] for frame in frames)
        said[f"missing of {rule}"] = _missing(batch, row, rule)
    return said


def _bounds(cells: dict[str, Any], name: str) -> Bounds | None:
    lower, upper = cells[f"{name}_lower"], cells[f"{name}_upper"]
    return None if lower is None else Bounds(lower, upper)


def _missing(batch: BatchResult, row: int, rule: str) -> tuple[Missing, ...]:
    rows = batch.missing.filter((batch.missing["row"] == row) & (batch.missing["rule"] == rule))
    return tuple(
        Missing(field, cause) for field, cause in rows.select("field", "cause").iter_rows()
    )
