"""The generated part of `docs/performance.md`: tables with ratios, growth, and the machine."""

import math
import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import peer_chart

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LIMIT = "Polars"
PACKAGES = (
    "polars",
    "duckdb",
    "zen-engine",
    "common-expression-language",
    "cel-python",
    "json-logic-qubit",
    "clipspy",
    "durable-rules",
)
ROWS_SAID = {
    "made": "made rows, 10,000 different ones, replicated",
    "shuffled": "made rows, each column shuffled",
    "list": "real list, replicated",
    "perturbed": "real list, each column shuffled",
    "distinct": "real list, shuffled, every number another",
}
Measures = Sequence[Mapping[str, object]]


def write(page: Path, kept: Mapping[str, object]) -> None:
    """Write what was measured between the marks of a page, and its drawing beside it."""
    text = page.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    parts = [machine(kept), coverage(kept), *(table(kept, part) for part in TITLES if part in kept)]
    parts += [exponents(kept), profile(kept)]
    page.write_text(
        f"{before}{BEGIN}\n\n" + "\n\n".join(p for p in parts if p) + f"\n\n{END}{after}"
    )
    if "growth" in kept:
        drawing = page.parent / "performance_growth.svg"
        drawing.write_text(peer_chart.growth(kept["growth"]))


TITLES = {
    "columns": "Engines of columns: outcomes, levels and means",
    "rows": "Engines of expressions: requirements with their conditions",
    "facts": "Engines of facts: requirements with their conditions",
    "rules": "A quarter of the rules, half of them, all",
    "growth": "From Parquet to Parquet",
}


def machine(kept: Mapping[str, object]) -> str:
    """Return on what the run was made, and each part of it at which commit and load."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    runs = [
        f"{part} at commit {run['commit']}, load {run['load']}"
        for part, run in kept.get("runs", {}).items()
    ]
    return (
        f"Written {datetime.now(UTC):%Y-%m-%d}: {_processor()}, "
        f"{os.cpu_count()} cores, {_memory():.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}. {packages}. Measured: {'; '.join(runs)}."
    )


def commit() -> str:
    """Return the commit that is checked out."""
    asked = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = [
        line.split(":")[1].strip()
        for line in (info.read_text().splitlines() if info.exists() else [])
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def coverage(kept: Mapping[str, object]) -> str:
    """Return how many rules each engine can say."""
    told = kept["coverage"]
    lines = [
        "### How much each can say",
        "",
        (
            f"Of {told['candidate rules']} rules of candidates {told['without lookups']} look nothing up "
            f"and read nothing of the purchase: {told['without lookups'] - told['scales']} requirements "
            f"and {told['scales']} scales, {told['conditions']} of them with a condition."
        ),
        "",
        "| engine | rules |",
        "|---|--:|",
    ]
    return "\n".join([*lines, *(f"| {name} | {count} |" for name, count in told["peers"].items())])


def table(kept: Mapping[str, object], part: str) -> str:
    """Return one table: for each engine CPU seconds, the ratio to Polars, and memory."""
    measures: Measures = kept[part]
    lines = [
        f"### {TITLES[part]}",
        "",
        "| rows | rules | engine | rows asked | CPU s | for the same rows, Polars = 1 | peak MB |",
        "|---|--:|---|--:|--:|--:|--:|",
    ]
    for m in measures:
        limit = next(
            x
            for x in measures
            if (x["rows"], x["rules"], x["peer"]) == (m["rows"], m["rules"], LIMIT)
        )
        ratio = (m["seconds"] / m["asked"]) / (limit["seconds"] / limit["asked"])
        said = ROWS_SAID[str(m["rows"]).split()[0]]
        asked = f"{m['asked']:,}" + ("" if m["asked"] == m["height"] else " (a sample)")
        lines.append(
            f"| {m['height']:,}, {said} | {m['rules']} | {m['peer']} | {asked} | "
            f"{m['seconds']:.3f} | {_ratio(ratio)} | {_megabytes(m)} |"
        )
    return "\n".join(lines)


def _megabytes(m: Mapping[str, object]) -> str:
    return f"{m['peak']:,.0f}" if m["peak"] else "–"


def _ratio(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}"


def exponents(kept: Mapping[str, object]) -> str:
    """Return how time grows with rows and rules: the exponent of the power law that fits best."""
    lines = [
        "### How it grows",
        "",
        "| engine | by rows, from file to file | by rules |",
        "|---|--:|--:|",
    ]
    peers = dict.fromkeys(m["peer"] for part in ("growth", "rules") for m in kept.get(part, []))
    for peer in peers:
        by_rows = exponent([m for m in kept.get("growth", []) if m["peer"] == peer], "asked")
        by_rules = exponent([m for m in kept.get("rules", []) if m["peer"] == peer], "rules")
        lines.append(f"| {peer} | {by_rows} | {by_rules} |")
    drawn = ["", "![CPU seconds by rows](performance_growth.svg)"] if "growth" in kept else []
    return "\n".join([*lines, *drawn]) if peers else ""


def exponent(measures: Measures, by: str) -> str:
    """Return the slope of the line that fits the logarithms best, "–" of fewer than three."""
    if len(measures) < 3:
        return "–"
    points = [(math.log(m[by]), math.log(m["seconds"])) for m in measures]
    mean_x, mean_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    over = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return f"{over / sum((x - mean_x) ** 2 for x, _ in points):.2f}"


def profile(kept: Mapping[str, object]) -> str:
    """Return where the whole engine spends its time, the three largest first."""
    if "profile" not in kept:
        return ""
    lines = [
        "### What costs",
        "",
        "| function at work, 200,000 made rows, whole engine | share of time |",
        "|---|--:|",
    ]
    return "\n".join(
        [*lines, *(f"| {name} | {share:.0%} |" for name, share in kept["profile"][:6])]
    )
