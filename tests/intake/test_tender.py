"""A tender folder: the documented example, and what is wrong with files by hand."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.intake.tender.read import Tender, read_tender
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade
from offsetcheck.vocabulary.problem import InputError, Severity
from offsetcheck.vocabulary.purchase import Stage

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tender.md"
BLOCK = re.compile(r"^```(?:yaml|csv) (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLE = dict(BLOCK.findall(PAGE.read_text("utf-8")))

Open = Callable[..., Tender]


@pytest.fixture
def tender(tmp_path, dictionary) -> Open:
    """Write the documented example, some of its files replaced or left out, and read it."""

    def write_and_read(**changes: str | None) -> Tender:
        folder = tmp_path / "tender"
        folder.mkdir()
        files = EXAMPLE | {name.replace("__", "."): text for name, text in changes.items()}
        for name, text in files.items():
            if text is not None:
                (folder / name).write_text(text, "utf-8")
        return read_tender(folder, dictionary)

    return write_and_read


def fact(tender: Tender, identity: str, field: str):
    return next(c for c in tender.table.candidates() if c.id == identity).fact(field)


def said(tender: Tender) -> list[str]:
    return [str(problem).splitlines()[0] for problem in tender.problems]


def test_the_documented_example_reads_without_a_problem(tender: Open) -> None:
    """Each file that docs/tender.md shows is read as that page says."""
    read = tender()
    assert said(read) == []
    assert read.city == "turku"
    assert read.purchase.stage is Stage.CLARIFICATION
    assert read.purchase.deadline == date(2026, 10, 31)
    assert read.purchase.value("tonnes") == 2000
    assert read.purchase.fact("baseline_tonnes").document == "city-inventory-2024.pdf"
    assert read.purchase.fact("claim").grade is EvidenceGrade.E1
    assert [name for name, _ in read.files] == [
        "purchase.yaml", "offers.csv", "evidence.yaml", "screening.yaml", "reviews.yaml",
    ]  # fmt: skip
    assert len(read.input_hash) == 64


def test_a_confirmed_answer_takes_the_grade_of_its_paper(tender: Open) -> None:
    """A verifier's report makes a seller's answer E2; an answer nobody confirmed stays E4."""
    read = tender()
    confirmed = fact(read, "VCS9001", "monitoring_years")
    assert (confirmed.value, confirmed.grade, confirmed.page) == (40, EvidenceGrade.E2, "12")
    assert confirmed.as_of == date(2025, 3, 1)
    assert "A. Officer" in str(confirmed.source)
    assert fact(read, "VCS9001", "tonnes").grade is EvidenceGrade.E4


def test_an_unconfirmed_paper_stays_the_sellers_word(tender: Open) -> None:
    """A bid sheet's own column of papers names the paper and raises nothing."""
    read = tender(evidence__yaml=None)
    named = fact(read, "VCS9001", "monitoring_years")
    assert (named.document, named.page, named.grade) == (
        "risk-report-2025.pdf",
        "12",
        EvidenceGrade.E4,
    )


def test_a_found_value_counts_beside_the_answer(tender: Open) -> None:
    """The better grade counts and the seller's differing value is kept."""
    read = tender(
        offers__csv="id,programme,retired\nVCS9001,VCS,1\nGS9002,GS,5\n", reviews__yaml=None,
        evidence__yaml="found:" + EXAMPLE["evidence.yaml"].partition("found:")[2],
    )  # fmt: skip
    found = fact(read, "GS9002", "retired")
    assert (found.value, found.grade) == (193202, EvidenceGrade.E1)
    assert [other.value for other in found.others] == [5]


FOUND = """found:
  - {{offer: VCS9001, field: tonnes, value: {value}, grade: E4, source: a letter, by: A, on: 2026-09-20}}
"""


def test_values_of_one_grade_that_differ_make_a_field_unknown(tender: Open) -> None:
    """Neither of two equal sources is preferred; both stay in sight."""
    read = tender(evidence__yaml=FOUND.format(value=900))
    fought = fact(read, "VCS9001", "tonnes")
    assert (fought.value, fought.cause) == (None, Cause.SOURCES_CONTRADICT)
    assert {other.value for other in fought.others} == {900, 1500}


def test_values_that_agree_contradict_nothing(tender: Open) -> None:
    """The same value twice is that value."""
    read = tender(evidence__yaml=FOUND.format(value=1500))
    assert fact(read, "VCS9001", "tonnes").value == 1500


def test_screenings_and_reviews_are_read(tender: Open) -> None:
    """A screening covers the offers it names; a review keeps who judged what and why."""
    read = tender()
    assert read.purchase.screenings[0].covers("VCS9001", recognised=True)
    assert not read.purchase.screenings[0].covers("GS9002", recognised=True)
    assert read.purchase.reviews[0].judgement == "clear"
    assert read.purchase.reviews[0].role == "climate adviser"


def test_every_mistake_of_a_purchase_is_reported_at_its_place(tender: Open) -> None:
    """Unknown keys, wrong types and two keys of one name are told at once, with line and column."""
    read = tender(
        purchase__yaml=(
            "city: turku\nclaims: offset\nstage: finale\ntonnes: many\nyear: 1066\n"
            "tonnes: 5\nbudget: [1, 2]\nresidual_share: 0.2\nbaseline_tonnes: {valu: 3}\n"
        )
    )
    assert said(read) == [
        "purchase.yaml:2:1: a purchase has no field `claims`",
        "purchase.yaml:3:8: “finale” is not a known word of stage",
        "purchase.yaml:4:9: “many” is not a number",
        "purchase.yaml:5:7: “1066” is outside the range of year, 1990 to 2100",
        "purchase.yaml:6:1: `tonnes` stands here twice",
        "purchase.yaml:7:9: `budget` takes one value, not several",
        "purchase.yaml:8:1: a purchase has no field `residual_share`",
        "purchase.yaml:9:18: the key `value` is missing",
        "purchase.yaml:9:19: `valu` is not a key that can stand here",
    ]
    assert "did you mean `claim`?" in str(read.problems[0])
    assert read.purchase.stage is Stage.SCREENING
    assert read.purchase.value("tonnes") is None


def test_every_mistake_of_the_notes_is_reported_at_its_place(tender: Open) -> None:
    """An entry with a problem changes nothing; the others count."""
    read = tender(
        evidence__yaml=(
            "confirmed:\n"
            "  - {offer: VCS9, values: {tonnes: 5}, document: d, kind: warranty, by: A, on: 2026-09-20}\n"
            "  - {offer: VCS9001, values: {tons: 5, vintage_age: 1, state_aid: no}, document: d, kind: warranty, by: A, on: 2026-09-20}\n"
            "  - {offer: VCS9001, values: {price: 24.5}, document: d, kind: risk_reprt, by: A, on: 2026-09-20}\n"
            "  - {offer: VCS9001, values: {price: 24.5}, document: d, kind: risk_report, by: A}\n"
            "  - {offer: VCS9001, values: {price: 24.5}, document: d, kind: risk_report, by: A, on: soon}\n"
            "  - a sentence\n"
            "  - {offer: VCS9001, values: {tonnes: 1500}, document: d, kind: risk_report, by: A, on: 2026-09-20, weight: 3}\n"
            "  - {offer: VCS9001, values: {price: many}, document: d, kind: risk_report, by: A, on: 2026-09-20}\n"
            "rumours: []\n"
        ),
        screening__yaml="screenings:\n  - {by: A, on: 2026-09-15, sources: []}\n  - {by: A, on: 2026-09-15, sources: [news], offers: [GS1]}\n",
        reviews__yaml="reviews:\n  - {offer: VCS9001, rule: r, judgement: maybe, reason: x, by: A, role: c, on: 2026-09-15}\n",
    )
    assert said(read) == [
        "evidence.yaml:2:13: there is no offer `VCS9`",
        "evidence.yaml:3:37: there is no field `tons`",
        "evidence.yaml:3:53: `vintage_age` is worked out from other fields and cannot be stated",
        "evidence.yaml:3:67: VCS9001 states no state_aid that could be confirmed",
        "evidence.yaml:4:64: there is no kind of document `risk_reprt`",
        "evidence.yaml:5:5: the key `on` is missing",
        "evidence.yaml:6:88: “soon” is not a date",
        "evidence.yaml:7:5: a mapping is needed here",
        "evidence.yaml:8:101: `weight` is not a key that can stand here",
        "evidence.yaml:9:38: “many” is not a number",
        "evidence.yaml:10:1: `rumours` is not a key that can stand here",
        "screening.yaml:2:38: a list with at least one text is needed here",
        "screening.yaml:3:54: there is no offer `GS1`",
        "reviews.yaml:2:42: `maybe` cannot stand here",
    ]
    assert fact(read, "VCS9001", "price").grade is EvidenceGrade.E4
    assert fact(read, "VCS9001", "tonnes").grade is EvidenceGrade.E2
    assert read.purchase.screenings == ()
    assert read.purchase.reviews == ()


def test_a_second_judgement_of_one_point_is_refused(tender: Open) -> None:
    """Of two judgements of one rule on one offer the first stands, and the second is reported."""
    entry = "  - {{offer: VCS9001, rule: r, judgement: {}, reason: x, by: A, role: c, on: 2026-09-15}}\n"
    read = tender(reviews__yaml="reviews:\n" + entry.format("fail") + entry.format("clear"))
    assert [review.judgement for review in read.purchase.reviews] == ["fail"]
    assert len(read.problems) == 1


def test_the_grade_of_a_find_is_no_better_than_its_paper(tender: Open) -> None:
    """An officer cannot write E1 over a warranty."""
    read = tender(
        evidence__yaml="found:\n  - {offer: VCS9001, field: irr_without, value: 4, grade: E1, kind: warranty, source: s, by: A, on: 2026-09-20}\n"
    )
    assert fact(read, "VCS9001", "irr_without").grade is EvidenceGrade.E4


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"purchase__yaml": None}, "there is no such file"),
        ({"offers__csv": None}, "the folder holds no list of offers"),
        ({"offers__json": "[]"}, "several lists of offers"),
        ({"purchase__yaml": "- a\n- list\n"}, "no mapping of fields"),
        ({"purchase__yaml": "a: b: c\n"}, "not YAML"),
        ({"offers__csv": "colour,shape\nred,round\n"}, "no list of projects"),
    ],
)
def test_a_folder_that_is_no_tender_is_refused(tender: Open, changes, message: str) -> None:
    """What ends the reading says what was expected."""
    with pytest.raises(InputError) as refused:
        tender(**changes)
    assert message in str(refused.value)


def test_problems_of_the_purchase_and_of_the_offers_come_together(tender: Open) -> None:
    """A list that cannot be read does not hide what is wrong with the purchase."""
    with pytest.raises(InputError) as refused:
        tender(
            purchase__yaml="city: turku\nclaims: offset\n", offers__csv="colour,shape\nred,round\n"
        )
    assert len(refused.value.problems) == 2


def test_no_file_outside_the_folder_is_read(tmp_path, dictionary) -> None:
    """A link that leads out of the folder is refused, whatever it points to."""
    folder = tmp_path / "tender"
    folder.mkdir()
    (tmp_path / "secret.yaml").write_text("city: turku\n", "utf-8")
    (folder / "purchase.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "offers.csv").write_text(EXAMPLE["offers.csv"], "utf-8")
    with pytest.raises(InputError, match="link out of the folder"):
        read_tender(folder, dictionary)


def test_a_misspelt_file_is_noticed(tender: Open) -> None:
    """A YAML file that nobody reads is a warning: its author believed that it counts."""
    read = tender(evidences__yaml="confirmed: []\n")
    assert [problem.severity for problem in read.problems] == [Severity.WARNING]
    assert said(read) == ["evidences.yaml: evidences.yaml is not read"]


def test_the_hash_follows_the_bytes(tender: Open, tmp_path, dictionary) -> None:
    """A changed byte in any file changes the hash of the input."""
    before = tender()
    reviews = tmp_path / "tender" / "reviews.yaml"
    reviews.write_text(reviews.read_text("utf-8") + "# seen\n", "utf-8")
    after = read_tender(tmp_path / "tender", dictionary)
    assert after.input_hash != before.input_hash
    assert after.files[:-1] == before.files[:-1]
