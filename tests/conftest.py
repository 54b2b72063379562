"""What holds for every test: the order's seed is printed, and a skip may have to be a failure.

With CI=true or OFFSETCHECK_NO_SKIPS=1 a test is skipped only for a reason that is listed here.
Elsewhere, what a machine lacks is skipped and named at the end of the run.
"""

import os
import shutil
import sys
from importlib.util import find_spec

import pytest
from hypothesis import settings

# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")

# The public lists of projects are too large for the repository.
SHARED_DATA = ("not beside the repository", "not beside this checkout", "is not at hand")
NO_ENGINE = "durable-rules is not installed"
NO_SIGNER = "ssh-keygen is not installed"
NO_SPARK = "Spark or Java is not installed"
NO_JAVA = ("Java is installed and does not start", "Java is older than")  # what Spark asks for
SUPERUSER = "the superuser may read everything"  # whoever may read all cannot be refused a file


def _skips_fail():
    wish = os.environ.get("OFFSETCHECK_NO_SKIPS")
    return wish == "1" if wish else os.environ.get("CI") == "true"


def _may_skip(reason):
    if NO_ENGINE in reason:
        # It needs a compiler, and is not made for these Pythons; a run may also do without it.
        wished_away = os.environ.get("OFFSETCHECK_CONCLUDER") == "fixpoint"
        return wished_away or sys.version_info >= (3, 13) or shutil.which("cc") is None
    if NO_SIGNER in reason:
        return shutil.which("ssh-keygen") is None
    if NO_SPARK in reason:
        return find_spec("pyspark") is None or shutil.which("java") is None
    if any(words in reason for words in NO_JAVA):
        return True
    if SUPERUSER in reason:
        return os.geteuid() == 0
    return any(words in reason for words in SHARED_DATA)


def _fail_a_skip(report):
    """Turn a report of a skip into one of a failure, unless its reason is listed."""
    if not report.skipped or hasattr(report, "wasxfail") or not _skips_fail():
        return
    path, line, reason = report.longrepr
    if not _may_skip(reason):
        report.outcome = "failed"
        report.longrepr = f"{path}:{line}: no test may be skipped here. {reason}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport():
    """Hold a test that skips itself to the list."""
    report = yield
    _fail_a_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report():
    """Hold a file that skips itself whole to the list."""
    report = yield
    _fail_a_skip(report)
    return report


def pytest_terminal_summary(terminalreporter, config):
    """Name the seed of the order, which a quiet run does not show by itself."""
    seed = config.getoption("randomly_seed", None)
    if isinstance(seed, int):
        terminalreporter.write_line(f"order: -p randomly --randomly-seed={seed}")
