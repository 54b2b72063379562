"""What layers do to a rule: its keys after all changes, and each change for the report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from offsetcheck.rulebook.binding.bound import IfUnknown, LayerChange
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.of_rule import Conditions, conditions_of
from offsetcheck.rulebook.policies.layers import Layer
from offsetcheck.rulebook.policies.model import RuleChange
from offsetcheck.rulebook.rules.model import EvidenceRule, LoadedRule
from offsetcheck.vocabulary.evidence import Value

DEFAULT_UNKNOWN = {"gate": "hold", "review": "hold", "score": "worst", "cap": "worst"}


@dataclass(frozen=True, slots=True)
class EffectiveRule:
    """The keys of a rule that layers can change."""

    effect: str
    if_unknown: str
    cap: int | None
    limit: str | None
    weight: int
    applies_when: str | None
    conditions: Conditions
    evidence: EvidenceRule
    trees: Mapping[str, Node]
    left_out: bool = False
    changes: tuple[LayerChange, ...] = ()


def apply_layers(
    rule: LoadedRule, layers: Iterable[Layer], trees: Mapping[tuple[str, str], Mapping[str, Node]]
) -> EffectiveRule:
    """Return a rule's keys after the changes of all layers in order."""
    effective = as_written(rule)
    for layer in layers:
        for change in layer.change:
            if change.rule == rule.file.id:
                effective = apply_change(
                    effective, change, layer.id, trees.get((layer.id, change.rule), {})
                )
    return effective


def as_written(rule: LoadedRule) -> EffectiveRule:
    """Return the keys of a rule as its file says."""
    file = rule.file
    return EffectiveRule(
        effect=file.effect,
        if_unknown=file.if_unknown or DEFAULT_UNKNOWN.get(file.effect, "hold"),
        cap=file.cap,
        limit=file.limit,
        weight=file.weight or 1,
        applies_when=file.applies_when,
        conditions=file.conditions,
        evidence=file.evidence,
        trees=rule.trees,
    )


def apply_change(
    effective: EffectiveRule, change: RuleChange, layer: str, trees: Mapping[str, Node]
) -> EffectiveRule:
    """Return the keys after one change, with the change noted in words."""
    given = {
        key: getattr(change, key)
        for key in ("effect", "if_unknown", "cap", "limit", "weight", "applies_when")
        if getattr(change, key) is not None
    }
    after = replace(effective, **given, trees={**effective.trees, **trees})
    if change.effect is not None and change.if_unknown is None:
        after = replace(after, if_unknown=_unknown_word(after))
    if change.levels is not None:
        kept = {key: tree for key, tree in after.trees.items() if not key.startswith("levels.")}
        own = {key: tree for key, tree in trees.items() if key.startswith("levels.")}
        after = replace(after, conditions=conditions_of(None, change.levels), trees=kept | own)
    if change.evidence is not None:
        after = replace(after, evidence=_evidence(effective.evidence, change.evidence))
    noted = tuple(replace(one, layer=layer) for one in described(effective, change))
    return replace(
        after, left_out=effective.left_out or change.leave_out, changes=effective.changes + noted
    )


def _unknown_word(effective: EffectiveRule) -> str:
    """Keep the word for unknown where the new effect knows it, else take that effect's own."""
    fallback = DEFAULT_UNKNOWN.get(effective.effect, "hold")
    holding = effective.effect in {"gate", "review"}
    keeps = effective.if_unknown in ({IfUnknown.HOLD, IfUnknown.SCREEN} if holding else set())
    return effective.if_unknown if keeps else fallback


def _evidence(before: EvidenceRule, change: EvidenceRule) -> EvidenceRule:
    named = change.model_fields_set
    return EvidenceRule(
        at_least=change.at_least if "at_least" in named else before.at_least,
        documents=change.documents if "documents" in named else before.documents,
    )


def described(before: EffectiveRule, change: RuleChange) -> tuple[LayerChange, ...]:
    """Return each thing that a change does: what it was and what it is."""
    if change.leave_out:
        return (LayerChange("", "left out", change.reason, "left_out", change.rule),)
    done: list[tuple[str, Value | None, Value | None]] = []
    for key in ("effect", "if_unknown", "cap", "limit", "weight", "applies_when"):
        new = getattr(change, key)
        if new is not None:
            done.append((key, getattr(before, key), new))
    if change.levels is not None:
        new_levels = conditions_of(None, change.levels)
        done.append(("levels", _levels(before.conditions), _levels(new_levels)))
    if change.evidence is not None:
        done.append(("evidence", before.evidence.at_least, change.evidence.at_least))
    return tuple(
        LayerChange("", _what(key, old, new), change.reason, key, "", old, new)
        for key, old, new in done
    )


def _what(key: str, old: Value | None, new: Value | None) -> str:
    name = "evidence at least" if key == "evidence" else key
    return f"{name}: {old or 'none'} → {new or 'none'}"


def _levels(conditions: Conditions) -> str:
    levels = ((level, " ".join(text.split())) for level, text in conditions if level is not None)
    return "; ".join(f"{level}: {text}" for level, text in levels)
