"""The floor of storage raised from 40 to 60 years from 2027, by an author with an editor."""

import re
import shutil
from pathlib import Path

RULES = Path(__file__).resolve().parents[2] / "rules"
FLOOR = "permanence/storage_floor.yaml"
VALUE = "      2023-07-27: {value: 40,"
AHEAD = "      2027-01-01: {value: 60, source: {standing: design}}\n"
DAY = ("--as-of", "2026-11-27")
EXAMPLES = """tests:
  - name: fifty-nine years, from 2027 on
    as_of: 2027-01-01
    given: {project_type: afforestation_reforestation, monitoring_years: 59}
    expect: fail
  - name: sixty years, from 2027 on
    as_of: 2027-01-01
    given: {project_type: afforestation_reforestation, monitoring_years: 60}
    expect: pass
"""
UNDATED = re.compile(r"(  - name: [^\n]*\n)(    given: [^\n]*monitoring_years: 40\b)")
OFFERS = (
    "id,name,programme,country,project_type,vintage,volume\nVCS1,One,VCS,KE,cookstoves,2024,9\n"
)


def test_a_value_is_raised_checked_compared_and_packed(offsetcheck, tmp_path):
    """Value, check, examples that a later day turns, diff, effect on a list, and pack."""
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    text = (rules / FLOOR).read_text(encoding="utf-8")
    assert VALUE in text
    text = text.replace(VALUE, AHEAD + VALUE, 1).replace("tests:\n", EXAMPLES, 1)
    (rules / FLOOR).write_text(text, encoding="utf-8")
    (tmp_path / "offers.csv").write_text(OFFERS, encoding="utf-8")

    checked = offsetcheck("rules", "check", "rules")
    assert checked.status == 0, checked
    assert " 0 errors" in checked.stdout + checked.stderr
    tested = offsetcheck("rules", "test", f"rules/{FLOOR}")
    assert tested.status == 4, tested
    assert "the example “forty years meet the floor”" in tested.stdout
    dated = UNDATED.sub(r"\1    as_of: 2026-12-31\n\2", text)
    (rules / FLOOR).write_text(dated, encoding="utf-8")
    tested = offsetcheck("rules", "test", f"rules/{FLOOR}")
    assert tested.status == 0, tested

    told = offsetcheck("rules", "diff", "installed", "rules", *DAY)
    assert told.status == 0, told
    assert "40 years → 60 years" in told.stdout
    assert "From 1 January 2027 on." in told.stdout

    on_list = ("--on", "offers.csv", "--city", "turku", "--as-of", "2027-01-01")
    effect = offsetcheck("rules", "diff", "installed", "rules", *on_list)
    assert effect.status == 0, effect
    assert "City of Turku" in effect.stdout

    packed = offsetcheck("rules", "pack", "rules", "-o", "ours.zip")
    assert packed.status == 0, packed
    verified = offsetcheck("rules", "verify", "ours.zip", "--hash", packed.stdout.strip())
    assert verified.stdout == packed.stdout
    same = offsetcheck("rules", "diff", "rules", "ours.zip", *DAY)
    assert same.status == 0, same
    assert "Nothing means anything else." in same.stdout
