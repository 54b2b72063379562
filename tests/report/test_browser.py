"""Reports in a real browser, as they are printed: what stands on each sheet of paper."""

import shutil
import subprocess
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from pypdf import PdfReader

from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import Origin, setting
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.read import read_tender
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook

BROWSER = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pdf-header-footer",
]
DAY = date(2026, 9, 30)
# One offer for each verdict, and the words that the officer has to see on the first sheet.
OFFERS = {
    "ACR1129": ("Eligible", "You may sign"),
    "VCS2930": ("Eligible with conditions", "You may sign with conditions"),
    "VCS2250": ("Cannot be decided yet", "Ask first"),
    "VCS902": ("Not eligible", "Refuse"),
}

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")


@pytest.fixture(scope="module")
def pages():
    """Return a function that gives the HTML of an offer of the sample tender of Turku."""
    rulebook = load_rulebook(bundled("rules"))
    bound = bind(rulebook, "turku", DAY)
    tender = read_tender(bundled("samples") / "turku", rulebook.dictionary)
    made = setting(bound, tender.purchase, "en", Origin(tender.files, tender.input_hash))
    purchase = explain_purchase(made, assess_purchase(tender.purchase, bound))

    def page(offer):
        candidate = tender.table.candidate(list(tender.table.ids).index(offer))
        assessment = assess(candidate, bound, tender.purchase)
        explained = explain_candidate(made, candidate, assessment, purchase)
        return render(explained, "html", made.wording.words), bound, assessment

    return page


def printed(html: str, folder: Path) -> list[str]:
    """Return the text of each sheet that the browser prints."""
    source, target = folder / "report.html", folder / "report.pdf"
    source.write_text(html, encoding="utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder}/browser"]
    command += [f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    texts = [page.extract_text() for page in PdfReader(target).pages]
    # Some fonts draw `ff` and `fi` as one sign, even within a hash.
    return [" ".join(normalize("NFKC", text).split()) for text in texts]


@pytest.mark.parametrize("offer", OFFERS)
def test_each_sheet_carries_the_day_the_versions_and_the_hashes(offer, pages, tmp_path):
    """A single sheet can be traced; the first holds the verdict, the officer's word, the signature."""
    html, bound, assessment = pages(offer)
    sheets = printed(html, tmp_path)
    verdict, word = OFFERS[offer]
    assert verdict in sheets[0]
    assert word in sheets[0]
    assert all(word in sheets[0] for word in ("Decision", "Name", "Date", "Signature"))
    for number, sheet in enumerate(sheets, 1):
        assert bound.hash[:12] in sheet
        assert assessment.result_hash[:12] in sheet
        assert "30 September 2026" in sheet
        assert f"Page {number} / {len(sheets)}" in sheet


def test_what_is_folded_on_the_screen_is_open_on_paper(pages, tmp_path):
    """What was found of a requirement that is met stands in print with its source."""
    html, _, assessment = pages("ACR1129")
    paper = " ".join(printed(html, tmp_path))
    met = {finding.rule: finding.outcome for finding in assessment.findings}
    assert met["safeguards.technology_excluded"] == "pass"
    found = paper.partition("The technology is not excluded")[2][:400]
    assert "Found:" in found
    assert "Climate Active Carbon Neutral Standard" in found
