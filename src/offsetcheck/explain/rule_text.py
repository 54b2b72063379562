"""What a report says of a rule whatever the candidate: made once for each rule and language."""

from dataclasses import dataclass

from offsetcheck.explain.changes import change_lines
from offsetcheck.explain.setting import Setting
from offsetcheck.explain.sources import parameter_line, source_line
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule, Says
from offsetcheck.rulebook.expression.nodes import Lookup
from offsetcheck.rulebook.expression.walk import walk
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.explained import ChangeLine, ParameterLine, SourceLine
from offsetcheck.vocabulary.finding import Effect


@dataclass(frozen=True, slots=True)
class RuleText:
    """Sentences, sources and values of one rule, and the reference tables that it asks."""

    says: Says
    translated: bool
    dimension_title: str
    effect_words: str
    consequence: str | None
    why: str
    at_least: str | None
    documents: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    parameters: tuple[ParameterLine, ...]
    changes: tuple[ChangeLine, ...]
    lookups: tuple[Lookup, ...]


def rule_text(rule: BoundRule, setting: Setting) -> RuleText:
    """Return what is said of a rule, remembered by the setting."""
    known = setting.rule_texts.get(rule.id)
    if not isinstance(known, RuleText):
        known = setting.rule_texts[rule.id] = made_rule_text(rule, setting.wording)
    return known


def made_rule_text(rule: BoundRule, wording: Wording) -> RuleText:
    """Return what is said of a rule in the words of a wording."""
    says, translated = wording.says(rule)
    return RuleText(
        says=says,
        translated=translated,
        dimension_title=wording.dimension(rule.dimension),
        effect_words=wording.word(f"effect.{rule.effect.value}"),
        consequence=None if rule.draft else _consequence(rule, wording),
        why=" ".join(wording.why(rule).split()),
        at_least=wording.grade(rule.at_least) if rule.at_least else None,
        documents=tuple(wording.document(kind) for kind in rule.documents),
        sources=tuple(source_line(source, wording) for source in rule.sources),
        parameters=tuple(parameter_line(p, rule, wording) for p in rule.parameters.values()),
        changes=change_lines(rule, wording),
        lookups=_lookups(rule),
    )


def _lookups(rule: BoundRule) -> tuple[Lookup, ...]:
    found = {
        node.name: node
        for expression in rule.expressions()
        for node in walk(expression)
        if isinstance(node, Lookup)
    }
    return tuple(found.values())


def _consequence(rule: BoundRule, wording: Wording) -> str | None:
    if rule.effect is Effect.SCORE:
        key = "consequence.critical" if rule.critical else "consequence.score"
        return wording.word(key, weight=rule.weight)
    if rule.effect is Effect.CAP:
        key = "consequence.scale_cap" if rule.is_scale else "consequence.cap"
        return wording.word(key, cap=rule.cap)
    if rule.effect is Effect.CLAIM_LIMIT:
        return _claim_consequence(rule, wording)
    if rule.effect is Effect.GATE and rule.subject is Subject.PURCHASE:
        return None
    if rule.effect in (Effect.GATE, Effect.REVIEW):
        return wording.word(f"consequence.{rule.effect.value}")
    return None


def _claim_consequence(rule: BoundRule, wording: Wording) -> str:
    if rule.limit is ClaimLimit.NOT_PERMANENT:
        return wording.word("consequence.not_permanent")
    limit = wording.word(f"claim.{rule.limit.value}") if rule.limit else ""
    return wording.word("consequence.claim_limit", limit=limit)
