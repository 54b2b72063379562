"""Words of lists: programmes with their labels, several types in a cell, lists with an unknown one."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.intake.columns.values import read_cells
from offsetcheck.intake.normalise.codes import code_reader, codes_reader, with_more
from offsetcheck.intake.normalise.readers import UNTOLD, reader_for
from offsetcheck.intake.normalise.text import OneOf
from offsetcheck.intake.normalise.words import spelled, words_in
from offsetcheck.intake.offers import offers_of_bytes
from offsetcheck.vocabulary.dictionary import Field
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.problem import UnreadableError
from offsetcheck.vocabulary.table import CandidateTable

Read = Callable[[str], CandidateTable]


@pytest.fixture(scope="session")
def read_sheet(own_dictionary) -> Read:
    """Read a bid sheet with the project's own dictionary."""
    return lambda text: offers_of_bytes(text.encode(), "offers.csv", own_dictionary)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("VCS+CCB", "VCS"), ("Verra (VCS)", "VCS"), ("Verified Carbon Standard (VCS)", "VCS"),
        ("Verra - VCS", "VCS"), ("Verra-VCS", "VCS"), ("verified_carbon_standard", "VCS"),
        ("VCS, CCB & SD VISta", "VCS"), ("VCS + Social Carbon", "VCS"), ("Social Carbon", "SOCIAL_CARBON"),
        ("Gold Standard for the Global Goals", "GS"), ("GS4GG", "GS"), ("City Forest Credits", "CITY_FOREST_CREDITS"),
        ("J-Credit", "J_CREDIT"), ("T-VER", "T_VER"), ("Regen", "REGEN"), ("ERS", "ERS"), ("Puro.earth", "PURO"),
        ("Isometric", "ISOMETRIC"), ("BioCarbon", "BIOCARBON"), ("Cercarbono", "CERCARBONO"),
        ("Plan Vivo", "PLAN_VIVO"), ("UK WCC", "WCC"), ("ACCU", "ACCU"), ("CCER", "CCER"), ("GCC", "GCC"),
        ("ICR", "ICR"), ("ARB", "ARB"), ("ACR (American Carbon Registry)", "ACR"),
        ("CDM / GS", OneOf(("CDM", "GS"))),
    ],
)  # fmt: skip
def test_a_programme_is_read_in_any_spelling(text: str, code, own_dictionary) -> None:
    """Names, abbreviations, both together, and a label beside it give the programme."""
    assert code_reader(own_dictionary.candidate["programme"])(text) == code


@pytest.mark.parametrize("text", ["CCB", "W+", "VCS/Foo", "VCS and something"])
def test_a_label_alone_and_an_unknown_word_are_no_programme(text: str, own_dictionary) -> None:
    """What stands beside a programme is not one, and nothing is guessed of a word not known."""
    with pytest.raises(UnreadableError, match="not a known word"):
        code_reader(own_dictionary.candidate["programme"])(text)


@pytest.mark.parametrize(
    "field", ["programme", "project_type", "registry_status", "labels", "mechanism"]
)
def test_no_spelling_means_two_codes(field: str, own_dictionary) -> None:
    """A word of two codes would be read as the one that stands first, in silence."""
    meanings: dict[str, set[str]] = {}
    for code, entry in own_dictionary.candidate[field].codes.items():
        for word in (code, *entry.spellings, *entry.title.values()):
            meanings.setdefault(spelled(word), set()).add(code)
    assert {word: codes for word, codes in meanings.items() if len(codes) > 1} == {}


def test_words_beside_a_programme_are_labels(own_dictionary) -> None:
    """What is passed over in the programme's cell is read as a label."""
    labels = codes_reader(own_dictionary.candidate["labels"])
    assert all(labels(word) for word in own_dictionary.candidate["programme"].beside)


def test_a_label_in_the_programmes_cell_counts_where_no_other_cell_names_any(
    read_sheet: Read,
) -> None:
    """`VCS+CCB` says that there is CCB and is silent of other labels; a column of labels is not."""
    table = read_sheet(
        "id,programme,labels\nVCS1,VCS+CCB,\nVCS2,VCS+CCB,CCP\nVCS3,VCS,\nVCS4,VCS + Social Carbon,\n"
    )
    said = [table.fact("labels", row) for row in range(4)]
    assert all("CCB" in labels for labels in said[0].possible)
    assert said[0].cause is Cause.SEVERAL_POSSIBLE
    assert said[1].value == ("CCP",)
    assert said[2].value is None
    assert not said[2].possible
    assert all("SOCIAL_CARBON" in labels for labels in said[3].possible)
    assert table.problems == []


def test_one_unknown_label_loses_that_label_and_not_the_list(read_sheet: Read) -> None:
    """The others are kept, the unknown one is a located problem, and no absence is shown."""
    table = read_sheet("id,programme,labels\nVCS1,VCS,CCP; Great Label\nVCS2,VCS,Great Label\n")
    fact = table.fact("labels", 0)
    assert fact.value is None
    assert all("CCP" in labels for labels in fact.possible)
    assert {True, False} == {"SD_VISTA" in labels for labels in fact.possible}
    assert [str(p.place) for p in table.problems] == [
        "offers.csv:2 (column “labels”)", "offers.csv:3 (column “labels”)",
    ]  # fmt: skip
    assert "“Great Label”" in table.problems[0].message
    assert table.fact("labels", 1).possible == ()


LABELS = Field(
    name="labels", subject="candidate", type="codes", title={"en": "Labels"},
    codes={name: {"title": {"en": name}} for name in "abcdef"},
)  # fmt: skip


@given(
    held=st.sets(st.sampled_from("abcdef"), min_size=1),
    more=st.sets(st.sampled_from("abcdef")),
    asked=st.sets(st.sampled_from("abcdef")),
)
def test_the_possible_lists_hold_every_answer_that_a_true_list_gives(held, more, asked) -> None:
    """Whatever the unread words are, how many of some codes a list holds is among the answers."""
    lists = with_more(tuple(sorted(held)), LABELS)
    true = held | more
    assert len(true & asked) in {len({*codes} & asked) for codes in lists}
    assert (asked <= true) in {asked <= {*codes} for codes in lists}


def test_of_one_unread_word_every_list_is_named() -> None:
    """So that a list of another source that fits it contradicts nothing."""
    found = {frozenset(codes) for codes in with_more(("a",), LABELS, at_most=1)}
    assert found == {frozenset("a"), *(frozenset(("a", other)) for other in "bcdef")}


TYPES = Field(
    name="type", subject="candidate", type="code", title={"en": "Type"},
    codes={
        "livestock": {"title": {"en": "Livestock"}, "spellings": ["Livestock, enteric fermentation, and manure"]},
        "power": {"title": {"en": "Power"}, "spellings": ["Energy (renewable/non-renewable)", "REDD+"]},
        "transport": {"title": {"en": "Transport"}, "spellings": ["Transport / Fleets"]},
    },
)  # fmt: skip
SPELLED = {spelled(word): code for code, entry in TYPES.codes.items() for word in entry.spellings}


@given(
    st.permutations(["livestock", "power", "transport"]),
    st.sampled_from([", ", "; ", " / ", " & ", "\n"]),
)
def test_words_that_hold_what_parts_words_are_read_whole(codes, between: str) -> None:
    """Sectors are named in one cell with commas between them and within them."""
    text = between.join(TYPES.codes[code].spellings[0] for code in codes)
    assert code_reader(TYPES)(text) == OneOf(tuple(codes))


def test_a_sign_that_ends_a_word_belongs_to_it() -> None:
    """The plus of `REDD+` parts nothing."""
    found = words_in("REDD+; Transport / Fleets", lambda word: SPELLED.get(spelled(word)))
    assert [word.code for word in found] == ["power", "transport"]


@given(st.text(max_size=200))
def test_any_text_is_parted_without_loss_of_order(text: str) -> None:
    """Whatever the text, its words stand in it, in their order."""
    at = 0
    for word in words_in(text, lambda _: None):
        at = text.index(word.text, at)


@pytest.mark.parametrize(
    "name", ['{"id": 4, "name": "Wind"}', "[{'city': 'Bogotá'}]", '["Wind", "Sun"]']
)
def test_a_record_of_an_interface_is_no_name(name: str, own_dictionary) -> None:
    """Nested JSON in a cell of names is refused in words, never printed as a name."""
    read = reader_for(own_dictionary.candidate["name"], [name], UNTOLD)
    with pytest.raises(UnreadableError, match="record of an interface"):
        read(name)
    assert read("Wind farm [phase 2]") == "Wind farm [phase 2]"


COLUMNS = [
    ("verra/verra_allprojects_20col_2026-08-14.csv", "Sectoral Scope", "project_type"),
    ("verra/verra_allprojects_20col_2026-08-14.csv", "Country", "country"),
    ("verra/verra_allprojects_20col_2026-08-14.csv", "Status", "registry_status"),
    ("verra/verra_allprojects_2025-02.csv", "Project Type", "project_type"),
    ("ledger/car_issuances.csv", "Project Type", "project_type"),
    ("ledger/verra_vcus.csv", "Additional Certifications", "labels"),
    ("ledger/gold_standard_credits_issued.csv", "Label", "labels"),
    ("vrod/vrod-v2025-12-year-end.parquet", "Sustainability Certifications", "labels"),
    ("vrod/vrod-v2025-12-year-end.parquet", "Type", "project_type"),
]


@pytest.mark.parametrize(("path", "heading", "field"), COLUMNS)
def test_every_word_of_the_official_lists_is_known(
    path: str, heading: str, field: str, real: Path, own_dictionary
) -> None:
    """No type, status, label or country of a registry is refused, nor read in part for a word."""
    whole = real / path
    csv = whole.suffix == ".csv"
    frame = pl.read_csv(whole, infer_schema_length=0) if csv else pl.read_parquet(whole)
    texts = [text for text in frame[heading].unique().to_list() if text and text.strip()]
    read = read_cells(texts, reader_for(own_dictionary.candidate[field], texts, UNTOLD), {})
    assert [texts[row] for row in read.failures] == []
    assert len(texts) > 1


def test_lists_of_two_words_are_read_in_either_order(own_dictionary) -> None:
    """The order in which labels stand is that of the cell."""
    read = codes_reader(own_dictionary.candidate["labels"])
    for one, other in combinations(("CCP", "SD VISta", "CCB (Gold)", "W+"), 2):
        assert set(read(f"{one}, {other}") or ()) == set(read(f"{other}; {one}") or ())


@pytest.mark.parametrize("text", ["none; leakage", "leakage, nothing", '["none", "leakage"]'])
def test_none_beside_other_words_contradicts_them(text, own_dictionary):
    """A list that says none and names some may be either; it is told, and nobody gains by it."""
    read = codes_reader(own_dictionary.candidate["deductions_applied"])(text)
    assert isinstance(read, OneOf)
    assert set(read.values) == {(), ("leakage",)}
    assert read.lost is not None
