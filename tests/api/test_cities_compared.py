"""Two cities side by side: values, rules of one alone, and ways, from the same bound rulebooks."""

from datetime import date

import pytest

from offsetcheck.api.binding import bound_on
from offsetcheck.api.case import open_rulebook
from offsetcheck.api.cities_compared import compare_cities
from offsetcheck.vocabulary.problem import RequestError

DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def book():
    return open_rulebook()


def test_rules_of_one_alone_are_those_that_the_other_does_not_have(book):
    """What is in force for the one and not for the other, both ways round."""
    one, two = (set(bound_on(book, name, DAY).rules) for name in ("turku", "vcmi"))
    made = compare_cities(book, "turku", "vcmi", as_of=DAY)
    assert {rule.id for rule in made.first_alone} == one - two
    assert {rule.id for rule in made.second_alone} == two - one
    back = compare_cities(book, "vcmi", "turku", as_of=DAY)
    assert back.first_alone == made.second_alone


def test_the_second_asks_less_where_the_first_asks_more(book):
    """A number with a stricter side is tighter one way round and looser the other."""
    turned = {"tighter": "looser", "looser": "tighter", "other": "other", None: None}
    ways = {}
    for pair in (("turku", "oslo"), ("oslo", "turku")):
        made = compare_cities(book, *pair, as_of=DAY)
        ways[pair] = {(v.rule.id, v.name): v.second_is for v in made.values}
    one, two = ways.values()
    assert "looser" in one.values()
    assert {key: turned[way] for key, way in one.items()} == two


def test_a_city_is_as_itself(book):
    """Nothing is otherwise."""
    assert compare_cities(book, "turku", "turku", as_of=DAY, language="fi").is_same


def test_an_unknown_city_is_refused(book):
    """With the nearest that there is."""
    with pytest.raises(RequestError, match="turku"):
        compare_cities(book, "turkuu", "oslo", as_of=DAY)
