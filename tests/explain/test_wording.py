from dataclasses import replace
from datetime import date

import pytest

from offsetcheck.explain.origins import origin_words
from offsetcheck.explain.quantity import (
    country_words,
    date_words,
    money_words,
    percent_words,
    score_words,
    step_of,
)
from offsetcheck.explain.templates import fill, placeholders
from offsetcheck.explain.wording import Wording
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.files.compiled import load_compiled
from offsetcheck.vocabulary.problem import RequestError
from world import made_setting


@pytest.mark.parametrize(
    ("value", "unit", "language", "expected"),
    [
        (1.0, "year", "en", "1 year"),
        (40.0, "year", "fi", "40 vuotta"),
        (40.0, "year", "es", "40 años"),
        (40.0, "year", "sv", "40 år"),
        (0.125, "share", "en", "12.5%"),
        (0.125, "share", "fi", "12,5\xa0%"),
        (12.5, "percent", "es", "12,5%"),
        (12000.0, "tCO2e", "en", "12,000 t CO₂e"),
        (12000.0, "tCO2e", "fi", "12\xa0000 t CO₂e"),
        (2.5, "MW", "fi", "2,5 MW"),
        (2.5, "furlong", "en", "2.5 furlong"),
        (3.0, None, "en", "3"),
    ],
)
def test_numbers_carry_unit_and_separators_of_the_language(value, unit, language, expected):
    """A quantity reads as the language writes it, without a needless fraction."""
    assert made_setting(language=language).wording.quantity(value, unit) == expected


@pytest.mark.parametrize(
    ("language", "before", "expected"),
    [
        ("en", "12", "clarification 1 of 5 October 2026, a.xlsx (before: 12)"),
        ("fi", "12", "täsmennys 1, saatu 5. lokakuuta 2026, a.xlsx (aiemmin: 12)"),
        (
            "sv",
            "not stated",
            "förtydligande 1 från 5 oktober 2026, a.xlsx (tidigare inte uppgivet)",
        ),
    ],
)
def test_an_answer_says_in_the_readers_language_where_it_came_from(language, before, expected):
    """The origin of an answer to a request names round, day, file and what was said before."""
    source = f"clarification 1 of 2026-10-05, a.xlsx (before: {before})"
    bound = bind(load_compiled(bundled("rules")), "turku", date(2026, 9, 30))
    assert origin_words(source, Wording(bound, language)) == expected


def test_dates_are_written_out():
    """A date in a sentence names its month, so that no reader takes the day for it."""
    assert date_words(date(2025, 6, 3), "en_GB") == "3 June 2025"
    assert date_words(date(2025, 6, 3), "es_CO") == "3 de junio de 2025"


def test_money_names_its_currency_by_code():
    """Several currencies are written as a bare `$`: the code stands before the amount."""
    assert money_words(31.5, "COP", "en_GB") == "COP\xa031.50"
    assert money_words(28, "EUR", "fi_FI") == "28,00\xa0EUR"


def test_countries_are_named():
    """A country code reads as the country's name, another text as it stands."""
    assert country_words("CO", "en_GB") == "Colombia"
    assert country_words("Atlantis", "xx") == "Atlantis"


def test_a_jurisdiction_that_is_no_country_has_its_own_name():
    """A free port or a state reads as its file names it, whatever a locale makes of its code."""
    bound = bind(load_compiled(bundled("rules")), "turku", date(2026, 9, 30))
    names = {"zz": {"en": "Free Port"}, "oregon": {"en": "Oregon", "fi": "Oregonin osavaltio"}}
    wording = Wording(replace(bound, jurisdiction_names=names), "fi")
    assert [wording.layer(one) for one in ("zz", "oregon", "fi", "eu")] == [
        "Free Port",
        "Oregonin osavaltio",
        "Suomi",
        "Euroopan unioni",
    ]


def test_no_rounding_hides_a_cut():
    """A score is cut to a step that tells the cuts apart: 2.999 is shown as less than 3.0."""
    assert score_words(2999, "en_GB") == "2.99"
    assert score_words(3000, "en_GB") == "3.0"
    assert score_words(3666, "en_GB", step_of([4500, 3667])) == "3.666"
    assert percent_words(0.995, "en_GB") == "99.5%"


def test_a_sentence_with_an_unknown_name_is_not_made():
    """A placeholder that is not known gives no sentence at all."""
    assert fill("{a} of {b}", {"a": "1"}.get) is None
    assert fill("{a} of {$b}", {"a": "1", "$b": "2"}.get) == "1 of 2"
    assert placeholders("{a} {purchase.year} {$b}") == ("a", "purchase.year", "$b")


def test_an_unknown_language_is_refused_with_the_known_ones():
    """A language that nobody has written words in is refused; the answer names those there are."""
    with pytest.raises(RequestError, match="no words in `xx`; there are en, es, fi, nl, sv"):
        made_setting(language="xx")


def test_the_installed_words_stand_in():
    """A rule folder without words of its own speaks the installed ones, in each language."""
    assert made_setting().wording.word("verdict.eligible") == "Eligible"
    assert made_setting(language="sv").wording.word("verdict.eligible") == "Kan köpas"


def test_a_partly_translated_report_says_so():
    """A report in another language says that words without a translation stand in English."""
    assert made_setting(language="fi").wording.words["report.partly"]
    assert made_setting(language="en").wording.words["report.partly"] == ""
