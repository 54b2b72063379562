"""Rules compared for an author: sources of rules, effect on lists, and what is refused."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.rule_sources import open_rules
from offsetcheck.api.rules_diff import Asked, diff_rules
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.problem import RequestError, RulebookError

WORLD = Path(__file__).parents[1] / "world" / "rules"
DAY = date(2026, 9, 30)
OFFERS = """id,name,programme,country,project_type,vintage,volume
VCS1,One,VCS,KE,cookstoves,2024,100
VCS2,Two,VCS,KE,cookstoves,2018,250
VCS3,Three,VCS,KE,cookstoves,,50
"""


def git(folder, *words):
    ours = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, env=ours, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a repository with the rules of the tests' world, in which a program stands."""
    for path in WORLD.rglob("*"):
        if path.is_file():
            there = tmp_path / "rules" / path.relative_to(WORLD)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(path.read_bytes())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "rules")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "offers.csv").write_text(OFFERS, encoding="utf-8")
    return tmp_path


def changed(folder, file, old, new):
    path = folder / "rules" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def diff(old="HEAD", new="rules", **more):
    made = open_rules(old, "OLD", beside=new), open_rules(new, "NEW", beside=old)
    return diff_rules(*made, Asked(DAY, **more))


@pytest.mark.parametrize("named", ["HEAD", "HEAD:rules", "HEAD:rules/"])
def test_a_revision_holds_the_rules_that_were_committed(repository, named):
    """A revision is found with and without the folder of its rules, and is what was committed."""
    changed(repository, "vintage/age.yaml", "effect: gate", "effect: review")
    old, new = (open_rules(one, "OLD") for one in (named, "rules"))
    sides = [bind(one.rulebook, "turku", DAY).rules["vintage.age"].effect for one in (old, new)]
    assert sides == ["gate", "review"]


@pytest.mark.parametrize(
    "named", ["nowhere", "--output=x", "HEAD:nowhere", "HEAD:../rules", "", "HEAD:rules/guide.yaml"]
)
def test_what_names_no_rules_is_refused(repository, named):
    """A text that is no folder and no revision is told with a next step; nothing of it runs."""
    with pytest.raises(RequestError) as caught:
        open_rules(named, "OLD")
    assert caught.value.problems[0].place.file == "OLD"
    assert list(repository.glob("x")) == []


def test_a_mistake_in_a_revision_names_the_revision(repository):
    """A problem of a file says in which revision it stands."""
    changed(repository, "vintage/age.yaml", "effect: gate", "effect: gat")
    git(repository, "commit", "-q", "-a", "-m", "broken")
    with pytest.raises(RulebookError) as caught:
        open_rules("HEAD", "OLD")
    assert caught.value.problems[0].place.file == "HEAD:rules/vintage/age.yaml"


def test_the_effect_counts_what_turns_by_which_rule(repository):
    """A stricter age limit turns the offer between both limits, by that rule, with its tonnes."""
    changed(repository, "vintage/age.yaml", "{value: 10,", "{value: 4,")
    made = diff(lists=(Path("offers.csv"),), cities=("turku", "lax"))
    turku, lax = made.explained.effects
    assert (turku.city, lax.city) == ("turku", "lax")
    rule = next(one for one in turku.rules if one.rule == "vintage.age")
    assert [(one.before, one.after, one.offers) for one in rule.outcomes] == [("pass", "fail", 1)]
    assert rule.examples[0] == "VCS2"
    if turku.verdicts:
        assert turku.tonnes == 250.0


def test_nothing_turns_where_nothing_differs(repository):
    """The same rules turn no offer and make no error."""
    made = diff(lists=(Path("offers.csv"),), cities=("turku",))
    assert made.explained.groups == ()
    assert made.errors == ()
    assert (made.explained.effects[0].verdicts, made.explained.effects[0].rules) == (0, ())


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"cities": ("turku",)}, "tried_cities"),
        ({"lists": (Path("offers.csv"),)}, "tried_cities"),
        ({"lists": (Path("offers.csv"),), "cities": ("turkku",)}, "tried_cities"),
    ],
)
def test_a_list_needs_a_city_and_a_city_a_list(repository, more, named):
    """A city without a list, a list without a city, and a city that is not there are refused."""
    with pytest.raises(RequestError) as caught:
        diff(**more)
    assert caught.value.problems[0].place.file == named
    assert caught.value.problems[0].hint


def test_an_error_of_the_past_leads_to_its_line_and_says_the_entry(repository):
    """The problem names file, line and column in the newer rules, and the note to be written."""
    changed(repository, "vintage/age.yaml", "effect: gate", "effect: review")
    (error,) = diff().errors
    assert error.place.file == "rules/vintage/age.yaml"
    assert error.place.line is not None
    assert "{on: 2026-09-30, of: [vintage.age], from: " in error.hint


def test_the_note_that_the_error_asks_for_settles_it(repository):
    """The entry of the hint, put under `notes:` of history.yaml, makes the error go."""
    changed(repository, "vintage/age.yaml", "effect: gate", "effect: review")
    entry = diff().errors[0].hint.partition("history.yaml: ")[2].replace("…", "a slip of ours")
    text = f"notes:\n  - {entry}\n"
    (repository / "rules" / "history.yaml").write_text(text, encoding="utf-8")
    assert diff().errors == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("notes:\n  - {on: 2026-09-30, of: [], from: 2021-01-01, note: x}\n", "names nothing"),
        ("notes:\n  - {on: 2020-09-30, of: [a.b], from: 2021-01-01, note: x}\n", "lies after"),
        ("notes:\n  - {of: [a.b], from: 2021-01-01, note: x}\n", "`on` is missing"),
        ("note: x\n", "is not a key"),
    ],
)
def test_a_wrong_history_is_a_problem_of_the_rules(repository, text, said):
    """A history that cannot be read is told when the rules are read, at its place."""
    (repository / "rules" / "history.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulebookError) as caught:
        open_rules("rules", "NEW")
    problems = caught.value.problems
    assert any(said in one.message and "history.yaml" in one.place.file for one in problems)


def test_a_shared_value_is_told_once_with_the_rules_that_read_it(tmp_path):
    """One changed file of a shared value is one change, in each format with its rules under it."""
    shutil.copytree(bundled("rules"), tmp_path / "rules")
    path = tmp_path / "rules" / "parameters" / "large_share.yaml"
    written = path.read_text(encoding="utf-8")
    path.write_text(written.replace("value: 0.25", "value: 0.3"), encoding="utf-8")
    made = diff(str(bundled("rules")), str(tmp_path / "rules"))
    [group] = made.explained.groups
    [line] = group.changes
    assert (line.rule, len(set(line.readers))) == (None, len(line.readers))
    assert len(line.readers) > 1
    for form in ("text", "md", "html", "json"):
        page = " ".join(render(made.explained, form, made.words).split())
        assert page.count("25% → 30%") + page.count("25%<") + page.count("| 25% |") > 0, form
        assert page.count("Shared by the rules") == 1, form
