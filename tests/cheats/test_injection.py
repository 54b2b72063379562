"""Headings, names and file names that would steer whoever reads what is written of them."""

import csv

import pytest
import yaml

from offsetcheck.cli import app as command_line

EVIL = "\x1b[31mRED\x07 <script>alert(1)</script> **b** [l](javascript:x)"
HEADINGS = (
    *("id", "name", "tonnes", "price (EUR/t)", "vintage", EVIL, "=cmd|' /C calc'!A0"),
    *("- heading: x\n    field: id\n", "a: b # c", "\u2028x\u0085y", "{{7*7}}{% x %}", "@SUM(1)"),
)
ROWS = (
    ("VCS1", "=HYPERLINK(1)", "800", "28", "2022", *["=1+1"] * 7),
    ("VCS2", EVIL, "+abc\x1b]0;t\x07", "28", "2022", *["@x"] * 7),
    (f"Note: {EVIL}", *[""] * 11),
    ("TOTAL", "", "=800", *[""] * 9),
)


@pytest.fixture
def evil(tmp_path):
    path = tmp_path / "offers<img src=x onerror=1>.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *ROWS])
    return path


@pytest.fixture
def run(capsys):
    """Run one command line and return all that it prints."""

    def run(*arguments):
        words = [str(argument) for argument in arguments]
        command_line.run(
            lambda: command_line.app.main(words, prog_name="offsetcheck", standalone_mode=False)
        )
        return "".join(capsys.readouterr())

    return run


def test_a_mapping_holds_the_headings_and_no_key_of_theirs(evil, tmp_path, run):
    """What `offsetcheck columns` writes is YAML of one entry a heading, whatever a heading holds."""
    run("columns", evil, "-o", tmp_path / "columns.yaml")
    written = yaml.safe_load((tmp_path / "columns.yaml").read_text(encoding="utf-8"))
    assert set(written) == {"headings", "columns"}
    assert len(written["columns"]) == len(HEADINGS)
    assert [c["field"] for c in written["columns"] if c["field"]] == [
        "id",
        "name",
        "tonnes",
        "price",
        "vintage",
    ]
    again = run("assess", evil, "--columns", tmp_path / "columns.yaml", "--city", "turku")
    assert "has no column" not in again
    assert "\x1b" not in again


def test_nothing_that_is_written_of_a_list_steers_its_reader(evil, tmp_path, run):
    """No control sign in any file or line, no script in a page, no formula in a table."""
    out = tmp_path / "out"
    done = run("batch", evil, "--city", "turku", "--as-of", "2026-09-30", "-o", out)
    assert "\x1b" not in done
    files = [path for path in out.rglob("*") if path.is_file()]
    assert {"index.html", "problems.csv", "columns.csv"} <= {path.name for path in files}
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert "\x1b" not in text
        if path.suffix == ".html":
            assert "<script>alert" not in text
            assert "<img src=x" not in text
        if path.suffix == ".csv":
            cells = [cell for row in csv.reader(text.splitlines()) for cell in row]
            assert not [cell for cell in cells if cell[:1] and cell[0] in "=+@\t"]
