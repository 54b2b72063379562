"""A rule's own examples, run through the engine on the values of the guide alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, with_values
from offsetcheck.vocabulary.finding import Finding, Outcome
from offsetcheck.vocabulary.problem import Place, Problem
from offsetcheck.vocabulary.purchase import Purchase

CANDIDATE = "example"


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example and what came out of it; `failure` is None where that is what was expected."""

    rule: str
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
    example = rule.file.tests[index]
    if in_force is None:
        said = f"the rule does not apply on {day.isoformat()}"
        return ExampleResult(rule.file.id, example.name, None, _failure(rule, index, said))
    finding = find(rulebook, in_force, example, day)
    difference = _difference(example, finding)
    failure = None if difference is None else _failure(rule, index, difference)
    return ExampleResult(rule.file.id, example.name, finding, failure)


def find(rulebook: Rulebook, rule: BoundRule, example: Example, day: date) -> Finding:
    """Return the finding of a bound rule on what an example gives."""
    posed = pose(rulebook, rule, example)
    return evaluate_rule(posed.rule, posed.candidate, day, posed.purchase)


def pose(rulebook: Rulebook, rule: BoundRule, example: Example) -> PosedExample:
    """Return what an example asks: a bound rule that reads what is given, and the facts."""
    facts = _facts(rulebook, rule.subject, example)
    city = {n: v for n, v in example.given.items() if n.startswith("city.")}
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
        name: with_values(
            Fact(grade=EvidenceGrade[example.evidence.get(name, "E1")]),
            given_values(value, fields[name]),
        )
        for name, value in example.given.items()
        if name in fields
    }


def _difference(example: Example, finding: Finding) -> str | None:
    """Return how a finding differs from what an example expects, None where it does not."""
    came = _outcome(finding)
    if came != example.expect:
        waits = ", ".join(f"{m.field} ({m.cause})" for m in finding.missing)
        return f"expected {example.expect}, came out {came}" + (
            f": missing {waits}" if waits else ""
        )
    if example.missing is not None:
        missing = {entry.field for entry in finding.missing}
        if missing != set(example.missing):
            wanted = ", ".join(sorted(example.missing)) or "nothing"
            return f"expected missing {wanted}, came out {', '.join(sorted(missing)) or 'nothing'}"
    return None


def _outcome(finding: Finding) -> str:
    return str(finding.lower) if finding.outcome is Outcome.SCORED else finding.outcome.value


def _failure(rule: LoadedRule, index: int, said: str) -> Problem:
    line, column = rule.document.value_mark(("tests", index))
    place = Place(rule.document.file, line, column)
    name = rule.file.tests[index].name
    return Problem(f"the example “{name}” failed: {said}", place)
