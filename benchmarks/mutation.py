"""Plant small faults in a room's code with mutmut, and print which of them its tests do not notice.

`make mutation ROOM=engine` plants every fault in one room of `src/offsetcheck`, one at a time, and
runs the tests that reach it; `words`, `tables` and `cities` are rooms across folders. It works in a
copy under the output folder. What survives is a test that is missing, or a change that changes
nothing: read it with the command that is printed last.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("src", "tests", "rules", "templates", "samples", "docs", "pyproject.toml", "README.md")
# Rooms across folders: the modules under src/offsetcheck, and the tests that have to notice.
CROSSING = {
    "words": (
        """explain/wording.py explain/quantity.py explain/rule_text.py explain/reason.py""",
        """tests/explain""",
    ),
    "tables": (
        """rulebook/tables/*.py engine/lookup.py report/tables.py""",
        """tests/rulebook/test_*table*.py tests/rulebook/test_version_range.py
        tests/engine/test_expression.py tests/report/test_tables.py tests/report/test_batch.py""",
    ),
    "cities": (
        """rulebook/binding/*.py rulebook/policies/*.py
        rulebook/rules/parameters.py""",
        """tests/rulebook/test_bind.py tests/rulebook/test_city_sources.py
        tests/rulebook/test_loosening.py tests/rulebook/test_optional.py
        tests/rulebook/test_broken_folder.py""",
    ),
}
LEFT_OUT = ("tests/report/test_browser.py", "tests/test_packaging.py")


def main() -> int:
    """Print what survived in a room, and how many faults were killed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("room", help="a folder of src/offsetcheck, or words, tables, cities")
    asked.add_argument("--output", type=Path, default=ROOT / "out" / "mutation")
    chosen = asked.parse_args()
    work = copied(chosen.room, chosen.output.resolve())
    environment = os.environ | {"OFFSETCHECK_CACHE": "off"}  # else a kept rulebook hides a fault
    mutmut = Path(sys.executable).with_name("mutmut")
    log = work / "mutmut.log"
    with log.open("w", encoding="utf-8") as written:
        ended = subprocess.run(
            [mutmut, "run"], cwd=work, env=environment, stdout=written, check=False
        )
    said = subprocess.run(
        [mutmut, "results", "--all", "true"], cwd=work, capture_output=True, text=True, check=False
    )
    outcomes = dict(line.strip().split(": ") for line in said.stdout.splitlines() if ": " in line)
    if not outcomes:
        print(f"mutmut ended with status {ended.returncode} and judged nothing: see {log}")
        return 1
    survived = [name for name, outcome in outcomes.items() if outcome != "killed"]
    for name in survived:
        print(f"{outcomes[name]}: {name}")
    counts = ", ".join(
        f"{count} {outcome}" for outcome, count in Counter(outcomes.values()).most_common()
    )
    print(f"{chosen.room}: {len(outcomes)} faults, {counts}")
    print(f"read one with: cd {work} && {mutmut} show NAME")
    return 0


def copied(room: str, output: Path) -> Path:
    """Return a fresh copy of the repository that is set up for one room."""
    modules, tests = CROSSING.get(room, (f"{room}/**/*.py", f"tests/{room}"))
    source = ROOT / "src" / "offsetcheck"
    only = [
        path.relative_to(ROOT)
        for pattern in modules.split()
        for path in sorted(source.glob(pattern))
    ]
    if not only:
        raise SystemExit(f"there is no room `{room}` in src/offsetcheck")
    work = output / room
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in COPIED:
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, work / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, work / name)
    files = [
        str(path.relative_to(ROOT)) for test in tests.split() for path in sorted(ROOT.glob(test))
    ]
    settings = {
        "source_paths": ["src"],
        "only_mutate": [str(path) for path in only],
        "also_copy": [name for name in COPIED if name not in {"src", "tests"}],
        "pytest_add_cli_args_test_selection": files,
        "pytest_add_cli_args": [f"--ignore={name}" for name in LEFT_OUT] + ["-p", "no:randomly"],
    }
    with (work / "pyproject.toml").open("a", encoding="utf-8") as written:
        written.write("\n[tool.mutmut]\n")
        written.writelines(f"{key} = {value!r}\n" for key, value in settings.items())
    return work


if __name__ == "__main__":
    sys.exit(main())
