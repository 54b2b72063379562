"""A seller's sheet joined to a registry's list, and facts that became known after the day."""

import json

import pytest

DAY = ("--as-of", "2026-09-30")
TURKU = ("--city", "turku", *DAY)
SHEET = """\
id,name,programme,country,project_type,unit_type,vintage,delivery,registry_status,tonnes,price,currency
VCS1,River,VCS,AU,afforestation_reforestation,VCU,2022,spot,registered,100,5,EUR
VCS2,Gums,VCS,AU,afforestation_reforestation,VCU,2022,spot,registered,100,5,EUR
VCS3,Gone,VCS,AU,afforestation_reforestation,VCU,2022,spot,registered,100,5,EUR
"""
REGISTRY = """\
Project ID,Project Name,Proponents,Sectoral Scope,Country,Status,Methodology,State/Province,AFOLU Activities,\
Estimated Average Annual Emission Reductions and Carbon Dioxide Removals,Sustainable Development Contributions,\
Validator,Estimated Project Start Date,Crediting Period Duration Start Date,Crediting Period Duration End Date,\
Project Registration Date,Crediting Period Term
1,River,River Ltd,Agriculture Forestry and Other Land Use,Australia,Registered,VM0047 (Version 1.0),,,,,,,,,,
2,Gums,River Ltd,Agriculture Forestry and Other Land Use,Australia,Withdrawn,VM0047 (Version 1.0),,,,,,,,,,
"""
PURCHASE = "title: Small\ncity: turku\nstage: screening\nclaim: contribution\nyear: 2026\n"
FOUND = """\
found:
  - offer: VCS1
    field: registry_status
    value: withdrawn
    kind: registry_record
    document: Registry page
    source: registry page
    as_of: 2026-06-01
    by: A. Officer
    on: 2026-05-31
"""


@pytest.fixture
def sheet(tmp_path):
    """Return a seller's sheet beside which a small registry list stands."""
    (tmp_path / "verra.csv").write_text(REGISTRY, encoding="utf-8")
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.fixture
def tender(tmp_path):
    """Return a tender whose officer found in June 2026 that an offered project is withdrawn."""
    folder = tmp_path / "tender"
    folder.mkdir()
    (folder / "purchase.yaml").write_text(PURCHASE, encoding="utf-8")
    (folder / "evidence.yaml").write_text(FOUND, encoding="utf-8")
    (folder / "offers.csv").write_text(SHEET, encoding="utf-8")
    return folder


def reports(folder):
    """Return the JSON report of each offer by its id."""
    read = [json.loads(p.read_text("utf-8")) for p in (folder / "offers").glob("*.json")]
    return {report["offer"]["id"]: report for report in read}


def finding(report, rule):
    return next(line for line in report["findings"] if line["rule"] == rule)


def verdicts(made):
    return {name: report["verdict"]["verdict"] for name, report in sorted(made.items())}


def test_a_registry_settles_what_a_seller_only_says(offsetcheck, sheet, tmp_path):
    """The registry's word turns one offer to refused and confirms another; a third is not held."""
    words = ("assess", sheet, *TURKU, "--format", "json")
    alone = offsetcheck(*words, "-o", "alone")
    joined = offsetcheck(*words, "-o", "joined", "--registry", "verra.csv")
    assert (alone.status, joined.status) == (0, 0)
    before, after = reports(tmp_path / "alone"), reports(tmp_path / "joined")
    assert set(verdicts(before).values()) == {"undecided"}
    assert verdicts(after) == {"VCS1": "undecided", "VCS2": "not_eligible", "VCS3": "undecided"}
    status = {
        name: [
            finding(made[name], "governance.registry_status")["status"] for made in (before, after)
        ]
        for name in after
    }
    assert status == {
        "VCS1": ["open", "met"],
        "VCS2": ["open", "not_met"],
        "VCS3": ["open", "open"],
    }
    assert "VCS3 is not in verra.csv and is judged without it" in joined.stderr
    assert "registered here, withdrawn there" in joined.stderr
    assert "verra.csv" not in alone.stderr


def test_a_joined_report_names_both_files_and_both_values(offsetcheck, sheet, tmp_path):
    """The audit lists sheet and registry list, the command repeats them, the two values are shown."""
    offsetcheck("assess", sheet, *TURKU, "--format", "json", "--registry", "verra.csv")
    report = reports(tmp_path / "out")["VCS2"]
    audit = report["audit"]
    assert [file["name"] for file in audit["files"]] == ["sheet.csv", "verra.csv"]
    assert "--registry verra.csv" in audit["reproduce"]
    alone = ("assess", sheet, *TURKU, "--format", "json", "-o", "alone")
    offsetcheck(*alone)
    assert reports(tmp_path / "alone")["VCS2"]["audit"]["input_hash"] != audit["input_hash"]
    found = finding(report, "governance.registry_status")["evidence"]
    assert [(line["grade"], line["value"]) for line in found] == [("E1", "Withdrawn")]
    [other] = found[0]["others"]
    assert (other["grade"], other["value"]) == ("E4", "Registered")


def test_a_list_and_its_explanations_join_a_registry(offsetcheck, sheet, tmp_path):
    """An offer that the registry has withdrawn is refused by explanation and table alike."""
    for name, more in (("alone", ()), ("joined", ("--registry", "verra.csv"))):
        told = offsetcheck("explain", sheet, "VCS2", *TURKU, *more).stdout
        assert offsetcheck("batch", sheet, *TURKU, *more, "-o", name).status == 0
        table = (tmp_path / name / "verdicts.csv").read_text("utf-8")
        assert ("Not eligible" in told) == ("not_eligible" in table) == (name == "joined")


def test_a_comparison_joins_a_registry(offsetcheck, sheet):
    """What the registry knows decides under each city that is compared."""
    words = ("compare", sheet, "VCS2", "--cities", "turku,copenhagen", *DAY, "--format", "json")
    reports = [
        json.loads(offsetcheck(*words, *more).stdout) for more in ((), ("--registry", "verra.csv"))
    ]
    verdicts = [[line["verdict"]["verdict"] for line in r["profiles"]] for r in reports]
    assert verdicts[0][0] == "undecided"
    assert verdicts[1] == ["not_eligible", "not_eligible"]


def test_a_drift_joins_a_registry(offsetcheck, tmp_path):
    """An offer that the registry bars on both days does not turn between them."""
    text = (
        SHEET.splitlines()[0] + "\nVCS902,Kariba,VCS,ZW,redd,VCU,2018,spot,registered,100,5,EUR\n"
    )
    (tmp_path / "kariba.csv").write_text(text, encoding="utf-8")
    held = REGISTRY.replace("\n1,River,", "\n902,Kariba,").replace("Registered", "On Hold")
    (tmp_path / "verra.csv").write_text(held, encoding="utf-8")
    words = ("drift", "kariba.csv", "--city", "turku", "--from", "2022-01-01", "--to", "2025-12-31")
    turned = "from “Cannot be decided yet” to “Not eligible”"
    assert turned in offsetcheck(*words).stdout
    joined = offsetcheck(*words, "--registry", "verra.csv")
    assert joined.status == 0, joined.stderr
    assert turned not in joined.stdout


@pytest.mark.parametrize(
    ("day", "knowledge", "counts"),
    [
        ("2026-05-31", "as-of", False),
        ("2026-05-31", "today", True),
        ("2026-06-01", "as-of", True),
        ("2026-06-01", "today", True),
    ],
)
def test_what_became_known_later_counts_on_request(  # noqa: PLR0917 - a table of cases
    day, knowledge, counts, offsetcheck, tender, tmp_path
):
    """A fact of June counts in May with `--knowledge today` alone, and the report says so."""
    words = ("assess", tender, "--as-of", day, "--knowledge", knowledge, "--format", "json")
    ended = offsetcheck(*words)
    assert ended.status == 0, ended.stderr
    report = reports(tmp_path / "out")["VCS1"]
    assert report["verdict"]["verdict"] == ("not_eligible" if counts else "undecided")
    assert ("--knowledge today" in report["audit"]["reproduce"]) == (knowledge == "today")
    missing = [m["cause"] for m in finding(report, "governance.registry_status")["missing"]]
    assert missing == ([] if counts else ["not_known_yet"])


def test_knowledge_of_today_counts_in_each_command(offsetcheck, tender, tmp_path):
    """Explain, compare and batch count a later fact on request, as `assess` does."""
    day = ("--as-of", "2026-05-31")
    for name, more in (("plain", ()), ("knowing", ("--knowledge", "today"))):
        told = offsetcheck("explain", tender, "VCS1", *day, *more).stdout
        later = "Status in the registry: became known only after 31 May 2026."
        assert (later in " ".join(told.split())) == (name == "plain")
        words = ("compare", tender, "VCS1", "--cities", "turku,melbourne", "--format", "json")
        profiles = json.loads(offsetcheck(*words, *day, *more).stdout)["profiles"]
        verdict = "undecided" if name == "plain" else "not_eligible"
        assert [line["verdict"]["verdict"] for line in profiles] == [verdict, verdict]
        offsetcheck("batch", tender, "--city", "turku", *day, *more, "-o", name)
        text = (tmp_path / name / "verdicts.csv").read_text("utf-8")
        assert ("not_eligible" in text) == (name == "knowing")
