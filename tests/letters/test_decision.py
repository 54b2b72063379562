"""`decision.yaml`: read as a person wrote it, or refused with every problem at its place."""

from datetime import date

import pytest

from offsetcheck.intake.tender.decision import read_decision
from offsetcheck.vocabulary.problem import InputError

OFFERS = ("VCS1", "VCS2")
SELLERS = ("Alfa Oy", "Beta: trading")
WHOLE = """
reference: 117
by: M. Esimerkki
role: Manager
on: 2026-10-20
minute: § 41
standstill_ends: 2026-11-04
contact: {name: Matti, email: a@b.example, phone: 0441234, hours: 9-15}
awarded:
  - {offer: VCS1, tonnes: 1000.5, price: 12}
reserve: [VCS2]
bidders:
  Alfa Oy: {address: "Street 1\\nTown", email: x@y.example, language: fi, reference: 00012}
  "Beta: trading": {address: [Road 2, Town]}
reasons: {VCS2: Not needed.}
report: {conflicts: None.}
"""


def read(tmp_path, text):
    (tmp_path / "decision.yaml").write_text(text, encoding="utf-8")
    return read_decision(tmp_path, OFFERS, SELLERS)[0]


def test_a_whole_decision_is_read_as_written(tmp_path):
    """Each key arrives, numbers that name something as the text that stands there."""
    said = read(tmp_path, WHOLE)
    assert (said.reference, said.on, said.standstill_ends) == (
        "117", date(2026, 10, 20), date(2026, 11, 4),
    )  # fmt: skip
    assert said.award_of("VCS1").tonnes == 1000.5
    assert said.award_of("VCS1").place.line == 10
    assert said.award_of("VCS2") is None
    assert said.contact.phone == "0441234"
    assert said.bidders["Alfa Oy"].address == ("Street 1", "Town")
    assert said.bidders["Alfa Oy"].reference == "00012"
    assert said.bidders["Beta: trading"].address == ("Road 2", "Town")
    assert said.missing == ()


def test_a_draft_with_empty_keys_says_what_it_lacks(tmp_path):
    """Keys without values, as a draft has them, are read, and what is missing is named."""
    said = read(
        tmp_path, "reference:\nby:\non:\ncontact:\nawarded:\nreserve:\nbidders:\nreasons:\n"
    )
    assert said.missing == ("reference", "by", "on")
    assert said.awarded == ()


def test_no_file_is_no_decision(tmp_path):
    """A tender without the file has no decision."""
    assert read_decision(tmp_path, OFFERS, SELLERS)[0] is None


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("awarded: [{offer: VCS3}]", 1, "no offer has the id `VCS3`", "VCS"),
        ("awarded:\n  - {offer: VCS1}\nreserve: [VCS1]", 3, "a second time", "keep one"),
        ("awarded: [{offer: VCS1, tonnes: -5}]", 1, "above 0", None),
        ("awarded: [{offer: VCS1, tonnes: lots}]", 1, "", None),
        ("awarded: [{offer: VCS1, tons: 5}]", 1, "`tons`", "tonnes"),
        ("awarded: VCS1", 1, "a list is needed", None),
        ("award: []", 1, "`award`", None),
        ("on: soon", 1, "", None),
        ("on: 2026-10-20\nstandstill_ends: 2026-10-20", 2, "after the decision", None),
        ("bidders:\n  Alfa: {email: a}", 2, "no offer has the seller `Alfa`", "Alfa Oy"),
        ("reasons: {VCS9: x}", 1, "`VCS9`", "VCS"),
        ("report: {conflict: x}", 1, "`conflict`", "conflicts"),
        ("contact: me", 1, "a mapping is needed", None),
        ("a: [", 1, "", None),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path, text, line, message, hint):
    """A mistake stops the letters, with its line, and what was meant where that is near."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    problem = caught.value.problems[0]
    assert problem.place.file == "decision.yaml"
    assert problem.place.line in (line, line + 1)
    assert message in problem.message
    assert hint is None or hint in problem.hint


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    """A decision that is a link to a file elsewhere is refused."""
    (tmp_path / "tender").mkdir()
    (tmp_path / "other.yaml").write_text("by: x\n", encoding="utf-8")
    (tmp_path / "tender" / "decision.yaml").symlink_to(tmp_path / "other.yaml")
    with pytest.raises(InputError, match="link out of the folder"):
        read_decision(tmp_path / "tender", OFFERS, SELLERS)
