"""Which questions a form asks of a bidder: what the rules in force need from him, and no others."""

from datetime import date

import pytest

from offsetcheck.api.case import open_rulebook
from offsetcheck.explain.needed import OFFERED, needed_fields
from offsetcheck.explain.question_words import choices_of
from offsetcheck.explain.questionnaire import Asked, bid_form
from offsetcheck.explain.setting import setting
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.purchase import Purchase

DAY = date(2026, 9, 30)


def of_city(city, language="en"):
    return setting(bind(open_rulebook(), city, DAY), Purchase(), language)


@pytest.mark.parametrize("city", ["turku", "bogota", "melbourne", "palo_alto"])
def test_only_what_an_adopted_rule_reads_is_asked(city):
    """Each question beyond the offer itself is read by a rule in force that decides something."""
    made = of_city(city)
    read = {
        name
        for rule in made.bound.candidate_rules
        if not rule.draft and rule.effect is not Effect.NOTE
        for name in rule.inputs
    }
    made_of_others = {"developer", "serials"}
    assert set(needed_fields(made)) - set(OFFERED) - made_of_others <= read


@pytest.mark.parametrize("city", ["turku", "bogota", "melbourne"])
def test_no_bidder_is_asked_what_the_buyer_finds_out(city):
    """Nobody is asked whether he is on a sanctions list, nor for what tables and officers tell."""
    made = of_city(city)
    known = made.bound.dictionary.candidate
    needed = needed_fields(made)
    assert "sanctions_hit" not in needed
    assert all(known[name].is_input and not known[name].officer for name in needed)
    assert not {"developer_key", "serials_read", "other_lots_tonnes"} & needed.keys()


def test_a_type_that_is_known_leaves_out_what_cannot_apply():
    """Of a landfill nobody asks for stoves, land or consent; without a type they stand apart."""
    made = of_city("turku")
    landfill = needed_fields(made, ("landfill_methane",))
    assert not {"fnrb", "tenure", "buffer_percent"} & landfill.keys()
    every = needed_fields(made)
    assert every["fnrb"].case is not None
    assert every["fnrb"].case.field == "project_type"
    assert landfill.keys() < every.keys()


def test_what_a_registry_tells_is_shown_and_not_asked():
    """A value of grade E1 is an answer with its source; a seller's own word is asked again."""
    facts = {
        "name": Fact("Kariba", EvidenceGrade.E1, source="Verra, projects", as_of=DAY),
        "project_type": Fact("redd", EvidenceGrade.E1, source="Verra, projects"),
        "country": Fact("ZW", EvidenceGrade.E4),
    }
    made = bid_form(of_city("turku"), Asked(known=(Candidate("VCS902", facts),)))
    questions = {question.field: question for question in made.sheets[0].questions()}
    assert not questions["name"].asked
    assert "Verra, projects, as of 30 September 2026" in questions["name"].source
    assert questions["country"].asked
    assert "fnrb" not in questions


@pytest.mark.parametrize("language", ["fi", "sv", "es"])
def test_the_words_of_a_list_are_each_one_code(language):
    """In no language do two words of a list look alike."""
    made = of_city("turku", language)
    for need in needed_fields(made).values():
        words = [word.casefold() for word in choices_of(need.field, made.wording).values()]
        assert len(words) == len(set(words)), need.field.name
