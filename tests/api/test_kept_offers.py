"""An offer out of a result is explained as it was, without the list."""

import os
from datetime import date

import pytest

import offsetcheck
from offsetcheck.api.case import open_case, open_rulebook
from offsetcheck.api.judge import explain_offer
from offsetcheck.api.kept_offers import KEPT_OFFERS, explain_kept
from offsetcheck.api.request import Request
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.kept_facts import (
    kept_candidate,
    kept_head,
    kept_rows,
    read_facts,
    written_facts,
)
from offsetcheck.vocabulary.problem import InputError, RequestError

DAY = date(2026, 9, 30)
ROWS = (
    "id,name,programme,country,vintage,project_type,price,currency,labels\n"
    "VCS902,Kariba,VCS,ZW,2018,redd,5,EUR,CCB\n"
    'GS1,"=Stoves, <b>",GS,KE,abc,cookstoves,"6,5",EUR,\n'
    "VCS902,Twice,VCS,ZW,2019,redd,5,EUR,\n"
)


@pytest.fixture(scope="module")
def rulebook():
    """Return the installed rulebook."""
    return open_rulebook()


@pytest.fixture(scope="module")
def judged(rulebook, tmp_path_factory):
    """Return a list and the folder of its results with its offers kept."""
    folder = tmp_path_factory.mktemp("kept")
    listed = folder / "list.csv"
    listed.write_text(ROWS, encoding="utf-8")
    options = offsetcheck.BatchOptions(reports="top:0", explainable=True)
    offsetcheck.batch(
        [listed], rulebook, folder / "out", as_of=DAY, cities=["turku"], options=options
    )
    return listed, folder / "out"


@pytest.mark.parametrize("city", ["turku", "bogota", "melbourne", "alder_bay"])
def test_facts_come_back_as_they_were(city, rulebook):
    """Documents, contradictions, notes and places of each sample are the same after the journey."""
    case = open_case(Request(bundled("samples") / city, None, DAY), rulebook)
    head, rows = kept_head(case.table), dict(kept_rows(case.table))
    for one in case.table.candidates():
        back = kept_candidate(one.id, rows[one.id], head)
        assert dict(back.facts) == dict(one.facts)
    facts = case.purchase.facts
    assert read_facts(written_facts(facts)) == dict(facts)


@pytest.mark.parametrize("name", ["VCS902", "GS1"])
@pytest.mark.parametrize("language", ["en", "fi"])
def test_a_kept_offer_is_explained_as_from_its_list(name, language, judged, rulebook):
    """The explanation is the same to the byte, audit and places of cells with it."""
    listed, out = judged
    case = open_case(Request(listed, "turku", DAY, language=language, command="batch"), rulebook)
    kept = explain_kept(out, name, rulebook, language=language)
    assert kept.judged.explained == explain_offer(case, name).explained
    assert kept.remarks == ("explained as judged for turku on 2026-09-30",)
    assert explain_kept(out / KEPT_OFFERS, name, rulebook).judged.assessment == (
        kept.judged.assessment
    )


def test_other_rules_are_remarked(judged, rulebook, monkeypatch):
    """A result that was made by another version says that its verdict may be another."""
    monkeypatch.setattr("offsetcheck.api.kept_offers.__version__", "99")
    remarks = explain_kept(judged[1], "VCS902", rulebook).remarks
    assert "the version of offsetcheck changed" in remarks[-1]


def test_an_unknown_id_is_told(judged, rulebook):
    """An id that the result does not hold is a wrong request."""
    with pytest.raises(RequestError, match="no offer of this result has the id `VCS1`"):
        explain_kept(judged[1], "VCS1", rulebook)


@pytest.mark.parametrize("damage", ["cut", "other", "head"])
def test_what_is_no_kept_result_is_refused_with_the_next_step(damage, judged, rulebook, tmp_path):
    """A damaged or strange file is one problem that says what to do."""
    content = (judged[1] / KEPT_OFFERS).read_bytes()
    wrong = {"cut": content[:-20], "other": os.urandom(999), "head": content[:60] * 3}[damage]
    (tmp_path / KEPT_OFFERS).write_bytes(wrong)
    with pytest.raises(InputError) as caught:
        explain_kept(tmp_path / KEPT_OFFERS, "VCS902", rulebook)
    assert "judge the list again" in str(caught.value.problems[0])


def test_of_a_tender_nothing_is_kept(rulebook, tmp_path):
    """A tender is short and is explained from its folder."""
    options = offsetcheck.BatchOptions(reports="top:0", explainable=True)
    tender = bundled("samples") / "turku"
    offsetcheck.batch([tender], rulebook, tmp_path / "out", as_of=DAY, options=options)
    assert not (tmp_path / "out" / KEPT_OFFERS).exists()
