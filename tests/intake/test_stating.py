"""Values written into evidence that states none: only those, and read back as the same."""

from pathlib import Path

import pytest

from offsetcheck.api.evidence import state_evidence
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.read import offers_in, read_tender
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.problem import OutputError

PURCHASE = "city: turku\n"
OFFERS = (
    "id,name,programme,country,vintage,tonnes,seller,state_aid,vintage_start,sdgs claimed,methodology_version\n"
    "VCS9001,Invented: Forest,VCS,NO,2023,1500,Acme,no,2023-01-01,13; 15,1.0\n"
    "VCS9001,Invented: Forest,VCS,NO,2024,900,Bolt,no,2024-01-01,13,1.0\n"
    "VCS9002,Landfill,VCS,FI,2022,800,Acme,yes,2022-01-01,,2.1\n"
)
HEAD = "# Kept as it is.\n\nconfirmed:\n"
ENTRY = """  - offer: {offer}  # what she saw
    document: d
    kind: registry_record
    fields: {fields}   # to be checked
    by: A
    on: 2026-09-20
"""


@pytest.fixture(scope="module")
def rulebook():
    """The project's own rulebook."""
    return load_rulebook(bundled("rules"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tender with three offers and no evidence yet."""
    made = tmp_path / "tender"
    made.mkdir()
    (made / "purchase.yaml").write_text(PURCHASE, "utf-8")
    (made / "offers.csv").write_text(OFFERS, "utf-8")
    return made


def stated(folder: Path, rulebook, text: str):
    (folder / "evidence.yaml").write_text(text, "utf-8")
    done = state_evidence(folder, rulebook, replace=True)
    return done, (folder / "evidence.yaml").read_text("utf-8")


ALL = "[id, name, country, tonnes, state_aid, vintage_start, sdgs_claimed, methodology_version]"


def test_what_is_written_is_read_as_the_same_values(folder, rulebook):
    """Words that YAML reads otherwise, versions, days and lists keep their meaning."""
    done, text = stated(folder, rulebook, HEAD + ENTRY.format(offer="'VCS9001#1'", fields=ALL))
    assert (done.entries, done.problems) == (1, ())
    read = read_tender(folder, rulebook.dictionary)
    assert [str(p) for p in read.problems if p.place.file == "evidence.yaml"] == []
    fields = ALL.strip("[]").split(", ")
    assert {read.table.columns[name].grade(0) for name in fields} == {EvidenceGrade.E1}
    assert '      name: "Invented: Forest"\n' in text
    assert "    seller: Acme\n    values:\n" in text


def test_nothing_else_of_the_file_changes(folder, rulebook):
    """Comments, order and entries that state values already stay byte for byte."""
    entry = ENTRY.format(offer="VCS9002", fields="[tonnes,\n             vintage]")
    other = "  - {offer: VCS9002, values: {country: FI}, document: d, kind: warranty, by: A, on: 2026-09-20}\n"
    _, text = stated(folder, rulebook, HEAD + entry + other)
    block = "values:\n      tonnes: 800\n      vintage: 2022"
    expected = entry.replace("fields: [tonnes,\n             vintage]", block)
    assert text == HEAD + expected + other


@pytest.mark.parametrize("fields", ["tonnes", "\n      - tonnes"])
def test_fields_are_found_however_they_are_written(folder, rulebook, fields):
    """One word, or a list with a line for each."""
    text = ENTRY.format(offer="VCS9002", fields=fields).replace("   # to be checked", "")
    _, written = stated(folder, rulebook, HEAD + text)
    assert "    values:\n      tonnes: 800\n    by: A\n" in written


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (ENTRY.format(offer="VCS9001", fields="[tonnes]"), "counts for none of them"),
        (ENTRY.format(offer="['VCS9001#1', VCS9002]", fields="[tonnes]"), "different things"),
        (ENTRY.format(offer="VCS9002", fields="[price]"), "states no price"),
        (
            "  - {offer: VCS9002, fields: [tonnes], document: d, kind: warranty, by: A, on: 2026-09-20}\n",
            "between `{` and `}`",
        ),
    ],
)
def test_an_entry_that_cannot_be_written_is_told_and_stays(folder, rulebook, entry, message):
    """No value is guessed."""
    done, text = stated(folder, rulebook, HEAD + entry)
    assert text == HEAD + entry
    assert [message in problem.message for problem in done.problems] == [True]


def test_a_file_is_replaced_only_where_that_is_asked(folder, rulebook):
    """The officer's own file stays unless she says otherwise; a copy goes where she says."""
    (folder / "evidence.yaml").write_text(HEAD, "utf-8")
    with pytest.raises(OutputError):
        state_evidence(folder, rulebook)
    copy = folder.parent / "checked.yaml"
    assert state_evidence(folder, rulebook, copy).path == copy
    assert copy.read_text("utf-8") == HEAD


def test_the_samples_state_what_their_offers_say(rulebook):
    """Each entry of the samples holds a value, and none has lapsed."""
    for city in ("turku", "bogota", "melbourne"):
        folder = bundled("samples") / city
        read = read_tender(folder, rulebook.dictionary)
        assert [str(p) for p in read.problems if p.place.file == "evidence.yaml"] == []
        assert len(offers_in(folder, rulebook.dictionary)) == len(read.table)
