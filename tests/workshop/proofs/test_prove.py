"""Mistakes that only a proof finds: each planted alone into a small rule folder, told at its place."""

import re
from dataclasses import replace

import pytest
import yaml

from offsetcheck.ground.cache import keep
from offsetcheck.rulebook.files.folder import gather
from offsetcheck.rulebook.load import read_rulebook
from offsetcheck.vocabulary.problem import Severity
from offsetcheck.workshop.proofs.decided import DecidingRule, DecisionProof
from offsetcheck.workshop.proofs.described import PROOFS
from offsetcheck.workshop.proofs.kept import Memory
from offsetcheck.workshop.proofs.prove import prove
from offsetcheck.workshop.rule_tests import run_examples
from world import RULEBOOK, RULES

WALKED = gather(RULES)
FLOOR, AGE = "permanence/storage_floor.yaml", "vintage/age.yaml"
REVENUE, LAX = "additionality/carbon_revenue.yaml", "cities/lax.yaml"
SCALE = "  5: carbon_revenue_share >= 0.8\n  3: carbon_revenue_share >= 0.5"
EXAMPLE = re.compile(r"an example for `tests`: - (\{.*\})$")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def rulebook(*edits):
    """Return the small rulebook with texts of its files changed; a new file comes of nothing."""
    files = dict(WALKED.files)
    for name, old, new in edits:
        text = files.get(name, b"").decode()
        assert old in text
        files[name] = text.replace(old, new, 1).encode()
    return read_rulebook(RULES, replace(WALKED, files=files, names=tuple(files)))


def proved(*edits):
    """Return what is proved against the changed rulebook and not against the rulebook as it is."""
    known = {problem.message for problem in prove(RULEBOOK)}
    return [problem for problem in prove(rulebook(*edits)) if problem.message not in known]


def copied(name, of, *edits):
    """Return the edit that adds a rule, made of the text of another one."""
    text = WALKED.files[f"{of.replace('.', '/')}.yaml"].decode().replace(f"id: {of}", f"id: {name}")
    text = re.sub(r"(?m)^code: .*\n", "", text)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return f"{name.replace('.', '/')}.yaml", "", text


# The edits, then the check that tells of them, the file, the line, and a part of the message.
PLANTED = {
    "a limit beyond the range": (
        [(FLOOR, "requires: monitoring_years >= $min_years", "requires: monitoring_years >= 20000")],
        ("proofs.never_passes", FLOOR, 15, "can never be met"),
    ),
    "limits that exclude each other": (
        [(AGE, "requires: vintage_age <= $max_age", "requires: vintage > 2020 AND vintage < 2015")],
        ("proofs.never_passes", AGE, 15, "can never be met"),
    ),
    "a part that always holds": (
        [(FLOOR, "monitoring_years >= $min_years", "monitoring_years >= $min_years OR monitoring_years >= 0")],
        ("proofs.never_fails", FLOOR, 15, "can never fail"),
    ),
    "a condition that nothing meets": (
        [(FLOOR, "parameters:", "applies_when: monitoring_years < 1 AND monitoring_years > 2\nparameters:")],
        ("proofs.never_applies", FLOOR, 9, "never applies"),
    ),
    "a level that another takes": (
        [(REVENUE, SCALE, "  5: carbon_revenue_share >= 0.5 OR verified\n  3: carbon_revenue_share >= 0.8 AND verified")],
        ("proofs.level_never_given", REVENUE, 10, "never gives level 3"),
    ),
    "a city's limit beyond the range": (
        [(LAX, "2026-01-01: {value: 60,", "2026-01-01: {value: 10001,")],
        ("proofs.city_value_empties_rule", LAX, 16, "can never be met"),
    ),
    "a city's limit that everything meets": (
        [(LAX, "2026-01-01: {value: 60,", "2026-01-01: {value: 0, reason: None is wanted.,")],
        ("proofs.city_value_empties_rule", LAX, 16, "can never fail"),
    ),
    "a second rule for the same": (
        [copied("permanence.again", "permanence.storage_floor", ("requires: monitoring_years >= $min_years", "requires: NOT monitoring_years < $min_years"))],
        ("proofs.rules_say_the_same", FLOOR, 15, "say the same"),
    ),
    "a rule against another": (
        [copied("vintage.old", "vintage.age", ("requires: vintage_age <= $max_age", "requires: vintage_age > 20"))],
        ("proofs.rules_contradict", "vintage/old.yaml", 14, "no offer can meet both"),
    ),
    "a verdict behind a wider one": (
        [("decisions.yaml", "[not_eligible, undecided, eligible_with_conditions, eligible]", "[not_eligible, undecided, eligible, eligible_with_conditions]")],
        ("proofs.never_concluded", "decisions.yaml", 10, "`eligible_with_conditions`"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_mistake_is_told_once_and_at_its_place(planted):
    """Each mistake is told by its own proof, at its line, with a next step, and nothing else is."""
    edits, (check, file, line, words) = PLANTED[planted]
    [problem] = proved(*edits)
    assert (problem.check, problem.place.file, problem.place.line) == (check, file, line)
    assert words in problem.message
    assert problem.hint


def test_what_is_offered_as_an_example_comes_out_as_it_says():
    """An example of a problem, put under `tests:`, is one that the rule passes."""
    edit = (FLOOR, "monitoring_years >= $min_years", "monitoring_years >= 0")
    [problem] = proved(edit)
    example = EXAMPLE.search(problem.hint)[1]
    assert yaml.safe_load(example)["expect"] == "pass"
    with_it = rulebook(edit, (FLOOR, "tests:\n", f"tests:\n  - {example}\n"))
    results = [r for r in run_examples(with_it) if r.rule == "permanence.storage_floor"]
    assert results[0].failure is None


def test_levels_that_one_cause_takes_are_told_once():
    """A level that everybody gets leaves nothing to those below: one message names them all."""
    wide = "  5: carbon_revenue_share >= 0.8 OR carbon_revenue_share < 0.8\n  3: verified"
    [problem] = proved((REVENUE, SCALE, wide))
    assert "never gives levels 3 and 1" in problem.message


ODD = """oddcode:
  type: code
  title: {en: "Odd"}
  changes: never
  codes:
    "no": {title: {en: "N"}}
    'a: {b}, "c"': {title: {en: "Q"}}
    "ü #x": {title: {en: "U"}}
"""


@pytest.mark.parametrize("code", ["no", 'a: {b}, "c"', "ü #x"])
def test_codes_that_yaml_reads_otherwise_are_quoted(code):
    """An example stands on one line of YAML whatever the code of a field is."""
    fields = WALKED.files["fields/candidate.yaml"].decode()
    never = f"requires: |-\n  oddcode <> oddcode OR (oddcode = '{code}' AND oddcode <> '{code}')"
    rule = (FLOOR, "requires: monitoring_years >= $min_years", never)
    applies = (FLOOR, "parameters:", f"applies_when: |-\n  oddcode = '{code}'\nparameters:")
    [problem] = proved(("fields/candidate.yaml", fields, fields + ODD), rule, applies)
    assert problem.check == "proofs.never_passes"
    example = yaml.safe_load(EXAMPLE.search(problem.hint)[1])
    assert example["given"] == {"oddcode": code}


def test_a_cache_that_is_no_answer_is_asked_anew():
    """What stands in the cache and is no JSON is as if it were not there."""
    memory = Memory()
    keep(memory._place, memory._code, b"no answer", most=1)
    again = Memory()
    prove(RULEBOOK, again)
    assert again.asked > 20


def test_a_question_that_the_solver_gives_up_is_told():
    """What is not proved in time is a note that names the rule, and no silence."""
    hard = "monitoring_years * carbon_revenue_share * monitoring_years * tonnes = 12345678.9 AND tonnes * tonnes * carbon_revenue_share = 77777.7"
    edit = (FLOOR, "requires: monitoring_years >= $min_years", f"requires: {hard}")
    found = prove(rulebook(edit), patience=1)
    [problem] = [p for p in found if "storage_floor" in p.message]
    assert problem.check == "proofs.not_proved"
    assert problem.severity is Severity.NOTE


def test_nothing_is_asked_again_that_was_answered():
    """A second run asks nothing; after a change of one rule, only of that rule."""
    first = Memory()
    prove(RULEBOOK, first)
    assert first.asked > 20
    again = Memory()
    prove(RULEBOOK, again)
    assert again.asked == 0
    changed = Memory()
    prove(rulebook((FLOOR, "{value: 40,", "{value: 45,")), changed)
    assert 1 <= changed.asked < 6


def test_findings_without_a_verdict_are_told():
    """Decisions that forget an open floor conclude nothing there."""
    decisions = RULEBOOK.decisions.decisions()
    ways = {name: ways for name, ways in decisions.conclusions.items() if name != "undecided"}
    ways["undecided"] = decisions.conclusions["undecided"][:-1]
    rules = [DecidingRule("a.gate", "gate", "a", draft=False, condition=True)]
    cut = replace(decisions, conclusions=ways)
    proof = DecisionProof(cut, rules, RULEBOOK.guide.scheme(), "C", scored=True)
    words = proof.decided().without_verdict
    assert words is not None
    assert "integrity floor_open" in words


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: proof.id)
def test_a_proof_tells_authors_what_they_need(proof):
    """Each proof has a title, whole sentences and two snippets that differ."""
    assert proof.id.startswith("proofs.")
    assert not proof.title.endswith(".")
    assert all(text.endswith(".") for text in (proof.finds, proof.why, proof.step))
    assert proof.wrong != proof.right
