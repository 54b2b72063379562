"""What a run imports before it begins its work: modules are counted, and no second."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOADED = """
import sys
from offsetcheck.cli import main
import os
def told(status):
    print("loaded", *sys.modules, file=sys.stderr)
    if "pydantic" in sys.modules:
        waiting, built = [sys.modules["pydantic"].BaseModel], []
        while waiting:
            kind = waiting.pop()
            waiting += kind.__subclasses__()
            built += [kind.__name__] if kind.__dict__.get("__pydantic_complete__") else []
        print("built", *built, file=sys.stderr)
os._exit = told
sys.argv = ["offsetcheck", *{words!r}]
main()
"""
REPOSITORY = Path(__file__).resolve().parents[2]
# Each takes a tenth of a second or more to import.
HEAVY = ("polars", "sqlglot", "openpyxl", "weasyprint", "docxtpl", "z3", "pygls")
MOST_FOR_HELP = 260  # the help of all commands imports two hundred, most of Python and click
MOST_FOR_ONE_OFFER = 640  # six hundred, half of them ours
MOST_MODELS = 48  # forty: the explanation's, and those of the tender's own files
# What lists of other kinds need: workbooks, their process apart, forms, ledgers.
OTHER_LISTS = {
    *("subprocess", "offsetcheck.intake.files.workbook", "offsetcheck.intake.questionnaire.filled"),
    *("offsetcheck.intake.ledgers.read", "offsetcheck.intake.ledgers.join"),
}


def modules(*words, cache=None):
    """Return the names of the modules that a run has imported at its end."""
    return ran(*words, cache=cache).split("loaded ")[-1].split("\n")[0].split()


def built(*words, cache=None):
    """Return the names of the models whose checks a run has built."""
    return ran(*words, cache=cache).split("\nbuilt ")[-1].split()


def ran(*words, cache=None):
    """Run a command in a process that tells what it has imported and built; return what it said."""
    environment = {**os.environ} if cache is None else {**os.environ, "XDG_CACHE_HOME": str(cache)}
    environment.pop("OFFSETCHECK_CACHE", None)
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(words=words)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=REPOSITORY,
    )
    return done.stderr


def test_help_imports_no_model_and_few_modules():
    """`--help` needs the commands alone: no rule, table, page or model is imported for it."""
    found = modules("--help")
    assert not {name.partition(".")[0] for name in found} & {*HEAVY, "pydantic", "jinja2", "yaml"}
    assert len(found) <= MOST_FOR_HELP, len(found)


def test_a_run_imports_the_command_that_is_asked_for_alone():
    """A command does not import the others."""
    found = {name for name in modules("rules", "list") if name.startswith("offsetcheck.cli.")}
    assert "offsetcheck.cli.rules" in found
    assert not found & {f"offsetcheck.cli.{name}" for name in ("batch", "letters", "rules_diff")}


def test_one_offer_of_a_text_file_needs_what_reads_it_alone(tmp_path):
    """Neither workbooks nor forms nor ledgers are imported for a tender that has none."""
    words = ("explain", "samples/turku", "ACR1129")
    modules(*words, cache=tmp_path)
    found = modules(*words, cache=tmp_path)
    assert not OTHER_LISTS & set(found)
    assert len(found) <= MOST_FOR_ONE_OFFER, len(found)


@pytest.mark.parametrize("words", [("explain", "samples/turku", "ACR1129"), ("rules", "check")])
def test_a_run_under_known_rules_imports_no_library_that_it_does_not_need(words, tmp_path):
    """One offer is explained, and rules are checked again, without parser, tables or pages."""
    modules(*words, cache=tmp_path)
    found = modules(*words, cache=tmp_path)
    assert not {name.partition(".")[0] for name in found} & {*HEAVY}


def test_known_rules_are_not_checked_again(tmp_path):
    """Building what checks a model costs more than reading the rules: known ones need few."""
    words = ("explain", "samples/turku", "ACR1129")
    modules(*words, cache=tmp_path)
    found = built(*words, cache=tmp_path)
    assert "CandidateExplanation" in found  # what is made anew is checked
    assert not set(found) & {"Example", "RuleFile", "SaysEntry", "Dictionary", "CityFile"}
    assert len(found) <= MOST_MODELS, found
