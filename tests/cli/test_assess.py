import hashlib
import json
import re

import pytest

SAMPLES = ("turku", "bogota", "melbourne", "alder_bay")
DAY = ("--as-of", "2026-09-30")


def hashes(folder):
    """Return the SHA-256 of every file of a folder by its name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.fixture
def bids(tmp_path):
    """Return a small bid sheet with a cell that cannot be read."""
    path = tmp_path / "bids.csv"
    path.write_text(
        "id,name,programme,country,vintage,tonnes,price\n"
        "VCS902,Kariba,VCS,ZW,2019,100,5\n"
        "VCS1,Second,VCS,KE,2020,many,5\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_ends_with_the_path_of_its_report(name, offsetcheck, sample, tmp_path):
    """A sample tender is judged without a problem; the last line is the path of an HTML page."""
    ended = offsetcheck("assess", sample(name), *DAY, "-o", "reports")
    assert ended.status == 0, ended.stderr
    page = tmp_path / ended.stdout.splitlines()[-1]
    assert page.suffix == ".html"
    assert page.read_text("utf-8").lstrip().lower().startswith("<!doctype html>")


def test_every_offer_has_a_line_and_a_report(offsetcheck, sample, tmp_path):
    """As many verdicts come out as offers go in, and the list's page links to each report."""
    ended = offsetcheck("assess", sample("turku"), *DAY, "--format", "json", "--format", "html")
    lines = [line for line in ended.stdout.splitlines() if line[:2] in {"✓ ", "! ", "? ", "✗ "}]
    offers = tmp_path / "out" / "offers"
    assert len(lines) == len(list(offers.glob("*.html"))) == len(list(offers.glob("*.json"))) > 5
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    linked = re.findall(r'href="(offers/[^"#]+)["#]', page)
    assert len(set(linked)) == len(lines)
    assert all((tmp_path / "out" / link).is_file() for link in linked)


def test_json_has_a_schema_version(offsetcheck, sample, tmp_path):
    """Every JSON report names the version of its schema."""
    offsetcheck("assess", sample("bogota"), *DAY, "--format", "json")
    files = list((tmp_path / "out").rglob("*.json"))
    assert {json.loads(f.read_text("utf-8"))["schema_version"] for f in files} == {"1.0"}


def test_two_runs_give_the_same_bytes(offsetcheck, sample, tmp_path):
    """HTML, Markdown and JSON of two runs are identical to the byte."""
    forms = ("--format", "html", "--format", "md", "--format", "json")
    for folder in ("one", "two"):
        offsetcheck("assess", sample("melbourne"), *DAY, *forms, "-o", folder)
    assert hashes(tmp_path / "one") == hashes(tmp_path / "two")


def test_a_second_run_needs_force(offsetcheck, bids, tmp_path):
    """Output that is there is not overwritten, unless that is asked for."""
    words = ("assess", bids, "--city", "turku", *DAY)
    assert offsetcheck(*words).status == 3
    before = hashes(tmp_path / "out")
    refused = offsetcheck(*words)
    assert refused.status == 2
    assert refused.stdout == ""
    assert hashes(tmp_path / "out") == before
    assert offsetcheck(*words, "--force").status == 3


def test_an_odd_cell_is_named_and_its_row_judged(offsetcheck, bids):
    """A cell that cannot be read is located on standard error; its row gets a verdict."""
    ended = offsetcheck("assess", bids, "--city", "turku", *DAY)
    assert ended.status == 3
    assert "bids.csv:3" in ended.stderr
    assert "VCS1 " in ended.stdout


@pytest.mark.parametrize(
    ("verdict", "status"), [("not_eligible", 5), ("eligible_with_conditions", 5)]
)
def test_fail_on_ends_with_its_status(verdict, status, offsetcheck, sample):
    """A verdict that is named and occurs gives status 5, and everything is written all the same."""
    ended = offsetcheck("assess", sample("turku"), *DAY, "--fail-on", verdict)
    assert ended.status == status
    assert ended.stdout.splitlines()[-1].endswith(".html")


def test_fail_on_is_silent_where_the_verdict_does_not_occur(offsetcheck, bids):
    """A verdict that is named and does not occur changes nothing."""
    ended = offsetcheck("assess", bids, "--city", "turku", *DAY, "--fail-on", "eligible")
    assert ended.status == 3


def test_a_list_too_long_is_sent_to_batch(offsetcheck, tmp_path):
    """More offers than anybody reads one by one are refused, before any of them is judged."""
    rows = "\n".join(f"VCS{number},Project" for number in range(1, 1202))
    (tmp_path / "long.csv").write_text(f"id,name\n{rows}\n", encoding="utf-8")
    ended = offsetcheck("assess", "long.csv", "--city", "turku", *DAY)
    assert ended.status == 2
    assert "offsetcheck batch" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_bid_sheet_is_no_registry(offsetcheck, bids):
    """A bid sheet given as a registry is refused, because its facts are a seller's own word."""
    ended = offsetcheck("assess", bids, "--city", "turku", *DAY, "--registry", bids)
    assert ended.status == 3
    assert "the file is a bid sheet" in ended.stderr


def test_a_broken_template_is_located(offsetcheck, bids, tmp_path):
    """A city's template that cannot be read is named with its line, and nothing is written."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "tender.html.jinja").write_text("{% if %}", encoding="utf-8")
    ended = offsetcheck("assess", bids, "--city", "turku", *DAY, "--templates", "mine")
    assert ended.status == 3
    assert "tender.html.jinja" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_city_replaces_one_block(offsetcheck, bids, tmp_path):
    """A city's template that extends the bundled one and changes a block is used."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "tender.html.jinja").write_text(
        '{% extends "_base/tender.html.jinja" %}{% block title %}Our own title{% endblock %}',
        encoding="utf-8",
    )
    offsetcheck("assess", bids, "--city", "turku", *DAY, "--templates", "mine")
    assert "Our own title" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_the_city_of_the_command_goes_before_the_tender(offsetcheck, sample):
    """A tender judged for another city than its own says so, and is judged for that city."""
    ended = offsetcheck("explain", sample("turku"), "ACR1129", *DAY, "--city", "melbourne")
    assert "the tender names the city turku; it is judged for melbourne" in ended.stderr
    assert "City of Melbourne" in ended.stdout


def test_the_day_decides_what_counts_as_known(offsetcheck, sample):
    """The same tender on an earlier day is judged by what was in force and known then."""
    words = ("explain", sample("turku"), "VCS902")
    late = offsetcheck(*words, *DAY).stdout
    early = offsetcheck(*words, "--as-of", "2022-01-01").stdout
    assert "30 September 2026" in late
    assert "1 January 2022" in early
    assert late.splitlines()[3:] != early.splitlines()[3:]
