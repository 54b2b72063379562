"""Comparisons, drifts and table updates for any caller: what is asked wrongly is an error of ours."""

from datetime import date

import pytest

from offsetcheck.api.case import Request
from offsetcheck.api.compare import compare, profiles_named
from offsetcheck.api.drift import drift
from offsetcheck.api.tables import check_table, list_tables, update_table
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import InputError, RequestError
from offsetcheck.workshop.editions import NewEdition

DAY = date(2026, 9, 30)
PRIORS = "type_additionality"
EDITION = NewEdition(PRIORS, date(2027, 1, 1), date(2027, 1, 1))


@pytest.fixture(scope="module")
def rulebook():
    return load_rulebook(bundled("rules"))


@pytest.fixture
def asked(tmp_path):
    """Return a request on a list of one wind farm."""
    path = tmp_path / "offers.csv"
    path.write_text("id,name,country,project_type\nVCS1,Wind farm,IN,wind\n", encoding="utf-8")
    return Request(path, "turku", DAY)


def edition(tmp_path, prior):
    """Return the path of an edition with one row."""
    path = tmp_path / "new.csv"
    path.write_text(
        f"project_type,prior,reason,standing\nwind,{prior},tried,design\n", encoding="utf-8"
    )
    return path


def test_an_unknown_offer_is_answered_with_the_nearest(rulebook, asked):
    """An id that the list does not hold raises RequestError on `offer` with the one that was meant."""
    with pytest.raises(RequestError) as caught:
        compare(asked, rulebook, "VCS2", "turku,oslo")
    [problem] = caught.value.problems
    assert problem.place.file == "offer"
    assert problem.hint == "did you mean `VCS1`?"


@pytest.mark.parametrize("named", ["turku", "turku,turku", ",", ""])
def test_a_comparison_needs_two_profiles(rulebook, named):
    """One profile, or the same twice, raises RequestError."""
    with pytest.raises(RequestError, match="at least two"):
        profiles_named(named, rulebook, None)


def test_all_profiles_are_cities_first_and_the_own_before_them(rulebook):
    """`all` holds every profile once: the tender's own city, other cities, then standards."""
    names = [city.id for city in profiles_named("all", rulebook, "turku")]
    kinds = [rulebook.cities[name].kind for name in names]
    assert names[0] == "turku"
    assert sorted(names) == sorted(rulebook.cities)
    assert kinds == sorted(kinds)


@pytest.mark.parametrize("since", [DAY, date(2027, 1, 1)])
def test_the_days_of_a_drift_stand_in_order(rulebook, asked, since):
    """A first day that is not the earlier one raises RequestError."""
    with pytest.raises(RequestError, match="earlier day"):
        drift(asked, rulebook, since, 20)


def test_a_drift_and_a_comparison_are_values(rulebook, asked):
    """Both come with their explanation, their words, and the problems of the input."""
    compared = compare(asked, rulebook, "VCS1", "turku,oslo")
    drifted = drift(asked, rulebook, date(2024, 1, 1), 20)
    assert [profile.id for profile in compared.explained.profiles] == ["turku", "oslo"]
    assert "compare offers.csv VCS1 --cities turku,oslo" in compared.explained.audit.reproduce
    assert drifted.explained.offers == 1
    assert compared.problems == drifted.problems


def test_an_unknown_table_is_answered_with_the_nearest(rulebook, tmp_path):
    """A table that the rulebook does not hold raises RequestError on NAME."""
    with pytest.raises(RequestError) as caught:
        check_table(edition(tmp_path, 3), "type_aditionality", rulebook)
    assert caught.value.problems[0].hint == f"did you mean `{PRIORS}`?"


def test_an_update_tells_what_is_new_and_what_it_turns(rulebook, asked, tmp_path):
    """An edition comes back as it would be written, with its changed keys and the turned rules."""
    path = edition(tmp_path, 5)
    update = update_table(path, EDITION, rulebook, offers=asked.path, city="turku", day=DAY)
    assert update.edition.file == f"{PRIORS}_2027-01-01.csv"
    assert update.checked.keys.changed == (("wind",),)
    assert list(update.turned.rules) == ["additionality.type_prior"]
    assert update.turned.terms[0].day == EDITION.valid_from


def test_an_edition_with_an_error_turns_nothing(rulebook, asked, tmp_path):
    """An edition that cannot be put in raises InputError with its errors, before anything is judged."""
    path = edition(tmp_path, 9)
    with pytest.raises(InputError, match="outside 1 to 5"):
        update_table(path, EDITION, rulebook, offers=asked.path, city="turku", day=DAY)


def test_one_edition_of_each_table_serves(rulebook):
    """Of the editions of each table one serves on a day, and each is listed with its rows."""
    listed = list(list_tables(rulebook, DAY))
    assert [table.name for table in listed] == sorted(rulebook.tables)
    assert all(sum(one.serves for one in table.editions) == 1 for table in listed)
    assert all(one.rows for table in listed for one in table.editions)
