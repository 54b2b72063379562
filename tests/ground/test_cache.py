"""What is kept comes back whole and own, or not at all."""

import errno
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offsetcheck.ground import cache, walk
from offsetcheck.ground.cache import keep, own_cache, recall

KEY, OTHER = "a" * 64, "b" * 64
CONTENT = b'{"a": [1, 2]}\n' * 40


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = own_cache("things")
    assert made is not None
    return made


@pytest.fixture
def place(folder):
    """Where something is kept."""
    keep(folder / "a.thing", KEY, CONTENT, most=8)
    return folder / "a.thing"


def test_what_was_kept_is_recalled_under_its_key_alone(place):
    """Under another key it is not there, though the file lies at the place asked for."""
    assert recall(place, KEY) == CONTENT
    assert recall(place, OTHER) is None
    assert [path.name for path in place.parent.iterdir()] == ["a.thing"]
    assert place.stat().st_mode & 0o777 == 0o600


def test_any_flipped_bit_is_noticed(place):
    """Every bit of the file is held by key and checksum."""
    whole = place.read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            damaged = bytearray(whole)
            damaged[at] ^= 1 << bit
            place.write_bytes(damaged)
            assert recall(place, KEY) is None, (at, bit)


def test_any_cut_is_noticed(place):
    """A file that was written in part is not there."""
    whole = place.read_bytes()
    for length in range(len(whole)):
        place.write_bytes(whole[:length])
        assert recall(place, KEY) is None, length


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_other_file_is_noticed(place, data):
    """Whatever bytes stand there, only what was kept is recalled."""
    whole = cache._head(KEY, CONTENT) + b"\n" + CONTENT
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, len(whole)))
    content = whole[:start] + data.draw(st.binary(max_size=50)) + whole[stop:]
    place.write_bytes(content)
    assert recall(place, KEY) == (CONTENT if content == whole else None)


def test_a_file_that_others_may_write_to_is_not_recalled(place):
    """What somebody else could have written is not trusted."""
    place.chmod(0o666)
    assert recall(place, KEY) is None


def test_a_file_of_somebody_else_is_not_recalled(place, monkeypatch):
    """What belongs to somebody else is not trusted."""
    other = place.stat().st_uid + 1
    monkeypatch.setattr(walk.os, "geteuid", lambda: other)
    assert recall(place, KEY) is None


def test_a_link_is_not_followed(place):
    """A link to a file that would do is not followed."""
    place.rename(place.parent / "b.thing")
    place.symlink_to("b.thing")
    assert recall(place, KEY) is None


def test_a_pipe_is_not_waited_for(folder):
    """A pipe at the place is no reason to wait."""
    os.mkfifo(folder / "a.thing")
    assert recall(folder / "a.thing", KEY) is None


@pytest.mark.parametrize("kind", ["writable", "link", "file", "relative"])
def test_a_cache_that_is_not_the_users_alone_is_none(tmp_path, monkeypatch, kind):
    """Neither a folder that others may write to, nor a link, nor a file is a cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "things"
    if kind == "writable":
        folder.mkdir()
        folder.chmod(0o777)
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to("elsewhere")
    elif kind == "file":
        folder.write_text("")
    else:  # a relative path is no setting, and there is no home here
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("XDG_CACHE_HOME", "here")
        monkeypatch.setenv("HOME", "/dev/null")
    assert own_cache("things") is None
    assert not (tmp_path / "here").exists()


def test_a_cache_of_somebody_else_is_none(folder, monkeypatch):
    """Who runs a command in another's name, with the other's home, uses no cache of theirs."""
    other = folder.stat().st_uid + 1
    monkeypatch.setattr(walk.os, "geteuid", lambda: other)
    assert own_cache("things") is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_full_disk_is_no_reason_to_stop(place, monkeypatch):
    """What was kept before stays, and nothing half-written is left."""
    monkeypatch.setattr(cache.os, "fdopen", on_a_full_disk)
    keep(place, OTHER, b"new", most=8)
    monkeypatch.undo()
    assert recall(place, KEY) == CONTENT
    assert [path.name for path in place.parent.iterdir()] == ["a.thing"]


def on_a_full_disk(handle, mode):
    os.close(handle)
    return Path("/dev/full").open(mode)


def test_a_file_that_cannot_be_replaced_is_no_reason_to_stop(place, monkeypatch):
    """Where the last step fails, what was kept before stays, and nothing else is left."""

    def refused(*_arguments):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(cache.Path, "replace", refused)
    keep(place, OTHER, b"new", most=8)
    assert recall(place, KEY) == CONTENT
    assert [path.name for path in place.parent.iterdir()] == ["a.thing"]


def test_a_folder_that_went_away_is_no_reason_to_stop(tmp_path):
    """Keeping into a folder that is not there does nothing."""
    keep(tmp_path / "gone" / "a.thing", KEY, CONTENT, most=8)
    assert list(tmp_path.iterdir()) == []


def test_what_is_too_large_is_not_kept(folder, monkeypatch):
    """What would not be read back is not written."""
    monkeypatch.setattr(cache, "MAX_KEPT_BYTES", 200)
    keep(folder / "a.thing", KEY, CONTENT, most=8)
    assert list(folder.iterdir()) == []


def test_the_oldest_go_and_so_do_the_leftovers_of_killed_runs(folder):
    """The newest of a kind stay, what others put there stays, half-written files go after a day."""
    now = time.time()
    for age in range(4):
        (folder / f"{age}.thing").write_text("")
        os.utime(folder / f"{age}.thing", (now - age, now - age))
    (folder / "other.txt").write_text("")
    (folder / "new.part").write_text("")
    (folder / "old.part").write_text("")
    os.utime(folder / "old.part", (now - 90_000, now - 90_000))
    keep(folder / "newest.thing", KEY, CONTENT, most=2)
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["0.thing", "new.part", "newest.thing", "other.txt"]
