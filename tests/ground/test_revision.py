"""A folder of a git revision: the same bytes as on disk, and nothing of the repository runs."""

import os
import subprocess

import pytest

from offsetcheck.ground.revision import (
    RevisionError,
    commit_of,
    has_file,
    repository_of,
    walk_revision,
)
from offsetcheck.ground.walk import Bounds, walk

WANTED = {".yaml": 1000, ".csv": 1000}
BOUNDS = Bounds(entries=50, depth=3, total=5000)


def git(folder, *words):
    ours = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, env=ours, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    """Return a repository whose folder `rules` was committed."""
    rules = tmp_path / "rules"
    (rules / "vintage").mkdir(parents=True)
    (rules / "guide.yaml").write_bytes(b"name: a\r\n")
    (rules / "vintage" / "age.yaml").write_text("id: ä\n", encoding="utf-8")
    (rules / "notes.txt").write_text("not wanted", encoding="utf-8")
    (rules / ".hidden.yaml").write_text("x: 1\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "rules")


def read(repository, folder="rules", bounds=BOUNDS):
    return walk_revision(repository, commit_of(repository, "HEAD"), folder, WANTED, bounds)


def test_a_revision_is_read_as_its_folder_on_disk(repository):
    """Files, names and what is hidden are those of a walk of the same folder."""
    there, here = read(repository), walk(repository / "rules", WANTED, BOUNDS)
    assert dict(there.files) == dict(here.files)
    assert set(there.names) == set(here.names)
    assert there.faults == ()


def test_what_was_changed_since_is_not_read(repository):
    """The working tree plays no part: what counts is what the revision holds."""
    (repository / "rules" / "guide.yaml").write_text("name: b\n", encoding="utf-8")
    assert read(repository).files["guide.yaml"] == b"name: a\r\n"


def test_filters_of_the_repository_do_not_run(repository):
    """A filter that a stranger's repository configures is not asked for any file."""
    mark = repository / "ran"
    git(repository, "config", "filter.bad.smudge", f"touch {mark}; cat")
    git(repository, "config", "core.fsmonitor", f"touch {mark}")
    (repository / ".gitattributes").write_text("*.yaml filter=bad\n", encoding="utf-8")
    commit(repository)
    mark.unlink(missing_ok=True)
    assert "guide.yaml" in read(repository).files
    assert not mark.exists()


@pytest.mark.parametrize("named", ["--output=x", "-h", "", "HEAD\n", "nowhere", "HEAD..HEAD"])
def test_what_is_no_revision_is_refused(repository, named):
    """An option, an empty name, a range and a name that git does not know are no revisions."""
    with pytest.raises(RevisionError):
        commit_of(repository, named)


@pytest.mark.parametrize("folder", ["nowhere", "rules/guide.yaml"])
def test_what_is_no_folder_is_refused(repository, folder):
    """A path that the revision does not have, or that is a file, is said so."""
    with pytest.raises(RevisionError, match="there is no folder"):
        read(repository, folder)


def test_links_are_faults(repository):
    """A link is not followed, wherever it leads: it is named, and the rest is read."""
    (repository / "rules" / "link.yaml").symlink_to("/etc/passwd")
    commit(repository)
    found = read(repository)
    assert [fault.name for fault in found.faults] == ["link.yaml"]
    assert "link.yaml" not in found.files


@pytest.mark.parametrize(
    "bounds",
    [Bounds(entries=1, depth=3, total=5000), Bounds(50, 0, 5000), Bounds(50, 3, 10)],
)
def test_a_folder_that_holds_too_much_is_refused(repository, bounds):
    """The number of files, their depth and their bytes together are bounded as on disk."""
    with pytest.raises(RevisionError):
        read(repository, bounds=bounds)


def test_a_file_that_is_too_large_is_a_fault(repository):
    """One large file is named and not read."""
    (repository / "rules" / "big.yaml").write_text("x" * 2000, encoding="utf-8")
    commit(repository)
    assert [fault.name for fault in read(repository).faults] == ["big.yaml"]


def test_the_repository_of_a_folder_is_found(repository, tmp_path_factory):
    """A folder within a repository leads to its top, one outside to none."""
    assert repository_of(repository / "rules") == repository.resolve()
    assert repository_of(tmp_path_factory.mktemp("outside")) is None


def test_a_path_is_known_or_not(repository):
    """Whether a commit has a file is told without reading it."""
    known = commit_of(repository, "HEAD")
    assert has_file(repository, known, "rules/guide.yaml")
    assert not has_file(repository, known, "rules/nowhere.yaml")
