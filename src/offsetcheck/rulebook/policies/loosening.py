"""What a city loosens needs a reason, and what is law cannot be loosened (docs/rules.md)."""

from collections.abc import Iterable, Sequence

from offsetcheck.rulebook.fields.values import fits
from offsetcheck.rulebook.policies.changes import EffectiveRule, apply_change, as_written
from offsetcheck.rulebook.policies.known import REASON, Declared, Known, find_parameter
from offsetcheck.rulebook.policies.layers import Layer, beginnings, layer_values, layers_of
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction, RuleChange
from offsetcheck.rulebook.rules.model import LoadedRule
from offsetcheck.rulebook.rules.parameters import is_tighter
from offsetcheck.vocabulary.forms.document import Steps
from offsetcheck.vocabulary.forms.problems import FileProblems

STRICTER_EFFECTS = ("note", "cap", "gate")
STRICTER_WORDS = ("screen", "hold")
STRICTER_GRADES = ("E0", "E4", "E3", "E2", "E1")


def check_loosening(city: CityFile, file: FileProblems, known: Known) -> None:
    """Check the city as the last layer; jurisdictions state law and need no reason of their own."""
    layers = layers_of(city, known.jurisdictions)
    for full in city.parameters:
        found = find_parameter(full, known)
        if found is not None:
            _check_value(found, layers, file)
    _check_screening(city, layers[:-1], file, known)
    for index, change in enumerate(city.change):
        rule = known.rules.get(change.rule)
        if rule is not None and change.reason is None:
            before = _before(rule, layers, city.change[:index])
            what = loosened(before, apply_change(before, change, city.id, {}), change)
            if what is not None:
                steps: Steps = ("change", index)
                file.at_value(steps, f"{what} needs a reason", REASON)


def _check_screening(
    city: CityFile, beneath: Sequence[Layer], file: FileProblems, known: Known
) -> None:
    """Check that the city gives a reason where a search counts for longer than beneath."""
    guide = known.guide.screening if known.guide is not None else None
    terms = [guide.holds_days] if guide is not None else []
    terms += [layer.screening.holds_days for layer in beneath if layer.screening is not None]
    own = city.screening
    if own is not None and terms and own.reason is None and own.holds_days > terms[-1]:
        message = f"a search that counts for more than {terms[-1]} days needs a reason"
        file.at_value(("screening", "holds_days"), message, REASON)


def _before(
    rule: LoadedRule, layers: Sequence[Layer], earlier: Sequence[RuleChange]
) -> EffectiveRule:
    """Return a rule's keys as a change of the city finds them."""
    effective = as_written(rule)
    for layer in layers:
        for change in earlier if layer.is_city else layer.change:
            if change.rule == rule.file.id:
                effective = apply_change(effective, change, layer.id, {})
    return effective


def check_law(
    own: Jurisdiction, cities: Iterable[CityFile], file: FileProblems, known: Known
) -> None:
    """Check that a jurisdiction of a city's own does not loosen the law of those before it."""
    for city in cities:
        if own.id not in city.jurisdictions:
            continue
        layers = layers_of(city, known.jurisdictions)
        ids = [layer.id for layer in layers]
        for full in own.parameters:
            found = find_parameter(full, known)
            if found is not None:
                _check_value(found, layers[: ids.index(own.id) + 1], file)


def _check_value(declared: Declared, layers: Sequence[Layer], file: FileProblems) -> None:
    """Compare the city's value with the one beneath it on every day on which either begins."""
    full = declared.full
    for day in beginnings(declared.parameter, declared.full, layers):
        found = layer_values(declared.parameter, full, layers, day)
        if len(found) < 2 or found[-1].layer != layers[-1].id:  # noqa: PLR2004 - own and beneath
            continue
        own, beneath = found[-1], found[-2]
        if declared.type is not None and not all(
            fits(one.value, declared.type) for one in (own, beneath)
        ):
            return
        law = next((value for value in reversed(found[:-1]) if value.is_law), None)
        side = declared.parameter.tighter
        steps: Steps = ("parameters", full)
        if law is not None and not is_tighter(own.value, law.value, side):
            message = f"`{full}` is set by law in `{law.layer}` and cannot be loosened"
            file.at_key(steps, message, f"the law says {law.value}")
            return
        if (
            layers[-1].is_city
            and own.reason is None
            and not is_tighter(own.value, beneath.value, side)
        ):
            message = f"`{full}` is not on its tighter side and needs a reason"
            file.at_key(steps, message, REASON)
            return


def loosened(before: EffectiveRule, after: EffectiveRule, change: RuleChange) -> str | None:
    """Return what a change does that is not stricter, in words; None where all of it is."""
    if change.leave_out:
        return "leaving the rule out"
    if change.levels is not None:
        return "changing the levels"
    if change.applies_when is not None:
        return "changing when the rule applies"
    if change.weight is not None:
        return "changing the weight"
    if change.limit is not None:
        return "changing the limit"
    if change.effect is not None and not _rises(before.effect, after.effect, STRICTER_EFFECTS):
        return f"turning {before.effect} into {after.effect}"
    if change.if_unknown is not None and not _rises(
        before.if_unknown, after.if_unknown, STRICTER_WORDS
    ):
        return f"turning {before.if_unknown} into {after.if_unknown}"
    return _evidence(before, after) or _cap(before, after, change)


def _rises(before: str, after: str, order: tuple[str, ...]) -> bool:
    """Whether a word is the same as another or stands above it in an order that has both."""
    if before == after:
        return True
    known = before in order and after in order
    return known and order.index(after) > order.index(before)


def _evidence(before: EffectiveRule, after: EffectiveRule) -> str | None:
    old, new = before.evidence.at_least or "E0", after.evidence.at_least or "E0"
    if _rises(old, new, STRICTER_GRADES):
        return None
    return "asking for weaker evidence"


def _cap(before: EffectiveRule, after: EffectiveRule, change: RuleChange) -> str | None:
    if change.cap is None or before.cap is None or after.cap is None:
        return None
    return "raising the cap" if after.cap > before.cap else None
