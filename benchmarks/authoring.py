"""What an author waits for, in seconds of one core: `python benchmarks/authoring.py`.

Each figure stands beside what it is held to; `rules_diff.py` has that of `rules diff --on`.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

RULES = Path(__file__).parents[1] / "rules"
CHANGED = "quantification/baseline.yaml"


class Measured(NamedTuple):
    """What was run, the seconds it took, and the seconds it is held to, None where to nothing."""

    title: str
    seconds: float
    held_to: float | None


def main() -> None:
    """Print the figures, one on a line."""
    with tempfile.TemporaryDirectory() as made:
        rules = Path(shutil.copytree(RULES, Path(made) / "rules"))
        os.environ["XDG_CACHE_HOME"] = f"{made}/cache"
        for switch in ("OFFSETCHECK_CACHE", "PYTHONDONTWRITEBYTECODE"):
            os.environ.pop(switch, None)  # an author's machine keeps what was read and compiled
        for one in figures(rules):
            held = "" if one.held_to is None else f"(held to {one.held_to:.2f})"
            print(f"{one.title:45} {one.seconds:8.2f} s {held}", flush=True)


def figures(rules: Path) -> Iterator[Measured]:
    """Yield the figures in the order in which each finds what the one before has kept."""
    check = ("rules", "check", str(rules))
    seconds(*check)  # its code is compiled once for all
    shutil.rmtree(os.environ["XDG_CACHE_HOME"])
    yield Measured("rules check, nothing kept", seconds(*check), 1.0)
    yield Measured("rules check, unchanged", seconds(*check), 0.3)
    change(rules)
    yield Measured("rules check, one file changed", seconds(*check), 0.6)
    yield Measured("rules test, nothing kept", seconds("rules", "test", str(rules)), None)
    yield Measured("rules test, unchanged", seconds("rules", "test", str(rules)), 1.0)
    yield Measured("rules check --proofs, nothing kept", seconds(*check, "--proofs"), None)
    change(rules)
    yield Measured("rules check --proofs, one file changed", seconds(*check, "--proofs"), None)
    mutate = ("rules", "mutate", "--rules", str(rules))
    yield Measured("rules mutate, all rules", seconds(*mutate), None)


def change(rules: Path) -> None:
    """Change one file, so that nothing else is decided by it."""
    with (rules / CHANGED).open("a", encoding="utf-8") as file:
        file.write("# looked at again\n")


def seconds(*arguments: str) -> float:
    """Run a command; return what it took of one core, with the processes that it started."""
    before = used()
    command = (sys.executable, "-m", "offsetcheck", *arguments)
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode not in {0, 4}:
        raise SystemExit(f"{' '.join(arguments)}: {ran.stderr}")
    return used() - before


def used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main()
