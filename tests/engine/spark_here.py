"""Whether Spark can be run on this machine, and why not."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec

OLDEST_JAVA = 17


def reason_to_skip() -> str | None:
    """Return why tests of Spark are skipped, None where they run; tests/conftest.py lists these."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if find_spec("pyspark") is None or java is None:
        return "Spark or Java is not installed"
    version = _version(java)
    if version is None:
        return "Java is installed and does not start"
    if version < OLDEST_JAVA:
        return f"Java is older than {OLDEST_JAVA}"
    return None


def _version(java: str) -> int | None:
    """Return the first number of a Java's version, 1 for those before 9; None: it does not run."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(rb'version "(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else None
