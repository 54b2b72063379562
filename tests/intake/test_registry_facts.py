"""What registries know: the later record counts, twins are stated, ledgers and labels are read."""

from datetime import date
from pathlib import Path
from random import Random

import polars as pl
import pytest

from offsetcheck.intake.offers import read_offers
from offsetcheck.intake.registry.enrich import enrich
from offsetcheck.intake.registry.snapshot import record_day, snapshot_day
from offsetcheck.intake.tables.facts import combined
from offsetcheck.intake.tender.read import read_tender
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.problem import Place, Severity
from offsetcheck.vocabulary.table import CandidateTable

E1, E3, E4 = EvidenceGrade.E1, EvidenceGrade.E3, EvidenceGrade.E4
HEADER = "category,country,is_compliance,issued,listed_at,name,project_id,project_type,proponent,protocol,registry,retired,status\n"
ROW = 'forest,Kenya,False,{issued},,"{name}",{id},REDD,Nobody,"[""{protocol}""]",{registry},40,{status}\n'
VROD = "vrod/vrod-v2025-12-year-end.parquet"


def listed(**changes: str) -> str:
    cells = {
        "issued": "100", "name": "Invented Forest of Kenya", "id": "VCS1", "protocol": "vm0047",
        "registry": "verra", "status": "registered",
    }  # fmt: skip
    return ROW.format(**{**cells, **changes})


@pytest.fixture
def join(tmp_path: Path, own_dictionary):
    """Read offers and join registry lists, given as name and text, in their order."""

    def read_and_join(offers: str, **lists: str) -> CandidateTable:
        files = {"offers.csv": offers, **{f"{name}.csv": text for name, text in lists.items()}}
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        tables = [read_offers(tmp_path / name, own_dictionary) for name in files]
        table = tables[0]
        for registry in tables[1:]:
            table = enrich(table, registry, own_dictionary)
        return table

    return read_and_join


OFFER = "id,tonnes\nVCS1,5\n"
OLD, NEW = "list-2025-12-31", "list-2026-08"


def test_the_day_of_a_list_stands_in_its_name() -> None:
    """A day, the last day of a month, and nothing for what is neither."""
    assert snapshot_day("projects_2026-08-14.csv") == date(2026, 8, 14)
    assert snapshot_day("vrod-v2025-02-x.parquet") == date(2025, 2, 28)
    assert snapshot_day("projects_2026-13.csv") is None
    assert snapshot_day("projects_2026-02-31.csv") is None
    assert snapshot_day("projects-12026-01.csv") is None


def test_only_a_registrys_record_has_a_day() -> None:
    """It is the day from which the record counts; a seller's word has none, whatever it says."""
    assert record_day(Fact("x", E1, as_of=date(2026, 1, 5))) == date(2026, 1, 5)
    assert record_day(Fact("x", E4, as_of=date(2026, 1, 5))) is None
    note = Fact("x", E1, place=Place("list-2026-08-13.yaml", 9), source="list of 2026-08-13")
    assert record_day(note) is None


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_of_two_dated_records_the_later_one_counts(join, order) -> None:
    """A status moves: the older one stays in sight, and the difference is a note, no warning."""
    texts = {
        OLD: HEADER + listed(status="registered"),
        NEW: HEADER + listed(status="withdrawn", issued="160"),
    }
    table = join(OFFER, **{name: texts[name] for name in order})
    fact = table.candidate(0).fact("registry_status")
    assert (fact.value, fact.grade) == ("withdrawn", E1)
    assert [other.value for other in fact.others] == ["registered"]
    assert table.candidate(0).value("issued") == 160
    differing = [problem for problem in table.problems if "differs from" in problem.message]
    assert {problem.severity for problem in differing} == {Severity.NOTE}
    assert {problem.hint for problem in differing} == {"the later of the two records counts"}


def test_undated_records_contradict_each_other(join) -> None:
    """Without a day nobody knows which status is the later one."""
    table = join(OFFER, first=HEADER + listed(), **{NEW: HEADER + listed(status="withdrawn")})
    assert table.candidate(0).fact("registry_status").cause is Cause.SOURCES_CONTRADICT
    assert any("contradicts" in problem.message for problem in table.problems)


def test_records_of_one_day_contradict_each_other(join) -> None:
    """Two lists of the same day cannot both be right."""
    table = join(OFFER, **{OLD: HEADER + listed(), "b-2025-12-31": HEADER + listed(issued="99")})
    assert table.candidate(0).fact("issued").cause is Cause.SOURCES_CONTRADICT


def test_a_methodology_does_not_move(join, own_dictionary) -> None:
    """Which methodology the offered credits come from is no question of the later list."""
    texts = {OLD: HEADER + listed(), NEW: HEADER + listed(protocol="vm0050")}
    fact = join(OFFER, **texts).candidate(0).fact("methodology")
    assert (fact.value, fact.cause) == (None, Cause.SOURCES_CONTRADICT)
    still = ("methodology", "methodology_version", "crediting_start", "crediting_end")
    assert not any(own_dictionary.candidate[name].moves for name in still)


def test_a_third_record_between_two_changes_nothing() -> None:
    """The latest counts whatever the order, the others stay; a weaker statement never counts."""
    facts = [
        Fact(value, E1, as_of=date.fromisoformat(day))
        for value, day in [(10.0, "2025-01-31"), (30.0, "2026-08-14"), (20.0, "2025-12-31")]
    ]
    fact = combined("issued", [*facts, Fact(99.0, E4)], moves=True)
    assert (fact.value, fact.grade) == (30.0, E1)
    assert {other.value for other in fact.others} == {10.0, 20.0, 99.0}
    earlier = combined("issued", facts[:2], moves=True)
    assert combined("issued", [earlier, facts[2]], moves=True).value == 30.0


def test_a_long_list_is_told_once_per_field(join) -> None:
    """Hundreds of moved ledgers are one note."""
    rows = range(1, 502)
    old = HEADER + "".join(listed(id=f"VCS{n}", name=f"Invented number {n}") for n in rows)
    table = join(old, **{NEW: old.replace(",100,", ",150,")})
    assert table.columns["issued"].cause(0) is Cause.SOURCES_CONTRADICT
    table = join(
        "\n".join(["id,tonnes", *(f"VCS{n},1" for n in rows)]),
        **{OLD: old, NEW: old.replace(",100,", ",150,")},
    )
    assert table.candidate(7).value("issued") == 150
    notes = [problem for problem in table.problems if "another issued" in problem.message]
    assert [problem.message for problem in notes] == [f"{NEW}.csv has another issued in 501 rows"]


TWINS = (
    HEADER + listed(id="GLD7", registry="gold-standard") + listed(name="INVENTED FOREST, OF KENYA")
)


def test_a_twin_within_a_list_is_stated(join) -> None:
    """A name under two programmes of one list is known of both, at E3, with the other's id."""
    table = join(TWINS)
    assert table.columns["other_programmes"].values == [("VCS",), ("GS",)]
    fact = table.candidate(0).fact("other_programmes")
    assert (fact.grade, fact.raw) == (E3, "VCS1")
    assert "by name and country" in str(fact.source)


def test_a_twin_in_another_registrys_list_is_stated(join) -> None:
    """An offer that a list does not hold may stand there under another programme."""
    offers = "id,name,country,tonnes\nGS7,Invented forest of Kenya,Kenya,5\nGS8,Something else here,Kenya,1\n"
    table = join(offers, verra=HEADER + listed())
    assert table.columns["other_programmes"].values == [("VCS",), None]
    assert "GS7 has the name of VCS1 in verra.csv" in [item.message for item in table.problems]


def test_lists_add_to_each_other_on_twins(join) -> None:
    """One list knows of a second programme, another of a third: neither contradicts the other."""
    car = HEADER + listed(id="CAR3", registry="climate-action-reserve")
    offers = "id,name,country,tonnes\nGS7,Invented forest of Kenya,Kenya,5\n"
    table = join(offers, verra=HEADER + listed(), reserve=car)
    assert table.candidate(0).value("other_programmes") == ("CAR", "VCS")


def test_a_record_outweighs_a_shared_name() -> None:
    """Who has looked in both registries knows more than two lists of names."""
    fact = combined("other_programmes", [Fact(("VCS",), E3), Fact((), E1), Fact((), E4)])
    assert (fact.value, fact.grade) == ((), E1)
    assert [other.value for other in fact.others] == [("VCS",)]
    assert combined("other_programmes", [Fact((), E4), Fact(("VCS",), E3)]).value == ("VCS",)


def test_offsetsdb_says_what_is_left(join) -> None:
    """Issued less retired, a ledger below zero too; nothing where a number is missing."""
    text = HEADER + listed() + listed(id="VCS2", issued="30") + listed(id="VCS3", issued="")
    assert join(text).columns["remaining"].values == [60, -10, None]


def test_every_category_of_offsetsdb_is_a_scope(join) -> None:
    """None of its nine words is unknown to the dictionary."""
    text = (
        "ghg-management renewable-energy fuel-switching forest energy-efficiency agriculture "
        "land-use carbon-capture biochar"
    )
    words = text.split()
    rows = [
        listed(id=f"VCS{n}").replace("forest,", f"{word},", 1) for n, word in enumerate(words, 1)
    ]
    table = join(HEADER + "".join(rows))
    assert None not in table.columns["sectoral_scope"].values
    assert table.candidate(8).value("sectoral_scope") == "engineered_removal"


LABELS = {
    "ICVCM CCP": "CCP",
    "Article 6 Authorized – Intl mitigation purposes": "A6_INTERNATIONAL",
    "Article 6 Authorized - Intl mitigation purposes": "A6_INTERNATIONAL",
    "Article 6 Authorized – NDC Use": "A6_NDC",
    "Article 6 Authorized – Other purposes": "A6_OTHER",
    "CORSIA – First Phase, 2024-2026 Eligible": "CORSIA_P1",
    "CORSIA - First Phase, 2024-2026 Scope": "CORSIA_P1_SCOPE",
    "CORSIA - Pilot Phase, 2021-2023 Eligible": "CORSIA_PILOT",
    "Carbon Dioxide Removals": "REMOVAL",
    "GHG Emissions Reductions": "REDUCTION",
    "CCB-Biodiversity Gold": "CCB_BIODIVERSITY_GOLD",
    "CCB-Climate Gold": "CCB_CLIMATE_GOLD",
    "CCB-Community Gold": "CCB_COMMUNITY_GOLD",
    "CCB-No Distinction": "CCB",
    "Social Carbon": "SOCIAL_CARBON",
    "SD VISta": "SD_VISTA",
    "W+": "W_PLUS",
}


@pytest.mark.parametrize("text", LABELS)
def test_a_label_is_read_as_registries_write_it(own_dictionary, text: str) -> None:
    """With an en dash or a hyphen, alone and in a list apart by semicolons."""
    from offsetcheck.intake.normalise.codes import codes_reader

    read = codes_reader(own_dictionary.candidate["labels"], ";")
    assert read(text) == (LABELS[text],)
    assert read(f"ABACUS; {text}") == ("ABACUS", LABELS[text])


@pytest.mark.parametrize(
    ("end", "said"), [("SIGSEGV", "damaged"), ("SIGKILL", "where memory runs out")]
)
def test_a_reader_that_dies_is_said(own_dictionary, tmp_path, monkeypatch, end, said) -> None:
    """Whatever ends the second process, the first one goes on and says whose fault that may be."""
    from offsetcheck.intake.files import child
    from offsetcheck.vocabulary.problem import InputError

    dying = tmp_path / "dying.py"
    dying.write_text(f"import os, signal\nos.kill(os.getpid(), signal.{end})\n", encoding="utf-8")
    monkeypatch.setattr(child, "PROGRAM", dying)
    path = tmp_path / "list.parquet"
    pl.DataFrame({"id": ["VCS1"], "tonnes": [5]}).write_parquet(path)
    with pytest.raises(InputError, match=said):
        read_offers(path, own_dictionary)


def test_a_reader_that_never_ends_is_stopped(own_dictionary, tmp_path, monkeypatch) -> None:
    """The time of the second process is limited."""
    from offsetcheck.intake.files import child
    from offsetcheck.vocabulary.problem import InputError

    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    monkeypatch.setattr(child, "PROGRAM", slow)
    monkeypatch.setattr(child, "MAX_WAIT", 0.2)
    path = tmp_path / "list.parquet"
    pl.DataFrame({"id": ["VCS1"], "tonnes": [5]}).write_parquet(path)
    with pytest.raises(InputError, match="seconds") as caught:
        read_offers(path, own_dictionary)
    assert "more than" in str(caught.value.problems[0].hint)


TOO_LARGE = {
    "rows": (pl.DataFrame({"id": ["VCS1"] * 1_000_001}), "1,000,001 rows"),
    "columns": (pl.DataFrame({f"c{n}": [1] for n in range(2_001)}), "2,001 columns"),
    "cell": (
        pl.DataFrame({"id": ["VCS1"], "name": ["x" * 200_000]}),
        "a cell holds more than 131,072 bytes",
    ),
    "text": (pl.DataFrame({"id": ["x" * 100_000] * 2_100}), "210,000,000 bytes of text"),
}


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_a_parquet_that_unpacks_too_large_is_refused(own_dictionary, tmp_path, kind) -> None:
    """A small file may hold a large table: its size is limited, not only the file's."""
    from offsetcheck.vocabulary.problem import InputError

    frame, why = TOO_LARGE[kind]
    path = tmp_path / "list.parquet"
    frame.write_parquet(path)
    with pytest.raises(InputError) as caught:
        read_offers(path, own_dictionary)
    assert why in caught.value.problems[0].message


def test_a_bidder_may_send_a_parquet(own_dictionary, tmp_path) -> None:
    """It is read like any list of offers: whole numbers without a point, days without a time."""
    (tmp_path / "purchase.yaml").write_text("city: turku\nyear: 2026\n", encoding="utf-8")
    pl.DataFrame(
        {
            "id": ["VCS1", "VCS2"],
            "tonnes": [5.0, None],
            "vintage": [2020, 2021],
            "crediting start": [date(2019, 1, 1), None],
            "single_use_warranty": [True, None],
            "sdgs": [[1, 13], None],
        }
    ).write_parquet(tmp_path / "offers.parquet")
    table = read_tender(tmp_path, own_dictionary).table
    candidate = table.candidate(0)
    assert (candidate.value("tonnes"), candidate.value("vintage")) == (5, 2020)
    assert candidate.value("crediting_start") == date(2019, 1, 1)
    assert candidate.value("single_use_warranty") is True
    assert candidate.value("sdgs_claimed") == (1, 13)
    assert table.candidate(1).value("tonnes") is None
    assert candidate.fact("tonnes").grade is E4


# Of the database's rows, how many hold the fact; measured on the edition of December 2025.
KNOWN = [
    ("buffer_deposits", lambda value: value > 0, 906),
    ("reversals_covered", lambda value: value > 0, 17),
    ("reversals_uncovered", lambda value: value > 0, 25),
    ("remaining", lambda value: value < 0, 15),
    ("other_programmes", lambda value: value != (), 243),
    ("registry_status", lambda value: value in {"late_to_verify", "on_hold", "inactive"}, 1135),
    ("registry_status", lambda value: value in {"withdrawn", "rejected", "cancelled"}, 523),
    ("labels", lambda value: "CCP" in value, 200),
    ("last_vintage", lambda value: value >= 2021, 3419),
]  # fmt: skip


@pytest.fixture(scope="module")
def vrod(own_dictionary, real: Path) -> CandidateTable:
    return read_offers(real / VROD, own_dictionary)


@pytest.mark.parametrize(("field", "holds", "rows"), KNOWN)
def test_what_the_large_database_knows(vrod: CandidateTable, field: str, holds, rows: int) -> None:
    """Buffers, losses, sold-out ledgers, second listings, bad statuses, labels and vintages."""
    values = vrod.columns[field].values
    assert sum(value is not None and holds(value) for value in values) == rows


def test_two_snapshots_of_one_registry_meet(own_dictionary, real: Path, tmp_path) -> None:
    """VCS1468 was on hold at the end of 2025 and is listed again in August 2026."""
    offers = tmp_path / "offers.csv"
    offers.write_text("id,tonnes\nVCS1468,5\n", encoding="utf-8")
    table = read_offers(offers, own_dictionary)
    for file in (VROD, "verra/verra_allprojects_20col_2026-08-14.csv"):
        table = enrich(table, read_offers(real / file, own_dictionary), own_dictionary)
    fact = table.candidate(0).fact("registry_status")
    assert (fact.value, [other.value for other in fact.others]) == (
        "verification_requested",
        ["on_hold"],
    )


VERRA, GOLD = (
    "verra/verra_allprojects_20col_2026-08-14.csv",
    "GSF_Registry_Projects_Export_2026-06-04.csv",
)
BAD = {
    "late_to_verify",
    "on_hold",
    "inactive",
    "withdrawn",
    "rejected",
    "request_denied",
    "cancelled",
}

# File, field, how many rows state it, and how many of these hold something or a bad status.
ELSEWHERE = [
    (VERRA, "registry_status", 5269, 1719),
    (VERRA, "crediting_end", 5127, 5127),
    (VERRA, "first_crediting_start", 4698, 4698),
    (VERRA, "registered_on", 2849, 2849),
    (f"gold-standard/{GOLD}", "sdgs_claimed", 4105, 4105),
    (f"gold-standard/{GOLD}", "registry_status", 4105, 0),
    ("acr/ACR_Projects.txt", "crediting_end", 808, 808),
    ("acr/ACR_Projects.txt", "registry_status", 470, 7),
    ("acr/ACR_Projects.txt", "issued", 598, 598),
    ("car/car-projects.csv", "labels", 60, 0),
    ("car/car-projects.csv", "issued", 50, 50),
    ("offsetsdb/offsetsdb_projects.parquet", "remaining", 10836, 4696),
    ("offsetsdb/offsetsdb_projects.parquet", "other_programmes", 241, 241),
]


@pytest.mark.parametrize("expected", ELSEWHERE, ids=[f"{item[0]}-{item[1]}" for item in ELSEWHERE])
def test_what_the_registries_own_lists_know(own_dictionary, real: Path, expected) -> None:
    """Statuses, crediting periods, goals, labels and ledgers, each at the grade of a record."""
    file, field, stated, held = expected
    column = read_offers(real / file, own_dictionary).columns[field]
    values = [value for value in column.values if value is not None]
    counts = [value for value in values if value in BAD or (field != "registry_status" and value)]
    assert (len(values), len(counts)) == (stated, held)
    assert column.grade(0) is (E3 if field == "other_programmes" else E1)


def test_a_renewed_crediting_period_is_not_the_first(own_dictionary, real: Path) -> None:
    """VCS310 is in its second period: when its first one began the list does not say."""
    table = read_offers(real / VERRA, own_dictionary)
    row = list(table.ids).index("VCS310")
    assert table.columns["crediting_start"].values[row] == date(2016, 9, 30)
    assert table.columns["first_crediting_start"].values[row] is None


def test_an_officers_later_look_counts_before_an_older_list(own_dictionary, tmp_path) -> None:
    """What she found in the registry after the list was made is the later record of the two."""
    for name, text in {
        "purchase.yaml": "city: turku\nyear: 2026\n",
        "offers.csv": OFFER,
        "evidence.yaml": (
            "found:\n  - {offer: VCS1, field: registry_status, value: withdrawn, "
            "kind: registry_record, source: registry, as_of: 2026-09-18, by: A, "
            "on: 2026-09-20}\n"
        ),
        f"{NEW}.csv": HEADER + listed(),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    table = read_tender(tmp_path, own_dictionary).table
    table = enrich(table, read_offers(tmp_path / f"{NEW}.csv", own_dictionary), own_dictionary)
    fact = table.candidate(0).fact("registry_status")
    assert (fact.value, [other.value for other in fact.others]) == ("withdrawn", ["registered"])


@pytest.mark.parametrize("seed", range(6))
def test_a_parquet_with_flipped_bytes_is_read_or_refused(own_dictionary, tmp_path, seed) -> None:
    """Damage ends in a table or in a problem of the file, never in the end of the program."""
    from offsetcheck.vocabulary.problem import InputError

    path = tmp_path / "list.parquet"
    pl.DataFrame({"id": [f"VCS{n}" for n in range(50)], "tonnes": range(50)}).write_parquet(path)
    data, chance = bytearray(path.read_bytes()), Random(seed)
    for _ in range(20):
        data[chance.randrange(4, len(data) - 4)] = chance.randrange(256)
    path.write_bytes(bytes(data))
    try:
        rows, files = len(read_offers(path, own_dictionary)), {"list.parquet"}
    except InputError as error:
        rows, files = 0, {str(problem.place.file) for problem in error.problems}
    assert (rows <= 50, files) == (True, {"list.parquet"})
