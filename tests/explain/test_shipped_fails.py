"""What the rules that travel with the package say is wrong, tried on their own examples."""

from dataclasses import replace
from functools import cache

import pytest

from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.engine.observe import observed_fields
from offsetcheck.explain.finding import LOW_LEVEL, finding_line
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Origin, setting
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind_guide, bind_rules_of_guide
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.workshop.rule_tests import default_day, pose

RULEBOOK = load_rulebook(bundled("rules"))
ORIGIN = Origin((), None, "0.0.0", "", "")
LEVELS_THAT_ARE_LOW = {str(level) for level in range(1, LOW_LEVEL + 1)}


@cache
def bound_on(day):
    """Return the guide of a day with every rule, the optional ones too."""
    rules = bind_rules_of_guide(RULEBOOK, set(RULEBOOK.rules), day)
    return replace(bind_guide(RULEBOOK, day), rules=rules)


def told(rule, example):
    """Return what is explained of an example's finding, and the sentence that it was made of."""
    day = example.as_of or default_day(RULEBOOK, rule)
    bound = bound_on(day)
    posed = pose(RULEBOOK, bound.rules[rule.file.id], example)
    bound = replace(bound, rules={**bound.rules, posed.rule.id: posed.rule})
    seen = observed_fields(bound)[posed.rule.id]
    finding = evaluate_rule(posed.rule, posed.candidate, day, posed.purchase, seen)
    made = setting(bound, Purchase(), "en", ORIGIN)
    context = SentenceContext.of(made, Candidate("example", {}), [finding])
    return finding_line(finding, posed.rule, context, frozenset())


def wrong_examples(rule):
    return [e for e in rule.file.tests if e.expect in {"fail", *LEVELS_THAT_ARE_LOW}]


@pytest.mark.parametrize("rule", RULEBOOK.rules.values(), ids=lambda rule: rule.file.id)
def test_every_rule_says_what_is_wrong(rule):
    """Of each example that is not met or scores low one whole sentence is said, never the title."""
    lines = [told(rule, example) for example in wrong_examples(rule)]
    assert lines
    assert any(line.fails for line in lines), rule.file.id
    # Of what is known in part only it cannot be said with its value what is wrong.
    for line in (line for line in lines if line.fails):
        assert line.fails.endswith(".")
        assert not line.fails.endswith("..")
        assert not set("{}") & set(line.fails)
        assert line.title.rstrip(".").casefold() not in line.fails.casefold()


@pytest.mark.parametrize("rule", RULEBOOK.rules.values(), ids=lambda rule: rule.file.id)
def test_no_rule_says_that_anything_is_wrong_where_nothing_is(rule):
    """Of examples that are met, score well, are unknown or do not apply nothing is said."""
    wrong = wrong_examples(rule)
    lines = [told(rule, example) for example in rule.file.tests if example not in wrong]
    assert [line.fails for line in lines] == [None] * len(lines)
