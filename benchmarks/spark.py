"""What Spark costs: CPU, shuffle and memory of the driver, for a list many times over.

    python benchmarks/spark.py LIST CITY COPIES [MASTER]

Reads a list once, writes its facts COPIES times with ids of their own, judges them, and prints what
Spark's own counters say. Needs the extra `spark` and Java.
"""

# ruff: noqa: SLF001 - the counters of Spark are private in Python
import json
import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import polars as pl

from offsetcheck.api.case import open_rulebook, open_tender, screening_of
from offsetcheck.engine.columns.facts import facts_frame
from offsetcheck.engine.spark.plan import fields_read
from offsetcheck.engine.spark.run import Cluster, Table
from offsetcheck.engine.spark.session import session

DAY = date(2026, 9, 30)


def written(frame: pl.DataFrame, copies: int, folder: Path) -> None:
    """Write a frame many times, each copy with ids of its own."""
    folder.mkdir()
    for part in range(copies):
        own = pl.col("id") + f"-{part}" if part else pl.col("id")
        frame.with_columns(own.alias("id")).write_parquet(folder / f"part-{part:05}.parquet")


def cpu_of_java(process: int) -> float:
    """Return the CPU seconds that a process has used."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / 100


def main() -> None:
    """Judge and print."""
    path, city, copies = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    master = sys.argv[4] if len(sys.argv) > 4 else "local[2]"
    case = open_tender(path, open_rulebook(), as_of=DAY, city=city)
    frame = facts_frame(case.table, DAY, fields_read(case.bound))
    room = Path(tempfile.mkdtemp(dir=sys.argv[5] if len(sys.argv) > 5 else None))
    try:
        written(frame, copies, room / "facts")
        begun = session(master)
        begun.sparkContext.setLogLevel("ERROR")
        java = int(begun._jvm.java.lang.ProcessHandle.current().pid())
        start, clock = cpu_of_java(java), time.time()
        purchase = screening_of(DAY)
        told = Cluster(master).run(Table(str(room / "facts")), case.bound, purchase, str(room))
        address = (
            f"{begun.sparkContext.uiWebUrl}/api/v1/applications/{begun.sparkContext.applicationId}"
        )
        with (
            urlopen(f"{address}/stages") as told_stages,
            urlopen(f"{address}/executors") as told_all,
        ):
            stages, (driver, *_) = json.load(told_stages), json.load(told_all)
        heap = driver.get("peakMemoryMetrics", {}).get("JVMHeapMemory", 0)
        rows = sum(told.counts.values())
        size = sum(f.stat().st_size for f in (room / "facts").iterdir())
        print(f"rows {rows:,}  facts {size / 1e6:,.0f} MB  patterns {told.patterns:,}")
        print(f"verdicts {dict(told.counts)}")
        print(
            f"CPU of Java {cpu_of_java(java) - start:,.1f} s, on the clock {time.time() - clock:,.1f} s"
        )
        print(f"shuffle written {sum(s['shuffleWriteBytes'] for s in stages):,} bytes")
        print(f"shuffle read {sum(s['shuffleReadBytes'] for s in stages):,} bytes")

        print(f"heap of the driver, which runs the tasks too, at most {heap / 1e6:,.0f} MB")
        print(f"Python at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB")
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
