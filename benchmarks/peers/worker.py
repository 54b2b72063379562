"""One engine in a process of its own: what it comes to goes to a file, what it costs to stdout.

The command line names a file of JSON: `peer`, `rows` (a Parquet file), `rules` (ids), `rounds`,
`most` (how many rows are asked, None for all), `target`, and `stream` (from file to file).
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
from peer_columns import JOBS, STREAMS, outcomes
from peer_row_engines import (
    ENGINES,
    ask_rails,
    names_of,
    outcomes_of_rails,
    python_outcomes,
    rows_of,
)
from peer_rules import shipped


def main() -> None:
    """Do one job and print its CPU seconds, rows and peak of memory in megabytes."""
    task = json.loads(Path(sys.argv[1]).read_text())
    rules = [shipped().rules[name] for name in task["rules"]]
    if task["stream"]:
        source, target = Path(task["rows"]), Path(task["target"])
        _, seconds = timed(lambda: STREAMS[task["peer"]](rules, source, target), 1)
        print(json.dumps({"seconds": seconds, "peak": peak()}))
        return
    frame = pl.read_parquet(task["rows"], n_rows=task["most"])
    result, seconds, top = measured(task["peer"], rules, frame, task["rounds"])
    result.write_parquet(task["target"])
    print(json.dumps({"seconds": seconds, "rows": len(frame), "peak": top}))


def measured(peer: str, rules: list, frame: pl.DataFrame, rounds: int) -> tuple:
    """Return what a peer comes to, its CPU seconds and its peak before anything is compared."""
    if peer in JOBS:
        result, seconds = timed(JOBS[peer](rules, frame), rounds)
        return named(outcomes(result), peer), seconds, peak()
    if peer == "plain Python":
        rows = frame.to_dicts()
        columns, seconds = timed(lambda: python_outcomes(rules, rows), rounds)
        top = peak()
        made = dict(zip((rule.id for rule in rules), columns, strict=True))
        return (
            pl.DataFrame({n: pl.Series(made[n], dtype=pl.Int64) for n in sorted(made)}),
            seconds,
            top,
        )
    names = names_of(rules)
    ask, rows = ENGINES[peer](rules, names), rows_of(frame, names)
    answers, seconds = timed(lambda: ask_rails(ask, rows), rounds)
    return outcomes_of_rails(answers, rules), seconds, peak()


def named(result: pl.DataFrame, peer: str) -> pl.DataFrame:
    """Return outcomes without the means, which the whole engine gives of other rules too."""
    return result.select(sorted(result.columns)) if peer in JOBS else result


def timed(job: Callable[[], object], rounds: int) -> tuple:
    """Return what a job comes to and the fewest CPU seconds, user and system, of its rounds."""
    best, result = float("inf"), None
    for _ in range(rounds):
        before = time.process_time()
        result = job()
        best = min(best, time.process_time() - before)
    return result, best


def peak() -> float:
    """Return the peak of resident memory of this process, in megabytes.

    The system's own count is of this program alone; `getrusage` begins with the peak of the process
    that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
