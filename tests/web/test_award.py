"""The award view in the browser: what the budget buys, with the limits of the file or others."""

import re
from datetime import date
from decimal import Decimal

from offsetcheck.api.award import award, award_text
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.request import Request
from web.site import TODAY, text_of

AT = "/t/turku/award"


def _view(site, day=TODAY, **more):
    request = Request(site.folder / "turku", None, day, command="award", **more)
    return award(request, open_rulebook())


def test_the_page_shows_the_sets_of_the_command(site):
    """What each set takes, costs and is held by stands on the page in the words of the report."""
    said = text_of(site.text(AT))
    for line in _view(site).explained.sets[:1]:
        assert text_of(line.words) in said
        assert all(text_of(one) in said for one in line.holds)


def test_the_files_are_those_of_the_command(site):
    """Each format holds the same bytes as `offsetcheck award` writes for the same day."""
    for form in ("xlsx", "csv", "json", "html"):
        for day in (TODAY, date(2026, 8, 1)):
            made = award_text(_view(site, day), form)
            expected = made.encode() if isinstance(made, str) else made
            got = site.get(f"{AT}/file?format={form}&on={day}")
            assert got.status_code == 200
            assert got.content == expected


def test_an_unknown_format_is_no_page(site):
    """A format that nobody writes, or a path, is refused."""
    assert site.get(f"{AT}/file?format=../../etc/passwd").status_code == 404


def test_other_limits_are_looked_at_and_nothing_is_stored(site):
    """A smaller budget gives another set, and purchase.yaml stays as it is."""
    purchase = site.folder / "turku" / "purchase.yaml"
    before = purchase.read_bytes()
    page = site.text(f"{AT}?need=2000&budget=1000")
    assert "not those of purchase.yaml" in page
    assert "EUR 1,000.00" in text_of(page).replace("\xa0", " ")
    assert purchase.read_bytes() == before


def test_the_costs_of_a_set_add_up_to_the_cent(site):
    """The cost of each set is the sum of its offers' costs, exactly."""
    for line in (*_view(site).explained.sets, *_view(site).explained.with_conditions):
        assert sum(Decimal(lot.cost) for lot in line.lots) == Decimal(line.cost)
        assert sum(lot.tonnes for lot in line.lots) == line.tonnes


def test_limits_are_saved_on_purpose_and_comments_stay(site):
    """What was looked at is written where one asks for it; all other lines stay."""
    purchase = site.folder / "turku" / "purchase.yaml"
    before = purchase.read_text("utf-8")
    page = f"{AT}?need=1500&budget=150000&ceiling=2500&max_share_project=50%25"
    answer = site.send(page, at=f"{AT}/save")
    assert answer.status_code == 200
    after = purchase.read_text("utf-8")
    assert "tonnes: 1500\n" in after
    kept = [line for line in before.splitlines() if not line.startswith("tonnes:")]
    assert all(line in after.splitlines() for line in kept)
    assert "50%" in text_of(site.text(AT))


def test_a_second_press_of_the_button_changes_nothing(site):
    """The same form sent twice leaves the file as the first time did, and says so."""
    page = f"{AT}?need=1500&budget=150000&ceiling=2500"
    form = next(one for one in site.forms(page) if one.action == f"{AT}/save")
    first = site.browser.post(form.action, data=dict(form.fields))
    text = (site.folder / "turku" / "purchase.yaml").read_bytes()
    second = site.browser.post(form.action, data=dict(form.fields))
    assert (first.status_code, second.status_code) == (200, 200)
    assert (site.folder / "turku" / "purchase.yaml").read_bytes() == text


def test_a_file_that_changed_meanwhile_is_not_overwritten(site):
    """Somebody edits the purchase while the page is open: his change stays, and the page says so."""
    page = f"{AT}?need=1500&budget=150000&ceiling=2500"
    form = next(one for one in site.forms(page) if one.action == f"{AT}/save")
    purchase = site.folder / "turku" / "purchase.yaml"
    purchase.write_text(purchase.read_text("utf-8") + "# by hand\n", encoding="utf-8")
    answer = site.browser.post(form.action, data=dict(form.fields))
    assert answer.status_code == 409
    assert purchase.read_text("utf-8").endswith("# by hand\n")
    assert "tonnes: 2000" in purchase.read_text("utf-8")


def test_a_limit_that_is_none_is_told_at_its_box(site):
    """A wrong value keeps what was typed, and the summary leads to its box."""
    answer = site.get(f"{AT}?need=2000&budget=150000&min_grade=Z&max_share_project=140%25")
    assert answer.status_code == 422
    assert 'href="#max_share_project"' in answer.text
    assert 'value="140%"' in answer.text
    assert "/award/save" not in answer.text


def test_hostile_limits_are_text(site):
    """Marks, quotes and YAML in a box are refused as values, and stay text on the page."""
    for typed in ('"><script>x</script>', "1}\nbudget: 9", "&a [*a]", "x" * 5000):
        answer = site.get(AT, params={"need": "2000", "budget": typed})
        assert answer.status_code in {200, 422}
        assert "<script>x" not in answer.text


def test_a_need_that_no_set_covers_says_what_stands_in_the_way(site):
    """Where the limits let too little be bought the page names them."""
    view = _view(site)
    assert view.explained.relax
    said = text_of(site.text(AT))
    assert all(text_of(one) in said for one in view.explained.relax)


def test_the_page_speaks_the_readers_language(site):
    """In Finnish the report's own sentences are Finnish."""
    page = site.text(f"{AT}?lang=fi")
    view = _view(site, language="fi")
    assert text_of(view.explained.sets[0].title) in text_of(page)
    assert re.search(r'<html lang="fi">', page)
