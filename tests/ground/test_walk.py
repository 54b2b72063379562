"""A folder of anybody's is walked within limits, and nothing but plain files is opened."""

import os
import socket
from pathlib import Path

import pytest

from offsetcheck.ground import walk as walking
from offsetcheck.ground.walk import Bounds, NotPlainError, read_plain, walk

WANTED = {".yaml": 100, ".csv": 1_000}
BOUNDS = Bounds(entries=50, depth=3, total=2_000)

as_user = pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")


@pytest.fixture
def folder(tmp_path):
    """A folder with one wanted file."""
    made = tmp_path / "folder"
    made.mkdir()
    (made / "a.yaml").write_text("a: 1")
    return made


def walked(folder, bounds=BOUNDS):
    return walk(folder, WANTED, bounds)


def faults(folder, bounds=BOUNDS):
    return [f"{fault.name}: {fault.message}" for fault in walked(folder, bounds).faults]


def test_files_come_by_name_with_their_bytes(folder):
    """Wanted files are read, others are named, folders come behind the files beside them."""
    (folder / "b").mkdir()
    (folder / "b" / "c.csv").write_bytes(b"x\r\n\xff")
    (folder / "README.md").write_text("not read")
    found = walked(folder)
    assert found.files == {"a.yaml": b"a: 1", "b/c.csv": b"x\r\n\xff"}
    assert found.names == ("README.md", "a.yaml", "b", "b/c.csv")
    assert found.faults == ()
    assert not found.cut


@pytest.mark.parametrize("name", [".git/config.yaml", ".DS_Store", "._a.yaml", ".#a.yaml"])
def test_what_is_hidden_is_passed_over(folder, name):
    """What tools and editors leave behind with a dot is neither read nor named."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("[")
    assert walked(folder).names == ("a.yaml",)


@pytest.mark.parametrize("name", ["a.yaml~", "#a.yaml#", "a.yaml.bak", "a.yaml.orig", "a.yaml.swp"])
def test_copies_that_editors_leave_are_not_read(folder, name):
    """A second copy beside a file has another suffix, and counts for nothing."""
    (folder / name).write_text("[")
    assert list(walked(folder).files) == ["a.yaml"]
    assert faults(folder) == []


def test_a_pipe_is_named_and_not_waited_for(folder):
    """A pipe is no plain file, whether or not its suffix is wanted."""
    os.mkfifo(folder / "p.yaml")
    os.mkfifo(folder / "q")
    assert faults(folder) == [
        "p.yaml: this is a pipe, no plain file",
        "q: this is a pipe, no plain file",
    ]


def test_a_socket_is_named(folder, monkeypatch):
    """A socket is no plain file."""
    monkeypatch.chdir(folder)  # the path of a socket may have some hundred bytes only
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("s.yaml")
        assert faults(folder) == ["s.yaml: this is a socket, no plain file"]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/dev/zero", "this link leads out of the folder"),
        ("..", "this link leads out of the folder"),
        ("../outside.yaml", "this link leads out of the folder"),
        ("../absent.yaml", "this link leads out of the folder"),
        (".", "this link leads to a folder"),
        ("below", "this link leads to a folder"),
        ("absent.yaml", "the file cannot be read: no such file or directory"),
        ("l.yaml", "the file cannot be read: too many levels of symbolic links"),
    ],
)
def test_a_link_leads_to_a_plain_file_of_the_folder_or_is_refused(folder, target, message):
    """Links out of the folder, to folders, to nothing and to themselves are each named."""
    (folder / "below").mkdir()
    (folder.parent / "outside.yaml").write_text("secret: 1")
    (folder / "l.yaml").symlink_to(target)
    assert faults(folder) == [f"l.yaml: {message}"]
    assert "l.yaml" not in walked(folder).files


def test_a_link_to_a_file_of_the_folder_is_read(folder):
    """Folders that a cluster mounts are made of such links, also by way of a hidden folder."""
    (folder / "..data").mkdir()
    (folder / "..data" / "b.yaml").write_text("b: 2")
    (folder / "b.yaml").symlink_to("..data/b.yaml")
    assert walked(folder).files["b.yaml"] == b"b: 2"
    assert faults(folder) == []


def test_a_folder_that_is_itself_a_link_is_walked(folder):
    """Whoever names a folder by a link means the folder."""
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert walked(link) == walked(folder)


@as_user
def test_what_cannot_be_read_is_named(folder):
    """A file and a folder without rights are faults, not silence."""
    (folder / "a.yaml").chmod(0)
    (folder / "shut").mkdir(mode=0)
    assert faults(folder) == [
        "a.yaml: the file cannot be read: permission denied",
        "shut: the folder cannot be read: permission denied",
    ]


def test_a_file_that_the_system_does_not_give_is_named(folder, monkeypatch):
    """Whatever the system says of one file, the others are read."""
    (folder / "b.yaml").write_text("b: 2")
    real = os.open

    def without_a(path, *rest, **more):
        if Path(path).name == "a.yaml":
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)

    monkeypatch.setattr(walking.os, "open", without_a)
    assert faults(folder) == ["a.yaml: the file cannot be read: permission denied"]
    assert list(walked(folder).files) == ["b.yaml"]


def test_a_large_file_is_named(folder):
    """A file may have as many bytes as its suffix allows, and no more."""
    (folder / "b.yaml").write_bytes(b"x" * 100)
    (folder / "c.yaml").write_bytes(b"x" * 101)
    assert faults(folder) == ["c.yaml: the file has more than 100 bytes"]


def test_many_files_end_the_walk(folder):
    """A wrong path with very many files is refused before they are read."""
    for number in range(60):
        (folder / f"{number}.txt").write_text("")
    found = walked(folder)
    assert found.cut
    assert found.files == {}
    assert faults(folder) == [".: the folder has more than 50 files"]


def test_hidden_files_do_not_count(folder):
    """The history that a folder is kept in may be as long as it likes."""
    for number in range(60):
        (folder / f".{number}").write_text("")
    assert not walked(folder).cut


def test_a_deep_folder_ends_the_walk(folder):
    """A folder in folders without end is refused."""
    (folder / "1" / "2" / "3" / "4").mkdir(parents=True)
    assert faults(folder) == [".: the folder is more than 3 folders deep"]
    assert walked(folder).cut


def test_many_bytes_together_end_the_walk(folder):
    """Files that are each small enough may not fill the memory together."""
    for number in range(3):
        (folder / f"{number}.csv").write_bytes(b"x" * 900)
    assert faults(folder) == [".: the files have more than 2,000 bytes together"]


def test_a_name_that_cannot_be_printed_is_refused(folder):
    """A name with a line break would forge lines of a list of problems."""
    (folder / "b\nc.yaml").write_text("")
    assert faults(folder) == ["b\nc.yaml: the name of this file cannot be printed"]


@pytest.mark.parametrize("swapped", ["pipe", "folder", "link"])
def test_what_is_swapped_in_after_the_look_is_not_read(folder, monkeypatch, swapped):
    """A file that becomes something else before it is opened is refused by its open handle."""
    path = folder / "a.yaml"
    (folder.parent / "secret").write_text("secret")
    real = os.open

    def swap_and_open(*arguments, **more):
        path.unlink()
        if swapped == "pipe":
            os.mkfifo(path)
        elif swapped == "folder":
            path.mkdir()
        else:
            path.symlink_to(folder.parent / "secret")
        return real(*arguments, **more)

    monkeypatch.setattr(walking.os, "open", swap_and_open)
    found = walked(folder)
    assert found.files == {}
    assert [fault.name for fault in found.faults] == ["a.yaml"]


def test_a_file_that_grows_is_refused(folder, monkeypatch):
    """What is read is what was there when it was opened, or nothing."""
    path = folder / "a.yaml"
    real = os.fstat

    def look_and_grow(handle):
        found = real(handle)
        path.write_text("a: 1\nb: 2")
        return found

    monkeypatch.setattr(walking.os, "fstat", look_and_grow)
    with pytest.raises(NotPlainError, match="changed while it was read"):
        read_plain(path, 100)


def test_only_an_own_file_is_read_where_that_is_asked(folder, monkeypatch):
    """A file that others may write to, or of somebody else, is not one's own."""
    path = folder / "a.yaml"
    path.chmod(0o600)
    assert read_plain(path, 100, own=True) == b"a: 1"
    path.chmod(0o620)
    with pytest.raises(NotPlainError, match="not the user's alone"):
        read_plain(path, 100, own=True)
    path.chmod(0o600)
    monkeypatch.setattr(walking.os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(NotPlainError, match="not the user's alone"):
        read_plain(path, 100, own=True)


def test_no_handle_stays_open(folder):
    """Whatever is refused is closed again."""
    os.mkfifo(folder / "p.yaml")
    before = len(list(Path("/dev/fd").iterdir()))
    for name in ("a.yaml", "p.yaml"):
        for limit in (1, 100):
            try:
                read_plain(folder / name, limit)
            except NotPlainError:
                continue
    assert len(list(Path("/dev/fd").iterdir())) == before
