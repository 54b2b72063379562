"""Types, methodologies and places named broadly, so that a rule seems not to apply."""

import pytest

from cheats.honest import FOREST, OZONE, PURCHASE
from cheats.tender import confirmed

CCP = PURCHASE | {"city": "icvcm_ccp"}


@pytest.mark.parametrize("broad", ["Forest Carbon", "Forestry", "AFOLU", "ARR; REDD", "REDD; WRC"])
def test_a_broad_type_does_not_switch_a_rule_off(sell, broad):
    """A REDD project called by a broader name is asked for the safeguards that REDD owes."""
    offer = FOREST | {"project_type": broad, "methodology": "VM0007"}
    judged = sell(offer, purchase=CCP)
    assert judged.finding("safeguards.cancun").outcome.value in {"unknown", "fail"}
    assert not judged.signs()


@pytest.mark.parametrize("broad", ["Energy industries", "Renewable Energy"])
def test_a_broad_type_does_not_lift_a_cap(sell, broad):
    """Grid power under a broad name is not graded as if nothing were known against its type."""
    offer = OZONE | {"project_type": broad, "country": "IN", "methodology": "ACM0002"}
    assert not sell(offer).signs()


@pytest.mark.parametrize("cell", ["VM0047; VM0009", "VM0009, VM0047", "VM0009 and VM0047"])
def test_two_methodologies_in_a_cell(sell, cell):
    """The good methodology of two does not speak for both: the chosen reference area stays open."""
    judged = sell(FOREST | {"methodology": cell}, purchase=CCP)
    assert not judged.signs()


@pytest.mark.parametrize("version", ["", "latest", "n/a", "any"])
def test_a_version_left_out(sell, version):
    """Where the Integrity Council decided by version, leaving it out does not count as approved."""
    offer = FOREST | {"methodology": "VM0048", "methodology_version": version}
    offer |= {"project_type": "redd", "mechanism": "reduction"}
    judged = sell(offer, purchase=CCP)
    assert not judged.signs()


@pytest.mark.parametrize("kind", ["other", "n/a", "climate project", "-", "reforestation & more"])
def test_a_type_that_is_none(sell, kind):
    """An offer whose type says nothing is not signed."""
    assert not sell(FOREST | {"project_type": kind}).signs()


def test_storage_that_the_seller_denies(sell):
    """A column `storage_type` that says `none` does not free a forest from storing carbon."""
    offer = FOREST | {"storage_type": "none", "monitoring_years": "5"}
    judged = sell(offer)
    assert not judged.may_be_bought()
    assert "storage_type" in judged.told()


def test_a_forest_called_something_else(sell):
    """The officer saw that it is a forest; the bid calls it avoided methane to owe no storage."""
    offer = FOREST | {"project_type": "landfill_methane", "monitoring_years": "5"}
    judged = sell(offer, evidence=confirmed(FOREST | {"monitoring_years": "5"}))
    assert not judged.signs()


FINLAND = (
    "Finland ",
    "FI-",
    "Suomi",
    "Republic of Finland",
    "Finland (Uusimaa)",
    "FIN",
    "finland.",
)


@pytest.mark.parametrize("country", FINLAND)
def test_a_finnish_forest_that_dodges_finnish_law(sell, country):
    """Planting on Finnish forestry land is a duty, however the country is written."""
    offer = FOREST | {"country": country, "land_class": "forestry", "state_aid": "no"}
    judged = sell(offer)
    assert not judged.may_be_bought()


COLOMBIA = ("Colombia ", "CO-", "República de Colombia", "Colombia (Vichada)", "COL", "COLOMBIA.")


@pytest.mark.parametrize("country", COLOMBIA)
def test_a_colombian_unit_that_dodges_colombian_law(sell, country):
    """Units used against the Colombian tax are not sold again, however the country is written."""
    offer = FOREST | {"country": country, "used_for_tax_benefit": "yes"}
    judged = sell(offer)
    assert not judged.may_be_bought()


@pytest.mark.parametrize(
    "country",
    ["", "n/a", "Atlantis", "worldwide", "International", "Kenya/Colombia", "Finland & Kenya"],
)
def test_a_country_that_is_none(sell, country):
    """An offer whose country says nothing is not signed: host law could bar it."""
    assert not sell(FOREST | {"country": country}).signs()


@pytest.mark.parametrize("country", ["Kenya/Colombia", "Kenya & Colombia", "KE; CO", "worldwide"])
def test_a_colombian_unit_behind_another_country(sell, country):
    """Several countries, or none by name, leave open whose law applies: it is asked."""
    judged = sell(FOREST | {"country": country, "used_for_tax_benefit": "yes"})
    assert judged.state("double_counting.no_tax_benefit") == "open"
    assert not judged.may_be_bought()


def test_several_countries_of_one_law(sell):
    """Where neither country's law asks for anything more, the offer may be bought."""
    assert sell(FOREST | {"country": "Uruguay; Paraguay"}).may_be_bought()


def test_a_place_on_the_sellers_word_leaves_a_condition(sell):
    """A country that only the seller names frees the offer of a law, but not of being checked."""
    papers = confirmed(OZONE)
    del papers[0]["values"]["country"]
    judged = sell(OZONE, evidence=papers)
    assert not judged.signs()
