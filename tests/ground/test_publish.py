import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from offsetcheck.ground.publish import foreign, lock, workspace
from offsetcheck.ground.publish.folder import folder_in_making
from offsetcheck.ground.publish.foreign import LISTING
from offsetcheck.ground.publish.refusal import PublishError
from offsetcheck.ground.publish.workspace import beside

PROGRAM = Path(__file__).with_name("publish_and_fail.py")
HOLD = """
import sys, time
from pathlib import Path
from offsetcheck.ground.publish.folder import folder_in_making
with folder_in_making(Path(sys.argv[1]), replace=True, command="offsetcheck batch a.csv") as making:
    (making.draft / "index.html").write_text("theirs")
    print("held", flush=True)
    sys.stdin.read()
"""


def failures(way, fault, folder):
    """Return what was found after a failure before each file-system call of one way to publish."""
    ran = subprocess.run(
        [sys.executable, PROGRAM, way, fault, folder], capture_output=True, check=True
    )
    found = json.loads(ran.stdout)
    assert len(found) > 15  # the program failed at each of many calls, and came to the end
    return found


@pytest.fixture
def held(tmp_path):
    """Hold the folder `out` in another process, which writes it when its input closes."""
    command = [sys.executable, "-c", HOLD, tmp_path / "out"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        yield other
        other.kill()


def publish(folder, *, replace=True, **texts):
    """Write files into a folder of results; a name has `_` for the point."""
    with folder_in_making(folder, replace=replace, command="test") as making:
        for name, text in texts.items():
            (making.draft / name.replace("_", ".")).write_text(text, encoding="utf-8")


WAYS = ["folder-first", "folder-again", "folder-again-no-links", "file-first", "file-again"]


@pytest.mark.parametrize("way", WAYS)
def test_a_kill_before_any_step_leaves_the_old_or_the_new(tmp_path, way):
    """Killed before each file-system call, the old or the new is there, whole, with foreign files.

    The next run publishes the new one and leaves nothing beside it.
    """
    for one in failures(way, "kill", tmp_path):
        assert one["then"] in {"old", "new"}, one
        assert (one["after"], one["beside"]) == ("new", ["out"]), one


def test_without_exchange_the_old_result_is_whole_beside_for_one_step(tmp_path):
    """Where names cannot be exchanged, one kill leaves the old result whole beside its place.

    The next run brings it home before it does anything else.
    """
    found = failures("folder-again-no-exchange", "kill", tmp_path)
    between = [one for one in found if one["then"] not in {"old", "new"}]
    assert [(one["then"], one["aside"]) for one in between] == [("neither: None", True)]
    assert {(one["after"], *one["beside"]) for one in found} == {("new", "out")}


@pytest.mark.parametrize("way", [*WAYS, "folder-again-no-exchange"])
def test_an_error_at_any_step_leaves_the_old_or_the_new(tmp_path, way):
    """A full disk at each file-system call leaves the old or the new, whole, in its place."""
    for one in failures(way, "raise", tmp_path):
        assert one["then"] in {"old", "new"}, one
        assert (one["after"], one["beside"]) == ("new", ["out"]), one


def test_what_was_put_aside_is_home_before_anything_is_judged(tmp_path):
    """A run that is refused or fails after such a kill has brought the old result home all the same."""
    publish(tmp_path / "out", index_html="old")
    space = beside(tmp_path / "out")
    space.mkdir()
    (space / "lock").touch()
    (space / "new-1").mkdir()
    (tmp_path / "out").rename(space / "old")
    with pytest.raises(PublishError, match="not empty"):
        publish(tmp_path / "out", replace=False)
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_what_was_put_aside_is_not_cleared_where_its_place_is_taken(tmp_path):
    """An old result that cannot go home, because somebody made a folder there, is named and kept."""
    space = beside(tmp_path / "out")
    for folder in (space / "new-1", space / "old", tmp_path / "out"):
        folder.mkdir(parents=True)
    (space / "lock").touch()
    (space / "old" / "index.html").write_text("old", encoding="utf-8")
    with pytest.raises(PublishError, match="a killed run left the result before"):
        publish(tmp_path / "out", index_html="new")
    assert (space / "old" / "index.html").read_text(encoding="utf-8") == "old"


def test_a_second_run_into_a_folder_is_refused_with_the_holder_named(tmp_path, held):
    """Two runs into one folder do not mix: the second is told who holds it and since when."""
    says = rf"process {held.pid} on .+ since \d{{4}}-.+ \(`offsetcheck batch a.csv`\)"
    with pytest.raises(PublishError, match=says):
        publish(tmp_path / "out", index_html="mine")
    held.stdin.close()
    assert held.wait() == 0
    assert (tmp_path / "out" / "index.html").read_text() == "theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_below_a_folder_in_making_nothing_is_written(tmp_path, held):
    """A run into a folder below one that another run will replace is refused as well."""
    with pytest.raises(PublishError, match="another run is writing the folder"):
        publish(tmp_path / "out" / "deep", index_html="mine")
    assert not (tmp_path / "out").exists()


def test_above_a_folder_in_making_nothing_is_replaced(tmp_path, held):
    """A folder in which another run is at work is not replaced under its feet."""
    with pytest.raises(PublishError, match="another run is writing here"):
        publish(tmp_path, index_html="mine")


def test_a_killed_holder_gives_its_lock_back(tmp_path, held):
    """What a killed run held and left is taken over and cleared by the next."""
    held.kill()
    held.wait()
    assert beside(tmp_path / "out").is_dir()
    publish(tmp_path / "out", index_html="mine")
    assert (tmp_path / "out" / "index.html").read_text(encoding="utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.fixture
def no_locks(monkeypatch):
    """Make the file system one that knows no locks."""

    def refuse(handle):
        raise OSError(37, "No locks available")

    monkeypatch.setattr(lock, "_flock", refuse)


def holder(tmp_path, pid, host):
    """Leave a lock file of a holder beside `out`."""
    space = beside(tmp_path / "out")
    space.mkdir()
    said = {"pid": pid, "host": host, "since": "2026-01-01", "command": "offsetcheck"}
    (space / "lock").write_text(json.dumps(said), encoding="utf-8")


def test_without_locks_the_process_number_decides(tmp_path, no_locks, held):
    """Where the file system knows no locks, a living process of this machine keeps its folder."""
    with pytest.raises(PublishError, match=f"process {held.pid}"):
        publish(tmp_path / "out", index_html="mine")
    held.kill()
    held.wait()
    publish(tmp_path / "out", index_html="mine")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_without_locks_another_machine_is_believed(tmp_path, no_locks):
    """Whether a process of another machine lives cannot be known, so that it keeps its folder."""
    holder(tmp_path, os.getpid(), "elsewhere")
    with pytest.raises(PublishError, match="on elsewhere since 2026-01-01"):
        publish(tmp_path / "out", index_html="mine")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"pid": -1}', '{"pid": "x"}', "[" * 5000])
def test_a_spoilt_lock_file_of_nobody_is_taken_over(tmp_path, no_locks, text):
    """A lock file that says nothing sensible holds nobody up."""
    beside(tmp_path / "out").mkdir()
    (beside(tmp_path / "out") / "lock").write_text(text, encoding="utf-8")
    publish(tmp_path / "out", index_html="mine")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("strange", ["file", "link", "folder"])
def test_what_no_run_made_beside_a_result_is_not_cleared(tmp_path, strange):
    """Something of the hidden folder's name that is not ours is a refusal and stays as it is."""
    space = beside(tmp_path / "out")
    if strange == "file":
        space.write_text("mine", encoding="utf-8")
    elif strange == "link":
        (tmp_path / "far").mkdir()
        (tmp_path / "far" / "lock").touch()
        (tmp_path / "far" / "mine.txt").touch()
        space.symlink_to("far")
    else:
        space.mkdir()
        (space / "mine.txt").touch()
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    with pytest.raises(PublishError, match="what no run of yours made is in the way"):
        publish(tmp_path / "out", index_html="mine")
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_what_comes_late_is_kept(tmp_path, monkeypatch):
    """A file put into the old folder while the new one takes its place is not lost."""
    publish(tmp_path / "out", index_html="old")
    (tmp_path / "out" / "mine.txt").write_text("first", encoding="utf-8")
    carry = foreign.carry

    def carry_and_meddle(found, source, goal):
        carry(found, source, goal)
        (source / "late.txt").write_text("late", encoding="utf-8")
        (source / "late").mkdir()
        (source / "more.html").write_text("mine", encoding="utf-8")
        (source / "mine.new").write_text("second!", encoding="utf-8")
        (source / "mine.new").replace(source / "mine.txt")

    monkeypatch.setattr("offsetcheck.ground.publish.folder.carry", carry_and_meddle)
    publish(tmp_path / "out", index_html="new", more_html="new")
    found = {p.name: p.read_text() for p in (tmp_path / "out").iterdir() if p.is_file()}
    del found[LISTING]
    assert found == {
        "index.html": "new",
        "more.html": "new",
        "more.html.foreign": "mine",
        "late.txt": "late",
        "mine.txt": "second!",
    }
    assert (tmp_path / "out" / "late").is_dir()


def test_a_folder_of_very_many_foreign_files_is_refused(tmp_path, monkeypatch):
    """A folder that is somebody's own, by the number of files in it, is not one for results."""
    monkeypatch.setattr(foreign, "MAX_FOREIGN_FILES", 3)
    (tmp_path / "out").mkdir()
    for number in range(4):
        (tmp_path / "out" / f"{number}.txt").touch()
    with pytest.raises(PublishError, match="more than 3 files that no run wrote"):
        publish(tmp_path / "out", index_html="new")
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_a_folder_that_may_not_be_emptied_is_removed_all_the_same(tmp_path):
    """A foreign folder without the right to write in it is carried over, and no rest stays."""
    publish(tmp_path / "out", index_html="old")
    (tmp_path / "out" / "kept").mkdir()
    (tmp_path / "out" / "kept" / "mine.txt").touch()
    (tmp_path / "out" / "kept").chmod(0o555)
    publish(tmp_path / "out", index_html="new")
    assert (tmp_path / "out" / "kept").stat().st_mode & 0o777 == 0o555
    assert (tmp_path / "out" / "kept" / "mine.txt").exists()
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    (tmp_path / "out" / "kept").chmod(0o755)


def test_a_folder_keeps_its_permissions(tmp_path):
    """A folder that only its owner may read stays so."""
    (tmp_path / "out").mkdir(mode=0o700)
    publish(tmp_path / "out", replace=False, index_html="new")
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that takes no files")
def test_a_place_that_takes_no_files_is_refused_before_the_work(tmp_path):
    """Where nothing can be made, the refusal comes before anything is judged, and says why."""
    begun = []
    with (
        pytest.raises(PublishError, match=r"/proc/out: cannot be written"),
        folder_in_making(Path("/proc/out"), replace=True, command="test"),
    ):
        begun.append(True)
    assert begun == []


def test_a_hidden_folder_that_is_held_is_known(tmp_path, held):
    """A hidden folder is in use as long as its run lives."""
    assert workspace.is_in_use(beside(tmp_path / "out"))
    held.kill()
    held.wait()
    assert not workspace.is_in_use(beside(tmp_path / "out"))
