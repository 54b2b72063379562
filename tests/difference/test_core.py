"""The one core: cities, days, editions and rulebooks are two terms, and the same holds for all."""

import re
import shutil
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from town import AGE, documented, offers_of, purchase_in, stove

from offsetcheck.difference.causes import list_causes
from offsetcheck.difference.editions import with_edition
from offsetcheck.difference.exchange import NO_RULES, exchanged
from offsetcheck.difference.inputs import (
    ChangedInput,
    ShiftKind,
    changed_inputs,
    finding_with,
    turning_inputs,
)
from offsetcheck.difference.terms import Terms, assess_under
from offsetcheck.difference.trace import trace
from offsetcheck.difference.turned import Answer, turned
from offsetcheck.ground.bundled import bundled
from offsetcheck.ground.smallest import enough_alone, enough_together
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.rulebook.tables.model import Row
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.finding import Outcome
from offsetcheck.vocabulary.purchase import Screening
from offsetcheck.workshop.edition_files import file_of, latest_edition

DAY = date(2026, 9, 30)
PRIORS = "type_additionality"
ONE_LINE = re.compile(r"^requires: ([a-z].*)$", re.MULTILINE)
KINDS = ("cities", "days", "editions", "rulebooks")


@pytest.fixture(scope="package")
def pairs(rulebook, tender, tmp_path_factory):
    """Return by kind of difference two terms that turn offers of the sample tender."""
    turku, purchase = bind(rulebook, "turku", DAY), tender.purchase
    return {
        "cities": (turku, bind(rulebook, "melbourne", DAY)),
        "days": (bind(rulebook, "turku", date(2024, 1, 1)), bind(rulebook, "turku", DAY)),
        "editions": (turku, bind(_reversed_priors(rulebook), "turku", DAY)),
        "rulebooks": (
            turku,
            bind(_contrary(tmp_path_factory.mktemp("rulebook") / "rules"), "turku", DAY),
        ),
    } | {"purchase": purchase}


def _reversed_priors(rulebook):
    """Return the rulebook with an edition in which likely types are unlikely ones."""
    table = rulebook.tables[PRIORS]
    last = latest_edition(table)
    rows = [
        Row({**row.cells, "prior": str(6 - int(row.cells["prior"]))}, row.line)
        for row in file_of(table, last).rows
    ]
    edition = last.model_copy(update={"file": "new.csv", "valid_from": DAY, "published": DAY})
    return with_edition(rulebook, PRIORS, edition, replace(file_of(table, last), rows=rows))


def _contrary(folder):
    """Return the rulebook with every additionality requirement of one line turned round."""
    shutil.copytree(bundled("rules"), folder)
    for path in (folder / "additionality").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(ONE_LINE.sub(r"requires: NOT (\1)", text), encoding="utf-8")
    return load_rulebook(folder)


@pytest.fixture(params=KINDS)
def pair(request, pairs):
    """Return the two terms of each kind of difference in turn."""
    return tuple(Terms(bound, pairs["purchase"]) for bound in pairs[request.param])


def _said(finding):
    return finding.outcome, finding.state, finding.lower, finding.upper


def test_columns_and_rows_agree(pair, tender):
    """What the columns say of a list, its offers say one by one: answers and rules alike."""
    found = turned(tender.table, *pair)
    assert found.changed
    for row, candidate in zip(found.rows, tender.table.candidates(), strict=True):
        sides = [assess_under(candidate, terms) for terms in pair]
        answers = [Answer(side.result.verdict.value, *side.result.grades) for side in sides]
        assert [row.before, row.after] == answers
        assert set(found.rules_of.get(row.row, ())) == _rules_otherwise(*sides)


def _rules_otherwise(before, after):
    def said(rule, side, other):
        finding = side.findings.get(rule)
        if finding is None or (rule not in other.findings and not side.applies(rule)):
            return None
        return _said(finding)

    rules = {*before.findings, *after.findings}
    return {rule for rule in rules if said(rule, before, after) != said(rule, after, before)}


def test_counts_are_of_the_changed_rows(pair, tender):
    """Each changed row is counted once, under the verdicts that it went from and to."""
    found = turned(tender.table, *pair)
    assert sum(found.counts.values()) == len(found.changed)
    assert len(found.verdicts) + len(found.grades) == len(found.changed)
    assert all(row.verdicts in found.counts for row in found.changed)


def test_a_cause_is_enough_and_none_of_it_can_be_spared(pair, tender):
    """What is said to turn an offer, turns it; less than what is named together does not."""
    found = turned(tender.table, *pair)
    for row in found.changed:
        offer = trace(tender.table.candidate(row.row), *pair)
        assert offer.turning.topics
        _check_turning(offer, row.turns)


def _check_turning(offer, verdict):
    def reached(topics):
        result, wanted = exchanged(offer.before, offer.after, topics), offer.after.result
        same = result.verdict == wanted.verdict
        return same if verdict else same and result.grades == wanted.grades

    topics = offer.turning.topics
    if offer.turning.alone:
        assert all(reached([topic]) for topic in topics)
    else:
        assert reached(topics)
        assert not any(reached(set(topics) - {topic}) for topic in topics)


def test_all_that_a_rule_reads_explains_all_that_it_says(pair, tender):
    """A rule with every changed input as after says what it says after, and with none as before."""
    tried = 0
    for candidate in tender.table.candidates():
        before, after = (assess_under(candidate, terms) for terms in pair)
        for rule in before.findings.keys() & after.findings:
            old, new = before.rule(rule), after.rule(rule)
            changed = changed_inputs(old, new, before, after)
            assert _said(finding_with((), rule, before, after)) == _said(before.findings[rule])
            assert _said(finding_with(changed, rule, before, after)) == _said(after.findings[rule])
            tried += bool(changed)
    assert tried


def test_the_inputs_named_are_enough_and_none_can_be_spared(pair, tender):
    """What a turning rule is put down to leads to its later finding, and less does not."""
    for candidate in tender.table.candidates():
        offer = trace(candidate, *pair)
        for topic in offer.topics:
            if topic not in NO_RULES:
                _check_inputs(offer, topic)


def _check_inputs(offer, rule):
    before, after, inputs = offer.before, offer.after, offer.inputs[rule]
    if before.rule(rule) is None or after.rule(rule) is None:
        assert [one.kind for one in inputs] in ([ShiftKind.BEGAN], [ShiftKind.ENDED])
        return
    wanted = _said(after.findings[rule])

    def reached(some):
        return _said(finding_with(some, rule, before, after)) == wanted

    if wanted == _said(before.findings[rule]):  # the rule weighs otherwise, and says the same
        return
    assert all(reached([one]) for one in inputs) or (
        reached(inputs) and not any(reached(set(inputs) - {one}) for one in inputs)
    )


def test_what_changed_alike_is_counted_together(pair, tender):
    """The rows of the topics are those of the patterns, and every changed row is in a pattern."""
    found = turned(tender.table, *pair)
    causes = list_causes(tender.table, found)
    rows = sorted(row for pattern in causes.patterns for row in pattern.rows)
    assert rows == [row.row for row in found.changed]
    assert {row for topic in causes.topics for row in topic.rows} <= set(rows)
    assert causes.rows_not_traced == 0


def test_nothing_is_said_where_nothing_differs(pair, tender):
    """Terms set against themselves turn no offer, no rule and no input."""
    before, _ = pair
    found = turned(tender.table, before, before)
    assert (found.changed, dict(found.rules)) == ((), {})
    offer = trace(next(tender.table.candidates()), before, before)
    assert (offer.topics, dict(offer.inputs)) == ((), {})


@settings(deadline=None)
@given(
    needed=st.sets(st.integers(0, 6)),
    others=st.sets(st.integers(0, 6)),
)
def test_the_smallest_set_holds_what_is_needed_and_nothing_else(needed, others):
    """Where a result needs some things, exactly those are returned, in their order."""
    things = sorted(needed | others)
    assert enough_together(things, needed.issubset) == tuple(sorted(needed))
    alone = enough_alone(things, needed.issubset)
    assert set(alone) == (needed if len(needed) == 1 else set() if needed else set(things))


def test_what_never_leads_there_is_returned_whole():
    """Where not even all things together reach a result, all of them are returned."""
    assert enough_together((1, 2, 3), lambda _: False) == (1, 2, 3)


@pytest.fixture
def town(tmp_path):
    return documented(tmp_path / "rules")


def _sides(candidate, before, after):
    return [assess_under(candidate, terms) for terms in (before, after)]


def test_of_two_facts_that_became_known_the_one_that_matters_is_named(tmp_path):
    """A fact that a rule reads and that became known meanwhile is no cause if it settles nothing."""
    either = (
        AGE,
        "requires: vintage_age <= $max_age",
        "requires: vintage_age <= $max_age OR tonnes < 0",
    )
    town = documented(tmp_path / "rules", [either])
    known = {
        name: Fact(v, EvidenceGrade.E1, as_of=date(2024, 6, 1))
        for name, v in (("vintage", 2022.0), ("tonnes", 5.0))
    }
    candidate = offers_of(stove(vintage=None)).candidate(0).with_facts(known)
    terms = [
        Terms(bind(town, "town", day), purchase_in(2024))
        for day in (date(2024, 5, 31), date(2024, 6, 1))
    ]
    found = turning_inputs("vintage.age", *_sides(candidate, *terms))
    assert found == (ChangedInput(ShiftKind.FACT, "vintage"),)


def test_two_facts_that_are_needed_are_both_named(tmp_path):
    """Where neither of two facts settles a rule by itself, both are named, and no third."""
    both = (
        AGE,
        "requires: vintage_age <= $max_age",
        "requires: vintage_age <= $max_age AND tonnes > 0",
    )
    town = documented(tmp_path / "rules", [both])
    stated = {"vintage": 2022.0, "tonnes": 5.0}
    known = {name: Fact(v, EvidenceGrade.E1, as_of=date(2025, 6, 1)) for name, v in stated.items()}
    candidate = offers_of(stove(vintage=None)).candidate(0).with_facts(known)
    # Meanwhile the limit fell from 10 years to 5, which an offer of 2022 does not notice.
    terms = [
        Terms(bind(town, "town", day), purchase_in(2024))
        for day in (date(2024, 5, 31), date(2025, 6, 1))
    ]
    found = turning_inputs("vintage.age", *_sides(candidate, *terms))
    assert set(found) == {ChangedInput(ShiftKind.FACT, name) for name in stated}


def test_a_search_between_two_days_is_told_from_a_fact(town):
    """A screening of the later day counts as a screening, and only for the rule that waits for it."""
    search = Screening("an officer", date(2024, 6, 1), ("registry notices",))
    purchase = replace(purchase_in(2024), screenings=(search,))
    terms = [
        Terms(bind(town, "town", day), purchase) for day in (date(2024, 5, 31), date(2024, 6, 1))
    ]
    sides = _sides(offers_of(stove()).candidate(0), *terms)
    found = {
        rule: changed_inputs(sides[0].rule(rule), sides[1].rule(rule), *sides)
        for rule in sides[0].findings
    }
    named = {rule: {one.kind for one in inputs} for rule, inputs in found.items() if inputs}
    assert named == {"additionality.no_open_finding": {ShiftKind.SCREENING}}


def test_a_rule_that_one_side_does_not_ask_counts_where_it_applies(town):
    """Of a rule that only one side asks, the rows to which it applies come out otherwise."""
    bound = bind(town, "town", DAY)
    rules = {name: rule for name, rule in bound.rules.items() if name != "permanence.storage_floor"}
    offers = offers_of(stove("VCS1"), stove("VCS2", project_type="biochar"))
    terms = Terms(bound, purchase_in(2026)), Terms(replace(bound, rules=rules), purchase_in(2026))
    outcomes = [
        assess_under(c, terms[0]).findings["permanence.storage_floor"].outcome
        for c in offers.candidates()
    ]
    applying = [
        row for row, outcome in enumerate(outcomes) if outcome is not Outcome.NOT_APPLICABLE
    ]
    assert applying
    assert list(turned(offers, *terms).rules["permanence.storage_floor"]) == applying
