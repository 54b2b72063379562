import os
from pathlib import Path

import pytest

from offsetcheck.api.lists import BOUNDS, Lists, chosen, folder_names, lists_in
from offsetcheck.api.write import file_names
from offsetcheck.vocabulary.problem import InputError, RequestError


def touch(folder, *names):
    """Write empty files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"")


def test_a_folder_gives_its_lists_in_order(tmp_path):
    """A folder is searched to its depth, by name, for files that a list can be."""
    touch(tmp_path, "b.csv", "a/z.xlsx", "a/notes.md", ".hidden.csv", "c.parquet")
    found = [path.relative_to(tmp_path) for path in lists_in([tmp_path]).paths]
    assert [str(path) for path in found] == ["a/z.xlsx", "b.csv", "c.parquet"]


def test_a_tender_folder_is_one_list(tmp_path):
    """A folder with a purchase is a tender and is not taken apart."""
    touch(tmp_path, "purchase.yaml", "offers.csv")
    assert lists_in([tmp_path]) == Lists((tmp_path,), ())


def test_tenders_within_a_folder_are_whole(tmp_path):
    """Of a folder of tenders each is one, with nothing of what lies in it taken for a list."""
    touch(tmp_path, "2026/a/purchase.yaml", "2026/a/offers.csv", "2026/a/old/purchase.yaml")
    touch(tmp_path, "2026/a/registries/verra.csv", "2026/list.csv", "b/purchase.yaml")
    found = [path.relative_to(tmp_path).as_posix() for path in lists_in([tmp_path]).paths]
    assert found == ["2026/a", "2026/list.csv", "b"]


def test_a_folder_without_lists_is_refused(tmp_path):
    """A folder that holds no list is named, with what was expected."""
    touch(tmp_path, "notes.md")
    with pytest.raises(InputError, match="holds no list"):
        lists_in([tmp_path])


def test_what_is_no_plain_file_is_named_and_never_opened(tmp_path):
    """Pipes and links that lead out of a folder or to folders are problems; hidden ones are not."""
    inside, outside = tmp_path / "in", tmp_path / "out"
    touch(tmp_path, "in/a.csv", "out/b.csv", "in/.hidden.csv")
    os.mkfifo(inside / "pipe.csv")
    os.mkfifo(inside / "pipe")
    (inside / "far.csv").symlink_to(outside / "b.csv")
    (inside / "near.csv").symlink_to("a.csv")
    (inside / "device.csv").symlink_to("/dev/zero")
    (inside / "folder").symlink_to(outside)
    (inside / "round").symlink_to(inside)
    (inside / "gone.csv").symlink_to("nothing.csv")
    (inside / "piped.csv").symlink_to("pipe.csv")
    found = lists_in([inside])
    assert [path.name for path in found.paths] == ["a.csv", "near.csv"]
    said = {Path(problem.place.file).name: problem.message for problem in found.problems}
    assert said == {
        "pipe.csv": "this is a pipe, no plain file",
        "far.csv": "this link leads out of the folder",
        "device.csv": "this link leads out of the folder",
        "folder": "this link leads out of the folder",
        "round": "this link leads to a folder",
        "gone.csv": "this leads to no plain file",
        "piped.csv": "this leads to no plain file",
    }


def test_a_folder_without_end_is_refused(tmp_path):
    """A folder that is deeper than a batch looks is refused, and not silently cut."""
    deep = tmp_path.joinpath(*["d"] * (BOUNDS.depth + 1))
    deep.mkdir(parents=True)
    touch(tmp_path, "a.csv")
    with pytest.raises(InputError, match="folders deep"):
        lists_in([tmp_path])


def test_results_of_equal_names_have_folders_of_their_own():
    """Lists of one name from several folders do not overwrite each other."""
    assert folder_names([Path("a/x.csv"), Path("b/x.csv"), Path("y.csv")]) == ["x", "x~2", "y"]


@pytest.mark.parametrize(
    ("words", "ids"),
    [("all", ["a", "b", "c"]), ("top:2", ["a", "b"]), ("top:0", []), ("c, a,x", ["c", "a"])],
)
def test_reports_are_chosen(words, ids):
    """All, the first of the order, or those named; an id that is not there is passed over."""
    assert chosen(words, ["a", "b", "c"]) == ids


@pytest.mark.parametrize("words", ["top:", "top:few", "top:-1", "top:²"])
def test_a_number_is_needed_after_top(words):
    """A top without a number is refused."""
    with pytest.raises(RequestError, match="needs a number"):
        chosen(words, ["a"])


def test_file_names_are_safe_and_distinct():
    """Whatever an id holds, its file stays in its folder and no two share a name."""
    ids = ["../../etc/passwd", "VCS902", "vcs902", "", "VCS902#2", "a" * 500, "CON:", "é", "è"]
    names = file_names(ids)
    assert list(names) == ids
    assert len({name.casefold() for name in names.values()}) == len(ids)
    assert all("/" not in name and not name.startswith(".") for name in names.values())
    assert max(len(name) for name in names.values()) < 80
