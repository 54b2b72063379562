import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.case import read_input
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.rulebook.binding.bind import bind_guide
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.catalogue import carried, codes_of, read_catalogue
from offsetcheck.workshop.coverage import coverage_page
from offsetcheck.workshop.coverage_lists import count_rules, lists_page

REPOSITORY = Path(__file__).resolve().parents[2]
RULES, PAGE = REPOSITORY / "rules", REPOSITORY / "docs" / "coverage_lists.md"
DATA = REPOSITORY.parent / "shared" / "data"
LIST = DATA / "vrod" / "vrod-v2025-12-year-end.parquet"
OTHERS = (
    DATA / "verra" / "verra_allprojects_20col_2026-08-14.csv",
    DATA / "acr" / "ACR_Projects.txt",
)
DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def rulebook():
    """Return the rulebook that travels with the package."""
    return load_rulebook(RULES)


@pytest.fixture(scope="module")
def catalogue(rulebook):
    """Return the criteria of the rulebook, which are checked as they are read."""
    return read_catalogue(RULES, files(rulebook))


def files(rulebook):
    """Return the rules as written."""
    return [rule.file for rule in rulebook.rules.values()]


def spoilt(tmp_path, old, new):
    """Return a folder with a changed catalogue."""
    text = (RULES / "catalogue.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "catalogue.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("code", "criteria"),
    [
        ("PER-02", ("PER-02",)),
        ("PER-02s", ("PER-02",)),
        ("QNT-02/03", ("QNT-02", "QNT-03")),
        ("ADD-01-FI", ("ADD-01",)),
        ("CO-02", ()),
        (None, ()),
    ],
)
def test_a_code_names_its_criteria(code, criteria):
    """A letter marks a further rule, a slash a second criterion; a country's own rule names none."""
    assert codes_of(code) == criteria


def test_every_criterion_has_a_rule_or_a_reason(rulebook, catalogue):
    """Of the whole catalogue no criterion is without both, and none has both."""
    found = carried(catalogue, files(rulebook)).rules
    assert len(catalogue.criteria) >= 144
    for code, criterion in catalogue.criteria.items():
        assert (code in found) is (criterion.why_no_rule is None), code


def test_every_rule_is_on_the_page(rulebook, catalogue):
    """Each rule stands under a criterion or among the rules of their own."""
    found = carried(catalogue, files(rulebook))
    named = {rule for rules in found.rules.values() for rule in rules} | set(found.others)
    assert named == set(rulebook.rules)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'RES-02: {title: "Only a small rest is offset"}',
            'RES-02: {title: "x", why_no_rule: "y"}',
            "carries RES-02 now",
        ),
        (
            '      RES-02: {title: "Only a small rest is offset"}\n',
            "",
            "names RES-02, which is not in the list",
        ),
        ("RES-02: {title", "RES-2: {title", "`RES-2` is no code of this family"),
        ("RES-02: {title", "RES-99: {title", "no rule carries RES-99, nor is it said why"),
        ("carried_by: [locality.procurement_guard]", "carried_by: [locality.guard]", "no rule"),
        ("RES-02: {title", "RES-02: {titel", "`titel` is not a key that can stand here"),
        ("families:", "families: [", "this is not YAML"),
    ],
)
def test_a_stale_catalogue_is_refused_with_its_place(rulebook, tmp_path, old, new, message):
    """A reason overtaken, a criterion forgotten, a code or key mistyped: each is said with its line."""
    with pytest.raises(RulebookError) as caught:
        read_catalogue(spoilt(tmp_path, old, new), files(rulebook))
    fitting = [problem for problem in caught.value.problems if message in problem.message]
    assert fitting
    assert all(problem.place.line for problem in fitting)


def test_a_folder_without_catalogue_says_so(rulebook, tmp_path):
    """A rule folder without the list of criteria is answered by one problem."""
    with pytest.raises(RulebookError, match="missing or cannot be read"):
        read_catalogue(tmp_path, files(rulebook))


def of_rules(page):
    """Return the lines of a page that speak of one rule, under the heading where they stand."""
    heading, found = "", set()
    for line in page.splitlines():
        heading = line if line.startswith("#") else heading
        if line.startswith(("| `", "- `")):
            found.add((heading, line))
    return found


def test_the_figures_are_those_of_the_lists(rulebook):
    """Where the lists are at hand, each figure comes out again; rules that came since may be missing."""
    lists = (LIST, *OTHERS)
    if not all(path.exists() for path in lists):
        pytest.skip("the public lists of projects are not beside the repository")
    counts = [
        count_rules(rulebook, read_input(path, rulebook, DAY), DAY, name=path.name)
        for path in lists
    ]
    page, again = PAGE.read_text("utf-8"), lists_page(rulebook, counts)
    assert len(of_rules(page)) > 150
    assert of_rules(page) <= of_rules(again)
    assert all(count.digest in page for count in counts[:1])


@pytest.mark.parametrize(
    "offers", [REPOSITORY / "samples" / name for name in ("turku", "bogota", "melbourne")] + [LIST]
)
def test_no_integrity_lies_above_additionality(rulebook, offers):
    """What the page says of ADD-12 holds for every row, at both bounds, all rules adopted."""
    if not offers.exists():
        pytest.skip("the Voluntary Registry Offsets Database is not beside the repository")
    tender = read_input(offers, rulebook, DAY)
    rows = assess_table(tender.table, bind_guide(rulebook, DAY), tender.purchase).rows
    for end in ("lower", "upper"):
        assert (rows[f"integrity_{end}"] <= rows[f"additionality_{end}"]).all()


@pytest.fixture(scope="module")
def small(rulebook, tmp_path_factory):
    """Return the count of a list of two rows."""
    path = tmp_path_factory.mktemp("small") / "offers.csv"
    path.write_text(
        "id,name,programme,country,vintage,tonnes,price,project_type\n"
        "VCS1,Forest,VCS,BR,2023,100,10,afforestation_reforestation\n"
        "VCS2,Wind,VCS,IN,,100,10,wind\n",
        encoding="utf-8",
    )
    return count_rules(rulebook, read_input(path, rulebook, DAY), DAY, name=path.name)


def test_where_one_list_is_silent_another_is_asked(rulebook, small, tmp_path):
    """A rule that only the second list settles is no rule that no row settles."""
    path = tmp_path / "other.csv"
    path.write_text(
        "id,name,programme,country,vintage,tonnes,price,project_type,carbon_revenue_share\n"
        "VCS3,Wind,VCS,IN,2023,100,10,wind,0.9\n",
        encoding="utf-8",
    )
    stated = read_input(path, rulebook, DAY)
    columns = stated.table.columns
    proven = {name: replace(column, grades=EvidenceGrade.E1) for name, column in columns.items()}
    tender = replace(stated, table=replace(stated.table, columns=proven))
    other = count_rules(rulebook, tender, DAY, name=path.name)
    rule = "additionality.carbon_revenue"
    assert not small.rules[rule].settles
    assert f"- `{rule}`: waits for" in lists_page(rulebook, [small])
    page = lists_page(rulebook, [small, other])
    assert f"- `{rule}`: `other.csv` settles 1 rows" in page
    assert f"- `{rule}`: waits for" not in page


def test_each_row_is_counted_once_by_each_rule(rulebook, small):
    """The outcomes of a rule add up to the rows; rules of the purchase are not counted."""
    assert small.rows == 2
    assert {sum(counted.outcomes.values()) for counted in small.rules.values()} == {2}
    subjects = {rulebook.rules[name].file.subject for name in small.rules}
    assert subjects == {"candidate"}


def test_optional_rules_are_counted_too(rulebook, small):
    """A rule that no city need adopt is counted as if it were adopted."""
    optional = {rule for rule in small.rules if rulebook.rules[rule].file.is_optional}
    assert optional


def test_an_unknown_says_what_it_waits_for(small):
    """The vintage that one row lacks is named; a rule that knows all waits for nothing."""
    age = small.rules["vintage.age"]
    assert age.outcomes[Outcome.UNKNOWN] >= 1
    assert "`vintage`" in age.waits_for
    assert small.rules["additionality.type_prior"].settles
    barriers = small.rules["additionality.barriers"]
    assert not barriers.settles
    assert barriers.waits_for


def test_titles_cannot_break_the_table(rulebook, catalogue, tmp_path):
    """A bar in a title stands in its cell and opens no other."""
    folder = spoilt(tmp_path, '"Only a small rest is offset"', '"small | rest"')
    other = read_catalogue(folder, files(rulebook))
    page = coverage_page(rulebook, other)
    assert "| RES-02 | small \\| rest |" in page
    assert page.count("\n") == coverage_page(rulebook, catalogue).count("\n")


def test_the_catalogue_travels_with_the_rules(tmp_path, rulebook):
    """A copy of the rule folder loads with its catalogue and gives the same criteria."""
    copy = Path(shutil.copytree(RULES, tmp_path / "rules"))
    assert read_catalogue(copy, files(load_rulebook(copy))) == read_catalogue(
        RULES, files(rulebook)
    )
