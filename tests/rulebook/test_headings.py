"""`fields/headings.yaml`: known fields, known labels, and one meaning for a heading."""

import pytest

from offsetcheck.rulebook.fields.headings import read_headings
from offsetcheck.vocabulary.forms.compose import compose
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.headings import Headings
from world import DICTIONARY


def read(text: str) -> tuple[Headings, list[str]]:
    problems = Problems()
    documents = {"headings": compose(text, "fields/headings.yaml")}
    found = read_headings(documents, DICTIONARY.candidate, problems)
    return found, [str(problem) for problem in problems.sorted()]


def test_a_folder_without_the_file_has_no_such_headings() -> None:
    """The file is optional: a field's own name, title and aliases are headings without it."""
    problems = Problems()
    assert read_headings({}, DICTIONARY.candidate, problems) == Headings()
    assert not problems.sorted()


def test_headings_are_read_by_field_and_language() -> None:
    """What stands in the file is what there is."""
    found, problems = read("fields:\n  price: {de: [Preis], fr: [Prix]}\n")
    assert found.fields == {"price": {"de": ("Preis",), "fr": ("Prix",)}}
    assert not problems


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("fields:\n  pric: {en: [cost]}\n", "2:3", "there is no field `pric`"),
        ("either:\n  - {fields: [pric], headings: {en: [cost]}}\n", "2:15", "there is no field `pric`"),
        ("fields:\n  price: {en: [Volume]}\n", "2:16", "“Volume” already stands for tonnes"),
        ("fields:\n  price: {de: [Preis]}\nno_field:\n  - {means: x, headings: {de: [preis]}}\n", "4:32", "already stands for price"),
        ("labels:\n  - {label: NOPE, headings: {en: [nope]}}\n", "2:13", "is not a code of `labels`"),
        ("felds: {}\n", "1:1", "`felds` is not a key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_located(text: str, place: str, message: str) -> None:
    """A field that is not there, a second meaning, an unknown label: each has its line."""
    [problem] = read(text)[1]
    assert problem.startswith(f"fields/headings.yaml:{place}: ")
    assert message in problem
