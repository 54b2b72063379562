"""Run each engine in a process of its own, hold what all come to equal, and write the page."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import peer_page
import peer_rows
import polars as pl
from peer_columns import JOBS, STREAMS
from peer_row_engines import ENGINES, says
from peer_rules import kinds_of, measured, shipped

from offsetcheck.rulebook.binding.bound import BoundRule

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
VROD = ROOT.parent / "shared" / "data" / "vrod" / "vrod-v2025-12-year-end.parquet"
PARTS = ("columns", "rows", "facts", "rules", "growth", "profile")
SMALL, TALL = 10_000, 200_000
GROWTH = (10_000, 50_000, 200_000, 1_000_000, 5_000_000)
# Engines that need over a minute for 200,000 rows are asked about so many, and the table says so.
MOST = {
    "cel-python": 200,
    "json-logic": 5_000,
    "zen-engine, decision graph": 20_000,
    "clipspy": 20_000,
    "durable-rules on raw facts": 20_000,
}
COMPILED = (
    "plain Python",
    "CEL in Rust",
    "zen-engine, one expression",
    "zen-engine, decision graph",
    "json-logic",
    "cel-python",
)
FACTS = ("clipspy", "durable-rules on raw facts")
LONGEST = 900  # seconds until a process is given up
MEASURED_BESIDE = ("Polars", "offsetcheck")


@dataclass(frozen=True, slots=True)
class Measure:
    """What one engine needed: CPU seconds, megabytes at the peak, and how much was asked."""

    part: str
    peer: str
    rows: str
    height: int
    asked: int
    rules: int
    seconds: float
    peak: float


class Bench:
    """The files of one run, and what has been measured so far."""

    def __init__(self, folder: Path, keep: Callable[[list], None]) -> None:
        self.folder = folder
        self.keep = keep
        self.measures: list[Measure] = []
        self.bound = shipped()
        self.rules = measured(self.bound)
        self.made = peer_rows.framed(
            peer_rows.drawn(self.rules, peer_rows.DISTINCT), kinds_of(self.rules)
        )

    def file(self, name: str, frame: pl.DataFrame) -> Path:
        """Return a file that holds a frame."""
        path = self.folder / f"{name}.parquet"
        frame.write_parquet(path)
        return path

    def run(
        self,
        part: str,
        peer: str,
        rows: Path,
        height: int,
        rules: Sequence[BoundRule],
        *,
        stream: bool = False,
    ) -> Path:
        """Measure one engine; what it came to is in the file that is returned."""
        most = min(height, MOST.get(peer, height))
        target = self.folder / f"result-{len(self.measures)}"
        rounds = 1 if stream or peer in {*ENGINES, "plain Python"} else 3
        task = {
            "peer": peer,
            "rows": str(rows),
            "rules": [rule.id for rule in rules],
            "rounds": rounds,
            "most": most,
            "target": str(target),
            "stream": stream,
        }
        told = self._told(task, f"{peer} on {rows.stem}")
        measure = Measure(
            part, peer, rows.stem, height, most, len(rules), told["seconds"], told["peak"]
        )
        self.measures.append(measure)
        self.keep([asdict(one) for one in self.measures])
        print(
            f"{part:8} {peer:28} {rows.stem:24} {most:>9,} rows {told['seconds']:9.3f} s",
            flush=True,
        )
        return target

    def _told(self, task: dict[str, object], what: str) -> dict[str, float]:
        path = self.folder / "task.json"
        path.write_text(json.dumps(task))
        command = [sys.executable, str(HERE / "worker.py"), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
        if done.returncode:
            sys.exit(f"{what} ended with status {done.returncode}:\n{done.stderr[-2000:]}")
        return json.loads(done.stdout.strip().splitlines()[-1])

    def beside(
        self, part: str, peers: Sequence[str], rows: Path, height: int, rules: Sequence[BoundRule]
    ) -> None:
        """Measure engines on the same rows and rules, each held to what Polars comes to."""
        limit = pl.read_parquet(self.run(part, "Polars", rows, height, rules))
        for peer in peers:
            if peer != "Polars":
                target = self.run(part, peer, rows, height, rules)
                if told := difference(peer, pl.read_parquet(target), limit):
                    sys.exit(f"{rows.stem}: {told}")
                target.unlink()


def difference(peer: str, result: pl.DataFrame, limit: pl.DataFrame) -> str | None:
    """Return the first cell in which an engine comes to something else than Polars, None if none."""
    for name in result.columns:
        theirs, ours = result[name], limit[name].head(len(result))
        if not theirs.equals(ours, null_equal=True):
            row = (theirs.ne_missing(ours)).arg_true()[0]
            return f"{name}, row {row}: {peer} comes to {theirs[row]}, Polars to {ours[row]}"
    lacking = set(limit.columns) - set(result.columns)
    if lacking and peer != "offsetcheck, whole engine":
        return f"{peer} says nothing of {', '.join(sorted(lacking))}"
    return None


def columns(bench: Bench) -> None:
    """Outcomes, levels and means, on made rows and on a real list three ways."""
    kinds = {"made": bench.made}
    if VROD.exists():
        kinds["list"] = peer_rows.listed(VROD, bench.bound, bench.rules)
    else:
        print(f"the real list is left out: {VROD} is not there")
    for name, frame in kinds.items():
        for height in (SMALL, TALL):
            rows = bench.file(f"{name} {height}", peer_rows.replicated(frame, height))
            bench.beside("columns", list(JOBS), rows, height, bench.rules)
    frame = kinds.get("list", bench.made)
    for name, made in (("perturbed", peer_rows.perturbed), ("distinct", peer_rows.all_distinct)):
        rows = bench.file(f"{name} {TALL}", made(frame, TALL))
        bench.beside("columns", list(JOBS), rows, TALL, bench.rules)


def shared(bench: Bench, peers: Sequence[str]) -> list[BoundRule]:
    """Return the requirements that every one of some engines can say."""
    return [rule for rule in bench.rules if all(says(peer, rule) for peer in peers)]


def rows(bench: Bench) -> None:
    """Requirements with their conditions, on engines that compile an expression."""
    _requirements(bench, "rows", COMPILED)


def facts(bench: Bench) -> None:
    """Requirements with their conditions, on engines that match facts."""
    _requirements(bench, "facts", FACTS)


def _requirements(bench: Bench, part: str, peers: Sequence[str]) -> None:
    own = shared(bench, peers)
    for height in (SMALL, TALL):
        rows = bench.file(f"made {height}", peer_rows.replicated(bench.made, height))
        if height == TALL:  # who is asked about a sample has been asked already
            peers = [peer for peer in peers if MOST.get(peer, TALL) > SMALL]
        bench.beside(part, [*MEASURED_BESIDE, *peers], rows, height, own)


def rules(bench: Bench) -> None:
    """A quarter of the rules, half of them and all, spread over the rulebook."""
    rows = bench.file(f"made {TALL}", peer_rows.replicated(bench.made, TALL))
    for step in (4, 2, 1):
        bench.beside("rules", list(STREAMS), rows, TALL, bench.rules[::step])


def growth(bench: Bench, most: int) -> None:
    """From Parquet to Parquet, by rows; results are held equal at every height."""
    for height in (height for height in GROWTH if height <= most):
        rows = bench.file(f"shuffled {height}", peer_rows.perturbed(bench.made, height))
        done = [bench.run("growth", p, rows, height, bench.rules, stream=True) for p in STREAMS]
        limit = pl.read_parquet(done[0]).sort("row").drop("row")
        for peer, target in list(zip(STREAMS, done, strict=True))[1:]:
            if told := differing_file(peer, target, limit):
                sys.exit(f"{rows.stem}: {told}")
        rows.unlink()
        subprocess.run(["rm", "-r", *map(str, done)], check=True)


def differing_file(peer: str, target: Path, limit: pl.DataFrame) -> str | None:
    """Return the first cell in which a written result differs, a slice of rows at a time."""
    from peer_columns import outcomes

    theirs = pl.scan_parquet(target / "*.parquet" if target.is_dir() else target)
    for start in range(0, len(limit), 1 << 18):
        cuts = [outcomes(f.slice(start, 1 << 18).collect()) for f in (theirs, limit.lazy())]
        if told := difference(peer, *cuts):
            return f"from row {start}: {told}"
    return None


def main() -> None:
    """Do what the command line asks, keep what was measured, and write the page of it."""
    asked = argparse.ArgumentParser(prog="run.py")
    asked.add_argument("--only", default=",".join(PARTS), help="parts, joined by commas")
    asked.add_argument("--most", type=int, default=GROWTH[-1], help="rows of the longest stream")
    asked.add_argument("--kept", type=Path, help="a file of JSON that keeps what was measured")
    asked.add_argument("--page", type=Path, default=ROOT / "docs" / "performance.md")
    options = asked.parse_args()
    kept = json.loads(options.kept.read_text()) if options.kept and options.kept.exists() else {}
    commit = peer_page.commit()
    with tempfile.TemporaryDirectory(prefix="offsetcheck-peers-") as folder:
        for part in (part for part in options.only.split(",") if part):

            def keep(measures: object, part: str = part) -> None:
                kept[part] = measures
                runs = kept.setdefault("runs", {})
                runs[part] = {"commit": commit, "load": round(os.getloadavg()[0], 1)}
                if options.kept:
                    options.kept.write_text(json.dumps(kept, indent=1))

            bench = Bench(Path(folder), keep)
            kept["coverage"] = coverage(bench)
            _measure(bench, part, options.most)
    peer_page.write(options.page, kept)


def _measure(bench: Bench, part: str, most: int) -> None:
    if part == "profile":
        bench.keep(profile(bench))
    elif part == "growth":
        growth(bench, most)
    else:
        {"columns": columns, "rows": rows, "facts": facts, "rules": rules}[part](bench)


def profile(bench: Bench) -> list[list[object]]:
    """Return where offsetcheck is while it judges, the commonest first, with its share."""
    rows = bench.file(f"made {TALL}", peer_rows.replicated(bench.made, TALL))
    ids = bench.folder / "ids.json"
    ids.write_text(json.dumps([rule.id for rule in bench.rules]))
    command = [sys.executable, str(HERE / "peer_profile.py"), str(rows), str(ids)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def coverage(bench: Bench) -> dict[str, object]:
    """Return how many of the rules each engine can say."""
    scales = sum(rule.is_scale for rule in bench.rules)
    conditions = sum(rule.applies_when is not None for rule in bench.rules)
    every = {
        "Polars": len(bench.rules),
        "DuckDB": len(bench.rules),
        "offsetcheck": len(bench.rules),
    }
    for peer in (*COMPILED, *FACTS):
        every[peer] = sum(says(peer, rule) for rule in bench.rules)
    return {
        "candidate rules": len(bench.bound.candidate_rules),
        "without lookups": len(bench.rules),
        "scales": scales,
        "conditions": conditions,
        "peers": every,
    }


if __name__ == "__main__":
    main()
