"""All candidates that may be bought, summed up: what portfolio rules read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import fsum, inf, isfinite

from offsetcheck.engine.assess import assess_portfolio
from offsetcheck.engine.expression import SETTLED, Answer, evaluate
from offsetcheck.engine.knowledge import IDENTITY, Facts
from offsetcheck.rulebook.binding.bound import BoundAggregate, BoundRulebook, Sum
from offsetcheck.rulebook.expression.nodes import FieldRef, Node
from offsetcheck.vocabulary.assessment import Assessment, Verdict
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Fact, Value
from offsetcheck.vocabulary.finding import Finding, Missing
from offsetcheck.vocabulary.purchase import Purchase

MAY_BE_BOUGHT = frozenset({Verdict.ELIGIBLE, Verdict.ELIGIBLE_WITH_CONDITIONS})


@dataclass(frozen=True, slots=True)
class Summed:
    """One sum over candidates: its value, or what it waits for and the candidates that lack it.

    `cause` says why there is none where nothing is missing.
    """

    value: Value | None
    missing: frozenset[Missing] = SETTLED
    waits_for: tuple[str, ...] = ()
    cause: Cause = Cause.NOT_STATED


@dataclass(frozen=True, slots=True)
class Bought:
    """One candidate that may be bought, its lower grade, and what may count of its facts.

    `rank` is the place of the grade, the best first.
    """

    id: str
    grade: str
    rank: int
    facts: Facts

    def answer(self, node: Node) -> Answer:
        """Return what an expression says of this candidate; a project without an id has its own."""
        if isinstance(node, FieldRef) and node.name == IDENTITY:
            return Answer(self.facts.subject.value(IDENTITY) or self.id)
        return evaluate(node, self.facts)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The candidates that may be bought, and what sums them up.

    `sums` keeps what they have come to at each evidence grade, because findings ask again.
    """

    judged: tuple[tuple[Candidate, Assessment], ...]
    bound: BoundRulebook
    purchase: Purchase
    sums: dict[EvidenceGrade | None, dict[str, Summed]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def summed(self, at_least: EvidenceGrade | None) -> dict[str, Summed]:
        """Return every sum where only facts of a grade count, by the name of its field."""
        if at_least not in self.sums:
            bought = [self._bought(candidate, found, at_least) for candidate, found in self.judged]
            aggregates = self.bound.aggregates
            self.sums[at_least] = {name: _sum(spec, bought) for name, spec in aggregates.items()}
        return self.sums[at_least]

    def facts(self) -> dict[str, Fact]:
        """Return every sum as a fact: as weak as the weakest thing that it needs."""
        levels = {grade: self.summed(grade) for grade in EvidenceGrade}
        return {name: _fact(name, levels) for name in self.bound.aggregates}

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings on all candidates that may be bought, taken together.

        What a finding waits for are the fields of candidates that a sum needs, not the sum.
        """
        found = assess_portfolio(self.facts(), self.bound, self.purchase)
        return tuple(
            replace(finding, missing=self._beneath(finding)) if finding.missing else finding
            for finding in found
        )

    def waits_for(self, finding: Finding) -> tuple[str, ...]:
        """Return the candidates that lack what a finding waits for, in their order."""
        rule = self.bound.rules[finding.rule]
        sums = self.summed(rule.at_least)
        names = (name for read in rule.inputs if read in sums for name in sums[read].waits_for)
        return tuple(dict.fromkeys(names))

    def _bought(
        self, candidate: Candidate, found: Assessment, at_least: EvidenceGrade | None
    ) -> Bought:
        grades = [letter for letter, _ in self.bound.scheme.grades]
        facts = Facts(
            candidate, self.purchase, self.bound.as_of, at_least, self.bound.screening_days
        )
        return Bought(candidate.id, found.grade_lower, grades.index(found.grade_lower), facts)

    def _beneath(self, finding: Finding) -> tuple[Missing, ...]:
        sums = self.summed(self.bound.rules[finding.rule].at_least)
        missing: set[Missing] = set()
        for item in finding.missing:
            missing |= sums[item.field].missing if item.field in sums else set()
            if item.field not in sums or not sums[item.field].missing:
                missing.add(item)
        return tuple(sorted(missing))


def portfolio_of(
    judged: Iterable[tuple[Candidate, Assessment]], bound: BoundRulebook, purchase: Purchase
) -> Portfolio:
    """Return what may be bought of the candidates that were judged."""
    bought = ((c, found) for c, found in judged if found.verdict in MAY_BE_BOUGHT)
    return Portfolio(tuple(bought), bound, purchase)


def _fact(name: str, levels: Mapping[EvidenceGrade, Mapping[str, Summed]]) -> Fact:
    for grade, sums in levels.items():
        if sums[name].value is not None:
            return Fact(value=sums[name].value, grade=grade)
    weakest = levels[max(levels)][name]
    causes = {item.cause for item in weakest.missing} or {weakest.cause}
    return Fact(cause=causes.pop() if len(causes) == 1 else Cause.NOT_STATED)


def _sum(spec: BoundAggregate, bought: Sequence[Bought]) -> Summed:
    """Return one sum; without candidates there is none."""
    if not bought:
        return Summed(None)
    if spec.of is None:
        return Summed(max(bought, key=lambda one: one.rank).grade)
    if spec.kind is Sum.LARGEST_SHARE and spec.by is not None:
        return _largest(spec.of, spec.by, bought)
    counted = [_counted(spec, one) for one in bought]
    if spec.kind is Sum.TOTAL:
        return _settled(counted, bought)
    whole = _settled([one.answer(spec.of) for one in bought], bought)
    return _share(_settled(counted, bought), whole)


def _counted(spec: BoundAggregate, one: Bought) -> Answer:
    """Return what a candidate adds: nothing where the condition does not hold."""
    holds = Answer(value=True) if spec.where is None else one.answer(spec.where)
    if holds.value is False:
        return Answer(0.0)
    amount = one.answer(spec.of) if spec.of is not None else Answer(0.0)
    if holds.value is None or amount.value is None:
        return Answer(None, holds.missing | amount.missing)
    factor = spec.by_grade[one.grade] if spec.by_grade else 1.0
    return Answer(_double(amount.value) * factor)


def _settled(answers: Sequence[Answer], bought: Sequence[Bought]) -> Summed:
    """Return the total of answers that are all known, else what they wait for."""
    unknown = [
        (one.id, answer)
        for one, answer in zip(bought, answers, strict=True)
        if answer.value is None
    ]
    if unknown:
        missing = frozenset().union(*(answer.missing for _, answer in unknown))
        return Summed(None, missing, tuple(name for name, _ in unknown))
    return _added([_double(answer.value) for answer in answers])


def _added(numbers: Sequence[float]) -> Summed:
    """Return an exact sum, the same in any order; what no double holds is no number."""
    try:
        total = fsum(numbers)
    except OverflowError:
        total = inf
    return Summed(total) if isfinite(total) else Summed(None, cause=Cause.NOT_COMPUTABLE)


def _share(part: Summed, whole: Summed) -> Summed:
    if part.value is None or whole.value is None:
        waits = dict.fromkeys((*part.waits_for, *whole.waits_for))
        cause = part.cause if part.value is None else whole.cause
        return Summed(None, part.missing | whole.missing, tuple(waits), cause)
    above, below = _double(part.value), _double(whole.value)
    return Summed(above / below) if below else Summed(None, cause=Cause.NOT_COMPUTABLE)


def _largest(of: Node, by: Node, bought: Sequence[Bought]) -> Summed:
    amounts, keys = [one.answer(of) for one in bought], [one.answer(by) for one in bought]
    known = [key if key.value is None else Answer(0.0) for key in keys]
    groups: dict[Value | None, list[float]] = defaultdict(list)
    for key, amount in zip(keys, amounts, strict=True):
        groups[key.value].append(_double(amount.value))
    grouped = _settled(known, bought)
    largest = max((_added(group) for group in groups.values()), key=lambda s: _double(s.value))
    return _share(grouped if grouped.value is None else largest, _settled(amounts, bought))


def _double(value: Value | None) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
