"""Offers of this world: a good one, one for each verdict, and the purchase that they are for."""

from datetime import date

from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact
from offsetcheck.vocabulary.problem import Place
from offsetcheck.vocabulary.purchase import Purchase, Review, Screening, Stage
from offsetcheck.vocabulary.table import CandidateTable, Column

E1, E2, E3, E4 = (EvidenceGrade(n) for n in (1, 2, 3, 4))


def cell(value, grade=E4, column="x", **more):
    place = Place("offers.csv", 3, field=column)
    return Fact(value=value, grade=grade, raw=str(value), place=place, **more)


GOOD = {
    "id": cell("VCS1", E1),
    "name": cell("River Gums"),
    "seller": cell("Greenbelt Pty Ltd"),
    "country": cell("AU", E1),
    "registry_status": cell("registered", E1),
    "verified": cell(True, E2, document="verification_report", page="p. 2", as_of=date(2026, 1, 5)),
    "vintage": cell(2022),
    "community": cell(False, E3),
    "consent": cell("before_start", E3),
    "permit_until": cell(date(2030, 1, 1), E2),
    "carbon_revenue_share": cell(0.9, E2),
    "monitoring_years": cell(100.0, E2),
    "labels": cell(("CCB_GOLD",), E1),
    "article6_status": cell("adjusted", E1),
    "tonnes": cell(5000.0),
    "price": cell(31.5),
    "currency": cell("EUR"),
}
UNKNOWN = Fact(cause=Cause.NOT_STATED)


def offer(**changes):
    """Return a good offer with some facts changed; None makes one unstated."""
    facts = dict(GOOD)
    for name, value in changes.items():
        if value is None:
            facts.pop(name, None)
        else:
            facts[name] = value if isinstance(value, Fact) else cell(value, GOOD[name].grade)
    return Candidate(str(facts["id"].value), facts)


def offers():
    """Return one offer for each verdict, and one whose name is an attack."""
    contradicted = Fact(
        cause=Cause.SOURCES_CONTRADICT,
        others=(cell(30.0, E4, source="bid sheet"), cell(45.0, E4, source="registry")),
    )
    return {
        "eligible": offer(),
        "conditions": offer(id="VCS2", name="On Word", verified=cell(True, E4)),
        "undecided": offer(
            id="VCS3",
            name="Open Points",
            monitoring_years=contradicted,
            community=None,
            consent=None,
            verified=None,
        ),
        "not_eligible": offer(
            id="VCS666", name="Withdrawn", registry_status="withdrawn", monitoring_years=30.0
        ),
        "hostile": offer(
            id="VCS5",
            name='<script>alert("x")</script>|`=1+1`|\u202egnp.exe',
            seller="=HYPERLINK(A1)",
            permit_until=None,
        ),
    }


def purchase(stage=Stage.CLARIFICATION, authorised="council", screened=True, **facts):
    given = {
        "year": 2026,
        "claim": "contribution",
        "tonnes": 4000.0,
        "authorised_by": authorised,
    } | facts
    return Purchase(
        stage=stage,
        facts={
            name: Fact(value=value, grade=E2) for name, value in given.items() if value is not None
        },
        screenings=(Screening("A. Officer", date(2026, 9, 1), ("court register",)),)
        if screened
        else (),
        reviews=(
            Review(
                "VCS9",
                "safeguards.consent",
                "clear",
                "papers seen",
                "B. Chief",
                "lawyer",
                date(2026, 9, 2),
            ),
        ),
        deadline=date(2026, 10, 15),
        title="Purchase 2026",
    )


def table(candidates):
    """Return candidates as a table, each fact kept whole."""
    names = list(dict.fromkeys(name for c in candidates for name in c.facts))
    columns = {
        name: Column(
            values=[c.value(name) for c in candidates],
            full={row: c.facts[name] for row, c in enumerate(candidates) if name in c.facts},
            causes=Cause.NOT_STATED,
            header=name,
        )
        for name in names
    }
    return CandidateTable(
        [c.id for c in candidates],
        columns,
        "offers.csv",
        list(range(2, 2 + len(candidates))),
        "bid sheet",
    )
