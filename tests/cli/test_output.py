import json

import pytest

from offsetcheck.cli.output import LISTING, OutputError, refuse_occupied, staged


def write(folder, *names):
    """Write files into a staged folder."""
    with staged(folder) as staging:
        for name in names:
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_text(name, encoding="utf-8")


def names_in(folder):
    """Return the files of a folder."""
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def test_files_appear_when_all_are_written(tmp_path):
    """A folder that was not there holds all files and their listing, and nothing stays beside it."""
    write(tmp_path / "out", "index.html", "offers/a.html")
    assert names_in(tmp_path / "out") == [LISTING, "index.html", "offers/a.html"]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_nothing_appears_when_writing_fails(tmp_path):
    """A run that fails half-way leaves neither files nor a staging folder."""
    with pytest.raises(IsADirectoryError):
        write(tmp_path / "out", "index.html", "offers/a.html", "offers")
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_replaces_its_own_files_and_no_others(tmp_path):
    """What an earlier run listed goes; what somebody else put there stays."""
    out = tmp_path / "out"
    write(out, "index.html", "offers/old.html")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    write(out, "index.html", "offers/new.html")
    assert names_in(out) == [LISTING, "index.html", "mine.txt", "offers/new.html"]


def test_a_listing_reaches_nothing_outside_its_folder(tmp_path):
    """A listing from a stranger that names a file elsewhere removes nothing there."""
    (tmp_path / "precious.txt").write_text("keep", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / LISTING).write_text(
        json.dumps(["../precious.txt", str(tmp_path / "precious.txt"), 7]), encoding="utf-8"
    )
    write(out, "index.html")
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "keep"


@pytest.mark.parametrize("text", ["", "{}", "not json", "[[1]]", "\x00"])
def test_a_spoilt_listing_is_passed_over(tmp_path, text):
    """A listing that cannot be read does not stop a run."""
    out = tmp_path / "out"
    out.mkdir()
    (out / LISTING).write_text(text, encoding="utf-8")
    write(out, "index.html")
    assert "index.html" in names_in(out)


def test_a_file_in_the_way_is_named(tmp_path):
    """Where a file has the name of the folder, or of one above it, the message names it."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(OutputError, match="out"):
            write(folder, "index.html")
    with pytest.raises(OutputError, match="there is a file of this name"):
        refuse_occupied(tmp_path / "out")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"
