"""In which order the judgement puts project types, and what published evaluations say of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean

from offsetcheck.engine.columns.batch import BatchResult
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.vocabulary.table import CandidateTable, Column
from offsetcheck.workshop.markdown import prose
from offsetcheck.workshop.rows_in_force import rows_in_force

TYPE = "project_type"
EVALUATIONS, PRIORS = "published_evaluations", "type_additionality"
METHODOLOGIES = "methodology_rules"
LEAST_ROWS = 20
THOUSAND = 1000
BEST = 5 * THOUSAND


@dataclass(frozen=True, slots=True)
class TypeScores:
    """The rows of one type: mean integrity, and how many keep or may reach 5 on quantification."""

    name: str
    rows: int
    lower: float
    working: float
    upper: float
    best_quantified: int


def types_part(
    rulebook: Rulebook,
    tables: Mapping[str, CandidateTable],
    judged: Mapping[str, BatchResult],
    day: date,
) -> Iterator[str]:
    """Yield the mean integrity of each type on each list, and its agreement with other orders."""
    yield "## Order of project types"
    yield ""
    yield from prose(
        f"Mean integrity of the rows of each type with at least {LEAST_ROWS} of them, by the "
        "guide: the least and the most that it can still be, and the working score between. "
        "*Held* is the share of credits that published evaluations of the class found to stand "
        "for reductions; *studies against* counts those that found less than half, or spoke "
        "against the class without a figure."
    )
    yield ""
    held, against = _held(rulebook, day), _against(rulebook, day)
    for name, table in tables.items():
        types = _types(table, judged[name])
        if not types:
            continue
        yield f"### `{name}`"
        yield ""
        yield (
            "| type | rows | lowest | working | highest | 5.0 on quantification | held "
            "| studies against |"
        )
        yield "|---|--:|--:|--:|--:|--:|--:|--:|"
        for scores in types:
            yield _row(scores, held.get(scores.name, ()), against.get(scores.name, 0))
        yield ""
        yield from _agreements(types, _priors(rulebook, day), held)


def coverage_part(
    rulebook: Rulebook, tables: Mapping[str, CandidateTable], day: date
) -> Iterator[str]:
    """Yield the share of issued tonnes whose methodology the table of methodologies covers."""
    known = {row.cells["methodology"] for row in rows_in_force(rulebook, METHODOLOGIES, day)}
    lines = []
    for name, table in tables.items():
        methodology, issued = table.columns.get("methodology"), table.columns.get("issued")
        if methodology is None or issued is None:
            continue
        tonnes = [(v, t) for v, t in zip(methodology.values, _numbers(issued), strict=True) if t]
        total = sum(t for _, t in tonnes)
        covered = sum(t for v, t in tonnes if v in known)
        if total:
            lines.append(f"- `{name}`: {covered / total:.1%} of {total:,.0f} t issued")
    if lines:
        yield f"### Methodologies with a row in `{METHODOLOGIES}`"
        yield ""
        yield from lines
        yield ""


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Spearman's correlation of pairs, ties sharing their ranks; None where it has none."""
    if len(pairs) < 2:  # noqa: PLR2004 - one point has no order
        return None
    first, second = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = mean(first)
    spread = sum((r - middle) ** 2 for r in first) * sum((r - middle) ** 2 for r in second)
    if spread == 0:
        return None
    shared = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    return float(shared / spread**0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(v) + (ordered.count(v) - 1) / 2 for v in values]


def _types(table: CandidateTable, result: BatchResult) -> list[TypeScores]:
    column = table.columns.get(TYPE)
    by_type: dict[str, list[int]] = {}
    for row, value in enumerate(() if column is None else column.values):
        if isinstance(value, str):
            by_type.setdefault(value, []).append(row)
    quantified = (
        result.rows["quantification_lower"].to_list()
        if "quantification_lower" in result.rows.columns
        else [None] * len(table)
    )
    types = [
        TypeScores(
            name,
            len(rows),
            lower=_mean(result, "integrity_lower", rows),
            working=_mean(result, "integrity_working", rows),
            upper=_mean(result, "integrity_upper", rows),
            best_quantified=sum(quantified[row] == BEST for row in rows),
        )
        for name, rows in by_type.items()
        if len(rows) >= LEAST_ROWS
    ]
    return sorted(types, key=lambda scores: (-scores.working, -scores.upper, scores.name))


def _mean(result: BatchResult, name: str, rows: Sequence[int]) -> float:
    values = result.rows[name].to_list()
    return float(mean(values[row] for row in rows)) / THOUSAND


def _row(scores: TypeScores, held: Sequence[float], against: int) -> str:
    shares = "" if not held else f"{min(held):.2f}"
    if held and min(held) < max(held):
        shares += f" to {max(held):.2f}"
    numbers = f"{scores.lower:.2f} | {scores.working:.2f} | {scores.upper:.2f}"
    return (
        f"| `{scores.name}` | {scores.rows:,} | {numbers} | {scores.best_quantified:,} "
        f"| {shares} | {against or ''} |"
    )


def _agreements(
    types: Sequence[TypeScores],
    priors: Mapping[str, float],
    held: Mapping[str, Sequence[float]],
) -> Iterator[str]:
    shares = {name: mean(values) for name, values in held.items()}
    for words, other in (("the prior of additionality", priors), ("the share held", shares)):
        for score in ("working", "upper"):
            pairs = [(getattr(t, score), other[t.name]) for t in types if t.name in other]
            found = rank_correlation(pairs)
            if found is not None:
                named = "working" if score == "working" else "highest"
                yield (
                    f"- rank correlation of the {named} score with {words}: "
                    f"{found:+.2f} ({len(pairs)} types)"
                )
    yield ""


def _priors(rulebook: Rulebook, day: date) -> dict[str, float]:
    rows = rows_in_force(rulebook, PRIORS, day)
    return {row.cells[TYPE]: float(row.cells["prior"]) for row in rows}


def _held(rulebook: Rulebook, day: date) -> dict[str, list[float]]:
    shares: dict[str, list[float]] = {}
    for row in rows_in_force(rulebook, EVALUATIONS, day):
        if row.cells.get("share_held"):
            shares.setdefault(row.cells[TYPE], []).append(float(row.cells["share_held"]))
    return shares


def _against(rulebook: Rulebook, day: date) -> dict[str, int]:
    studies: dict[str, set[str]] = {}
    for row in rows_in_force(rulebook, EVALUATIONS, day):
        if row.cells.get("finding") in {"below_half", "no_figure"}:
            studies.setdefault(row.cells[TYPE], set()).add(row.cells["study"])
    return {name: len(found) for name, found in studies.items()}


def _numbers(column: Column) -> list[float | None]:
    return [float(v) if isinstance(v, int | float) else None for v in column.values]
