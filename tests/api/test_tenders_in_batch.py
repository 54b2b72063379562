"""Tender folders among the inputs of a batch: purchase, evidence, reviews and searches count."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.assess import assess
from offsetcheck.api.batch import batch
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.judge_list import BatchOptions
from offsetcheck.api.request import Request
from offsetcheck.vocabulary.problem import InputError, RequestError

DAY = date(2026, 9, 30)
SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("alder_bay", "bogota", "melbourne", "turku")
NONE = BatchOptions(reports="top:0")


@pytest.fixture(scope="module")
def rulebook():
    return open_rulebook()


def verdicts(folder):
    with (folder / "verdicts.csv").open(encoding="utf-8") as file:
        return {row["id"]: row["verdict"] for row in csv.DictReader(file)}


def test_each_tender_is_judged_as_assess_judges_it(rulebook, tmp_path):
    """Of a folder of tenders each has results of its own, for its own city, as `assess` has them."""
    tenders = tmp_path / "tenders"
    for name in NAMES:
        shutil.copytree(SAMPLES / name, tenders / name)
    done = batch([tenders], rulebook, tmp_path / "out", as_of=DAY, options=NONE)
    assert [(one.path.name, one.city) for one in done.results] == [(n, n) for n in NAMES]
    for name in NAMES:
        alone = assess(Request(SAMPLES / name, None, DAY), rulebook, tmp_path / name)
        wanted = {one.candidate.id: one.assessment.verdict.value for one in alone.judged}
        assert verdicts(tmp_path / "out" / name) == wanted
    assert all(one.purchase for one in done.results)


def test_one_tender_fills_the_folder_itself(rulebook, tmp_path):
    """A single tender has no folder of its own within the folder of results."""
    batch([SAMPLES / "turku"], rulebook, tmp_path / "out", as_of=DAY, options=NONE)
    assert len(verdicts(tmp_path / "out")) == 11


def test_tenders_and_lists_go_together_for_a_city(rulebook, tmp_path):
    """With a city named, a tender of another city is judged for it and the run says so."""
    (tmp_path / "list.csv").write_text("id,name\nVCS902,Kariba\n", encoding="utf-8")
    paths = [SAMPLES / "bogota", tmp_path / "list.csv"]
    done = batch(paths, rulebook, tmp_path / "out", cities=["turku"], as_of=DAY, options=NONE)
    assert [(one.path.name, one.city) for one in done.results] == [
        ("bogota", "turku"),
        ("list.csv", "turku"),
    ]
    assert any("bogota" in said for said in done.results[0].remarks)
    assert done.results[1].purchase is None


def test_a_list_without_a_city_is_refused_before_anything_is_read(rulebook, tmp_path):
    """A list names no city: without one nothing is judged and no folder is made."""
    (tmp_path / "list.csv").write_text("id\nVCS902\n", encoding="utf-8")
    paths = [SAMPLES / "turku", tmp_path / "list.csv"]
    with pytest.raises(RequestError, match=r"list\.csv is a list"):
        batch(paths, rulebook, tmp_path / "out", as_of=DAY)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("line", "said"), [("", "names no city"), ("city: turkku\n", "no city `turkku`")]
)
def test_a_tender_that_names_no_known_city_is_left_out(rulebook, tmp_path, line, said):
    """A tender whose city is not there is a located problem, and the others are judged."""
    odd = tmp_path / "tenders" / "odd"
    shutil.copytree(SAMPLES / "turku", odd)
    text = (odd / "purchase.yaml").read_text(encoding="utf-8").replace("city: turku\n", line)
    (odd / "purchase.yaml").write_text(text, encoding="utf-8")
    shutil.copytree(SAMPLES / "bogota", tmp_path / "tenders" / "sound")
    done = batch([tmp_path / "tenders"], rulebook, tmp_path / "out", as_of=DAY, options=NONE)
    assert [one.path.name for one in done.results] == ["sound"]
    (problem,) = done.unread
    assert said in problem.message
    assert problem.place.file.endswith("odd/purchase.yaml")


def test_two_tenders_of_one_name_have_folders_of_their_own(rulebook, tmp_path):
    """Folders with a dot in their name, or of the same name, are told apart."""
    for name in ("a/t.2026", "b/t.2026", "b/t.2025"):
        shutil.copytree(SAMPLES / "turku", tmp_path / name)
    paths = [tmp_path / "a", tmp_path / "b"]
    batch(paths, rulebook, tmp_path / "out", as_of=DAY, options=NONE)
    made = sorted(path.name for path in (tmp_path / "out").iterdir() if path.is_dir())
    assert made == ["t.2025", "t.2026", "t.2026~2"]


def test_a_folder_of_nothing_says_what_was_expected(rulebook, tmp_path):
    """A folder without lists and tenders is refused with what would be either."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as caught:
        batch([tmp_path / "empty"], rulebook, tmp_path / "out", as_of=DAY)
    assert "purchase.yaml" in caught.value.problems[0].hint
