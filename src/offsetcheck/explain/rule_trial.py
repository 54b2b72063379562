"""A rule tried on statements, explained: the outcome, each part of its conditions, the words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from offsetcheck.engine.evaluate import evaluate_rule
from offsetcheck.engine.expression import evaluate
from offsetcheck.engine.knowledge import PURCHASE, Facts
from offsetcheck.engine.observe import observed_fields
from offsetcheck.engine.parts import Part, Read, parts_of
from offsetcheck.explain.finding import finding_line
from offsetcheck.explain.sentences import SentenceContext
from offsetcheck.explain.setting import Origin, Setting
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule, BoundRulebook
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.of_rule import APPLIES_WHEN, tree_key
from offsetcheck.vocabulary.candidate import Candidate
from offsetcheck.vocabulary.evidence import Fact
from offsetcheck.vocabulary.finding import Finding, Outcome
from offsetcheck.vocabulary.purchase import Purchase
from offsetcheck.vocabulary.rule_trial import (
    ConditionLine,
    PartLine,
    ReadLine,
    RuleTrial,
    StatedLine,
)

TRUTHS = {True: "rule_trial.true", False: "rule_trial.false", None: "rule_trial.unknown"}


def explain_trial(
    bound: BoundRulebook,
    rule: BoundRule,
    candidate: Candidate,
    purchase: Purchase,
    language: str,
) -> RuleTrial:
    """Return what a rule comes to on a candidate and a purchase; `rule` reads what is given.

    Facts of a portfolio's or purchase's rule stand on the candidate, as in examples.
    """
    bound = replace(bound, rules={**bound.rules, rule.id: rule})
    wording = Wording(bound, language)
    setting = Setting(bound, purchase, wording, Origin())
    observed = observed_fields(bound)[rule.id]
    finding = evaluate_rule(rule, candidate, bound.as_of, purchase, observed)
    context = SentenceContext.of(setting, candidate, [finding])
    facts = Facts(candidate, purchase, bound.as_of, rule.at_least, rule.screening_days)
    line = finding_line(finding, rule, context, frozenset())
    low, high = finding.lower, finding.upper
    is_open = low is not None and high is not None and low != high
    return RuleTrial(
        language=language,
        city=wording.city(),
        as_of=bound.as_of.isoformat(),
        rule=rule.id,
        code=rule.code,
        title=line.title,
        outcome=finding.outcome.value,
        outcome_words=line.status_words,
        points=None if is_open else low,
        bounds=(low, high) if is_open and low is not None and high is not None else None,
        stated=tuple(stated_lines(candidate.facts, "", wording))
        + tuple(stated_lines(purchase.facts, PURCHASE, wording)),
        conditions=tuple(_conditions(rule, facts, wording)),
        ask=_ask(finding, rule, context),
        finding=line,
    )


def stated_lines(facts: Mapping[str, Fact], scope: str, wording: Wording) -> Iterator[StatedLine]:
    """Yield what is stated, each value in words; `scope` leads the names of a purchase's fields."""
    for name, fact in facts.items():
        values = fact.possible or ((fact.value,) if fact.value is not None else ())
        words = " / ".join(wording.value(f"{scope}{name}", value) for value in values)
        yield StatedLine(field=f"{scope}{name}", value=words, grade=fact.grade.name)


def _ask(finding: Finding, rule: BoundRule, context: SentenceContext) -> str | None:
    """Return what a bidder is asked, where something is open."""
    said = context.wording.says(rule)[0].ask
    if said is None or finding.outcome is not Outcome.UNKNOWN:
        return None
    return context.sentence_with_gaps(said, rule)


def _conditions(rule: BoundRule, facts: Facts, wording: Wording) -> Iterator[ConditionLine]:
    """Yield each expression in the order in which it is asked."""
    reached = True
    if rule.applies_when is not None:
        yield _condition(APPLIES_WHEN, rule.applies_when, rule, facts, wording, reached=True)
        reached = evaluate(rule.applies_when, facts).value is not False
    for points, node in rule.conditions:
        key = tree_key(points)
        if node is None:
            yield ConditionLine(key=key, expression="otherwise", reached=reached, parts=())
            continue
        yield _condition(key, node, rule, facts, wording, reached=reached)
        reached = reached and evaluate(node, facts).value is not True


def _condition(
    key: str, node: Node, rule: BoundRule, facts: Facts, wording: Wording, *, reached: bool
) -> ConditionLine:
    return ConditionLine(
        key=key,
        expression=" ".join(rule.texts.get(key, "").split()),
        reached=reached,
        parts=tuple(_part(part, wording) for part in parts_of(node, facts)),
    )


def _part(part: Part, wording: Wording) -> PartLine:
    return PartLine(
        depth=part.depth,
        text=part.text,
        truth=part.truth,
        truth_words=wording.word(TRUTHS[part.truth]),
        reads=tuple(_read(read, wording) for read in part.reads),
    )


def _read(read: Read, wording: Wording) -> ReadLine:
    """Return what a part reads as an author writes it: codes and plain numbers, no sentence."""
    if read.value is not None:
        value = _plain(read.value)
        return ReadLine(name=read.name, value=value, cause=None, words=f"{read.name} = {value}")
    cause = read.cause.value if read.cause is not None else "not_stated"
    why = wording.word(f"cause.{cause}")
    if read.possible:
        why = f"{why}: {', '.join(map(_plain, read.possible))}"
    words = wording.word("rule_trial.no_value", name=read.name, why=why)
    return ReadLine(name=read.name, value=None, cause=cause, words=words)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return f"{value:g}" if isinstance(value, float) else str(value)
