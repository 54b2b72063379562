"""A small rulebook made by hand, with offers and purchases to explain under it."""

from datetime import date
from functools import cache

from offsetcheck.engine.assess import assess, assess_purchase
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.portfolio import explain_portfolio
from offsetcheck.explain.purchase import explain_purchase
from offsetcheck.explain.setting import Origin, setting
from offsetcheck.explain.tender import explain_tender
from offsetcheck.rulebook.binding.bound import (
    BoundAggregate,
    BoundParameter,
    BoundRule,
    BoundRulebook,
    CityProfile,
    Decisions,
    DimensionScheme,
    Guide,
    IfUnknown,
    LayerChange,
    Says,
    Scheme,
    Source,
    Sum,
)
from offsetcheck.rulebook.expression.nodes import (
    Calculate,
    Compare,
    Constant,
    Derived,
    FieldRef,
    Function,
    In,
    Lookup,
    TableRow,
)
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import (
    BidderCanChange,
    Code,
    Dictionary,
    DocumentKind,
    Field,
    FieldType,
    LookupSpec,
    Subject,
)
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Standing
from offsetcheck.vocabulary.finding import Effect
from offsetcheck.vocabulary.problem import Place, Problem, Severity
from offsetcheck.vocabulary.purchase import Purchase, Review, Screening, Stage
from offsetcheck.vocabulary.table import CandidateTable, Column

AS_OF = date(2026, 9, 30)
E1, E2, E3, E4 = (EvidenceGrade(n) for n in (1, 2, 3, 4))
READ = Source(Standing.READ, "af", "criterion 9")
DESIGN = Source(Standing.DESIGN)


def field(
    name, kind, title, subject=Subject.CANDIDATE, *, changes=BidderCanChange.NEVER, codes=(), **more
):
    return Field(
        name=name,
        subject=subject,
        type=kind,
        title={"en": title},
        changes=changes,
        codes={code: Code(title={"en": code.replace("_", " ").capitalize()}) for code in codes},
        **more,
    )


def fields():
    number, text, code = FieldType.NUMBER, FieldType.TEXT, FieldType.CODE
    flag, integer = FieldType.BOOLEAN, FieldType.INTEGER
    project, paper = BidderCanChange.PROJECT, BidderCanChange.EVIDENCE
    made = [
        field("id", text, "Project id"),
        field("name", text, "Project name"),
        field("seller", text, "Seller"),
        field("country", text, "Country"),
        field(
            "registry_status", code, "Registry status", codes=("registered", "withdrawn", "on_hold")
        ),
        field(
            "verified",
            flag,
            "Independently verified",
            changes=paper,
            documents=("verification_report",),
        ),
        field("vintage", integer, "Vintage", unit="calendar year"),
        field(
            "community",
            flag,
            "Local community affected",
            changes=paper,
            question={"en": "Does a community live there?"},
        ),
        field("consent", code, "Consent", changes=paper, codes=("before_start", "late", "none")),
        field(
            "carbon_revenue_share",
            number,
            "Share of carbon revenue",
            changes=paper,
            unit="share",
            range=(0, 1),
        ),
        field(
            "monitoring_years",
            number,
            "Years of monitoring",
            changes=project,
            unit="year",
            range=(0, 10000),
            question={"en": "For how many years is storage monitored?"},
            documents=("risk_report",),
        ),
        field("permit_until", FieldType.DATE, "Permit valid until", changes=paper),
        field("labels", FieldType.CODES, "Labels", changes=paper, codes=("CCB_GOLD", "SD_VISTA")),
        field(
            "article6_status", code, "Article 6 status", changes=paper, codes=("none", "adjusted")
        ),
        field("tonnes", number, "Tonnes offered", changes=project, unit="tCO2e"),
        field("price", number, "Price", changes=project),
        field("currency", text, "Currency"),
        field(
            "vintage_age",
            number,
            "Age of the vintage",
            unit="year",
            derive="purchase.year - vintage",
        ),
        field(
            "finding_events",
            FieldType.CODES,
            "Findings by court or regulator",
            lookup=LookupSpec(table="events", on=("id",), column="status", collect=True),
        ),
    ]
    return {item.name: item for item in made}


def purchase_fields():
    s = Subject.PURCHASE
    made = [
        field("year", FieldType.INTEGER, "Year of the claim", s, unit="calendar year"),
        field("claim", FieldType.CODE, "Claim", s, codes=("neutral", "contribution")),
        field("tonnes", FieldType.NUMBER, "Tonnes sought", s, unit="tCO2e"),
        field("authorised_by", FieldType.CODE, "Authorised by", s, codes=("council", "none")),
    ]
    return {item.name: item for item in made}


DICTIONARY = Dictionary(
    candidate=fields(),
    purchase=purchase_fields(),
    portfolio={
        "total_tonnes": field(
            "total_tonnes", FieldType.NUMBER, "All tonnes", Subject.PORTFOLIO, unit="tCO2e"
        )
    },
    documents={
        "risk_report": DocumentKind(
            id="risk_report", title={"en": "Reversal risk report"}, ceiling=E2
        ),
        "verification_report": DocumentKind(
            id="verification_report", title={"en": "Verifier's report"}, ceiling=E2
        ),
    },
)


def ref(name):
    if name.startswith("purchase."):
        return FieldRef(name, DICTIONARY.purchase[name.removeprefix("purchase.")].type)
    known = DICTIONARY.candidate.get(name) or DICTIONARY.portfolio[name]
    return FieldRef(name, known.type)


def const(value, name=None, kind=None):
    kinds = {bool: FieldType.BOOLEAN, str: FieldType.TEXT, date: FieldType.DATE}
    return Constant(value, kind or kinds.get(type(value), FieldType.NUMBER), name)


def compare(left, operator, right):
    return Compare(operator, left, right)


def one_of(name, *values):
    return In(ref(name), tuple(Constant(v, FieldType.CODE) for v in values))


VINTAGE_AGE = Derived(
    "vintage_age", FieldType.NUMBER, Calculate("-", ref("purchase.year"), ref("vintage"))
)
EVENTS = Lookup(
    "finding_events",
    FieldType.CODES,
    "events",
    (ref("id"),),
    {("VCS666",): (TableRow("open", E1),)},
    collect=True,
)


def parameter(name, value, unit=None, *, undecided=False, source=READ, layer="guide"):
    return BoundParameter(
        name,
        value,
        FieldType.NUMBER,
        unit,
        "higher",
        layer,
        date(2021, 1, 1),
        source,
        undecided=undecided,
    )


def rule(rule_id, title, effect, inputs, *, requires=None, levels=(), **more):
    given = {
        "code": None,
        "subject": Subject.CANDIDATE,
        "dimension": rule_id.split(".", maxsplit=1)[0],
        "draft": False,
        "if_unknown": IfUnknown.HOLD if requires is not None else IfUnknown.WORST,
        "applies_when": None,
        "weight": 1,
        "cap": None,
        "limit": None,
        "critical": False,
        "route": None,
        "declare": False,
        "at_least": None,
        "documents": (),
        "curable": False,
        "why": f"Because of {title.lower()}.",
        "sources": (READ,),
        "parameters": {},
        "says": {"en": Says(requires=f"{title}.")},
        "condition": {},
        "changes": (),
        "texts": {},
    }
    return BoundRule(
        id=rule_id,
        title=title,
        effect=effect,
        conditions=levels if requires is None else ((None, requires),),
        inputs=inputs,
        **(given | more),
    )


def rules():
    gate, years = Effect.GATE, ref("monitoring_years")
    made = [
        rule(
            "governance.registry_status",
            "The registry lets the credits be used",
            gate,
            ("registry_status",),
            requires=one_of("registry_status", "registered"),
            code="PRG-04",
            at_least=E1,
            says={
                "en": Says(
                    "The registry status is Registered.", "The registry says: {registry_status}."
                )
            },
        ),
        rule(
            "governance.independently_verified",
            "A body independent of the seller verified the credits",
            gate,
            ("verified",),
            requires=ref("verified"),
            code="PRG-05",
            declare=True,
            at_least=E2,
            curable=True,
            documents=("verification_report",),
            condition={"en": "Before signature the seller sends the verifier's report."},
            says={
                "en": Says(
                    "An accredited body verified the credits.",
                    "Verified: {verified}.",
                    "Send the verifier's report.",
                )
            },
        ),
        rule(
            "vintage.age",
            "The vintage is young enough",
            gate,
            ("purchase.year", "vintage"),
            requires=compare(VINTAGE_AGE, "<=", const(10.0, "$max_age")),
            code="VIN-01",
            sources=(DESIGN,),
            parameters={
                "max_age": parameter("max_age", 10.0, "year", undecided=True, source=DESIGN)
            },
            says={
                "en": Says(
                    "The vintage is at most {$max_age} old.", "The vintage is {vintage_age} old."
                )
            },
        ),
        rule(
            "safeguards.no_open_finding",
            "No court or regulator has an open finding",
            gate,
            ("id",),
            requires=compare(
                Function("count_in", (EVENTS, const("open")), FieldType.NUMBER), "=", const(0.0)
            ),
            if_unknown=IfUnknown.SCREEN,
            at_least=E3,
            code="SAF-02",
            says={"en": Says("No open finding.", "Findings known: {finding_events}.")},
        ),
        rule(
            "safeguards.consent",
            "The community agreed before the start",
            Effect.REVIEW,
            ("community", "consent"),
            requires=compare(ref("consent"), "=", Constant("before_start", FieldType.CODE)),
            applies_when=ref("community"),
            code="SAF-01",
            says={
                "en": Says(
                    "The community agreed before the start.",
                    "Consent: {consent}.",
                    "Send the record of consent.",
                )
            },
        ),
        rule(
            "safeguards.permit",
            "The permit holds on the day",
            gate,
            ("permit_until",),
            requires=compare(ref("permit_until"), ">=", const(AS_OF, "$as_of")),
            curable=True,
            says={
                "en": Says(
                    "The permit holds on {$as_of}.",
                    "The permit holds until {permit_until}.",
                    "Send the permit.",
                )
            },
        ),
        rule(
            "additionality.carbon_revenue",
            "The project needs the revenue from credits",
            Effect.SCORE,
            ("carbon_revenue_share",),
            weight=3,
            critical=True,
            levels=(
                (5, compare(ref("carbon_revenue_share"), ">=", const(0.8))),
                (3, compare(ref("carbon_revenue_share"), ">=", const(0.5))),
                (1, None),
            ),
            says={
                "en": Says(
                    "Most revenue comes from credits.",
                    "{carbon_revenue_share} of revenue comes from credits.",
                )
            },
        ),
        rule(
            "permanence.storage_floor",
            "Stored carbon is made good for long enough",
            Effect.CAP,
            ("monitoring_years",),
            requires=compare(years, ">=", const(40.0, "$min_years")),
            cap=2,
            code="PER-02",
            at_least=E4,
            documents=("risk_report",),
            curable=True,
            parameters={"min_years": parameter("min_years", 40.0, "year")},
            condition={
                "en": "Before signature the seller commits to make losses good for {$min_years}."
            },
            says={
                "en": Says(
                    "Losses are made good for at least {$min_years}.",
                    "Losses are made good for {monitoring_years}.",
                    "Send the commitment.",
                ),
                "fi": Says(
                    "Menetykset korvataan vähintään {$min_years}.",
                    "Menetykset korvataan {monitoring_years}.",
                ),
            },
            changes=(LayerChange("turku", "cap 3 to 2", "the city's own plan"),),
        ),
        rule(
            "permanence.storage_term",
            "Storage lasts",
            Effect.SCORE,
            ("monitoring_years",),
            weight=2,
            levels=(
                (5, compare(years, ">=", const(100.0))),
                (3, compare(years, ">", const(30.0))),
                (1, None),
            ),
            says={"en": Says("Storage lasts 100 years.", "Storage lasts {monitoring_years}.")},
        ),
        rule(
            "co_benefits.label",
            "A label shows benefits",
            Effect.SCORE,
            ("labels",),
            levels=(
                (
                    5,
                    Function(
                        "contains",
                        (ref("labels"), Constant("CCB_GOLD", FieldType.CODE)),
                        FieldType.BOOLEAN,
                    ),
                ),
                (1, None),
            ),
            says={"en": Says("A label shows benefits.", "Labels: {labels}.")},
        ),
        rule(
            "claim.adjustment",
            "The host country adjusts its balance",
            Effect.CLAIM_LIMIT,
            ("article6_status",),
            requires=compare(ref("article6_status"), "=", Constant("adjusted", FieldType.CODE)),
            limit=ClaimLimit.CONTRIBUTION,
            sources=(Source(Standing.KNOWN, "af"),),
        ),
        rule(
            "transition.draft",
            "A rule still being written",
            gate,
            ("price",),
            requires=compare(ref("price"), "<", const(1.0)),
            draft=True,
        ),
        rule(
            "residual.authorised",
            "The council agreed to buy",
            gate,
            ("purchase.authorised_by",),
            requires=compare(
                ref("purchase.authorised_by"), "=", Constant("council", FieldType.CODE)
            ),
            subject=Subject.PURCHASE,
            says={
                "en": Says(
                    "The council agreed.",
                    "Authorised by: {purchase.authorised_by}.",
                    "Enter the decision.",
                )
            },
        ),
        rule(
            "portfolio.size",
            "Enough is offered",
            Effect.NOTE,
            ("total_tonnes",),
            requires=compare(ref("total_tonnes"), ">=", const(1000.0)),
            subject=Subject.PORTFOLIO,
            says={"en": Says("At least 1,000 t.", "{total_tonnes} may be bought.")},
        ),
    ]
    return {item.id: item for item in made}


SCHEME = Scheme(
    dimensions=(
        DimensionScheme("additionality", {"en": "Additionality"}, integrity_weight=60, ceiling=0),
        DimensionScheme("permanence", {"en": "Permanence"}, integrity_weight=40, ceiling=1000),
        DimensionScheme("co_benefits", {"en": "Co-benefits"}, value_weight=100),
        *(
            DimensionScheme(name, {"en": name.capitalize()})
            for name in (
                "governance",
                "vintage",
                "safeguards",
                "claim",
                "transition",
                "residual",
                "portfolio",
            )
        ),
    ),
    grades=(("A", 4500), ("B", 3800), ("C", 3000), ("D", 2200), ("E", 0)),
    value_ranked_from=60,
)
CANDIDATE_DECISIONS = Decisions(
    ("not_eligible", "undecided", "eligible_with_conditions", "eligible"),
    {
        "not_eligible": (
            {"any": {"effect": "gate", "finding": "fail"}},
            {"all": ["integrity below_floor"]},
        ),
        "undecided": (
            {"any": {"effect": "gate", "finding": "open"}},
            {"any": {"effect": "review", "finding": ["fail", "open"]}},
            {"all": ["integrity floor_open"]},
        ),
        "eligible_with_conditions": (
            {"all": ["every_gate_clear", "integrity reaches_floor", "condition_stands"]},
        ),
        "eligible": ({"all": ["every_gate_clear", "integrity reaches_floor"]},),
    },
)
PURCHASE_DECISIONS = Decisions(
    ("not_ready", "ready"),
    {
        "not_ready": ({"any": {"effect": "gate", "finding": ["fail", "open"]}},),
        "ready": ({"all": ["every_gate_clear"]},),
    },
)


@cache
def bound(floor="C"):
    return BoundRulebook(
        name="Hand-made guide",
        edition="2026.1",
        as_of=AS_OF,
        city=CityProfile(
            id="turku",
            name={"en": "City of Turku", "fi": "Turun kaupunki"},
            jurisdictions=("eu", "fi"),
            languages=("fi", "en"),
            scope="community",
            offsetting="permitted",
            floor=floor,
            floor_source=DESIGN,
            remedy=None,
            facts={},
            undecided=("vintage.age.max_age",),
            left_out=(LayerChange("turku", "locality.tier", "weighs nothing in a tender"),),
        ),
        rules=rules(),
        scheme=SCHEME,
        candidate_decisions=CANDIDATE_DECISIONS,
        purchase_decisions=PURCHASE_DECISIONS,
        dictionary=DICTIONARY,
        guides={
            "af": Guide("af", "Assessment Framework", "ICVCM", "1.1", url="https://example.org/af")
        },
        tables={"events": "2026-09"},
        words={},
        hash="a" * 64,
        aggregates={"total_tonnes": BoundAggregate(Sum.TOTAL, ref("tonnes"))},
    )


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


def origin():
    return Origin(
        files=(("offers.csv", "b" * 64),),
        input_hash="c" * 64,
        engine_version="0.0.0",
        reproduce="offsetcheck assess tender",
    )


def explained(candidate, bought=None, language="en", floor="C"):
    """Return one candidate explained."""
    made = setting(bound(floor), bought or purchase(), language, origin())
    return explain_candidate(
        made, candidate, assess(candidate, made.bound, made.purchase), purchase_explained(made)
    )


def purchase_explained(made):
    return explain_purchase(made, assess_purchase(made.purchase, made.bound))


def made_setting(bought=None, language="en", floor="C"):
    return setting(bound(floor), bought or purchase(), language, origin())


def tender_explained(candidates=None, bought=None, language="en", links=None):
    """Return a whole tender explained."""
    made = made_setting(bought, language)
    whole = list((offers() if candidates is None else candidates).values())
    judged = [(c, assess(c, made.bound, made.purchase)) for c in whole]
    own = purchase_explained(made)
    problem = Problem(
        "`abc` is no number", Place("offers.csv", 4, field="price"), "write 12.50", Severity.ERROR
    )
    return explain_tender(
        made,
        own,
        [explain_candidate(made, c, a, own) for c, a in judged],
        problems=[problem],
        links=links or {},
        portfolio=explain_portfolio(made, judged),
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
