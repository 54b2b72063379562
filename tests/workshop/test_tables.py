import csv
import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from offsetcheck.cli.tables import tables
from offsetcheck.difference.editions import changed_keys
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.rulebook import ReferenceTable
from offsetcheck.rulebook.tables.model import TableEntry, read_rows
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.problem import InputError, RulebookError, Severity
from offsetcheck.workshop import editions
from offsetcheck.workshop.edition_checks import check_edition
from offsetcheck.workshop.edition_files import file_of, latest_edition, read_edition, stale_from
from offsetcheck.workshop.editions import (
    TABLES,
    NewEdition,
    edited,
    next_edition,
    write_edition,
)

RULES = Path(__file__).resolve().parents[2] / "rules"
DECISIONS = "icvcm_decisions"
GOOD = {
    "programme": "VCS",
    "methodology": "ACM0001",
    "version": "15.0-19.0",
    "decision": "approved",
}
WIND = {**GOOD, "methodology": "ACM0002", "version": "1.0"}
NEW = NewEdition("icvcm_decisions", date(2026, 11, 1), date(2026, 11, 1))


@pytest.fixture(scope="module")
def rulebook():
    """Return the rulebook that travels with the package."""
    return load_rulebook(RULES)


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the rule folder to write into."""
    return Path(shutil.copytree(RULES, tmp_path / "rules"))


def written(rulebook, table, *rows, drop=(), names=None):
    """Return rows as the text of an edition with the columns of the table as it is."""
    reference = rulebook.tables[table]
    columns = [c for c in file_of(reference, latest_edition(reference)).columns if c not in drop]
    columns += sorted({column for row in rows for column in row} - {*columns, *drop})
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([(names or {}).get(column, column) for column in columns])
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return text.getvalue()


def said(rulebook, table, text):
    """Return the problems of an edition as (severity, line, column, message)."""
    found = check_edition(rulebook, table, read_rows(text), "new.csv")
    return [(p.severity.value, p.place.line, p.place.field, p.message) for p in found]


def test_every_table_could_be_its_own_next_edition(rulebook):
    """No edition in force has a problem, so that a check of the next one says only what is new."""
    for name, table in rulebook.tables.items():
        file = file_of(table, latest_edition(table))
        assert check_edition(rulebook, name, file, name) == ()
        changes = changed_keys(rulebook, name, file, file)
        assert (changes.new, changes.gone, changes.changed) == ((), (), ())


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({"decision": "aproved"}, "decision", "`aproved` is no value of"),
        ({"programme": "VSC"}, "programme", "`VSC` is no value of `programme`"),
        ({"methodology": ""}, "methodology", "the key is empty"),
        ({"version": "one"}, "version", "`one` is no range of versions"),
        ({"known_from": "2024-13-01"}, None, "is not a date"),
        (GOOD, None, "stands on line 2 already, for the same days"),
        ({"methodology": "ACM\u202c0002"}, "methodology", "cannot be seen (U+202C)"),
    ],
)
def test_each_wrong_cell_is_found_where_it_stands(rulebook, change, column, message):
    """A row with one fault gives one error, with its line and column."""
    found = said(rulebook, DECISIONS, written(rulebook, DECISIONS, GOOD, {**WIND, **change}))
    assert {(s, at, field) for s, at, field, _ in found} == {("error", 3, column)}
    assert message in found[0][3]


def test_a_short_row_is_found(rulebook):
    """A row with fewer cells than the header is an error on its line."""
    text = written(rulebook, DECISIONS, GOOD) + "VCS,ACM0002\n"
    [(severity, line, _, message)] = said(rulebook, DECISIONS, text)
    assert (severity, line) == ("error", 3)
    assert message.startswith("the row has 2 cells")


def test_a_flood_of_faults_is_cut_short(rulebook):
    """A file of nothing but faults is answered with the first thousand and the word that there are more."""
    rows = [{"project_type": f"no type {number}", "prior": "3"} for number in range(5000)]
    text = written(rulebook, "type_additionality", *rows)
    found = check_edition(rulebook, "type_additionality", read_rows(text), "new.csv")
    assert len(found) == 1001
    assert "more problems" in found[0].message


def test_all_problems_come_at_once_and_in_order(rulebook):
    """Two faults in two rows are both reported, by line."""
    rows = ({**GOOD, "decision": "aproved"}, {**WIND, "programme": "VSC"})
    found = said(rulebook, DECISIONS, written(rulebook, DECISIONS, *rows))
    assert sorted({line for _, line, _, _ in found}) == [2, 3]
    assert [line for _, line, _, _ in found] == sorted(line for _, line, _, _ in found)


def test_a_mistyped_code_is_answered_with_the_nearest(rulebook):
    """The hint names the code that was meant."""
    text = written(rulebook, DECISIONS, {**GOOD, "decision": "aproved"})
    [problem] = check_edition(rulebook, DECISIONS, read_rows(text), "new.csv")
    assert problem.hint == "did you mean `approved`?"


@pytest.mark.parametrize(("column", "severity"), [("decision", "error"), ("category", "warning")])
def test_a_column_counts_by_who_reads_it(rulebook, column, severity):
    """A missing column is an error where a field reads it, and a remark where nothing does."""
    text = written(rulebook, DECISIONS, GOOD, names={column: "verdict"})
    found = said(rulebook, DECISIONS, text)
    assert (severity, 1, None, f"the column `{column}` is missing") in found
    assert any(s == "warning" and "nothing reads it" in text for s, _, _, text in found)


@pytest.mark.parametrize("text", ["", "\n", None, 'programme,"open\n'])
def test_a_file_without_rows_is_no_edition(rulebook, text):
    """An empty file, a lone header and a broken quote are errors and nothing worse."""
    found = said(rulebook, DECISIONS, written(rulebook, DECISIONS) if text is None else text)
    assert found
    assert {severity for severity, *_ in found} <= {"error", "warning"}
    assert any(severity == "error" for severity, *_ in found)


def test_a_number_outside_its_range_is_found(rulebook):
    """A prior of six lies outside one to five, and a standing is one of four words."""
    rows = (
        {"project_type": "wind", "prior": "6", "standing": "design"},
        {"project_type": "biochar", "prior": "5", "standing": "reed"},
    )
    text = written(rulebook, "type_additionality", *rows)
    found = said(rulebook, "type_additionality", text)
    assert [(line, column) for _, line, column, _ in found] == [(2, "prior"), (3, "standing")]
    assert "outside 1 to 5" in found[0][3]


@pytest.mark.parametrize(("begins", "lines"), [("2024-01-01", []), ("2023-12-31", [3])])
def test_rows_of_one_key_may_follow_each_other(rulebook, begins, lines):
    """A key may stand twice where the days do not meet; on one shared day the later row is named."""
    rows = ({**GOOD, "until": "2023-12-31"}, {**GOOD, "known_from": begins})
    found = said(rulebook, DECISIONS, written(rulebook, DECISIONS, *rows))
    assert [(severity, line) for severity, line, *_ in found] == [("error", line) for line in lines]


EVENT = {
    "id": "VCS902",
    "kind": "finding",
    "status": "open",
    "known_from": "2023-10-31",
    "grade": "E1",
    "event": "kariba_on_hold",
    "source": "notice",
    "standing": "read",
}


def test_a_field_that_collects_reads_every_row_of_a_key(rulebook):
    """Two events of one project are no fault; the same row twice is."""
    closed = {**EVENT, "status": "closed"}
    assert said(rulebook, "events", written(rulebook, "events", EVENT, closed)) == []
    [(severity, line, *_)] = said(rulebook, "events", written(rulebook, "events", EVENT, EVENT))
    assert (severity, line) == ("error", 3)


def test_an_event_of_an_unknown_kind_is_not_lost(rulebook):
    """A row that no field reads, because its kind is misspelt, is an error with the right word."""
    row = {**EVENT, "kind": "findings", "until": "2023-01-01"}
    file = read_rows(written(rulebook, "events", row))
    found = {p.place.field: p for p in check_edition(rulebook, "events", file, "new.csv")}
    assert found["kind"].hint == "did you mean `finding`?"
    assert "before it begins" in found["until"].message


def test_an_edition_is_stale_from_the_day_after_its_last(rulebook):
    """The first stale day is the first on which lookups answer nothing."""
    edition = latest_edition(rulebook.tables["icvcm_decisions"])
    first = stale_from(edition)
    assert edition.is_stale(first)
    assert not edition.is_stale(date.fromordinal(first.toordinal() - 1))
    assert stale_from(edition.model_copy(update={"stale_after": None})) is None


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_an_error_of_input(tmp_path, content):
    """A file that is not UTF-8, or a folder, raises InputError."""
    path = tmp_path / "new.csv"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(InputError):
        read_edition(path)


def test_an_edition_needs_a_day_of_its_own(rulebook):
    """No two editions begin on one day, and one that serves before it was published needs a reason."""
    table = rulebook.tables["icvcm_decisions"]
    taken = latest_edition(table).valid_from
    with pytest.raises(InputError, match="begins on"):
        next_edition(table, NewEdition("icvcm_decisions", date(2026, 11, 1), taken, reason="so"))
    with pytest.raises(InputError, match="needs a reason"):
        next_edition(table, replace(NEW, valid_from=date(2026, 10, 1)))


def test_a_new_edition_follows_the_one_before(rulebook):
    """Source and staleness are those of the edition before; reason and name are its own."""
    table = rulebook.tables["icvcm_decisions"]
    before, after = latest_edition(table), next_edition(table, NEW)
    assert (after.source, after.stale_after) == (before.source, before.stale_after)
    assert (after.reason, after.edition) == (None, None)
    assert after.file == "icvcm_decisions_2026-11-01.csv"


LISTING = """\
# first words
one:
  title: {en: One}
  editions:
    - file: one.csv   # the first
      published: 2024-01-01
      valid_from: 2024-01-01
      note: >-
        words over
        # two lines

# between

two:
  editions:
  - {file: two.csv, published: 2024-01-01, valid_from: 2024-01-01}
    # last words
three:
  editions: [{file: three.csv, published: 2024-01-01, valid_from: 2024-01-01}]
"""


@pytest.mark.parametrize("ending", ["", "\n", "\n\n# end\n"])
@pytest.mark.parametrize("table", ["one", "two"])
def test_an_entry_is_added_and_nothing_else_changes(rulebook, table, ending):
    """Every line of tables.yaml stays as it was, comments too; the new entry is the last of its list."""
    text = LISTING.rstrip("\n") + ending
    new = replace(NEW, label="2026: second", reason='a "reason": it serves earlier')
    edition = next_edition(rulebook.tables["icvcm_decisions"], new)
    result = edited(text, table, edition)
    old_lines, new_lines = text.split("\n"), result.split("\n")
    start = next(i for i, line in enumerate(new_lines) if edition.file in line)
    extra = len(new_lines) - len(old_lines)
    assert new_lines[:start] + new_lines[start + extra :] == old_lines
    data = compose(result, "tables.yaml").data
    assert data[table]["editions"][-1]["reason"] == edition.reason
    assert len(data[table]["editions"]) == 2


@settings(deadline=None)
@given(text=st.text(max_size=60))
@example(text="e\u0301 decomposed")
@example(text="a: b # c")
@example(text="- 'x' \"y\"")
@example(text="2026-01-01")
@example(text="no")
@example(text="\x7f\u2028\udfff")
def test_any_reason_is_kept_or_counts_as_none(text):
    """Whatever is typed as a reason comes back from tables.yaml, or counts as no reason at all."""
    first = {"file": "one.csv", "published": "2024-01-01", "valid_from": "2024-01-01"}
    table = ReferenceTable(TableEntry.model_validate({"editions": [first]}), {})
    new = replace(NEW, valid_from=date(2026, 10, 1), reason=text)
    try:
        edition = next_edition(table, new)
    except InputError:
        assert not "".join(sign for sign in text if sign.isprintable()).strip()
        return
    data = compose(edited(LISTING, "one", edition), "tables.yaml").data
    assert data["one"]["editions"][-1]["reason"] == edition.reason


def test_the_real_list_takes_an_edition_of_each_table(rulebook):
    """tables.yaml as it is can be added to for each of its tables."""
    text = (RULES / "tables" / "tables.yaml").read_text("utf-8")
    for name, table in rulebook.tables.items():
        edition = next_edition(table, replace(NEW, table=name, valid_from=date(2027, 1, 1)))
        result = edited(text, name, edition)
        assert set(text.split("\n")) <= set(result.split("\n"))


def test_a_list_in_brackets_is_refused_with_what_to_write(rulebook):
    """Where no line can be added, the hint shows the lines that the author may write."""
    edition = next_edition(rulebook.tables["icvcm_decisions"], NEW)
    with pytest.raises(RulebookError) as caught:
        edited(LISTING, "three", edition)
    [problem] = caught.value.problems
    assert "cannot be added to" in problem.message
    assert "- file: icvcm_decisions_2026-11-01.csv" in problem.hint


def new_file(tmp_path, folder, change=lambda text: text):
    """Return a changed copy of the decisions as a new edition."""
    path = tmp_path / "new.csv"
    text = (folder / "tables" / "icvcm_decisions.csv").read_text("utf-8")
    path.write_text(change(text), encoding="utf-8")
    return path


def snapshot(folder):
    """Return the bytes of every file of a folder."""
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_written_edition_serves_from_its_day(rulebook, folder, tmp_path):
    """After writing, the folder loads, and the old edition serves until the day before."""
    edition = next_edition(rulebook.tables["icvcm_decisions"], NEW)
    before = snapshot(folder)
    files = write_edition(folder, "icvcm_decisions", edition, new_file(tmp_path, folder))
    entry = load_rulebook(folder).tables["icvcm_decisions"].entry
    assert entry.on(date(2026, 11, 1)).file == edition.file
    assert entry.on(date(2026, 10, 31)).file == "icvcm_decisions.csv"
    changed = {path for path, content in snapshot(folder).items() if before.get(path) != content}
    assert {folder / path for path in changed} == set(files)


def test_no_edition_is_overwritten(rulebook, folder, tmp_path):
    """Writing the same edition again is refused, and the folder stays as it is."""
    edition = next_edition(rulebook.tables["icvcm_decisions"], NEW)
    path = new_file(tmp_path, folder)
    write_edition(folder, "icvcm_decisions", edition, path)
    before = snapshot(folder)
    with pytest.raises(InputError, match="a file of this name"):
        write_edition(folder, "icvcm_decisions", edition, path)
    assert snapshot(folder) == before


def test_an_edition_that_would_not_load_is_not_written(rulebook, folder, tmp_path):
    """A wrong code is found by loading a copy; the folder stays as it is."""
    edition = next_edition(rulebook.tables["icvcm_decisions"], NEW)
    path = new_file(tmp_path, folder, lambda text: text.replace(",approved,", ",aproved,", 1))
    before = snapshot(folder)
    with pytest.raises(RulebookError, match="aproved"):
        write_edition(folder, "icvcm_decisions", edition, path)
    assert snapshot(folder) == before


def test_a_write_that_breaks_off_leaves_nothing(rulebook, folder, tmp_path, monkeypatch):
    """Where the list cannot be written, the csv file that was put in is taken out again."""
    edition = next_edition(rulebook.tables["icvcm_decisions"], NEW)
    path, before = new_file(tmp_path, folder), snapshot(folder)
    write = editions.write_file

    def break_off(target, content, **options):
        if target.suffix == ".yaml":
            raise KeyboardInterrupt
        write(target, content, **options)

    monkeypatch.setattr(editions, "write_file", break_off)
    with pytest.raises(KeyboardInterrupt):
        write_edition(folder, "icvcm_decisions", edition, path)
    assert snapshot(folder) == before


def test_an_edition_that_a_kill_left_without_its_entry_is_put_in(rulebook, folder, tmp_path):
    """Killed between the two files, the same command puts the edition in; another file stays."""
    edition = next_edition(rulebook.tables["icvcm_decisions"], NEW)
    path = new_file(tmp_path, folder)
    left = folder / "tables" / edition.file
    left.write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="a file of this name"):
        write_edition(folder, "icvcm_decisions", edition, path)
    left.write_bytes(path.read_bytes())
    write_edition(folder, "icvcm_decisions", edition, path)
    entry = load_rulebook(folder).tables["icvcm_decisions"].entry
    assert entry.on(date(2026, 11, 1)).file == edition.file


def test_errors_alone_stop_an_edition(rulebook):
    """Remarks have another severity than errors, so that a caller can let them pass."""
    text = written(rulebook, DECISIONS, GOOD, drop=("category",))
    file = read_rows(text)
    found = check_edition(rulebook, "icvcm_decisions", file, "new.csv")
    assert [problem.severity for problem in found] == [Severity.WARNING]


def test_the_command_puts_an_edition_in(folder, tmp_path):
    """With --write the command names the two files that it wrote, and the folder lists the edition."""
    path = new_file(tmp_path, folder)
    words = ["update", path, "--table", DECISIONS, "--published", NEW.published]
    words += ["--valid-from", NEW.valid_from, "--on", RULES.parent / "samples" / "turku"]
    words += ["--as-of", "2026-09-30", "--rules", folder, "--write"]
    ran = CliRunner().invoke(tables, [str(word) for word in words], standalone_mode=False)
    assert ran.exception is None
    last = ran.stdout.splitlines()[-2:]
    assert last == [str(folder / "tables" / f"{DECISIONS}_2026-11-01.csv"), str(folder / TABLES)]
    listed = CliRunner().invoke(tables, ["list", "--rules", str(folder)], standalone_mode=False)
    assert f"{DECISIONS}_2026-11-01.csv" in listed.stdout
