import csv
import hashlib
import os

import polars as pl
import pytest

from offsetcheck.api import report_pool
from offsetcheck.ground import shared_work

DAY = ("--as-of", "2026-09-30")
ROWS = "id,name,programme,country,vintage\nVCS902,Kariba,VCS,ZW,2019\nGS1,Stoves,GS,KE,2021\n"


def files(folder):
    """Return the bytes of every file of a folder, hashed, by its name."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def lists(tmp_path):
    """Return a folder with two lists and one file that is none."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.csv").write_text(ROWS, encoding="utf-8")
    (folder / "b.csv").write_text(ROWS, encoding="utf-8")
    (folder / "none.json").write_text('{"recipe": 1}', encoding="utf-8")
    return folder


def test_one_list_for_one_city_fills_the_folder(offsetcheck, lists, tmp_path):
    """Tables and index stand in the folder itself; the last line is the path of the index."""
    ended = offsetcheck("batch", lists / "a.csv", "--city", "turku", *DAY, "-o", "out")
    assert ended.status == 0, ended.stderr
    assert ended.stdout.splitlines()[-1] == "out/index.html"
    with (tmp_path / "out" / "verdicts.csv").open(encoding="utf-8", newline="") as table:
        assert [row["id"] for row in csv.DictReader(table)] == ["VCS902", "GS1"]


def test_each_list_and_city_has_its_folder(offsetcheck, lists, tmp_path):
    """Two lists for two cities make four results; the file that is no list is named, status 3."""
    ended = offsetcheck("batch", lists, "--city", "turku", "--city", "bogota", *DAY)
    assert ended.status == 3
    assert "none.json" in ended.stderr
    assert len(list((tmp_path / "out").glob("[ab]/*/index.html"))) == 4
    assert len(ended.stdout.splitlines()) == 12  # counts, what all lack, the index


def test_a_pipe_among_the_lists_is_named_and_hangs_nothing(offsetcheck, lists, tmp_path):
    """A pipe with the name of a list is a problem, status 3; the lists beside it are judged."""
    os.mkfifo(lists / "c.csv")
    ended = offsetcheck("batch", lists, "--city", "turku", *DAY, "--reports", "top:0")
    assert ended.status == 3
    assert f"{lists / 'c.csv'}: this is a pipe, no plain file" in ended.stderr
    assert len(list((tmp_path / "out").glob("[ab]/*/index.html"))) == 2


def test_nothing_is_written_where_no_list_can_be_read(offsetcheck, lists, tmp_path):
    """Where every list is unreadable there is no folder, and the status is 3."""
    ended = offsetcheck("batch", lists / "none.json", "--city", "turku", *DAY)
    assert (ended.status, ended.stdout) == (3, "")
    assert not (tmp_path / "out").exists()


def test_all_forms_say_the_same(offsetcheck, lists, tmp_path):
    """CSV, JSON Lines and Parquet of one run hold the same verdicts in the same order."""
    forms = [word for form in ("csv", "jsonl", "parquet") for word in ("--format", form)]
    offsetcheck("batch", lists / "a.csv", "--city", "melbourne", *DAY, *forms)
    frames = [
        pl.read_csv(tmp_path / "out" / "verdicts.csv"),
        pl.read_ndjson(tmp_path / "out" / "verdicts.jsonl"),
        pl.read_parquet(tmp_path / "out" / "verdicts.parquet"),
    ]
    told = [frame.select("id", "verdict", "integrity_upper").rows() for frame in frames]
    assert told[0] == told[1] == told[2]
    assert len(told[0]) == 2


def test_two_runs_give_the_same_bytes(offsetcheck, lists, tmp_path):
    """Tables, index and reports of two runs are identical to the byte."""
    words = ("--city", "bogota", *DAY, "--format", "csv", "--format", "jsonl", "--reports", "all")
    for folder in ("one", "two"):
        offsetcheck("batch", lists / "a.csv", *words, "-o", folder)
    assert files(tmp_path / "one") == files(tmp_path / "two")


@pytest.mark.parametrize(
    ("which", "count"), [("all", 2), ("top:1", 1), ("top:0", 0), ("GS1,nobody", 1)]
)
def test_reports_are_written_for_those_asked_for(which, count, offsetcheck, lists, tmp_path):
    """All, the first of the index, or those named get a report; an unknown id is said."""
    words = ("batch", lists / "a.csv", "--city", "turku", *DAY, "--reports", which)
    ended = offsetcheck(*words)
    assert len(list((tmp_path / "out").glob("offers/*.html"))) == count
    assert ("nobody" in ended.stderr) == ("nobody" in which)


def test_many_processes_write_the_same_bytes(offsetcheck, lists, tmp_path, monkeypatch):
    """Reports written by several processes are those that one process writes."""
    words = ("batch", lists / "a.csv", "--city", "bogota", *DAY, "--reports", "all")
    offsetcheck(*words, "-o", "one")
    monkeypatch.setattr(report_pool, "MAX_REPORTS_OF_ONE_PROCESS", 0)
    assert offsetcheck(*words, "-o", "two").status == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")


@pytest.mark.parametrize(
    "refusal",
    [
        (PermissionError(13, "Permission denied"), "permission denied (they need a /dev/shm"),
        (OSError(30, "Read-only file system"), "read-only file system (they need a /dev/shm"),
        (BlockingIOError(11, "Resource unavailable"), "resource unavailable\n"),
        (ImportError("no sem_open here"), "no sem_open here"),
    ],
    ids=["denied", "read-only", "processes", "semaphores"],
)
def test_without_other_processes_one_writes_all(offsetcheck, lists, tmp_path, monkeypatch, refusal):
    """Where no semaphore can be made, the same reports come out, and the cause is named."""

    error, cause = refusal

    def refuse(*_):
        raise error

    words = ("batch", lists / "a.csv", "--city", "bogota", *DAY, "--reports", "all")
    assert "one process" not in offsetcheck(*words, "-o", "one").stderr
    monkeypatch.setattr(report_pool, "MAX_REPORTS_OF_ONE_PROCESS", 0)
    monkeypatch.setattr(report_pool.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(shared_work, "ProcessPoolExecutor", refuse)
    ended = offsetcheck(*words, "-o", "two")
    assert ended.status == 0
    assert f"others cannot be started: {cause}" in ended.stderr
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_template_that_fails_in_another_process_is_located(
    offsetcheck, lists, tmp_path, monkeypatch
):
    """A city's template that fails is named as it is where one process writes all."""
    monkeypatch.setattr(report_pool, "MAX_REPORTS_OF_ONE_PROCESS", 0)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "candidate.html.jinja").write_text("{{ nothing.of.it }}", "utf-8")
    words = ("batch", lists / "a.csv", "--city", "bogota", *DAY, "--templates", "mine")
    ended = offsetcheck(*words)
    assert ended.status == 3
    assert "candidate.html.jinja" in ended.stderr or "this template fails" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_batch_and_a_single_assessment_agree(offsetcheck, sample, tmp_path):
    """The table of a tender has the verdicts that `assess` gives its offers one by one."""
    offsetcheck("batch", sample("turku"), "--city", "turku", *DAY)
    rows = pl.read_csv(tmp_path / "out" / "verdicts.csv").select("id", "verdict").rows()
    signs = {
        "✗": "not_eligible",
        "?": "undecided",
        "!": "eligible_with_conditions",
        "✓": "eligible",
    }
    lines = offsetcheck("assess", sample("turku"), *DAY, "-o", "one").stdout.splitlines()
    told = {
        (identity, signs[line[0]])
        for line in lines
        for identity, _ in rows
        if line[:1] in signs and f" {identity} " in line
    }
    assert told == set(rows)


def test_a_mistyped_city_is_refused_before_any_list_is_read(offsetcheck, lists, tmp_path):
    """An unknown city is wrong use, with the nearest known one."""
    ended = offsetcheck("batch", lists, "--city", "bogotá", *DAY)
    assert ended.status == 2
    assert "did you mean `bogota`" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_an_offer_is_explained_from_results_without_the_list(offsetcheck, lists, tmp_path):
    """What is printed is what the list itself gives, and options of a list are refused."""
    listed = lists / "a.csv"
    asked = ("--city", "turku", *DAY)
    offsetcheck("batch", listed, *asked, "--reports", "top:0", "--explainable")
    before = offsetcheck("explain", listed, "VCS902", *asked)
    listed.unlink()
    ended = offsetcheck("explain", tmp_path / "out", "VCS902")
    assert (ended.status, ended.stdout) == (0, before.stdout)
    assert ended.stderr == "explained as judged for turku on 2026-09-30\n"
    wrong = offsetcheck("explain", tmp_path / "out", "VCS902", *asked)
    assert wrong.status == 2
    assert "--city is for a list or a tender" in wrong.stderr
    unknown = offsetcheck("explain", tmp_path / "out", "VCS1")
    assert unknown.status == 2
    assert "no offer of this result has the id `VCS1`" in unknown.stderr
