"""One paper that shows many answers: ticked, tried and noted in one entry, as a city's file has them."""

import yaml

from web.site import site_of, text_of

BY_PAPER = "/t/turku/by-paper/VCS4022"
PAPER = {
    "document": "Verification report 2025", "kind": "verification_report", "page": "7", "by": "A. B.",
}  # fmt: skip


def _site(tmp_path, pool):
    return site_of(tmp_path, pool, "turku")


def _notes(site):
    return yaml.safe_load((site.folder / "turku" / "evidence.yaml").read_text())["confirmed"]


def test_all_that_is_ticked_is_confirmed_in_one_entry(tmp_path, pool):
    """The values are those that the offer says, the entry is one, and the old ones stay."""
    site = _site(tmp_path, pool)
    before = _notes(site)
    ticked = ["tonnes", "vintage", "delivery"]
    answer = site.send(BY_PAPER, PAPER | {"fields": ticked}, form="document")
    assert "Noted. The verdict was" in text_of(answer.text)
    *old, new = _notes(site)
    assert old == before
    assert new["offer"] == "VCS4022"
    assert set(new["values"]) == set(ticked)
    assert new["values"]["tonnes"] == 600
    assert new["document"] == PAPER["document"]
    assert str(new["page"]) == "7"


def test_looking_writes_nothing_and_keeps_what_was_ticked(tmp_path, pool):
    """What it would do stands beside what is now, and the ticks are still there."""
    site = _site(tmp_path, pool)
    before = _notes(site)
    (form,) = [one for one in site.forms(BY_PAPER) if "document" in one.names]
    sent = dict(form.fields) | PAPER | {"fields": ["tonnes"]}
    page = site.browser.post(f"{BY_PAPER}/look", data=sent).text
    assert "With this note" in text_of(page)
    assert 'value="tonnes" checked' in page
    assert page.count("checked") == 1
    assert _notes(site) == before


def test_what_is_missing_is_said_at_its_field(tmp_path, pool):
    """Without a tick, a paper, its kind or a name nothing is written, and each is named."""
    site = _site(tmp_path, pool)
    answer = site.send(BY_PAPER, {"by": ""}, form="document")
    assert answer.status_code == 422
    for said in (
        "Tick at least one answer",
        "Choose the paper",
        "Choose the kind",
        "Write your name",
    ):
        assert said in answer.text


def test_fields_that_the_offer_does_not_say_cannot_be_confirmed(tmp_path, pool):
    """A name that somebody put into the form is passed over; alone it is no tick."""
    site = _site(tmp_path, pool)
    answer = site.send(BY_PAPER, PAPER | {"fields": ["no_such_field", "<b>"]}, form="document")
    assert answer.status_code == 422
    assert "Tick at least one answer" in answer.text


def test_an_offer_that_is_not_there_is_refused(tmp_path, pool):
    """An id of no offer is a page in words."""
    assert _site(tmp_path, pool).get("/t/turku/by-paper/nothing").status_code == 404
