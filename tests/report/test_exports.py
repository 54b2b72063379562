"""A result under other people's names, held against their schemas, lists of words and columns."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.registry.record import read_record
from offsetcheck.report.exports import carbon_words
from offsetcheck.report.exports.disclosure import HEADINGS, MAY_BE_BOUGHT
from offsetcheck.report.exports.sarif import KINDS
from offsetcheck.report.format import RESULT, format_names
from offsetcheck.report.render import render
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.decision import Awarded, Decision
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding_explanation import Status
from offsetcheck.vocabulary.purchase import Stage
from world import E1, cell, made_setting, offer, purchase, result_explained

SCHEMAS = Path(__file__).parent / "schemas"
WORDS = made_setting().wording.words
TEXTS = ("sarif", "ocds", "cdop", "cadtrust", "disclosure")
RICH = {
    "id": "VCS902",
    "name": "Kariba",
    "programme": "VCS",
    "developer": "Developer AG",
    "country": "ZW",
    "subdivision": "Mashonaland West",
    "project_type": "redd",
    "mechanism": "reduction",
    "methodology": "VM0009",
    "methodology_version": "3.0",
    "labels": ("CCP", "CCB_GOLD", "CCB", "CORSIA_P1_SCOPE", "A6_NDC"),
    "registry_status": "registered",
    "registered_on": "2020-06-04",
    "estimated_annual": 6550464,
    "validator": "Aster",
    "vintage": 2018,
    "vintage_start": "2018-01-01",
    "tonnes": 100,
    "price": 5.5,
    "currency": "EUR",
    "seller": "Seller Oy",
    "unit_type": "VCU",
    "serials": "VCS-1-2",
    "sdgs_claimed": (13, 15, 99),
    "buffer_deposits": 4,
    "buffer_released": 0,
    "reversals_covered": 1,
    "reversals_uncovered": 0,
}


def schema(name):
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def made(form, candidates=None, bought=None, decision=None):
    return render(result_explained(candidates, bought, decision=decision), form, WORDS)


def data(form, candidates=None, bought=None, decision=None):
    return json.loads(made(form, candidates, bought, decision))


def rich(**more):
    """Return an offer of which nearly all is known that an export has a name for."""
    facts = {name: cell(value, E1) for name, value in {**RICH, **more}.items()}
    return {"rich": offer().with_facts(facts)}


def valid(instance, name):
    found = jsonschema.Draft4Validator(schema(name)).iter_errors(instance)
    return [(list(error.path), error.message) for error in found]


def final(**facts):
    return purchase(stage=Stage.FINAL, **facts)


@pytest.mark.parametrize("case", ["all", "none", "rich", "bare"])
def test_sarif_is_valid(case):
    """The log of offers of every verdict, of none, of a rich and a bare one is SARIF 2.1.0."""
    bare = {"bare": offer(**dict.fromkeys(offer().facts.keys() - {"id"}))}
    given = {"all": None, "none": {}, "rich": rich(), "bare": bare}[case]
    assert valid(data("sarif", given), "sarif-2.1.0.json") == []


def test_sarif_tells_each_finding_once_with_its_kind():
    """Each finding is a result of its rule; what is open is open, and only what fails has a level."""
    whole = result_explained()
    (run,) = data("sarif")["runs"]
    rules = run["tool"]["driver"]["rules"]
    told = {(one["properties"]["subject"], one["ruleId"]): one for one in run["results"]}
    wanted = {
        (one.explained.offer.id, line.rule): line
        for one in whole.offers
        for line in one.explained.findings
    }
    wanted |= {("purchase", line.rule): line for line in whole.tender.purchase.findings}
    assert told.keys() == wanted.keys()
    assert len(run["results"]) == len(wanted)
    for key, one in told.items():
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        assert one["kind"] == KINDS[wanted[key].status]
        assert (one["level"] != "none") == (one["kind"] == "fail")
    assert {one["kind"] for one in run["results"]} >= {"fail", "pass", "open", "notApplicable"}
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)


def test_sarif_points_to_cells():
    """A finding stands at the cells that it rests on, else at the row of its offer."""
    (run,) = data("sarif")["runs"]
    places = [
        where["physicalLocation"]
        for one in run["results"]
        if one["properties"]["subject"] != "purchase"
        for where in one["locations"]
    ]
    assert {place["artifactLocation"]["uri"] for place in places} == {"offers.csv"}
    assert all(place["region"]["startLine"] == 3 for place in places)


def test_every_status_has_a_kind():
    """No status of a finding is without a kind of SARIF."""
    assert set(KINDS) == set(Status)


@pytest.mark.parametrize("stage", list(Stage))
def test_ocds_is_valid_and_keeps_offers_to_itself_until_the_end(stage):
    """A release is valid at each stage; sellers, prices, budget stand in it at the last only."""
    bought = purchase(
        stage=stage, tonnes=1000, budget=50000, currency="EUR", procedure="direct", title=None
    )
    text = made("ocds", rich(), bought)
    assert valid(json.loads(text), "ocds-release-1.1.json") == []
    shown = stage is Stage.FINAL
    assert ("Seller Oy" in text) == shown
    assert ("50000" in text) == shown
    assert ("bids" in json.loads(text)) == shown


def test_ocds_says_what_is_bought():
    """The item is the tonnes wanted; the method stands where the procedure tells it."""
    release = data("ocds", rich(), final(tonnes=1000, procedure="direct"))
    (item,) = release["tender"]["items"]
    assert (item["quantity"], item["unit"]["name"]) == (1000, "tCO2e")
    assert release["tender"]["procurementMethod"] == "direct"
    (bid,) = release["bids"]["details"]
    assert bid["value"] == {"amount": 550.0, "currency": "EUR"}
    names = {party["id"]: party["name"] for party in release["parties"]}
    assert names[bid["tenderers"][0]["id"]] == "Seller Oy"


DECIDED = Decision(
    reference="§ 12/2026",
    by="A. Officer",
    on=date(2026, 9, 20),
    awarded=(Awarded("VCS1", 40, 5.25),),
)


def decided(stage=Stage.FINAL, **changes):
    bought = purchase(stage=stage, tonnes=1000)
    return data("ocds", rich(), bought, replace(DECIDED, **changes))


def test_ocds_has_the_awards_of_a_decision():
    """Each offer bought is an award with its supplier, value and day, as a part of the one lot."""
    release = decided()
    assert valid(release, "ocds-release-1.1.json") == []
    assert release["tag"] == ["tender", "award"]
    (award,) = release["awards"]
    assert (award["id"], award["status"]) == ("VCS1", "active")
    assert award["date"] == "2026-09-20T00:00:00Z"
    assert award["value"] == {"amount": 210.0, "currency": "EUR"}
    (item,) = award["items"]
    assert (item["quantity"], item["unit"]["value"]["amount"]) == (40, 5.25)
    (supplier,) = award["suppliers"]
    (party,) = [one for one in release["parties"] if one["id"] == supplier["id"]]
    assert (party["name"], party["roles"]) == ("Seller Oy", ["tenderer", "supplier"])
    (lot,) = release["tender"]["lots"]
    assert (lot["status"], release["tender"]["status"]) == ("complete", "complete")
    related = [
        *award["relatedLots"],
        item["relatedLot"],
        *release["bids"]["details"][0]["relatedLots"],
    ]
    assert {*related, release["tender"]["items"][0]["relatedLot"]} == {lot["id"]}


def test_ocds_leaves_as_offered_what_the_decision_does_not_say():
    """Without tonnes and price of its own an award is of all tonnes at the price of the offer."""
    (award,) = decided(awarded=(Awarded("VCS1"),))["awards"]
    assert award["value"]["amount"] == 550.0
    assert award["items"][0]["quantity"] == 100


@pytest.mark.parametrize(
    ("ends", "status"),
    [(date(2026, 9, 30), "pending"), (date(2026, 9, 29), "active"), (None, "active")],
)
def test_ocds_holds_an_award_pending_until_the_standstill_has_ended(ends, status):
    """An award is in force from the day after the last one of the standstill."""
    (award,) = decided(standstill_ends=ends)["awards"]
    assert award["status"] == status


def test_ocds_says_that_nothing_was_bought():
    """A decision that buys nothing leaves a tender without success, and no award."""
    release = decided(awarded=())
    assert valid(release, "ocds-release-1.1.json") == []
    assert "awards" not in release
    assert release["tender"]["status"] == "unsuccessful"


@pytest.mark.parametrize(
    "changes",
    [{"reference": None}, {"by": None}, {"on": date(2026, 10, 1)}, {"stage": Stage.SCREENING}],
)
def test_ocds_has_no_award_of_what_is_not_decided_yet(changes):
    """A draft, a decision of a later day and one before the final stage are in no release."""
    release = decided(**changes)
    assert "awards" not in release
    assert "lots" not in release["tender"]
    assert (release["tag"], release["tender"]["status"]) == (["tender"], "active")


def test_ocds_has_the_id_of_the_purchase_or_one_to_be_replaced():
    """An open contracting id is the city's own; where it is not stated its prefix says so."""
    assert data("ocds", {}, purchase(ocid="ocds-abc123-7"))["ocid"] == "ocds-abc123-7"
    assert re.fullmatch(r"ocds-PREFIX-[0-9a-f]{12}", data("ocds", {})["ocid"])


def paths(value, path=""):
    """Yield each leaf of nested data as the path that the Protocol gives it, with its value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for item in value:
            yield from paths(item, f"{path}[]")
    else:
        yield path, value


KINDS_OF = {
    "text": str, "string": str, "enum": str, "date": str, "boolean": bool, "integer": int,
    "decimal": (int, float),
}  # fmt: skip


@pytest.mark.parametrize("offered", [None, rich()], ids=["all", "rich"])
def test_cdop_names_fields_and_words_of_the_protocol(offered):
    """Each field is one of the Protocol's, of its kind, and each word one of its lists."""
    known = schema("cdop-2.json")
    projects = data("cdop", offered)
    assert projects
    for project in projects:
        for path, value in paths(project):
            cardinality, kind = known["fields"][path]
            many = isinstance(value, list)
            assert not many or cardinality.endswith("*"), path
            for one in value if many else [value]:
                assert isinstance(one, KINDS_OF[kind]), path
                if path in known["enums"] and "subdivision" not in path:
                    assert one in known["enums"][path], path
                if kind == "date":
                    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", one), path


def test_cdop_tells_what_is_known():
    """What is known of a project stands under its name; the buffer stands whole or not at all."""
    (project,) = data("cdop", rich())
    assert project["project"]["location"] == [
        {
            "country_code": "ZWE",
            "country_name": "Zimbabwe",
            "country_subdivision_code": "ZW-MW",
            "country_subdivision_name": "Mashonaland West",
        }
    ]
    assert project["project"]["mitigation"][0]["mitigation_type"] == "Reduction - nature"
    assert len(project["project"]["buffer_pool"][0]) == 4
    assert project["methodology"]["versions"] == [{"methodology": "VM0009", "version": "3.0"}]
    goals = project["cobenefits"]["sdgs_the_project_plans_to_contribute_to"]
    assert goals == ["SDG 13: Climate Action", "SDG 15: Life on Land"]
    assert project["project"]["project_level"] == [{"project_level_accreditation": "CCB"}]
    assert project["unit"]["unit_level"] == [
        {"unit_level_accreditation": "CCP"},
        {"unit_level_compliance_potential_eligibility": "CORSIA First Phase scope (2024-2026)"},
    ]
    (partly,) = data("cdop", rich(buffer_released=None, subdivision="Somewhere"))
    assert "buffer_pool" not in partly["project"]
    assert "country_subdivision_name" not in partly["project"]["location"][0]


LISTED = {"methodologies": "methodology", "stakeholders": "stakeholder", "locations": "location",
          "validations": "validation"}  # fmt: skip
PICKED = {"projectStatus": "project_status", "projectSector": "project_sector",
          "projectType": "project_type", "projectUnitMetric": "unit_metric",
          "unitMetric": "unit_metric", "unitType": "unit_type",
          "stakeholderType": "stakeholder_type"}  # fmt: skip


@pytest.mark.parametrize("offered", [None, rich()], ids=["all", "rich"])
def test_cad_trust_names_fields_and_words_of_the_trust(offered):
    """Each field is one of its table's, and each word one of the Trust's lists."""
    known = schema("cadtrust-2.0.2.json")
    made_records = data("cadtrust", offered)
    assert made_records["projects"]
    records = [("project", one) for one in made_records["projects"]]
    records += [("unit", one) for one in made_records["units"]]
    for kind, record in records:
        for name, value in record.items():
            if name in LISTED:
                within = known["tables"][LISTED[name]]
                assert all(set(item) <= set(within) for item in value)
                picked = [(k, v) for item in value for k, v in item.items()]
            else:
                assert name in known["tables"][kind] or (kind, name) == ("unit", "projectId")
                picked = [(name, value)]
            for field, word in picked:
                for one in word if isinstance(word, list) else [word]:
                    assert field not in PICKED or one in known["picklists"][PICKED[field]]


CDOP_LISTS = {
    "CREDITING_PROGRAMMES": "crediting_program.crediting_program[].crediting_program_name",
    "REGISTRIES": "registry.current_registry",
    "STATUSES": "project.status[].project_status",
    "UNIT_TYPES": "unit.descriptor[].type",
    "PROJECT_TYPES": "project.mitigation[].project_type",
    "PROJECT_LABELS": "project.project_level[].project_level_accreditation",
    "UNIT_LABELS": "unit.unit_level[].unit_level_accreditation",
    "SCHEMES": "unit.unit_level[].unit_level_compliance_eligibility",
    "SCHEMES_IN_SCOPE": "unit.unit_level[].unit_level_compliance_potential_eligibility",
}
FIELDS = {
    "CREDITING_PROGRAMMES": "programme", "REGISTRIES": "programme", "STATUSES": "registry_status",
    "UNIT_TYPES": "unit_type", "PROJECT_TYPES": "project_type",
    "PROJECT_LABELS": "labels", "UNIT_LABELS": "labels", "SCHEMES": "labels",
    "SCHEMES_IN_SCOPE": "labels",
}  # fmt: skip


@pytest.mark.parametrize("name", CDOP_LISTS)
def test_each_word_is_one_of_theirs_for_a_code_of_ours(name):
    """No code is mapped that the dictionary has not, and to no word that the Protocol has not."""
    known = schema("cdop-2.json")["enums"][CDOP_LISTS[name]]
    codes = load_rulebook(bundled("rules")).dictionary.candidate[FIELDS[name]].codes
    for code, word in getattr(carbon_words, name).items():
        assert code in codes, code
        assert word in known, word


def test_each_sector_and_type_is_one_of_the_trusts():
    """Types, their sectors and statuses are words of the Trust; natural types are codes of ours."""
    picked = schema("cadtrust-2.0.2.json")["picklists"]
    assert set(carbon_words.PROJECT_TYPES.values()) <= set(picked["project_type"])
    assert set(carbon_words.SECTORS.values()) <= set(picked["project_sector"])
    assert set(carbon_words.SECTORS) <= set(picked["project_type"])
    assert set(carbon_words.TRUST_STATUSES.values()) <= set(picked["project_status"])
    types = load_rulebook(bundled("rules")).dictionary.candidate["project_type"].codes
    assert set(types) >= carbon_words.NATURE


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_disclosure_lists_what_may_be_bought():
    """Each offer that may be bought is a row; what only a retirement tells is empty before it."""
    whole = result_explained()
    may = [o for o in whole.offers if o.explained.verdict.verdict in MAY_BE_BOUGHT]
    read = rows(made("disclosure"))
    assert [row["Project description"] for row in read] == [o.explained.offer.name for o in may]
    assert {row["Date retired"] for row in read} == {""}
    assert {row["Percentage of total (%)"] for row in read} == {""}


def test_the_disclosure_of_a_retirement_adds_up():
    """Once the purchase says when it was retired, quantities used and shares stand there."""
    retired = Fact(value="2026-09-01", grade=EvidenceGrade.E1)
    bought = purchase()
    bought.facts["retired_on"] = retired
    read = rows(made("disclosure", None, bought))
    assert read
    assert {row["Date retired"] for row in read} == {"2026-09-01"}
    shares = [float(row["Percentage of total (%)"] or 0) for row in read]
    assert sum(shares) == pytest.approx(100, abs=0.1 * len(read))


def test_the_disclosure_is_read_again_as_one(tmp_path):
    """The table has the columns that a reader of disclosure statements knows, all of them."""
    retired = purchase()
    retired.facts["retired_on"] = Fact(value="2026-09-01", grade=EvidenceGrade.E1)
    path = tmp_path / "units.csv"
    path.write_text(made("disclosure", None, retired), encoding="utf-8")
    record = read_record(path, load_rulebook(bundled("rules")).dictionary)
    assert record.reading.layout == "climate_active"
    layout = Path(__file__).parents[2] / "src/offsetcheck/intake/layouts/climate_active.yaml"
    assert all(heading in layout.read_text(encoding="utf-8") for heading in HEADINGS)


def test_the_disclosure_is_a_workbook_with_the_same_rows(tmp_path):
    """Its sheet has the headings and rows of the table, days and quantities as what they are."""
    bought = purchase()
    bought.facts["retired_on"] = Fact(value="2026-09-01", grade=EvidenceGrade.E1)
    path = tmp_path / "units.xlsx"
    path.write_bytes(made("disclosure_xlsx", None, bought))
    head, *cells = openpyxl.load_workbook(path)["Units"].iter_rows(values_only=True)
    assert head == HEADINGS
    texts = rows(made("disclosure", None, bought))
    assert [row[0] for row in cells][:1] == [row["Project description"] for row in texts][:1]
    assert [str(row[10]) for row in cells] == [row[HEADINGS[10]] for row in texts]
    assert {row[3] for row in cells} == {datetime(2026, 9, 1)}
    record = read_record(path, load_rulebook(bundled("rules")).dictionary)
    assert record.reading.layout == "climate_active"


ATTACK = "=cmd|' /C calc'!A0 </script> \u202egnp \x07 \ud800 \"}"


@pytest.mark.parametrize("form", TEXTS)
def test_a_strangers_text_is_a_text(form):
    """A name that is a formula, markup or of invisible signs breaks no export and runs in none."""
    hostile = {name: cell(ATTACK) for name in ("name", "seller", "programme", "country", "serials")}
    text = made(form, {"a": offer().with_facts(hostile)})
    assert "\u202e" not in text
    assert "\x07" not in text
    text.encode("utf-8")
    if form == "disclosure":
        assert all(not cell.startswith("=") for row in rows(text) for cell in row.values())
    else:
        json.loads(text)


@pytest.mark.parametrize("form", TEXTS)
def test_an_export_is_the_same_to_the_byte(form):
    """The same result gives the same text, with no null and nothing empty in it."""
    assert made(form) == made(form)
    if form != "disclosure":
        assert "null" not in re.findall(r": (null)", made(form))


def test_the_table_of_offers_says_what_the_reports_say():
    """Each offer is one row in the order of the list; no text of a stranger is a formula."""
    result = result_explained({**rich(), "formula": offer(id="VCS903", name="=1+1", price=None)})
    rows = list(csv.DictReader(io.StringIO(render(result, "csv", WORDS))))
    assert [row["id"] for row in rows] == [one.id for one in result.tender.offers]
    for row, one in zip(rows, result.offers, strict=True):
        assert row["verdict"] == one.explained.verdict.verdict
        assert row["result_hash"] == one.explained.audit.result_hash
    told = {row["id"]: row for row in rows}
    assert (told["VCS1"]["tonnes"], told["VCS1"]["price"]) == ("100", "5.5")
    assert (told["VCS903"]["name"], told["VCS903"]["price"]) == ("'=1+1", "")


def test_all_exports_are_held_here():
    """No format of a whole result but the workbook and the pages is without a test of this file."""
    assert set(format_names(RESULT)) - set(format_names("candidate")) == {
        *TEXTS,
        "csv",
        "xlsx",
        "disclosure_xlsx",
    }
