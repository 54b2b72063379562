"""Lists that are judged part by part: what comes out is what one go gives."""

import gc
import json
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import offsetcheck
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.engine.columns.evaluator import ColumnEvaluator
from offsetcheck.ground.publish.foreign import LISTING
from offsetcheck.intake.files import parquet_parts
from offsetcheck.report.index import result_hash
from offsetcheck.report.parts import ResultsInParts
from offsetcheck.report.result_tables import result_tables
from offsetcheck.report.tonnes.tables import comparable_frame
from offsetcheck.rulebook.tonnes.binding import bind_steps
from offsetcheck.vocabulary.problem import InputError, RequestError

DAY = date(2026, 9, 30)
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
VROD = DATA / "vrod" / "vrod-v2025-12-year-end.parquet"
TYPES = ["afforestation_reforestation", "cookstoves", "biochar", "wind", "redd"]
COUNTRIES = ["CO", "FI", "KE", "BR"]


@pytest.fixture(scope="module")
def rulebook():
    return offsetcheck.open_rulebook()


@pytest.fixture
def parts_of_40(monkeypatch):
    monkeypatch.setattr(parquet_parts, "ROWS_OF_PART", 40)


def offers(rows=100, **columns):
    """Return a list of offers of as many projects, of different types, countries and years."""
    numbers = range(rows)
    return pl.DataFrame(
        {
            "id": [f"VCS{number + 1}" for number in numbers],
            "project_type": [TYPES[number % len(TYPES)] for number in numbers],
            "country": [COUNTRIES[number % len(COUNTRIES)] for number in numbers],
            "vintage": [2008 + number % 17 for number in numbers],
            "tonnes": [1000 * (number + 1) for number in numbers],
        }
        | columns
    )


@pytest.fixture
def written(tmp_path):
    def write(frame, name="offers.parquet"):
        frame.write_parquet(tmp_path / name)
        return tmp_path / name

    return write


def judged(path, rulebook, folder, **options):
    options = offsetcheck.BatchOptions(engine="stream", **options)
    done = offsetcheck.batch(
        [path], rulebook, folder, as_of=DAY, cities=["bogota"], options=options
    )
    return done.results[0]


def in_one_go(path, rulebook):
    case = offsetcheck.open_tender(path, rulebook, as_of=DAY, city="bogota")
    result = assess_table(case.table, case.bound, case.purchase)
    return result, result_tables(result, case.table, case.problems, case.readings)


def table(folder, name):
    return pl.read_parquet(folder / name / "*.parquet").with_columns(
        pl.col(pl.Enum).cast(pl.String)
    )


def same(left, right):
    """Hold two tables to each other by the columns of the second, as texts and in its order."""
    texts = right.with_columns(pl.col(pl.Enum).cast(pl.String))
    assert_frame_equal(left.select(texts.columns), texts, check_dtypes=False, check_row_order=True)


@pytest.mark.usefixtures("parts_of_40")
def test_the_tables_of_parts_are_those_of_one_go(rulebook, written, tmp_path):
    """Verdicts, outcomes, what is missing, counts and the hash of the result are the same."""
    path = written(offers())
    done = judged(path, rulebook, tmp_path / "out")
    result, tables = in_one_go(path, rulebook)
    assert len(list((tmp_path / "out/verdicts").iterdir())) == 3
    for name in ("verdicts", "findings", "missing"):
        same(table(tmp_path / "out", name), tables[name])
    same(
        pl.read_parquet(tmp_path / "out/missing_in_every_row.parquet").sort("rule", "field"),
        tables["missing_in_every_row"]
        .with_columns(pl.col(pl.Enum).cast(pl.String))
        .sort("rule", "field"),
    )
    summary = json.loads((tmp_path / "out/summary.json").read_text())
    assert summary["audit"]["result_hash"] == result_hash(result)
    assert {k: v for k, v in summary["verdicts"].items() if v} == dict(done.verdicts)
    assert summary["rows"] == sum(done.verdicts.values()) == 100


@pytest.mark.usefixtures("parts_of_40")
def test_comparable_tonnes_of_parts_are_those_of_one_go(rulebook, written, tmp_path):
    """Each part has its table of comparable tonnes, with rows counted on; they are the same."""
    path = written(offers(price=[4 + number / 7 for number in range(100)], currency=["EUR"] * 100))
    judged(path, rulebook, tmp_path / "out")
    case = offsetcheck.open_tender(path, rulebook, as_of=DAY, city="bogota")
    steps = bind_steps(rulebook, "bogota", DAY)
    same(table(tmp_path / "out", "tonnes"), comparable_frame(case.table, steps, case.purchase))


@pytest.mark.usefixtures("parts_of_40")
def test_what_all_rows_of_one_part_lack_is_told_of_each_where_others_have_it(
    rulebook, written, tmp_path
):
    """Prices of the last part alone: the rows before lack them one by one, and none is lost."""
    path = written(offers(price=[None] * 80 + [12.5] * 20, currency=["EUR"] * 100))
    judged(path, rulebook, tmp_path / "out")
    _, tables = in_one_go(path, rulebook)
    same(table(tmp_path / "out", "missing"), tables["missing"])


@pytest.mark.usefixtures("parts_of_40")
def test_what_parts_lacked_is_not_left_among_the_results(rulebook, written, tmp_path):
    """It lies in the draft until all parts are known, and no file that is no table stays."""
    judged(written(offers()), rulebook, tmp_path / "out")
    named = {path.name for path in (tmp_path / "out").iterdir() if path.name != LISTING}
    tables = {"verdicts", "findings", "missing", "tonnes"}
    others = {"missing_in_every_row.parquet", "problems.parquet", "columns.parquet"}
    assert named == {*tables, *others, "summary.json"}


@pytest.mark.usefixtures("parts_of_40")
def test_of_a_part_that_is_judged_no_column_stays(rulebook, written, tmp_path, monkeypatch):
    """Nothing waits for the collector of cycles, which does not see how large columns are."""
    left = []
    write = ResultsInParts.write

    def counted(results, *part):
        left.append(sum(isinstance(one, ColumnEvaluator) for one in gc.get_objects()))
        write(results, *part)

    monkeypatch.setattr(ResultsInParts, "write", counted)
    path = written(offers())
    gc.collect()
    gc.disable()
    try:
        judged(path, rulebook, tmp_path / "out")
    finally:
        gc.enable()
    assert left == [0, 0, 0]


@pytest.mark.usefixtures("parts_of_40")
def test_the_lots_of_one_project_stand_in_one_part(rulebook, written, tmp_path):
    """A project whose rows reach over the end of a part is judged as in one go, lots numbered."""
    ids = [f"VCS{number // 7 + 1}" for number in range(100)]
    path = written(offers(id=ids))
    judged(path, rulebook, tmp_path / "out")
    _, tables = in_one_go(path, rulebook)
    found = table(tmp_path / "out", "verdicts")
    same(found, tables["verdicts"])
    parts = [pl.read_parquet(one) for one in sorted((tmp_path / "out/verdicts").iterdir())]
    projects = [set(part["id"].str.replace(r"#\d+$", "")) for part in parts]
    assert sum(map(len, projects)) == len(set.union(*projects))


@pytest.mark.usefixtures("parts_of_40")
def test_rows_of_one_project_that_stand_far_apart_are_refused(rulebook, written, tmp_path):
    """What the lots of a project say together cannot be told then: the list is to be sorted."""
    ids = [f"VCS{number + 1}" for number in range(99)] + ["VCS1"]
    with pytest.raises(InputError, match="far apart") as caught:
        judged(written(offers(id=ids)), rulebook, tmp_path / "out")
    assert "sort the list" in caught.value.problems[0].hint
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("parts_of_40")
def test_parts_that_write_numbers_in_two_ways_are_refused(rulebook, written, tmp_path):
    """Each part by itself tells one style; together they tell two, and a person says which."""
    tonnes = ["1.234.567,5"] * 50 + ["1,234,567.5"] * 50
    with pytest.raises(InputError) as caught:
        judged(written(offers(tonnes=tonnes)), rulebook, tmp_path / "out")
    assert "--numbers" in str(caught.value.problems[-1])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"formats": ("csv",)}, "are Parquet, not csv"),
        ({"missing": "csv"}, "are Parquet, not csv"),
        ({"reports": "all"}, "no reports are made"),
        ({"resume": True}, "not to be had of a list in parts"),
        ({"deciding": True}, "not to be had of a list in parts"),
    ],
)
def test_what_cannot_be_had_in_parts_is_refused(rulebook, written, tmp_path, options, said):
    """Other tables than Parquet and reports are refused before anything is read."""
    with pytest.raises(RequestError, match=said):
        judged(written(offers(3)), rulebook, tmp_path / "out", **options)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,country\nVCS1,CO\n", "no Parquet, and no other list is judged in parts"),
        (b"PAR1" + b"\0" * 200 + b"PAR1", "no Parquet that can be read"),
        (b"", "no Parquet"),
    ],
    ids=["csv", "damaged", "empty"],
)
def test_another_file_is_refused(rulebook, tmp_path, content, said):
    """A file that is no Parquet is an error that says what is, and nothing is written."""
    (tmp_path / "list.parquet").write_bytes(content)
    with pytest.raises(InputError, match=said):
        judged(tmp_path / "list.parquet", rulebook, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("parts_of_40")
def test_a_list_is_cut_where_one_project_has_too_many_rows(rulebook, written, tmp_path):
    """A list of one project cannot be held in parts: it is refused and not gathered without end."""
    with pytest.raises(InputError, match="name one project"):
        judged(written(offers(id=["VCS1"] * 100)), rulebook, tmp_path / "out")


@pytest.mark.usefixtures("parts_of_40")
def test_what_a_list_lacks_is_told_once_for_all_parts(rulebook, written, tmp_path):
    """A column that is not read is one remark, whose cells are counted over all parts."""
    done = judged(written(offers(shoe_size=["x"] * 100)), rulebook, tmp_path / "out")
    unread = [problem for problem in done.problems if problem.place.field == "shoe_size"]
    assert len(unread) == 1
    assert "100 cells" in unread[0].message
    assert done.readings[0].rows == 100


def spoilt(rows=1300):
    """Return a list with all that is counted: cells, rows without id, ids twice, odd balances."""
    ids = [f"VCS{number - number % 3}" for number in range(rows)]
    ids = ["" if number % 4 == 1 else name for number, name in enumerate(ids)]
    ids = [f"odd {number}" if number % 4 == 3 else name for number, name in enumerate(ids)]
    words = ["ca. ", "about ", "some ", "<", ">", "~", ""]
    return offers(
        rows,
        id=ids,
        tonnes=[f"{words[number % 7]}{number}" for number in range(rows)],
        vintage=[f"in {number}, or {number % 9}" for number in range(rows)],
        country=[f"Land {number}" for number in range(rows)],
        price=[12.5] * rows,
        currency=["EUR" if number % 2 else "XXX" for number in range(rows)],
        issued=[10 * number for number in range(rows)],
        retired=[20 * number if number % 3 else 1 for number in range(rows)],
    )


def test_problems_of_parts_are_counted_as_those_of_one_go(rulebook, written, tmp_path, monkeypatch):
    """What is wrong with many rows is said once, with the count, the rows and the rest of all."""
    monkeypatch.setattr(parquet_parts, "ROWS_OF_PART", 420)
    path = written(spoilt())
    done = judged(path, rulebook, tmp_path / "out")
    case = offsetcheck.open_tender(path, rulebook, as_of=DAY, city="bogota")
    assert len(list((tmp_path / "out/verdicts").iterdir())) == 4
    told = [str(problem) for problem in case.problems]
    assert sorted(map(str, done.problems)) == sorted(told)
    for said in ("more problems of this kind", "more cells cannot be read, for", "rows: "):
        assert any(said in one for one in told), said


@pytest.mark.skipif(
    not VROD.is_file(), reason="the list of all registries is not beside the repository"
)
def test_a_short_last_part_is_told_of_a_registry_as_a_long_list_is(
    rulebook, written, tmp_path, monkeypatch
):
    """What a registry's list contradicts is counted by field, in the few rows at the end too."""
    monkeypatch.setattr(parquet_parts, "ROWS_OF_PART", 420)
    path = written(offers(620, country=["FI"] * 620))
    asked = {"registries": [VROD], "as_of": DAY}
    options = offsetcheck.BatchOptions(engine="stream")
    done = offsetcheck.batch(
        [path], rulebook, tmp_path / "out", cities=["bogota"], options=options, **asked
    )
    told = offsetcheck.open_tender(path, rulebook, city="bogota", **asked).problems
    assert sorted(map(str, done.results[0].problems)) == sorted(map(str, told))
    assert any(re.search(r"contradicts \d+ rows on country", one.message) for one in told)


def test_a_list_too_long_for_one_go_says_how_it_is_read(rulebook, tmp_path):
    """The refusal names the option."""
    path = tmp_path / "long.parquet"
    pl.DataFrame({"id": pl.int_range(1_000_001, eager=True)}).write_parquet(path)
    with pytest.raises(InputError) as caught:
        offsetcheck.open_tender(path, rulebook, as_of=DAY, city="bogota")
    assert "--engine stream" in caught.value.problems[0].hint


@pytest.mark.skipif(
    not VROD.is_file(), reason="the list of all registries is not beside the repository"
)
def test_a_real_list_in_parts_is_what_one_go_gives(rulebook, tmp_path, monkeypatch):
    """The public list of all registries, in three parts: every table is that of one go."""
    monkeypatch.setattr(parquet_parts, "ROWS_OF_PART", 4000)
    done = judged(VROD, rulebook, tmp_path / "out")
    result, tables = in_one_go(VROD, rulebook)
    assert len(list((tmp_path / "out/verdicts").iterdir())) == 3
    for name in ("verdicts", "findings", "missing"):
        same(table(tmp_path / "out", name), tables[name])
    assert sum(done.verdicts.values()) == result.rows.height
    summary = json.loads((tmp_path / "out/summary.json").read_text())
    assert summary["audit"]["result_hash"] == result_hash(result)
