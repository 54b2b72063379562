"""The whole of what may be bought, in words: what it is made of and what it lacks."""

from dataclasses import replace

from offsetcheck.engine.assess import assess
from offsetcheck.explain.portfolio import OFFERS_NAMED, explain_portfolio
from offsetcheck.vocabulary.evidence import Fact
from world import E1, cell, made_setting, offers

SETTING = made_setting()


def told(candidates):
    """Return the one finding of the hand-made rulebook on these candidates."""
    judged = [(c, assess(c, SETTING.bound, SETTING.purchase)) for c in candidates]
    (line,) = explain_portfolio(SETTING, judged)
    return line


def may_be_bought():
    return offers()["eligible"]


def test_a_sum_names_what_it_is_made_of():
    """A finding on the whole says which offers were summed up, with value, source and trace."""
    line = told(offers().values())
    assert line.notes == ("Summed up over the offers that may be bought: VCS1, VCS2.",)
    assert line.found == "10,000 t CO₂e may be bought."
    assert line.sources
    assert line.trace


def test_a_sum_that_is_unknown_names_the_offers_that_lack_something():
    """An open finding asks for the offers' own field and names the offers that do not state it."""
    whole = may_be_bought()
    lacking = replace(whole, id="X9").with_facts({"tonnes": Fact()})
    line = told([whole, lacking])
    assert line.status == "open"
    assert [item.field for item in line.missing] == ["tonnes"]
    assert line.notes[-1] == "Not known of X9."


def test_a_long_list_is_cut():
    """Where many offers may be bought, some are named and the rest counted."""
    many = [
        replace(may_be_bought(), id=f"P{n}").with_facts({"id": cell(f"P{n}", E1)})
        for n in range(OFFERS_NAMED + 3)
    ]
    assert told(many).notes[0].endswith("P11 (+3).")
