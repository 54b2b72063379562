"""Words that cover several codes: how they are declared, and that no value is ever one of them."""

import pytest

from offsetcheck.rulebook.lint import check
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError
from offsetcheck.workshop.rule_tests import run_examples

FIELDS = "fields/candidate.yaml"
LAST = "    cookstoves: {title: {en: Improved cookstoves}}\n"
RULE = "permanence/storage_floor.yaml"
APPLIES = "contains($reversible_storage, storage_type)"


def edited(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return folder


def with_word(folder, word):
    """Add a word to the project types of the documented rulebook."""
    return edited(folder, FIELDS, LAST, f"{LAST}    {word}\n")


def problems(folder):
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    return [str(problem).splitlines()[0] for problem in raised.value.problems]


def test_a_broad_word_stands_for_the_narrow_ones_below_it(folder):
    """What it covers is followed down to codes that can be a value; `*` is every one of these."""
    with_word(folder, "storing: {title: {en: Storage}, covers: [afforestation, biochar]}")
    with_word(folder, "any: {title: {en: Any}, covers: [storing, cookstoves]}")
    with_word(folder, 'other: {title: {en: Other}, covers: ["*"]}')
    field = load_rulebook(folder).dictionary.candidate["project_type"]
    assert field.narrow == ("afforestation", "biochar", "cookstoves")
    assert field.stands_for("biochar") == ("biochar",)
    assert field.stands_for("storing") == ("afforestation", "biochar")
    assert field.stands_for("any") == field.stands_for("other") == field.narrow


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("wide: {title: {en: Wide}, covers: [biocar]}", "`biocar` is not a code of `project_type`"),
        ("wide: {title: {en: Wide}, covers: [wide]}", "these words cover each other: wide, wide"),
        (
            "a: {title: {en: A}, covers: [b]}\n    b: {title: {en: B}, covers: [a]}",
            "these words cover each other: a, b, a",
        ),
    ],
)
def test_what_a_word_covers_is_checked(folder, word, message):
    """An unknown word and a circle are located problems."""
    found = problems(with_word(folder, word))
    assert [line for line in found if line.startswith(FIELDS) and line.endswith(message)]


def test_only_a_field_of_one_code_has_broad_words(folder):
    """Of a list a broad word would say neither which codes nor how many."""
    edited(
        folder, FIELDS, "    CCP: {title: {en: Core Carbon Principles}}",
        "    CCP: {title: {en: Core Carbon Principles}, covers: [CCB_GOLD]}",
    )  # fmt: skip
    assert any("only a word of a field of one code can cover others" in p for p in problems(folder))


@pytest.mark.parametrize(
    "condition",
    ["project_type = 'storing'", "project_type IN ('biochar', 'storing')", "contains($reversible_storage, project_type)"],
)  # fmt: skip
def test_no_rule_names_a_broad_word(folder, condition):
    """A rule that asks for a broad word would never find it, whether in a text or in a parameter."""
    with_word(folder, "storing: {title: {en: Storage}, covers: [afforestation, biochar]}")
    edited(folder, RULE, APPLIES, condition)
    edited(folder, RULE, "value: [biogenic, product]", "value: [storing, biochar]")
    found = problems(folder)
    words = "`storing` covers several codes of `project_type`, which is never `storing`"
    assert any(line.startswith(RULE) and words in line for line in found)


def test_no_row_of_a_table_stands_under_a_broad_word(folder):
    """No project's key is ever that word, so that its row would never be met."""
    with_word(folder, "storing: {title: {en: Storage}, covers: [afforestation, biochar]}")
    name = "tables/storage.csv"
    edited(folder, name, "afforestation,biogenic", "storing,biogenic")
    remarks = check(load_rulebook(folder))
    found = [problem for problem in remarks if "covers several" in problem.message]
    assert [(problem.place.file, problem.place.line) for problem in found] == [(name, 2)]


def test_an_example_may_give_a_value_in_part(folder):
    """A list of values, or a broad word, is one of them: settled where all of them settle it."""
    with_word(folder, "storing: {title: {en: Storage}, covers: [afforestation, cookstoves]}")
    more = """tests:
  - name: one of two that store nothing for ever
    given: {project_type: storing, monitoring_years: 39}
    expect: unknown
    missing: [project_type]
  - name: one of two terms that are long enough
    given: {storage_type: biogenic, monitoring_years: [40, 100]}
    expect: pass
  - name: one of two kinds of storage
    given: {storage_type: [biogenic, product], monitoring_years: 40}
    expect: pass
"""
    edited(folder, RULE, "tests:\n", more)
    rulebook = load_rulebook(folder)
    failures = [result.failure for result in run_examples(rulebook) if result.failure]
    assert [str(failure) for failure in failures] == []
