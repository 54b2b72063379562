"""The four sample tenders, assessed once on their day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from offsetcheck.api.city import own_city_of
from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.ground.bundled import bundled
from offsetcheck.intake.tender.read import Tender, read_tender
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.assessment import Assessment, PurchaseAssessment

AS_OF = date(2026, 9, 30)


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample tender with what the engine says of it."""

    tender: Tender
    bound: BoundRulebook
    assessments: dict[str, Assessment]
    purchase: PurchaseAssessment


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Sample]:
    """Read and assess a sample by its city, each once."""
    rulebook = load_rulebook(bundled("rules"))
    made: dict[str, Sample] = {}

    def build(city: str) -> Sample:
        folder = bundled("samples") / city
        tender = read_tender(folder, rulebook.dictionary)
        own = own_city_of(folder, rulebook)
        bound = bind(rulebook if own is None else own.rulebook, city, AS_OF)
        assessments = [assess(c, bound, tender.purchase) for c in tender.table.candidates()]
        return Sample(
            tender,
            bound,
            {a.candidate: a for a in assessments},
            assess_purchase(tender.purchase, bound),
        )

    def get(city: str) -> Sample:
        if city not in made:
            made[city] = build(city)
        return made[city]

    return get
