"""The tables and the index of a long list."""

import csv
import io
import json
from dataclasses import replace

import polars as pl
import pytest

from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.report.index import explain_batch
from offsetcheck.report.order import ids_in_order, in_order
from offsetcheck.report.render import render
from offsetcheck.report.result_tables import result_tables
from offsetcheck.report.table_format import table_names, write_tables
from offsetcheck.report.tables_told import told_of
from offsetcheck.vocabulary.problem import Place, Problem
from world import bound, made_setting, offer, offers, purchase, table

PROBLEMS = (Problem("`abc` is no number", Place("=offers.csv", 4, field="price"), "write 12.50"),)
SPREAD = [
    *offers().values(),
    offer(id="VCS10", name="Far", vintage=None, permit_until=None, carbon_revenue_share=None),
    offer(id="VCS11", name="Near", permit_until=None),
    offer(id="VCS12", name="Lower", permit_until=None, carbon_revenue_share=0.6),
    offer(id="VCS13", name="Withdrawn too", registry_status="withdrawn"),
]


@pytest.fixture(scope="module")
def judged():
    made = table(SPREAD)
    return assess_table(made, bound(), purchase()), made


def write_table(frame, path, form):
    """Write one table; a workbook holds it as its only one."""
    told = told_of(assess_table(table(SPREAD), bound(), purchase()), made_setting())
    (name,) = write_tables({"table": frame}, path.parent, form, told)
    (path.parent / name).rename(path)


def explained(judged):
    result, made = judged
    return explain_batch(result, made, made_setting(), links={}, file="verdicts.csv")


def page(result, made, **more):
    setting = made_setting()
    return render(explain_batch(result, made, setting, **more), "html", setting.wording.words)


def test_as_many_rows_come_out_as_went_in(judged):
    """Every row of the list has one verdict, in the order of the file."""
    frame = result_tables(*judged)["verdicts"]
    assert frame["id"].to_list() == [c.id for c in SPREAD]
    counts = explained(judged).counts
    assert sum(int(line.count) for line in counts) == len(SPREAD)


def test_csv_runs_no_formula(judged, tmp_path):
    """A name that a spreadsheet would run is led by an apostrophe; numbers stay numbers."""
    result, _ = judged
    made = table([offer(name="=1+1", price=-2.5), *SPREAD[1:]])
    tables = result_tables(result, made, PROBLEMS)
    write_table(tables["verdicts"], tmp_path / "v.csv", "csv")
    write_table(tables["problems"], tmp_path / "p.csv", "csv")
    first = next(csv.DictReader(io.StringIO((tmp_path / "v.csv").read_text())))
    assert first["name"] == "'=1+1"
    assert first["price"] == "-2.5"
    assert (
        next(csv.DictReader(io.StringIO((tmp_path / "p.csv").read_text())))["file"]
        == "'=offers.csv"
    )


@pytest.mark.parametrize(
    ("words", "shown"), [(["=1+1", "b"], ["'=1+1", "b"]), (["a", "b"], ["a", "b"])]
)
def test_no_listed_word_is_a_formula(tmp_path, words, shown):
    """Columns of listed words are guarded as any text is, and hold the words in their rows."""
    frame = pl.DataFrame({"word": pl.Series(words, dtype=pl.Enum(words))})
    write_table(frame, tmp_path / "w.csv", "csv")
    rows = csv.DictReader(io.StringIO((tmp_path / "w.csv").read_text()))
    assert [row["word"] for row in rows] == shown


def test_parquet_holds_listed_words_as_texts(judged, tmp_path):
    """Readers other than Polars find texts where a column has a list of words."""
    write_table(result_tables(*judged)["missing"], tmp_path / "m.parquet", "parquet")
    kinds = pl.read_parquet(tmp_path / "m.parquet").schema
    assert {kinds[name] for name in ("rule", "field", "cause")} == {pl.String}


@pytest.mark.parametrize("form", table_names())
def test_tables_are_the_same_to_the_byte(judged, tmp_path, form):
    """The same results written twice are the same bytes, in each format."""
    for name, frame in result_tables(*judged, PROBLEMS).items():
        for run in (1, 2):
            write_table(frame, tmp_path / f"{name}{run}", form)
        assert (tmp_path / f"{name}1").read_bytes() == (tmp_path / f"{name}2").read_bytes()


def test_formats_hold_the_same_rows(judged, tmp_path):
    """JSON Lines and Parquet hold what CSV holds."""
    frame = result_tables(*judged)["verdicts"]
    write_table(frame, tmp_path / "v.jsonl", "jsonl")
    write_table(frame, tmp_path / "v.parquet", "parquet")
    lines = [json.loads(line) for line in (tmp_path / "v.jsonl").read_text().splitlines()]
    assert [line["verdict"] for line in lines] == frame["verdict"].to_list()
    assert pl.read_parquet(tmp_path / "v.parquet").equals(frame)


def test_missing_fields_are_listed_by_row_rule_and_cause(judged):
    """What is missing stands once for each row, rule and field, with its cause."""
    frame = result_tables(*judged)["missing"]
    far = frame.filter(pl.col("id") == "VCS10").select("rule", "field", "cause").rows()
    assert ("safeguards.permit", "permit_until", "not_stated") in far


def test_what_every_row_lacks_is_told_once_and_nothing_is_lost(judged):
    """Both tables of what is missing together say what the engine found, row by row."""
    listed = table(
        [
            replace(one, facts={n: f for n, f in one.facts.items() if n != "permit_until"})
            for one in SPREAD
        ]
    )
    result = assess_table(listed, bound(), purchase())
    made = result_tables(result, listed)
    some, alike = made["missing"], made["missing_in_every_row"]
    assert ("safeguards.permit", "permit_until", "not_stated", len(SPREAD)) in alike.rows()
    assert some.height + alike["candidates"].sum() == result.missing.height
    every = result.rows.select("row", "id").join(alike.drop("candidates"), how="cross")
    order = ["row", "rule", "field", "cause"]
    whole = pl.concat([some, every.select(some.columns)]).sort(order)
    assert whole.equals(result.missing.sort(order))


def test_the_page_says_once_what_every_row_lacks():
    """Field, rules and who can answer stand in one section, and in no row and no count below."""
    listed = table(
        [
            replace(one, facts={n: f for n, f in one.facts.items() if n != "permit_until"})
            for one in SPREAD
        ]
    )
    result = assess_table(listed, bound(), purchase())
    made = explain_batch(result, listed, made_setting(), links={}, file="verdicts.csv")
    lines = {line.field: line for line in made.everywhere}
    line = lines["permit_until"]
    assert (line.who, line.who_words, line.cause) == ("seller", "Seller", "not_stated")
    assert [rule.rule for rule in line.rules] == ["safeguards.permit"]
    assert line.title not in {part.title for part in made.questions}
    assert not any(line.title in row.fields for row in made.open)
    text = page(result, listed, links={}, file="verdicts.csv")
    assert text.count("Missing in every offer") == 3  # the heading, its table for a listener twice


def test_one_row_alone_is_told_row_by_row():
    """A list of one row has nothing in common with others."""
    listed = table([offer(permit_until=None)])
    made = result_tables(assess_table(listed, bound(), purchase()), listed)
    assert made["missing_in_every_row"].is_empty()
    assert explained((assess_table(listed, bound(), purchase()), listed)).everywhere == ()
    assert made["missing"].height > 0


def test_what_is_ruled_out_is_counted_by_rule(judged):
    """Each rule that rules rows out names how many, how many by it alone, and examples."""
    lines = {line.rule: line for line in explained(judged).ruled_out}
    status = lines["governance.registry_status"]
    assert (status.count, status.alone) == ("2", "1")
    assert "VCS666" in status.examples
    assert "integrity" in lines
    assert next(iter(lines)) == "governance.registry_status"


def test_open_rows_stand_by_their_working_grade_and_how_few_answers_they_need(judged):
    """Of two whose working grade is the same, the one that needs fewer answers stands first."""
    order = [i for i in ids_in_order(judged[0], bound()) if i in ("VCS10", "VCS11", "VCS12")]
    assert order == ["VCS11", "VCS12", "VCS10"]
    rows = in_order(judged[0], bound()).filter(pl.col("id").is_in(order))
    assert rows["working_grade"].is_sorted(descending=True)
    [low] = bound().scheme.grades[-1:]
    alike = in_order(
        replace(
            judged[0], rows=judged[0].rows.with_columns(pl.lit(low[1]).alias("integrity_working"))
        ),
        bound(),
    ).filter(pl.col("id").is_in(order))
    assert alike["answers_needed"].is_sorted()
    assert alike["answers_needed"].n_unique() > 1


def test_answers_count_only_where_the_verdict_waits_for_them(judged):
    """A row whose floor is reached for sure waits for its gates and reviews alone."""
    result, _ = judged
    sure = result.rows.with_columns(pl.lit(5000).alias("integrity_lower"))
    every = {row["id"]: row["answers_needed"] for row in in_order(result, bound()).to_dicts()}
    fewer = in_order(replace(result, rows=sure), bound()).to_dicts()
    assert {row["id"] for row in fewer if row["answers_needed"] < every[row["id"]]} >= {"VCS10"}
    assert all(row["answers_needed"] <= every[row["id"]] for row in fewer)


def test_what_may_be_bought_stands_first_in_the_order(judged):
    """Reports for the first rows go to what may be bought before what is open."""
    assert ids_in_order(judged[0])[:2] == ("VCS1", "VCS2")


def test_rules_with_one_outcome_are_listed_as_such(judged):
    """A rule that came out alike on every row told none of them apart, and is listed."""
    same = {line.rule for line in explained(judged).same}
    assert "claim.adjustment" in same
    assert "governance.registry_status" not in same


def test_the_page_is_the_same_in_two_runs_and_names_every_count(judged):
    """The index is the same to the byte, and states how many rows each verdict has."""
    links = {"VCS1": "offers/VCS1.html"}
    pages = [page(*judged, links=links, file="v.csv", problems=PROBLEMS) for _ in range(2)]
    assert pages[0] == pages[1]
    assert "Read: 9. Judged: 9." in pages[0]
    assert '<a href="offers/VCS1.html">' in pages[0]
    assert pages[0].count("<script") == 2  # what rows are found by, and the script that does it


def test_a_long_list_is_cut_and_the_rest_named():
    """The page shows the first hundred open rows and says in which file all of them stand."""
    many = [offer(id=f"VCS{n}", permit_until=None) for n in range(250)]
    made = table(many)
    text = page(assess_table(made, bound(), purchase()), made, links={}, file="verdicts.csv")
    assert "The first 100 of 250; the rest are in verdicts.csv." in text
    assert text.count('<th scope="row">River Gums') == 100
