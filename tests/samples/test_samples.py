"""What the sample tenders must come to on 2026-09-30, offer by offer, and why."""

import re

import pytest

from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.vocabulary.assessment import Assessment, PurchaseVerdict, Verdict
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Standing
from offsetcheck.vocabulary.finding import Effect, Finding, Outcome, State

NOT, UNDECIDED = Verdict.NOT_ELIGIBLE, Verdict.UNDECIDED
CONDITIONS, ELIGIBLE = Verdict.ELIGIBLE_WITH_CONDITIONS, Verdict.ELIGIBLE
CITIES = ("turku", "bogota", "melbourne", "alder_bay")

# The rule named is one that decides: a gate or review not met or open, a condition that stands,
# or what bounds a grade below the floor. None where nothing stands against the offer.
EXPECTED = {
    "turku": {
        "PURO-ORCA": (ELIGIBLE, None),
        "ACR1129": (ELIGIBLE, None),
        "GS12335": (ELIGIBLE, None),
        "PURO100008": (CONDITIONS, "additionality.finnish_law"),
        "VCS2930": (CONDITIONS, "double_counting.no_second_registration"),
        "VCS4022": (UNDECIDED, "additionality"),
        "VCS2250": (UNDECIDED, "safeguards.consent"),
        "GS12332": (NOT, "double_counting.units_available"),
        "VCS214": (NOT, "vintage.age"),
        "VCS902": (NOT, "governance.registry_status"),
        "WCC-CRANBOURNE": (NOT, "quantification.no_ex_ante_units"),
    },
    "bogota": {
        "VCS2532": (ELIGIBLE, None),
        "VCS1682": (CONDITIONS, "governance.colombian_registry"),
        "VCS2750": (CONDITIONS, "governance.colombian_registry"),
        "GS4221": (CONDITIONS, "double_counting.no_tax_benefit"),
        "VCS2512": (UNDECIDED, "permanence.storage_floor"),
        "VCS2290": (NOT, "quantification.evaluations_agree"),
        "VCS1566": (NOT, "permanence.storage_floor"),
        "VCS1797": (NOT, "additionality.type_prior"),
        "VCS1233": (NOT, "governance.registry_status"),
        "CERCARBONO-BAKA-ROKARIRE": (NOT, "safeguards.consent"),
        "ACR1129": (ELIGIBLE, None),
    },
    "melbourne": {
        "EOP100945": (ELIGIBLE, None),
        "VCS2464": (ELIGIBLE, None),
        "ERF179381": (CONDITIONS, "additionality.legal_surplus"),
        "VCS3021": (CONDITIONS, "double_counting.single_use"),
        "GS447": (UNDECIDED, "quantification.stove_wood_share"),
        "GS3039": (UNDECIDED, "double_counting.units_available"),
        "VCS1468": (UNDECIDED, "safeguards.contested_finding"),
        "VCS1904": (NOT, "additionality.type_prior"),
        "ACR1129": (NOT, "governance.accepted_unit_type"),
        "VCS641": (NOT, "vintage.inside_crediting_period"),
    },
    "alder_bay": {
        "ACR1124": (ELIGIBLE, None),
        "ACR1043": (CONDITIONS, "additionality.not_already_funded"),
        "CAR1335": (CONDITIONS, "additionality.legal_surplus"),
        "CAR475": (UNDECIDED, "additionality"),
        "ACR866": (UNDECIDED, "safeguards.consent"),
        "CAR1459": (UNDECIDED, "additionality"),
        "VCS780": (NOT, "additionality.type_prior"),
        "ACR133": (NOT, "vintage.age"),
        "ACR115": (NOT, "governance.registry_status"),
    },
}
OFFERS = [(city, offer) for city in CITIES for offer in EXPECTED[city]]


def finding(assessment: Assessment, rule: str) -> Finding:
    """Return the finding of one rule."""
    return next(f for f in assessment.findings if f.rule == rule)


def holding(assessment: Assessment, bound: BoundRulebook) -> set[str]:
    """Name the gates and reviews that are not met or open, and the ceilings that bind."""
    deciding = {
        f.rule
        for f in assessment.findings
        if bound.rules[f.rule].effect in {Effect.GATE, Effect.REVIEW} and f.state is not State.CLEAR
    }
    return deciding | {ceiling.source for ceiling in assessment.ceilings if ceiling.binds}


@pytest.mark.parametrize(("city", "offer"), OFFERS)
def test_verdict_of_each_offer_and_what_decides_it(sample, city, offer):
    """Each offer comes to the verdict of the table, and the rule named there decides it."""
    made = sample(city)
    verdict, rule = EXPECTED[city][offer]
    assessment = made.assessments[offer]
    assert assessment.verdict is verdict
    if verdict is CONDITIONS:
        assert rule in assessment.conditions
    elif verdict is not ELIGIBLE:
        assert rule in holding(assessment, made.bound)


@pytest.mark.parametrize("city", CITIES)
def test_no_offer_is_lost(sample, city):
    """As many verdicts come out as offers go in, each under its own id."""
    made = sample(city)
    assert set(made.tender.table.ids) == set(EXPECTED[city]) == set(made.assessments)
    assert len(made.tender.table) == len(EXPECTED[city])


@pytest.mark.parametrize("city", CITIES)
def test_every_verdict_occurs(sample, city):
    """All four verdicts occur in each tender."""
    assert {a.verdict for a in sample(city).assessments.values()} == set(Verdict)


@pytest.mark.parametrize("city", CITIES)
def test_the_files_are_read_without_a_problem(sample, city):
    """The sample files hold no mistake; two offers of Turku bear a name in place of a number."""
    made = sample(city)
    named = ["PURO-ORCA", "WCC-CRANBOURNE"] if city == "turku" else []
    said = [problem.message for problem in made.tender.problems]
    assert [message.partition("” is no known id")[0].lstrip("“") for message in said] == named
    assert made.tender.city == ("./city" if city == "alder_bay" else city)


@pytest.mark.parametrize("city", CITIES)
def test_the_purchase_itself_is_ready(sample, city):
    """The purchase passes its own rules, so that the offers are what is decided."""
    assert sample(city).purchase.verdict is PurchaseVerdict.READY


def test_two_thirds_of_the_offers_leave_something_open(sample):
    """At least two thirds of all offers have a gate open, a condition standing or a wide grade."""

    def is_open(assessment: Assessment, bound: BoundRulebook) -> bool:
        gates = {r.id for r in bound.candidate_rules if r.effect in {Effect.GATE, Effect.REVIEW}}
        return (
            any(f.rule in gates and f.state is State.OPEN for f in assessment.findings)
            or bool(assessment.conditions)
            or assessment.grade_lower != assessment.grade_upper
        )

    judged = [(a, sample(c).bound) for c in CITIES for a in sample(c).assessments.values()]
    still_open = sum(is_open(assessment, bound) for assessment, bound in judged)
    assert 3 * still_open >= 2 * len(judged)


@pytest.mark.parametrize("city", CITIES)
def test_eligible_offers_rest_on_papers(sample, city):
    """Every gate of an eligible offer is met by evidence that was confirmed, none on a word alone."""
    made = sample(city)
    for offer, assessment in made.assessments.items():
        if assessment.verdict is ELIGIBLE:
            assert not [f.rule for f in assessment.findings if f.on_word], offer
            assert assessment.conditions == (), offer


@pytest.mark.parametrize("city", CITIES)
def test_confirmed_values_name_their_paper(sample, city):
    """What stands above the seller's own word names a document and who confirmed or found it."""
    for candidate in sample(city).tender.table.candidates():
        for name, fact in candidate.facts.items():
            if fact.value is not None and fact.grade < EvidenceGrade.E4:
                assert fact.document, (candidate.id, name)
                assert re.search(r"(confirmed|found) by .+ on 2026-09-\d\d", fact.source or "")


def test_one_project_differs_between_the_cities_for_a_stated_reason(sample):
    """ACR1129 is eligible in Turku and Bogotá; Melbourne's list of units, with its source, bars it."""
    verdicts = {city: sample(city).assessments["ACR1129"].verdict for city in CITIES[:3]}
    assert verdicts == {"turku": ELIGIBLE, "bogota": ELIGIBLE, "melbourne": NOT}
    melbourne = sample("melbourne")
    failing = holding(melbourne.assessments["ACR1129"], melbourne.bound)
    assert failing == {"governance.accepted_unit_type"}
    units = melbourne.bound.rules["governance.accepted_unit_type"].parameters["accepted_units"]
    assert units.layer == "melbourne"
    assert units.source is not None
    assert (units.source.guide, units.source.standing) == ("climate-active", Standing.KNOWN)


def test_the_distant_project_ranks_below_the_near_one_and_no_grade_moves(sample):
    """In Bogotá ACR1129 is of lower value at best than Cumare could be, and its grade is Turku's."""
    bogota = sample("bogota").assessments
    distant, near = bogota["ACR1129"], bogota["VCS2532"]
    assert distant.value is not None
    assert near.value is not None
    assert distant.value.lower < near.value.lower
    assert distant.value.upper < near.value.upper
    assert distant.integrity == sample("turku").assessments["ACR1129"].integrity


def test_a_missing_decision_of_the_integrity_council_is_no_fault(sample):
    """Orca is graded A although the Integrity Council has not decided on its methodology."""
    orca = sample("turku").assessments["PURO-ORCA"]
    assert (orca.grade_lower, orca.grade_upper) == ("A", "A")
    assert finding(orca, "governance.icvcm_decision").outcome in {
        Outcome.PASS,
        Outcome.NOT_APPLICABLE,
    }


def test_two_lists_that_differ_leave_the_ledger_unknown(sample):
    """The two published totals of GS3039 contradict each other: the field is unknown, both shown."""
    made = sample("melbourne")
    row = list(made.tender.table.ids).index("GS3039")
    fact = made.tender.table.fact("remaining", row)
    assert fact.value is None
    assert fact.cause is Cause.SOURCES_CONTRADICT
    assert {other.value for other in fact.others} == {107999.0, -17365.0}


def test_a_registry_record_beats_the_sellers_word(sample):
    """Kariba's seller says registered, the registry says withdrawn: the record counts, both show."""
    made = sample("turku")
    row = list(made.tender.table.ids).index("VCS902")
    fact = made.tender.table.fact("registry_status", row)
    assert (fact.value, fact.grade) == ("withdrawn", EvidenceGrade.E1)
    assert [(other.value, other.grade) for other in fact.others] == [
        ("registered", EvidenceGrade.E4)
    ]


def test_a_signed_review_clears_what_a_rule_cannot_judge(sample):
    """The second listing of the Titas network is cleared by a named person and not by the rule."""
    review = finding(sample("turku").assessments["VCS2930"], "double_counting.other_listing")
    assert (review.outcome, review.state, review.reviewed) == (Outcome.FAIL, State.CLEAR, True)


def test_the_readme_lists_every_offer_with_its_verdict():
    """The tables of samples/README.md give each offer the verdict that the engine comes to."""
    text = (bundled("samples") / "README.md").read_text("utf-8")
    rows = re.findall(
        r"^\| ([A-Z][A-Z0-9-]+) \| [^|]+ \| [^|]+ \| \*\*([a-z ]+)\*\* \|$", text, re.MULTILINE
    )
    words = {
        ELIGIBLE: "eligible",
        CONDITIONS: "with conditions",
        UNDECIDED: "undecided",
        NOT: "not eligible",
    }
    assert rows == [(offer, words[EXPECTED[city][offer][0]]) for city, offer in OFFERS]


FILES = sorted(path for path in bundled("samples").glob("*/**/*.*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_file_says_that_it_is_illustrative(path):
    """Nobody can mistake a sample for a real offer: each file says so in its first lines."""
    head = path.read_text("utf-8").splitlines()[:4]
    assert any("llustrative" in line for line in head)
