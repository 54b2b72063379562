"""`rules diff` and `rules sensitivity` as an author types them, on rules of his own."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

RULES = Path(__file__).resolve().parents[2] / "rules"
OFFERS = (
    "id,name,programme,country,project_type,vintage,volume\n"
    "VCS1,One,VCS,KE,cookstoves,2024,100\n"
    "VCS2,Two,VCS,KE,cookstoves,2018,250\n"
)
FLOOR = "permanence/storage_floor.yaml"
VALUE = "      2023-07-27: {value: 40,"
AHEAD = "      2027-01-01: {value: 60, source: {standing: design}}\n"
DAY = ("--as-of", "2026-11-27")


def git(*words):
    ours = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], env=ours, check=True, capture_output=True)


@pytest.fixture
def own_rules(tmp_path, monkeypatch):
    """Return the rules in a repository of their own, committed, and a list beside them."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(RULES, tmp_path / "rules")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "rules")
    (tmp_path / "offers.csv").write_text(OFFERS, encoding="utf-8")
    return tmp_path / "rules"


def change(rules, file, old, new):
    path = rules / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_value_from_a_day_ahead_is_told_and_no_error(offsetcheck, own_rules):
    """Sixty years from 2027 on: one line with both values, the day and the cities; no error."""
    change(own_rules, FLOOR, VALUE, AHEAD + VALUE)
    ended = offsetcheck("rules", "diff", "HEAD", "rules", *DAY)
    assert ended.status == 0, ended
    assert "Shortest term: 40 years → 60 years" in ended.stdout
    assert "From 1 January 2027 on. For all 21 cities and standards." in ended.stdout
    text = (own_rules / FLOOR).read_text(encoding="utf-8")
    line = text[: text.index("2027-01-01")].count("\n") + 1
    assert f"rules/{FLOOR}:{line}:7" in ended.stdout


def test_a_value_of_the_past_without_a_note_is_an_error(offsetcheck, own_rules):
    """Sixty years since 2023 in the place of forty: status 4, with the line and the next step."""
    change(own_rules, FLOOR, VALUE, VALUE.replace("40", "60"))
    ended = offsetcheck("rules", "diff", "HEAD", "rules", *DAY)
    assert ended.status == 4
    assert "1 in the past without a note" in ended.stdout
    assert "begin the new one on 2026-11-27 or later" in " ".join(ended.stdout.split())


def test_a_difference_ends_with_its_own_status_where_it_is_asked_for(offsetcheck, own_rules):
    """With --exit-code a change of meaning ends with 5, a change of words with 0."""
    change(own_rules, FLOOR, VALUE, AHEAD + VALUE)
    assert offsetcheck("rules", "diff", "HEAD", "rules", *DAY, "--exit-code").status == 5
    git("checkout", "-q", "rules")
    change(own_rules, FLOOR, "Stored carbon can be", "Carbon that is stored can be")
    ended = offsetcheck("rules", "diff", "HEAD", "rules", *DAY, "--exit-code")
    assert ended.status == 0
    assert "Texts worded anew: 1 (en)." in ended.stdout


def test_the_effect_on_a_list_is_told_as_json(offsetcheck, own_rules):
    """The effect names each city, its counts and the rules, and the file is written as asked."""
    change(own_rules, "vintage/age.yaml", "{value: 10,", "{value: 4,")
    words = ("rules", "diff", "HEAD", "rules", *DAY, "--on", "offers.csv")
    cities = ("--city", "turku", "--city", "bogota")
    ended = offsetcheck(*words, *cities, "--format", "json", "-o", "diff.json")
    assert ended.status == 4, ended
    told = json.loads(Path("diff.json").read_text(encoding="utf-8"))
    assert [one["city"] for one in told["effects"]] == ["turku", "bogota"]
    assert "vintage.age" in {rule["rule"] for rule in told["effects"][0]["rules"]}
    assert told["reproduce"].startswith("offsetcheck rules diff HEAD rules --as-of 2026-11-27")
    assert offsetcheck(*words, *cities, "--format", "json", "-o", "diff.json").status == 2


def test_numbers_are_swept_the_same_each_time(offsetcheck, own_rules):
    """The same seed prints the same bytes, and each number that turns is a line."""
    words = ("rules", "sensitivity", "--on", "offers.csv", "--city", "turku", *DAY)
    first = offsetcheck(*words, "--rules", own_rules, "--draws", "20", "--seed", "3")
    again = offsetcheck(*words, "--rules", own_rules, "--draws", "20", "--seed", "3")
    assert first.status == 0, first
    assert first.stdout == again.stdout
    assert "20 sets of weights drawn around the scheme (seed 3)" in first.stdout
