"""A rule edited in the browser: nothing is saved that is wrong, unlooked at, or changed meanwhile."""

import re
import shutil
from dataclasses import replace
from html import unescape

import pytest

from offsetcheck.api.rule_sources import open_rules
from offsetcheck.api.rules import check_rules
from offsetcheck.api.rules_diff import Asked, diff_rules
from offsetcheck.api.samples import copy_rules
from offsetcheck.ground.bundled import bundled
from offsetcheck.web.register.interest import declare
from offsetcheck.web.routes import routes
from offsetcheck.web.rules.editing import bench_of, may_copy, places
from offsetcheck.web.visit import Person, RefusedError, Role, Visit, Workplace
from offsetcheck.web.work.limits import Limits
from offsetcheck.web.work.pool import Pool
from report.browser import BROWSER
from web.site import TODAY, forms_in, site_of, text_of
from web.walked import AXE, browsing, served

RULE = "permanence.storage_floor"
EDIT = f"/rules/{RULE}/edit"


@pytest.fixture
def rules(tmp_path):
    """Return a rule folder of one's own."""
    folder = tmp_path / "own" / "rules"
    folder.parent.mkdir()
    copy_rules(folder)
    return folder


@pytest.fixture
def editing(tmp_path, pool, rules):
    """Return a server of the sample of Turku whose rules may be edited."""
    served = tmp_path / "served"
    served.mkdir()
    site = site_of(served, pool, "turku")
    site.door.workplace = Workplace(served, rules)
    return site


def text_in(page):
    form = next(one for one in forms_in(page) if "text" in one.names)
    return dict(form.fields)["text"]


def fields_in(page):
    return dict(next(one for one in forms_in(page) if "text" in one.names).fields)


def looked(site, text, **more):
    """Look at what a text does, as the button does; return the page."""
    sent = fields_in(site.text(EDIT)) | {"text": text} | more
    answer = site.browser.post(f"{EDIT}/look", data=sent)
    assert answer.status_code == 200, text_of(answer.text)[-500:]
    return answer.text


def saved(site, page, **more):
    """Send the form of a page as it stands, to be saved."""
    return site.browser.post(EDIT, data=fields_in(page) | more, follow_redirects=False)


def longer(rules, years=60):
    """Return the rule's text with a longer term from a day ahead on, and its examples in order."""
    text = (rules / "permanence/storage_floor.yaml").read_text()
    return text.replace("{value: 40,", f"{{value: {years},"), text


def test_an_installed_rulebook_says_how_it_is_edited(site):
    """Without a folder of one's own there is no form, but the way to get one."""
    page = text_of(site.text(EDIT))
    assert "offsetcheck init rules" in page
    assert "offsetcheck serve --rules" in page
    visit = Visit("POST", EDIT, Workplace(site.folder), Person("somebody"), TODAY, "en")
    with pytest.raises(RefusedError) as refused:
        bench_of(visit)
    assert refused.value.status == 403


def test_a_press_puts_a_copy_beside_the_tenders_that_decides_and_can_be_edited(site):
    """One person's own rules lie in the served folder: found without a word, written once."""
    page = site.text(EDIT)
    (form,) = [one for one in forms_in(page) if one.action == "/rules/own"]
    answer = site.browser.post("/rules/own", data=dict(form.fields), follow_redirects=True)
    assert "The rules lie in the folder" in text_of(answer.text)
    assert (site.folder / "rules" / "permanence" / "storage_floor.yaml").is_file()
    assert "2023-07-27" in text_in(site.text(EDIT))
    again = site.browser.post("/rules/own", data=dict(form.fields))
    assert again.status_code == 409  # the form was sent already
    assert "Copied the rules" in text_of(site.text("/register"))


def test_on_a_server_rules_beside_the_tenders_decide_nothing(tmp_path):
    """Which rules bind several people is said by who sets the server up, and by no folder."""
    copy_rules(tmp_path / "rules")
    alone, many = Workplace(tmp_path), Workplace(tmp_path, many=True)
    assert (alone.rules, many.rules) == (tmp_path / "rules", None)
    assert not may_copy(many)


def test_a_folder_that_only_bears_the_name_holds_no_rules(tmp_path):
    """A folder `rules` of other papers is left alone."""
    (tmp_path / "rules").mkdir()
    assert Workplace(tmp_path).rules is None


def test_the_editor_shows_text_examples_words_and_effect(editing):
    """What the file has, that nothing is wrong, three languages, and that nothing turns."""
    page = site_text = editing.text(EDIT)
    said = text_of(page)
    assert text_in(site_text).startswith(f"id: {RULE}\n")
    assert "Nothing is wrong with the text." in said
    assert "All 12 examples come out as they say." in said
    assert "English" in said
    assert "Suomi" in said
    assert "Svenska" in said
    assert "None of 11 offers gets another verdict or grade" in said


def test_an_effect_is_that_of_rules_diff(editing, rules, tmp_path):
    """The offers that turn, and by which rule, are those that `rules diff --on` tells."""
    text, _ = longer(rules, 100)
    page = text_of(looked(editing, text))
    changed = tmp_path / "changed"
    copy_rules(changed)
    (changed / "permanence/storage_floor.yaml").write_text(text)
    asked = Asked(TODAY, (bundled("samples") / "turku",))
    told = diff_rules(open_rules(str(rules)), open_rules(str(changed)), asked)
    effect = told.explained.effects[0]
    assert effect.verdicts > 0
    assert effect.summary in page
    for rule in effect.rules:
        assert rule.title in page


def test_a_mistake_is_told_at_its_line_and_the_last_good_effect_stays(editing, rules):
    """The line stands there as it is written; what the last good text does is still shown."""
    text, _ = longer(rules, 100)
    good = looked(editing, text)
    broken = text.replace("requires: monitoring_years >=", "requires: monitoring_yeers >=")
    number = broken[: broken.index("monitoring_yeers")].count("\n") + 1
    page = looked(editing, broken, good=fields_in(good)["good"])
    said = text_of(page)
    assert f"Line {number}" in said
    assert "monitoring_yeers" in said
    assert "what the last text without an error says and does" in said
    assert "another verdict: 1" in said
    assert fields_in(page)["looked"] == ""


def test_problems_are_those_of_rules_check(editing, rules):
    """What the editor finds wrong in a file is what `rules check` does, word by word."""
    path = rules / "permanence/storage_floor.yaml"
    text = path.read_text().replace("curable: yes", "curable: perhaps")
    text = text.replace("if_unknown: worst", "if_unknown: never")
    page = text_of(looked(editing, text))
    path.write_text(text)
    with pytest.raises(Exception) as error:
        check_rules(rules)
    for problem in error.value.problems:
        assert problem.message in page
        assert f"Line {problem.place.line}" in page


def test_red_examples_are_told_and_not_saved(editing, rules):
    """A number changed against the examples is shown with them, and is refused."""
    text, before = longer(rules)
    page = looked(editing, text)
    assert "examples come out otherwise" in text_of(page)
    answer = saved(editing, page, note="a longer term")
    assert answer.status_code == 422
    assert (rules / "permanence/storage_floor.yaml").read_text() == before


def good_change(rules):
    """Return a text with another effect on offers, all of whose examples hold."""
    text = (rules / "permanence/storage_floor.yaml").read_text()
    return text.replace("cap: 2", "cap: 3").replace("effect: cap 2", "effect: cap 3")


def test_a_change_is_saved_whole_with_its_note(editing, rules):
    """After a look and with a note the file is as it was written, and the rulebook still loads."""
    text = good_change(rules)
    page = looked(editing, text)
    answer = saved(editing, page, note='The cap was a slip: "3" # it is')
    assert answer.status_code == 303, text_of(answer.text)[:1500]
    assert answer.headers["location"] == f"/rules/{RULE}"
    assert (rules / "permanence/storage_floor.yaml").read_text() == text
    assert check_rules(rules).errors == 0
    assert "Saved" in text_of(editing.text(f"/rules/{RULE}"))


def test_answers_of_days_past_get_the_note_in_the_history(editing, rules):
    """What makes answers of the past others stands in history.yaml, so that `rules diff` is content."""
    page = looked(editing, good_change(rules), whole="yes")
    assert "Answers of days past become others" in text_of(page)
    saved(editing, page, note="The cap was a slip")
    assert "The cap was a slip" in (rules / "history.yaml").read_text()
    told = diff_rules(open_rules("installed"), open_rules(str(rules)), Asked(TODAY))
    assert told.errors == ()


def test_nothing_is_saved_without_a_note_or_a_look(editing, rules):
    """A note is missing, or the text changed after the look: the form comes back as it was sent."""
    before = (rules / "permanence/storage_floor.yaml").read_text()
    text = good_change(rules)
    page = looked(editing, text)
    answer = saved(editing, page, note=" ")
    assert answer.status_code == 422
    assert "Say why it is changed." in text_of(answer.text)
    assert text_in(answer.text) == text
    other = text.replace("cap: 3", "cap: 1").replace("effect: cap 3", "effect: cap 1")
    answer = saved(editing, page, text=other, note="why")
    assert answer.status_code == 422
    assert "Look at what it does before you save" in text_of(answer.text)
    assert (rules / "permanence/storage_floor.yaml").read_text() == before
    again = saved(editing, answer.text)
    assert again.status_code == 303


def test_what_changed_meanwhile_is_not_overwritten(editing, rules):
    """A file that somebody saved in an editor after the form was opened stays as it is (409)."""
    page = looked(editing, good_change(rules))
    path = rules / "permanence/storage_floor.yaml"
    path.write_text(path.read_text() + "# by hand\n")
    answer = saved(editing, page, note="why")
    assert answer.status_code == 409
    assert path.read_text().endswith("# by hand\n")


def test_a_mistake_that_is_left_in_the_rules_is_told_with_its_place(editing, rules):
    """While a rule file cannot be read every page says which and where; mended, all is as before."""
    path = rules / "vintage/age.yaml"
    before = path.read_text()
    path.write_text(before.replace("effect: gate", "effect: gat"))
    for to in ("/rules", EDIT, "/t/turku", "/nothing"):
        answer = editing.get(to)
        assert answer.status_code in {404, 422}
        if to != "/nothing":
            assert "vintage/age.yaml:20" in answer.text
    path.write_text(before)
    assert editing.get(EDIT).status_code == 200


def test_a_rule_that_another_file_needs_is_checked_with_the_whole_folder(editing, rules):
    """A parameter that a city sets cannot be taken away: the whole folder is checked on saving."""
    rule = "residual.share"
    path = rules / "residual/share.yaml"
    sent = fields_in(editing.text(f"/rules/{rule}/edit"))
    text = path.read_text().replace("  cap:\n", "  highest:\n").replace("$cap", "$highest")
    assert text != path.read_text()
    page = editing.browser.post(f"/rules/{rule}/edit/look", data=sent | {"text": text}).text
    answer = editing.browser.post(f"/rules/{rule}/edit", data=fields_in(page) | {"note": "why"})
    assert answer.status_code == 422
    assert "cities/" in text_of(answer.text) or "errors" in text_of(answer.text)
    assert "$highest" not in path.read_text()


def test_numbers_are_put_into_the_text_and_comments_stay(editing, rules):
    """The small form changes the number's own signs alone, and adds a value from a day on."""
    path = rules / "permanence/storage_floor.yaml"
    commented = path.read_text().replace("parameters:\n", "parameters:  # why these\n")
    path.write_text(commented)
    sent = fields_in(editing.text(EDIT)) | {
        "value:min_storage_years:2023-07-27": "41",
        "new_parameter": "min_storage_years", "new_since": "2027-01-01", "new_value": "100",
        "new_standing": "read", "new_guide": "icvcm-af", "new_clause": 'criterion "9"',
    }  # fmt: skip
    answer = editing.browser.post(f"{EDIT}/numbers", data=sent)
    text = text_in(answer.text)
    assert "# why these" in text
    gone = [line for line in commented.split("\n") if line not in text.split("\n")]
    assert len(gone) == 1
    assert "value: 40" in gone[0]
    added = '2027-01-01: {value: 100, source: {standing: read, guide: icvcm-af, clause: "criterion \\"9\\""}}'
    assert added in text
    assert path.read_text() == commented


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"new_since": "soon"}, "Write the day as"), ({"new_standing": "sure"}, "Choose how"),
     ({"new_guide": ""}, "Choose the source"), ({"new_since": "2021-01-01"}, "already"),
     ({"new_value": "a\u2028b"}, "one number, day or word")],
)  # fmt: skip
def test_a_wrong_number_is_told_at_its_field(editing, fields, said):
    """What cannot be put into the text comes back with a sentence, and what was typed."""
    sent = fields_in(editing.text(EDIT)) | {
        "new_parameter": "min_storage_years", "new_since": "2027-01-01", "new_value": "100",
        "new_standing": "read", "new_guide": "icvcm-af",
    } | fields  # fmt: skip
    answer = editing.browser.post(f"{EDIT}/numbers", data=sent)
    assert answer.status_code == 422
    assert said in text_of(answer.text)


def test_examples_at_the_limits_are_offered_and_added(editing, rules):
    """Just below, at and just above the limit, and not stated; added, they all hold."""
    text = (rules / "permanence/storage_floor.yaml").read_text()
    bare = text[: text.index("  - name: thirty-nine do not")]
    page = looked(editing, bare)
    offered = re.findall(r'name="example" value="([^"]*)"', page)
    named = " ".join(map(unescape, offered))
    for part in ("39 years (not met)", "41 years (met)", "not stated (open)"):
        assert part in named
    sent = fields_in(page) | {"example": [unescape(one) for one in offered]}
    added = editing.browser.post(f"{EDIT}/examples", data=sent).text
    assert "come out as they say" in text_of(added)
    assert text_in(added).count("  - name:") == bare.count("  - name:") + len(offered)


def test_a_new_rule_is_begun_as_a_draft(editing, rules):
    """It has a file and a number of its own, loads, and is edited next."""
    page = editing.send("/rules/new", {"dimension": "vintage", "name": "fresh", "copy": ""})
    assert page.url.path == "/rules/vintage.fresh/edit"
    assert (rules / "vintage/fresh.yaml").is_file()
    assert "status: draft" in text_in(page.text)
    again = editing.send("/rules/new", {"dimension": "vintage", "name": "fresh", "copy": ""})
    assert again.status_code == 422
    assert "already" in text_of(again.text)


@pytest.mark.parametrize("name", ["../../x", "<b>", "", "A b", "x" * 500, "a/b"])
def test_a_new_rule_has_a_name_that_is_one(editing, rules, name):
    """A name that could lead elsewhere is refused at its field; nothing is written."""
    before = sorted(rules.rglob("*"))
    answer = editing.send("/rules/new", {"dimension": "vintage", "name": name})
    assert answer.status_code == 422
    assert sorted(rules.rglob("*")) == before


def test_whoever_is_no_author_may_not_edit():
    """Every page of the editor is an author's alone."""
    own = [one for one in routes() if one.address.startswith(("/rules/new", "/rules/{rule}/edit"))]
    assert len(own) == 7
    assert all(one.roles == frozenset({Role.AUTHOR}) for one in own)


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{n}: &{n} [{','.join([f'*{p}'] * 9)}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text", [BOMB, "[" * 50_000, "id: " + "x" * 150_000, "\x00", "{" * 9000 + "}" * 9000,
             "requires: " + "(" * 3000 + "a" + ")" * 3000, "- " * 20_000, "!!python/object:os.system x"],
)  # fmt: skip
def test_a_text_that_is_no_rule_is_told_as_one(editing, text):
    """Bombs, brackets without end and signs that nobody types are problems of a line, and soon."""
    page = text_of(looked(editing, text))
    assert "The text cannot be used yet" in page


def test_a_visit_that_takes_too_long_is_ended(tmp_path, rules):
    """A text that would keep a process busy is ended by its limit, and the next page is made."""
    served = tmp_path / "served"
    served.mkdir()
    pool = Pool(1, Limits(seconds=0.02, rules=rules))
    site = site_of(served, pool, "turku")
    site.door.workplace = Workplace(served, rules)
    try:
        answer = site.get(EDIT)
        assert answer.status_code == 503 or "too long" in answer.text
    finally:
        pool.end()


needs_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")


@pytest.fixture
def server(tmp_path, rules):
    """Serve the sample of Turku with rules that may be edited, to a real browser."""
    folder = tmp_path / "served"
    folder.mkdir()
    with served(folder, "turku", rules=rules) as address:
        yield address


@needs_browser
def test_what_is_typed_fast_never_shows_an_older_answer(server, rules):
    """The first text's answer comes after the second's, and is not shown any more."""
    text = (rules / "permanence/storage_floor.yaml").read_text()
    with browsing(server) as walk:
        walk.go(EDIT)
        held = []

        def answer(route):
            if "value%3A+50" in (route.request.post_data or "") and not held:
                held.append(route)  # the older one waits until the newer has come
            else:
                route.continue_()

        walk.page.route("**/edit/look", answer)
        for years in (50, 60):
            walk.page.fill("#text", text.replace("{value: 40,", f"{{value: {years},"))
            walk.page.wait_for_timeout(400)
        shown = walk.page.locator("#result")
        shown.get_by_text("at least 60 years").first.wait_for()
        assert held
        with walk.page.expect_response("**/edit/look"):
            held[0].continue_()
        walk.page.wait_for_timeout(300)
        assert "at least 60 years" in shown.inner_text()
        assert "at least 50 years" not in shown.inner_text()


@needs_browser
def test_a_problem_leads_to_its_line(server, rules):
    """A click on the line of a problem marks that line in the text."""
    text = (rules / "permanence/storage_floor.yaml").read_text()
    with browsing(server) as walk:
        walk.go(EDIT)
        walk.page.fill("#text", text.replace("curable: yes", "curable: perhaps"))
        walk.page.locator("#result a[data-line]").first.click()
        marked = walk.page.evaluate("document.getSelection().toString()")
        assert marked == "curable: perhaps"


@needs_browser
@pytest.mark.skipif(AXE is None, reason="axe-core is not installed: `make setup` fetches it by npm")
@pytest.mark.parametrize("width", [320, 1280])
def test_the_editor_is_for_everybody(server, rules, width):
    """axe-core finds nothing on the editor, with problems too, and nothing stands out of the window."""
    text = (rules / "permanence/storage_floor.yaml").read_text()
    with browsing(server, width=width) as walk:
        for to in (EDIT, "/rules/new"):
            walk.go(to)
            assert walk.axe() == ([], [])
            assert walk.too_wide() == []
        walk.go(EDIT)
        walk.page.fill("#text", text.replace("curable: yes", "curable: perhaps" + "x" * 200))
        walk.page.locator("#result a[data-line]").first.wait_for()
        assert walk.axe() == ([], [])
        assert walk.too_wide() == []
        assert walk.told == []
        assert walk.outside == []


@needs_browser
def test_a_rule_is_changed_without_script(server, rules):
    """Looked at, then saved with a note, by the form's own buttons."""
    with browsing(server, script=False) as walk:
        walk.go(EDIT)
        walk.page.fill("#text", good_change(rules))
        walk.page.get_by_role("button", name="Look what it does").click()
        walk.page.fill("#note", "a slip")
        walk.page.get_by_role("button", name="Save").click()
        assert walk.page.url.endswith(f"/rules/{RULE}")
        assert "Saved" in walk.text()
    assert "cap: 3" in (rules / "permanence/storage_floor.yaml").read_text()


def test_a_list_of_the_served_folder_is_tried_for_a_city(editing, rules):
    """A list beside the tenders is judged for the city that is chosen."""
    (editing.folder / "offers.csv").write_bytes(
        (bundled("samples/turku") / "offers.csv").read_bytes()
    )
    page = editing.text(EDIT)
    assert "List offers.csv" in text_of(page)
    text, _ = longer(rules, 100)
    said = text_of(looked(editing, text, on="list:offers.csv", city="turku"))
    assert re.search(r"offers.csv, City of Turku: [^.]*11 offers", said)


def test_a_list_that_cannot_be_read_is_said_and_nothing_is_saved(editing, rules):
    """What it does cannot be looked at, so that it is not saved on it."""
    (editing.folder / "offers.csv").write_bytes(b"\x00\xff\x00")
    page = looked(editing, good_change(rules), on="list:offers.csv")
    assert "It cannot be tried on these offers" in text_of(page)
    answer = saved(editing, page, note="why")
    assert answer.status_code == 422
    assert "Choose others" in text_of(answer.text)


def test_a_tender_in_which_somebody_has_an_interest_is_not_tried_for_him(tmp_path):
    """Among several people only tenders are offered of which one has declared to have no interest."""
    shutil.copytree(bundled("samples/turku"), tmp_path / "turku")
    visit = Visit("GET", EDIT, Workplace(tmp_path, many=True), Person("anna"), TODAY, "en")
    assert {one.kind for one in places(visit)} == {"sample"}
    declare(replace(visit, parts={"tender": "turku"}), "none", "")
    assert next(one.name for one in places(visit)) == "turku"
    declare(replace(visit, parts={"tender": "turku"}), "some", "a cousin bids")
    assert {one.kind for one in places(visit)} == {"sample"}
