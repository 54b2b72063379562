"""Numbers of a registry's ledger that cannot all be true: flagged, never mended."""

from collections.abc import Callable, Mapping

from offsetcheck.intake.files.sheet import Sheet
from offsetcheck.vocabulary.problem import Counted, Problem, Severity
from offsetcheck.vocabulary.problem_groups import in_rows
from offsetcheck.vocabulary.table import Column

IMPLAUSIBLE_ANNUAL = 50_000_000  # tCO2e; the largest credited projects of any registry stay below


def ledger_problems(sheet: Sheet, columns: Mapping[str, Column]) -> list[Problem]:
    """Return one warning per kind of contradiction and its rows; no value is changed."""
    checks: tuple[tuple[str, tuple[str, ...], Callable[..., bool]], ...] = (
        ("more credits retired than issued", ("retired", "issued"), lambda a, b: a > b),
        ("fewer than no credits remaining", ("remaining",), lambda a: a < 0),
        ("a negative yearly estimate", ("estimated_annual",), lambda a: a < 0),
        (
            "an implausibly large yearly estimate",
            ("estimated_annual",),
            lambda a: a > IMPLAUSIBLE_ANNUAL,
        ),
        (
            "a crediting period that ends before it starts",
            ("crediting_start", "crediting_end"),
            lambda a, b: a > b,
        ),
        ("a first vintage after the last", ("first_vintage", "last_vintage"), lambda a, b: a > b),
    )
    return [
        problem
        for says, fields, holds in checks
        if all(name in columns for name in fields)
        for problem in _check(sheet, columns, says, fields, holds)
    ]


def _check(
    sheet: Sheet,
    columns: Mapping[str, Column],
    says: str,
    fields: tuple[str, ...],
    holds: Callable[..., bool],
) -> list[Problem]:
    values = zip(*(columns[name].values for name in fields), strict=True)
    rows = [row for row, found in enumerate(values) if None not in found and holds(*found)]
    if not rows:
        return []
    lines = tuple(sheet.lines[row] for row in rows)
    before, after = f"the list states {says} (", "); the values are kept as they stand"
    message = f"{before}{in_rows(lines)}{after}"
    counted = Counted(says, len(rows), message, (before, after))
    place = sheet.place(rows[0])
    return [Problem(message, place, None, Severity.WARNING, lines=lines, counted=counted)]
