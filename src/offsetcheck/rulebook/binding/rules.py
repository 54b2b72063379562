"""One rule for one city on one day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from offsetcheck.rulebook.binding.bound import (
    BoundParameter,
    BoundRule,
    IfUnknown,
    LayerChange,
    Says,
    Source,
)
from offsetcheck.rulebook.binding.nodes import Binder
from offsetcheck.rulebook.expression.nodes import Constant, Node
from offsetcheck.rulebook.expression.of_rule import APPLIES_WHEN, tree_key, written
from offsetcheck.rulebook.expression.walk import inputs_of, parameters_of
from offsetcheck.rulebook.fields.values import typed_value
from offsetcheck.rulebook.policies.changes import EffectiveRule
from offsetcheck.rulebook.policies.layers import GUIDE, Layer, layer_values
from offsetcheck.rulebook.policies.model import CityFile
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.model import (
    RuleFile,
    SharedParameter,
    SourceEntry,
    full_name,
)
from offsetcheck.vocabulary.assessment import ClaimLimit
from offsetcheck.vocabulary.dictionary import Dictionary, Subject
from offsetcheck.vocabulary.evidence import Cause, EvidenceGrade, Value
from offsetcheck.vocabulary.finding import Effect


def in_force(rulebook: Rulebook, day: date) -> Iterator[LoadedRule]:
    """Yield the rules that apply on a day, by dimension in report order, then by id."""
    order = {name: place for place, name in enumerate(rulebook.guide.dimensions)}

    def place(rule: LoadedRule) -> tuple[int, str]:
        return order.get(rule.file.dimension, len(order)), rule.file.id

    for rule in sorted(rulebook.rules.values(), key=place):
        effective = rule.file.effective
        if effective.since <= day and (effective.until is None or day < effective.until):
            yield rule


def bound_rule(
    rule: LoadedRule,
    effective: EffectiveRule,
    *,
    city: CityFile | None,
    layers: tuple[Layer, ...],
    binder: Binder,
    day: date,
) -> BoundRule:
    """Return a rule with its parameters resolved and its trees bound."""
    file, rule = rule.file, _with_shared(rule, effective, binder.shared)
    parameters = {name: _parameter(rule, name, city, layers, day) for name in rule.parameters}
    constants = {f"${name}": _constant(parameter) for name, parameter in parameters.items()}

    def bound(key: str) -> Node | None:
        tree = effective.trees.get(key)
        return None if tree is None else binder.bind(tree, constants)

    subject = Subject(file.subject)
    applies_when = bound(APPLIES_WHEN)
    conditions = tuple(
        (None if level is None else int(level), bound(tree_key(level)))
        for level, _ in effective.conditions
    )
    return BoundRule(
        id=file.id,
        code=file.code,
        title=file.title,
        subject=subject,
        dimension=file.dimension,
        draft=file.status == "draft",
        effect=Effect(effective.effect),
        if_unknown=IfUnknown(effective.if_unknown),
        applies_when=applies_when,
        conditions=conditions,
        weight=effective.weight,
        cap=effective.cap,
        limit=ClaimLimit(effective.limit) if effective.limit else None,
        critical=file.critical,
        route=file.route,
        heard=_heard(applies_when, subject, binder.dictionary),
        for_identity=file.for_identity,
        declare=file.declare and effective.effect == Effect.GATE,
        at_least=EvidenceGrade[effective.evidence.at_least]
        if effective.evidence.at_least
        else None,
        documents=effective.evidence.documents,
        curable=file.curable,
        why=file.why,
        sources=tuple(map(source, file.sources)),
        parameters=parameters,
        says=_says(file),
        condition=file.condition or {},
        changes=(*_adopted(file, layers), *effective.changes, *_reasoned(rule, layers, day)),
        inputs=inputs_of(applies_when, *(node for _, node in conditions)),
        texts={
            e.key: e.text.strip() for e in written(effective.applies_when, effective.conditions)
        },
        typical=binder.typical(file.id) if effective.if_unknown == IfUnknown.TYPICAL else {},
    )


def _with_shared(
    rule: LoadedRule, effective: EffectiveRule, shared: Mapping[str, SharedParameter]
) -> LoadedRule:
    """Return a rule that has the shared parameters too which only a layer's change names."""
    named = parameters_of(*effective.trees.values())
    further = [one for name, one in shared.items() if f"${name}" in named]
    further = [one for one in further if one.name not in rule.shared]
    if not further:
        return rule
    return replace(
        rule,
        shared={**rule.shared, **{one.name: one.parameter for one in further}},
        types={**rule.types, **{one.name: one.type for one in further}},
    )


def _heard(applies_when: Node | None, subject: Subject, dictionary: Dictionary) -> tuple[str, ...]:
    """Return the fields that identify an offer, where whether the rule applies reads one."""
    if subject is not Subject.CANDIDATE:
        return ()
    identity = tuple(name for name, field in dictionary.candidate.items() if field.identity)
    return identity if set(identity) & set(inputs_of(applies_when)) else ()


def source(entry: SourceEntry) -> Source:
    """Return a source as the engine and the reports read it."""
    return Source(entry.standing, entry.guide, entry.clause, entry.note, entry.status)


def _says(file: RuleFile) -> Mapping[str, Says]:
    return {
        language: Says(entry.requires, entry.found, entry.ask, entry.fails)
        for language, entry in file.says.items()
    }


def _parameter(
    rule: LoadedRule, name: str, city: CityFile | None, layers: tuple[Layer, ...], day: date
) -> BoundParameter:
    """Return the value of the last layer that has one in force on the day."""
    written, kind = rule.parameters[name], rule.types[name]
    full = full_name(rule.file.id, name)
    found = layer_values(written, full, layers, day)
    last = found[-1] if found else None
    listed = city is not None and full in city.undecided
    return BoundParameter(
        name=name,
        value=typed_value(last.value, kind) if last else None,
        type=kind,
        unit=written.unit,
        tighter=written.tighter,
        layer=last.layer if last else GUIDE,
        since=last.since if last else None,
        source=source(last.source) if last and last.source else None,
        origin=last.origin if last else None,
        undecided=last is None or (listed and last.layer == GUIDE),
        title=written.title,
    )


def _adopted(file: RuleFile, layers: tuple[Layer, ...]) -> Iterator[LayerChange]:
    """Yield each layer that puts an optional rule in force."""
    if file.is_optional:
        yield from (
            LayerChange(layer.id, "adopted", kind="adopted")
            for layer in layers
            if file.id in layer.adopts
        )


def _reasoned(rule: LoadedRule, layers: tuple[Layer, ...], day: date) -> Iterator[LayerChange]:
    """Yield each value that a layer set with a reason: what was beneath it, what it is, and why."""
    for name, parameter in rule.parameters.items():
        beneath: Value | None = None
        for own in layer_values(parameter, full_name(rule.file.id, name), layers, day):
            if own.reason is not None:
                what = f"{name}: {_shown(beneath)} → {_shown(own.value)}"
                change = LayerChange(own.layer, what, own.reason, "value", name)
                yield replace(change, before=beneath, after=own.value)
            beneath = own.value


def _shown(value: Value | None) -> str:
    if value is None:
        return "none"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _constant(parameter: BoundParameter) -> Constant:
    cause = Cause.CITY_UNDECIDED if parameter.value is None else None
    return Constant(parameter.value, parameter.type, f"${parameter.name}", cause)
