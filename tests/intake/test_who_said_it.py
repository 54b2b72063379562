"""Whose word a fact is: papers confirm values, officers name records, notes have their day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.intake.tender.read import Tender, read_tender
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade
from offsetcheck.vocabulary.problem import Severity

E1, E2, E4 = EvidenceGrade.E1, EvidenceGrade.E2, EvidenceGrade.E4
DAY = date(2026, 9, 30)
OFFERS = "id,name,programme,vintage,tonnes,seller,serials,monitoring_years\n"
OFFER = "VCS9001,Forest,VCS,2023,1500,Acme,A-1,40\n"
SECOND = "VCS9001,Forest,VCS,2023,900,Bolt,B-1,40\n"
LOT = "VCS9001,Forest,VCS,2024,900,Acme,A-2,40\n"
PURCHASE = "city: turku\nstage: final\nclaim: contribution\nyear: 2026\n"
VERRA = (
    "ID,Name,Proponent,Project Type,AFOLU Activities,Methodology,Status,Country/Area,"
    "Estimated Annual Emission Reductions,Region,Project Registration Date,"
    "Crediting Period Start Date,Crediting Period End Date\n"
    "9001,Forest,P,Agriculture Forestry and Other Land Use,ARR,VM0047,Registered,Kenya,"
    "1000,Africa,2020-01-01,2020-01-01,2050-01-01\n"
)

Open = Callable[..., Tender]


@pytest.fixture
def tender(tmp_path: Path, own_dictionary) -> Open:
    """Write a tender with some offers and notes, and read it for a day."""

    def write_and_read(offers: str = OFFER, *, more: dict[str, str] | None = None, **terms):
        folder = tmp_path / "tender"
        folder.mkdir(exist_ok=True)
        files = {"purchase.yaml": PURCHASE, "offers.csv": OFFERS + offers, **(more or {})}
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
        return read_tender(folder, own_dictionary, **{"until": DAY, **terms})

    return write_and_read


def confirmed(values: str, *, offer: str = "VCS9001", more: str = "", on: str = "2026-09-20"):
    """Return a file of evidence with one entry."""
    entry = (
        f"{{offer: '{offer}', {values}, document: d, kind: registry_record, by: A, on: {on}{more}}}"
    )
    return {"evidence.yaml": f"confirmed:\n  - {entry}\n"}


def grades(read: Tender, field: str) -> dict[str, EvidenceGrade]:
    return {c.id: c.fact(field).grade for c in read.table.candidates()}


def said(read: Tender) -> list[str]:
    return [problem.message for problem in read.problems]


def test_a_paper_confirms_the_value_that_it_shows(tender: Open) -> None:
    """Where the offer says that value, it takes the grade of the paper."""
    read = tender(more=confirmed("values: {tonnes: 1500, seller: Acme}"))
    assert said(read) == []
    assert grades(read, "tonnes") == {"VCS9001": E1}


def test_a_confirmation_lapses_where_the_offer_says_otherwise(tender: Open) -> None:
    """The bid is changed afterwards: the field is the seller's word again, both values are told."""
    read = tender(
        OFFER.replace("1500", "900000"), more=confirmed("values: {tonnes: 1500, vintage: 2023}")
    )
    assert grades(read, "tonnes") == {"VCS9001": E4}
    assert grades(read, "vintage") == {"VCS9001": E1}
    (told,) = said(read)
    assert told.startswith("VCS9001 says 900000 for tonnes, the paper shows 1500: ")
    assert told.endswith("lapses and the field stays the seller's own word (E4)")
    assert read.problems[0].place.line == 2


def test_an_entry_without_a_value_confirms_nothing(tender: Open) -> None:
    """How entries were once written says nothing about what the paper shows."""
    read = tender(more=confirmed("fields: [tonnes]"))
    assert grades(read, "tonnes") == {"VCS9001": E4}
    assert "states no value" in said(read)[0]
    assert "evidence state" in str(read.problems[0].hint)


def test_a_confirmation_of_another_sellers_lot_lapses(tender: Open) -> None:
    """An entry that names its seller counts for that seller's offer alone."""
    more = ", seller: Bolt"
    read = tender(more=confirmed("values: {tonnes: 1500}", more=more))
    assert grades(read, "tonnes") == {"VCS9001": E4}
    assert "says Acme for seller, the entry Bolt" in said(read)[0]


def test_the_id_of_a_project_that_two_sell_confirms_neither(tender: Open) -> None:
    """Both rows are named, and what to state."""
    read = tender(OFFER + SECOND, more=confirmed("values: {monitoring_years: 40}"))
    assert set(grades(read, "monitoring_years").values()) == {E4}
    assert "VCS9001#1 (line 2) and VCS9001#2 (line 3)" in said(read)[-1]


def test_seller_or_serials_tell_which_lot_is_confirmed(tender: Open) -> None:
    """The same paper, with its seller, confirms that seller's lot."""
    values = "values: {monitoring_years: 40}"
    read = tender(OFFER + SECOND, more=confirmed(values, more=", seller: Bolt"))
    assert grades(read, "monitoring_years") == {"VCS9001#1": E4, "VCS9001#2": E1}
    read = tender(OFFER + LOT, more=confirmed(values, more=", serials: A-1"))
    assert grades(read, "monitoring_years") == {"VCS9001": E1, "VCS9001#2": E4}
    read = tender(OFFER + LOT, more=confirmed(values, offer="VCS9001#2"))
    assert set(grades(read, "monitoring_years").values()) == {E4}
    assert "state its `seller` or `serials`" in str(read.problems[-1].hint)


def test_other_notes_on_a_project_that_two_sell_count_for_neither(tender: Open) -> None:
    """Finds, screenings and reviews that name the project alone are told, each at its place."""
    find = "found:\n  - {offer: VCS9001, field: retired, value: 5, kind: registry_record, source: s, by: A, on: 2026-09-20}\n"
    screening = "screenings:\n  - {by: A, on: 2026-09-20, sources: [news], offers: [VCS9001]}\n"
    review = "reviews:\n  - {offer: VCS9001, rule: r, judgement: clear, reason: x, by: A, role: c, on: 2026-09-20}\n"
    notes = {"evidence.yaml": find, "screening.yaml": screening, "reviews.yaml": review}
    read = tender(OFFER + SECOND, more=notes)
    told = {p.place.file for p in read.problems if "counts for none of them" in p.message}
    assert told == set(notes)
    assert "retired" not in read.table.columns
    assert (read.purchase.screenings, read.purchase.reviews) == ((), ())
    named = {name: text.replace("VCS9001", "'VCS9001#2'") for name, text in notes.items()}
    read = tender(OFFER + SECOND, more=named)
    assert grades(read, "retired")["VCS9001#2"] is E1
    assert read.purchase.reviews[0].offer == "VCS9001#2"


@pytest.mark.parametrize("name", ["vcs-9001", "VCS 9001", "V\u0421S9001"])
def test_notes_name_an_offer_in_any_spelling(tender: Open, name: str) -> None:
    """An id is read in notes as in bids."""
    read = tender(more=confirmed("values: {tonnes: 1500}", offer=name))
    assert grades(read, "tonnes") == {"VCS9001": E1}


def test_an_offers_file_in_a_registrys_form_is_the_sellers_word(tender: Open) -> None:
    """Headings of a registry's list make no record of what a seller hands in, and the run says so."""
    read = tender(more={"offers.csv": VERRA})
    weak = {g for c in read.table.candidates() for f in c.facts.values() if (g := f.grade)}
    assert weak == {E4}
    assert [p.severity for p in read.problems if "seller's word (E4)" in p.message] == [
        Severity.WARNING
    ]


def test_a_list_that_the_officer_names_is_a_record(tender: Open) -> None:
    """It is read, hashed with the tender, and its facts are those of a registry."""
    listed = {"purchase.yaml": PURCHASE + "registry: [verra-2026-08-14.csv]\n"}
    read = tender(more={**listed, "verra-2026-08-14.csv": VERRA})
    assert said(read) == []
    assert [table.columns["name"].grade(0) for table in read.registries] == [E1]
    assert "verra-2026-08-14.csv" in [name for name, _ in read.files]
    other = tender(more={**listed, "verra-2026-08-14.csv": VERRA.replace("Kenya", "Ghana")})
    assert other.input_hash != read.input_hash


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("../verra.csv", "no file of the folder"),
        ("/etc/passwd", "no file of the folder"),
        ("offers.csv", "is no record"),
        ("missing.csv", "there is no file"),
        ("linked.csv", "is a link"),
        ("sheet.csv", "is a bid sheet"),
        ("[a, b]", "name of a file is needed"),
    ],
)
def test_what_is_no_record_is_refused_at_its_place(
    tender: Open, tmp_path: Path, entry: str, message: str
) -> None:
    """No way out of the folder, no link, no offers and no bid sheet; the rest goes on."""
    folder = tmp_path / "tender"
    folder.mkdir()
    (tmp_path / "verra.csv").write_text(VERRA, "utf-8")
    (folder / "linked.csv").symlink_to(tmp_path / "verra.csv")
    listed = {"purchase.yaml": f"{PURCHASE}registry:\n  - {entry}\n", "sheet.csv": OFFERS + OFFER}
    read = tender(more=listed)
    assert read.registries == ()
    assert any(message in text for text in said(read))
    assert any((p.place.file, p.place.line) == ("purchase.yaml", 6) for p in read.problems)


NOTES = {
    **confirmed("values: {tonnes: 1500}", on="{on}"),
    "screening.yaml": "screenings:\n  - {by: A, on: {on}, sources: [news]}\n",
    "reviews.yaml": "reviews:\n  - {offer: VCS9001, rule: r, judgement: clear, reason: x, by: A, role: c, on: {on}}\n",
}


@pytest.mark.parametrize(
    ("on", "counts", "message"),
    [
        ("2026-10-01", False, "after the day of judgement"),
        ("2026-09-30", True, ""),
        ("2026-09-10", True, ""),
        ("2026-09-09", False, "before the offers were received"),
    ],
)
def test_a_note_counts_from_the_offers_to_the_day_of_judgement(
    tender: Open, on: str, counts: bool, message: str
) -> None:
    """Nobody confirms, searches or judges an offer before it is there or after the day."""
    notes = {name: text.replace("{on}", on) for name, text in NOTES.items()}
    read = tender(more={**notes, "purchase.yaml": PURCHASE + "offers_received_on: 2026-09-10\n"})
    assert (grades(read, "tonnes")["VCS9001"] is E1) is counts
    assert bool(read.purchase.screenings) is counts
    assert bool(read.purchase.reviews) is counts
    assert sum(message in text for text in said(read)) == (0 if counts else 3)


def test_what_is_known_today_counts_where_that_is_asked(tender: Open) -> None:
    """Without a last day, a later note counts as later facts do."""
    notes = {name: text.replace("{on}", "2026-10-01") for name, text in NOTES.items()}
    read = tender(more=notes, until=None)
    assert grades(read, "tonnes") == {"VCS9001": E1}


def test_a_review_counts_only_of_a_rule_that_asks_for_one(tender: Open) -> None:
    """A rule that is decided by its own condition, or that does not exist, is judged by nobody."""
    rules = {"a.asks": True, "a.decides": False}
    entry = "  - {{offer: VCS9001, rule: {}, judgement: clear, reason: x, by: A, role: c, on: 2026-09-20}}\n"
    text = "reviews:\n" + "".join(map(entry.format, ("a.asks", "a.decides", "a.aks")))
    read = tender(more={"reviews.yaml": text}, reviewable=rules)
    assert [review.rule for review in read.purchase.reviews] == ["a.asks"]
    assert [message.partition(":")[0] for message in said(read)] == [
        "`a.decides` is decided by its own condition", "there is no rule `a.aks`",
    ]  # fmt: skip
    assert "did you mean `a.asks`?" in str(read.problems[1])


def test_a_screening_of_all_covers_no_offer_of_unknown_id(tender: Open) -> None:
    """An offer whose project cannot be told has to be named by whoever looked for it."""
    strange = "Kariba,Forest,VCS,2023,900,Bolt,B-1,40\n"
    screening = "screenings:\n  - {by: A, on: 2026-09-20, sources: [news]%s}\n"
    read = tender(OFFER + strange, more={"screening.yaml": screening % ""})
    assert read.table.fact("id", 1).cause is Cause.ID_NOT_RECOGNISED
    assert read.purchase.screenings[0].covers("VCS9001", recognised=True)
    assert not read.purchase.screenings[0].covers("Kariba", recognised=False)
    assert any("is not of Kariba" in message for message in said(read))
    named = screening % ", offers: [Kariba]"
    read = tender(OFFER + strange, more={"screening.yaml": named})
    assert read.purchase.screenings[0].covers("Kariba", recognised=False)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("offers.json", '[{"id": "VCS9001", "tonnes": 5, "tonnes": 900}]'),
        ("offers.json", '{"offers": [{"id": "VCS9001", "tonnes": 5, "tonnes": 900}]}'),
        ("offers.json", '[{"id": "VCS9001", "tonnes": {"value": 5, "value": 900}}]'),
        ("offers.jsonl", '{"id": "VCS9001", "tonnes": 5, "tonnes": 900}\n'),
    ],
)
def test_a_key_that_stands_twice_in_json_states_nothing(read, name: str, text: str) -> None:
    """Neither of the two counts, which is told at the offer."""
    offers = read(text, name)
    assert offers.fact("tonnes", 0).value is None
    assert [p.message for p in offers.problems] == [
        "the key `tonnes` stands twice in one offer: it counts as not stated"
    ]
    assert offers.problems[0].place.line == 1
