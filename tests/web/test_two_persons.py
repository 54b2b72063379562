"""A judgement by which an offer passes or is barred takes two persons where several work."""

import re
from dataclasses import replace

from offsetcheck.api.case import open_rulebook, open_tender
from offsetcheck.web.visit import Person
from web.site import TODAY, text_of

AT = "/t/turku/evidence"


class Named:
    """Whoever is named signs in."""

    def __init__(self):
        self.name = "anna"

    def person(self, headers):
        del headers
        return Person(self.name)


def test_a_judgement_waits_for_a_second_person(site):
    """What one person has signed counts only once another has signed the very same."""
    (site.folder / "turku" / "reviews.yaml").unlink()
    people = Named()
    site.door.workplace = replace(site.door.workplace, many=True)
    site.door.people = people
    for name in ("anna", "bert"):
        people.name = name
        site.send("/t/turku/interest", {"kind": "none"}, form="kind")
    people.name = "anna"
    options = re.findall(r'<option value="([^" ]+ [a-z_.]+)"', site.text(AT))
    chosen = options[0]
    filled = {"rule_offer": chosen, "judgement": "clear", "reason": "Seen.", "role": "adviser"}
    signed = site.send(AT, filled, form="rule_offer")
    assert "when a second person signs" in text_of(signed.text)
    assert not (site.folder / "turku" / "reviews.yaml").exists()
    assert not any(form.action.endswith("/second") for form in site.forms(AT))
    people.name = "bert"
    assert site.send(AT, at=f"{AT}/second").status_code == 200
    review = open_tender(site.folder / "turku", open_rulebook(), as_of=TODAY).purchase.reviews[0]
    assert (review.by, review.reason) == ("anna; bert", "Seen.")
