"""Each form that a command can write, asked for as an officer types it, and what then stands there."""

import io
import json
from html.parser import HTMLParser

import polars as pl
import pypdf
import pytest
from openpyxl import load_workbook

from offsetcheck.report.format import RESULT, format_named, format_names
from offsetcheck.report.table_format import table_format_named, table_names

DAY = ("--as-of", "2026-09-30")
SHEET = (
    "id,name,programme,country,vintage,tonnes,price,currency\n"
    "VCS902,Kariba,VCS,ZW,2018,100,5,EUR\nGS1,Stoves,GS,KE,2021,200,6.5,EUR\n"
)
ONE = ("VCS902", "Kariba")
BOTH = (*ONE, "GS1", "Stoves")
PAGES = format_names("candidate", "tender")


def sheet_of(path):
    """Return a reader of one sheet of the workbook of all tables, as a table."""
    book = load_workbook(path.with_name("results.xlsx"), read_only=True)
    head, *rows = book[path.stem].iter_rows(values_only=True)
    return pl.DataFrame(rows, schema=list(head), orient="row", infer_schema_length=None)


READERS = {
    "csv": lambda path: pl.read_csv(path, infer_schema_length=None),
    "jsonl": pl.read_ndjson,
    "parquet": pl.read_parquet,
    "xlsx": sheet_of,
}
TABLES = (
    *("verdicts", "findings", "missing", "missing_in_every_row"),
    *("problems", "columns", "tonnes"),
)


class Texts(HTMLParser):
    """The words of a page, and how many main headings it has."""

    def __init__(self, text):
        super().__init__()
        self.words, self.headings = [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.headings += tag == "h1"

    def handle_data(self, data):
        self.words.append(data)


def words_of(text, form):
    """Return the words of a report after checking that it is of its form."""
    if form == "pdf":
        read = pypdf.PdfReader(io.BytesIO(text))
        assert read.pages[0].extract_text()
        return " ".join(" ".join(page.extract_text() for page in read.pages).split())
    text = text.decode("utf-8")
    if form == "json":
        data = json.loads(text)
        assert data["schema_version"] == "1.0"
        return json.dumps(data, ensure_ascii=False)
    if form == "html":
        assert text.startswith("<!doctype html>")
        page = Texts(text)
        assert page.headings == 1
        return " ".join(page.words)
    assert "<" not in text.split("\n")[0]
    assert text.startswith("# ") == (form == "md")
    return text


@pytest.fixture
def sheet(tmp_path):
    """Return a small bid sheet."""
    path = tmp_path / "offers.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", PAGES)
def test_assess_writes_each_form(form, offsetcheck, sheet, tmp_path):
    """The list and each offer have a report in the form asked for, in no other."""
    ended = offsetcheck("assess", sheet, "--city", "turku", *DAY, "--format", form)
    assert ended.status == 0, ended.stderr
    written = [path for path in (tmp_path / "out").rglob("[!.]*") if path.is_file()]
    suffix = format_named(form).suffix
    assert {path.suffix for path in written} == {f".{suffix}"}
    assert len(written) == 3
    whole = words_of((tmp_path / ended.stdout.splitlines()[-1]).read_bytes(), form)
    assert all(word in whole for word in BOTH)
    own = words_of((tmp_path / "out" / "offers" / f"VCS902.{suffix}").read_bytes(), form)
    assert all(word in own for word in ONE)
    assert "Stoves" not in own
    refused = {"json": '"verdict": "not_eligible"'}.get(form, "Not eligible")
    assert refused in own


def test_the_forms_of_one_assessment_agree(offsetcheck, sheet, tmp_path):
    """HTML and Markdown name the verdict, the reasons and the hash that JSON holds."""
    forms = [word for form in PAGES for word in ("--format", form)]
    offsetcheck("assess", sheet, "--city", "turku", *DAY, *forms)
    data = json.loads((tmp_path / "out" / "offers" / "GS1.json").read_text("utf-8"))
    said = [data["verdict"]["words"], data["audit"]["result_hash"][:12]]
    said += [reason["text"].split("(")[0].strip() for reason in data["reasons"][:1]]
    for form in ("html", "md", "pdf"):
        text = (tmp_path / "out" / "offers" / f"GS1.{form}").read_bytes()
        plain = words_of(text, form).replace("\\", "")
        assert all(word in plain for word in said), form


@pytest.mark.parametrize("form", format_names(RESULT))
def test_a_whole_result_is_one_file(form, offsetcheck, sheet, tmp_path):
    """A format that shows a result at once is the one file that its name says."""
    if form in PAGES:
        return
    ended = offsetcheck("assess", sheet, "--city", "turku", *DAY, "--format", form)
    assert ended.status == 0, ended.stderr
    named = format_named(form)
    (written,) = (tmp_path / "out").rglob("[!.]*")
    assert written.name == f"{named.list_stem}.{named.suffix}"
    assert ended.stdout.splitlines()[-1] == f"out/{written.name}"


@pytest.mark.parametrize("form", table_names())
def test_batch_writes_each_form(form, offsetcheck, sheet, tmp_path):
    """All tables stand in the form asked for, in no other, each with its rows and columns."""
    more = ("--format", form, "--reports", "top:0")
    assert offsetcheck("batch", sheet, "--city", "turku", *DAY, *more).status == 0
    out = tmp_path / "out"
    written = {path.name for path in out.glob("[!.]*")}
    assert written == {"index.html", *table_format_named(form).files(TABLES)}
    verdicts = READERS[form](out / f"verdicts.{form}")
    assert verdicts.select("id", "name", "vintage", "tonnes", "price", "verdict").rows() == [
        ("VCS902", "Kariba", 2018, 100.0, 5.0, "not_eligible"),
        ("GS1", "Stoves", 2021, 200.0, 6.5, "undecided"),
    ]
    findings = READERS[form](out / f"findings.{form}")
    assert findings["safeguards.no_open_finding"].to_list()[0] == "fail"
    missing = READERS[form](out / f"missing.{form}")
    assert {"id", "rule", "field", "cause"} <= set(missing.columns)
    assert set(missing["id"]) <= {"VCS902", "GS1"}
    alike = READERS[form](out / f"missing_in_every_row.{form}")
    assert set(map(int, alike["candidates"])) == {2}


def plain(cell):
    """Return a cell as text, whatever the form makes of a whole number and of nothing.

    A workbook keeps sixteen digits of a number.
    """
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.14g}"
    return "" if cell is None else str(cell)


def test_tables_of_all_forms_hold_the_same(offsetcheck, sheet, tmp_path):
    """Verdicts, findings and what is missing are the same rows in each form."""
    forms = [word for form in table_names() for word in ("--format", form)]
    offsetcheck("batch", sheet, "--city", "turku", *DAY, *forms)
    assert set(table_names()) == set(READERS)
    for name in ("verdicts", "findings", "missing", "missing_in_every_row", "tonnes"):
        read = [READERS[form](tmp_path / "out" / f"{name}.{form}") for form in table_names()]
        columns = read[0].columns
        assert all(set(frame.columns) == set(columns) for frame in read)
        same = [[list(map(plain, row)) for row in frame.select(columns).rows()] for frame in read]
        for form, rows in zip(table_names(), same, strict=True):
            assert rows == same[0], (name, form)


def test_what_decided_is_written_line_by_line_where_asked(offsetcheck, sheet, tmp_path):
    """One line for each deciding comparison of each rule on each offer, readable as texts."""
    more = ("--reports", "top:0", "--deciding")
    assert offsetcheck("batch", sheet, "--city", "turku", *DAY, *more).status == 0
    out = tmp_path / "out"
    lines = pl.read_parquet(out / "deciding" / "*.parquet").cast({pl.Enum: pl.String})
    findings = pl.read_csv(out / "findings.csv")
    rules = [name for name in findings.columns if name in set(lines["rule"])]
    for row in findings.iter_rows(named=True):
        said = dict(lines.filter(pl.col("row") == row["row"]).select("rule", "outcome").iter_rows())
        assert said == {rule: row[rule] for rule in rules}
    kariba = lines.filter((pl.col("row") == 0) & (pl.col("rule") == "vintage.age"))
    assert kariba.select("comparison", "value", "operator", "threshold", "distance").rows() == [
        ("vintage_age <= $max_age", "8", "<=", "10", -2.0)
    ]
    assert ".offsetcheck-files" in {path.name for path in out.iterdir()}
    assert "deciding/part-0001.parquet" in (out / ".offsetcheck-files").read_text()


def missing_files(folder):
    """Return the names of the files of what some offers lack."""
    return sorted(path.name for path in folder.glob("missing.*"))


@pytest.mark.parametrize(
    ("asked", "files", "told"),
    [
        ((), ["missing.parquet"], True),
        (("--missing-format", "csv"), ["missing.csv"], False),
        (("--missing-format", "jsonl", "--format", "xlsx"), ["missing.jsonl"], False),
        (("--format", "csv", "--format", "jsonl"), ["missing.jsonl", "missing.parquet"], True),
        (("--format", "csv", "--format", "parquet"), ["missing.parquet"], True),
        (("--format", "xlsx"), [], False),
    ],
)
def test_a_long_table_of_what_is_missing_is_parquet(asked, files, told, offsetcheck, tmp_path):
    """Beyond the limit it is Parquet instead of CSV, which one line says; as asked where asked."""
    listed = tmp_path / "long.csv"
    lines = [f"VCS{n},Project,VCS,KE,{2021 if n % 2 else ''}" for n in range(9000)]
    listed.write_text("id,name,programme,country,vintage\n" + "\n".join(lines), encoding="utf-8")
    ended = offsetcheck("batch", listed, "--city", "turku", *DAY, "--reports", "top:0", *asked)
    assert ended.status == 0, ended.stderr
    assert missing_files(tmp_path / "out") == files
    assert ("written as Parquet" in ended.stdout) == told
    assert "missing in every offer" in ended.stdout


@pytest.mark.parametrize("to", ["printed", "file"])
@pytest.mark.parametrize("form", format_names("comparison"))
def test_compare_gives_each_form(form, to, offsetcheck, sheet, tmp_path):
    """A comparison in each form names the offer and both cities, printed or in a file."""
    words = ("compare", sheet, "VCS902", "--cities", "turku,melbourne", *DAY, "--format", form)
    text = given(offsetcheck, words, to, tmp_path)
    said = words_of(text, form)
    assert all(word in said for word in (*ONE, "City of Turku", "City of Melbourne"))


@pytest.mark.parametrize("to", ["printed", "file"])
@pytest.mark.parametrize("form", format_names("drift"))
def test_drift_gives_each_form(form, to, offsetcheck, sheet, tmp_path):
    """A drift in each form names city, both days and the offer whose verdict changed."""
    days = ("--from", "2022-01-01", "--to", "2025-12-31")
    text = given(
        offsetcheck, ("drift", sheet, "--city", "turku", *days, "--format", form), to, tmp_path
    )
    said = words_of(text, form)
    assert all(word in said for word in ("City of Turku", "2022-01-01", "2025-12-31", *ONE))


def given(offsetcheck, words, to, folder):
    """Return what a command prints, or what it writes where it is given a file, and nothing else."""
    if to == "printed":
        ended = offsetcheck(*words)
        assert ended.status == 0, ended.stderr
        return ended.printed
    ended = offsetcheck(*words, "-o", "page")
    assert ended.status == 0, ended.stderr
    assert ended.stdout.strip() == "page"
    return (folder / "page").read_bytes()


def test_sources_give_each_form(offsetcheck):
    """The sources of the rulebook are the same guides as text and as JSON."""
    text = offsetcheck("rules", "sources", *DAY)
    data = offsetcheck("rules", "sources", *DAY, "--format", "json")
    assert (text.status, data.status) == (0, 0)
    read = json.loads(data.stdout)
    guides = [line["title"] if line["clauses"] else line["id"] for line in read["guides"]]
    assert len(guides) > 20
    plain = " ".join(text.stdout.split())
    assert [guide for guide in guides if guide not in plain] == []
