import multiprocessing
import os
import random
import shutil
import signal
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from offsetcheck.api.mutation import mutation, page_of, write_offers
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.parse import read_expression
from offsetcheck.rulebook.load import load_rulebook
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.problem import InputError, RequestError, RulebookError
from offsetcheck.workshop.mutation import run as running
from offsetcheck.workshop.mutation.expressions import beside, changed
from offsetcheck.workshop.mutation.killing import Examiner
from offsetcheck.workshop.mutation.mutant import Kind
from offsetcheck.workshop.mutation.offering import Search
from offsetcheck.workshop.mutation.policies import of_policies
from offsetcheck.workshop.mutation.rules import of_rule, with_file
from offsetcheck.workshop.mutation.run import Fate, Task, mutate, share_of
from offsetcheck.workshop.mutation.steps import StepExaminer, of_step
from offsetcheck.workshop.mutation.survivors import FILE, read_survivors
from offsetcheck.workshop.mutation.writing import with_assertion, with_examples
from offsetcheck.workshop.rule_tests import first_failure

RULES = Path(__file__).resolve().parents[2] / "rules"
FLOOR = "permanence.storage_floor"
SAMPLE = 12


@pytest.fixture(scope="module")
def rulebook():
    """Return the rulebook that travels with the package."""
    return load_rulebook(RULES)


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the rules, without scenarios, that may be written to."""
    without = shutil.ignore_patterns("scenarios", FILE)
    return Path(shutil.copytree(RULES, tmp_path / "rules", ignore=without))


def mistakes(text, *names):
    """Return what each mistake in an expression over some fields says."""
    known = Names([Name(name, kind) for name, kind in names])
    parsed = read_expression(text, known, FieldType.BOOLEAN)
    assert parsed.node is not None, parsed.problems
    return {(one.kind, f"{one.before} → {one.after}") for one in changed(parsed.node)}


def test_each_operator_connective_option_and_number_is_mistaken_once():
    """An expression is changed in its edge, direction, connective, operands, options and number."""
    fields = ("a", FieldType.NUMBER), ("b", FieldType.BOOLEAN), ("c", FieldType.TEXT)
    assert mistakes("a >= 2 AND b AND c IN ('x', 'y')", *fields) == {
        (
            Kind.CONNECTIVE,
            "(a >= 2) AND b AND (c IN ('x', 'y')) → (a >= 2) OR b OR (c IN ('x', 'y'))",
        ),
        (Kind.CONNECTIVE, "a >= 2 → left out"),
        (Kind.CONNECTIVE, "b → left out"),
        (Kind.CONNECTIVE, "c IN ('x', 'y') → left out"),
        (Kind.OPERATOR, "a >= 2 → a > 2"),
        (Kind.OPERATOR, "a >= 2 → a < 2"),
        (Kind.THRESHOLD, "a >= 2 → a >= 1"),
        (Kind.THRESHOLD, "a >= 2 → a >= 3"),
        (Kind.CONNECTIVE, "b → NOT b"),
        (Kind.CONNECTIVE, "c IN ('x', 'y') → NOT (c IN ('x', 'y'))"),
        (Kind.OPTION, "'x' → left out"),
        (Kind.OPTION, "'y' → left out"),
    }


def test_a_step_is_one_in_the_last_decimal_or_a_day():
    """A whole is moved by one, a decimal number by one in its last place, a day by a day."""
    assert beside(40) == (39, 41)
    assert beside(0.75) == (0.74, 0.76)
    assert beside(date(2024, 3, 1)) == (date(2024, 2, 29), date(2024, 3, 2))
    assert beside(True) == ()


def test_no_mistake_leaves_a_rule_as_it_is(rulebook):
    """Each mistake changes its rule, and two of one rule differ in what they say or where."""
    for rule in rulebook.rules.values():
        found = list(of_rule(rulebook, rule))
        assert all(one.rule != rule for one in found)
        said = [(one.what, one.place) for one in found]
        assert len(set(said)) == len(said), rule.file.id


def test_the_keys_of_a_rule_are_mistaken(rulebook):
    """A cap, its effect, the grade asked for, dated values and shared lists are changed."""
    said = {one.what for one in of_rule(rulebook, rulebook.rules[FLOOR])}
    assert {
        "cap: 2 → 1",
        "cap: 2 → 3",
        "effect: cap → note",
        "evidence.at_least: E2 → E1",
        "evidence.at_least: E2 → E3",
        "evidence.at_least: E2 → none",
        "parameters.min_storage_years: 40 from 2023-07-27 → 41",
        "parameters.min_storage_years: from 2023-07-27 → from 2023-07-28",
        "shared.reversible_storage: ocean → left out",
    } <= said


def test_mistakes_outside_of_rules_change_the_rulebook(rulebook):
    """Weights, ceilings, cuts, ways to a verdict and values of cities are changed one at a time."""
    found = list(of_policies(rulebook))
    assert {one.kind for one in found} == {Kind.GUIDE, Kind.DECISION, Kind.CITY}
    for one in random.Random(5).sample(found, 20):
        changed_too = one.change(rulebook)
        assert (changed_too.guide, changed_too.decisions, changed_too.cities) != (
            rulebook.guide,
            rulebook.decisions,
            rulebook.cities,
        ) or changed_too.jurisdictions != rulebook.jurisdictions
        assert changed_too.rules == rulebook.rules


def test_examples_of_shipped_rules_tell_their_mistakes(rulebook):
    """In a seeded sample of rules at least 95 of 100 mistakes are told."""
    chosen = tuple(random.Random(12).sample(sorted(rulebook.rules), SAMPLE))
    run = mutate(Task(RULES, chosen, with_policies=False), 1)
    assert share_of(run.inside) >= 95
    assert run.overtaken == ()


def test_an_offered_example_passes_and_tells(rulebook):
    """Without its examples about forty years a rule gets others that pass, and fail on a mistake."""
    rule = rulebook.rules[FLOOR]
    fewer = with_file(rule, tests=rule.file.tests[1:2])
    examiner = Examiner(rulebook)
    untold = [one for one in of_rule(rulebook, fewer) if not examiner.told_by(one.rule)]
    offers = list(Search(examiner, fewer, 0).offers(untold))
    assert any(one.kind is Kind.EVIDENCE for offer in offers for one in offer.tells)
    richer = with_file(fewer, tests=tuple(offer.example for offer in offers))
    assert first_failure(rulebook, richer) is None
    for offer in offers:
        for mutant in offer.tells:
            tried = with_file(mutant.rule, tests=(offer.example,))
            assert first_failure(rulebook, tried) == 0, mutant.what


def test_a_rule_without_examples_gets_some(rulebook):
    """Where no example stands, cases are made from nothing, and tell at least half."""
    bare = with_file(rulebook.rules["vintage.age"], tests=())
    untold = list(of_rule(rulebook, bare))
    offers = list(Search(Examiner(rulebook), bare, 0).offers(untold))
    told = {one.what for offer in offers for one in offer.tells}
    assert len(told) * 2 >= len(untold)


def test_what_a_solver_proves_to_say_the_same_is_no_mistake():
    """An operand that changes nothing may be left out, and does not count."""
    run = mutate(Task(RULES, ("claim.unit_territory",), with_policies=False), 1)
    same = {one.mutant.what for one in run.tried if one.fate is Fate.SAME}
    assert "requires: unit_territory = 'any' → left out" in same
    assert share_of(run.inside) == 100


def test_examples_are_written_behind_those_that_stand(folder):
    """Offered examples and keys go into the file; comments and all other lines stay."""
    path = folder / "vintage" / "older_than_five_years.yaml"
    before = path.read_text("utf-8").partition("tests:")[0]
    path.write_text(
        f"{before}tests:\n  # kept\n"
        "  - {name: five, given: {vintage: 2021, purchase.year: 2026}, expect: pass}\n"
        "  - name: six\n    given: {vintage: 2020, purchase.year: 2026}\n    expect: fail # six\n"
        "  - {name: none, given: {vintage: 2020}, expect: unknown}\n",
        encoding="utf-8",
    )
    run = mutation(["vintage.older_than_five_years"], folder, jobs=1)
    assert write_offers(run, folder, "test") == (path,)
    text = path.read_text("utf-8")
    assert text.startswith(f"{before}tests:\n  # kept\n")
    assert "    expect: fail # six\n    effect: cap 4\n" in text
    again = mutation(["vintage.older_than_five_years"], folder, jobs=1)
    assert len(again.untold) < len(run.untold)
    rulebook = load_rulebook(folder)
    assert first_failure(rulebook, rulebook.rules["vintage.older_than_five_years"]) is None


def test_a_key_is_added_in_either_style():
    """Behind `expect` a key stands on a line of its own, or within the brackets of its example."""
    block = "tests:\n  - name: a\n    expect: fail\n    missing: [x]\n"
    assert "    expect: fail\n    effect: gate\n    missing" in with_assertion(
        block, (3, 13), "effect", "gate"
    )
    flow = "  - {name: a, expect: 5, given: {}}\n"
    assert with_assertion(flow, (1, 23), "points", "4") == (
        "  - {name: a, expect: 5, points: 4, given: {}}\n"
    )


def test_examples_stand_under_tests_wherever_that_is(rulebook):
    """A file whose examples are not last, or that has none, gets them in their place."""
    example = rulebook.rules[FLOOR].file.tests[0]
    text = with_examples("id: a\ntests:\n  - name: b\nsays:\n  en: {}\n", [example])
    assert text.index("  - name: b") < text.index("  - name: forty") < text.index("says:")
    assert with_examples("id: a\n", [example]).startswith("id: a\ntests:\n  - name: forty")
    assert with_examples("id: a\n", []) == "id: a\n"
    noted = with_examples("id: a\r\ntests: []  # none yet\r\n", [example])
    assert noted.startswith("id: a\r\ntests:   # none yet\r\n  - name: forty")
    assert noted.count("\n") == noted.count("\r\n")


def test_a_survivor_is_told_once_it_is_none(folder):
    """An entry whose mistake an example tells, or that no longer exists, is reported at its line."""
    (folder / FILE).write_text(
        "survivors:\n"
        f"  - {{of: {FLOOR}, mistake: 'cap: 2 → 3', reason: nobody looked}}\n"
        f"  - {{of: {FLOOR}, mistake: 'cap: 7 → 8', reason: nobody looked}}\n"
        "  - {of: vintage.age, mistake: 'cap: 7 → 8', reason: not tried here}\n",
        encoding="utf-8",
    )
    run = mutation([FLOOR], folder, jobs=1)
    assert [(one.place.line, one.message) for one in run.overtaken] == [
        (2, "an example or scenario tells this mistake now"),
        (3, f"`{FLOOR}` has no such mistake any more"),
    ]


def test_a_faulty_list_of_survivors_is_told_at_its_place(folder):
    """A survivor without a reason is a problem of its file."""
    (folder / FILE).write_text("survivors:\n  - {of: a.b, mistake: 'c: 1 → 2'}\n", "utf-8")
    with pytest.raises(RulebookError) as told:
        read_survivors(folder)
    assert [(str(p.place.file), p.place.line) for p in told.value.problems] == [(FILE, 2)]


def test_a_rule_is_named_by_id_or_file_and_mistyped_ones_get_the_nearest():
    """A rule's file serves for its id; what is neither is refused with a hint."""
    by_file = mutation([str(RULES / "vintage" / "age.yaml")], RULES, jobs=1)
    assert {one.mutant.owner for one in by_file.tried} == {"vintage.age"}
    with pytest.raises(RequestError, match=r"vintage\.age"):
        mutation(["vintage.aeg"], RULES, jobs=1)


def test_pages_show_the_table_and_untold_mistakes_at_their_places(rulebook):
    """Text, JSON and Markdown count the same; text names file, line and column."""
    run = mutate(Task(RULES, (FLOOR,), with_policies=False), 1)
    first = replace(run.tried[0], fate=Fate.UNTOLD, by=None)
    shown = replace(run, tried=(first, *run.tried[1:]))
    text = page_of(shown, "text")
    assert f"{first.mutant.place}: no example tells {first.mutant.part}" in text
    assert f'"fate": "{Fate.UNTOLD}"' in page_of(shown, "json")
    assert "| all |" in page_of(shown, "md")


def test_processes_that_share_the_work_find_what_one_finds(monkeypatch):
    """What came of each rule is the same, in the same order, whoever tried it."""
    task = Task(RULES, ("vintage.older_than_five_years", FLOOR), with_policies=False)
    alone = mutate(task, 1)
    monkeypatch.setattr(running, "FEW", 0)
    monkeypatch.setattr(running, "AT_ONCE", 1)
    assert mutate(task, 2) == alone


def test_a_process_that_the_system_ends_costs_no_mistake(monkeypatch):
    """Another process tries the rest, all that came of it is as undisturbed, and it is said once."""
    rules = [name for name in load_rulebook(RULES).rules if name.startswith("vintage.")]
    task = Task(RULES, (*rules[:5], FLOOR), with_policies=False)
    alone = mutate(task, 1)
    monkeypatch.setattr(running, "FEW", 0)
    monkeypatch.setattr(running, "AT_ONCE", 1)

    def kill(done, _total):
        if done == 1:
            multiprocessing.active_children()[0].kill()

    killed = mutate(task, 2, kill)
    assert replace(killed, remarks=()) == alone
    [said] = killed.remarks
    assert "where memory runs out" in said
    assert multiprocessing.active_children() == []


def test_a_rule_that_ends_every_process_is_one_problem(monkeypatch):
    """Nobody waits for ever: the rule is named, with what to do next."""
    monkeypatch.setattr(running, "FEW", 0)
    monkeypatch.setattr(running, "_in_a_process", ended_by_the_system)
    with pytest.raises(InputError) as caught:
        mutate(Task(RULES, (FLOOR,), with_policies=False), 2)
    [problem] = caught.value.problems
    assert problem.place.file == FLOOR
    assert "also alone" in problem.message
    assert multiprocessing.active_children() == []


def ended_by_the_system(_):
    """End the process as the system does where memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_each_number_operator_and_choice_of_a_step_is_mistaken(rulebook):
    """Inputs, parts, factor and the numbers of choices of a step are changed, one at a time."""
    made = list(of_step(rulebook, rulebook.steps["tonnes.uncertainty"]))
    parts = {one.part for one in made}
    assert {"inputs.stated", "parts.taken", "factor"} <= parts
    assert "choices.shared.tonnes_confidence.0.7.multiple" in parts
    assert "inputs.stated: 100 → 99" in {one.what for one in made}
    assert None not in [one.step for one in made]
    assert all(one.place.line for one in made)


def test_examples_tell_every_mistake_in_shipped_steps():
    """What no example tells has its reason, and no reason is out of date."""
    steps = tuple(load_rulebook(RULES).steps)
    run = mutation(steps, RULES, jobs=1)
    assert [one.mutant.what for one in run.untold if one.fate is Fate.UNTOLD] == []
    assert run.overtaken == ()
    assert sum(one.fate is Fate.TOLD for one in run.tried) > 300


def test_a_mistake_in_a_step_that_no_example_tells_is_named(folder):
    """Without the example of a woodland unit, nothing tells that its programme was left out."""
    path = folder / "tonnes" / "delivery.yaml"
    example = (
        "  - name: a woodland unit without a kind may be pending\n"
        "    given: {delivery: spot, programme: WCC}\n    expect: 0 to 1\n"
    )
    assert example in path.read_text()
    path.write_text(path.read_text().replace(example, ""))
    run = mutation(["tonnes.delivery"], folder, jobs=1)
    assert [one.mutant.what for one in run.untold] == ["inputs.measured: 'WCC' → left out"]
    assert "tonnes/delivery.yaml" in page_of(run, "text")


def test_what_is_held_within_bounds_is_no_mistake(rulebook):
    """A factor of 2 is held to 1, so that 2 in place of 1 changes nothing; 0 does."""
    step = rulebook.steps["tonnes.like_for_like"]
    examiner = StepExaminer(rulebook)
    same = {one.what for one in of_step(rulebook, step) if examiner.says_the_same(one.step)}
    assert same == {"factor: 1 → 2", "factor: 0 → -1"}


def test_an_entry_stands_while_one_mistake_of_its_wording_is_untold(folder):
    """A number that stands twice gives two mistakes of one wording; only one of them is told."""
    (folder / FILE).write_text(
        'survivors:\n  - of: tonnes.storage_time\n    mistake: "parts.whole: 4.304 → 4.303"\n'
        "    reason: It is small.\n"
    )
    assert mutation(["tonnes.storage_time"], folder, jobs=1).overtaken == ()
