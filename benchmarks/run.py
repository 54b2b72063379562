"""Print the time and memory of the main jobs, each in a process of its own."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VROD = ROOT.parent / "shared" / "data" / "vrod" / "vrod-v2025-12-year-end.parquet"
DAY = "2026-09-30"


@dataclass(frozen=True)
class Job:
    """One command line and the figures that it is held to; `start` is what Python is to run."""

    name: str
    arguments: tuple[str, ...]
    seconds: float
    megabytes: float | None = None
    repeat: int = 1
    kept: bool = True  # whether a rulebook that was read before may be used
    start: tuple[str, ...] = ("-m", "offsetcheck")


def jobs(output: Path) -> list[Job]:
    """Return the jobs in the order in which they are printed."""
    sample = str(ROOT / "samples" / "turku")
    batch = ("batch", str(VROD), "--as-of", DAY, "--force", "--reports", "top:0")
    thousand = ("batch", str(VROD), "--as-of", DAY, "--force", "--reports", "top:1000")
    one, three, many = (str(output / name) for name in ("one", "three", "many"))
    cities = ("--city", "turku", "--city", "bogota", "--city", "melbourne")
    explain = ("explain", sample, "ACR1129", "--as-of", DAY)
    imported = ("-c", "import offsetcheck")
    return [
        Job("import", (), 0.03, repeat=20, start=imported),
        Job("help", ("--help",), 0.2, repeat=5),
        Job("explain one offer", explain, 0.6, repeat=5),
        Job("explain one offer, all rules read", explain, 1.2, repeat=5, kept=False),
        Job("VROD, one city", (*batch, "--city", "bogota", "-o", one), 5, 600),
        Job("VROD, three cities", (*batch, *cities, "-o", three), 12),
        Job("VROD, one city, 1,000 reports", (*thousand, "--city", "bogota", "-o", many), 5 + 30),
    ]


def measure(job: Job) -> tuple[int, float, float]:
    """Return exit status, best wall time in seconds and peak memory in MB of a job."""
    command = [sys.executable, *job.start, *job.arguments]
    environment = os.environ if job.kept else {**os.environ, "OFFSETCHECK_CACHE": "off"}
    runs = [_once(command, environment) for _ in range(job.repeat)]
    return max(r[0] for r in runs), min(r[1] for r in runs), max(r[2] for r in runs)


def _once(command: list[str], environment: Mapping[str, str]) -> tuple[int, float, float]:
    quiet, begin = subprocess.DEVNULL, time.perf_counter()
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        return child.returncode, time.perf_counter() - begin, usage.ru_maxrss / 1024


def main() -> None:
    """Run the jobs whose names hold the words given, all of them by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="run only jobs whose name holds one of these")
    words = parser.parse_args().words
    print(f"{'job':32} {'status':>6} {'seconds':>8} {'asked':>7} {'MB':>6} {'asked':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for job in jobs(Path(folder)):
            if words and not any(word in job.name for word in words):
                continue
            if str(VROD) in job.arguments and not VROD.exists():
                print(f"{job.name:32} left out: the VROD file is not there")
                continue
            status, seconds, memory = measure(job)
            asked = f"{job.megabytes:.0f}" if job.megabytes else ""
            figures = f"{status:6} {seconds:8.3f} {job.seconds:7.2f} {memory:6.0f} {asked:>6}"
            print(f"{job.name:32} {figures}", flush=True)


if __name__ == "__main__":
    main()
