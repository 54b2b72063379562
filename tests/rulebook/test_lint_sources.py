"""What is ours stands in nobody else's name, and what is typical is there for every type."""

import pytest

from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError, Severity

FLOOR = "permanence/storage_floor.yaml"
REVENUE = "additionality/carbon_revenue.yaml"
OURS = "  - {standing: design, note: the cap is ours}\n"
TABLE = """type_typical:
  editions:
    - {file: type_typical.csv, published: 2026-01-01, valid_from: 2026-01-01}
"""
HEADER = "project_type,rule,level,known_from\n"
RULE = "additionality.carbon_revenue"
EVERY = f",{RULE},3,\n"


def errors(folder):
    """Return the errors of a folder as file and message."""
    problems = (p for p in check(load_rulebook(folder)) if p.severity is Severity.ERROR)
    return [(problem.place.file, problem.message) for problem in problems]


def put(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_cap_and_values_of_ours_under_a_guide_alone_are_found(folder):
    """Without a source that says so, neither the cap nor our reading of a list is ours."""
    put(folder, FLOOR, OURS, "")
    assert errors(folder) == [
        (
            FLOOR,
            "the value of `reversible_storage`, which is ours, stands under the clauses of guides alone",
        ),
        (FLOOR, "the cap 3 stands under the clauses of guides alone"),
    ]


def test_levels_under_a_guide_alone_are_found(folder):
    """Which level is given for what is ours, whatever a guide says of the matter."""
    put(
        folder,
        REVENUE,
        "{standing: design, note: the levels are ours}",
        "{guide: icvcm-af, standing: read}",
    )
    [(file, message)] = errors(folder)
    assert (file, message.split(" stands")[0]) == (REVENUE, "which level is given for what")


def test_a_number_in_a_condition_under_a_guide_alone_is_found(folder):
    """A number that a condition holds has no source of its own; none and one are no limits."""
    file = "vintage/after_2020.yaml"
    put(
        folder,
        file,
        "sources: [{standing: design}]",
        "sources: [{guide: icvcm-af, standing: read}]",
    )
    assert errors(folder) == [
        (file, "the number 2021 in its condition stands under the clauses of guides alone")
    ]


def test_our_own_design_names_no_guide(folder):
    """A source of our own that names a guide is refused, also where a parameter gives it."""
    put(
        folder,
        FLOOR,
        "value: 40, source: {guide: icvcm-af, clause: criterion 9, standing: read}",
        "value: 40, source: {guide: icvcm-af, clause: criterion 9, standing: design}",
    )
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    assert "what is our own design is set under `icvcm-af`" in str(raised.value)


def test_our_own_is_neither_a_citys_nor_the_laws(folder):
    """A value of ours does not come from a city and binds nobody as law."""
    own = "source: {standing: design}"
    put(folder, "cities/town.yaml", "source: {guide: town-plan, standing: read}", own)
    put(folder, "cities/town.yaml", "kind: city", "kind: city\nexample: a town of our own")
    put(
        folder,
        "jurisdictions/ex.yaml",
        "source: {guide: town-plan, standing: read, status: in_force}",
        own,
    )
    assert errors(folder) == [
        ("cities/town.yaml", "a value of our own design is said to be the city's"),
        ("jurisdictions/ex.yaml", "a value of our own design is said to be law"),
    ]


def typical(folder, rows):
    """Give the scale of the documented rulebook typical points from some rows."""
    put(folder, REVENUE, "if_unknown: worst", "if_unknown: typical")
    tables = folder / "tables"
    (tables / "tables.yaml").write_text((tables / "tables.yaml").read_text() + TABLE)
    (tables / "type_typical.csv").write_text(HEADER + rows)
    return errors(folder)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (EVERY, None),
        (EVERY + f"biochar,{RULE},5,2026-01-02\n", None),
        (f"biochar,{RULE},5,\ncookstoves,{RULE},1,\nafforestation,{RULE},3,\n", None),
        (
            f"biochar,{RULE},5,\n",
            "the table `type_typical` has no points of it for `afforestation`, `cookstoves`",
        ),
        (
            f",{RULE},3,2026-01-02\n",
            "the table `type_typical` has no points of it for `afforestation`, `biochar`, `cookstoves`",
        ),
        (EVERY + f"biochra,{RULE},5,\n", "`biochra` is no type of project"),
        (EVERY + f"biochar,{RULE},4,\n", f"`4` is no level of `{RULE}`"),
        (EVERY + "biochar,vintage.age,5,\n", "no rule `vintage.age` takes typical points"),
        (EVERY + EVERY, "the row on line 2 speaks of the same type and rule"),
    ],
)
def test_typical_points_are_there_for_every_type(folder, rows, message):
    """A scale that takes typical points finds a level of its own for each type on every day."""
    found = [said for _, said in typical(folder, rows)]
    assert found == ([] if message is None else [message])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (EVERY, None),
        (EVERY + f"storing,{RULE},3,\n", "`storing` covers several types, and no project is of it"),
        (f"biochar,{RULE},5,\ncookstoves,{RULE},1,\nafforestation,{RULE},3,\n", None),
    ],
)
def test_no_project_is_of_a_word_that_covers_several_types(folder, rows, message):
    """A row under such a word is told, and nobody asks for one."""
    last = "    cookstoves: {title: {en: Improved cookstoves}}\n"
    word = "    storing: {title: {en: Storage}, covers: [afforestation, biochar]}\n"
    put(folder, "fields/candidate.yaml", last, last + word)
    found = [said for _, said in typical(folder, rows)]
    assert found == ([] if message is None else [message])


def test_typical_points_without_a_table_are_an_error(folder):
    """A scale cannot take points from a table that is not there."""
    put(folder, REVENUE, "if_unknown: worst", "if_unknown: typical")
    [(file, message)] = errors(folder)
    assert (file, message) == (
        REVENUE,
        "the table `type_typical` has no points of it for any type",
    )
