"""One offer's page: its report, its place in the list, and what would be if it were otherwise."""

import re

import pytest

from offsetcheck.api.result_file import offer_file
from offsetcheck.api.suppose import shown_change, shown_reversals, suppose_offer
from offsetcheck.report.render import render
from web.judged import SAMPLES, case_of, judged_of, offers_listed, patient, said, with_offer
from web.site import site_of, text_of

OFFER = "/t/turku/offer/VCS4022"
WHAT_IF = "/t/turku/what-if?offer=PURO-ORCA"


def supposed_in(page):
    """Return the part of a page that says what would be."""
    return re.search(r'<div id="supposed".*?</form>|<div id="supposed".*', page, re.DOTALL)[0]


def test_it_holds_every_part_of_the_report(site):
    """What the report says in its main part stands in the page, word for word."""
    case = case_of(site, "turku")
    one = next(one for one in judged_of(site, "turku") if one.candidate.id == "VCS4022")
    report = render(one.explained, "html", case.setting.wording.words)
    main = re.search(r"<main>(.*)</main>", report, re.DOTALL)[1]
    page = site.text(OFFER)
    for part in main.split('<div class="sheets">'):
        assert text_of(part).strip() in text_of(page)


@pytest.mark.parametrize("form", ["json", "md", "text"])
def test_its_files_are_those_of_the_command_line(site, form):
    """An offer's report as a file is the same bytes as `assess` writes into `offers`."""
    case = case_of(site, "turku")
    one = next(one for one in judged_of(site, "turku") if one.candidate.id == "VCS4022")
    answer = site.get(f"/t/turku/offer-file?offer=VCS4022&form={form}")
    assert answer.content == offer_file(case, one, form).data
    assert "VCS4022" in answer.headers["content-disposition"]


def test_its_whole_report_leads_back_to_the_page(site):
    """The report stands whole in its own style, and its way back is the app's page."""
    answer = site.get("/t/turku/offer-file?offer=VCS4022&form=html")
    assert 'href="/t/turku/offer/VCS4022"' in answer.text
    assert "sha256-" in answer.headers["content-security-policy"]


def test_its_report_as_pdf_is_a_pdf(site):
    """A report on paper is shown by the browser."""
    answer = site.get("/t/turku/offer-file?offer=VCS4022&form=pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["content-disposition"].startswith("inline")


def test_before_and_after_are_those_of_the_list(site):
    """One goes through the offers that the filter left, in their order, and back to them."""
    listing = site.text("/t/turku/verdicts?verdict=not_eligible&sort=tonnes")
    ids = offers_listed(listing)
    path = re.search(rf'href="(/t/turku/offer/{ids[0]}[^"]*)"', listing)[1].replace("&amp;", "&")
    walked = [ids[0]]
    while found := re.search(r'href="([^"]*)" rel="next"', site.text(path)):
        path = found[1].replace("&amp;", "&")
        walked.append(re.search(r"/offer/([^?]*)", path)[1])
    assert walked == ids
    back = re.search(r'<a href="(/t/turku/verdicts[^"]*)">Back', site.text(path))[1]
    assert offers_listed(site.text(back.replace("&amp;", "&"))) == ids


def test_no_such_offer_names_the_nearest(site):
    """A mistyped id is told with one that there is."""
    assert "VCS902" in said(site.text("/t/turku/offer/VCS903", status=404))


def test_what_if_says_what_the_command_line_says(site):
    """What would be is the answer of `explain --set`, word for word."""
    case = case_of(site, "turku")
    made = suppose_offer(case, "PURO-ORCA", ["title_chain=no@E1", "price=9"]).explained
    page = site.text(f"{WHAT_IF}&v.title_chain=no&g.title_chain=E1&v.price=9")
    assert made.summary in text_of(page)
    assert made.audit.result_hash in page
    for line in made.turned:
        assert line.words in text_of(page)


def test_nothing_supposed_changes_nothing(site):
    """Without a value the page says what to enter."""
    assert "Enter another value" in said(site.text(WHAT_IF))


def test_fields_the_verdict_hangs_on_come_first(site):
    """The form begins with the statements that the report names."""
    one = next(one for one in judged_of(site, "turku") if one.candidate.id == "PURO-ORCA")
    named = [line.title for line in one.explained.hangs_on if line.field != "screening"]
    legends = re.findall(r"<legend>(.*?)</legend>", site.text(WHAT_IF))
    assert named
    assert legends[: len(named)] == named


@pytest.mark.parametrize("name", SAMPLES)
def test_a_change_that_is_shown_turns_the_verdict_as_told(tmp_path, pool, name):
    """Each change and reversal that a report names has a way that fills it in, and it turns."""
    site = site_of(tmp_path, pool, name)
    case, tried = case_of(site, name), 0
    patient(site, f"/t/{name}/verdicts")
    for one in judged_of(site, name):
        told = {line.field: line.verdict_words for line in one.explained.hangs_on}
        smallest = one.explained.what_if.smallest
        ways = re.findall(
            rf'href="(/t/{name}/what-if[^"]*)"', site.text(f"/t/{name}/offer/{one.candidate.id}")
        )
        expected = [told[made.field] for made in shown_reversals(case, one)]
        if smallest and shown_change(case, one):
            expected.insert(0, case.setting.wording.word(f"verdict.{smallest.verdict}"))
        ways = [way.replace("&amp;", "&") for way in ways if "v." in way]
        assert len(ways) == len(expected)
        for way, words in list(zip(ways, expected, strict=True))[:1]:
            sides = re.search(r"<tr><th[^>]*>Verdict</th>(.*?)</tr>", site.text(way), re.DOTALL)[1]
            assert words in re.findall(r"<td>(.*?)</td>", sides, re.DOTALL)[1]
            tried += 1
    assert tried or name == "tonnes"


def test_a_value_that_cannot_be_read_is_told_at_its_field(site):
    """What was typed is kept, and the summary leads to the field."""
    page = site.text(f"{WHAT_IF}&v.price=nine&v.tonnes=12", status=422)
    assert '<a href="#v.price">' in page
    assert 'value="nine"' in page
    assert 'value="12"' in page
    assert "nine" in supposed_in(page)


@pytest.mark.parametrize("field", ["nonsense", "id", "purchase.city", "<script>", "=", "price=1"])
def test_a_field_that_cannot_be_supposed_is_told(site, field):
    """A field from elsewhere than the form is refused in words."""
    page = site.get("/t/turku/what-if", params={"offer": "PURO-ORCA", "field": field, "value": "x"})
    assert page.status_code == 422
    assert "<script>x" not in page.text


def test_another_statement_joins_the_form(site):
    """A field chosen from the whole list is judged, and stands in the form from then on."""
    page = site.text(f"{WHAT_IF}&field=purchase.year&value=2027")
    assert 'name="v.purchase.year" type="text" value="2027"' in page
    assert "As it would be" in page


def test_another_grade_alone_leaves_the_value(site):
    """A paper that would confirm what is stated is supposed without writing the value again."""
    case = case_of(site, "turku")
    made = suppose_offer(case, "VCS4022", ["tonnes=600@E1"]).explained
    page = site.text("/t/turku/what-if?offer=VCS4022&g.tonnes=E1")
    assert made.audit.result_hash in page


def test_nothing_stated_can_be_supposed(site):
    """That a statement is not made at all is supposed as well."""
    case = case_of(site, "turku")
    made = suppose_offer(case, "PURO-ORCA", ["title_chain="]).explained
    page = site.text(f"{WHAT_IF}&g.title_chain=none")
    assert made.audit.result_hash in page


def test_a_hostile_offer_is_text(site):
    """Marks in names and raw cells stand as text in the page and in what would be."""
    with_offer(site, "turku", id="VCS9001", name="<img src=x onerror=a>", seller="</main><b>")
    for path in ("/t/turku/offer/VCS9001", "/t/turku/what-if?offer=VCS9001&v.price=3"):
        page = site.text(path)
        assert "<img" not in page
        assert page.count("</main>") == 1
        assert "&lt;img" in page


def test_it_is_read_in_finnish(site):
    """The report in the page is in the language that was chosen."""
    one = next(x for x in judged_of(site, "turku", "fi") if x.candidate.id == "VCS4022")
    assert one.explained.reasons[0].text in text_of(site.text(f"{OFFER}?lang=fi"))
