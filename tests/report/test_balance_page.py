"""The page of a balance: what it says, and that strangers' text does nothing in it."""

import re
import shutil
from datetime import date

import pytest

from offsetcheck.api.balance import balance, balance_text
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.vocabulary.problem import RequestError
from report.page_kinds import rulebook

DAY = date(2026, 9, 30)


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(bundled("samples") / "turku", tmp_path / "turku")


def made(folder):
    return balance(Request(folder, None, DAY), rulebook())


def test_a_page_has_each_term_under_each_measure(folder):
    """The table of terms has six terms, a measure as stated and one for each treatment."""
    page = balance_text(made(folder), "html")
    table = page[page.index("<table") : page.index("</table>")]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    assert [len(re.findall(r"<t[hd]", row)) for row in rows] == [6] * 9
    assert "112,916" in table


def test_nothing_is_left_unfilled(folder):
    """No sentence on a page or in lines has a gap in braces left."""
    for form in ("html", "text"):
        page = balance_text(made(folder), form).partition("</style>")[2 if form == "html" else 0]
        assert re.findall(r"\{\w+\}", page) == []


def test_a_strangers_text_does_nothing(folder):
    """Names of sinks, parcels' owners and notes are text, whatever they hold."""
    said = (folder / "sinks.yaml").read_text("utf-8")
    hostile = '"<script>alert(1)</script>{words}{title}"'
    (folder / "sinks.yaml").write_text(said.replace("Drained bog", hostile), "utf-8")
    page = balance_text(made(folder), "html")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{words}{title}" in page


def test_a_balance_is_no_table_of_letters(folder):
    """A format that shows no balance is refused with those that do."""
    with pytest.raises(RequestError, match="a balance is not written as `csv`"):
        balance_text(made(folder), "csv")
