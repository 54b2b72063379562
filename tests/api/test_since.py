"""A tender since an earlier run, from the JSON of that run."""

import json
import shutil
from datetime import date

import pytest

import offsetcheck
from offsetcheck.api.request import Request
from offsetcheck.api.since import since
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.problem import InputError

DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook()


@pytest.fixture(scope="module")
def earlier(rulebook, tmp_path_factory):
    """Return the folder of a run of the sample tender of Turku."""
    out = tmp_path_factory.mktemp("run") / "out"
    request = Request(bundled("samples") / "turku", None, DAY)
    offsetcheck.assess(request, rulebook, out, formats=("json",))
    return out


@pytest.fixture
def tender(tmp_path):
    """Return a copy of that tender, to be changed."""
    return shutil.copytree(bundled("samples") / "turku", tmp_path / "turku")


def changed(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_nothing_changed_says_that_nothing_changed(rulebook, earlier):
    """The same files on the same day: each offer is as it was, and nothing is to be read with care."""
    made = since(Request(bundled("samples") / "turku", None, DAY), rulebook, earlier).explained
    assert made.offers == ()
    assert made.remarks == ()
    assert len(made.unchanged) == 11
    assert [line.before for line in made.money] == [line.after for line in made.money]


def test_an_answer_that_came_in_is_named_with_its_value(rulebook, earlier, tender):
    """A confirmed term of monitoring settles its question and turns its rule."""
    entry = """
  - offer: VCS4022
    field: monitoring_years
    value: 60
    kind: risk_report
    source: risk report of the project
    by: A. Virtanen (illustrative)
    on: 2026-09-25
"""
    text = (tender / "evidence.yaml").read_text(encoding="utf-8")
    head, mark, rest = text.partition("\nfound:\n")
    (tender / "evidence.yaml").write_text(f"{head}{mark}{entry[1:]}{rest}", encoding="utf-8")
    made = since(Request(tender, None, DAY), rulebook, earlier).explained
    offer = next(line for line in made.offers if line.id == "VCS4022")
    assert any("60" in words for words in offer.answered)
    assert "permanence.storage_floor" in {rule.rule for rule in offer.turned}
    assert len(made.unchanged) == 10


def test_a_price_that_changed_changes_the_cost(rulebook, earlier, tender):
    """Another price is told at the offer and in the sums."""
    changed(tender / "offers.csv", "34,EUR", "35,EUR")
    made = since(Request(tender, None, DAY), rulebook, earlier).explained
    assert [line.id for line in made.offers] == ["VCS4022"]
    assert "35" in made.offers[0].words


def test_an_offer_withdrawn_and_one_that_is_new_are_named(rulebook, earlier, tender):
    """An offer under another id is one gone and one new."""
    changed(tender / "offers.csv", "VCS214,", "VCS215,")
    made = since(Request(tender, None, DAY), rulebook, earlier).explained
    assert [text.partition(":")[0] for text in made.gone] == ["VCS214"]
    assert [text.partition(":")[0] for text in made.added] == ["VCS215"]


def test_another_day_and_other_rules_are_said(rulebook, earlier):
    """What turns through the day is not taken for an answer of a bidder."""
    request = Request(bundled("samples") / "turku", None, date(2026, 10, 1))
    made = since(request, rulebook, earlier).explained
    assert "2026-10-01" in " ".join(made.remarks)


def test_the_run_of_a_later_version_is_read(rulebook, earlier, tmp_path):
    """Keys that are not known are passed over."""
    copy = shutil.copytree(earlier, tmp_path / "copy")
    data = json.loads((copy / "tender.json").read_text(encoding="utf-8"))
    data["a_key_of_tomorrow"] = {"x": 1}
    (copy / "tender.json").write_text(json.dumps(data), encoding="utf-8")
    made = since(Request(bundled("samples") / "turku", None, DAY), rulebook, copy).explained
    assert made.offers == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tender.json", "{}"),
        ("tender.json", "no json"),
        ("tender.json", "[" * 100_000),
        ("offers/VCS902.json", '{"offer": 1}'),
        ("offers/VCS902.json", ""),
    ],
)
def test_what_is_no_result_is_refused_by_its_name(rulebook, earlier, tmp_path, name, text):
    """A file that no run wrote is named, with the way to write one."""
    copy = shutil.copytree(earlier, tmp_path / "copy")
    (copy / name).write_text(text, encoding="utf-8")
    request = Request(bundled("samples") / "turku", None, DAY)
    with pytest.raises(InputError) as caught:
        since(request, rulebook, copy)
    assert name.rpartition("/")[2] in str(caught.value)


def test_a_folder_without_a_run_is_refused(rulebook, tmp_path):
    """A folder that holds no JSON of a run is no earlier run."""
    request = Request(bundled("samples") / "turku", None, DAY)
    with pytest.raises(InputError, match="no result of an earlier run"):
        since(request, rulebook, tmp_path)


def test_a_search_for_events_is_no_answer_of_a_bidder(rulebook, tender, tmp_path):
    """What waited for a search is told as its outcome; no id counts as an answer that came in."""
    searches = (tender / "screening.yaml").read_text(encoding="utf-8")
    (tender / "screening.yaml").write_text("screenings: []\n", encoding="utf-8")
    request = Request(tender, None, DAY)
    offsetcheck.assess(request, rulebook, tmp_path / "out", formats=("json",))
    (tender / "screening.yaml").write_text(searches, encoding="utf-8")
    made = since(request, rulebook, tmp_path / "out").explained
    assert any(line.turned for line in made.offers) or made.common
    assert [line.answered for line in made.offers if line.answered] == []


def test_a_run_without_its_offers_is_refused(rulebook, earlier, tmp_path):
    """Without the files of its offers a run is not taken for one that had none."""
    alone = tmp_path / "tender.json"
    shutil.copy(earlier / "tender.json", alone)
    with pytest.raises(InputError, match="11 of 11 offers of the run have no file"):
        since(Request(bundled("samples") / "turku", None, DAY), rulebook, alone)
