"""Scenarios run as offers are judged: bound to their city and day, and assessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from offsetcheck.engine.assess import assess_findings, assess_purchase, findings_untraced
from offsetcheck.engine.conclude import plain_conclusions
from offsetcheck.engine.conclusion import Conclusions
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.decisions.expand import expand
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.scenarios.model import Scenario
from offsetcheck.rulebook.scenarios.reading import PURCHASE
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Dictionary, Field
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.purchase import Purchase, Review, Screening
from offsetcheck.workshop.rule_tests import CANDIDATE, stated
from offsetcheck.workshop.scenario_came_out import Judged, differences, said_of, to_paste

NOBODY = "scenario"  # who looked and signed
Setting = tuple[str, date]
"""A city and a day, for which a rulebook is bound once."""
SharedFacts = dict[tuple[str, int, str], Fact]
"""Facts by field, identity of the value and grade; scenarios of a file share their values."""


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario and what came out of it; `failure` is None where that is what was expected."""

    scenario: Scenario
    failure: Problem | None


@dataclass(frozen=True, slots=True)
class PosedScenario:
    """A scenario as it is put to the engine."""

    scenario: Scenario
    candidate: Candidate
    purchase: Purchase


@dataclass(frozen=True, slots=True)
class Prepared:
    """A rulebook bound to a city and a day, and its decisions made ready."""

    bound: BoundRulebook
    conclusions: Conclusions


def run_scenarios(rulebook: Rulebook, scenarios: Iterable[Scenario]) -> tuple[ScenarioResult, ...]:
    """Run scenarios in their order; each city and day is bound once."""
    prepared: dict[Setting, Prepared] = {}
    results: dict[int, ScenarioResult] = {}
    chosen = tuple(scenarios)
    shared: SharedFacts = {}
    # One city and day after the other, so that what a plan remembers serves all of them.
    for place, scenario in sorted(enumerate(chosen), key=lambda pair: setting_of(pair[1])):
        key = setting_of(scenario)
        if key not in prepared:
            prepared[key] = prepare(bind(rulebook, *key))
        results[place] = _run(pose_scenario(rulebook.dictionary, scenario, shared), prepared[key])
    return tuple(results[place] for place in range(len(chosen)))


def setting_of(scenario: Scenario) -> Setting:
    """Return for whom and when a scenario is judged."""
    return scenario.city, scenario.as_of


def pose_scenario(
    dictionary: Dictionary, scenario: Scenario, shared: SharedFacts | None = None
) -> PosedScenario:
    """Return a scenario as an offer and a purchase.

    `shared` keeps facts for other scenarios of the same files, which are alike but for a few.
    """
    facts = {} if shared is None else shared

    def fact(field: Field, name: str, value: object) -> Fact:
        key = (name, id(value), scenario.grade_of(name))
        if key not in facts:
            facts[key] = stated(value, field, key[2])
        return facts[key]

    offer = {
        name: fact(dictionary.candidate[name], name, value)
        for name, value in scenario.offer.items()
    }
    bought = {
        name: fact(dictionary.purchase[name], f"{PURCHASE}{name}", value)
        for name, value in scenario.purchase.items()
    }
    own = scenario.offer.get("id")
    candidate = Candidate(own if isinstance(own, str) else CANDIDATE, offer)
    return PosedScenario(scenario, candidate, _purchase(scenario, candidate.id, bought))


def _purchase(scenario: Scenario, offer: str, facts: Mapping[str, Fact]) -> Purchase:
    screenings: tuple[Screening, ...] = ()
    if scenario.screened is not None:
        screenings = (Screening(NOBODY, scenario.screened, (NOBODY,), (offer,)),)
    reviews = tuple(
        Review(offer, rule, judgement, NOBODY, NOBODY, NOBODY, scenario.as_of)
        for rule, judgement in scenario.reviews.items()
    )
    return Purchase(scenario.stage, facts, screenings, reviews)


def prepare(bound: BoundRulebook) -> Prepared:
    """Return a bound rulebook with its decisions made ready for the plain fixpoint.

    It concludes as durable-rules does, and nothing is compiled for it.
    """
    chain = expand(bound.candidate_decisions, bound.candidate_rules)
    return Prepared(bound, plain_conclusions(chain))


def _run(posed: PosedScenario, prepared: Prepared) -> ScenarioResult:
    differ = differences(posed.scenario.expect, judge_scenario(posed, prepared))
    if not differ:
        return ScenarioResult(posed.scenario, None)
    said = f"the scenario “{posed.scenario.name}” failed: {said_of(differ)}"
    return ScenarioResult(posed.scenario, Problem(said, posed.scenario.place, to_paste(differ)))


def judge_scenario(posed: PosedScenario, prepared: Prepared) -> Judged:
    """Return a scenario judged as `assess` judges every offer, without trace and hash."""
    bound, purchase = prepared.bound, posed.purchase
    findings = findings_untraced(posed.candidate, bound, purchase)
    assessment = assess_findings(findings, posed.candidate, bound, prepared.conclusions)
    return Judged(assessment, bound, partial(assess_purchase, purchase, bound))
