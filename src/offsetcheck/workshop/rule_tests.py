"""A rule's own examples, run through the engine on the values of the guide alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.rulebook.binding.bind import bind_rules_of_guide
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.binding.given import with_given
from offsetcheck.rulebook.binding.nodes import tables_read
from offsetcheck.rulebook.fields.values import given_values
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook, latest_day
from offsetcheck.rulebook.rules.examples import example_fields
from offsetcheck.rulebook.rules.model import Example
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Field, Subject
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, with_values
from offsetcheck.vocabulary.finding import Finding
from offsetcheck.vocabulary.problem import Problem
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.workshop.came_out import came_out, difference, to_paste
from offsetcheck.workshop.marks import document_of, example_place

CANDIDATE = "example"


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example and what came out of it; `failure` is None where that is what was expected.

    `index` is its place among the examples of its rule, from 0.
    """

    rule: str
    index: int
    name: str
    finding: Finding | None
    failure: Problem | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The located failure, or nothing."""
        return () if self.failure is None else (self.failure,)


@dataclass(frozen=True, slots=True)
class PosedExample:
    """An example as it is put to the engine; the rule reads computed fields that are given."""

    rule: BoundRule
    candidate: Candidate
    purchase: Purchase


def run_examples(
    rulebook: Rulebook, rules: Iterable[str] | None = None
) -> tuple[ExampleResult, ...]:
    """Run the examples of all rules, or of the rules named, in rulebook order.

    An example runs on its `as_of`, else on the latest day in the rule or in the tables that it
    reads; its facts are E1 unless `evidence` says otherwise. Raises KeyError for a rule that the
    rulebook does not have.
    """
    chosen = [rulebook.rules[name] for name in (rulebook.rules if rules is None else rules)]
    bound = _bound(rulebook, chosen)
    return tuple(
        _run(rulebook, rule, index, day, bound[day].get(rule.file.id))
        for rule in chosen
        for index, day in enumerate(_days(rulebook, rule))
    )


def first_failure(rulebook: Rulebook, rule: LoadedRule) -> int | None:
    """Return which example of a rule fails first, by its place among them; None where none does.

    The rule need not be the rulebook's own: a changed one is tried in memory. No message is made.
    """
    tried = replace_rule(rulebook, rule)
    bound: dict[date, BoundRule | None] = {}
    for index, day in enumerate(_days(tried, rule)):
        if day not in bound:
            bound[day] = bind_rules_of_guide(tried, (rule.file.id,), day).get(rule.file.id)
        in_force, example = bound[day], rule.file.tests[index]
        if in_force is None:
            return index
        finding = find(tried, in_force, example, day)
        if difference(example, finding, came_out(in_force, finding)):
            return index
    return None


def replace_rule(rulebook: Rulebook, rule: LoadedRule) -> Rulebook:
    """Return a rulebook in which a rule is as given; what serves from its tables is shared."""
    return rulebook.with_rules({rule.file.id: rule})


def failures(results: Iterable[ExampleResult]) -> tuple[Problem, ...]:
    """Return the located failures among some results."""
    return tuple(result.failure for result in results if result.failure is not None)


def _bound(rulebook: Rulebook, rules: Iterable[LoadedRule]) -> dict[date, dict[str, BoundRule]]:
    """Return on each day of an example the rules that have one on that day."""
    named: dict[date, set[str]] = {}
    for rule in rules:
        for day in _days(rulebook, rule):
            named.setdefault(day, set()).add(rule.file.id)
    return {day: bind_rules_of_guide(rulebook, names, day) for day, names in named.items()}


def _days(rulebook: Rulebook, rule: LoadedRule) -> list[date]:
    """Return the day on which each example of a rule runs."""
    latest = default_day(rulebook, rule)
    return [example.as_of or latest for example in rule.file.tests]


def default_day(rulebook: Rulebook, rule: LoadedRule) -> date:
    """Return the latest day in a rule, or in the tables that it reads, on which it applies."""
    until = rule.file.effective.until
    days = [
        edition.published
        for name in tables_read(rulebook, rule.names)
        for edition in rulebook.tables[name].entry.editions
        if until is None or edition.published < until
    ]
    return max(latest_day(rule), *days) if days else latest_day(rule)


def _run(
    rulebook: Rulebook, rule: LoadedRule, index: int, day: date, in_force: BoundRule | None
) -> ExampleResult:
    example, name = rule.file.tests[index], rule.file.id
    if in_force is None:
        said = f"the rule does not apply on {day.isoformat()}"
        failure = _failure(rulebook, rule, index, said)
        return ExampleResult(name, index, example.name, None, failure)
    finding = find(rulebook, in_force, example, day)
    came = came_out(in_force, finding)
    differs = difference(example, finding, came)
    if differs is None:
        return ExampleResult(name, index, example.name, finding, None)
    flow = ("tests", index, "name") in document_of(rulebook, rule).flow
    pasted = to_paste(example, finding, came, on_one_line=flow)
    if example.as_of is None and day > rule.file.effective.since:
        pasted = f"{_ran_on(day)}\n    {pasted}"
    failure = _failure(rulebook, rule, index, differs, pasted)
    return ExampleResult(name, index, example.name, finding, failure)


def _ran_on(day: date) -> str:
    """Say on which day an example without a day ran, and how it keeps the values before."""
    before = (day - timedelta(days=1)).isoformat()
    return f"it ran on {day.isoformat()}; for the values of the day before write as_of: {before}"


def find(rulebook: Rulebook, rule: BoundRule, example: Example, day: date) -> Finding:
    """Return the finding of a bound rule on what an example gives."""
    posed = pose(rulebook, rule, example)
    return evaluate_rule(posed.rule, posed.candidate, day, posed.purchase, traced=False)


def pose(rulebook: Rulebook, rule: BoundRule, example: Example) -> PosedExample:
    """Return what an example asks: a bound rule that reads what is given, and the facts."""
    facts = _facts(rulebook, rule.subject, example)
    city = {n: v for n, v in example.given.items() if n.startswith("city.")}
    # Examples of a draft say what it will do.
    rule = replace(rule, draft=False)
    stated = with_given(rule, frozenset(facts), city)
    own = {name: fact for name, fact in facts.items() if not name.startswith("purchase.")}
    bought = {
        name.removeprefix("purchase."): fact
        for name, fact in facts.items()
        if name.startswith("purchase.")
    }
    return PosedExample(stated, Candidate(CANDIDATE, own), Purchase(facts=bought))


def _facts(rulebook: Rulebook, subject: Subject, example: Example) -> Mapping[str, Fact]:
    fields = example_fields(subject, rulebook.dictionary)
    return {
        name: stated(value, fields[name], example.evidence.get(name, "E1"))
        for name, value in example.given.items()
        if name in fields
    }


def stated(value: object, field: Field, grade: str) -> Fact:
    """Return a value of a file as a fact of a field, of an evidence grade."""
    return with_values(Fact(grade=EvidenceGrade[grade]), given_values(value, field))


def _failure(
    rulebook: Rulebook, rule: LoadedRule, index: int, said: str, hint: str | None = None
) -> Problem:
    place = example_place(document_of(rulebook, rule), index)
    name = rule.file.tests[index].name
    return Problem(f"the example “{name}” failed: {said}", place, hint)
