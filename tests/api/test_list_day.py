"""What a list says of status and ledger counts from the list's day on, in every command."""

from datetime import date
from pathlib import Path

import pytest

from offsetcheck import InputError, Request, drift, explain_offer, judge, open_rulebook, open_tender
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.vocabulary.evidence import Cause
from offsetcheck.vocabulary.finding import Outcome

LIST = (
    "category,country,is_compliance,issued,listed_at,name,project_id,project_type,proponent,"
    "protocol,registry,retired,status\n"
    'forest,Kenya,False,100,,Invented Forest,VCS1,REDD,Nobody,"[""vm0047""]",verra,40,withdrawn\n'
)
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
VROD = DATA / "vrod" / "vrod-v2025-12-year-end.parquet"
BARRED = "governance.registry_status"
BEFORE, LISTED, AFTER = date(2022, 1, 1), date(2025, 12, 31), date(2026, 9, 30)


@pytest.fixture(scope="module")
def rulebook():
    return open_rulebook()


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "projects.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def status_on(rulebook, path: Path, day: date, knowledge: str = "as-of"):
    """Return the finding on the status of the list's project, judged on a day."""
    case = open_tender(path, rulebook, as_of=day, city="turku", knowledge=knowledge)
    [offer] = judge(case)
    [finding] = [f for f in offer.assessment.findings if f.rule == BARRED]
    columns = assess_table(case.table, case.bound, case.purchase).outcomes
    assert columns[BARRED][0] == finding.outcome.value
    return finding


def test_a_status_counts_from_the_day_of_its_list(rulebook, listed: Path) -> None:
    """On an earlier day nobody knew it; on the day and after it bars the project."""
    dated = Path(f"{listed}@2025-12-31")
    early = status_on(rulebook, dated, BEFORE)
    assert early.outcome is Outcome.UNKNOWN
    assert {(m.field, m.cause) for m in early.missing} == {("registry_status", Cause.NOT_KNOWN_YET)}
    assert status_on(rulebook, dated, LISTED).outcome is Outcome.FAIL
    assert status_on(rulebook, dated, AFTER).outcome is Outcome.FAIL


def test_knowledge_of_today_counts_it_on_every_day(rulebook, listed: Path) -> None:
    """And the page still says of which day the list is."""
    dated = Path(f"{listed}@2025-12-31")
    finding = status_on(rulebook, dated, BEFORE, "today")
    assert finding.outcome is Outcome.FAIL
    assert str(finding.saw("registry_status").fact.source).endswith("of 2025-12-31")


def test_a_list_without_a_day_counts_on_the_day_of_assessment(rulebook, listed: Path) -> None:
    """It is asked for its day, and meanwhile what it says counts."""
    assert status_on(rulebook, listed, BEFORE).outcome is Outcome.FAIL
    case = open_tender(listed, rulebook, as_of=BEFORE, city="turku")
    assert any("states no day" in problem.message for problem in case.problems)


def test_the_sentence_says_of_which_day_the_status_is(rulebook, listed: Path) -> None:
    """An officer reads the list's day beside what the list says, and in the command to repeat."""
    dated = Path(f"{listed}@2025-12-31")
    case = open_tender(dated, rulebook, as_of=AFTER, city="turku")
    page = explain_offer(case, "VCS1").explained
    [finding] = [f for f in page.findings if f.rule == BARRED]
    assert "Withdrawn (31 December 2025)" in str(finding.found)
    assert "projects.csv@2025-12-31" in page.audit.reproduce


def test_a_list_beside_the_offers_counts_from_its_day(rulebook, listed: Path) -> None:
    """What is joined to a bid keeps the day of the list that it is from."""
    bids = listed.with_name("bids.csv")
    bids.write_text("id,tonnes\nVCS1,5\n", encoding="utf-8")
    outcomes = []
    for day in (BEFORE, AFTER):
        registries = [f"{listed}@2025-12-31"]
        case = open_tender(bids, rulebook, as_of=day, city="turku", registries=registries)
        [offer] = judge(case)
        outcomes += [f.outcome for f in offer.assessment.findings if f.rule == BARRED]
    assert outcomes == [Outcome.UNKNOWN, Outcome.FAIL]


def test_a_drift_blames_the_day_of_the_list(rulebook, listed: Path) -> None:
    """Between two days around it the status became known, which is what turned the verdict."""
    request = Request(Path(f"{listed}@2025-12-31"), "turku", AFTER)
    page = drift(request, rulebook, BEFORE).explained
    assert "became known on 31 December 2025" in str(page)


def test_a_day_that_is_none_is_told_at_the_list(rulebook, listed: Path) -> None:
    """A mistyped day ends the reading, with what to write."""
    with pytest.raises(InputError, match="no day of the calendar"):
        open_tender(Path(f"{listed}@2025-02-30"), rulebook, as_of=AFTER, city="turku")


@pytest.mark.skipif(not VROD.is_file(), reason="the public lists are not beside the repository")
def test_a_list_of_december_withdraws_nothing_three_years_before(rulebook) -> None:
    """Kariba stands as withdrawn in it, which bars the project on its day and is unknown in 2022."""
    outcomes = {}
    for day in (BEFORE, LISTED):
        case = open_tender(VROD, rulebook, as_of=day, city="turku")
        found = explain_offer(case, "VCS902").assessment.findings
        outcomes[day] = [f.outcome for f in found if f.rule == BARRED]
        columns = assess_table(case.table, case.bound, case.purchase).outcomes[BARRED]
        row = list(case.table.ids).index("VCS902")
        assert columns[row] == outcomes[day][0].value
        assert ("fail" in set(columns)) == (day == LISTED)
    assert outcomes == {BEFORE: [Outcome.UNKNOWN], LISTED: [Outcome.FAIL]}
