"""The sheet that is signed: one sheet of A4 for every offer, whatever it is called and lacks."""

import re
from datetime import date

import pytest

import offsetcheck
from offsetcheck.ground.bundled import bundled
from offsetcheck.report.context import context_of
from offsetcheck.report.first_sheet import ACTION, NAME, SIZES, first_sheet
from offsetcheck.report.render import render
from offsetcheck.vocabulary.explained import Edition
from report import page_kinds
from report.browser import BROWSER, printed_together
from world import explained, made_setting, offer, offers

DAY = date(2026, 9, 30)
WORDS = made_setting().wording.words
SAMPLES = ("alder_bay", "bogota", "melbourne", "turku")
in_a_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")
LONG = "Wiederaufforstungsgenossenschaft am oberen Lauf des Flusses mit langem Namen "


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook()


@in_a_browser
@pytest.mark.parametrize("language", page_kinds.languages())
def test_every_offer_of_every_sample_is_signed_on_one_sheet(language, rulebook, tmp_path):
    """The summary of an offer, from its name to its hashes, is one printed sheet in each language."""
    pages = []
    for sample in SAMPLES:
        folder = bundled("samples") / sample
        case = offsetcheck.open_tender(folder, rulebook, as_of=DAY, language=language)
        words = case.setting.wording.words
        told = (j.explained for j in offsetcheck.judge(case))
        summary = {"edition": Edition.SUMMARY}
        pages += [render(each.model_copy(update=summary), "html", words) for each in told]
    printed = printed_together(pages, tmp_path)
    assert len(printed) == len(pages)
    heads = ("reasons", "actions", "grade", "claim", "decision", "rulebook_hash")
    for sheet in printed:
        text = " ".join(sheet.split())
        assert all(words[f"report.{head}"] in text for head in heads)
        assert words["pages.decision_signature"] in text


@in_a_browser
def test_the_fullest_offer_still_fits_on_one_sheet(tmp_path):
    """Ten reasons, ten conditions and endless names are cut, and the decision box stands."""
    whole = explained(offer(name=LONG * 8, seller=LONG * 3, permit_until=None))
    reason, act = whole.reasons[0], whole.actions[0]
    full = whole.model_copy(
        update={
            "edition": Edition.SUMMARY,
            "reasons": tuple(reason.model_copy(update={"text": LONG * 9}) for _ in range(10)),
            "actions": tuple(act.model_copy(update={"text": LONG * 9}) for _ in range(10)),
            "conditions": (LONG * 9,) * 10,
            "verdict": whole.verdict.model_copy(update={"stamp": LONG * 9}),
            "deciding": whole.deciding.model_copy(
                update={"words": LONG * 9, "ending_words": LONG * 9}
            ),
            "claim": whole.claim.model_copy(update={"words": LONG * 9}),
            "offer": whole.offer.model_copy(
                update={"facts": tuple((f"Fact {n}", LONG * 2) for n in range(12))}
            ),
        }
    )
    printed = printed_together([render(full, "html", WORDS)], tmp_path)
    assert len(printed) == 1
    assert "Signature" in printed[0]
    assert printed[0].count("more in the full report") >= 8


def test_what_is_cut_says_where_the_rest_stands():
    """A text is cut between words and says so; a short one stands as it is."""
    whole = explained(offers()["undecided"])
    action = whole.actions[0].model_copy(update={"text": "word " * 200})
    cut = first_sheet(whole.model_copy(update={"actions": (action,)}), WORDS)["actions"][0][1]
    assert ACTION < len(cut) <= ACTION * max(SIZES)
    assert cut.endswith("word … (more below)")
    page = render(whole.model_copy(update={"actions": (action,)}), "html", WORDS)
    assert f"<li>{action.text}</li>" in page
    assert first_sheet(whole, WORDS)["name"] == whole.offer.name
    endless = whole.offer.model_copy(update={"name": "x" * 900})
    named = first_sheet(whole.model_copy(update={"offer": endless}), WORDS)["name"]
    assert named.startswith("x" * 40)
    assert len(named) == NAME


def test_a_summary_holds_no_findings_and_the_whole_report_does():
    """The edition alone decides whether findings stand below the sheet."""
    whole = explained(offers()["not_eligible"])
    short = whole.model_copy(update={"edition": Edition.SUMMARY})
    texts = [render(each, "html", WORDS) for each in (whole, short)]
    assert [text.count('class="finding') > 0 for text in texts] == [True, False]
    assert 'class="sign-here"' in texts[1]


@pytest.mark.parametrize("name", offers())
def test_what_is_to_be_asked_is_counted_as_it_is_listed(name):
    """The number that “to do” says is the number of questions in the list below."""
    whole = explained(offers()[name])
    listed = context_of(whole, WORDS)["asked"]["lines"]
    said = [re.search(r"Ask all (\d+) questions", action.text) for action in whole.actions]
    assert all(int(found[1]) == len(listed) for found in said if found)
    page = render(whole, "html", WORDS)
    asked = page.partition('<ol class="asked">')[2].partition("</ol>")[0]
    assert asked.count('<span class="copy">') == len(listed)


@pytest.mark.parametrize("sample", SAMPLES)
def test_samples_count_their_questions_alike(sample, rulebook):
    """Of every offer of every sample the two numbers are one."""
    case = offsetcheck.open_tender(bundled("samples") / sample, rulebook, as_of=DAY)
    for judged in offsetcheck.judge(case):
        listed = context_of(judged.explained, case.setting.wording.words)["asked"]["lines"]
        for action in judged.explained.actions:
            found = re.search(r"Ask all (\d+) questions", action.text)
            assert found is None or int(found[1]) == len(listed), judged.candidate.id


@pytest.mark.parametrize("name", offers())
def test_what_dimensions_cost_comes_to_what_the_score_lacks(name):
    """The bars of dimensions, caps included, add up to the distance from the highest score."""
    whole = explained(offers()[name])
    grade = whole.grade
    assert abs(sum(line.least for line in whole.costs) - (5000 - grade.upper_score)) <= 12
    assert abs(sum(line.most for line in whole.costs) - (5000 - grade.lower_score)) <= 12
    page = render(whole, "html", WORDS)
    assert all(page.count(line.words) >= 2 for line in whole.costs if line.most)
