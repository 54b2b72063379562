"""Opening, judging, explaining and writing without a terminal."""

from datetime import date, datetime
from pathlib import Path

import pytest

import offsetcheck
from offsetcheck import InputError, OutputError, RequestError

DAY = date(2026, 9, 30)
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
SHEET = "id,name,programme,country,vintage\nVCS902,Kariba,VCS,ZW,2019\nGS1,Stoves,GS,KE,2021\n"


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook()


@pytest.fixture
def sheet(tmp_path):
    """Return a small list."""
    path = tmp_path / "list.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_tender_is_judged_offer_by_offer(rulebook):
    """Each offer of a sample has a verdict, and its explanation by id is the same."""
    case = offsetcheck.open_tender(SAMPLES / "turku", rulebook, as_of=DAY)
    judged = {offer.candidate.id: offer for offer in offsetcheck.judge(case)}
    assert list(judged) == list(case.table.ids)
    one = offsetcheck.explain_offer(case, "ACR1129")
    assert one.explained == judged["ACR1129"].explained
    assert case.remarks == ()


def test_a_path_may_be_a_text(rulebook, sheet):
    """Paths are given as text or as paths, and mean the same."""
    cases = [
        offsetcheck.open_tender(path, rulebook, city="turku", as_of=DAY)
        for path in (sheet, str(sheet))
    ]
    assert cases[0].setting.origin == cases[1].setting.origin


def test_another_city_than_the_tender_names_is_a_remark(rulebook, capfd):
    """It is judged for the city asked for, and the remark is a value that nobody has printed."""
    case = offsetcheck.open_tender(SAMPLES / "turku", rulebook, city="bogota", as_of=DAY)
    assert case.bound.city.id == "bogota"
    assert case.remarks == ("the tender names the city turku; it is judged for bogota",)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"city": "turkku"},
            "city: the rulebook holds no city `turkku`\n    did you mean `turku`?",
        ),
        ({"city": None}, "request: name a city with `city`: "),
        (
            {"as_of": date(1999, 1, 1)},
            "request: no rule is in force on 1999-01-01\n    the rulebook",
        ),
        ({"knowledge": "tomorrow"}, "knowledge: `tomorrow` is not one of as-of, today"),
        ({"language": "xx"}, "language: there are no words in `xx`"),
        ({"as_of": "2026-09-30"}, "as_of: a datetime.date is needed, not '2026-09-30'"),
        ({"as_of": datetime(2026, 9, 30, 12)}, "as_of: a datetime.date is needed"),
    ],
)
def test_what_does_not_fit_is_an_error_of_the_request(asked, message, rulebook, sheet):
    """What is unknown, no city, what is no day or lies before the rules raise RequestError."""
    with pytest.raises(RequestError) as caught:
        offsetcheck.open_tender(sheet, rulebook, **{"city": "turku", "as_of": DAY} | asked)
    assert str(caught.value).startswith(message)


def test_an_unknown_id_is_answered_with_the_nearest(rulebook, sheet):
    """An id that no offer has raises RequestError with the one that was meant."""
    case = offsetcheck.open_tender(sheet, rulebook, city="turku", as_of=DAY)
    with pytest.raises(RequestError, match="did you mean `VCS902`"):
        offsetcheck.explain_offer(case, "VCS90")


def test_judged_offers_are_written_whole(rulebook, sheet, tmp_path):
    """Reports of a choice of offers stand in a new folder; a second time needs `replace`."""
    case = offsetcheck.open_tender(sheet, rulebook, city="turku", as_of=DAY)
    chosen = [offsetcheck.explain_offer(case, "GS1")]
    out, told = tmp_path / "out", []
    pages = offsetcheck.write(
        case, chosen, out, formats=("html", "json"), progress=lambda *step: told.append(step)
    )
    assert pages == (out / "index.html", out / "tender.json")
    assert sorted(path.name for path in (out / "offers").iterdir()) == ["GS1.html", "GS1.json"]
    assert told == [(1, 1, "html reports"), (1, 1, "json reports")]
    with pytest.raises(OutputError, match="not empty"):
        offsetcheck.write(case, chosen, out)
    assert offsetcheck.write(case, chosen, out, formats=("md",), replace=True) == (
        out / "tender.md",
    )
    assert not (out / "index.html").exists()


def test_an_unknown_format_is_refused_before_anything_is_written(rulebook, sheet, tmp_path):
    """A format that there is not raises RequestError, for reports and for tables."""
    case = offsetcheck.open_tender(sheet, rulebook, city="turku", as_of=DAY)
    with pytest.raises(RequestError, match="`docx` is not one of"):
        offsetcheck.write(case, [], tmp_path / "out", formats=("docx",))
    with pytest.raises(RequestError, match="`xls` is not one of csv"):
        offsetcheck.batch(
            [sheet], rulebook, tmp_path / "out", cities=["turku"], as_of=DAY,
            options=offsetcheck.BatchOptions(formats=("xls",)),
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == [sheet]


def test_a_batch_returns_what_became_of_each_list(rulebook, sheet, tmp_path, capfd):
    """Each list and city has a result with its index; what could not be read is a problem."""
    (tmp_path / "none.json").write_text('{"recipe": 1}', encoding="utf-8")
    told, opened = [], []
    summary = offsetcheck.batch(
        [sheet, str(tmp_path / "none.json")], rulebook, tmp_path / "out",
        cities=["turku", "bogota"], as_of=DAY,
        options=offsetcheck.BatchOptions(reports="GS1,nobody"),
        progress=lambda *step: told.append(step), opening=opened.append,
    )  # fmt: skip
    assert opened == [sheet, tmp_path / "none.json"]
    assert [result.city for result in summary.results] == ["turku", "bogota"]
    for result in summary.results:
        assert result.index == tmp_path / "out" / "list" / result.city / "index.html"
        assert result.index.is_file()
        assert sum(result.verdicts.values()) == 2
        assert result.unknown_ids == ("nobody",)
    assert [Path(problem.place.file).name for problem in summary.unread] == ["none.json"]
    assert told == [(1, 1, "reports")] * 2
    assert capfd.readouterr() == ("", "")


def test_a_batch_without_any_readable_list_writes_nothing(rulebook, tmp_path):
    """Where no list can be read, the problems are raised and there is no folder."""
    (tmp_path / "none.json").write_text('{"recipe": 1}', encoding="utf-8")
    with pytest.raises(InputError):
        offsetcheck.batch(
            [tmp_path / "none.json"], rulebook, tmp_path / "out", cities=["turku"], as_of=DAY
        )
    assert not (tmp_path / "out").exists()


def test_samples_are_copied_once(tmp_path):
    """The samples of the package are copied into a new folder, and into no other."""
    files = offsetcheck.copy_samples(tmp_path / "samples")
    assert tmp_path / "samples" / "turku" / "purchase.yaml" in files
    with pytest.raises(OutputError, match="exists already"):
        offsetcheck.copy_samples(tmp_path / "samples")


def test_copied_rules_judge_as_the_installed_ones(rulebook, tmp_path):
    """A copy of the installed rules loads and has the same fingerprint for a city on a day."""
    offsetcheck.copy_rules(tmp_path / "rules")
    copied = offsetcheck.open_rulebook(tmp_path / "rules")
    hashes = [
        offsetcheck.open_tender(SAMPLES / "turku", book, as_of=DAY).bound.hash
        for book in (rulebook, copied)
    ]
    assert hashes[0] == hashes[1]


def test_the_page_says_once_what_is_not_read(tmp_path, rulebook):
    """A column that is not used stands in the account, remarks alike are one line with its rows."""
    path = tmp_path / "offers.csv"
    rows = "".join(f"VCS{n},Name {n},VCS-VCU-{n}-2021 (block),fine\n" for n in range(1, 9))
    path.write_text(f"id,name,serials,Remarks\n{rows}", encoding="utf-8")
    case = offsetcheck.open_tender(path, rulebook, city="turku", as_of=DAY)
    offsetcheck.write(case, list(offsetcheck.judge(case)), tmp_path / "out")
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    account, _, problems = page.partition("Problems and remarks on the files</h2>")
    assert "Remarks" in account
    assert "Remarks" not in problems
    assert problems.count("of no form that is known") == 1
    assert "(in 8 rows: 2, 3, 4, 5, 6 …)" in problems
    assert sum("is not read" in problem.message for problem in case.problems) == 1
