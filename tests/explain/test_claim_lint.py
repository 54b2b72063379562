"""A text held against a claim: sentences as cities, airlines and newspapers write them."""

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.api.case import open_case, open_rulebook
from offsetcheck.api.claim import LONGEST_TEXT, chosen_in, refuse_long
from offsetcheck.api.request import Request
from offsetcheck.explain.claims.lint import lint_claim
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.lexicon.load import lexicon_of
from offsetcheck.vocabulary.problem import InputError

DAY = date(2026, 9, 30)
SAMPLES = bundled("samples")
OK, MORE, BARRED = "ok", "more_than_known", "not_allowed"


@cache
def chosen(sample, offers):
    """Return the offers of a sample, judged once for all texts."""
    case = open_case(Request(SAMPLES / sample, None, DAY), open_rulebook())
    return chosen_in(case, offers)


@cache
def lexicon():
    return lexicon_of(open_rulebook())


def held(text, *offers, sample="turku"):
    """Return a text held against a sample."""
    return lint_claim(chosen(sample, offers), lexicon(), text, "text")


def barred(explained):
    return BARRED in {one.said for one in explained.sentences}


# Each is held against the contribution of Turku.
SENTENCES = [
    ("Turku is carbon neutral.", BARRED, "neutrality"),
    ("Our ferries are climate-neutral, and so are our buses.", BARRED, "neutrality"),
    ("Turku is not carbon neutral.", OK, None),
    ("The purchase does not offset the emissions of the city.", OK, None),
    ("Not only carbon neutral but net zero: that is Turku.", BARRED, "net_zero"),
    ("“We are now carbon neutral,” said the mayor.", BARRED, "neutrality"),
    ("The words “carbon neutral” are not used.", OK, None),
    ("Carbon neutral means that emissions and sinks are equal.", OK, None),
    ("Turku aims to be carbon neutral by 2029.", OK, "future"),
    ("Turku will be carbon neutral by 2035.", MORE, "future"),
    ("We have reached our goal of carbon neutrality.", BARRED, "neutrality"),
    ("Fly with a clear conscience.", BARRED, "guilt_free"),
    ("The credits remove carbon permanently.", BARRED, "permanence"),
    ("The city has the greenest buses in the country.", MORE, "comparative"),
    ("The credits are certified carbon neutral.", BARRED, "neutrality"),
    ("The council bought 1,500 tonnes of credits.", MORE, "tonnes"),
    ("The council bought 890 tonnes of credits.", OK, None),
    ("Of these, 90 t were removed from the air.", OK, None),
    ("The credits are of vintage 2013.", MORE, "year"),
    ("Kariba REDD+ Project is one of the projects.", BARRED, "offer"),
    ("The credits of AgreenaCarbon Project are bought.", MORE, "offer"),
    ("The credits are issued under Plan Vivo.", MORE, "programme"),
    ("The claim of carbon credits follows ISO 14068-1.", MORE, "standard"),
    ("Turku on hiilineutraali.", BARRED, "neutrality"),
    ("Kaupungin matkat ovat hiilineutraaleja.", BARRED, "neutrality"),
    ("Turku ei ole hiilineutraali.", OK, None),
    ("Turku ei ole vain hiilineutraali vaan ilmastopositiivinen.", BARRED, "positive"),
    ("Kaupunki kompensoi lentomatkojensa päästöt kokonaan.", BARRED, "offset"),
    ("Hyvitykset eivät kompensoi kaupungin päästöjä.", OK, None),
    ("Matkusta päästöttömästi hyvällä omallatunnolla.", BARRED, "emission_free"),
    ("Turku tavoittelee hiilineutraaliutta vuoteen 2029 mennessä.", OK, "future"),
    ("Kaupunki osti 1 500 tonnia hiilihyvityksiä.", MORE, "tonnes"),
    ("Staden är klimatneutral.", BARRED, "neutrality"),
    ("Staden är inte klimatneutral.", OK, None),
    ("Vi klimatkompenserar alla våra resor.", BARRED, "offset"),
    ("Res med gott samvete och koldioxidneutrala bussar.", BARRED, "guilt_free"),
    ("La ciudad es carbono neutral.", BARRED, "neutrality"),
    ("La ciudad no es carbono neutral.", OK, None),
    ("La alcaldía compensa todas las emisiones de sus viajes.", BARRED, "offset"),
    ("Una ciudad neutra en carbono y con cero emisiones netas.", BARRED, "net_zero"),
    ("De stad is klimaatneutraal.", BARRED, "neutrality"),
    ("Klimaatneutraal is de stad niet.", OK, None),
    ("De CO2-uitstoot van uw vlucht wordt gecompenseerd.", BARRED, "offset"),
    ("Vlieg CO2-neutraal, zonder vliegschaamte.", BARRED, "guilt_free"),
]


@pytest.mark.parametrize(("sentence", "said", "kind"), SENTENCES)
def test_a_sentence_comes_out_by_what_it_claims(sentence, said, kind):
    """Each sentence is in order, says more than is known, or says what is not allowed."""
    (one,) = held(sentence).sentences
    assert one.said == said
    assert kind is None or kind in {hit.kind for hit in one.hits}


def test_a_hit_tells_its_words_the_reason_and_what_to_write():
    """What is not allowed is told with its words at their place, why, and what to write instead."""
    (one,) = held("Turku on hiilineutraali.").sentences
    (hit,) = one.hits
    assert one.text[hit.start : hit.end] == hit.words == "hiilineutraali"
    assert "contribution" in hit.reason
    assert hit.instead


def test_a_product_is_told_by_the_directive_with_its_standing():
    """A neutral ticket is barred with the directive, and how its text was seen."""
    (one,) = held("Our tickets are CO2-neutral.").sentences
    hit = next(hit for hit in one.hits if hit.kind == "product_claim")
    assert (hit.source.guide, hit.source.standing) == ("eu-empco", "read-2nd")
    assert hit.rule == "claim.product_channel"


def test_neutral_is_open_to_who_may_say_offset():
    """Of an offer that allows an offset, offset is in order and neutral is not."""
    said = held(
        "We offset 97 t of emissions. We are neutral for the climate.",
        "VCS2464",
        sample="melbourne",
    )
    assert [one.said for one in said.sentences] == [OK, BARRED]


def test_hidden_and_decorated_words_are_found():
    """Invisible signs, capitals, small digits and odd hyphens hide no word."""
    for text in (
        "c\u200bar\u00adbon neutral",
        "CARBON\u2011NEUTRAL",
        "CO₂-neutral",
        "Klimat\u00adneutral",
    ):
        assert barred(held(f"Turku is {text}."))


def test_numbers_are_read_in_either_style():
    """A known amount is known with either separators, and in thousands of tonnes."""
    for text in (
        "125,000 t",
        "125.000 t",
        "125 000 tonnes",
        "125\u202f000 t",
        "125 kt",
        "0.125 million tonnes",
    ):
        (one,) = held(f"The emissions that remain are {text}.").sentences
        assert one.said == OK, text


def test_a_price_and_a_date_are_no_tonnes():
    """Prices, hours, dates and room numbers are not held against tonnes."""
    text = "The price is 25 €/t. The council met on 3.5.2026 at 10.30 a.m. in room 1500 of the town hall."
    assert {one.said for one in held(text).sentences} == {OK}


def test_sentences_end_where_they_end():
    """Abbreviations, decimals, initials and dates end no sentence; bullets and headings do."""
    text = (
        "Turku goes neutral\n\nDr. A. Virtanen, e.g. in No. 5, paid approx. 2.5 million. She left.\n"
        "- one point\n- another point\nKokous oli 15. lokakuuta 2026 klo 10.30 esim. Turussa. Se päättyi."
    )
    texts = [one.text for one in held(text).sentences]
    assert texts[0] == "Turku goes neutral"
    assert texts[2] == "She left."
    assert "one point" in texts
    assert texts[-1] == "Se päättyi."


def test_lines_are_those_of_the_text():
    """Each sentence tells the line on which it begins."""
    said = held("One thing.\n\nAnother\nthing. A third.").sentences
    assert [one.line for one in said] == [1, 3, 4]


def test_what_must_be_named_is_missing_until_it_is():
    """A text on the credits lacks what it does not name, and a text on something else nothing."""
    lacks = {one.title for one in held("We bought carbon credits.").missing}
    assert "The tonnes" in lacks
    assert "That and where the credits are retired" in lacks
    assert len(lacks) == 6
    assert held("The council met on Monday.").missing == ()


def test_nothing_may_be_said_of_a_refused_offer():
    """With a refused offer even the word contribution is not allowed."""
    assert barred(held("We contribute to climate action.", "VCS902"))


def test_an_endless_text_is_refused():
    """A text longer than any press release is not read."""
    with pytest.raises(InputError, match="characters"):
        refuse_long("a" * (LONGEST_TEXT + 1), "text")


def test_a_crowded_text_is_read():
    """A text of nothing but claims, hyphens and quotes is read to its end."""
    text = "not carbon neutral, " * 300 + "“" * 500 + " neutral".join(["-"] * 300)
    assert held(text).sentences


def test_an_empty_text_has_no_sentence():
    """Nothing is said of nothing."""
    assert held(" \n\n ").sentences == ()


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    """No text breaks the reading, and its sentences keep its words in their order."""
    lines = [one.line for one in held(text).sentences]
    assert lines == sorted(lines)


CALM = ["bridge", "tram", "council", "school", "museum", "library", "Monday", "harbour", "opens"]


@given(st.lists(st.sampled_from(CALM), min_size=1, max_size=15))
def test_without_a_word_of_claims_nothing_is_flagged(words):
    """A sentence of other words, without figures, is always in order."""
    explained = held(" ".join(words) + ".")
    assert all(one.said == OK and one.hits == () for one in explained.sentences)
    assert explained.missing == ()


@given(st.lists(st.sampled_from(CALM), max_size=3))
def test_a_denied_claim_is_none_whatever_stands_between(words):
    """A negation of the same clause denies a claim behind it, up to three words on."""
    text = f"Turku is not {' '.join([*words, 'carbon neutral'])}."
    (one,) = held(text).sentences
    assert one.said == OK


@given(st.integers(3_000, 124_000))
def test_a_figure_that_nobody_stated_is_told(number):
    """An amount that no figure of the purchase bears says more than is known, in either style."""
    for written in (str(number), f"{number:,}", f"{number:,}".replace(",", ".")):
        (one,) = held(f"Credits of {written} t were bought.").sentences
        assert one.said == MORE
