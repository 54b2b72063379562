"""Units sold twice, or numbers written so that nobody sees it."""

import pytest

from cheats.honest import OZONE
from cheats.tender import confirmed

KNOWN = "ACR-FR-1950-2025-7-1 to 800"
OFFER = OZONE | {"serials": KNOWN}
ONCE, FIT = "double_counting.serials_once", "double_counting.serials_fit"

AGAIN = {
    "as it is": KNOWN,
    "a part": "ACR-FR-1950-2025-7-700 to 1499",
    "spaces": "ACR - FR - 1950 - 2025 - 7 - 1 to 800",
    "long dashes": "ACR–FR–1950–2025–7–1 — 800",
    "soft hyphens": "ACR\u00ad-FR-19\u200b50-2025-7-1 to 800",
    "wide signs": "ＡＣＲ\uff0dFR\ufe631950-2025-７-１ to ８００",
    "Arabic digits": "ACR-FR-1950-2025-7-١ to ٨٠٠",
    "Cyrillic letters": "\u0410\u0421R-FR-1950-2025-7-1 to 800",
    "an O for a nought": "ACR-FR-195O-2025-7-1 to 8O0",
    "an l for a one": "ACR-FR-1950-2025-7-l to 800",
    "a sign that turns the text": "ACR-FR-1950-2025-7-\u202e1 to 800",
    "a dot in the number": "ACR-FR-1950-2025-7-1 to 1.000",
    "a space in the number": "ACR-FR-1950-2025-7-1 to 1 000",
    "an apostrophe in the number": "ACR-FR-1950-2025-7-1 to 1'000",
    "leading noughts": "ACR-FR-1950-2025-7-0001 to 0800",
    "both ends whole": "ACR-FR-1950-2025-7-1 to ACR-FR-1950-2025-7-800",
    "through": "ACR-FR-1950-2025-7-1 through 800",
    "a stroke": "ACR-FR-1950-2025-7-1/800",
    "many numbers": "ACR-FR-1950-2025-7-1 to 1000000000000000000",
    "many blocks": "; ".join(f"ACR-FR-1950-2025-7-{n} to {n}" for n in range(1, 999)),
}
REFUSED = {
    "backwards": "ACR-FR-1950-2025-7-800 to 1",
    "one of two backwards": "ACR-FR-1950-2025-7-1 to 800; ACR-FR-1950-2025-8-9 to 1",
    "too many blocks": "; ".join(f"ACR-FR-1950-2025-7-{n} to {n}" for n in range(1, 1100)),
}
NO_FORM = [
    ("XR-FR-1950-1 to 800", "XR-FR-1950-700 to 1499"),
    ("1 to 800", "800-801"),
    ("XR 1950, units 1 - 800 (spot)", "xr/1950 units 1…800"),
]


def _sold(sell, *texts):
    offers = [OFFER | {"seller": f"Seller {n}", "serials": text} for n, text in enumerate(texts)]
    return sell(*offers, evidence=[entry for offer in offers for entry in confirmed(offer)])


@pytest.mark.parametrize("again", AGAIN)
def test_the_same_units_from_a_second_seller(sell, again):
    """However the second seller writes the numbers, neither lot is signed."""
    judged = _sold(sell, KNOWN, AGAIN[again])
    for offer in judged.offers:
        assert judged.finding(ONCE, offer).outcome.value == "fail"
        assert not judged.signs(offer)


@pytest.mark.parametrize("refused", REFUSED)
def test_numbers_that_contradict_themselves(sell, refused):
    """A cell that is refused whole is no way out of the rules on serial numbers."""
    judged = _sold(sell, REFUSED[refused])
    assert judged.finding(FIT).outcome.value == "fail"
    assert not judged.signs()


@pytest.mark.parametrize(("one", "other"), NO_FORM)
def test_the_same_units_in_no_registrys_form(sell, one, other):
    """Runs of numbers that are written alike are compared though no form is known."""
    judged = _sold(sell, one, other)
    assert [judged.finding(ONCE, offer).outcome.value for offer in judged.offers] == ["fail"] * 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("XR-FR-1950-1 to 800", "XR-FR-1950-801 to 1600"),
        ("vintage 2021-2022", "vintages 2021 to 2023"),
        ("see annex 12", "see annex 12"),
    ],
)
def test_other_numbers_are_not_the_same_units(sell, one, other):
    """Runs that follow each other, years and words are no double sale."""
    judged = _sold(sell, one, other)
    outcomes = {judged.finding(ONCE, offer).outcome.value for offer in judged.offers}
    assert outcomes == {"not_applicable"}


@pytest.mark.parametrize(
    "text", ["1-" * 15_000, "ACR-" * 7_500, "1 to " * 6_000, "a - " * 7_500, "1,234" * 6_000]
)
def test_a_very_long_cell(sell, text):
    """Thirty thousand characters of digits and dashes are answered, as no sale of the same units."""
    judged = _sold(sell, text)
    assert [judged.finding(ONCE, offer).outcome.value for offer in judged.offers] != ["fail"]
