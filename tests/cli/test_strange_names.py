"""Folders and files of names that few expect are read and written like any other."""

import os

import pytest

LIST = "id,name\nVCS902,Kariba\n"
CITY = ("--city", "turku", "--as-of", "2026-09-30")
NAMES = {
    "no UTF-8": os.fsdecode(b"o\xe9"),
    "a line break": "one\ntwo",
    "a dash first": "-out",
    "as long as can be": "n" * 255,
    "a tree": "🌲",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_results_go_into_a_folder_of_any_name(offsetcheck, tmp_path, name, form):
    """A table of each format is written into a folder whose name the system takes, and again."""
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    for _ in range(2):
        ended = offsetcheck("batch", "list.csv", *CITY, "--format", form, f"-o./{name}", "--force")
        assert (ended.status, ended.stderr.splitlines()[0]) == (0, "list.csv")
    assert (tmp_path / name / f"verdicts.{form}").stat().st_size > 0
    assert {path.name for path in tmp_path.iterdir()} == {"list.csv", name}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_list_may_have_any_name(offsetcheck, tmp_path, name):
    """A list of each of these names is read, and its rows are judged."""
    path = tmp_path / f"{name[:240]}.csv"
    path.write_text(LIST, encoding="utf-8")
    ended = offsetcheck("explain", f"./{path.name}", "VCS902", *CITY)
    assert (ended.status, ended.stdout.splitlines()[0]) == (0, "VCS902  Kariba")
