"""How a jurisdiction or the city changed a rule, in words: what there is now, and why."""

from collections.abc import Iterable
from dataclasses import replace

from offsetcheck.explain.quantity import NOWHERE
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundRule, LayerChange
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.evidence import EvidenceGrade, Value
from offsetcheck.vocabulary.explained import ChangeLine

VALUES_NAMED = 5


def change_lines(rule: BoundRule, wording: Wording) -> tuple[ChangeLine, ...]:
    """Return how layers changed a rule."""
    return tuple(change_line(change, rule, wording) for change in rule.changes)


def titled_change_lines(rules: Iterable[BoundRule], wording: Wording) -> tuple[ChangeLine, ...]:
    """Return how layers changed each of several rules, with its title before."""
    return tuple(
        _titled(line, rule, wording) for rule in rules for line in change_lines(rule, wording)
    )


def left_out_lines(wording: Wording) -> tuple[ChangeLine, ...]:
    """Return the rules that a layer left out, and why."""
    return tuple(change_line(change, None, wording) for change in wording.bound.city.left_out)


def change_line(change: LayerChange, rule: BoundRule | None, wording: Wording) -> ChangeLine:
    """Return what a layer changed, and why; without a rule, which one it left out."""
    reason = wording.note(change.reason) if change.reason else None
    words = _words(change, rule, wording)
    if reason:
        words = wording.word("change.because", words=words, reason=reason.rstrip("."))
    return ChangeLine(layer=change.layer, what=change.what, reason=reason, words=words)


def _titled(line: ChangeLine, rule: BoundRule, wording: Wording) -> ChangeLine:
    title = wording.rule_title(rule).rstrip(".")
    words = wording.word("change.of_rule", title=title, words=line.words)
    return line.model_copy(update={"what": f"{rule.id}: {line.what}", "words": words})


def _words(change: LayerChange, rule: BoundRule | None, wording: Wording) -> str:
    layer = wording.layer(change.layer)
    if rule is None or change.kind == "left_out":
        title = wording.title_of(change.name, str(change.after or change.name)).rstrip(".")
        return wording.word("change.left_out", layer=layer, title=title)
    if change.kind == "value":
        return _value(change, rule, layer, wording)
    before, after = (_said(change.kind, value, wording) for value in (change.before, change.after))
    return wording.word(f"change.{change.kind}", layer=layer, before=before, after=after)


def _value(change: LayerChange, rule: BoundRule, layer: str, wording: Wording) -> str:
    """Return which value a layer set, and what it was where anybody had set one before."""
    parameter = rule.parameters[change.name]
    name = wording.parameter_title(parameter, rule)
    after, before = (
        wording.parameter(replace(parameter, value=value), rule, VALUES_NAMED)
        for value in (change.after, change.before)
    )
    named = change.before if isinstance(change.before, tuple) else (change.before,)
    if before is None or NOWHERE & set(map(str, named)):
        return wording.word("change.value_set", layer=layer, name=name, after=after)
    return wording.word("change.value", layer=layer, name=name, before=before, after=after)


def _said(kind: str, value: Value | None, wording: Wording) -> str:
    """Return what stands under a key of a rule, in the words of its closed list."""
    if value is None:
        return wording.word("list.none")
    match kind:
        case "effect":
            return wording.word(f"effect.{value}")
        case "if_unknown":
            return wording.word(f"if_unknown.{value}")
        case "limit" if value == ClaimLimit.NOT_PERMANENT:
            return wording.word("change.not_permanent")
        case "limit":
            return wording.word(f"claim.{value}")
        case "evidence":
            return wording.grade(EvidenceGrade[str(value)])
    return wording.bare(value)
