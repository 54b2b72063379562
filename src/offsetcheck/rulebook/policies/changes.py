"""What layers do to a rule: its keys after all changes, and each change for the report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from offsetcheck.rulebook.binding.bound import Change, IfUnknown
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.policies.layers import Layer
from offsetcheck.rulebook.policies.model import RuleChange
from offsetcheck.rulebook.rulebook import OTHERWISE, LoadedRule, rule_texts
from offsetcheck.rulebook.rules.model import EvidenceRule

Levels = tuple[tuple[int, str], ...]
DEFAULT_UNKNOWN = {"gate": "hold", "review": "hold", "score": "worst", "cap": "worst"}


@dataclass(frozen=True, slots=True)
class Shaped:
    """The keys of a rule that layers can change."""

    effect: str
    if_unknown: str
    cap: int | None
    limit: str | None
    weight: int
    applies_when: str | None
    levels: Levels
    evidence: EvidenceRule
    trees: Mapping[str, Node]
    left_out: bool = False
    changes: tuple[Change, ...] = ()


def shape(
    rule: LoadedRule, layers: Iterable[Layer], trees: Mapping[tuple[str, str], Mapping[str, Node]]
) -> Shaped:
    """Return a rule's keys after the changes of all layers in order."""
    shaped = as_written(rule)
    for layer in layers:
        for change in layer.change:
            if change.rule == rule.file.id:
                shaped = apply(shaped, change, layer.id, trees.get((layer.id, change.rule), {}))
    return shaped


def as_written(rule: LoadedRule) -> Shaped:
    """Return the keys of a rule as its file says."""
    file = rule.file
    return Shaped(
        effect=file.effect,
        if_unknown=file.if_unknown or DEFAULT_UNKNOWN.get(file.effect, "hold"),
        cap=file.cap,
        limit=file.limit,
        weight=file.weight or 1,
        applies_when=file.applies_when,
        levels=file.points,
        evidence=file.evidence,
        trees=rule.trees,
    )


def apply(shaped: Shaped, change: RuleChange, layer: str, trees: Mapping[str, Node]) -> Shaped:
    """Return the keys after one change, with the change noted in words."""
    given = {
        key: getattr(change, key)
        for key in ("effect", "if_unknown", "cap", "limit", "weight", "applies_when")
        if getattr(change, key) is not None
    }
    after = replace(shaped, **given, trees={**shaped.trees, **trees})
    if change.effect is not None and change.if_unknown is None:
        after = replace(after, if_unknown=_unknown_word(after))
    if change.levels is not None:
        kept = {key: tree for key, tree in after.trees.items() if not key.startswith("levels.")}
        own = {key: tree for key, tree in trees.items() if key.startswith("levels.")}
        points = tuple((int(level), text) for level, text in change.levels.items())
        after = replace(after, levels=points, trees=kept | own)
    if change.evidence is not None:
        after = replace(after, evidence=_evidence(shaped.evidence, change.evidence))
    noted = tuple(Change(layer, what, change.reason) for what in described(shaped, change))
    return replace(
        after, left_out=shaped.left_out or change.leave_out, changes=shaped.changes + noted
    )


def _unknown_word(shaped: Shaped) -> str:
    """Keep the word for unknown where the new effect knows it, else take that effect's own."""
    fallback = DEFAULT_UNKNOWN.get(shaped.effect, "hold")
    holding = shaped.effect in {"gate", "review"}
    keeps = shaped.if_unknown in ({IfUnknown.HOLD, IfUnknown.SCREEN} if holding else set())
    return shaped.if_unknown if keeps else fallback


def _evidence(before: EvidenceRule, change: EvidenceRule) -> EvidenceRule:
    named = change.model_fields_set
    return EvidenceRule(
        at_least=change.at_least if "at_least" in named else before.at_least,
        documents=change.documents if "documents" in named else before.documents,
    )


def described(before: Shaped, change: RuleChange) -> tuple[str, ...]:
    """Return each thing that a change does, in words: what it was and what it is."""
    if change.leave_out:
        return ("left out",)
    words = []
    for key in ("effect", "if_unknown", "cap", "limit", "weight", "applies_when"):
        new = getattr(change, key)
        if new is not None:
            words.append(f"{key}: {getattr(before, key) or 'none'} → {new}")
    if change.levels is not None:
        words.append(f"levels: {_levels(before.levels)} → {_levels(change.levels.items())}")
    if change.evidence is not None:
        old, new = before.evidence.at_least or "none", change.evidence.at_least or "none"
        words.append(f"evidence at least: {old} → {new}")
    return tuple(words)


def _levels(levels: Iterable[tuple[object, str]]) -> str:
    return "; ".join(f"{points}: {' '.join(text.split())}" for points, text in levels)


def shaped_texts(shaped: Shaped, requires: str | None) -> dict[str, str]:
    """Return the expressions in force as written, by key."""
    levels = {str(points): text for points, text in shaped.levels}
    texts = rule_texts(shaped.applies_when, requires, levels)
    found = {key: text.strip() for key, _, text in texts}
    last = [n for n, text in levels.items() if text.strip() == OTHERWISE]
    return found | {f"levels.{n}": OTHERWISE for n in last}
