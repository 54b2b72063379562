"""Registry lists that are old, undated, of another day, or made by the seller."""

import csv

import pytest

from cheats.honest import FOREST, PURCHASE
from cheats.tender import confirmed, judge_folder, write_tender
from offsetcheck.vocabulary.evidence import EvidenceGrade

# The headings of a Verra export of the old layout.
HEADINGS = (
    "ID",
    "Name",
    "Proponent",
    "Project Type",
    "AFOLU Activities",
    "Methodology",
    "Status",
    "Country/Area",
    "Estimated Annual Emission Reductions",
    "Region",
    "Project Registration Date",
    "Crediting Period Start Date",
    "Crediting Period End Date",
)
OLD, NEW = "verra-2024-10-31.csv", "verra-2026-08-13.csv"


def row(status, **more):
    """Return the list's row of the honest forest with a status."""
    kept = dict.fromkeys(HEADINGS, "") | {
        "ID": "5990",
        "Name": FOREST["name"],
        "Proponent": FOREST["developer"],
        "Project Type": "Agriculture Forestry and Other Land Use",
        "AFOLU Activities": "ARR",
        "Methodology": "VM0047",
        "Status": status,
        "Country/Area": "Uruguay",
        "Crediting Period Start Date": "2021-05-01",
        "Crediting Period End Date": "2061-04-30",
    }
    return kept | more


@pytest.fixture
def listed(tmp_path):
    """Write a registry's list of some rows."""

    def listed(name, *rows):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADINGS)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return listed


def test_an_offers_file_with_a_registrys_headings(tmp_path, rulebook, listed):
    """A bid in the layout of a registry's export is the seller's word, and the run says so."""
    folder = write_tender(tmp_path / "tender", FOREST, evidence=[])
    listed("tender/offers.csv", row("Registered"))
    judged = judge_folder(folder, rulebook)
    assert judged.fact("registry_status").grade is EvidenceGrade.E4
    assert not judged.may_be_bought()
    assert "seller" in judged.told()


STATUSES = (
    *("Withdrawn", "On Hold", "Rejected by Administrator", "Revoked", "Deregistered", "Annulled"),
    *("Validation negative", "Voluntarily withdrawn", "Review requested", "Refused"),
)


@pytest.mark.parametrize("status", STATUSES)
def test_the_registry_knows_better_than_the_bid(sell, listed, status):
    """The bid says `registered`; the registry's list of last month does not."""
    offer = FOREST | {"registry_status": "registered"}
    judged = sell(offer, registries=[listed(NEW, row(status))])
    assert not judged.may_be_bought()


@pytest.mark.parametrize("day", ["2024-10-31", None], ids=["an older extract", "no day"])
@pytest.mark.parametrize("status", ["Struck off", "Registered (nullified)"])
def test_a_status_that_nobody_knows(sell, listed, status, day):
    """A word of the list that is not known is no silence: the paper's `registered` gives way."""
    seen = confirmed(FOREST, **({"as_of": day} if day else {}))
    judged = sell(FOREST, evidence=seen, registries=[listed(NEW, row(status))])
    assert judged.state("governance.registry_status") == "open"
    assert not judged.may_be_bought()
    assert status in judged.told()


@pytest.mark.parametrize("order", [1, -1])
def test_an_older_list_does_not_answer_for_an_unknown_word(sell, listed, order):
    """What the latest list says counts, in whatever order they are given, read or not."""
    lists = [listed(OLD, row("Registered")), listed(NEW, row("Struck off"))]
    judged = sell(FOREST | {"registry_status": ""}, registries=lists[::order])
    assert judged.state("governance.registry_status") == "open"


def test_a_later_list_answers_for_an_unknown_word(sell, listed):
    """A word that was not known counts no more where a later list says what is."""
    lists = [listed(OLD, row("Struck off")), listed(NEW, row("Registered"))]
    judged = sell(FOREST | {"registry_status": ""}, registries=lists)
    assert judged.state("governance.registry_status") == "clear"


@pytest.mark.parametrize("order", [1, -1], ids=["old first", "new first"])
def test_an_old_list_does_not_hide_a_later_withdrawal(sell, listed, order):
    """Of two lists the later one counts for the status, in whatever order they are given."""
    lists = [listed(OLD, row("Registered")), listed(NEW, row("Withdrawn"))]
    judged = sell(FOREST | {"registry_status": ""}, registries=lists[::order])
    assert not judged.may_be_bought()
    assert judged.state("governance.registry_status") == "fail"


def test_a_paper_older_than_the_list_does_not_hide_the_withdrawal(sell, listed):
    """An extract of 2024 that shows `registered` gives way to the list of August 2026."""
    seen = confirmed(FOREST, as_of="2024-10-31")
    judged = sell(FOREST, evidence=seen, registries=[listed(NEW, row("Withdrawn"))])
    assert not judged.may_be_bought()


def test_a_day_before_the_list(sell, listed):
    """A day set before the list's leaves the status open: it was not known yet."""
    offer = FOREST | {"registry_status": "", "vintage": "2021"}
    judged = sell(offer, registries=[listed(NEW, row("Registered"))], day="2026-07-01")
    assert judged.state("governance.registry_status") == "open"
    assert not judged.may_be_bought()


def test_a_list_of_later_does_not_condemn_an_earlier_day(sell, listed):
    """The withdrawal of 2026 is not known on a day of 2025: open, not failed."""
    offer = FOREST | {"registry_status": ""}
    judged = sell(offer, registries=[listed(NEW, row("Withdrawn"))], day="2025-06-15")
    assert judged.state("governance.registry_status") == "open"


def test_a_list_without_a_day(sell, listed):
    """A list whose name bears no day is asked for one."""
    judged = sell(FOREST, registries=[listed("verra.csv", row("Registered"))])
    assert "verra.csv: the list states no day" in judged.told()


def test_a_list_without_a_day_that_the_officer_names(tmp_path, rulebook, listed):
    """A list named in purchase.yaml is asked for its day like one named in the command."""
    purchase = PURCHASE | {"registry": ["verra.csv"]}
    folder = write_tender(tmp_path / "tender", FOREST, purchase=purchase)
    listed("tender/verra.csv", row("Registered"))
    assert "verra.csv: the list states no day" in judge_folder(folder, rulebook).told()


def test_two_records_of_one_day_that_differ(sell, listed):
    """Two lists of one day that differ on the status settle nothing in the seller's favour."""
    lists = [
        listed("verra-a-2026-08-13.csv", row("Registered")),
        listed("verra-b-2026-08-13.csv", row("Withdrawn")),
    ]
    judged = sell(FOREST | {"registry_status": ""}, registries=lists)
    assert not judged.may_be_bought()


def test_a_list_of_the_sellers_in_the_folder(tmp_path, rulebook, listed):
    """A list that a seller puts into the folder and no officer names is not read as a record."""
    folder = write_tender(tmp_path / "tender", FOREST, evidence=[])
    listed(f"tender/{NEW}", row("Registered"))
    judged = judge_folder(folder, rulebook)
    assert judged.fact("registry_status").grade is EvidenceGrade.E4


def test_a_list_that_the_officer_names(tmp_path, rulebook, listed):
    """The same list named by the officer in purchase.yaml is a record, and rules the offer out."""
    purchase = PURCHASE | {"registry": [NEW]}
    folder = write_tender(tmp_path / "tender", FOREST, evidence=[], purchase=purchase)
    listed(f"tender/{NEW}", row("Withdrawn"))
    judged = judge_folder(folder, rulebook)
    assert judged.state("governance.registry_status") == "fail"


def test_a_list_judged_alone_says_what_it_counts_as(rulebook, listed):
    """A list judged by itself counts as the registry's, and the run says so."""
    judged = judge_folder(listed(NEW, row("Registered")), rulebook, city="turku")
    [reading] = judged.case.readings
    assert (reading.layout, reading.grade) == ("verra_old", EvidenceGrade.E1)


def test_a_list_given_as_a_bid_with_good_answers(rulebook, tmp_path):
    """A bid sheet judged alone is no record, although nobody wrote a tender around it."""
    path = tmp_path / NEW
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(FOREST))
        writer.writeheader()
        writer.writerow(FOREST)
    judged = judge_folder(path, rulebook, city="turku")
    assert not judged.may_be_bought()
