"""Pages that are made: each is what `make docs` makes, and each thing made has a place."""

import shutil
from pathlib import Path

import pytest

from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.workshop.pages import made_pages, main, with_blocks
from offsetcheck.workshop.policy_tables import jurisdiction_rows, profile_rows
from offsetcheck.workshop.records import records

REPOSITORY = Path(__file__).resolve().parents[2]
RULES, DOCS = REPOSITORY / "rules", REPOSITORY / "docs"
MADE = made_pages(RULES, DOCS)


@pytest.mark.parametrize("name", MADE)
def test_a_page_is_what_make_docs_makes(name):
    """Each page, table and schema that is made is current; where it is not, `make docs` is."""
    assert (DOCS / name).read_text("utf-8") == MADE[name]


def test_no_schema_is_without_its_maker():
    """Each schema in the documentation is made from the code."""
    assert {f"schema/{path.name}" for path in DOCS.glob("schema/*")} <= set(MADE)


def test_a_new_city_needs_its_file_and_make_docs_alone(tmp_path):
    """With one file more in rules/cities the pages are made again, and the city has its row."""
    rules = Path(shutil.copytree(RULES, tmp_path / "rules"))
    docs = Path(shutil.copytree(DOCS, tmp_path / "docs"))
    city = (
        (rules / "cities" / "espoo.yaml")
        .read_text("utf-8")
        .replace("id: espoo", "id: somewhere_else")
    )
    (rules / "cities" / "somewhere_else.yaml").write_text(city, encoding="utf-8")
    main(str(rules), str(docs))
    old, new = (DOCS / "cities.md").read_text("utf-8"), (docs / "cities.md").read_text("utf-8")
    added = set(new.splitlines()) - set(old.splitlines())
    assert [line.split(" | ")[0] for line in added] == ["| `somewhere_else`"]
    assert made_pages(rules, docs)["cities.md"] == new


def test_each_policy_has_its_row():
    """The tables have one row for each city, standard and jurisdiction, with the rules it adopts."""
    rulebook = load_rulebook(RULES)
    rows = [
        *profile_rows(rulebook, "city"), *profile_rows(rulebook, "standard"),
        *jurisdiction_rows(rulebook),
    ]  # fmt: skip
    for name, policy in {**rulebook.cities, **rulebook.jurisdictions}.items():
        (row,) = (row for row in rows if row.startswith(f"| `{name}` |"))
        assert all(f"`{rule}`" in row for rule in policy.adopt_also)


def test_a_page_without_the_place_of_a_table_is_refused():
    """A table that has no place in its page, or two, is an error and never left out in silence."""
    place = "<!-- made: x -->\n<!-- end: x -->\n"
    assert with_blocks(place, {"x": ["a"]}) == "<!-- made: x -->\n\na\n\n<!-- end: x -->\n"
    for page in ("", place * 2, "<!-- made: x -->\n"):
        with pytest.raises(ValueError, match="has no place"):
            with_blocks(page, {"x": ["a"]})


def test_each_decision_has_a_day_and_a_status():
    """Each record has a number of its own, a day and a status, and what replaces it is there."""
    found = records(DOCS / "decisions")
    numbers = [record.number for record in found]
    assert len(found) == len(list((DOCS / "decisions").glob("*.md"))) - 1
    assert len(set(numbers)) == len(numbers)
    assert {record.successor for record in found} - {None} <= set(numbers)
    assert all(record.date >= "2026-11-24" for record in found)


@pytest.mark.parametrize(
    "head",
    [
        "# 2. A\n\nDate: 2026-11-24 · Status: accepted\n\n",
        "# 1. A\n\nStatus: accepted\n\n",
        "# 1. A\n\nDate: 2026-11-24 · Status: superseded\n\n",
        "# 1. A\n\nText.\n",
    ],
)
def test_a_record_without_day_or_status_is_refused(tmp_path, head):
    """A wrong number, a missing day, another status: the message names the file and the form."""
    (tmp_path / "0001-a.md").write_text(head, encoding="utf-8")
    with pytest.raises(ValueError, match=r"0001-a\.md: a record begins with"):
        records(tmp_path)
