"""Where the evaluator of one candidate and that of a whole table say different things."""

from typing import Any

from worlds import World

from offsetcheck.engine.assess import assess
from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.vocabulary.assessment import Assessment, Bounds
from offsetcheck.vocabulary.finding import Missing


def disagreements(world: World) -> list[str]:
    """Return each difference between both evaluators on one world, in words."""
    return differences(world, assess_table(world.table, world.bound, world.purchase))


def differences(world: World, batch: BatchResult) -> list[str]:
    """Return what the evaluator of one candidate says otherwise than a batch of the world."""
    waits, cells, judged = missing_of(batch), batch.rows.to_dicts(), by_rule(batch)
    found: list[str] = []
    for row, candidate in enumerate(world.candidates):
        one = of_assessment(assess(candidate, world.bound, world.purchase))
        many = of_batch(cells[row], {rule: kept[row] for rule, kept in judged.items()})
        many |= {f"missing of {rule}": tuple(waits.get((row, rule), ())) for rule in judged}
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


def missing_of(batch: BatchResult) -> dict[tuple[int, str], list[Missing]]:
    """Return what each rule waits for on each row of a batch."""
    waits: dict[tuple[int, str], list[Missing]] = {}
    for row, rule, field, cause in batch.missing.select(
        "row", "rule", "field", "cause"
    ).iter_rows():
        waits.setdefault((row, rule), []).append(Missing(field, cause))
    return waits


def by_rule(batch: BatchResult) -> dict[str, list[tuple[Any, ...]]]:
    """Return outcome, state and bounds of each rule, row by row."""
    frames = (batch.outcomes, batch.states, batch.lowers, batch.uppers)
    return {
        rule: list(zip(*(frame[rule].to_list() for frame in frames), strict=True))
        for rule in batch.outcomes.columns
    }


def of_batch(cells: dict[str, Any], judged: dict[str, tuple[Any, ...]]) -> dict[str, Any]:
    """Return what both evaluators must say alike, from one row of a batch; no missing fields."""
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
    return said | judged


def _bounds(cells: dict[str, Any], name: str) -> Bounds | None:
    lower, upper = cells[f"{name}_lower"], cells[f"{name}_upper"]
    return None if lower is None else Bounds(lower, upper)
