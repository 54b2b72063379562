"""Cases near a rule's own: each example with one answer, grade or day exchanged, or two of them."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from offsetcheck.engine.typical import TYPE_FIELD
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.examples import example_fields
from offsetcheck.rulebook.rules.model import Example
from offsetcheck.vocabulary.dictionary import Field, Subject
from offsetcheck.workshop.mutation.answers import answers
from offsetcheck.workshop.mutation.edges import edges

NOT_STATED = None
GRADES = ("E1", "E2", "E3", "E4")
MOST_PAIRS = 4000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Case:
    """What an example may give, and what was exchanged in the example that it was made from.

    `answers` are the fields with another value (None: not stated), `graded` those with another
    grade.
    """

    given: Mapping[str, Any]
    evidence: Mapping[str, str]
    as_of: date | None
    answers: tuple[str, ...] = ()
    graded: tuple[str, ...] = ()
    is_dated: bool = False

    def example(self, name: str = "a case", expect: str = "unknown") -> Example:
        """Return the case as an example, before it is known what comes out."""
        return Example.model_construct(
            name=name,
            given=dict(self.given),
            expect=expect,
            missing=None,
            as_of=self.as_of,
            evidence=dict(self.evidence),
            effect=None,
            points=None,
            condition=None,
            curable=None,
        )


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing to exchange in an example: an answer, a grade, or the day.

    `beneath` are the fields that a computed one is made from: they are not given beside it.
    """

    field: str
    value: Any = NOT_STATED
    grade: str | None = None
    day: date | None = None
    beneath: frozenset[str] = frozenset()

    def on(self, case: Case) -> Case | None:
        """Return a case with this exchanged, None where nothing would be another."""
        if self.day is not None:
            return Case(
                case.given, case.evidence, self.day, case.answers, case.graded, is_dated=True
            )
        if self.grade is not None:
            return self._graded(case)
        if case.given.get(self.field, NOT_STATED) == self.value and self.field in case.given:
            return None
        if self.value is NOT_STATED and self.field not in case.given:
            return None
        gone = {self.field, *self.beneath}
        given = {name: value for name, value in case.given.items() if name not in gone}
        if self.value is not NOT_STATED:
            given[self.field] = self.value
        evidence = {name: grade for name, grade in case.evidence.items() if name in given}
        answers = (*case.answers, self.field)
        return Case(given, evidence, case.as_of, answers, case.graded, case.is_dated)

    def _graded(self, case: Case) -> Case | None:
        if self.field not in case.given or case.evidence.get(self.field, "E1") == self.grade:
            return None
        evidence = {**case.evidence, self.field: self.grade or "E1"}
        graded = (*case.graded, self.field)
        return Case(case.given, evidence, case.as_of, case.answers, graded, case.is_dated)


@dataclass(slots=True)
class Neighbourhood:
    """The cases near the examples of one rule, nearest first."""

    rulebook: Rulebook
    rule: LoadedRule
    bases: Sequence[Case] = ()
    exchanges: Sequence[Exchange] = ()
    days: Sequence[Exchange] = field(default_factory=list)

    def near(self) -> Iterator[Case]:
        """Yield each example with one thing exchanged."""
        for base in self.bases:
            yield from _made(base, ((one,) for one in (*self.exchanges, *self.days)))

    def farther(self, seed: int) -> Iterator[Case]:
        """Yield examples with two things exchanged: a sample of them, the same for a seed."""
        chance = random.Random(seed)  # noqa: S311 - a sample of cases, no secret
        pairs = [
            (base, pair)
            for base in self.bases
            for pair in (
                *combinations(self.exchanges, 2),
                *product(self.exchanges, self.days),
            )
        ]
        if len(pairs) > MOST_PAIRS:
            pairs = chance.sample(pairs, MOST_PAIRS)
        for base, pair in pairs:
            yield from _made(base, (pair,))


def _made(base: Case, ways: Iterable[Sequence[Exchange]]) -> Iterator[Case]:
    for way in ways:
        case: Case | None = base
        for exchange in way:
            case = None if case is None else exchange.on(case)
        if case is not None:
            yield case


def neighbourhood(rulebook: Rulebook, rule: LoadedRule, day: date) -> Neighbourhood:
    """Return the cases near the examples of a rule, which runs on `day` where they name none."""
    fields = example_fields(Subject(rule.file.subject), rulebook.dictionary)
    bases = [Case(example.given, example.evidence, example.as_of) for example in rule.file.tests]
    bases = bases or [Case({}, {}, None)]
    named = [name for name in rule.names if name in fields]
    given = [name for base in bases for name in base.given if name in fields]
    said = list(dict.fromkeys([*named, *given]))
    beneath = _beneath(rulebook, {name: fields[name] for name in said}, rule.names, day)
    exchanges = [
        Exchange(name, value, beneath=beneath.get(name, frozenset()))
        for name in said
        for value in (*answers(rulebook, rule, fields[name], _before(bases, name), day), NOT_STATED)
    ]
    exchanges += [
        Exchange(name, value, beneath=beneath.get(name, frozenset()))
        for name, value in edges(rulebook, rule, bases, day)
    ]
    exchanges += typical(rulebook, rule, day)
    exchanges += [Exchange(name, grade=grade) for name in said for grade in GRADES]
    return Neighbourhood(
        rulebook, rule, bases, exchanges, [Exchange("", day=d) for d in days(rule)]
    )


def _beneath(
    rulebook: Rulebook, fields: Mapping[str, Field], named: frozenset[str], day: date
) -> dict[str, frozenset[str]]:
    """Return for computed fields what each is made from and the rule does not name itself."""
    from offsetcheck.workshop.mutation.killing import Examiner

    examiner = Examiner(rulebook)
    return {
        name: examiner.beneath(name, field.type, day) - named
        for name, field in fields.items()
        if not field.is_input and field.aggregate is None
    }


def typical(rulebook: Rulebook, rule: LoadedRule, day: date) -> list[Exchange]:
    """Return types of project whose typical points show in the points of a scale."""
    from offsetcheck.workshop.mutation.killing import Examiner

    bound = Examiner(rulebook).bound(rule, day)
    levels = dict(bound.typical) if bound is not None else {}
    shown: dict[int, Exchange] = {}
    for kind, points in levels.items():
        shown.setdefault(points, Exchange(TYPE_FIELD, kind))
    return [shown[points] for points in sorted(shown, reverse=True)]


def _before(bases: Sequence[Case], name: str) -> list[Any]:
    return [base.given[name] for base in bases if name in base.given]


def days(rule: LoadedRule) -> tuple[date, ...]:
    """Return the days on which something begins or ends in a rule, and those before them."""
    known = [since for parameter in rule.parameters.values() for since in parameter.values]
    known += [rule.file.effective.since]
    known += [] if rule.file.effective.until is None else [rule.file.effective.until]
    return tuple(dict.fromkeys(d for day in known for d in (day, day - ONE_DAY)))
