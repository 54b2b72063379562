"""The sample of a rule repository, run as its workflow runs it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "rule_repository"
AGE = "rules/vintage/age.yaml"
VALUE = "      2021-01-01: {value: 10, source: {standing: design}}\n"
AHEAD = '      2027-01-01: {value: 8, source: {standing: design, note: "the limit is ours"}}\n'
EXAMPLES = """tests:
  - name: eight years old, from 2027 on
    as_of: 2027-01-01
    given: {purchase.year: 2027, vintage: 2019}
    expect: pass
  - name: nine years old, from 2027 on
    as_of: 2027-01-01
    given: {purchase.year: 2027, vintage: 2018}
    expect: fail
    effect: gate
"""
DATED = ("  - name: ten years old\n", "  - name: ten years old\n    as_of: 2026-12-31\n")


def git(folder, *arguments):
    """Run git in a folder, as nobody in particular and without the settings of a person."""
    named = ("-c", "user.name=Author", "-c", "user.email=author@example.org")
    calm = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", *named, *arguments],
        cwd=folder, env=os.environ | calm, check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture
def repository(tmp_path):
    """Return a repository made of the sample and the shipped rules, with one commit on `main`."""
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "our_rules"))
    shutil.copytree(ROOT / "rules", folder / "rules")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "Begin with the shipped rules")
    return folder


def steps(folder, base="main"):
    """Run the steps against a base; return the run and the comment."""
    command = {
        "OFFSETCHECK": f"{sys.executable} -m offsetcheck",
        "AS_OF": "2027-01-01",
        "GITHUB_ACTIONS": "1",
    }
    path = {"PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(
        ["sh", "ci/rules.sh", base],
        cwd=folder, env=os.environ | command | path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    comment = folder / "out" / "comment.md"
    return ended, comment.read_text("utf-8") if comment.is_file() else ""


def replace(path, *pairs):
    """Replace texts in a file that each stand there."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def test_a_changed_value_is_told_with_whom_it_reaches_and_what_it_turns(repository):
    """The comment says what changed, from when, for whom, which offer turns, and what examples tell."""
    replace(repository / AGE, (VALUE, AHEAD + VALUE), ("tests:\n", EXAMPLES), DATED)
    ended, comment = steps(repository)
    assert ended.returncode == 0, ended
    assert "| 10 years | 8 years | From 1 January 2027 on. |" in comment
    assert "City of Elmwick (invented)" in comment
    assert "Of 3 offers, another verdict: 1" in comment
    assert "(ELM-2) | Cannot be decided yet, E–C | Not eligible, E–C |" in comment
    assert "mistakes in rules" in comment
    assert "failures=" in (repository / "out" / "examples.xml").read_text("utf-8")


def test_a_change_of_the_citys_own_policy_is_compared_too(repository):
    """A price limit of the city that is lowered from a day on is told for that city alone."""
    first = "      2021-01-01: {value: 40,"
    later = first.replace("2021", "2027").replace("40", "20")
    source = ' origin: design, source: {standing: design, note: "Invented."}}\n'
    replace(repository / "city" / "city.yaml", (first, later + source + first))
    ended, comment = steps(repository)
    assert ended.returncode == 0, ended
    assert re.search(r"From 1 January 2027 on. \| For City of Elmwick \(invented\)\. \|", comment)


def test_examples_that_a_change_turns_fail_and_the_comparison_is_told_all_the_same(repository):
    """The status is that of the examples; the comment names them and goes on to the effect."""
    replace(repository / AGE, (VALUE, AHEAD + VALUE))
    ended, comment = steps(repository)
    assert ended.returncode == 4, ended
    assert "vintage/age.yaml:32:5: the example “ten years old” failed" in comment
    assert "| 10 years | 8 years |" in comment


def test_an_error_in_a_rule_fails_with_its_place(repository):
    """A misspelt field ends the run with the status of the check and an annotation of its line."""
    replace(repository / AGE, ("requires: vintage_age <=", "requires: vintage_agee <="))
    ended, comment = steps(repository)
    assert ended.returncode == 4, ended
    assert "::error file=rules/vintage/age.yaml,line=19,col=11," in ended.stdout
    assert "vintage/age.yaml:19:11: there is no field `vintage_agee`" in comment
    assert "# Rules:" not in comment


def test_a_day_past_that_changes_without_a_note_fails(repository):
    """A value that is overwritten in place, though no example tells, is named with what to do."""
    first = "      2021-01-01: {value: 40,"
    replace(repository / "city" / "city.yaml", (first, first.replace("40", "41")))
    ended, comment = steps(repository)
    assert ended.returncode == 4, ended
    assert "## Answers of days past that change without a note" in comment
    assert "ended with" not in comment


def test_a_base_without_rules_is_nothing_to_compare_with(repository):
    """The first pull request, which brings the rules, is checked and its examples are run."""
    git(repository, "checkout", "-q", "--orphan", "empty")
    git(repository, "rm", "-q", "-r", "--cached", ".")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Begin")
    ended, comment = steps(repository, "empty")
    assert ended.returncode == 0, ended
    assert "empty holds no rules and city yet" in comment


def test_a_base_that_is_not_there_is_said(repository):
    """A revision that was not fetched ends with the status of wrong use, and what to do."""
    ended, comment = steps(repository, "origin/main")
    assert (ended.returncode, comment) == (2, "")
    assert "origin/main: no revision of this repository" in ended.stderr


def test_the_workflow_may_read_and_comment_and_no_more():
    """Rights are the least, actions are named by commit, and no text of a stranger is in a command."""
    text = (SAMPLE / ".github" / "workflows" / "rules.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    [job] = workflow["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", name) for name in used)
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert any("ci/rules.sh" in command for command in commands)
    assert not any("${{" in command for command in commands)
