"""What a profile may say in somebody's name: a standard of its subjects, a city of its refusals."""

from datetime import date

import pytest

from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.problem import RulebookError

TOWN = "cities/town.yaml"
DAY = date(2025, 6, 30)
CITED = "offsetting_source: {guide: town-plan, standing: %s}\n"
NEEDS_A_TEXT = "that a city lets no offsets be bought needs a text that was read"


def edited(folder, old, new, file=TOWN):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def refused(folder):
    """Give the messages for which a folder is refused."""
    with pytest.raises(RulebookError) as raised:
        load_rulebook(folder)
    return [problem.message for problem in raised.value.problems]


def test_a_standard_without_its_subjects_is_refused(folder):
    """A standard that does not say what claims it speaks of is a located problem."""
    edited(folder, "kind: city", "kind: standard")
    assert refused(folder) == ["a standard says what claims it speaks of"]


def test_a_standard_speaks_of_what_it_names_and_a_city_of_all(folder):
    """Rules read the subjects of a standard; of a city they read all three."""
    assert set(bind(load_rulebook(folder), "town", DAY).city.speaks_of) == {
        "organisation",
        "territory",
        "product",
    }
    own = "kind: standard\nspeaks_of: {value: [territory], source: {standing: design}}"
    edited(folder, "kind: city", own)
    edited(
        folder,
        "city.scope = 'community'",
        "contains(city.speaks_of, 'territory')",
        "residual/share.yaml",
    )
    bound = bind(load_rulebook(folder), "town", DAY)
    assert bound.city.speaks_of == ("territory",)
    assert bound.rules["residual.share"].applies_when.arguments[0].value == ("territory",)


def test_a_subject_that_is_none_is_refused(folder):
    """A standard speaks of an organisation, a territory or a product and of nothing else."""
    own = "kind: standard\nspeaks_of: {value: [planet], source: {standing: design}}"
    edited(folder, "kind: city", own)
    assert len(refused(folder)) == 1


@pytest.mark.parametrize("standing", [None, "known"])
def test_a_refusal_that_nobody_read_is_refused(folder, standing):
    """That a city lets no offsets be bought does not rest on general knowledge."""
    source = "" if standing is None else CITED % standing
    edited(folder, "offsetting: permitted ", f"{source}offsetting: not_permitted ")
    assert refused(folder) == [NEEDS_A_TEXT]


@pytest.mark.parametrize("standing", ["read", "read-2nd"])
def test_a_refusal_with_a_text_that_was_read_stands(folder, standing):
    """A city's own text, read or read second-hand, is enough."""
    edited(folder, "offsetting: permitted ", f"{CITED % standing}offsetting: not_permitted ")
    bound = bind(load_rulebook(folder), "town", DAY)
    assert bound.city.offsetting == "not_permitted"
    assert Wording(bound, "en").city() == "Example town"


def test_an_example_may_refuse_and_says_what_it_is(folder):
    """An example says so with the name of the city, and why among its notes."""
    own = "example: no text of the town was found\noffsetting: not_permitted "
    edited(folder, "offsetting: permitted ", own)
    bound = bind(load_rulebook(folder), "town", DAY)
    assert Wording(bound, "en").city() == "Example town (an example, not the city's policy)"
    assert bound.city.example == "no text of the town was found"


def test_a_gate_of_the_citys_own_needs_a_text_that_was_read(folder):
    """A limit of a gate in the city's name is refused where its source is general knowledge."""
    edited(
        folder,
        "source: {guide: town-plan, standing: read}",
        "source: {guide: town-plan, standing: known}",
    )
    assert refused(folder) == [
        "`residual.share.max_share` refuses offers in the city's name without a text that was read"
    ]
