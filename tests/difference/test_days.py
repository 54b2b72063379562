"""What changes between two days, and to which cause it is put down."""

from dataclasses import replace
from datetime import date

import pytest
from town import AGE, documented, offers_of, purchase_in, stove

from offsetcheck.difference.days import Days, drift
from offsetcheck.difference.inputs import ChangedInput, ShiftKind, turning_inputs
from offsetcheck.difference.narrator import DriftNarrator
from offsetcheck.difference.phrases import Speech
from offsetcheck.difference.terms import Terms, assess_under
from offsetcheck.difference.trace import trace
from offsetcheck.difference.tree import rebuilt
from offsetcheck.engine.assess import assess
from offsetcheck.explain.setting import setting
from offsetcheck.report.format import format_names
from offsetcheck.report.render import render
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Screening
from offsetcheck.vocabulary.table import Column
from pages import read


@pytest.fixture
def town(tmp_path):
    return documented(tmp_path / "rules")


def _days(rulebook, city, since, until, purchases):
    before, after = (
        setting(bind(rulebook, city, day), purchase)
        for day, purchase in zip((since, until), purchases, strict=True)
    )
    return Days(rulebook, before, after, "")


def _drifted(rulebook, table, since, until, *, years=(2027, 2027), shown=20):
    purchases = [purchase_in(year) for year in years]
    return drift(table, _days(rulebook, "town", since, until, purchases), shown)


def _shifts(explained):
    return [(cause.rule, shift.kind) for cause in explained.causes for shift in cause.shifts]


def test_a_value_that_changed_is_named_with_both_values_and_its_day(town):
    """An offer that a tighter value rules out is put down to that value, from its day on."""
    table = offers_of(stove(vintage=2021), stove("VCS2"))
    found = _drifted(town, table, date(2024, 12, 31), date(2025, 1, 1))
    assert [offer.id for offer in found.shown] == ["VCS1"]
    assert found.shown[0].after.verdict == "not_eligible"
    assert _shifts(found) == [("vintage.age", "value")]
    words = found.causes[0].shifts[0].words
    assert "10 years" in words
    assert "5 years" in words
    assert "1 January 2025" in words


def test_a_vintage_that_grows_too_old_is_put_down_to_the_calendar(town):
    """Where only the year of the claim moved on, time itself is the cause."""
    table = offers_of(stove(vintage=2021))
    found = _drifted(town, table, date(2025, 2, 1), date(2025, 12, 31), years=(2026, 2027))
    assert _shifts(found) == [("vintage.age", "calendar")]
    words = found.causes[0].shifts[0].words
    assert "5 years" in words
    assert "6 years" in words


def test_a_table_row_that_became_known_is_named_with_its_day(town):
    """An event that a table knows from a day on is the cause from that day on."""
    table = offers_of(stove("VCS902"), stove("VCS2"))
    found = _drifted(town, table, date(2023, 10, 30), date(2023, 10, 31))
    assert [offer.id for offer in found.shown] == ["VCS902"]
    assert _shifts(found) == [("additionality.no_open_finding", "table")]
    assert "31 October 2023" in found.causes[0].shifts[0].words
    assert "registry notice" in found.causes[0].shifts[0].words


def test_a_fact_that_became_known_is_named_with_its_day(town):
    """A statement that is known from a day on is the cause of what it settles."""
    table = offers_of(stove())
    known = Fact(2022.0, EvidenceGrade.E1, as_of=date(2024, 6, 1))
    columns = {**table.columns, "vintage": Column([None], full={0: known})}
    found = _drifted(town, replace(table, columns=columns), date(2024, 5, 31), date(2024, 6, 1))
    assert ("vintage.age", "fact") in _shifts(found)
    assert {kind for _, kind in _shifts(found)} == {"fact"}
    assert found.shown[0].before.verdict == "undecided"
    assert "1 June 2024" in found.causes[0].shifts[0].words


def test_a_rule_that_came_into_force_is_the_cause(tmp_path):
    """An offer that only a new rule rules out is put down to the rule and its first day."""
    change = (AGE, "effective: {from: 2021-01-01}", "effective: {from: 2024-07-01}")
    town = documented(tmp_path / "later", [change])
    table = offers_of(stove(vintage=2021))
    days = date(2024, 6, 30), date(2024, 7, 1)
    found = _drifted(town, table, *days, years=(2032, 2032))
    assert _shifts(found) == [("vintage.age", "began")]
    assert "1 July 2024" in found.causes[0].shifts[0].words
    assert any("1 July 2024" in words for words in found.rules_words)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (
            (date(2024, 5, 31), date(2024, 6, 1)),
            "the search for adverse events of 1 June 2024 counts",
        ),
        ((date(2024, 8, 30), date(2024, 8, 31)), "too old and counts no more"),
    ],
)
def test_a_search_for_events_counts_for_its_term(town, days, words):
    """What turns an unsearched rule into a met one, and back after ninety days, is the search."""
    screening = Screening("an officer", date(2024, 6, 1), ("registry notices",))
    purchase = replace(purchase_in(2024), screenings=(screening,))
    candidate = offers_of(stove()).candidate(0)
    sides = [assess_under(candidate, Terms(bind(town, "town", day), purchase)) for day in days]
    found = turning_inputs("additionality.no_open_finding", *sides)
    assert [changed.kind for changed in found] == [ShiftKind.SCREENING]
    traced = replace(
        trace(candidate, *(side.terms for side in sides)),
        inputs={"additionality.no_open_finding": found},
    )
    narrator = DriftNarrator(town, *(setting(side.terms.bound, purchase) for side in sides))
    [line] = narrator.lines("additionality.no_open_finding", traced)
    assert words in line.words


def test_of_two_things_that_changed_the_one_that_is_enough_is_named(town):
    """A value that turns the rule by itself is named without the calendar that also moved."""
    candidate = offers_of(stove(vintage=2021)).candidate(0)
    days, years = (date(2024, 12, 31), date(2025, 1, 1)), (2027, 2028)
    sides = []
    for day, year in zip(days, years, strict=True):
        sides.append(assess_under(candidate, Terms(bind(town, "town", day), purchase_in(year))))
    assert turning_inputs("vintage.age", *sides) == (ChangedInput(ShiftKind.VALUE, "max_age"),)


def test_nothing_is_said_of_offers_that_stay_as_they_are(town):
    """Days between which nothing moves show no change and no cause."""
    found = _drifted(town, offers_of(stove()), date(2024, 2, 1), date(2024, 2, 2))
    assert (found.changed, found.causes, found.shown, found.rules_words) == (0, (), (), ())


PLAIN = ("json", "text")  # nothing reads markup in them


@pytest.mark.parametrize("form", format_names("drift"))
def test_every_format_names_the_cause(town, form):
    """Each format names the rule and the day, twice the same bytes; none lets markup through."""
    table = offers_of(stove("VCS902", name="<b>Stoves</b>"))
    days = date(2023, 10, 30), date(2023, 10, 31)
    found = _drifted(town, table, *days)
    words = Speech(setting(bind(town, "town", days[1]), purchase_in(2027)).wording).words
    page = render(found, form, words)
    text = read(page)
    assert "31 October 2023" in " ".join(text.split())
    assert "No finding of a court or registry is open" in " ".join(text.split())
    assert form in {*PLAIN, "pdf"} or "<b>Stoves" not in text
    assert page == render(_drifted(town, table, *days), form, words)


def test_rows_that_change_alike_are_counted_together(town):
    """Of a long list a cause is worked out once for each pattern and counted for all its rows."""
    rows = [stove(f"VCS{n}", vintage=2021) for n in range(150)]
    rows += [stove("VCS902"), stove("VCS999")]
    found = _drifted(town, offers_of(*rows), date(2023, 10, 30), date(2025, 1, 1), shown=3)
    counts = {cause.rule: cause.offers for cause in found.causes}
    assert counts == {"vintage.age": 150, "additionality.no_open_finding": 1}
    assert found.changed == 151
    assert [offer.id for offer in found.shown] == ["VCS0", "VCS902", "VCS1"]
    assert "2 patterns" in found.limit_words


def test_the_list_changes_as_its_rows_do_one_by_one(rulebook):
    """The offers that change are those whose assessments on the two days differ."""
    rows = [
        stove("VCS902", vintage=2018, registry_status="registered"),
        stove("VCS1468", vintage=2013, project_type="wind"),
        stove("VCS2362", vintage=2020),
        stove("GS4221", vintage=2014, programme="GS"),
    ]
    table = offers_of(*rows)
    days = _days(
        rulebook,
        "turku",
        date(2022, 1, 1),
        date(2026, 9, 30),
        [purchase_in(2022), purchase_in(2026)],
    )
    found = drift(table, days, 20)
    expected = set()
    for candidate in table.candidates():
        both = [assess(candidate, s.bound, s.purchase) for s in (days.before, days.after)]
        results = [(a.verdict, a.grade_lower, a.grade_upper) for a in both]
        if results[0] != results[1]:
            expected.add(candidate.id)
    changed = {o.id for o in found.shown if (o.before, o.grade_before) != (o.after, o.grade_after)}
    assert changed == expected
    assert expected


KARIBA = {
    "id": "VCS902",
    "name": "KARIBA REDD+ PROJECT",
    "programme": "VCS",
    "country": "ZW",
    "project_type": "redd",
    "mechanism": "reduction",
    "methodology": "VM0009",
    "crediting_start": date(2011, 7, 1),
    "crediting_end": date(2041, 6, 30),
    "issued": 29016364,
    "retired": 24974033,
    "remaining": 4042331,
    "buffer_deposits": 5049473,
    "vintage": 2018,
    "tonnes": 1000,
    "delivery": "spot",
    "unit_type": "VCU",
    "baseline_approach": "project_reference_area",
    "monitoring_years": 30,
    "legal_requirement": "none",
    "leakage_treatment": "modelled",
}


def test_t1_kariba_in_2022_and_at_the_end_of_2025(rulebook):
    """T1: in 2022 Kariba falls on its grade alone, at the end of 2025 on what became known."""
    facts = {"claim": "contribution", "procedure": "tender", "procurement_law": "eu"}
    status = Fact("withdrawn", EvidenceGrade.E1, as_of=date(2023, 10, 27))
    table = offers_of(KARIBA)
    columns = {**table.columns, "registry_status": Column([None], full={0: status})}
    days = _days(
        rulebook,
        "iclei_utmc_default",
        date(2022, 1, 1),
        date(2025, 12, 31),
        [purchase_in(year, **facts) for year in (2022, 2025)],
    )
    found = drift(replace(table, columns=columns), days, 20)
    offer = found.shown[0]
    assert (offer.before.verdict, offer.after.verdict) == ("not_eligible", "not_eligible")
    assert set(offer.grade_before) <= set("DE–")
    causes = {
        cause.rule: [s.kind for s in cause.shifts] for cause in (*found.causes, *found.grounds)
    }
    assert causes["governance.registry_status"] == ["fact"]
    assert causes["quantification.known_overissuance"] == ["table"]
    # Two rows: the hold of October 2023, and what the registry asked for in October 2025.
    assert causes["safeguards.no_open_finding"] == ["table", "table"]
    said = " ".join(s.words for cause in found.grounds for s in cause.shifts)
    assert "17 October 2023" in said
    assert "23 September 2025" in said


def test_a_tree_with_nothing_exchanged_is_the_same_tree(rulebook):
    """Rebuilding a tree keeps every kind of node as it is."""
    bound = bind(rulebook, "turku", date(2026, 9, 30))
    trees = [tree for rule in bound.rules.values() for tree in rule.expressions()]
    assert len(trees) > 100
    assert all(rebuilt(tree, {}) == tree for tree in trees)
