"""Reports of the tests' world against kept copies: one whole page, and the blocks of the others.

Of each further report only the blocks are kept that differ from the page it is set against. A
wanted change is taken in with OFFSETCHECK_UPDATE=1, and read before it is kept.
"""

import json
import os
import re
from functools import cache
from pathlib import Path

import pytest

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.report.format import format_names
from offsetcheck.report.index import explain_batch
from offsetcheck.report.render import render
from offsetcheck.vocabulary.problem import Place, Problem
from offsetcheck.vocabulary.purchase import Stage
from report.blocks import (
    block_names,
    blocks_of,
    indented,
    joined,
    keys_of,
    marking,
    snapshot,
)
from world import bound, explained, made_setting, offer, offers, purchase, table, tender_explained

GOLDEN = Path(__file__).parent / "golden"
PAGE = "undecided"
"""The offer whose page is kept whole: it has open points, a contradiction and questions."""
TENDERS = ("tender", "empty")
INDEX = "index"
TEXTS = tuple(name for name in format_names("candidate") if name != "pdf")
"""The formats whose page is kept: all but that whose bytes are those of a library's version."""
FORMS = ("html", "json", "md")
"""The formats of which the blocks of every report are kept; of all others the one page."""
CASES = (*(name for name in offers() if name != PAGE), "final", "finnish", *TENDERS)
LIKE = {
    **dict.fromkeys(CASES, "eligible"),
    "eligible": PAGE,
    "tender": PAGE,
    "finnish": "conditions",
    "empty": "tender",
}


def kind_of(name):
    if name == INDEX:
        return "index"
    return "tender" if name in TENDERS else "candidate"


@cache
def explanation(name):
    """Return what a kept report is made of."""
    if name == "tender":
        return tender_explained(links={"VCS1": "offers/VCS1.html"})
    if name == "empty":
        return tender_explained({})
    if name == "final":
        unready = purchase(stage=Stage.FINAL, screened=False, authorised="none")
        return explained(offer(permit_until=None, community=True, consent="late"), unready)
    if name == "finnish":
        return explained(offers()["conditions"], language="fi")
    return explained(offers()[name])


def made(name, form, templates=None):
    language = "fi" if name == "finnish" else "en"
    words = made_setting(language=language).wording.words
    back = None if name in TENDERS else "../index.html"
    return render(explanation(name), form, words, templates=templates, back=back)


def index(templates=None):
    listed = table([*offers().values(), offer(id="VCS10", name="Far", permit_until=None)])
    problem = Problem("`abc` is no number", Place("offers.csv", 4, field="price"), "write 12.50")
    made = explain_batch(
        assess_table(listed, bound(), purchase()),
        listed,
        made_setting(),
        links={"VCS1": "offers/VCS1.html"},
        file="verdicts.csv",
        problems=(problem,),
    )
    return render(made, "html", made_setting().wording.words, templates=templates)


def cut(name, form, folder, planted=""):
    """Return a report in blocks: those of its template, of JSON its keys."""
    if form == "json":
        return keys_of(made(name, form))
    templates = marking(folder, kind_of(name), form, planted)
    return blocks_of(index(templates) if name == INDEX else made(name, form, templates))


def held(text, kept):
    """Hold a text against its kept copy, or keep it where that is asked for."""
    if os.environ.get("OFFSETCHECK_UPDATE"):
        kept.write_text(text, encoding="utf-8", newline="\n")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", TEXTS)
def test_one_page_is_kept_whole(form):
    """The page of the undecided offer is as it was kept, to the byte; its JSON indented."""
    text = made(PAGE, form)
    if form == "json":
        text = indented(json.loads(text))
    held(text, GOLDEN / f"{PAGE}.{form}")


def kept_blocks(name, form, folder, planted=""):
    """Return a report as it is kept: its blocks, where they differ from the page it is set against."""
    own = cut(name, form, folder / "own", planted)
    if name == INDEX:
        return snapshot(own, cut(PAGE, form, folder / "like"), PAGE)
    return snapshot(own, cut(LIKE[name], form, folder / "like"), LIKE[name])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", CASES)
def test_the_blocks_of_other_reports_are_as_kept(name, form, tmp_path):
    """Each block of each verdict's report, of the whole list and of an empty one is as it was kept."""
    held(kept_blocks(name, form, tmp_path), GOLDEN / f"{name}.{form}.blocks")


def test_the_blocks_of_an_index_are_as_kept(tmp_path):
    """Each block of the index of a long list is as it was kept."""
    held(kept_blocks(INDEX, "html", tmp_path), GOLDEN / f"{INDEX}.html.blocks")


SHAPES = [
    *(("tender", form) for form in ("html", "md")),
    *((PAGE, form) for form in ("html", "md")),
    (INDEX, "html"),
]


@pytest.mark.parametrize(("name", "form"), SHAPES)
def test_the_blocks_are_the_whole_page(name, form, tmp_path):
    """The blocks put together again are the page: nothing of it stands outside what is kept."""
    whole = index() if name == INDEX else made(name, form)
    again = joined(cut(name, form, tmp_path))
    assert re.sub(r"\n+", "\n", again).strip() == re.sub(r"\n+", "\n", whole).strip()


@pytest.mark.parametrize(
    ("name", "form", "block"),
    [
        (name, form, block)
        for name, form in [*SHAPES, ("not_eligible", "html"), ("eligible", "md")]
        for block in block_names(kind_of(name), form)
    ],
)
def test_a_fault_in_any_block_is_seen(name, form, block, tmp_path):
    """A word planted in any block of any template makes its kept copy differ."""
    if name == PAGE:
        kept = made(name, form)
        own = joined(cut(name, form, tmp_path, planted=block))
        assert own.count("PLANTED") == 1
        assert own.replace("PLANTED", "") != own
        assert kept.count("PLANTED") == 0
    else:
        kept = (GOLDEN / f"{name}.{form}.blocks").read_text(encoding="utf-8")
        assert kept_blocks(name, form, tmp_path, planted=block) != kept


@pytest.mark.parametrize("form", format_names("candidate"))
def test_two_runs_give_the_same_bytes(form):
    """Nothing in a report depends on the clock, on chance or on an earlier report."""
    assert made(PAGE, form) == made(PAGE, form)


def test_a_kept_copy_is_of_a_report_that_is_made():
    """No kept copy is left over from a report that nobody makes any more."""
    kept = {path.name for path in GOLDEN.iterdir()}
    wanted = {f"{PAGE}.{form}" for form in TEXTS} | {f"{INDEX}.html.blocks"}
    assert kept == wanted | {f"{name}.{form}.blocks" for name in CASES for form in FORMS}


def test_indented_json_is_the_same_data():
    """A kept copy of JSON is indented for reading and holds the same."""
    assert indented({"b": ["ä", 1]}) == '{\n "b": [\n  "ä",\n  1\n ]\n}\n'
