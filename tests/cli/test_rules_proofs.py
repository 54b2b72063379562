"""`offsetcheck rules check --proofs` as an author sees it."""

import shutil

import pytest

from world import RULES

FLOOR = "permanence/storage_floor.yaml"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a copy of the small rule folder to spoil, and keep nothing of it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return shutil.copytree(RULES, tmp_path / "rules")


def test_a_rule_that_nobody_can_meet_is_an_error_of_a_check_with_proofs(folder, offsetcheck):
    """It is told at its line with id and an example, and ends with status 4; a plain check does not see it."""
    rule = folder / FLOOR
    text = rule.read_text("utf-8")
    rule.write_text(text.replace(">= $min_years", ">= 20000"), "utf-8")
    plain, proved = (
        offsetcheck("rules", "check", folder),
        offsetcheck("rules", "check", folder, "--proofs"),
    )
    assert "proofs." not in plain.stdout
    told = [line for line in proved.stdout.splitlines() if "[proofs.never_passes]" in line]
    assert len(told) == 1
    assert f"{FLOOR}:15:1:" in told[0]
    assert "an example for `tests`: - {" in proved.stdout
    assert proved.status == 4


def test_a_proof_that_is_excepted_is_not_told(folder, offsetcheck):
    """An exception with a reason takes what is proved; a check without proofs does not call it idle."""
    entry = (
        "check: proofs.never_concluded, file: decisions.yaml, reason: No rule limits a claim yet."
    )
    (folder / "exceptions.yaml").write_text(f"- {{{entry}}}\n", "utf-8")
    assert "never_concluded" not in offsetcheck("rules", "check", folder, "--proofs").stdout
    assert "exceptions.idle" not in offsetcheck("rules", "check", folder).stdout
