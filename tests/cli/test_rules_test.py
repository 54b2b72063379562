import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from offsetcheck.api.rule_tests import Watched

from .heeding import heed_signals

RULES = Path(__file__).resolve().parents[2] / "rules"
FLOOR = "permanence/storage_floor.yaml"
OF_FLOOR = (RULES / FLOOR).read_text("utf-8").count("\n  - name: ")  # its examples


@pytest.fixture
def own_rules(tmp_path):
    """Return a copy of the rule folder to change."""
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def rewrite(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_file_a_folder_and_a_dimension_choose(offsetcheck, own_rules):
    """A file of a rule, a folder, a file of scenarios and a dimension each run what they hold."""
    counts = {}
    for words in (
        (own_rules / FLOOR,),
        (own_rules / "permanence",),
        ("permanence", "--rules", own_rules),
        (own_rules / "scenarios" / "forest.yaml",),
        (own_rules / FLOOR, own_rules / "scenarios"),
    ):
        ended = offsetcheck("rules", "test", *words)
        assert ended.status == 0, ended.stderr
        counts[words] = ended.stderr.split(", 0 came")[0]
    first, folder, dimension, scenarios, both = counts.values()
    assert first == f"{OF_FLOOR} examples, 0 scenarios"
    assert folder == dimension
    assert scenarios.startswith("0 examples, ")
    assert both.startswith(f"{OF_FLOOR} examples, ")
    assert not both.endswith(" 0 scenarios")


def test_two_rule_folders_at_once_are_refused(offsetcheck, own_rules):
    """Files of two rule folders are not run as if they were of one."""
    ended = offsetcheck("rules", "test", own_rules / FLOOR, "--rules", RULES)
    assert ended.status == 2
    assert "two rule folders are named" in ended.stderr


def test_a_scenario_that_fails_is_told_like_an_example(offsetcheck, own_rules):
    """All caps doubled in the rules turn scenarios, told with file and line, status 4."""
    for path in own_rules.glob("*/*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("\ncap: 2\n", "\ncap: 4\n"), encoding="utf-8")
    ended = offsetcheck("rules", "test", own_rules)
    assert ended.status == 4
    assert "scenarios/forest.yaml:" in ended.stdout
    assert "if that is right, write below `expect`" in ended.stdout


def test_junit_has_a_case_for_each(offsetcheck, own_rules, tmp_path):
    """JUnit XML counts every example and scenario, with file and line, and names what failed."""
    rewrite(own_rules / FLOOR, "name: thirty-nine do not", 'name: "39 < 40 & \\a <b>"')
    text = (own_rules / FLOOR).read_text("utf-8")
    wrong = text.replace("    expect: fail\n", "    expect: pass\n", 1)
    assert wrong != text
    (own_rules / FLOOR).write_text(wrong, encoding="utf-8")
    words = ("rules", "test", own_rules / FLOOR, own_rules / "scenarios" / "cookstoves.yaml")
    ended = offsetcheck(*words, "--junit", "run.xml")
    assert ended.status == 4
    root = ET.parse(tmp_path / "run.xml").getroot()
    assert root.tag == "testsuites"
    assert int(root.get("tests")) == len(root.findall("testsuite/testcase"))
    assert root.get("failures") == "1"
    for suite in root:
        assert int(suite.get("tests")) == len(suite)
        assert all(case.get("file") and int(case.get("line")) > 1 for case in suite)
    (failure,) = root.iter("failure")
    assert "expected pass, came out fail" in failure.get("message")
    assert offsetcheck(*words, "--junit", "run.xml").status == 2
    assert offsetcheck(*words, "--junit", "run.xml", "--force").status == 4


def test_json_holds_every_result(offsetcheck):
    """`--format json` prints each example with its place and whether it came out."""
    ended = offsetcheck("rules", "test", "permanence.storage_floor", "--format", "json")
    made = json.loads(ended.stdout)
    assert (made["examples"], made["scenarios"], made["different"]) == (OF_FLOOR, 0, 0)
    assert {one["file"] for one in made["results"]} == {FLOOR}
    assert all(one["as_expected"] and one["line"] > 1 for one in made["results"])


def test_a_city_of_ones_own_has_scenarios(offsetcheck, tmp_path):
    """Scenarios in a city's own folder run for that city, and folders there are none."""
    assert offsetcheck("init", "city", "turku2", "--extends", "turku").status == 0
    folder = tmp_path / "turku2" / "scenarios"
    (folder / "tender").mkdir(parents=True, exist_ok=True)
    (folder / "tender" / "purchase.yaml").write_text("title: no scenario\n", encoding="utf-8")
    (folder / "own.yaml").write_text(
        "title: What the city decides\nas_of: 2026-09-30\noffer: {project_type: wind}\n"
        "scenarios:\n  - name: wind\n    expect: {verdict: eligible}\n",
        encoding="utf-8",
    )
    ended = offsetcheck("rules", "test", "--city", "turku2")
    assert ended.status == 4
    assert "turku2/scenarios/own.yaml:5:5: the scenario “wind” failed" in ended.stdout
    assert ended.stderr.endswith("0 examples, 1 scenario, 1 came out differently\n")
    rewrite(folder / "own.yaml", "verdict: eligible", "verdict: not_eligible")
    assert offsetcheck("rules", "test", "--city", "turku2").status == 0


def test_only_what_a_change_touches_runs_again(own_rules):
    """After a change of one rule its examples run again, and the others are as they were."""
    watched = Watched((str(own_rules),), None, None)
    first = watched.run(watched.changed())
    assert watched.changed() is None
    rewrite(own_rules / FLOOR, "value: 40, source", "value: 45, source")
    changed = watched.changed()
    assert {path.name for path in changed} == {"storage_floor.yaml"}
    second = watched.run(changed)
    assert second.examples == first.examples
    assert [one.of for one in second.tried] == [one.of for one in first.tried]
    again = {
        one.of for one in second.tried if one not in first.tried and one.of in second.rulebook.rules
    }
    assert again == {"permanence.storage_floor"}
    assert any(problem.place.file == FLOOR for problem in second.different)


def test_watching_ends_with_the_status_of_the_last_run(own_rules):
    """Ctrl-C ends a watch without a word of it, with what the last run came to."""
    with subprocess.Popen(
        [sys.executable, "-m", "offsetcheck", "rules", "test", FLOOR, "--watch"],
        cwd=own_rules, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=heed_signals,  # noqa: PLW1509 - there is one thread
    ) as ran:  # fmt: skip
        begun = ran.stderr.readline()
        rewrite(own_rules / FLOOR, "value: 40, source", "value: 45, source")
        then = ran.stderr.readline()
        os.kill(ran.pid, signal.SIGINT)
        assert ran.stderr.read().strip() == ""
        assert "forty years meet the floor" in ran.stdout.read()
        assert ran.wait() == 4
    assert begun == f"{OF_FLOOR} examples, 0 scenarios, 0 came out differently\n"
    assert then.startswith(f"{OF_FLOOR} examples, 0 scenarios, ")
    assert " 0 came out differently" not in then
