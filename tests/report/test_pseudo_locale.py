"""Every text of ours can be translated: in a made-up language no page holds plain English."""

import csv
import html
import io
import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from openpyxl import load_workbook

from letters.desk import decision, offers_of, tender
from offsetcheck.api.assess import assess
from offsetcheck.api.award import award
from offsetcheck.api.case import open_tender
from offsetcheck.api.claim import claim, lint
from offsetcheck.api.compare import compare
from offsetcheck.api.drift import drift
from offsetcheck.api.judge import judge
from offsetcheck.api.letters import letters
from offsetcheck.api.lookback import lookback
from offsetcheck.api.questionnaire import make_form
from offsetcheck.api.request import Request
from offsetcheck.api.since import since
from offsetcheck.api.suppose import suppose_offer
from offsetcheck.api.write import whole_list
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.explain.rulebook import explain_city, explain_rule
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.index import explain_batch
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.lexicon.load import lexicon_of
from offsetcheck.vocabulary.explained import Edition
from offsetcheck.vocabulary.letter import LetterKind
from report.page_kinds import RETIRED
from report.pseudo_locale import LANGUAGE, left_over, rule_data, rulebook, tender_data

DAY = date(2026, 9, 30)
NAMES = {"bogota", "melbourne", "turku", "offsetcheck", "durable", "CORC", "VCS"}
PRESS = "Turku is carbon neutral. All emissions were offset for ever under ISO 14068-1."
MACHINES = {"assess", "check", "drift"}  # of the command line and of addresses
MONEY = {"EUR", "USD", "AUD", "GBP", "COP"}


@cache
def case_of(tender):
    return open_tender(bundled("samples") / tender, rulebook(), as_of=DAY, language=LANGUAGE)


@cache
def judged(tender):
    return tuple(judge(case_of(tender)))


def plain(page, form):
    """Return a page without marks of its format and without what a machine made."""
    if form == "html":
        page = re.sub(r"(?s)<(style|script)\b.*?</\1>", "", page)
        page = html.unescape(re.sub(r"<[^>]+>", " ", page))
    return page


@pytest.mark.parametrize(
    ("tender", "form"),
    [("turku", "text"), ("turku", "md"), ("bogota", "html"), ("melbourne", "html")],
)
def test_no_page_of_an_offer_holds_plain_english(tender, form):
    """All that a page on an offer says is in the language, but for names, citations and cells."""
    words = case_of(tender).setting.wording.words
    data = {*tender_data(bundled("samples") / tender), *rule_data()}
    found = {}
    for offer in judged(tender):
        page = render(offer.explained, form, words)
        values = " ".join(str(fact.value) for fact in offer.candidate.facts.values())
        for word in left_over(plain(page, form), data):
            if word.casefold() not in values.casefold():
                found.setdefault(word, offer.candidate.id)
    assert {w: i for w, i in found.items() if w not in NAMES and w not in MONEY} == {}


def test_no_rule_in_force_holds_plain_english():
    """A rule shown without an offer is in the language, but for its citations and expressions."""
    bound = bind(rulebook(), "turku", DAY)
    wording, laws = Wording(bound, LANGUAGE), set(rulebook().jurisdictions)
    found = {}
    names = {name for rule in bound.rules.values() for name in rule.parameters}
    for rule in bound.rules.values():
        explained = explain_rule(rule, wording).model_copy(update={"expressions": {}})
        page = render(explained, "text", wording.words)
        for word in left_over(plain(page, "text"), {*rule_data(), *laws, *names}):
            found.setdefault(word, rule.id)
    assert {w: r for w, r in found.items() if w not in MONEY | names} == {}


@pytest.mark.parametrize("city", sorted(rulebook().cities))
def test_no_policy_holds_plain_english(city):
    """What a city has decided is in the language, but for citations and the keys of its file."""
    wording = Wording(bind(rulebook(), city, DAY), LANGUAGE)
    page = render(explain_city(wording), "text", wording.words)
    keys = {f"{rule}.{name}" for rule, r in rulebook().rules.items() for name in r.file.parameters}
    keys |= set(rulebook().shared)
    laws = set(rulebook().jurisdictions)
    assert left_over(plain(page, "text"), {*rule_data(), *keys, *laws, city}) == []


@pytest.mark.parametrize("form", ["md", "html"])
def test_no_comparison_holds_plain_english(form):
    """What cities and standards make of one offer is in the language, but for citations."""
    request = Request(bundled("samples") / "turku", None, DAY, language=LANGUAGE)
    made = compare(request, rulebook(), "VCS902")
    words = case_of("turku").setting.wording.words
    page = render(made.explained, form, words)
    data = {*tender_data(bundled("samples") / "turku"), *rule_data(), *rulebook().cities}
    left = left_over(plain(page, form), data)
    assert [word for word in left if word not in NAMES | MONEY] == []


def asked():
    return Request(bundled("samples") / "turku", None, DAY, language=LANGUAGE)


def without_paragraphs(statement):
    """Return what the city may say without what stands in its own languages."""
    return statement.model_copy(update={"paragraphs": ()})


def awarded():
    return award(asked(), rulebook()).explained


def claimed():
    return without_paragraphs(claim(asked(), rulebook()).explained)


def linted():
    return lint(asked(), rulebook(), PRESS, "press.txt").explained


def drifted():
    return drift(asked(), rulebook(), date(2024, 6, 30)).explained


def supposed():
    return suppose_offer(case_of("turku"), "VCS214", ["vintage=2024"]).explained


@pytest.mark.parametrize("form", ["text", "md", "html"])
@pytest.mark.parametrize("made", [awarded, claimed, linted, supposed, drifted])
def test_no_page_of_an_award_or_claim_holds_plain_english(made, form):
    """What to buy, what to say and what if are in the language, but for names and citations."""
    lexicon = lexicon_of(rulebook())
    kinds = (kind for language in lexicon.languages.values() for kind in language.words.values())
    shown = {text for kind in kinds for text in kind.shown}
    standards = {standard.name for standard in lexicon.standards}
    said = {PRESS, *re.split(r"(?<=[.]) ", PRESS), "press.txt", *shown, *standards}
    data = {*tender_data(bundled("samples") / "turku"), *rule_data(), *said}
    page = render(made(), form, case_of("turku").setting.wording.words)
    left = left_over(plain(page, form), data)
    assert [word for word in left if word not in NAMES | MONEY | MACHINES] == []


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_no_page_since_a_run_holds_plain_english(tmp_path, form):
    """What changed since an earlier run is in the language, but for names and citations."""
    assess(asked(), rulebook(), tmp_path / "out", formats=("json",))
    later = Request(bundled("samples") / "turku", None, date(2026, 10, 30), language=LANGUAGE)
    made = since(later, rulebook(), tmp_path / "out")
    page = render(made.explained, form, case_of("turku").setting.wording.words)
    left = left_over(plain(page, form), {*tender_data(bundled("samples") / "turku"), *rule_data()})
    assert [word for word in left if word not in NAMES | MONEY | MACHINES] == []


def test_no_letter_holds_plain_english(tmp_path):
    """A letter to a bidder is in his language, but for names, citations and the city's own texts."""
    sellers = {offer.candidate.value("seller") for offer in judged("turku")} - {None}
    decided = decision(
        "turku",
        offers_of("turku"),
        bidders={seller: {"language": LANGUAGE} for seller in sorted(sellers)},
    )
    folder = tender(tmp_path, "turku", decided=decided)
    cities = {
        name: city.model_copy(update={"remedy": {LANGUAGE: "14"}})
        for name, city in rulebook().cities.items()
    }
    made = letters(Request(folder, None, DAY), replace(rulebook(), cities=cities), formats=("txt",))
    data = {*tender_data(folder), *rule_data()}
    own = [one for one in made.written if one.letter.bidder]
    assert len(own) > len(sellers)
    found = {word for one in own for word in left_over(one.file.text, data)}
    assert found - NAMES - MONEY == set()


def test_the_report_on_the_procedure_holds_no_plain_english(tmp_path):
    """What the law asks to be recorded is in the language of the run, but for names and citations."""
    folder = tender(tmp_path, "turku", decided=decision("turku", offers_of("turku")))
    made = letters(Request(folder, None, DAY), rulebook(), language=LANGUAGE, formats=("txt",))
    (report,) = [one for one in made.written if one.letter.letter is LetterKind.REPORT]
    left = left_over(report.file.text, {*tender_data(folder), *rule_data()})
    assert [word for word in left if word not in NAMES | MONEY] == []


@pytest.mark.parametrize("form", ["text", "html"])
def test_no_look_back_holds_plain_english(tmp_path, form):
    """What was retired, judged then and now, is in the language, but for what is said of its file."""
    path = tmp_path / "retired.csv"
    path.write_text(RETIRED, encoding="utf-8")
    made = lookback(Request(path, "palo_alto", DAY, language=LANGUAGE), rulebook())
    page = render(made.explained, form, made.speech.words)
    cells = {cell for row in RETIRED.splitlines() for cell in row.split(",")}
    taken_for = made.explained.list_words.split(": ")[1].split(".")[0]
    told = {path.name, "palo_alto", taken_for}
    left = left_over(plain(page, form), {*cells, *told, *rule_data()})
    assert [word for word in left if word not in NAMES | MONEY | MACHINES] == []


def test_no_index_of_a_long_list_holds_plain_english():
    """The index of a batch is in the language, but for what stands in its rows."""
    case = case_of("turku")
    found = assess_table(case.table, case.bound, case.setting.purchase)
    made = explain_batch(found, case.table, case.setting, links={}, file="offers.csv", problems=[])
    page = render(made, "html", case.setting.wording.words)
    data = {*tender_data(bundled("samples") / "turku"), *rule_data()}
    left = left_over(plain(page, "html"), data)
    assert [word for word in left if word not in NAMES | MONEY | MACHINES] == []


def test_no_summary_holds_plain_english():
    """The summary edition of list and offers is in the language, but for names and citations."""
    case = case_of("turku")
    data = {*tender_data(bundled("samples") / "turku"), *rule_data()}
    whole = whole_list(case, judged("turku"), {})
    bare = whole.model_copy(update={"problems": (), "readings": ()})
    found = set()
    for explained in (bare, *(offer.explained for offer in judged("turku"))):
        page = render(
            explained.model_copy(update={"edition": Edition.SUMMARY}),
            "html",
            case.setting.wording.words,
        )
        found.update(left_over(plain(page, "html"), data))
    assert found - NAMES - MONEY - MACHINES == set()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_table_of_an_award_holds_plain_english(form):
    """Sentences and headings of the tables of an award are in the language; codes are no words."""
    made = render(awarded(), form, case_of("turku").setting.wording.words)
    if form == "xlsx":
        sheets = load_workbook(io.BytesIO(made))
        cells = [c.value for s in sheets for row in s.iter_rows() for c in row]
    else:
        rows = csv.DictReader(io.StringIO(made))
        cells = [row[name] for row in rows for name in ("conditions", "words")]
    data = {*tender_data(bundled("samples") / "turku"), *rule_data()}
    left = left_over("\n".join(cell for cell in cells if isinstance(cell, str)), data)
    assert [word for word in left if word not in NAMES | MONEY | MACHINES] == []


def test_no_cell_of_a_bid_form_holds_plain_english(tmp_path):
    """What a bidder sees of a form is in its language; hidden sheets and columns hold ids."""
    path = tmp_path / "form.xlsx"
    make_form(asked(), rulebook(), path)
    seen = []
    for sheet in load_workbook(path):
        if sheet.sheet_state == "visible":
            hidden = {name for name, column in sheet.column_dimensions.items() if column.hidden}
            cells = (c for row in sheet.iter_rows() for c in row if isinstance(c.value, str))
            seen += [
                cell.value
                for cell in cells
                if cell.column_letter not in hidden and not sheet.row_dimensions[cell.row].hidden
            ]
    data = {*tender_data(bundled("samples") / "turku"), *rule_data()}
    assert len(seen) > 100
    assert [text for text in seen if left_over(text, data)] == []


def test_the_first_page_holds_plain_english_only_of_files():
    """The page on all offers is in the language, but for what is said of its files."""
    case = case_of("turku")
    explained = whole_list(case, judged("turku"), {})
    bare = explained.model_copy(update={"problems": (), "readings": ()})
    page = render(bare, "md", case.setting.wording.words)
    data = {*tender_data(bundled("samples") / "turku"), *rule_data()}
    left = left_over(plain(page, "md"), data)
    assert [word for word in left if word not in NAMES | MONEY] == []
