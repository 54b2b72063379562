"""The sample tenders, under every profile, come out the same whoever concludes."""

import importlib.util
import re
from datetime import date

import pytest

from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.engine.conclude import Concluder
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import Origin, setting
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.read import read_tender
from offsetcheck.report.format import format_names
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from pages import read

DAY = date(2026, 9, 30)
TENDERS = ("bogota", "melbourne", "turku")
NAMED = re.compile(r"plain fixpoint|durable-rules \d+\.\d+\.\d+")

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("durable") is None, reason="durable-rules is not installed"
)


@pytest.fixture(scope="module")
def rulebook():
    """Return the rules that travel with the package."""
    return load_rulebook(bundled("rules"))


@pytest.fixture
def by_each(monkeypatch):
    """Return a function that answers a question once by each of those who can conclude."""

    def ask(question):
        answers = []
        for who in Concluder:
            monkeypatch.setenv("OFFSETCHECK_CONCLUDER", who)
            answers.append(question())
        return answers

    return ask


@pytest.mark.parametrize("name", TENDERS)
def test_assessments_are_the_same(rulebook, by_each, name):
    """Verdict, findings, proof and result hash of every offer and purchase, under every profile."""
    tender = read_tender(bundled("samples") / name, rulebook.dictionary)
    for city in rulebook.cities:
        bound = bind(rulebook, city, DAY)

        def judged(bound=bound):
            offers = [assess(c, bound, tender.purchase) for c in tender.table.candidates()]
            return offers, assess_purchase(tender.purchase, bound)

        first, second = by_each(judged)
        assert first == second
        assert all(offer.proof for offer in first[0])


@pytest.mark.parametrize("name", TENDERS)
def test_lists_are_the_same(rulebook, by_each, name):
    """The results of a whole list are the same, row by row."""
    tender = read_tender(bundled("samples") / name, rulebook.dictionary)
    bound = bind(rulebook, name, DAY)
    first, second = by_each(lambda: assess_table(tender.table, bound, tender.purchase))
    assert first.rows.equals(second.rows)
    assert first.missing.equals(second.missing)


@pytest.mark.parametrize("form", format_names("candidate"))
def test_reports_differ_in_the_name_alone(rulebook, by_each, form):
    """Byte for byte a report is the same but for the words that name who concluded."""
    tender = read_tender(bundled("samples") / "turku", rulebook.dictionary)
    bound = bind(rulebook, "turku", DAY)
    candidate = tender.table.candidate(0)

    def page():
        made = setting(bound, tender.purchase, "en", Origin(tender.files, tender.input_hash))
        purchase = explain_purchase(made, assess_purchase(tender.purchase, bound))
        assessment = assess(candidate, bound, tender.purchase)
        explained = explain_candidate(made, candidate, assessment, purchase)
        return render(explained, form, made.wording.words)

    pages = by_each(page)
    first, second = (read(one) for one in pages)
    assert first != second
    assert NAMED.search(first).group().startswith("durable-rules")
    assert NAMED.search(second).group() == "plain fixpoint"
    assert NAMED.sub("", first).encode() == NAMED.sub("", second).encode()
