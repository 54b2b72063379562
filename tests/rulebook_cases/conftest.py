"""How a known case is put to the rulebook: facts by grade, a city or profile, and a day."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.assessment import Assessment, PurchaseAssessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.purchase import Purchase, Screening, Stage

PROFILE = "iclei_utmc_default"
Judge = Callable[..., Assessment]


def _value(value):
    if isinstance(value, bool) or not isinstance(value, int):
        return tuple(value) if isinstance(value, list) else value
    return float(value)


def _facts(values: Mapping[str, Value], grade: EvidenceGrade) -> dict[str, Fact]:
    return {name: Fact(_value(value), grade) for name, value in values.items()}


@pytest.fixture(scope="session")
def rulebook():
    return load_rulebook(bundled("rules"))


@pytest.fixture(scope="session")
def judge(rulebook) -> Judge:
    """Judge one candidate: `record` at E1, `reports` at E2, `words` at E4."""

    def judge(
        day: date,
        *,
        record: Mapping[str, Value],
        reports: Mapping[str, Value] | None = None,
        words: Mapping[str, Value] | None = None,
        city: str = PROFILE,
        claim: str = "contribution",
        screened: bool = True,
    ) -> Assessment:
        facts = (
            _facts(words or {}, EvidenceGrade.E4)
            | _facts(reports or {}, EvidenceGrade.E2)
            | _facts(record, EvidenceGrade.E1)
        )
        purchase = Purchase(
            stage=Stage.CLARIFICATION,
            facts=_facts(
                {"year": day.year, "claim": claim, "procedure": "tender", "procurement_law": "eu"},
                EvidenceGrade.E1,
            ),
            screenings=(Screening("an officer", day, ("registry notices",)),) if screened else (),
        )
        return assess(Candidate(str(record["id"]), facts), bind(rulebook, city, day), purchase)

    return judge


@pytest.fixture(scope="session")
def judge_purchase(rulebook) -> Callable[..., PurchaseAssessment]:
    """Judge a purchase whose facts are all on public record."""

    def judge_purchase(
        day: date, facts: Mapping[str, Value], city: str = PROFILE
    ) -> PurchaseAssessment:
        purchase = Purchase(stage=Stage.CLARIFICATION, facts=_facts(facts, EvidenceGrade.E1))
        return assess_purchase(purchase, bind(rulebook, city, day))

    return judge_purchase
