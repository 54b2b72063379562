"""The section `award:` of a purchase: what is read, and what is refused where it stands."""

from decimal import Decimal
from fractions import Fraction

import pytest

from offsetcheck.intake.tender.purchase import read_purchase
from offsetcheck.vocabulary.award_terms import (
    NO_TERMS,
    Criterion,
    Group,
    Lots,
    Part,
    PricePoints,
)

WHOLE = """
currency: EUR
award:
  lots: whole
  min_removal_share: 0.2
  min_local_share: 10%
  min_durable_share: 0.05
  max_share: {project: 0.6, type: 0.5, country: 40 %, seller: 0.75}
  max_tonnes: {seller: 900}
  min_grade: b
  max_price: 42.5
  weights: {price: 40, integrity: 50, value: 10}
  price_points: linear
  offers:
    VCS902: {min: 100, max: 500, step: 50}
"""


@pytest.fixture
def read(own_dictionary):
    """Return the terms of a purchase's text, and its problems as text."""

    def of(text):
        purchase, problems = read_purchase(text.encode(), "purchase.yaml", own_dictionary)
        return purchase.award, [str(problem) for problem in problems]

    return of


def test_every_term_is_read_as_it_is_written(read):
    """Shares are exact fractions, prices exact decimals; nothing is odd."""
    terms, odd = read(WHOLE)
    assert odd == []
    assert terms.lots is Lots.WHOLE
    assert terms.min_share == {
        Part.REMOVAL: Fraction(1, 5), Part.LOCAL: Fraction(1, 10), Part.DURABLE: Fraction(1, 20),
    }  # fmt: skip
    assert terms.max_share[Group.COUNTRY] == Fraction(2, 5)
    assert terms.max_tonnes == {Group.SELLER: 900}
    assert (terms.min_grade, terms.max_price) == ("B", Decimal("42.5"))
    assert terms.weights[Criterion.INTEGRITY] == 50
    assert terms.price_points is PricePoints.LINEAR
    lot = terms.offers["VCS902"]
    assert (lot.least, lot.most, lot.step, lot.place.line) == (100, 500, 50, 15)


def test_without_the_section_nothing_is_limited(read):
    """A purchase that says nothing of its award has no limit, no weight, and no default."""
    assert read("currency: EUR\n") == (NO_TERMS, [])
    assert read("currency: EUR\naward:\n") == (NO_TERMS, [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("lots: hole", "4:9: `hole` cannot stand here\n    did you mean `whole`?"),
        ("max_share: {projct: 0.6}", "`projct` is not a key that can stand here\n    did you mean"),
        ("min_removal_share: 1.2", "4:22: a share lies between 0 and 1"),
        ("min_removal_share: -0.1", "a share lies between 0 and 1"),
        ("min_removal_share: nan", "a number is needed here"),
        ("min_removal_share: 0.33333", "more than 4 decimals"),
        ("min_removal_share: yes", "a number is needed here"),
        ("max_tonnes: {seller: 10.5}", "whole tonnes are needed here"),
        ("max_tonnes: {seller: 1e99}", "too large a number"),
        ("max_price: 0", "a price a tonne is above zero"),
        ("max_price: .inf", "a number is needed here"),
        ("min_grade: Q", "`Q` is no grade"),
        ("weights: {integrity: -1}", "a weight is no less than zero"),
        ("weights: {integrity: 0}", "at least one weight must be above zero"),
        ("weights: {price: 40}", "how a price becomes points is not stated"),
        ("weights: 40", "a mapping is needed here"),
        ("offers: [VCS902]", "a mapping of ids is needed here"),
        ("offers: {VCS902: {min: 9, max: 3}}", "cannot both hold"),
        ("offers: {VCS902: {mim: 9}}", "`mim` is not a key"),
        ("max_shares: {project: 0.6}", "`max_shares` is not a key that can stand here"),
    ],
)
def test_what_cannot_be_meant_is_told_where_it_stands_and_loses_nothing_else(read, line, said):
    """The odd term is located and left out; the one beside it counts."""
    terms, odd = read(f"currency: EUR\naward:\n  min_durable_share: 0.5\n  {line}\n")
    assert len(odd) == 1
    assert odd[0].startswith("purchase.yaml:4:")
    assert said in odd[0]
    assert terms.min_share == {Part.DURABLE: Fraction(1, 2)}
    assert (terms.max_share, terms.max_tonnes, terms.weights) == ({}, {}, {})


def test_a_section_that_is_no_mapping_is_refused(read):
    """A list or word in place of the section is told, and nothing is limited."""
    terms, odd = read("currency: EUR\naward: cheapest\n")
    assert terms is NO_TERMS
    assert "a mapping is needed here" in odd[0]


@pytest.mark.parametrize(("law", "counts"), [("eu", False), ("gpa", False), ("national", True)])
def test_a_share_of_local_tonnes_counts_only_where_the_law_lets_it(read, law, counts):
    """In a tender under European or WTO law the share is left out, and the reason is told."""
    text = f"procedure: tender\nprocurement_law: {law}\naward: {{min_local_share: 0.2}}\n"
    terms, odd = read(text)
    assert (Part.LOCAL in terms.min_share) is counts
    assert (terms.local_barred is None) is counts
    assert any("locality weighs nothing" in one for one in odd) is not counts
