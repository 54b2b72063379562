import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return a wheel built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Return the command of an environment that has the wheel, and libraries by path only."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    site = next(folder.glob("lib/python*/site-packages"))
    # A path line does not make Python read the other environment's own .pth files, so the
    # checkout is not importable from here.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", wheel], check=True)
    return folder / "bin" / "offsetcheck"


def run(command, *arguments, folder):
    """Run the installed command in a folder outside the checkout."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    return subprocess.run(
        [command, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_wheel_carries_rules_templates_and_samples(wheel):
    """A wheel holds every rule file, template, sample and layout of a list, and the three licences."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for name in ("rules", "templates", "samples"):
        files = [f for f in (REPOSITORY / name).rglob("*") if f.is_file()]
        carried = {f"offsetcheck/bundled/{name}/{f.relative_to(REPOSITORY / name)}" for f in files}
        assert carried - names == set()
    layouts = (REPOSITORY / "src/offsetcheck/intake/layouts").glob("*.yaml")
    assert {f"offsetcheck/intake/layouts/{path.name}" for path in layouts} - names == set()
    assert len([n for n in names if n.endswith("LICENSE") and ".dist-info/" in n]) == 3


def test_an_installed_command_works_outside_the_checkout(installed, tmp_path):
    """Installed from a wheel, the command finds its own rules and samples."""
    listed = run(installed, "rules", "list", folder=tmp_path)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "permanence." in listed.stdout
    where = [installed.parent / "python", "-c", "import offsetcheck; print(offsetcheck.__file__)"]
    found = run(*where, folder=tmp_path).stdout
    assert str(installed.parent.parent) in found
    assert run(installed, "samples", "mine", folder=tmp_path).returncode == 0
    ended = run(installed, "assess", "mine/turku", "--as-of", "2026-09-30", folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / ended.stdout.splitlines()[-1]).is_file()
