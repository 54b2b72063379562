"""What is missing, who looked for what, and what persons have signed."""

import re

from offsetcheck.api.case import open_rulebook, open_tender
from web.site import TODAY, text_of

AT = "/t/turku/evidence"


def case_of(site):
    return open_tender(site.folder / "turku", open_rulebook(), as_of=TODAY)


def test_what_is_open_is_what_a_request_would_ask(site):
    """Each offer has what would decide it, and a link to where it is answered."""
    page = site.text(AT)
    assert "/t/turku/answers/VCS4022/monitoring_years" in page


def test_a_search_is_noted_and_counts(site):
    """A search stands in screening.yaml, for the offers that were ticked; the rest stays."""
    path = site.folder / "turku" / "screening.yaml"
    before = path.read_text("utf-8")
    filled = {
        "sources": "registry notices\ncourt: records",
        "offers": ["VCS902"],
        "by": "A. Officer",
        "on": "2026-09-29",
    }
    assert site.send(AT, filled, form="sources").status_code == 200
    after = path.read_text("utf-8")
    assert after.startswith(before.rstrip("\n"))
    found = case_of(site).purchase.screenings[-1]
    assert (found.sources, found.offers) == (("registry notices", "court: records"), ("VCS902",))


def test_a_search_without_sources_or_on_a_day_to_come_is_none(site):
    """Both are told at their fields, and nothing is written."""
    path = site.folder / "turku" / "screening.yaml"
    before = path.read_bytes()
    answer = site.send(AT, {"sources": " ", "on": "2027-01-01"}, form="sources")
    assert answer.status_code == 422
    assert 'href="#sources"' in answer.text
    assert 'href="#on"' in answer.text
    assert path.read_bytes() == before


def test_a_judgement_is_signed_with_its_reason(site):
    """A judgement of a point that waits for a person stands in reviews.yaml and counts."""
    (site.folder / "turku" / "reviews.yaml").unlink()
    options = re.findall(r'<option value="([^" ]+ [a-z_.]+)"', site.text(AT))
    assert options
    offer, rule = options[0].split(" ")
    filled = {
        "rule_offer": options[0],
        "judgement": "clear",
        "reason": 'The papers show it: page "3".',
        "role": "adviser",
        "reviewer": "B. Expert",
    }
    answer = site.send(AT, filled, form="rule_offer")
    assert answer.status_code == 200, text_of(answer.text)[:600]
    review = case_of(site).purchase.reviews[0]
    assert (review.offer, review.rule, review.reason) == (offer, rule, filled["reason"])


def test_a_judgement_without_a_reason_is_none(site):
    """Name, role and reason are needed, each told at its field."""
    (site.folder / "turku" / "reviews.yaml").unlink()
    answer = site.send(AT, {"judgement": "clear", "reviewer": ""}, form="rule_offer")
    assert answer.status_code == 422
    for name in ("rule_offer", "reason", "role", "reviewer"):
        assert f'href="#{name}"' in answer.text


def test_a_note_is_taken_back_and_the_others_stay(site):
    """The first note goes, with its lines alone."""
    path = site.folder / "turku" / "screening.yaml"
    filled = {"sources": "one more", "by": "A. Officer", "on": "2026-09-29"}
    before = path.read_text("utf-8")
    site.send(AT, filled, form="sources")
    forms = [one for one in site.forms(AT) if one.action.endswith("take-back")]
    last = [one for one in forms if ("section", "screenings") in one.fields][-1]
    answer = site.browser.post(last.action, data=dict(last.fields))
    assert answer.status_code == 200
    assert path.read_text("utf-8").strip() == before.strip()


def test_a_note_that_is_not_there_cannot_be_taken_back(site):
    """A made-up number changes nothing."""
    path = site.folder / "turku" / "evidence.yaml"
    before = path.read_bytes()
    form = next(one for one in site.forms(AT) if one.action.endswith("take-back"))
    for index in ("99999", "-1", "x"):
        answer = site.browser.post(form.action, data={**dict(form.fields), "index": index})
        assert answer.status_code in {404, 422}
    assert path.read_bytes() == before


def test_a_broken_file_of_notes_is_left_alone(site):
    """Where a file is no YAML, nothing is written into it, and why is said."""
    path = site.folder / "turku" / "screening.yaml"
    path.write_text("screenings: [\n", "utf-8")
    filled = {"sources": "x", "by": "A", "on": "2026-09-29"}
    answer = site.send(AT, filled, form="sources")
    assert answer.status_code == 422
    assert path.read_text("utf-8") == "screenings: [\n"
