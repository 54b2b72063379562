"""A decision is prepared, checked and signed in the browser, and never over what nobody looked at."""

import re
from dataclasses import replace

import pytest

from offsetcheck.api.case import open_case, open_rulebook
from offsetcheck.api.decision import decision_of
from offsetcheck.api.request import Request
from offsetcheck.web.visit import EVERY_ROLE, Person
from web.site import TODAY, forms_in, site_of, text_of

AT = "/t/turku/decision"
EDIT = f"{AT}/edit"
KEPT = "The need is covered by the offers selected."


def _case(site):
    return open_case(Request(site.folder / "turku", None, TODAY), open_rulebook())


def _decision(site):
    return decision_of(_case(site))


def _numbers(site):
    return {offer: n for n, offer in enumerate(_case(site).table.ids)}


def _path(site):
    return site.folder / "turku" / "decision.yaml"


def _whole(site, start="?set=cheapest", **more):
    """Fill in what a decision by a set needs, and send it."""
    number = _numbers(site)
    kept = {f"reason-{number[name]}": KEPT for name in ("VCS2930", "PURO100008")}
    said = {"reference": "TKU-117", "by": "Maija Esimerkki", "role": "Procurement Manager"}
    return site.send(f"{EDIT}{start}", {**said, **kept, **more})


def _signing(site):
    form = next(one for one in site.forms(AT) if one.action.endswith("/sign"))
    return {**dict(form.fields), "read": "yes"}


def test_without_a_decision_the_sets_are_offered(site):
    """The empty page leads to each set, and to an empty form."""
    page = site.text(AT)
    assert "Nobody has decided yet" in page
    assert f"{EDIT}?set=cheapest" in page


def test_a_set_becomes_a_decision_that_the_letters_read(site):
    """What the set takes is awarded with its tonnes; the file is one that the reader of letters takes."""
    assert _whole(site).status_code == 200
    made = _decision(site)
    assert {one.offer for one in made.awarded} == {"ACR1129", "GS12335", "PURO-ORCA"}
    assert (made.on, made.by, made.proposal.set) == (None, "Maija Esimerkki", "cheapest")
    assert made.reasons["VCS2930"] == KEPT


def test_a_draft_is_checked_then_signed(site):
    """The signature is a step of its own, on the page that shows everything."""
    _whole(site)
    assert "A draft" in site.text(AT)
    answer = site.browser.post(f"{AT}/sign", data=_signing(site))
    assert answer.status_code == 200
    assert _decision(site).on == TODAY
    assert "Signed on 2026-09-30 by Maija Esimerkki" in text_of(site.text(AT))


def test_a_second_press_and_the_back_button_sign_nothing_twice(site):
    """The same signature sent again changes no byte, and is told as signed."""
    _whole(site)
    form = _signing(site)
    site.browser.post(f"{AT}/sign", data=form)
    before = _path(site).read_bytes()
    again = site.browser.post(f"{AT}/sign", data=form)
    assert again.status_code == 200
    assert "signed already" in again.text
    assert _path(site).read_bytes() == before


def test_a_second_press_saves_nothing_twice(site):
    """The form of a decision that was sent twice leaves the file as the first time did."""
    number = _numbers(site)
    form = next(one for one in site.forms(f"{EDIT}?set=cheapest") if one.action == EDIT)
    data = {**dict(form.fields), "reference": "R", f"reason-{number['VCS2930']}": KEPT}
    first = site.browser.post(EDIT, data=data)
    assert first.status_code == 200, text_of(first.text)[:1500]
    before = _path(site).read_bytes()
    second = site.browser.post(EDIT, data=data)
    assert (first.status_code, second.status_code) == (200, 200)
    assert _path(site).read_bytes() == before


def test_a_departure_from_the_set_needs_a_reason(site):
    """Fewer tonnes than the set takes: no signature until it is said why."""
    number = _numbers(site)["GS12335"]
    _whole(site, **{f"tonnes-{number}": "10"})
    page = site.text(AT)
    assert "Say why" in page
    assert f"{AT}/sign" not in page
    site.send(EDIT, {"set-reason": "The council wants less of it."})
    assert f"{AT}/sign" in site.text(AT)
    assert _decision(site).proposal.reason == "The council wants less of it."


def test_an_offer_that_may_be_bought_is_not_refused_without_a_reason(site):
    """The rules give no reason against it, so that a person has to."""
    number = _numbers(site)["VCS2930"]
    _whole(site, **{f"reason-{number}": ""})
    assert "VCS2930 is not bought, and no reason is given" in text_of(site.text(AT))


def test_what_the_rules_bar_is_not_bought(site):
    """An undecided offer, or more tonnes than offered, is told at its field; nothing is written."""
    number = _numbers(site)
    answer = _whole(site, **{f"take-{number['VCS4022']}": "award"})
    assert answer.status_code == 422
    assert f'href="#take-{number["VCS4022"]}"' in answer.text
    answer = _whole(site, **{f"tonnes-{number['GS12335']}": "999999"})
    assert answer.status_code == 422
    assert "TKU-117" in answer.text
    assert not _path(site).exists()


@pytest.mark.parametrize("typed", ["-3", "1e9", "ten", "1,5,0", "9" * 40, "<b>"])
def test_a_number_that_is_none_is_told_and_kept(site, typed):
    """What was typed stands in its box again."""
    number = _numbers(site)["GS12335"]
    answer = _whole(site, **{f"tonnes-{number}": typed})
    assert answer.status_code == 422
    assert "write a number above zero" in answer.text
    box = dict(next(one for one in forms_in(answer.text) if one.action == EDIT).fields)
    assert box[f"tonnes-{number}"] == typed


def test_no_decision_over_files_that_nobody_looked_at(site):
    """The offers change while somebody decides: his words are kept, and nothing is written."""
    form = next(one for one in site.forms(f"{EDIT}?set=cheapest") if one.action == EDIT)
    offers = site.folder / "turku" / "purchase.yaml"
    offers.write_text(offers.read_text("utf-8").replace("budget: 150000", "budget: 90000"), "utf-8")
    answer = site.browser.post(EDIT, data={**dict(form.fields), "reference": "R-1"})
    assert answer.status_code == 409
    assert "while you were deciding" in answer.text
    assert 'value="R-1"' in answer.text
    assert not _path(site).exists()


def test_no_signature_over_files_that_changed_since(site):
    """A draft over an older state has to be looked at and saved again before it is signed."""
    _whole(site)
    form = _signing(site)
    offers = site.folder / "turku" / "purchase.yaml"
    offers.write_text(offers.read_text("utf-8").replace("budget: 150000", "budget: 99000"), "utf-8")
    assert "have changed since this decision was saved" in text_of(site.text(AT))
    assert site.browser.post(f"{AT}/sign", data=form).status_code == 409
    assert _decision(site).on is None


def test_a_change_by_hand_is_not_overwritten(site):
    """Somebody edits decision.yaml in an editor meanwhile: his words stay."""
    _whole(site)
    form = next(one for one in site.forms(EDIT) if one.action == EDIT)
    _path(site).write_text(_path(site).read_text("utf-8") + "# by hand\n", "utf-8")
    answer = site.browser.post(EDIT, data={**dict(form.fields), "reference": "R-9"})
    assert answer.status_code == 409
    assert _path(site).read_text("utf-8").endswith("# by hand\n")


def test_comments_of_an_officer_stay(site):
    """A file that was written by hand keeps its comments where the browser changes a value."""
    _whole(site)
    text = (
        _path(site).read_text("utf-8").replace("reference: ", "# as the council wrote\nreference: ")
    )
    _path(site).write_text(text, "utf-8")
    site.send(EDIT, {"reference": "TKU-118"})
    assert "# as the council wrote\nreference: TKU-118" in _path(site).read_text("utf-8")


def test_a_change_takes_the_signature_away(site):
    """What was signed is signed anew after a change."""
    _whole(site)
    site.browser.post(f"{AT}/sign", data=_signing(site))
    site.send(EDIT, {"minute": "section 42"})
    assert _decision(site).on is None


def test_an_unread_box_signs_nothing(site):
    """Whoever does not say that he has read it does not sign."""
    _whole(site)
    form = {name: value for name, value in _signing(site).items() if name != "read"}
    assert site.browser.post(f"{AT}/sign", data=form).status_code == 422
    assert _decision(site).on is None


def test_a_broken_file_is_told_with_its_lines(site):
    """A decision that cannot be read is told, and not taken for none."""
    _path(site).write_text("awarded: [{offer: NOBODY}]\n", "utf-8")
    page = text_of(site.text(AT))
    assert "decision.yaml:1" in page
    assert "NOBODY" in page


def test_hostile_words_stay_words(site):
    """Marks, quotes and YAML in a reason are text in the file and on the page."""
    number = _numbers(site)
    typed = '"><script>x</script>\n- a: [b, *c] # d'
    _whole(site, **{f"reason-{number['VCS2930']}": typed})
    assert _decision(site).reasons["VCS2930"] == " ".join(typed.split())
    assert "<script>x" not in site.text(AT)


class _Someone:
    """Whoever sits at the browser: the test says who."""

    name = "anna"

    def person(self, headers):
        """Return the one who asks."""
        del headers
        return Person(self.name, EVERY_ROLE)


@pytest.fixture
def office(tmp_path, pool):
    """Return a server that several persons use, each of whom has said that he has no interest."""
    people = _Someone()
    made = site_of(tmp_path, pool, "turku", people=people)
    made.door.workplace = replace(made.door.workplace, many=True)
    from offsetcheck.web.register.book import register_of
    from offsetcheck.web.register.entry import Act

    for name in ("anna", "bertil"):
        act = Act(name, "interest", "turku", {"kind": "none", "reason": ""})
        register_of(made.door.workplace).append(act)
    return made, people


def test_two_persons_sign_the_same_decision_one_after_another(office):
    """One signature waits, the same person's second one too; another's makes it a decision."""
    site, people = office
    _whole(site)
    first = site.browser.post(f"{AT}/sign", data=_signing(site))
    assert "second person" in first.text
    assert _decision(site).on is None
    site.browser.post(f"{AT}/sign", data=_signing(site))
    assert _decision(site).on is None
    people.name = "bertil"
    assert "anna" in text_of(site.text(AT))
    site.browser.post(f"{AT}/sign", data=_signing(site))
    assert _decision(site).on == TODAY


def test_a_signed_decision_that_is_edited_by_hand_is_seen(office):
    """Two have signed; then somebody changes the file, or puts a day into a draft: neither is theirs."""
    site, people = office
    _whole(site)
    site.browser.post(f"{AT}/sign", data=_signing(site))
    draft = _path(site).read_text()
    people.name = "bertil"
    site.browser.post(f"{AT}/sign", data=_signing(site))
    signed = _path(site).read_text()
    assert "changed outside" not in site.text(AT)
    assert "changed outside" not in site.text("/t/turku/letters")
    _path(site).write_text(signed.replace("TKU-117", "TKU-118"))
    assert "changed outside" in site.text(AT)
    assert "changed outside" in site.text("/t/turku/letters")
    _path(site).write_text(signed)
    assert "changed outside" not in site.text(AT)
    _path(site).write_text(draft)
    site.send(EDIT, {"minute": "section 43"})
    _path(site).write_text(f"{_path(site).read_text()}\non: 2026-09-30\n")
    assert "changed outside" in site.text(AT)


def test_a_signature_of_another_text_does_not_count(office):
    """Between two signatures the decision changes: the first is of what no longer stands."""
    site, people = office
    _whole(site)
    site.browser.post(f"{AT}/sign", data=_signing(site))
    site.send(EDIT, {"minute": "section 43"})
    people.name = "bertil"
    assert "no longer counts" in site.text(AT)
    site.browser.post(f"{AT}/sign", data=_signing(site))
    assert _decision(site).on is None


def test_the_page_speaks_finnish_where_it_can(site):
    """The assessment's words are Finnish on the Finnish page."""
    _whole(site)
    assert '<html lang="fi">' in site.text(f"{AT}?lang=fi")
    assert site.get(f"{EDIT}?lang=fi").status_code == 200


def test_the_letters_of_a_signed_decision_are_no_drafts(site):
    """From signature to letter: what the browser wrote is what the letters are made from."""
    _whole(site, **{"contact-name": "Matti Malli"})
    site.browser.post(f"{AT}/sign", data=_signing(site))
    page = text_of(site.text("/t/turku/letters"))
    award = page.split(" Award ", 2)[-1].split("Decision on your offer")[0]
    assert "Ready to be read and sent" in award
    assert "Draft" not in award


def test_a_decision_on_paper_says_of_which_tender_it_is_and_has_a_place_to_sign(site):
    """Whoever prints the page has the city, the purchase and lines to sign, once nothing is lacking."""
    _path(site).write_text("reference: T-1\nstandstill_ends: 2026-11-04\n", encoding="utf-8")
    page = site.text(AT)
    assert "City of Turku · Contribution to climate action 2026" in page
    assert "4 November 2026" in page
    assert "print-only" not in page.partition("<main")[2]
    _path(site).unlink()
    _whole(site)
    whole = site.text(AT)
    assert re.search(r'class="sign-here print-only">.*Name.*Date.*Signature', whole)
