"""The form of questions: the bytes of the command line, and what it asks."""

import pytest

from offsetcheck.cli.app import app as command_line
from web.site import TODAY, text_of

OWN = "/t/turku/bid-form"


def _by_command(folder, *options):
    path = folder.parent / "by-command.xlsx"
    path.unlink(missing_ok=True)
    command = ["questionnaire", "make", str(folder), "-o", str(path)]
    command_line.main([*command, "--as-of", TODAY.isoformat(), *options], standalone_mode=False)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", ()),
        ("?in=fi", ("--lang", "fi")),
        ("?offers=3&type=biochar&type=redd", ("--offers", "3", "--types", "biochar,redd")),
        (
            "?deadline=2026-12-24&seller=Wood%20Oy",
            ("--deadline", "2026-12-24", "--seller", "Wood Oy"),
        ),
        (
            "?kind=open&seller=Indus%20Delta%20Credits%20Ltd%20(invented)",
            ("--clarification", "--seller", "Indus Delta Credits Ltd (invented)"),
        ),
    ],
)
def test_the_workbook_is_byte_for_byte_that_of_the_command_line(site, query, options):
    """Whatever is chosen, the file is the one that `questionnaire make` writes."""
    answer = site.get(f"{OWN}/file{query}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content == _by_command(site.folder / "turku", *options)


def test_the_page_tells_what_the_form_asks(site):
    """Its questions by subject, their number, and the link to the workbook as it is chosen."""
    page = site.text(f"{OWN}?in=en&type=biochar")
    assert "type=biochar" in page.split("/bid-form/file?")[1].split('"')[0]
    assert text_of(page).count("What it asks") == 1
    assert "values of each offer" in page


def test_types_that_are_left_out_ask_less(site):
    """A form for one type asks no more than the form for all."""

    def count(page):
        return int(text_of(page).split("It asks for ")[1].split()[0])

    assert count(site.text(f"{OWN}?type=biochar")) < count(site.text(OWN))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("offers=0", "offers"),
        ("offers=many", "offers"),
        ("offers=99999", "offers"),
        ("deadline=soon", "deadline"),
        ("type=%3Cscript%3E", "type"),
        ("kind=open&seller=Nobody", "seller"),
        ("kind=open", "seller"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(site, query, field):
    """The page says so, what was typed stays, and there is no workbook."""
    answer = site.get(f"{OWN}?{query}")
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f"{OWN}/file?" not in answer.text
    assert site.get(f"{OWN}/file?{query}").status_code == 422


def test_a_tender_without_offers_has_its_form(site):
    """The form goes out before any offer is in."""
    (site.folder / "turku" / "offers.csv").unlink()
    assert "Download the workbook" in site.text(OWN)
    assert site.get(f"{OWN}/file").status_code == 200


def test_a_purchase_without_a_city_says_so(site):
    """No rules, no questions: the page names what is missing."""
    (site.folder / "turku" / "purchase.yaml").write_text("title: <i>x</i>\n")
    answer = site.get(OWN)
    assert answer.status_code == 422
    assert "names no city" in answer.text
    assert "<i>x" not in answer.text
