"""How each profile has a rule where it is not as the guide has it: adopted, left out, changed."""

from collections.abc import Iterator

from offsetcheck.explain.changes import change_line, change_lines
from offsetcheck.explain.wording import Wording
from offsetcheck.rulebook.binding.bound import BoundParameter, BoundRule
from offsetcheck.rulebook.policies.changes import apply_change, as_written
from offsetcheck.rulebook.policies.layers import GUIDE, layers_of
from offsetcheck.rulebook.policies.loosening import loosened
from offsetcheck.vocabulary.explained import ChangeLine
from offsetcheck.vocabulary.site_explanation import StanceLine
from offsetcheck.workshop.site.scope import Scope
from offsetcheck.workshop.site.values import LOOSER, OTHER, SAME, TIGHTER, compared

ADOPTS, LEFT_OUT = "adopts", "left_out"


def stance_lines(scope: Scope, rule: BoundRule) -> tuple[StanceLine, ...]:
    """Return the profiles that adopt a rule, leave it out or change it, by name."""
    found = (_stance(scope, rule, profile) for profile in scope.profiles)
    return tuple(line for line in found if line is not None)


def _stance(scope: Scope, rule: BoundRule, profile: str) -> StanceLine | None:
    bound, wording = scope.bound[profile], scope.wordings[profile]
    own = bound.rules.get(rule.id)
    if own is None:
        left = tuple(
            change_line(change, None, wording)
            for change in bound.city.left_out
            if change.name == rule.id
        )
        return _line(scope, profile, LEFT_OUT, left) if left else None
    changes = (*change_lines(own, wording), *_unreasoned(own, wording))
    stance = _direction(scope, rule, own, profile)
    if stance is None:
        adopted = any(change.kind == "adopted" for change in own.changes)
        stance = ADOPTS if adopted else OTHER if changes else None
    return _line(scope, profile, stance, changes) if stance else None


def _line(scope: Scope, profile: str, stance: str, changes: tuple[ChangeLine, ...]) -> StanceLine:
    title = scope.profile_named(profile).title
    return StanceLine(profile=profile, title=title, stance=stance, changes=changes)


def _unreasoned(rule: BoundRule, wording: Wording) -> Iterator[ChangeLine]:
    """Yield the values that a layer set without a word: those that are tighter need no reason."""
    told = {change.name for change in rule.changes if change.kind == "value"}
    for name, parameter in rule.parameters.items():
        if parameter.layer != GUIDE and parameter.value is not None and name not in told:
            words = wording.word(
                "change.value_set",
                layer=wording.layer(parameter.layer),
                name=wording.parameter_title(parameter, rule),
                after=wording.parameter(parameter, rule),
            )
            yield ChangeLine(layer=parameter.layer, what=name, reason=None, words=words)


def _direction(scope: Scope, rule: BoundRule, own: BoundRule, profile: str) -> str | None:
    """Return whether a rule is tighter or looser than the guide's: looser where any part is."""
    parts = {
        _of_value(rule, name, parameter)
        for name, parameter in own.parameters.items()
        if parameter.layer != GUIDE
    }
    parts |= set(_of_changes(scope, rule, profile))
    return next((word for word in (LOOSER, TIGHTER, OTHER) if word in parts), None)


def _of_value(rule: BoundRule, name: str, parameter: BoundParameter) -> str:
    before = rule.parameters[name].value
    return SAME if parameter.value is None else compared(parameter.value, before, parameter.tighter)


def _of_changes(scope: Scope, rule: BoundRule, profile: str) -> Iterator[str]:
    loaded = scope.rulebook.rules[rule.id]
    before = as_written(loaded)
    for layer in layers_of(scope.rulebook.cities[profile], scope.rulebook.jurisdictions):
        for change in layer.change:
            if change.rule == rule.id:
                after = apply_change(before, change, layer.id, {})
                yield TIGHTER if loosened(before, after, change) is None else LOOSER
                before = after
