"""What a check found is told as text, JSON, SARIF and workflow commands, and kept for the next time."""

import json
from pathlib import Path

import jsonschema
import pytest

from offsetcheck.api.check import CODE, check_folder, told_as
from offsetcheck.cli.rules_check import check_rules
from offsetcheck.rulebook.files import key
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.lint import described
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError

SCHEMA = Path(__file__).parents[1] / "report" / "schemas" / "sarif-2.1.0.json"
HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    """Each test has a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("OFFSETCHECK_CACHE", "on")


@pytest.mark.parametrize("broken", [True, False])
def test_sarif_of_problems_is_valid(folder, broken):
    """The log of a folder that loads and of one that does not is SARIF 2.1.0, each result at a file."""
    where = HERE / "broken" if broken else folder
    log = json.loads(told_as(check_folder(where), "sarif", where))
    assert list(jsonschema.Draft4Validator(json.loads(SCHEMA.read_text())).iter_errors(log)) == []
    [run] = log["runs"]
    ids = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert run["results"]
    assert {result["ruleId"] for result in run["results"]} == ids


def test_workflow_commands_are_escaped(folder):
    """A sign that ends a property or a line is escaped, so that a file cannot write commands."""
    (folder / "vintage" / "a,b:c%.yaml").write_text("id: '::error::x\n::set-output name=x::y'\n")
    found = told_as(check_folder(folder), "github", Path("my,rules"))
    assert all(
        line.startswith(("::error file=my%2Crules/", "::warning ")) for line in found.split("\n")
    )
    assert "a%2Cb%3Ac%25.yaml" in found
    assert "\n::set-output" not in found


def test_json_names_the_path_of_each_problem(folder):
    """Programs get check, severity, place and the path by which an exception names it."""
    data = json.loads(told_as(check_folder(folder), "json", folder))
    by_check = {problem["check"]: problem for problem in data["problems"]}
    assert by_check["examples.outcome_not_shown"]["at"] == "tests"
    assert by_check["fields.never_read"]["severity"] == "warning"


def test_text_ends_in_the_id_of_the_check(folder):
    """A person reads severity, place, message, and the id in brackets."""
    said = told_as(check_folder(folder), "text").split("\n")
    assert (
        "warning: fields/candidate.yaml:58:1: no rule reads `icvcm_decision` [fields.never_read]"
    ) in said


@pytest.mark.parametrize(("least", "status"), [("error", 0), ("warning", 4), ("remark", 4)])
def test_the_exit_status_follows_what_is_asked(folder, least, status):
    """Remarks alone end with status 0, unless they are asked to fail."""
    done = check_rules.callback(folder=folder, rules=None, form="text", least=least, proofs=False)
    assert done == status


def test_every_problem_of_reading_has_a_page():
    """Each id that a broken folder shows is described, and so has a page in docs/checks."""
    with pytest.raises(RulebookError) as raised:
        load_rulebook(HERE / "broken")
    ids = {problem.check for problem in raised.value.problems}
    assert ids <= {one.id for one in described()}


def test_what_was_kept_is_what_was_found(folder):
    """A second check answers the same, and one changed byte is checked anew."""
    first = check_folder(folder)
    assert check_folder(folder) == first
    broken = folder / "sources.yaml"
    broken.write_text(broken.read_text() + "zzz: [\n")
    second = check_folder(folder)
    assert [one.problem.check for one in second.found] == ["yaml.syntax"]
    assert check_folder(folder) == second


@pytest.mark.parametrize("room", ["api", "workshop/proofs", "rulebook"])
def test_what_other_code_has_found_is_not_told_again(folder, tmp_path, monkeypatch, room):
    """A changed line of what checks, names or proves gives another key, and the same none."""
    package = tmp_path / "package"
    for name in ("ground", "vocabulary", "rulebook", *CODE):
        (package / name).mkdir(parents=True, exist_ok=True)
        (package / name / "one.py").write_text("ONE = 1\n")
    monkeypatch.setattr(key, "PACKAGE", package)
    monkeypatch.setattr(key, "code_key", key.code_key.__wrapped__)
    before = key.folder_key(folder, gather(folder), CODE)
    assert key.folder_key(folder, gather(folder), CODE) == before
    (package / room / "one.py").write_text("ONE = 2\n")
    assert key.folder_key(folder, gather(folder), CODE) != before


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """No folder is a problem like others, not a fault of the program."""
    [one] = check_folder(tmp_path / "none").found
    assert "there is no such folder" in one.problem.message
