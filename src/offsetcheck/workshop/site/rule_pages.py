"""The page of each rule: what it asks, what it reads, and which other rules read the same."""

from collections.abc import Iterator, Mapping, Sequence

from offsetcheck.explain.condition_words import ConditionWords
from offsetcheck.explain.rulebook import explain_rule, filled
from offsetcheck.rulebook.binding.bound import BoundRule
from offsetcheck.rulebook.expression.nodes import Derived, FieldRef, Lookup, Node
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.site_explanation import (
    ConditionLine,
    Named,
    QuestionLine,
    RulePage,
    SharedFields,
)
from offsetcheck.workshop.rule_tests import ExampleResult
from offsetcheck.workshop.site.examples import example_lines
from offsetcheck.workshop.site.history import Entry, history_lines
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.site.stances import stance_lines
from offsetcheck.workshop.site.values import value_lines

MOST_ALIKE = 8
LEAST_SHARED = 2
REQUIRES, APPLIES_WHEN = "requires", "applies_when"


def rule_pages(
    scope: Scope, results: Sequence[ExampleResult], changelog: Sequence[Entry]
) -> tuple[RulePage, ...]:
    """Return a page for each rule, by dimension in report order, then by id."""
    tried: dict[str, list[ExampleResult]] = {}
    for result in results:
        tried.setdefault(result.rule, []).append(result)
    inputs = {name: frozenset(rule.inputs) for name, rule in scope.guide.rules.items()}
    return tuple(
        _page(scope, rule, tried.get(rule.id, ()), changelog, inputs)
        for rule in in_order(scope)
    )  # fmt: skip


def in_order(scope: Scope) -> list[BoundRule]:
    """Return all rules as the guide has them, by dimension in report order, then by id."""
    order = {one.id: place for place, one in enumerate(scope.guide.scheme.dimensions)}
    rules = scope.guide.rules.values()
    return sorted(rules, key=lambda rule: (order.get(rule.dimension, len(order)), rule.id))


def _page(
    scope: Scope,
    rule: BoundRule,
    results: Sequence[ExampleResult],
    changelog: Sequence[Entry],
    inputs: Mapping[str, frozenset[str]],
) -> RulePage:
    file, wording = scope.rulebook.rules[rule.id].file, scope.wording
    says, _ = wording.says(rule)
    values = value_lines(scope, rule)
    return RulePage(
        rule=explain_rule(rule, wording),
        subject=file.subject,
        status=file.status,
        optional=file.is_optional,
        curable=rule.curable,
        since=wording.day(file.effective.since),
        until=wording.day(file.effective.until) if file.effective.until else None,
        fails=filled(says.fails, rule, wording) if says.fails else None,
        ask=filled(says.ask, rule, wording) if says.ask else None,
        questions=tuple(_questions(scope, rule)),
        conditions=tuple(_conditions(scope, rule)),
        values=values,
        examples=example_lines(scope, rule, results),
        history=history_lines(scope, rule, values, changelog),
        stances=stance_lines(scope, rule),
        in_force=sum(rule.id in bound.rules for bound in scope.bound.values()),
        of=len(scope.profiles),
        reads=tuple(map(scope.field_named, rule.inputs)),
        computed=tuple(map(scope.field_named, computed_by(rule))),
        tables=tuple(map(scope.table_named, tables_of(rule))),
        alike=tuple(_alike(scope, rule, inputs)),
    )


def computed_by(rule: BoundRule) -> tuple[str, ...]:
    """Return the computed fields that a rule reads, as it names them."""
    found = (node for tree in rule.expressions() for node in walk(tree))
    return tuple(dict.fromkeys(n.name for n in found if isinstance(n, Derived | Lookup)))


def tables_of(rule: BoundRule) -> tuple[str, ...]:
    """Return the reference tables that a rule asks."""
    found = (node for tree in rule.expressions() for node in walk(tree))
    return tuple(dict.fromkeys(node.table for node in found if isinstance(node, Lookup)))


def names_read(rule: BoundRule) -> frozenset[str]:
    """Return every field that a rule reads, stated and computed."""
    nodes = (node for tree in rule.expressions() for node in walk(tree))
    own = (node.name for node in nodes if isinstance(node, FieldRef | Derived | Lookup))
    return frozenset((*rule.inputs, *own))


def _questions(scope: Scope, rule: BoundRule) -> Iterator[QuestionLine]:
    for name in rule.inputs:
        field = scope.wording.field(name)
        question = scope.wording.question(field)
        if field is not None and question:
            named = scope.field_named(name)
            yield QuestionLine(
                field=named.id, title=named.title, question=question, officer=field.officer
            )


def _conditions(scope: Scope, rule: BoundRule) -> Iterator[ConditionLine]:
    trees = _trees(rule)
    words = ConditionWords(scope.wording, rule)
    for key, text in rule.texts.items():
        tree = trees.get(key)
        yield ConditionLine(
            key=key,
            title=_condition_title(scope, key),
            expression=text.strip(),
            said=words.said(tree) if tree is not None else None,
        )


def _condition_title(scope: Scope, key: str) -> str:
    if key in (REQUIRES, APPLIES_WHEN):
        return scope.wording.word(f"site.for.{key}")
    return scope.wording.word("site.points", points=key.rpartition(".")[2])


def _trees(rule: BoundRule) -> Mapping[str, Node]:
    """Return the expressions of a rule by their keys; the level "otherwise" has none."""
    found = {APPLIES_WHEN: rule.applies_when}
    for points, node in rule.conditions:
        found[REQUIRES if points is None else f"levels.{points}"] = node
    return {key: node for key, node in found.items() if node is not None}


def _alike(
    scope: Scope, rule: BoundRule, inputs: Mapping[str, frozenset[str]]
) -> Iterator[SharedFields]:
    """Yield the rules that share most of what is read, those first that read little else.

    One shared field alone makes two rules alike only where neither reads another.
    """
    own = inputs[rule.id]
    shares = {
        name: (len(own & other) / len(own | other), own & other)
        for name, other in inputs.items()
        if name != rule.id and own & other
    }
    near = [
        (-share, name, common)
        for name, (share, common) in shares.items()
        if len(common) >= LEAST_SHARED or share == 1
    ]
    for _, name, common in sorted(near)[:MOST_ALIKE]:
        named = scope.rule_named(name)
        fields = tuple(map(scope.field_named, sorted(common)))
        yield SharedFields(rule=name, title=named.title, fields=fields)


def reading(scope: Scope) -> Mapping[str, tuple[Named, ...]]:
    """Return, by the name of a field, the rules that read it."""
    found: dict[str, list[str]] = {}
    for rule in in_order(scope):
        for name in sorted(names_read(rule)):
            found.setdefault(name, []).append(rule.id)
    return {name: scope.rules_named(rules) for name, rules in found.items()}
