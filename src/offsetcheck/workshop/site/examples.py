"""The examples of a rule as a reader sees them: the facts, and what comes out."""

from collections.abc import Iterator, Sequence
from typing import Any

from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.fields.values import given_values
from offsetcheck.rulebook.rules.model import LEVELS, NOTHING, Example
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.evidence import EvidenceGrade
from offsetcheck.vocabulary.site_explanation import ExampleLine, GivenFact
from offsetcheck.workshop.rule_tests import ExampleResult
from offsetcheck.workshop.site.scope import Scope

BEST = "E1"  # the grade of what an example says nothing of
LOOKS = {"pass": "pass", "fail": "fail", "unknown": "open", "not_applicable": "none"}
GOOD, POOR = 4, 2  # points from which a scale reads as good, and up to which as poor


def example_lines(
    scope: Scope, rule: BoundRule, results: Sequence[ExampleResult]
) -> tuple[ExampleLine, ...]:
    """Return the examples of a rule in the order of its file."""
    differing = {result.name for result in results if result.failure is not None}
    return tuple(
        _line(scope, rule, example, holds=example.name not in differing)
        for example in scope.rulebook.rules[rule.id].file.tests
    )


def _line(scope: Scope, rule: BoundRule, example: Example, *, holds: bool) -> ExampleLine:
    wording = scope.wording
    return ExampleLine(
        name=example.name,
        day=wording.day(example.as_of) if example.as_of else None,
        facts=tuple(_facts(scope, rule, example)),
        outcome=example.expect,
        outcome_words=_outcome(example.expect, wording),
        look=_look(example.expect),
        missing=tuple(map(scope.field_named, example.missing or ())),
        also=tuple(_also(example, wording)),
        holds=holds,
    )


def _also(example: Example, wording: Wording) -> Iterator[str]:
    """Yield a sentence for each thing that an example shows beside what comes out."""
    if example.effect == NOTHING:
        yield wording.word("site.then.no_effect")
    elif example.effect is not None:
        yield wording.word("site.then.effect", effect=_effect(example.effect, wording))
    if example.points == NOTHING:
        yield wording.word("site.then.no_points")
    elif example.points is not None:
        yield wording.word("site.then.points", points=example.points)
    if example.condition is not None:
        stands = "no_condition" if example.condition == NOTHING else "condition"
        yield wording.word(f"site.then.{stands}")
    if example.curable is not None:
        yield wording.word("site.then.curable" if example.curable else "site.then.not_curable")


def _effect(text: str, wording: Wording) -> str:
    """Return an effect as an example writes it, such as `cap 2`, in words."""
    kind, _, rest = text.partition(" ")
    words = wording.word(f"effect.{kind}")
    if rest == ClaimLimit.NOT_PERMANENT:
        return f"{words} ({wording.word('change.not_permanent')})"
    if rest in set(ClaimLimit):
        return f"{words} ({wording.word(f'claim.{rest}')})"
    return f"{words} ({rest})" if rest else words


def _outcome(expect: str, wording: Wording) -> str:
    if expect in LEVELS:
        return wording.word("site.points", points=expect)
    return wording.word(f"outcome.{expect}")


def _look(expect: str) -> str:
    if expect not in LEVELS:
        return LOOKS[expect]
    points = int(expect)
    return "pass" if points >= GOOD else "fail" if points <= POOR else "open"


def _facts(scope: Scope, rule: BoundRule, example: Example) -> Iterator[GivenFact]:
    for name, value in example.given.items():
        grade = example.evidence.get(name, BEST)
        named = scope.field_named(name)
        yield GivenFact(
            field=named.id,
            title=named.title,
            value=_value(scope, rule, name, value),
            grade=None if grade == BEST else scope.wording.grade(EvidenceGrade[grade]),
        )


def _value(scope: Scope, rule: BoundRule, name: str, value: Any) -> str:
    wording, field = scope.wording, scope.wording.field(name)
    del rule
    values = given_values(value, field) if field is not None else ()
    if len(values) > 1:
        return wording.possible(name, values)
    if values:
        return wording.value(name, values[0])
    return wording.bare(tuple(value) if isinstance(value, list) else value)
