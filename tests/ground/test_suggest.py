"""The nearest word is named where it is near, and nothing is named where nothing is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offsetcheck.ground.suggest import VERY_NEAR, did_you_mean, nearest

HEADINGS = [
    *(
        "delivery",
        "vintage",
        "tonnes",
        "currency",
        "projectid",
        "methodology",
        "programme",
        "price",
    ),
    *("country", "developer", "serialnumber", "buffer", "quantity", "volume", "label", "proponent"),
    *(
        "scope",
        "site",
        "risk",
        "remark",
        "hanke",
        "rating",
        "validatedby",
        "unitcount",
        "contracttype",
    ),
    *(
        "certification",
        "registryid",
        "location",
        "monitoringend",
        "register",
        "pris",
        "valuta",
        "hinta",
    ),
]
SLIPS = [
    *[
        ("delivry", "delivery"),
        ("vintag", "vintage"),
        ("tonnnes", "tonnes"),
        ("curency", "currency"),
    ],
    *[("projctid", "projectid"), ("methodolgy", "methodology"), ("progamme", "programme")],
    *[
        ("vintgae", "vintage"),
        ("countri", "country"),
        ("developper", "developer"),
        ("prcie", "price"),
    ],
    *[("serailnumber", "serialnumber"), ("bufer", "buffer"), ("quantitiy", "quantity")],
    *[("volumne", "volume"), ("labl", "label"), ("proponant", "proponent")],
]
OTHERS = [
    *("contact", "email", "website", "phone", "bank", "purpose", "region", "colour", "ranking"),
    *("address", "signed", "vat", "incoterm", "validity", "reviewer", "trader", "fund", "discount"),
    *("fee", "handling", "certificate", "registrylink", "locationtype", "monitoring", "contract"),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
def test_a_slip_is_answered_with_the_word(typed: str, meant: str) -> None:
    """A letter left out, added, changed or swapped with its neighbour leads to the word."""
    assert nearest(typed, HEADINGS, VERY_NEAR) == meant


@pytest.mark.parametrize("typed", OTHERS)
def test_another_word_is_answered_with_none(typed: str) -> None:
    """What is no misspelling of a heading gets no hint, for a wrong one is worse than none."""
    assert nearest(typed, HEADINGS, VERY_NEAR) is None


def test_the_order_of_the_words_does_not_count() -> None:
    """Of words that are equally near the first by alphabet is named, from a set as from a list."""
    assert did_you_mean("VCS905", ["VCS903", "VCS902"]) == "did you mean `VCS902`?"
    assert did_you_mean("VCS905", {"VCS902", "VCS903"}) == "did you mean `VCS902`?"


@given(st.sampled_from(HEADINGS), st.data())
def test_one_letter_less_is_always_near(word: str, data: st.DataObject) -> None:
    """Whichever letter of a word of five or more is left out, some word is named."""
    at = data.draw(st.integers(0, len(word) - 1))
    assert len(word) <= 4 or nearest(word[:at] + word[at + 1 :], HEADINGS, VERY_NEAR)


@given(st.text(max_size=400))
def test_any_text_is_answered_at_once(text: str) -> None:
    """Whatever is typed, the answer is a known word or none."""
    assert nearest(text, HEADINGS) in {None, *HEADINGS}
