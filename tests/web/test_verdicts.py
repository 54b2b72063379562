"""The list of verdicts: it says what the command line says, and is filtered by its address."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from offsetcheck.api.write import write
from web.judged import SAMPLES, case_of, judged_of, offers_listed, patient, said, with_offer
from web.site import site_of

VERDICTS = "/t/turku/verdicts"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_verdict_is_that_of_the_command_line(tmp_path, pool, name):
    """Each offer's row bears its verdict, and its report the result hash that `assess` prints."""
    site = site_of(tmp_path, pool, name)
    page = patient(site, f"/t/{name}/verdicts").text
    judged = judged_of(site, name)
    assert sorted(offers_listed(page)) == sorted(one.candidate.id for one in judged)
    for one in judged:
        row = re.search(
            rf"<tr[^>]*>(?:(?!</tr>).)*>{re.escape(one.candidate.id)}<.*?</tr>", page, re.DOTALL
        )
        assert one.explained.verdict.words in row[0]
        report = site.text(f"/t/{name}/offer/{one.candidate.id}")
        assert f'<dd class="hash">{one.explained.audit.result_hash}</dd>' in report


@pytest.mark.parametrize("form", ["html", "json", "md", "csv", "xlsx", "sarif"])
def test_files_are_the_bytes_of_the_command_line(site, tmp_path, form):
    """A downloaded result is what `assess` writes for the same files and day, file by file."""
    write(case_of(site, "turku"), judged_of(site, "turku"), tmp_path / "out", formats=(form,))
    files = [f for f in (tmp_path / "out").rglob("*") if f.is_file() and f.name[0] != "."]
    written = {str(file.relative_to(tmp_path / "out")): file.read_bytes() for file in files}
    answer = patient(site, f"/t/turku/result?form={form}")
    if "attachment" not in answer.headers.get("content-disposition", ""):
        answer = site.get(re.search(r'href="(/t/turku/result\?[^"]*)"', answer.text)[1])
    if len(written) == 1:
        assert answer.content == next(iter(written.values()))
    else:
        with ZipFile(BytesIO(answer.content)) as packed:
            assert {name: packed.read(name) for name in packed.namelist()} == written


def test_a_file_is_the_same_bytes_when_it_is_made_again(site):
    """A packed folder bears no time of its making."""
    first = site.get("/t/turku/result?form=json").content
    for kept in (site.folder / ".offsetcheck" / "made").iterdir():
        kept.unlink()
    assert site.get("/t/turku/result?form=json").content == first


def test_a_file_follows_the_tender(site):
    """What was made before a change is not handed over after it."""
    first = site.get("/t/turku/result?form=csv").text
    with_offer(site, "turku", id="VCS9001", name="Added since")
    assert "VCS9001" not in first
    assert "VCS9001" in site.get("/t/turku/result?form=csv").text


def test_another_format_is_refused_in_words(site):
    """The formats that there are stand in the refusal."""
    assert "xlsx" in site.text("/t/turku/result?form=exe", status=422)


def test_a_filter_leaves_what_it_names_and_counts_it(site):
    """What is shown is what the filter says, and the count is that of the rows."""
    judged = judged_of(site, "turku")
    refused = [one for one in judged if one.explained.verdict.verdict == "not_eligible"]
    page = site.text(f"{VERDICTS}?verdict=not_eligible")
    assert sorted(offers_listed(page)) == sorted(one.candidate.id for one in refused)
    assert f"{len(refused)} of {len(judged)} offers" in said(page)
    assert '<option value="not_eligible" selected>' in page


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("type=redd", {"VCS902"}),
        ("country=IS", {"PURO-ORCA"}),
        ("text=kariba", {"VCS902"}),
        ("text=KARIBA+redd", {"VCS902"}),
        ("verdict=eligible&country=IS", {"PURO-ORCA"}),
        ("verdict=eligible&type=redd", set()),
        ("verdict=nonsense", set()),
    ],
)
def test_filters_hold_together(site, query, ids):
    """Each filter narrows what the others leave."""
    assert set(offers_listed(site.text(f"{VERDICTS}?{query}"))) == ids


def test_a_reason_is_a_filter(site):
    """The rules that are reasons of verdicts are offered, and each leaves as many as it says."""
    page = site.text(VERDICTS)
    select = re.search(r'<select id="rule".*?</select>', page, re.DOTALL)[0]
    found = re.findall(r'<option value="([^"]+)">.*?\((\d+)\)</option>', select)
    assert found
    for rule, count in found:
        assert len(offers_listed(site.text(f"{VERDICTS}?rule={rule}"))) == int(count)


def test_columns_are_sorted_both_ways_and_say_so(site):
    """A heading sorts upwards, then downwards; what is not stated stands last either way."""
    with_offer(site, "turku", id="VCS9001", name="No price")
    prices = {one.candidate.id: one.explained.offer.price for one in judged_of(site, "turku")}
    up = offers_listed(site.text(f"{VERDICTS}?sort=price"))
    down = offers_listed(site.text(f"{VERDICTS}?sort=-price"))
    known = [prices[name] for name in up if prices[name] is not None]
    assert known == sorted(known)
    assert [prices[name] for name in down[:-1]] == known[::-1]
    assert up[-1] == down[-1] == "VCS9001"
    page = site.text(f"{VERDICTS}?sort=price&verdict=eligible")
    assert 'aria-sort="ascending"' in page
    assert f'href="{VERDICTS}?verdict=eligible&amp;sort=-price"' in page


def test_the_list_stands_as_reports_order_it(site, tmp_path):
    """Without a sort it is the order of the whole report."""
    write(case_of(site, "turku"), judged_of(site, "turku"), tmp_path / "out")
    assert offers_listed(site.text(VERDICTS)) == offers_listed(
        (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    )


def test_supply_is_that_of_the_whole_report(site):
    """Need against supply is told in the words of the report, as drawing and as table."""
    report, page = site.text("/t/turku/report"), site.text(VERDICTS)
    for drawn in re.findall(r'<svg width="604".*?</svg>', report, re.DOTALL):
        assert drawn in page
    assert len(re.findall(r'<svg width="604"', page)) == 1


def test_the_whole_report_leads_to_the_offers_of_the_app(site):
    """Its links are addresses of the app, and each is there."""
    links = set(re.findall(r'href="(/t/[^"#]*)', site.text("/t/turku/report")))
    assert "/t/turku/offer/VCS902" in links
    for link in links:
        assert site.get(link).status_code == 200


def test_a_hostile_name_is_text(site):
    """Marks, quotes and paths in names, ids and sellers are shown and never run or opened."""
    name = "<script>alert(1)</script>"
    with_offer(site, "turku", id="../../etc/passwd", name=name, seller="' onload='x")
    page = site.text(VERDICTS)
    assert name not in page
    assert "&lt;script&gt;" in page
    link = next(to for to in re.findall(r'<a href="([^"]*)">&lt;script', page))
    assert name not in site.text(link.replace("&amp;", "&"))
    assert '"><script' not in site.text(f'{VERDICTS}?text="><script>&verdict="><script>')


@pytest.mark.parametrize("offer", ["A/B", "A?B#C", "100%25", ".."])
def test_an_id_may_be_any_text(site, offer):
    """An offer whose id cannot be a part of an address is found all the same."""
    with_offer(site, "turku", id=offer, name="Odd one")
    page = site.text(f"{VERDICTS}?text=odd")
    link = re.search(r'<a href="([^"]*)">Odd one', page)[1].replace("&amp;", "&")
    assert "Odd one" in site.text(link)


def test_a_tender_without_offers_says_what_to_do(site):
    """An empty list is told, and nothing is drawn of it."""
    path = site.folder / "turku" / "offers.csv"
    text = [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    path.write_text(text[0] + "\n", encoding="utf-8")
    answer = site.get(VERDICTS)
    assert answer.status_code in {200, 422}
    assert "offers" in said(answer.text)


def test_nothing_found_is_told(site):
    """A filter that leaves nothing says so, with the way back."""
    page = site.text(f"{VERDICTS}?text=nowhere-at-all")
    assert "0 of 11 offers" in said(page)
    assert f'<a href="{VERDICTS}">' in page


def test_pages_of_a_long_list_hold_each_offer_once(site):
    """What does not stand on one page stands on the next."""
    for number in range(120):
        with_offer(site, "turku", id=f"VCS{70000 + number}", name=f"Copy {number}")
    patient(site, VERDICTS)
    pages = [offers_listed(site.text(f"{VERDICTS}?page={number}")) for number in (1, 2)]
    assert len(pages[0]) == 100
    assert len(set(pages[0]) | set(pages[1])) == len(pages[0]) + len(pages[1]) == 131
    assert offers_listed(site.text(f"{VERDICTS}?page=99")) == pages[1]


def test_it_is_read_in_finnish(site):
    """Verdicts are in the language that was chosen, and so is the result."""
    words = judged_of(site, "turku", "fi")[0].explained.verdict.words
    assert words in site.text(f"{VERDICTS}?lang=fi")


def test_another_day_is_another_result(site):
    """The day of the address holds for list, links and files."""
    page = site.text(f"{VERDICTS}?on=2026-10-05")
    assert "5 October 2026" in page
    assert "on=2026-10-05" in re.search(r'<a href="(/t/turku/offer/[^"]*)"', page)[1]


def test_no_tender_is_told(site):
    """A tender that is not there is a page of its own."""
    assert "There is no such tender" in site.text("/t/nowhere/verdicts", status=404)


def test_verdicts_name_the_tender_that_they_are_of(site):
    """A printed page of verdicts, and one of the award, says of which purchase it is."""
    for page in ("verdicts", "award"):
        main = site.text(f"/t/turku/{page}").partition("<main")[2]
        assert "Contribution to climate action 2026" in main.partition("<table")[0]
