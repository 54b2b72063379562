"""A finding names what decided it, each with its own source and standing."""

from dataclasses import replace

from offsetcheck.engine.assess import assess
from offsetcheck.explain.candidate import explain_candidate
from offsetcheck.explain.setting import setting
from offsetcheck.ground.bundled import bundled
from offsetcheck.rulebook.binding.bind import bind
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Standing
from world import AS_OF, cell, explained, made_setting, offer, purchase

E1 = EvidenceGrade.E1


def finding(explanation, rule):
    return next(line for line in explanation.findings if line.rule == rule)


def test_a_value_is_named_with_its_own_standing():
    """The limit that decided stands with the layer that set it and how its source was seen."""
    line = finding(explained(offer(vintage=2001)), "vintage.age")
    [decided] = line.decided_by
    assert (decided.value, decided.of) == ("10 years", "the guide")
    assert (line.standing, line.standing_words) == ("design", "our own design")


def test_where_statements_alone_decide_the_rule_stands_at_its_weakest_source():
    """A rule without values or tables is no better known than the weakest text it rests on."""
    line = finding(explained(offer(verified=cell(False, EvidenceGrade.E2))), PROVED)
    assert line.decided_by == ()
    assert line.standing == "read"
    made = made_setting()
    rule = made.bound.rules[PROVED]
    ours = replace(
        rule, sources=(*rule.sources, replace(rule.sources[0], standing=Standing.DESIGN))
    )
    mixed = replace(made, bound=replace(made.bound, rules={**made.bound.rules, PROVED: ours}))
    mixed.wording.bound = mixed.bound
    told = explain_candidate(mixed, offer(), assess(offer(), mixed.bound, mixed.purchase))
    assert finding(told, PROVED).standing == "design"


PROVED = "governance.independently_verified"


def test_what_is_open_is_decided_by_nothing():
    """An unknown outcome names no row and no value."""
    assert finding(explained(offer(vintage=None)), "vintage.age").decided_by == ()


def test_an_event_is_named_by_its_own_row():
    """Kariba's hold is known at second hand, whatever is read of the registry's other notices."""
    bound = bind(load_rulebook(bundled("rules")), "turku", AS_OF)
    kariba = Candidate(
        "VCS902", {"id": Fact("VCS902", E1), "registry_status": Fact("withdrawn", E1)}
    )
    made = setting(bound, purchase())
    told = explain_candidate(made, kariba, assess(kariba, bound, made.purchase))
    line = finding(told, "safeguards.no_open_finding")
    assert [item.source.words for item in line.decided_by] == [
        "registry notice, reported by REDD-Monitor",
        "registry announcement; the month is that of the press",
    ]
    assert line.standing == "read-2nd"
    assert {source.standing for source in line.sources} == {"read"}
    [reason] = [
        reason for reason in told.reasons if reason.rule == "quantification.known_overissuance"
    ]
    assert reason.text.endswith("registry announcement; read second-hand)")
