"""A rulebook from the cache is the rulebook of its files, or it is not used."""

import pickle
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.files import kept as compiled
from offsetcheck.rulebook.files.kept import load_compiled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError

DAY = date(2026, 9, 30)


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("OFFSETCHECK_CACHE", raising=False)
    return tmp_path / "cache" / "offsetcheck"


@pytest.fixture
def folder(tmp_path):
    """A copy of the rules that a test may change."""
    return Path(shutil.copytree(bundled("rules"), tmp_path / "rules"))


def no_reading(*_args):
    raise AssertionError("the rule files were read")


def test_a_known_rulebook_binds_to_the_same_hash_without_reading_its_files(cache, monkeypatch):
    """What comes from the cache decides as what comes from the files."""
    fresh = bind(load_rulebook(bundled("rules")), "turku", DAY)
    load_compiled(bundled("rules"))
    monkeypatch.setattr("offsetcheck.rulebook.load.load_rulebook", no_reading)
    known = bind(load_compiled(bundled("rules")), "turku", DAY)
    assert known.hash == fresh.hash
    assert known.rules == fresh.rules
    assert len(list(cache.glob("*.rulebook"))) == 1


def test_a_changed_rule_is_read_anew(cache, folder):
    """A threshold that has just been changed counts at once."""
    before = bind(load_compiled(folder), "iclei_utmc_default", DAY)
    rule = folder / "vintage" / "age.yaml"
    rule.write_text(rule.read_text().replace("value: 10,", "value: 9,"))
    after = bind(load_compiled(folder), "iclei_utmc_default", DAY)
    assert before.rules["vintage.age"].parameters["max_age"].value == 10
    assert after.rules["vintage.age"].parameters["max_age"].value == 9


def test_a_folder_with_a_problem_is_never_kept(cache, folder):
    """The second run shows the problems again."""
    (folder / "vintage" / "age.yaml").write_text("id: [")
    for _ in range(2):
        with pytest.raises(RulebookError, match=r"vintage/age\.yaml"):
            load_compiled(folder)
    assert not list(cache.glob("*.rulebook"))


@pytest.mark.parametrize("content", [b"", b"no pickle", pickle.dumps({"not": "a rulebook"})])
def test_a_damaged_file_in_the_cache_is_no_reason_to_stop(cache, content):
    """Whatever stands there, the rule files are read instead."""
    load_compiled(bundled("rules"))
    (kept,) = cache.glob("*.rulebook")
    kept.write_bytes(content)
    assert bind(load_compiled(bundled("rules")), "turku", DAY).rules


def test_a_folder_that_others_may_write_to_is_not_trusted(cache):
    """What somebody else could have put there is neither read nor written."""
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    assert load_compiled(bundled("rules")).rules
    assert not list(cache.iterdir())


def test_the_cache_can_be_turned_off(cache, monkeypatch):
    """OFFSETCHECK_CACHE=off keeps nothing."""
    monkeypatch.setenv("OFFSETCHECK_CACHE", "off")
    assert load_compiled(bundled("rules")).rules
    assert not list(cache.glob("*.rulebook"))


def test_old_rulebooks_leave_the_cache(cache, folder, monkeypatch):
    """The cache holds a few rulebooks and no more."""
    monkeypatch.setattr(compiled, "KEPT", 2)
    words = folder / "words" / "en.yaml"
    text = words.read_text()
    for day in range(3):
        words.write_text(f"{text}\n# {day}\n")
        load_compiled(folder)
    assert len(list(cache.glob("*.rulebook"))) == 2


def test_a_known_rulebook_is_bound_without_the_parser_of_expressions(cache):
    """Half of what one short run would load is left out."""
    load_compiled(bundled("rules"))
    script = (
        "import sys; from datetime import date; from offsetcheck.ground.bundled import bundled; "
        "from offsetcheck.rulebook.binding.bind import bind; "
        "from offsetcheck.rulebook.files.kept import load_compiled; "
        "bind(load_compiled(bundled('rules')), 'turku', date(2026, 9, 30)); "
        "print('sqlglot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
