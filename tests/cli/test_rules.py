import shutil
from pathlib import Path

import click
import pytest

from offsetcheck.cli.options import Form

RULES = Path(__file__).resolve().parents[2] / "rules"


@pytest.fixture
def own_rules(tmp_path):
    """Return a copy of the rule folder to spoil."""
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def test_the_installed_rulebook_is_sound(offsetcheck):
    """The rules that travel with the package have no problem, and the numbers are said."""
    ended = offsetcheck("rules", "check")
    assert ended.status == 0
    assert ended.stdout == ""
    assert "0 errors" in ended.stderr


def test_the_examples_of_all_rules_come_out(offsetcheck):
    """Every example in a rule comes out as it says."""
    ended = offsetcheck("rules", "test")
    assert (ended.status, ended.stdout) == (0, "")
    assert ", 0 came out differently" in ended.stderr


def test_a_changed_limit_makes_its_examples_fail(offsetcheck, own_rules):
    """A limit that is moved without its examples is found by them, with file and line."""
    path = own_rules / "permanence" / "storage_floor.yaml"
    text = path.read_text("utf-8")
    assert "value: 40" in text
    path.write_text(text.replace("value: 40", "value: 45"), encoding="utf-8")
    ended = offsetcheck("rules", "test", own_rules)
    assert ended.status == 4
    assert ended.stdout.startswith("permanence/storage_floor.yaml:")


def test_mistakes_are_the_result_of_a_check(offsetcheck, own_rules):
    """All mistakes of a folder are printed with their places as the result, status 4."""
    spoilt = {
        "vintage/age.yaml": ("effect:", "efect:"),
        "permanence/storage_floor.yaml": ("monitoring_years >=", "monitoring_year >="),
    }
    for name, (right, wrong) in spoilt.items():
        path = own_rules / name
        path.write_text(path.read_text("utf-8").replace(right, wrong), encoding="utf-8")
    ended = offsetcheck("rules", "check", own_rules)
    assert ended.status == 4
    assert all(f"{name}:" in ended.stdout for name in spoilt)
    assert "did you mean `effect`?" in ended.stdout
    assert "did you mean `monitoring_years`?" in ended.stdout


def test_every_rule_can_be_shown(offsetcheck):
    """Each rule that is listed can be shown for a city."""
    listed = offsetcheck("rules", "list").stdout
    ids = [word for line in listed.splitlines() for word in line.split()[:2] if "." in word]
    assert len(ids) > 40
    for rule in ids[:: len(ids) // 8]:
        shown = offsetcheck("rules", "show", rule, "--city", "turku", "--as-of", "2026-09-30")
        assert shown.status == 0, shown.stderr
        assert rule in shown.stdout


@pytest.mark.parametrize("city", ["turku", "bogota", "melbourne", "iclei_utmc_default"])
def test_a_city_says_what_it_has_not_decided(city, offsetcheck):
    """A city is shown with its floor and, where there are any, its undecided points."""
    ended = offsetcheck("cities", "show", city, "--as-of", "2026-09-30")
    assert ended.status == 0
    assert "floor" in ended.stdout
    if city == "turku":
        assert "not decided" in ended.stdout


@pytest.mark.parametrize(
    ("names", "said", "known"),
    [
        (("text", "json", "md"), "markdown", "md"),
        (("docx", "txt"), "text", "txt"),
        (("text", "html"), "TXT", "text"),
        (("csv", "jsonl"), "ndjson", "jsonl"),
    ],
)
def test_a_format_is_known_by_either_of_its_names(names, said, known):
    """Whatever a command calls a format itself, its other name is taken too."""
    assert Form(names).convert(said, None, None) == known


def test_a_format_that_a_command_has_not_is_refused_in_the_words_that_were_typed():
    """Another name opens no format that the command cannot write."""
    with pytest.raises(click.BadParameter, match="`markdown` is not one of text, json"):
        Form(("text", "json")).convert("markdown", None, None)
