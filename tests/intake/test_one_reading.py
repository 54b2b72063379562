"""Numbers and days have one reader, whatever file they stand in; two readings are refused."""

import json
from collections.abc import Callable
from datetime import date

import pytest

from offsetcheck.intake.notes.evidence import apply_evidence
from offsetcheck.intake.notes.judgements import read_screenings
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.intake.tender.purchase import read_purchase
from offsetcheck.vocabulary.evidence import Cause, Value
from offsetcheck.vocabulary.problem import Problem

Read = Callable[[str], tuple[Value | None, list[Problem]]]

EVIDENCE = """found:
  - offer: VCS1
    field: issued
    value: {written}
    kind: registry_record
    source: a registry
    by: A. Officer
    on: 2026-09-20
"""


@pytest.fixture
def readers(own_dictionary) -> dict[str, Read]:
    """Return what each kind of file makes of a number as a person writes it."""

    def purchase(written: str) -> tuple[Value | None, list[Problem]]:
        text = f"city: turku\nbudget: {written}\n"
        made, problems = read_purchase(text.encode(), "purchase.yaml", own_dictionary)
        return made.value("budget"), list(problems)

    def purchase_with_paper(written: str) -> tuple[Value | None, list[Problem]]:
        text = f"budget: {{value: '{written}', document: minutes.pdf}}\n"
        made, problems = read_purchase(text.encode(), "purchase.yaml", own_dictionary)
        return made.value("budget"), list(problems)

    def evidence(written: str) -> tuple[Value | None, list[Problem]]:
        bids = offers_of_bytes(b"id,tonnes\nVCS1,5\n", "offers.csv", own_dictionary)
        note = EVIDENCE.format(written=written).encode()
        table = apply_evidence(bids, note, "evidence.yaml", own_dictionary)
        return table.candidate(0).value("issued"), list(table.problems)

    def offers(name: str, text: str) -> tuple[Value | None, list[Problem]]:
        table = offers_of_bytes(text.encode(), name, own_dictionary)
        return table.candidate(0).value("tonnes"), list(table.problems)

    return {
        "purchase": purchase,
        "purchase with a paper": purchase_with_paper,
        "evidence": evidence,
        "YAML": lambda written: offers("offers.yaml", f"- {{id: VCS1, tonnes: '{written}'}}\n"),
        "YAML in lines": lambda written: offers(
            "offers.yaml", f"- id: VCS1\n  tonnes: {written}\n"
        ),
        "text in JSON": lambda written: offers(
            "offers.json", json.dumps([{"id": "VCS1", "tonnes": written}])
        ),
        "bid sheet": lambda written: offers("offers.csv", f"id;tonnes\nVCS1;{written}\n"),
    }


FILES = (
    *("purchase", "purchase with a paper", "evidence", "YAML", "YAML in lines"),
    *("text in JSON", "bid sheet"),
)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("written", ["500.000", "1.234", "1,234"])
def test_a_number_with_two_readings_is_refused_everywhere(readers, file: str, written: str) -> None:
    """Neither of the two is taken, and both are shown as what to write."""
    value, problems = readers[file](written)
    assert value is None
    [problem] = [p for p in problems if "can be read as two numbers" in p.message]
    digits = written.replace(".", "").replace(",", "")
    assert f"write {digits} for thousands" in str(problem.hint)
    assert f"or {written.replace(',', '.')}0 for a decimal" in str(problem.hint)
    assert problem.place.line is not None


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("written", "value"),
    [("500000", 500000), ("500 000", 500000), ("500.5", 500.5), ("1.234.567", 1234567)],
)
def test_a_number_with_one_reading_is_the_same_everywhere(
    readers, file: str, written: str, value: float
) -> None:
    """As a person writes it, in either style."""
    assert readers[file](written) == (value, [])


def test_a_number_of_json_has_one_reading(own_dictionary) -> None:
    """JSON says what a number is; YAML leaves it to whoever writes."""
    records = [{"id": "VCS1", "tonnes": 1.234}, {"id": "VCS2", "tonnes": 500000}]
    for name, text in (("a.json", json.dumps(records)), ("a.jsonl", json.dumps(records[0]))):
        table = offers_of_bytes(text.encode(), name, own_dictionary)
        assert (table.candidate(0).value("tonnes"), list(table.problems)) == (1.234, [])


def test_a_version_keeps_its_digits(own_dictionary) -> None:
    """What is no number loses no zero on the way through YAML."""
    text = b"- {id: VCS1, methodology: VM0047, methodology_version: 1.10, tonnes: 5}\n"
    table = offers_of_bytes(text, "offers.yaml", own_dictionary)
    assert table.candidate(0).value("methodology_version") == "1.10"


def test_a_day_with_two_readings_is_refused_in_every_file(own_dictionary) -> None:
    """An entry whose day is one of two does not count, and both days are shown."""
    both = "write 2026-03-04 or 2026-04-03"
    made, problems = read_purchase(b"deadline: 03/04/2026\n", "purchase.yaml", own_dictionary)
    assert made.fact("deadline").cause is Cause.NOT_STATED
    assert [problem.hint for problem in problems] == [both]
    offers = offers_of_bytes(b"- {id: VCS1, tonnes: 5}\n", "offers.yaml", own_dictionary)
    entry = b"screenings:\n  - {by: A, on: 03/04/2026, sources: [news]}\n"
    screenings, found = read_screenings(entry, "screening.yaml", offers)
    assert (screenings, [problem.hint for problem in found]) == ((), [both])
    clear, found = read_screenings(entry.replace(b"03/04", b"23/04"), "screening.yaml", offers)
    assert [one.on for one in clear] == [date(2026, 4, 23)]
