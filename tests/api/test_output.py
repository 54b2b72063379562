import json
import os
from pathlib import Path

import pytest

from offsetcheck.api.output import result_folder, write_result
from offsetcheck.ground.publish.foreign import LISTING
from offsetcheck.vocabulary.problem import OutputError


def write(folder, *names, replace=True):
    """Write files into a folder of results, each with its own name as text."""
    with result_folder(folder, replace=replace) as making:
        for name in names:
            (making.draft / name).parent.mkdir(parents=True, exist_ok=True)
            (making.draft / name).write_text(name, encoding="utf-8")


def names_in(folder):
    """Return the files of a folder."""
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def test_files_appear_when_all_are_written(tmp_path):
    """A folder that was not there holds all files and their listing, and nothing stays beside it."""
    write(tmp_path / "deep" / "out", "index.html", "offers/a.html", replace=False)
    assert names_in(tmp_path / "deep" / "out") == [LISTING, "index.html", "offers/a.html"]
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["out"]


def test_nothing_appears_when_writing_fails(tmp_path):
    """A run that fails half-way leaves neither files nor folders, those above the result too."""
    with pytest.raises(OutputError, match=r"deep/out/offers: cannot be written: is a directory"):
        write(tmp_path / "deep" / "out", "index.html", "offers/a.html", "offers")
    assert list(tmp_path.iterdir()) == []


def test_an_error_about_another_file_stays_as_it_is(tmp_path):
    """What fails while an input is read is not said of the result."""
    with pytest.raises(FileNotFoundError), result_folder(tmp_path / "out", replace=False):
        (tmp_path / "input.csv").read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_replaces_its_own_files_and_no_others(tmp_path):
    """What an earlier run listed goes; what somebody else put there stays."""
    out = tmp_path / "out"
    write(out, "index.html", "offers/old.html", "gone/old.html")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    (out / "offers" / "mine.txt").write_text("mine", encoding="utf-8")
    (out / "empty").mkdir()
    (out / "link").symlink_to("mine.txt")
    os.mkfifo(out / "pipe")
    write(out, "index.html", "offers/new.html")
    kept = ["link", "mine.txt", "offers/mine.txt"]
    assert names_in(out) == sorted([LISTING, "index.html", "offers/new.html", *kept])
    assert (out / "empty").is_dir()
    assert (out / "link").readlink().name == "mine.txt"
    assert (out / "pipe").is_fifo()
    assert not (out / "gone").exists()


@pytest.mark.parametrize(
    ("foreign", "written"),
    [
        ("index.html", "index.html"),
        ("offers", "offers/a.html"),
        ("index.html/mine.txt", "index.html"),
        (f"{LISTING}/mine.txt", "index.html"),
    ],
)
def test_what_no_run_wrote_is_never_replaced(tmp_path, foreign, written):
    """A foreign file or folder in the way of a file is a refusal, and the old result stays."""
    out = tmp_path / "out"
    (out / foreign).parent.mkdir(parents=True)
    (out / foreign).write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="that no run wrote is in the way"):
        write(out, written)
    assert names_in(out) == [foreign]
    assert (out / foreign).read_text(encoding="utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_foreign_file_in_the_way_is_refused_before_the_work(tmp_path):
    """Where a name is known beforehand, the refusal comes before anything is made."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text("mine", encoding="utf-8")
    with result_folder(tmp_path / "out", replace=True) as making:
        with pytest.raises(Exception, match="no run wrote"):
            making.refuse(["index.html"])
        making.refuse(["other.html"])


def test_own_files_and_folders_may_change_places(tmp_path):
    """A folder that holds only what a run wrote gives way to a file, and the other way round."""
    write(tmp_path / "out", "a/b.html", "c")
    write(tmp_path / "out", "a", "c/d.html")
    assert names_in(tmp_path / "out") == [LISTING, "a", "c/d.html"]


def test_a_listing_reaches_nothing_outside_its_folder(tmp_path):
    """A listing from a stranger that names files elsewhere, or through a link, takes nothing there."""
    (tmp_path / "precious.txt").write_text("keep", encoding="utf-8")
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.txt").write_text("keep", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "near").symlink_to(tmp_path / "far")
    names = ["../precious.txt", str(tmp_path / "precious.txt"), 7, "near", "near/a.txt", "", "."]
    (out / LISTING).write_text(json.dumps(names), encoding="utf-8")
    write(out, "index.html")
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "keep"
    assert (tmp_path / "far" / "a.txt").read_text(encoding="utf-8") == "keep"
    assert (out / "near").is_symlink()


@pytest.mark.parametrize("text", ["", "{}", "not json", "[[1]]", "\x00", "[" * 100_000])
def test_a_spoilt_listing_is_passed_over(tmp_path, text):
    """A listing that cannot be read does not stop a run, and makes every file a foreign one."""
    out = tmp_path / "out"
    out.mkdir()
    (out / LISTING).write_text(text, encoding="utf-8")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    write(out, "index.html")
    assert names_in(out) == [LISTING, "index.html", "mine.txt"]


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path):
    """Where a file has the name of the folder, or of one above it, the message names it."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="there is a file of this name"):
        write(tmp_path / "out", "index.html")
    with pytest.raises(OutputError, match="deeper: cannot be written"):
        write(tmp_path / "out" / "deeper", "index.html")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"


def test_a_folder_that_cannot_be_replaced_is_refused(tmp_path, monkeypatch):
    """The working folder, one above it and a disk of its own are refused before anything is made."""
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    for folder in (inner, tmp_path):
        with pytest.raises(OutputError, match="the folder you are in"):
            write(folder, "index.html")
    with pytest.raises(OutputError, match="a disk of its own"):
        write(Path("/"), "index.html")
    assert names_in(tmp_path) == []


def test_a_link_to_a_folder_goes_on_leading_there(tmp_path):
    """Where the name is a link, the folder it leads to is replaced, and the link stays."""
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    write(tmp_path / "out", "index.html")
    assert (tmp_path / "out").is_symlink()
    assert names_in(tmp_path / "real") == [LISTING, "index.html"]
    (tmp_path / "round").symlink_to("round")
    with pytest.raises(OutputError):
        write(tmp_path / "round", "index.html")


def test_a_file_is_written_whole_and_keeps_what_was_set(tmp_path):
    """A replaced file keeps its permissions and the link to it; one in the way is refused."""
    page = tmp_path / "page.html"
    write_result(page, "one", replace=False)
    page.chmod(0o600)
    (tmp_path / "link").symlink_to(page)
    with pytest.raises(OutputError, match="this file exists already"):
        write_result(page, "two", replace=False)
    write_result(tmp_path / "link", "three", replace=True)
    assert page.read_text(encoding="utf-8") == "three"
    assert page.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "link").is_symlink()
    assert {p.name for p in tmp_path.iterdir()} == {"page.html", "link"}


@pytest.mark.parametrize("name", ["/dev/null", "/proc/page.html"])
def test_a_file_that_cannot_be_one_is_refused(name):
    """A device is not replaced by a file, and a folder that takes no file is named."""
    with pytest.raises(OutputError, match=r"no plain file|cannot be written"):
        write_result(Path(name), "text", replace=True)
