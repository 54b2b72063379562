"""A hash of rules that a notice of tender names binds: judged by others, every page says so."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.case import open_rulebook, open_tender
from offsetcheck.api.packs import pack_rules
from offsetcheck.explain.audit import audit, limits
from offsetcheck.ground.bundled import bundled

TURKU = Path(__file__).resolve().parents[2] / "samples" / "turku"
DAY = date(2026, 9, 30)
OTHERS = "City of Turku (judged by other rules than the notice names)"
SAID = "The notice of this tender names the rules with the hash"


@pytest.fixture(scope="module")
def rulebook():
    """The installed rules."""
    return open_rulebook()


@pytest.fixture
def tender(tmp_path):
    """Return a function that makes the sample tender whose notice names a hash."""

    def make(named):
        folder = Path(shutil.copytree(TURKU, tmp_path / "turku"))
        with (folder / "purchase.yaml").open("a", encoding="utf-8") as file:
            file.write(f"rules_hash: {named}\n")
        return folder

    return make


def test_the_rules_of_the_notice_are_passed_over_in_silence(tender, rulebook, tmp_path):
    """The hash that `rules pack` prints is that of the rules; nothing is said, in any case."""
    packed = pack_rules(None, tmp_path / "rules.zip").manifest.hash
    case = open_tender(tender(packed.upper()), rulebook, as_of=DAY)
    assert case.setting.wording.city() == "City of Turku"
    assert case.setting.wording.words["notice.other_rules"] == ""
    assert not case.problems or all("hash" not in one.message for one in case.problems)


def test_a_readme_beside_the_rules_is_no_other_rulebook(tmp_path):
    """What is read by people alone travels in the pack and leaves the hash as it is."""
    folder = Path(shutil.copytree(bundled("rules"), tmp_path / "rules"))
    without = pack_rules(folder, tmp_path / "without.zip").manifest
    (folder / "README.md").write_text("Our rules.\n", encoding="utf-8")
    beside = pack_rules(folder, tmp_path / "with.zip").manifest
    assert beside.files.keys() - without.files.keys() == {"README.md"}
    assert beside.hash == without.hash == open_rulebook(tmp_path / "with.zip").files_hash


def test_other_rules_are_said_with_the_city_in_the_audit_and_among_the_limits(tender, rulebook):
    """Whatever names the city says it; the full sentence gives both hashes."""
    made = open_tender(tender("0" * 64), rulebook, as_of=DAY).setting
    assert made.wording.city() == OTHERS
    assert audit(made, (), "").city_words == OTHERS
    (told,) = [one for one in limits(made) if one.startswith(SAID)]
    assert "0" * 64 in told
    assert rulebook.files_hash in told


def test_every_language_says_it(tender, rulebook):
    """No language is silent; English stands in where a translation is missing."""
    folder = tender("0" * 64)
    for language in rulebook.words:
        made = open_tender(folder, rulebook, as_of=DAY, language=language).setting
        assert "0" * 64 in made.wording.words["notice.other_rules"], language
        assert made.wording.city() != made.wording.pick(
            made.bound.city.name, f"city_name.{made.bound.city.id}"
        )


def test_what_is_no_hash_is_a_problem_at_its_place_and_said(tender, rulebook):
    """A hash that was cut short is told, and binds nobody in silence."""
    case = open_tender(tender("a05173e13427"), rulebook, as_of=DAY)
    (problem,) = [one for one in case.problems if one.message == "this is no hash of rules"]
    assert problem.place.file == "purchase.yaml"
    assert problem.place.line
    assert case.setting.wording.city() == OTHERS
