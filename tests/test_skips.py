"""A skip is a failure where the machine has to have everything."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
FILES = {
    "test": 'import pytest\n\ndef test_it():\n    pytest.skip("{reason}")\n',
    "mark": 'import pytest\n\n@pytest.mark.skip(reason="{reason}")\ndef test_it():\n    pass\n',
    "file": 'import pytest\n\npytest.skip("{reason}", allow_module_level=True)\n',
}


@pytest.fixture
def status(tmp_path):
    """Return a function that gives the exit status of a run with one test that is skipped."""

    def run(form, reason, **environment):
        shutil.copy(CONFTEST, tmp_path)
        (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
        (tmp_path / "test_it.py").write_text(FILES[form].format(reason=reason), encoding="utf-8")
        (tmp_path / "test_other.py").write_text("def test_other():\n    pass\n", encoding="utf-8")
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("CI", "OFFSETCHECK_", "PYTEST"))
        }
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path]
        ran = subprocess.run(
            command, cwd=tmp_path, env=kept | environment, capture_output=True, check=False
        )
        return ran.returncode

    return run


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("wish", ["CI=true", "OFFSETCHECK_NO_SKIPS=1"])
def test_a_skip_fails_where_all_has_to_run(status, form, wish):
    """A browser that is missing ends a run in continuous integration, and no other run."""
    name, value = wish.split("=")
    assert status(form, "no Chromium or Chrome is installed") == 0
    assert status(form, "no Chromium or Chrome is installed", **{name: value}) != 0


@pytest.mark.parametrize("form", FILES)
def test_the_large_lists_may_be_absent_everywhere(status, form):
    """Data that is not part of the repository may be missing from any machine."""
    reason = "the real project lists are not beside this checkout"
    assert status(form, reason, CI="true") == 0
