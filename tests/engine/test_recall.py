"""What rules came to is remembered under what they were told, and is what they come to again."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.case import Case, open_rulebook, open_tender
from offsetcheck.engine import recall
from offsetcheck.engine.assess import assess
from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.engine.plan import plan_for
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.finding import Finding

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DAY, LATER = date(2026, 9, 30), date(2027, 1, 1)


@pytest.fixture(scope="module", params=["turku", "melbourne"])
def case(request: pytest.FixtureRequest) -> Case:
    return open_tender(SAMPLES / request.param, open_rulebook(), as_of=DAY)


def altered(case: Case, seed: int) -> Candidate:
    """Return an offer of a case with facts left out, exchanged, graded anew or known too late."""
    chance = random.Random(seed)
    one, other = (chance.choice(list(case.table.candidates())) for _ in range(2))
    facts = dict(one.facts)
    for name in sorted(facts.keys() - {"id"}):
        draw = chance.random()
        if draw < 0.1:
            del facts[name]
        elif draw < 0.2 and name in other.facts:
            facts[name] = other.facts[name]
        elif draw < 0.3:
            facts[name] = replace(facts[name], grade=chance.choice(list(EvidenceGrade)))
        elif draw < 0.35:
            facts[name] = replace(facts[name], as_of=LATER)
    return Candidate(one.id, facts)


def told(finding: Finding) -> object:
    return finding, dict(finding.seen), finding.deciders


def asked_anew(case: Case, candidate: Candidate) -> dict[str, object]:
    """Return what each rule says by the evaluator alone."""
    bound, observed = case.bound, plan_for(case.bound).observed
    return {
        rule.id: told(evaluate_rule(rule, candidate, bound.as_of, case.purchase, observed[rule.id]))
        for rule in bound.candidate_rules
        if not rule.for_identity  # whose condition stands or falls with other rules
    }


@pytest.mark.parametrize("seed", range(8))
def test_a_remembered_finding_is_the_one_that_the_rule_makes(case: Case, seed: int) -> None:
    """Outcome, trace, what was seen and what decided are those of the evaluator, twice over."""
    candidate = altered(case, seed)
    anew = asked_anew(case, candidate)
    for _ in range(2):
        found = {f.rule: told(f) for f in assess(candidate, case.bound, case.purchase).findings}
        assert {name: found[name] for name in anew} == anew


def test_an_id_that_tables_hold_is_not_taken_for_one_that_they_do_not(case: Case) -> None:
    """Of two offers that differ in their id alone, each meets the rows of its own."""
    listed = next(iter(case.table.candidates()))
    others = [replace(listed.fact("id"), value=name, raw=name) for name in ("VCS90001", "VCS90002")]
    for fact in (*others, listed.fact("id"), *others):
        candidate = Candidate(str(fact.value), {**listed.facts, "id": fact})
        found = assess(candidate, case.bound, case.purchase).findings
        anew = asked_anew(case, candidate)
        assert {f.rule: told(f) for f in found if f.rule in anew} == anew


def test_what_is_remembered_of_a_rule_is_bounded(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many ways offers differ in, a memory holds no more of a rule than it may."""
    monkeypatch.setattr(recall, "MOST_KEPT", 2)
    bound = replace(case.bound)  # with a memory of its own
    for seed in range(6):
        assess(altered(case, seed), bound, case.purchase)
    memories = plan_for(bound).recall.memories.values()
    assert max(len(memory.explained) for memory in memories) == 2
