"""Measure offsetcheck beside its peers, in an environment that this command makes for itself.

    python benchmarks/peers/run.py [--environment FOLDER] [--only columns,rows,facts,rules,growth,profile]

installs `requirements/run.txt` and `requirements.txt` of this folder under the user's cache, once,
then runs each engine in a process of its own and writes `docs/performance.md` and its drawing.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LISTS = (ROOT / "requirements" / "run.txt", HERE / "requirements.txt")


def main() -> None:
    """Make the environment ready and hand over to `side_by_side.py` in it."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--environment", type=Path, help="where the environment is made")
    own, others = asked.parse_known_args()
    python = ready(own.environment or cache() / f"peers-{fingerprint()}")
    paths = os.pathsep.join([str(ROOT / "src"), str(HERE)])
    command = [str(python), str(HERE / "side_by_side.py"), *others]
    sys.exit(subprocess.call(command, env=os.environ | {"PYTHONPATH": paths}))


def cache() -> Path:
    """Return the folder under the user's cache where environments are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "offsetcheck"


def fingerprint() -> str:
    """Return what tells one set of pinned versions, for one Python, from another."""
    told = b"".join(path.read_bytes() for path in LISTS) + sys.version.encode()
    return hashlib.sha256(told).hexdigest()[:12]


def ready(folder: Path) -> Path:
    """Return the Python of an environment in which all that is pinned is installed."""
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        print(f"making {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        for pinned in LISTS:  # apart: the first list has hashes, which would be asked of the second
            pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.check_call([*pip, "--requirement", str(pinned)])
        done.touch()
    return python


if __name__ == "__main__":
    main()
