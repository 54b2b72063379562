"""What a release is made of fits together: version, changelog, tags, citation, locks, metadata."""

import re
import shutil
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

import offsetcheck
from offsetcheck.ground.publish.foreign import LISTING

REPOSITORY = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
CITATION = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
HEADING = re.compile(r"^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$", re.MULTILINE)
HEADINGS = HEADING.findall((REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8"))
RELEASES = {version: day for version, day in HEADINGS if version != "Unreleased"}
PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def locked(name):
    """Return the version of each package of a lock file."""
    text = (REPOSITORY / "requirements" / name).read_text(encoding="utf-8")
    return {package: Version(version) for package, version in PINNED.findall(text)}


def test_the_changelog_is_in_order():
    """What is not released stands first; then each release with its day, the newest first."""
    assert HEADINGS[0] == ("Unreleased", "")
    assert all(RELEASES.values())
    for (newer, later), (older, earlier) in pairwise(RELEASES.items()):
        assert Version(newer) > Version(older)
        assert later >= earlier


def test_the_version_is_the_newest_release_or_the_next():
    """The package is never older than the changelog's newest release."""
    newest = next(iter(RELEASES), "0")
    assert Version(offsetcheck.__version__) >= Version(newest)


def test_the_citation_names_the_version_and_its_day():
    """Who cites gets the package's version, and a day only where that version was released."""
    assert CITATION["version"] == offsetcheck.__version__
    assert str(CITATION.get("date-released", "")) == RELEASES.get(offsetcheck.__version__, "")
    assert [author["name"] for author in CITATION["authors"]] == [
        author["name"] for author in PROJECT["project"]["authors"]
    ]
    assert " AND ".join(CITATION["license"]) == PROJECT["project"]["license"]


def git(*words):
    """Return what git lists of this checkout; skip where there is none."""
    if shutil.which("git") is None or not (REPOSITORY / ".git").exists():
        pytest.skip("this is no checkout, so git has nothing to list")
    command = ["git", "-c", f"safe.directory={REPOSITORY}", *words]
    ran = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def test_no_result_of_a_run_is_kept_among_the_sources():
    """A folder that a command wrote bears a list of its files, and belongs to nobody's release."""
    assert [path for path in git("ls-files") if Path(path).name == LISTING] == []


def test_each_tag_has_its_heading():
    """A tag vX.Y.Z marks a release that the changelog tells of."""
    tags = [tag.removeprefix("v") for tag in git("tag", "--list", "v[0-9]*")]
    assert [tag for tag in tags if tag not in RELEASES] == []


def test_every_python_that_is_tested_is_named():
    """The classifiers and the two that run all versions name the same Pythons."""
    prefix = "Programming Language :: Python :: 3."
    classifiers = PROJECT["project"]["classifiers"]
    named = [c.removeprefix(prefix) for c in classifiers if c.startswith(prefix)]
    assert PROJECT["project"]["requires-python"] == f">=3.{named[0]}"
    versions = [f"3.{minor}" for minor in named]
    assert f"for version in {' '.join(versions)}; do" in (REPOSITORY / ".ci" / "matrix").read_text()
    workflow = yaml.safe_load((REPOSITORY / ".github" / "workflows" / "ci.yml").read_text())
    assert workflow["jobs"]["all"]["strategy"]["matrix"]["python"] == versions


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_what_is_locked_is_what_is_wanted(name):
    """Each lock file holds every library that is asked for, in a version that is allowed."""
    wanted = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    groups = PROJECT["dependency-groups"]
    wanted += [Requirement(line) for line in groups["build"]]
    if name == "dev.txt":
        wanted += [Requirement(line) for line in groups["dev"] if isinstance(line, str)]
    pins = locked(name) | locked("durable-rules.txt")
    assert [str(need) for need in wanted if pins[need.name] not in need.specifier] == []


def test_the_locks_do_not_contradict_each_other():
    """What the program runs with is what it is tested with."""
    run, dev = locked("run.txt"), locked("dev.txt")
    assert run.items() <= dev.items()
