"""Examples at the limits of a rule: just below, at and just above each number, and not stated."""

from collections.abc import Iterator, Mapping
from typing import Any

from offsetcheck.rulebook.binding.bind import bind_rules_of_guide
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import Example
from offsetcheck.workshop.came_out import came_out
from offsetcheck.workshop.mutation.cases import NOT_STATED, Case, Exchange
from offsetcheck.workshop.mutation.edges import edges
from offsetcheck.workshop.mutation.naming import name_at_limit
from offsetcheck.workshop.rule_tests import default_day, find

MOST_BASES = 3
MOST_OFFERED = 12
Key = tuple[tuple[tuple[str, str], ...], str, tuple[tuple[str, str], ...]]


def boundary_examples(rulebook: Rulebook, rule: LoadedRule) -> tuple[Example, ...]:
    """Return examples at the limits of a rule that it does not have yet, as the rule comes out.

    They are made from its first examples: one number of them at a time is put at the value at
    which a comparison turns, beside it, and left out. The rule is that of the rulebook.
    """
    day = default_day(rulebook, rule)
    bound = bind_rules_of_guide(rulebook, [rule.file.id], day).get(rule.file.id)
    if bound is None:
        return ()
    told = {_key(one.given, one.as_of, one.evidence) for one in rule.file.tests}
    names = {one.name for one in rule.file.tests}
    made: list[Example] = []
    for case in _cases(rulebook, rule):
        key = _key(case.given, case.as_of, case.evidence)
        if key in told or len(made) == MOST_OFFERED:
            continue
        told.add(key)
        example = case.example()
        came = came_out(bound, find(rulebook, bound, example, day))["expect"]
        name = name_at_limit(case, came, rule, rulebook.dictionary)
        if name not in names:
            names.add(name)
            made.append(case.example(name, came))
    return tuple(made)


def _cases(rulebook: Rulebook, rule: LoadedRule) -> Iterator[Case]:
    day = default_day(rulebook, rule)
    bases = [Case(one.given, one.evidence, None) for one in rule.file.tests if one.as_of is None]
    for base in bases[:MOST_BASES]:
        near = dict.fromkeys(edges(rulebook, rule, [base], day))
        fields = dict.fromkeys(name for name, _ in near)
        ways = [Exchange(name, value) for name, value in near]
        ways += [Exchange(name, NOT_STATED) for name in fields]
        for exchange in ways:
            case = exchange.on(base)
            if case is not None:
                yield case


def _key(given: Mapping[str, Any], day: object, evidence: Mapping[str, str]) -> Key:
    facts = tuple(sorted((name, repr(value)) for name, value in given.items()))
    return facts, str(day), tuple(sorted(evidence.items()))
