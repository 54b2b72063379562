"""Spark says of each row what the evaluator of a whole table says, in ANSI mode."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from random import Random

import polars as pl
import pytest
from spark_here import reason_to_skip
from worlds import Drawer, World

if reason := reason_to_skip():
    pytest.skip(reason, allow_module_level=True)

from offsetcheck.api.case import open_rulebook, open_tender
from offsetcheck.engine import arithmetic
from offsetcheck.engine.columns.batch import BatchResult, assess_table
from offsetcheck.engine.columns.facts import facts_frame
from offsetcheck.engine.spark import frames
from offsetcheck.engine.spark.alike import Alike
from offsetcheck.engine.spark.columns import Columns, Sql, Term, applied
from offsetcheck.engine.spark.frames import conclude, judge, of_alike
from offsetcheck.engine.spark.functions import FUNCTIONS, calculate, compare, function
from offsetcheck.engine.spark.literals import text
from offsetcheck.engine.spark.plan import fields_read, read_as
from offsetcheck.engine.spark.run import Cluster, Table
from offsetcheck.engine.spark.session import session
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.problem import InputError, Place, RequestError
from offsetcheck.vocabulary.purchase import Purchase

pytestmark = pytest.mark.timeout(900)  # seconds, on a machine that many share
whole = partial(pytest.param, marks=pytest.mark.whole_spark)
DAY = date(2026, 9, 30)
DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
REAL = DATA / "vrod" / "vrod-v2025-12-year-end.parquet"
SEVERAL = ("conditions", "unscreened", "on_word")
# Of a handful of rows most time would go into compiling what is run once.
INTERPRETED = {"spark.sql.codegen.factoryMode": "NO_CODEGEN"}
COMPILED = {"spark.sql.codegen.factoryMode": "FALLBACK"}


@pytest.fixture(scope="module")
def spark():
    """Return one session for all tests of this file, which ends with them."""
    with pytest.MonkeyPatch.context() as patch:
        options = "-XX:TieredStopAtLevel=1"
        patch.setenv(
            "PYSPARK_SUBMIT_ARGS",
            f"--driver-java-options '{options}' --conf spark.ui.enabled=false "
            "--conf spark.sql.shuffle.partitions=1 --conf spark.driver.bindAddress=127.0.0.1 "
            "--conf spark.driver.host=127.0.0.1 pyspark-shell",
        )
        begun = session("local[2]")
    begun.sparkContext.setLogLevel("OFF")
    yield begun
    begun.stop()


def of_spark(spark, folder, table, bound, purchase):
    """Return verdicts and findings of a table as Spark has them, in the order of the table."""
    path = str(folder / "facts.parquet")
    facts_frame(table, bound.as_of, fields_read(bound)).write_parquet(path)
    judged = judge(spark.read.parquet(path), bound, purchase)
    rows = staged(spark, judged.rows, folder / "rows")
    alike = staged(spark, of_alike(judged, rows), folder / "alike")
    concluded = conclude(judged, rows, alike)
    assert sum(concluded.counts.values()) == len(table)
    frames = []
    for name in ("verdicts", "findings"):
        getattr(concluded, name).write.mode("overwrite").parquet(str(folder / name))
        frames.append(pl.read_parquet(folder / name / "*.parquet").sort("row"))
    return frames


def staged(spark, frame, folder):
    """Return a frame written and read again."""
    frame.write.mode("overwrite").parquet(str(folder))
    return spark.read.parquet(str(folder))


def differences(verdicts, findings, batch: BatchResult):
    """Return the columns in which Spark's tables differ from a batch, with the first values."""
    found = []
    expected = {name: _as_table(batch, name) for name in batch.rows.columns if name != "row"}
    told = {name: verdicts[name] for name in expected}
    for rule in batch.outcomes.columns:
        expected[rule], told[rule] = batch.outcomes[rule].cast(pl.String), findings[rule]
        for side, frame in (("lower", batch.lowers), ("upper", batch.uppers)):
            if f"{rule} {side}" in findings.columns:
                expected[f"{rule} {side}"] = frame[rule]
                told[f"{rule} {side}"] = findings[f"{rule} {side}"]
            else:
                assert frame[rule].null_count() == len(frame)
    for name, ours in expected.items():
        differ = ours.ne_missing(told[name].cast(ours.dtype))
        if differ.any():
            found.append((name, ours.filter(differ)[0], told[name].filter(differ)[0]))
    return found


def _as_table(batch, name):
    column = batch.rows[name]
    if name in SEVERAL:
        column = column.list.join("; ")
    if name == "conditions":
        refused = batch.rows["verdict"].cast(pl.String) == "not_eligible"
        column = pl.select(pl.when(~refused).then(column).otherwise(pl.lit(""))).to_series()
    return column.cast(pl.String) if isinstance(column.dtype, pl.Enum) else column


def settings(spark, wanted):
    """Set how Spark runs what it is given."""
    for key, value in wanted.items():
        spark.conf.set(key, value)


def disagreements(spark, folder, world: World):
    """Return what Spark says otherwise than the evaluator of a whole table on one world."""
    verdicts, findings = of_spark(spark, folder, world.table, world.bound, world.purchase)
    batch = assess_table(world.table, world.bound, world.purchase)
    return differences(verdicts, findings, batch)


@pytest.mark.parametrize("seed", [0, 1, *(whole(seed) for seed in range(2, 8))])
def test_spark_agrees_on_random_rulebooks_and_candidates(spark, tmp_path, seed):
    """Verdict, scores, bounds and outcomes are the same, whatever is missing or known in part."""
    settings(spark, INTERPRETED)
    assert disagreements(spark, tmp_path, Drawer(Random(seed)).world(9, 24)) == []


def test_compiled_expressions_say_the_same(spark, tmp_path):
    """Spark compiles expressions for long lists: what is compiled agrees too."""
    settings(spark, COMPILED)
    assert disagreements(spark, tmp_path, Drawer(Random(50)).world(7, 24)) == []


def test_what_tells_rows_apart_is_read_as_it_was_written(spark):
    """Each value of a column, and none, comes back from the bits of a number."""
    values = {"_c1": ["true", "false"], "_c2": ["'a'", "'b'", "'c'"], "_c3": ["5L"]}
    alike = Alike(values | {f"_c{n}": ["true", "false"] for n in range(4, 40)})
    options = {c: [*found, "NULL"] for c, found in alike.values.items() if c in values}
    rows = " CROSS JOIN ".join(
        f"(SELECT explode(array({', '.join(found)})) AS {c})" for c, found in options.items()
    )
    same = "IF(isnull(_c1), NULL, NOT _c1)"
    drawn = spark.sql(f"SELECT * FROM {rows}").selectExpr(
        "*", *(f"{'_c1' if n % 2 else same} AS _c{n}" for n in range(4, 40))
    )
    packed = [f"{one.text} AS {number}" for number, one in alike.packed.items()]
    told = drawn.selectExpr("*", *packed).selectExpr(
        *(f"{column} <=> ({written})" for column, written in alike.unpacked.items())
    )
    found = told.collect()
    assert len(found) == 3 * 4 * 2
    assert all(all(row) for row in found)


def test_rows_of_which_few_are_alike_are_told_the_same(spark, tmp_path, monkeypatch):
    """Where each machine cannot be given the results of all, they are brought to their rows."""
    monkeypatch.setattr(frames, "MOST_HELD", 1)
    settings(spark, INTERPRETED)
    assert disagreements(spark, tmp_path, Drawer(Random(1)).world(5, 24)) == []


@pytest.mark.whole_spark
def test_spark_agrees_on_a_tender_with_all_rules(spark, tmp_path):
    """Documents, screenings and contradictions of a tender are read alike, under every rule."""
    settings(spark, INTERPRETED)
    case = open_tender(bundled("samples") / "turku", open_rulebook(), as_of=DAY)
    tables = of_spark(spark, tmp_path, case.table, case.bound, case.purchase)
    assert differences(*tables, assess_table(case.table, case.bound, case.purchase)) == []


def test_spark_agrees_on_the_real_list(spark, tmp_path):
    """Of a public list of 11,000 projects every verdict, score and outcome is the same."""
    if not REAL.exists():
        pytest.skip("the real project lists are not beside this checkout")
    settings(spark, INTERPRETED)
    case = open_tender(REAL, open_rulebook(), as_of=DAY, city="bogota")
    tables = of_spark(spark, tmp_path, case.table, case.bound, case.purchase)
    assert differences(*tables, assess_table(case.table, case.bound, case.purchase)) == []


def test_ansi_mode_is_on_whatever_the_session_was_begun_with(spark):
    """In ANSI mode what cannot be computed raises unless a text holds it back."""
    spark.conf.set("spark.sql.ansi.enabled", "false")
    assert session("local[2]").conf.get("spark.sql.ansi.enabled") == "true"


def refused(folder):
    """Return the problems for which a table of facts is refused before anything is judged."""
    bound = bind(open_rulebook(), "bogota", DAY)
    out = folder.parent / "out"
    with pytest.raises(InputError) as told:
        Cluster("local[2]").run(Table(str(folder)), bound, Purchase(), str(out))
    assert not out.exists()
    return told.value.problems


def test_a_table_that_is_no_table_of_facts_is_refused(spark, tmp_path):
    """A column of a wrong type is named before anything is judged."""
    pl.DataFrame({"id": ["a"], "tonnes": ["many"]}).write_parquet(tmp_path / "facts.parquet")
    (problem,) = refused(tmp_path / "facts.parquet")
    assert problem.message == "`tonnes` is string and should be double"


def test_what_is_no_parquet_file_is_named(spark, tmp_path):
    """A torn file, or one of another kind in a folder of parts, is named by its path."""
    folder = tmp_path / "facts of 100%25"
    folder.mkdir()
    pl.DataFrame({"id": ["a"]}).write_parquet(folder / "a.parquet")
    (folder / "b.parquet").write_bytes(b"PAR1 and no more")
    (problem,) = refused(folder)
    assert problem.place.file == str(folder / "b.parquet")
    assert problem.message == "this is no Parquet file, or is not whole"


def test_parts_with_other_types_are_named(spark, tmp_path):
    """Of whole numbers in one part and decimals in another, both files are told."""
    folder = tmp_path / "facts [1] %20"
    folder.mkdir()
    pl.DataFrame({"id": ["a"], "tonnes": [1]}).write_parquet(folder / "a.parquet")
    pl.DataFrame({"id": ["b"], "tonnes": [1.5]}).write_parquet(folder / "b.parquet")
    (problem,) = refused(folder)
    assert problem.place == Place(str(folder / "b.parquet"), field="tonnes")
    assert problem.message == f"`tonnes` is double here and bigint in {folder / 'a.parquet'}"


def test_an_empty_folder_is_told(spark, tmp_path):
    """A folder in which nothing is a part of a table is named, and what is passed over."""
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "_SUCCESS").write_text("")
    (problem,) = refused(folder)
    assert problem.place.file == str(folder)
    assert problem.message == "no Parquet file is in this folder"


def test_what_spark_says_of_a_failure_is_one_line(spark, tmp_path):
    """Where Spark stops for another reason, its first line is told, and no trace of Java."""
    pl.DataFrame({"id": ["a"]}).write_parquet(tmp_path / "facts.parquet")
    facts = Table(str(tmp_path / "facts.parquet"), "no such format")
    bound = bind(open_rulebook(), "bogota", DAY)
    with pytest.raises(RequestError, match="Spark stopped") as told:
        Cluster("local[2]").run(facts, bound, Purchase(), str(tmp_path / "out"))
    assert "\n" not in told.value.problems[0].message


def test_names_that_mean_something_to_spark_are_names(spark, tmp_path):
    """Signs of patterns in a path, another case of a heading and unread moments change nothing."""
    settings(spark, INTERPRETED)
    world = Drawer(Random(3)).world(3, 4)
    folder = tmp_path / "of [2026] {a}*?"
    folder.mkdir()
    moments = pl.Series([datetime(2026, 9, 30)] * 2, dtype=pl.Datetime("ns"))
    frame = pl.DataFrame(
        {"id": ["a", None], "tonnes": [1, 2], "Tonnes": [3, 4], "a.b": [5, 6], "seen": moments}
    )
    frame.write_parquet(folder / "facts.parquet")
    facts = Table(str(folder / "facts.parquet"))
    told = Cluster("local[2]").run(facts, world.bound, world.purchase, str(folder))
    assert sum(told.counts.values()) == 2
    assert {problem.place.field for problem in told.problems} == {"Tonnes", "a.b", "seen"}
    parts = sorted((folder / "verdicts.parquet").rglob("*.parquet"))
    written = pl.concat(pl.read_parquet(part, glob=False) for part in parts)
    assert written["tonnes"].to_list() == [1, 2]


def test_a_column_that_only_some_parts_of_a_table_have_is_read(spark, tmp_path):
    """Parts written at different times make one table, whichever of them Spark opens first."""
    facts = tmp_path / "facts"
    facts.mkdir()
    pl.DataFrame({"id": ["a"]}).write_parquet(facts / "a.parquet")
    pl.DataFrame({"id": ["b"], "tonnes": [1.5]}).write_parquet(facts / "b.parquet")
    settings(spark, INTERPRETED)
    world = Drawer(Random(3)).world(3, 4)
    Cluster("local[2]").run(Table(str(facts)), world.bound, world.purchase, str(tmp_path))
    written = pl.read_parquet(tmp_path / "verdicts.parquet" / "*.parquet").sort("id")
    assert written.select("id", "tonnes").rows() == [("a", None), ("b", 1.5)]


def test_numbers_that_are_none_and_nulls_in_lists_do_not_count(spark, tmp_path):
    """A stranger's table may hold NaN, infinity and null within a list: they are not known."""
    frame = pl.DataFrame(
        {"number": [float("nan"), float("inf"), -0.0], "words": [["a", None], [], None]}
    )
    frame.write_parquet(tmp_path / "facts.parquet")
    read = spark.read.parquet(str(tmp_path / "facts.parquet")).selectExpr(
        f"{read_as('number', 'DOUBLE')} AS number",
        f"{read_as('words', 'ARRAY<STRING>')} AS words",
    )
    assert [tuple(row) for row in read.collect()] == [(None, ["a"]), (None, []), (0.0, None)]


def test_a_hostile_text_stays_a_text(spark):
    """Neither a quote nor the name of a setting in a rule is more to Spark than its letters."""
    hostile = "it's ${spark.app.name} \\ `x` \u00e9 \U0001d518 -- {0}"
    row = spark.range(1).selectExpr(f"{text(hostile)} AS told").first()
    assert row.told == hostile


NUMBERS = [0.0, 1.0, -1.0, 0.1, -3.0, 7981.0, 2.0**53, 5e-324, 1e16, 1e300, -1e308, None]
DAYS = [date(1, 1, 1), date(1582, 10, 10), date(2019, 2, 28), date(2020, 2, 29), date(9999, 12, 31)]
ON_PAIRS = {
    "numbers": (NUMBERS, NUMBERS, [(calculate(o), partial(arithmetic.calculate, o)) for o in "+-*/"]
        + [(compare(o), arithmetic.COMPARE[o]) for o in arithmetic.COMPARE]
        + [(FUNCTIONS["least"], min), (FUNCTIONS["greatest"], max)]),
    "days": (DAYS, [*DAYS, None], [(FUNCTIONS["years_between"], arithmetic.years_between),
        (FUNCTIONS["days_between"], arithmetic.days_between)]),
    "days and numbers": (DAYS, NUMBERS, [(FUNCTIONS["add_years"], arithmetic.add_years)]),
}  # fmt: skip


@pytest.mark.parametrize("mode", [INTERPRETED, COMPILED], ids=["interpreted", "compiled"])
@pytest.mark.parametrize("pairs", ON_PAIRS)
def test_each_operation_says_what_it_says_of_one_value(spark, tmp_path, pairs, mode):
    """Extremes of numbers and of the calendar raise nothing, and come to the same."""
    settings(spark, mode)
    firsts, seconds, operations = ON_PAIRS[pairs]
    rows = [(a, b) for a in firsts for b in seconds]
    pl.DataFrame(rows, schema=["a", "b"], orient="row").write_parquet(tmp_path / "pairs.parquet")
    read = spark.read.parquet(str(tmp_path / "pairs.parquet"))
    # Behind a chain of conditions, and twice, so that what is found twice might be drawn out of it.
    sides = [Term(Sql("a", atom=True)), Term(Sql("b", atom=True))]
    texts = [applied(Columns(), write, sides, "STRING").value.text for write, _ in operations]
    told = read.selectExpr("a", "b", *texts, *(f"{t} IS NULL AND {t} IS NULL" for t in texts))
    for a, b, *found in told.collect():
        known = a is not None and b is not None
        expected = [say(a, b) if known else None for _, say in operations]
        assert found == [*expected, *(one is None for one in expected)], (a, b)


def test_lists_with_nulls_and_repeats_count_as_one_value_does(spark, tmp_path):
    """A null within a list is nothing, a repeat counts, and no list is unknown."""
    lists = [["a", None, "b", "a"], [None], [], None]
    pl.DataFrame({"l": lists}, schema={"l": pl.List(pl.String)}).write_parquet(tmp_path / "l")
    read = spark.read.parquet(str(tmp_path / "l")).selectExpr(f"{read_as('l', 'ARRAY<STRING>')} l")
    count = function("count_in", [FieldType.CODES, FieldType.CODE, FieldType.CODE])
    told = read.selectExpr(
        FUNCTIONS["contains"]("l", "'a'"), FUNCTIONS["size"]("l"), count("l", "'a'", "'b'")
    )
    assert [tuple(row) for row in told.collect()] == [
        (True, 3.0, 3.0), (False, 0.0, 0.0), (False, 0.0, 0.0), (None, None, None),
    ]  # fmt: skip


def test_settings_of_a_cluster_do_not_change_what_is_said(spark, tmp_path):
    """A session that was begun otherwise reads texts, names and numbers as rules mean them."""
    for key in ("parser.escapedStringLiterals", "legacy.sizeOfNull", "files.ignoreCorruptFiles"):
        spark.conf.set(f"spark.sql.{key}", "true")
    spark.conf.set("spark.sql.ansi.enforceReservedKeywords", "true")
    begun = session("local[2]")
    settings(begun, INTERPRETED)
    assert disagreements(begun, tmp_path, Drawer(Random(11)).world(4, 8)) == []
    test_a_hostile_text_stays_a_text(begun)
    test_what_is_no_parquet_file_is_named(begun, tmp_path)
