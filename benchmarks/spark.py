"""What Spark costs: CPU, shuffle and memory of the driver, for a list many times over.

    python benchmarks/spark.py LIST CITY COPIES [MASTER [FOLDER]]
    python benchmarks/spark.py FACTS CITY 0 [MASTER [FOLDER]]

Reads a list once, writes its facts COPIES times with ids of their own, judges them, and prints what
Spark's own counters say; with 0 copies what is named is a table of facts already, which only Spark
reads. Results go into a folder within FOLDER, and are removed. Needs the extra `spark` and Java.
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
from pyspark.sql import SparkSession

from offsetcheck.api.case import open_rulebook, open_tender, screening_of
from offsetcheck.engine.columns.facts import facts_frame
from offsetcheck.engine.spark.plan import fields_read
from offsetcheck.engine.spark.run import Cluster, Outcome, Table
from offsetcheck.engine.spark.session import session
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRulebook

DAY = date(2026, 9, 30)


def written(path: Path, city: str, copies: int, folder: Path) -> BoundRulebook:
    """Write the facts of a list many times, each copy with ids of its own."""
    case = open_tender(path, open_rulebook(), as_of=DAY, city=city)
    frame = facts_frame(case.table, DAY, fields_read(case.bound))
    folder.mkdir()
    for part in range(copies):
        own = pl.col("id") + f"-{part}" if part else pl.col("id")
        frame.with_columns(own.alias("id")).write_parquet(folder / f"part-{part:05}.parquet")
    return case.bound


def cpu_of(process: int) -> float:
    """Return the CPU seconds that a process has used."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / 100


def resident(process: int) -> float:
    """Return the most memory in MB that a process has held at once."""
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1e3


def counted(begun: SparkSession, process: int) -> None:
    """Print what Spark counted of its stages, and what its process held."""
    home = f"{begun.sparkContext.uiWebUrl}/api/v1/applications/{begun.sparkContext.applicationId}"
    with urlopen(f"{home}/stages") as told_stages, urlopen(f"{home}/executors") as told_all:
        stages, (driver, *_) = json.load(told_stages), json.load(told_all)
    heap = driver.get("peakMemoryMetrics", {}).get("JVMHeapMemory", 0)
    print(f"CPU of tasks {sum(s['executorCpuTime'] for s in stages) / 1e9:,.1f} s")
    for way in ("Write", "Read"):
        print(f"shuffle {way.lower()} {sum(s[f'shuffle{way}Bytes'] for s in stages):,} bytes")
    for way in ("memory", "disk"):
        print(f"spilled to {way} {sum(s[f'{way}BytesSpilled'] for s in stages):,} bytes")
    print(f"heap of the driver, which runs the tasks too, at most {heap / 1e6:,.0f} MB")
    print(f"Java at most {resident(process):,.0f} MB")
    print(f"Python at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB")


def judged(table: Path, bound: BoundRulebook, master: str, room: Path) -> None:
    """Judge a table of facts and print what it took."""
    begun = session(master)
    begun.sparkContext.setLogLevel("ERROR")
    java = int(begun._jvm.java.lang.ProcessHandle.current().pid())
    start, clock = cpu_of(java), time.time()
    told: Outcome = Cluster(master).run(Table(str(table)), bound, screening_of(DAY), str(room))
    print(
        f"rows {sum(told.counts.values()):,}  alike {told.alike:,}  patterns {told.patterns:,}  {dict(told.counts)}"
    )
    print(f"CPU of Java {cpu_of(java) - start:,.1f} s, on the clock {time.time() - clock:,.1f} s")
    counted(begun, java)


def main() -> None:
    """Judge and print."""
    path, city, copies = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    master = sys.argv[4] if len(sys.argv) > 4 else "local[2]"
    room = Path(tempfile.mkdtemp(dir=sys.argv[5] if len(sys.argv) > 5 else None))
    try:
        facts = room / "facts" if copies else path
        bound = written(path, city, copies, facts) if copies else bind(open_rulebook(), city, DAY)
        judged(facts, bound, master, room)
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
