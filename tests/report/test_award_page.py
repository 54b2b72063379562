"""The award view in a real browser: on few sheets of paper, and on a narrow screen."""

import re
import subprocess
from datetime import date

import pytest
from pypdf import PdfReader

from offsetcheck.api.award import award, award_text
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from report.test_browser import BROWSER, FLAGS

SAMPLES = ("turku", "bogota", "melbourne")
MEASURE = """<iframe id="page" src="award.html" width="320" height="900" frameborder="0"></iframe>
<p id="said"></p><script>onload = () => { const inside = document.getElementById("page")
.contentDocument.documentElement; document.getElementById("said").textContent =
`width ${inside.scrollWidth}`; };</script>"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")


@pytest.fixture(params=SAMPLES)
def page(request, tmp_path):
    """Return the folder in which the award view of a sample stands as a page."""
    asked = Request(bundled("samples") / request.param, None, date(2026, 9, 30))
    made = award(asked, open_rulebook())
    (tmp_path / "award.html").write_text(award_text(made, "html"), encoding="utf-8")
    return tmp_path


def browse(folder, *options):
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder}/browser", *options]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return ran.stdout


def test_an_award_view_reads_on_two_sheets(page):
    """What the officer takes to the meeting is at most two sheets of A4."""
    browse(page, f"--print-to-pdf={page}/award.pdf", (page / "award.html").as_uri())
    assert len(PdfReader(page / "award.pdf").pages) <= 2


def test_an_award_view_fits_a_narrow_screen(page):
    """At 320 pixels nothing but the tables' own boxes scrolls sideways."""
    (page / "frame.html").write_text(MEASURE, encoding="utf-8")
    seen = browse(
        page, "--allow-file-access-from-files", "--virtual-time-budget=4000", "--dump-dom",
        (page / "frame.html").as_uri(),
    )  # fmt: skip
    assert int(re.search(r"width (\d+)", seen)[1]) <= 320
