"""The floor of storage raised from 40 to 60 years from 2027, by an author with an editor."""

import json
import re
import shutil
from html import unescape
from pathlib import Path

import openpyxl
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
RULES = REPOSITORY / "rules"
BOGOTA = REPOSITORY / "samples" / "bogota"
VROD = REPOSITORY.parent / "shared" / "data" / "vrod" / "vrod-v2025-12-year-end.parquet"
FLOOR = "permanence/storage_floor.yaml"
VALUE = "      2023-07-27: {value: 40,"
AHEAD = "      2027-01-01: {value: 60, source: {standing: design}}\n"
DAY = ("--as-of", "2026-11-27")
AHEAD_DAY = "2027-01-01"
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
TURNED = ("VCS1682", "VCS2750", "GS4221")
REFUSED = "Eligible with conditions, C–B → Not eligible, E"

FIELD = "fields/candidate.yaml"
RULE = "additionality/well_records.yaml"
CITY = "cities/springfield.yaml"
CRITERION_FILLED = {"FILL IN: the criterion in a few words": "Wells are recorded"}
LAW = """id: ee
name: {en: Estonia}
binding: guidance
parameters:
  additionality.well_records.least_years:
    values:
      2026-11-27:
        value: 40
        origin: jurisdiction
        source: {standing: design, note: "Made up for a test."}
        reason: The town lies there.
"""
FIELD_FILLED = {
    "FILL IN: the field in a few words": "Years of well records",
    "FILL IN: what a bidder is asked?": "For how many years has the well been recorded?",
}
RULE_FILLED = {
    "FILL IN: what is required, in one line (additionality.well_records)": "Wells are recorded",
    "status: draft ": "status: stable ",
    "subject: candidate ": "adoption: optional\nsubject: candidate ",
    "FILL IN: which guide and clause, or what of it is ours": "the term is ours",
    "FILL IN: why a buyer asks for this.": "A well without records tells nothing.",
    "oldest_vintage": "least_years",
    "unit: calendar year": "unit: year",
    "FILL IN: what the number is": "Shortest record",
    "value: 2021": "value: 30",
    "requires: vintage": "requires: well_years",
    "effect: note ": "effect: gate ",
    "FILL IN: the requirement, with its number": "The well is recorded for at least",
    "FILL IN: what was found, {vintage}.": "The well is recorded for {well_years}.",
    "FILL IN: what is wrong, {vintage} against": "Recorded for {well_years}, not for",
    "FILL IN: what the bidder is to send.": "Send the log of the well.",
    "{vintage: 2021}": "{well_years: 30}",
    "{vintage: 2020}": "{well_years: 29.9}",
    "[vintage]": "[well_years]",
}
CITY_FILLED = {
    "FILL IN: the city's name": "Springfield",
    "jurisdictions: []": "jurisdictions: [ee]",
    "adopt: all\n": "adopt: all\nadopt_also:\n  - additionality.well_records\n",
    "FILL IN: what the city has decided and where that stands; its values go under parameters.": (
        "The town asks for the records of wells."
    ),
}
BIDS = """id,name,programme,country,project_type,vintage,volume,well_years
VCS1,One,VCS,KE,cookstoves,2024,9,35
VCS2,Two,VCS,KE,cookstoves,2024,9,50
"""


def fill(path, replaced):
    text = path.read_text(encoding="utf-8")
    for old, new in replaced.items():
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def raise_the_floor(rules):
    """Return the rules with sixty years from 2027 on, as an editor leaves them."""
    shutil.copytree(RULES, rules)
    text = (rules / FLOOR).read_text(encoding="utf-8")
    dated = UNDATED.sub(r"\1    as_of: 2026-12-31\n\2", text)
    dated = dated.replace(VALUE, AHEAD + VALUE, 1).replace("tests:\n", EXAMPLES, 1)
    (rules / FLOOR).write_text(dated, encoding="utf-8")


def shown(page):
    """Return what a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))).split())


def test_the_pages_of_a_raised_floor_show_the_day_and_the_value(offsetcheck, tmp_path):
    """The page of the rule has sixty years from 2027 on in its history, after forty."""
    raise_the_floor(tmp_path / "rules")
    on = ("--rules", "rules", "--city", "turku", *DAY)
    written = offsetcheck("rules", "docs", *on, "-o", "site")
    assert written.status == 0, written
    page = shown(tmp_path / "site" / "rules" / "permanence.storage_floor.html")
    assert "at least 40 years" in page
    assert "the guide 1 January 2027 60 years" in page
    ahead = offsetcheck("rules", "docs", *on[:-1], "2027-01-01", "-o", "ahead")
    assert ahead.status == 0, ahead
    page = shown(tmp_path / "ahead" / "rules" / "permanence.storage_floor.html")
    assert "at least 60 years" in page


def test_a_raised_floor_names_the_offers_of_a_tender_that_it_turns(offsetcheck, tmp_path):
    """Three forests of Bogotá with a term between forty and sixty years are refused from 2027."""
    raise_the_floor(tmp_path / "rules")
    told = offsetcheck("rules", "diff", "installed", "rules", "--on", BOGOTA, "--as-of", AHEAD_DAY)
    assert told.status == 0, told
    for offer in TURNED:
        assert re.search(rf"{offer}  [^\n]*\n +{REFUSED}", told.stdout), told
    assert told.stdout.count("→ Not eligible") == len(TURNED)


@pytest.mark.skipif(not VROD.is_file(), reason="the public lists are not beside the repository")
def test_a_raised_floor_turns_no_offer_of_a_list_that_states_no_term(offsetcheck, tmp_path):
    """The whole public list is compared; it never states a term, which stays unknown."""
    raise_the_floor(tmp_path / "rules")
    on = ("--on", VROD, "--on", BOGOTA, "--city", "bogota", "--as-of", AHEAD_DAY)
    told = offsetcheck("rules", "diff", "installed", "rules", *on)
    assert told.status == 0, told
    assert "None of 10,975 offers gets another verdict or grade." in told.stdout
    assert all(offer in told.stdout for offer in TURNED)


@pytest.fixture
def begun(offsetcheck, tmp_path):
    """A new criterion with a field of its own, and a new city under a new law, filled in."""
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    for words in (
        ("fields", "new", "well_years", "--type", "number"),
        ("rules", "new", "additionality.well_records", *DAY),
        ("cities", "new", "springfield"),
    ):
        ended = offsetcheck(*words, "--rules", "rules")
        assert ended.status == 0, ended
    for path, replaced in ((FIELD, FIELD_FILLED), (RULE, RULE_FILLED), (CITY, CITY_FILLED)):
        fill(rules / path, replaced)
    fill(rules / "catalogue.yaml", CRITERION_FILLED)
    (rules / "jurisdictions" / "ee.yaml").write_text(LAW, encoding="utf-8")
    (tmp_path / "bids.csv").write_text(BIDS, encoding="utf-8")
    return rules


def test_a_new_criterion_is_checked_tried_compared_and_shown(offsetcheck, begun, tmp_path):
    """No remark, green examples, a diff that names rule, field, city and law, a page of each."""
    checked = offsetcheck("rules", "check", "rules")
    assert checked.status == 0, checked
    assert " 0 errors, 0 warnings, 0 remarks" in checked.stdout + checked.stderr
    tested = offsetcheck("rules", "test", f"rules/{RULE}")
    assert tested.status == 0, tested
    told = offsetcheck("rules", "diff", "installed", "rules", *DAY)
    assert told.status == 0, told
    for name in ("(additionality.well_records)", "well_years", "(springfield)", "(ee)"):
        assert name in told.stdout
    on = ("--rules", "rules", "--city", "springfield", *DAY)
    written = offsetcheck("rules", "docs", *on, "-o", "site")
    assert written.status == 0, written
    said = {
        "rules/additionality.well_records": "The well is recorded for at least 30 years",
        "fields/candidate.well_years": "For how many years has the well been recorded?",
        "cities/springfield": "40 years instead of 30 years",
        "laws/ee": "Made up for a test",
    }
    for page, words in said.items():
        assert words in shown(tmp_path / "site" / f"{page}.html")


def test_a_new_city_judges_by_a_new_criterion_and_asks_for_its_field(offsetcheck, begun, tmp_path):
    """The law's forty years refuse thirty-five and let fifty pass; the form asks the question."""
    on = ("--city", "springfield", *DAY, "--rules", "rules")
    judged = offsetcheck("assess", "bids.csv", *on, "--format", "json", "-o", "out")
    assert judged.status == 0, judged
    found = {}
    for offer in ("VCS1", "VCS2"):
        text = (tmp_path / "out" / "offers" / f"{offer}.json").read_text(encoding="utf-8")
        rows = json.loads(text)["findings"]
        found[offer] = next(r for r in rows if r["rule"] == "additionality.well_records")
    assert {offer: one["outcome"] for offer, one in found.items()} == {
        "VCS1": "fail",
        "VCS2": "pass",
    }
    assert found["VCS1"]["parameters"][0]["value"] == "40 years"
    assert found["VCS1"]["evidence"][0]["place"] == "bids.csv:2 (column “well_years”)"
    asked = offsetcheck("questionnaire", "make", *on, "-o", "form.xlsx")
    assert asked.status == 0, asked
    cells = {
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "form.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    assert any("For how many years has the well been recorded?" in str(cell) for cell in cells)


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
