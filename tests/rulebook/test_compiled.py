"""A rulebook from the cache is the rulebook of its files, or it is not used."""

import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.walk import walk
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.files import compiled
from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.rulebook.files.kept import without_documents
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


@pytest.fixture(scope="module")
def sound():
    """The rulebook as it comes from its files."""
    return without_documents(load_rulebook(bundled("rules")))


def no_reading(*_args):
    raise AssertionError("the rule files were read")


def test_a_known_rulebook_binds_to_the_same_hash_without_reading_its_files(cache, monkeypatch):
    """What comes from the cache decides as what comes from the files."""
    fresh = bind(load_rulebook(bundled("rules")), "turku", DAY)
    load_compiled(bundled("rules"))
    monkeypatch.setattr("offsetcheck.rulebook.load.read_rulebook", no_reading)
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


def planted(kept: Path, kind: str, whole: bytes) -> None:
    """Put something else where a rulebook is kept."""
    if kind == "empty":
        kept.write_bytes(b"")
    elif kind == "pickle":  # protocol 0: would call os.mkdir("planted")
        kept.write_bytes(b"cos\nmkdir\n(S'planted'\ntR.")
    elif kind == "cut":
        kept.write_bytes(whole[: len(whole) // 2])
    elif kind == "of another folder":
        kept.write_bytes(whole.replace(b" ", b" 0", 2))
    elif kind == "link":
        (kept.parent / "elsewhere").write_bytes(whole)
        kept.unlink()
        kept.symlink_to("elsewhere")
    elif kind == "pipe":
        kept.unlink()
        os.mkfifo(kept)
    else:
        kept.chmod(0o666)


@pytest.mark.parametrize(
    "kind", ["empty", "pickle", "cut", "of another folder", "link", "pipe", "writable"]
)
def test_what_does_not_fit_is_refused_and_replaced(cache, sound, folder, monkeypatch, kind):
    """Whatever stands there, the rule files are read instead, and nothing of it runs."""
    monkeypatch.chdir(folder.parent)
    load_compiled(folder)
    (kept,) = cache.glob("*.rulebook")
    whole = kept.read_bytes()
    planted(kept, kind, whole)
    assert load_compiled(folder) == replace(sound, folder=folder)
    assert not (folder.parent / "planted").exists()
    assert kept.read_bytes() == whole
    assert not kept.is_symlink()


def test_a_rulebook_kept_for_another_folder_is_not_used(cache, sound, folder):
    """A kept file that was copied over another one does not fit its key."""
    load_compiled(folder)
    (first,) = cache.glob("*.rulebook")
    rule = folder / "vintage" / "age.yaml"
    rule.write_text(rule.read_text().replace("value: 10,", "value: 9,"))
    load_compiled(folder)
    (second,) = set(cache.glob("*.rulebook")) - {first}
    second.write_bytes(first.read_bytes())
    bound = bind(load_compiled(folder), "iclei_utmc_default", DAY)
    assert bound.rules["vintage.age"].parameters["max_age"].value == 9


def test_a_flipped_bit_anywhere_is_noticed(cache, files, tmp_path, monkeypatch):
    """At none of 600 places, head and both ends among them, does a flipped bit load anything."""
    folder = tmp_path / "small"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    fresh = load_compiled(folder)
    (kept,) = cache.glob("*.rulebook")
    whole = kept.read_bytes()
    chance = random.Random(7)
    places = [*range(200), *chance.sample(range(200, len(whole) - 20), 380), *range(-20, 0)]
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "_read", lambda *_: "read")
        patch.setattr(compiled, "write_kept", lambda _: b"")
        patch.setattr(compiled, "keep", lambda *_, **__: None)
        for place in places:
            damaged = bytearray(whole)
            damaged[place] ^= 1 << chance.randrange(8)
            kept.write_bytes(damaged)
            assert load_compiled(folder) == "read", place
        kept.write_bytes(whole)
        assert load_compiled(folder) == fresh


def test_a_folder_that_was_moved_is_known(cache, folder, monkeypatch):
    """What a rulebook is does not hang on where its folder lies."""
    load_compiled(folder)
    moved = folder.rename(folder.parent / "moved")
    monkeypatch.setattr("offsetcheck.rulebook.load.read_rulebook", no_reading)
    assert load_compiled(moved).folder == moved


def test_a_folder_is_walked_once(cache, folder, monkeypatch):
    """Key and reading use the same bytes, so that no change falls between them."""
    walks = []

    def counted(*arguments):
        walks.append(arguments)
        return walk(*arguments)

    monkeypatch.setattr("offsetcheck.rulebook.files.folder.walk", counted)
    load_compiled(folder)
    assert len(walks) == 1
    load_compiled(folder)
    assert len(walks) == 2


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
        "from offsetcheck.rulebook.files.compiled import load_compiled; "
        "bind(load_compiled(bundled('rules')), 'turku', date(2026, 9, 30)); "
        "print('sqlglot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
