"""Projects that courts, registries, authorities or studies found wrong, with the best papers.

What the list states stays, and every other question is answered in the project's favour on record.
"""

from datetime import date
from pathlib import Path

import pytest

from offsetcheck.intake.offers import read_offers
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.vocabulary.assessment import Verdict
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact
from offsetcheck.vocabulary.purchase import Purchase, Screening, Stage
from offsetcheck.workshop.best_papers import with_best_papers

LIST = (
    Path(__file__).resolve().parents[2].parent / "shared/data/vrod/vrod-v2025-12-year-end.parquet"
)
DAY = date(2026, 9, 30)
MAY_BE_BOUGHT = {Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS}

WRONG = {
    "VCS902": "Kariba: withdrawn, an excess not made good",
    "VCS1748": "Southern Cardamom: evictions reported, a reference area of its own choice",
    "VCS1468": "Northern Kenya: a court's ruling on the land, on hold in this list",
    "VCS2362": "rice in China: rejected, an excess not made good",
    "VCS1847": "afforestation in China: rejected, an excess not made good",
    "VCS2508": "Unitor: arrests over the land",
    "VCS2252": "Rio Anapu-Pacajá: sued over the land, on hold",
    "VCS674": "Rimba Raya: its licence revoked, then restored at first instance",
    "VCS985": "Cordillera Azul: rulings on consultation and land, under appeal",
    "VCS562": "Kasigau: abuse reported",
    "VCS934": "Mai Ndombe: allegations, a reference area of its own choice",
    "ACR260": "Warm Springs: burnt, the loss not measured",
    "ACR255": "Colville: burnt, more than two fifths of its credits lost",
    "ACR273": "Green Diamond: burnt, below its baseline and ended",
    "VCS2372": "stoves in Malawi: credits issued several times over",
}
SOUND = {
    "ACR1129": "destroyed refrigerants, labelled CCP",
    "VCS2930": "leaks of a gas network repaired, labelled CCP",
}


@pytest.fixture(scope="module")
def projects(rulebook):
    """The database of registries, by id."""
    if not LIST.exists():
        pytest.skip("the public lists of projects are not beside the repository")
    table = read_offers(LIST, rulebook.dictionary)
    rows = {identity: row for row, identity in enumerate(table.ids)}
    return {identity: table.candidate(rows[identity]) for identity in (*WRONG, *SOUND)}


@pytest.fixture(scope="module")
def judged(rulebook, projects):
    """Judge a project with the best papers under the default profile."""
    bound = bind(rulebook, "iclei_utmc_default", DAY)

    def judged(identity):
        looked = Screening("an officer", DAY, ("registry notices", "courts"), (identity,))
        facts = {
            "year": float(DAY.year),
            "claim": "contribution",
            "procedure": "tender",
            "procurement_law": "eu",
        }
        purchase = Purchase(
            stage=Stage.CLARIFICATION,
            facts={name: Fact(value, EvidenceGrade.E1) for name, value in facts.items()},
            screenings=(looked,),
        )
        return with_best_papers(projects[identity], bound, purchase).assessment

    return judged


@pytest.mark.parametrize("project", WRONG)
def test_no_paper_makes_it_one_that_may_be_bought(judged, project):
    """What others found of the project stands against every answer that a seller could give."""
    assert judged(project).verdict not in MAY_BE_BOUGHT, WRONG[project]


@pytest.mark.parametrize("project", SOUND)
def test_the_same_papers_let_a_sound_project_be_bought(judged, project):
    """The refusals above are not owed to a judgement that refuses everything."""
    assert judged(project).verdict in MAY_BE_BOUGHT, SOUND[project]
