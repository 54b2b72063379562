"""The best that papers could say of a project: every open question answered in its favour, at E1.

What a list states stays as it is. Answers are tried against the engine, field by field, and the
one under which the offer fares best is kept; what they come to is a bound on what a seller could
show, and says nothing of what is true.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from offsetcheck.engine.assess import assess, assess_changed
from offsetcheck.engine.plan import plan_for
from offsetcheck.rulebook.binding.bound import BoundRulebook
from offsetcheck.rulebook.expression.nodes import Constant
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.assessment import Assessment
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.dictionary import Field, FieldType
from offsetcheck.vocabulary.evidence import EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.finding import Effect, State
from offsetcheck.vocabulary.purchase import Purchase

A_LOT = {"tonnes": 1.0}  # what is offered, where a list names no offer
VERSIONS = tuple(f"{number}.0" for number in range(1, 31))
ROUNDS = 4  # an answer can make further rules apply, which ask in their turn
PASSES = 2  # over all answers, so that those that depend on one another can settle together
LADDER = (0.0, 0.01, 0.05, 0.1, 0.2, 0.5, 0.9, 1.0, 5.0, 10.0, 12.0, 20.0, 40.0, 100.0, 1000.0)
AGES = (0, 30, 90, 180, 365, 730, 1095, 1826)  # days before the day of judgement
NO_PAPER_GIVES = frozenset({"id", "labels"})  # who the project is, and what a registry tags
BARRING = frozenset({Effect.GATE, Effect.REVIEW})
LONGEST_LIST = 3  # members of a list that are tried together


@dataclass(frozen=True, slots=True)
class BestPapers:
    """A project with the answers that favour it, and what the engine then concludes."""

    answers: Mapping[str, Fact]
    assessment: Assessment


def with_best_papers(candidate: Candidate, bound: BoundRulebook, purchase: Purchase) -> BestPapers:
    """Return a candidate judged with all that is open answered as well as the search can."""
    lot = {
        name: Fact(value=value, grade=EvidenceGrade.E1)
        for name, value in A_LOT.items()
        if candidate.value(name) is None
    }
    search = _Search(candidate.with_facts(lot), bound, purchase)
    for _ in range(ROUNDS):
        asked = search.asked()
        if not asked:
            break
        for field in asked:
            search.answer(field)
    for _ in range(PASSES):
        for name in sorted(search.answers):
            search.answer(bound.dictionary.candidate[name])
    answered = search.candidate.with_facts(search.answers)
    return BestPapers(search.answers, assess(answered, bound, purchase))


class _Search:
    """The answers found so far, and what the engine says with them."""

    def __init__(self, candidate: Candidate, bound: BoundRulebook, purchase: Purchase) -> None:
        self.candidate, self.bound, self.purchase = candidate, bound, purchase
        self.answers: dict[str, Fact] = {}
        self.now = assess(candidate, bound, purchase)

    def asked(self) -> list[Field]:
        """Return the fields that findings wait for and that have no answer yet, in their order."""
        names = {missing.field for finding in self.now.findings for missing in finding.missing}
        return [
            field
            for name, field in self.bound.dictionary.candidate.items()
            if name in names and name not in self.answers and self._can_be_shown(field)
        ]

    def answer(self, field: Field) -> None:
        """Keep the value of a field under which the offer fares best; the first of equals."""
        best: tuple[tuple[int, ...], Fact, Assessment] | None = None
        for value in self._values(field):
            fact = Fact(value=value, grade=EvidenceGrade.E1)
            subject = self.candidate.with_facts(self.answers)
            tried = assess_changed(self.now, subject, {field.name: fact}, self.bound, self.purchase)
            worth = _worth(tried, self.bound)
            if best is None or worth > best[0]:
                best = worth, fact, tried
        if best is not None:
            self.answers[field.name], self.now = best[1], best[2]

    def _can_be_shown(self, field: Field) -> bool:
        return field.is_input and field.name not in NO_PAPER_GIVES

    def _values(self, field: Field) -> Iterator[Value]:
        stated = self.candidate.fact(field.name)
        if stated.possible:
            return iter(stated.possible)
        if stated.value is not None:  # known, but on too weak evidence: the paper shows the same
            return iter((stated.value,))
        return iter(dict.fromkeys(self._domain(field)))

    def _domain(self, field: Field) -> Iterable[Value]:
        named = self._constants(field)
        match field.type:
            case FieldType.BOOLEAN:
                return (True, False)
            case FieldType.CODE:
                return [code for code, said in field.codes.items() if not said.covers]
            case FieldType.TEXT:
                return ("shown", *(v for v in named if isinstance(v, str)), *VERSIONS)
            case FieldType.CODES:
                return _lists([v for v in named if v in field.codes] or list(field.codes))
            case FieldType.INTEGERS:
                return _lists(sorted(v for v in named if isinstance(v, float)))
            case FieldType.DATE:
                return self._days()
            case FieldType.NUMBER | FieldType.INTEGER:
                return _in_range(field, self._numbers(named))

    def _constants(self, field: Field) -> list[Value]:
        """Return what the rules that read a field compare with."""
        readers = plan_for(self.bound).readers.get(field.name, frozenset())
        found = (
            node.value
            for rule in sorted(readers)
            for expression in self.bound.rules[rule].expressions()
            for node in walk(expression)
            if isinstance(node, Constant) and node.value is not None
        )
        flat = (v for value in found for v in (value if isinstance(value, tuple) else (value,)))
        return list(dict.fromkeys(flat))

    def _numbers(self, named: Sequence[Value]) -> Iterator[float]:
        compared = [float(v) for v in named if isinstance(v, int | float)]
        yield from (n for n in compared)
        yield from (n + step for n in compared for step in (-1.0, 1.0))
        yield from LADDER
        yield from (float(self.bound.as_of.year - age) for age in range(4))
        yield from (-n for n in LADDER)

    def _days(self) -> Iterator[date]:
        yield from (self.bound.as_of - timedelta(days=age) for age in AGES)
        for fact in (*self.candidate.facts.values(), *self.answers.values()):
            if isinstance(fact.value, date):
                yield fact.value
        vintage = (self.answers.get("vintage") or self.candidate.fact("vintage")).value
        if isinstance(vintage, int | float):
            yield from (date(int(vintage), 1, 1), date(int(vintage), 12, 31))


def _worth(assessment: Assessment, bound: BoundRulebook) -> tuple[int, ...]:
    """Return how an offer fares, to compare: nothing bars it, then its grade, then what is open."""
    barring = [f.state for f in assessment.findings if bound.rules[f.rule].effect in BARRING]
    states = [f.state for f in assessment.findings]
    return (
        -barring.count(State.FAIL),
        assessment.integrity.upper,
        -barring.count(State.OPEN),
        assessment.integrity.lower,
        -len(assessment.conditions),
        -states.count(State.FAIL),
        -states.count(State.OPEN),
        sum(f.lower or 0 for f in assessment.findings),
    )


def _lists(members: Sequence[Value]) -> Iterator[Value]:
    """Yield no member, all of them, and each alone and with its next ones."""
    yield ()
    yield _list(members)
    for size in range(1, LONGEST_LIST + 1):
        for start in range(len(members)):
            yield _list(members[start : start + size])


def _list(members: Sequence[Value]) -> Value:
    texts = tuple(m for m in members if isinstance(m, str))
    return texts or tuple(int(m) for m in members if isinstance(m, float) and m.is_integer())


def _in_range(field: Field, numbers: Iterable[float]) -> Iterator[Value]:
    low, high = field.range or (None, None)
    for number in numbers:
        inside = (low is None or number >= low) and (high is None or number <= high)
        if inside and (field.type is not FieldType.INTEGER or number.is_integer()):
            yield number
