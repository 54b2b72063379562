"""`offsetcheck samples` hands out the tenders that travel with the package."""

import shlex
import shutil
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def contents(folder):
    """Return the bytes of every file of a folder by its name."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_the_samples_are_copied_and_listed(offsetcheck, tmp_path):
    """Every file is there, byte for byte, each is named, and the last line is what to try next."""
    ended = offsetcheck("samples", "try it/mine")
    assert (ended.status, ended.stderr) == (0, "")
    assert contents(tmp_path / "try it" / "mine") == contents(SAMPLES)
    *listed, command = ended.stdout.splitlines()
    assert sorted(listed) == sorted(f"try it/mine/{name}" for name in contents(SAMPLES))
    assert command == "offsetcheck assess 'try it/mine/turku' --as-of 2026-09-30 -o out/turku"
    tried = offsetcheck(*shlex.split(command)[1:])
    assert tried.status == 0
    assert (tmp_path / tried.stdout.splitlines()[-1]).is_file()


@pytest.mark.parametrize("kind", ["file", "folder", "empty folder"])
def test_nothing_is_overwritten(offsetcheck, tmp_path, kind):
    """Where something has the name already, whatever it is, it stays as it was."""
    place = tmp_path / "mine"
    if kind == "file":
        place.write_text("ours", encoding="utf-8")
    else:
        place.mkdir()
    if kind == "folder":
        (place / "README.md").write_text("ours", encoding="utf-8")
    ended = offsetcheck("samples", "mine")
    assert (ended.status, ended.stdout) == (2, "")
    assert "mine: this exists already" in ended.stderr
    kept = {"file": {}, "folder": {"README.md": b"ours"}, "empty folder": {}}
    assert contents(place) == kept[kind]


def test_a_copy_that_fails_leaves_nothing(offsetcheck, tmp_path, monkeypatch):
    """Half of the samples would look like all of them."""
    honest = shutil.copyfile

    def fail(source, target):
        if source.name == "purchase.yaml":
            raise OSError(28, "No space left on device", str(target))
        honest(source, target)

    monkeypatch.setattr(shutil, "copyfile", fail)
    ended = offsetcheck("samples", "mine")
    assert ended.status == 1
    assert "purchase.yaml: no space left on device" in ended.stderr
    assert list(tmp_path.iterdir()) == []
