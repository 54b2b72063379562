"""Both evaluators say the same of the offers that travel with the package."""

from datetime import date

import pytest
from agreement import disagreements
from worlds import World

from offsetcheck.api.city import own_city_of
from offsetcheck.engine.columns.batch import assess_table
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.read import read_tender
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook

DAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def rulebook():
    """Return the rules that travel with the package."""
    return load_rulebook(bundled("rules"))


@pytest.mark.parametrize("city", ["turku", "bogota", "melbourne", "alder_bay"])
def test_both_evaluators_agree_on_a_tender(rulebook, city):
    """Documents, screenings, reviews and contradictions are read alike, under every rule."""
    folder = bundled("samples") / city
    own = own_city_of(folder, rulebook)
    tender = read_tender(folder, rulebook.dictionary)
    bound = bind(rulebook if own is None else own.rulebook, city, DAY)
    world = World(bound, tuple(tender.table.candidates()), tender.purchase)
    assert disagreements(world) == []
    own_table = assess_table(tender.table, bound, tender.purchase)
    from_facts = assess_table(world.table, bound, tender.purchase)
    assert own_table.rows.equals(from_facts.rows)
    assert own_table.missing.equals(from_facts.missing)
