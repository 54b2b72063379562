"""What cities and jurisdictions are checked against."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.files.guide import GuideFile
from offsetcheck.rulebook.policies.model import Jurisdiction
from offsetcheck.rulebook.rules.model import (
    SHARED,
    LoadedRule,
    Parameter,
    SharedParameter,
    full_name,
)
from offsetcheck.rulebook.rules.shared import fields_beside
from offsetcheck.vocabulary.dictionary import FieldType, Subject

REASON = "add `reason: …`; every report prints it"


@dataclass(frozen=True, slots=True)
class Known:
    """What policies are checked against.

    `broken` are the rules and shared parameters whose files are wrong, `city_types` the types of
    what cities state.
    """

    rules: Mapping[str, LoadedRule]
    broken: frozenset[str]
    names: Mapping[Subject, Names]
    guide: GuideFile | None
    guides: Mapping[str, Guide]
    jurisdictions: Mapping[str, Jurisdiction]
    city_types: Mapping[str, FieldType]
    shared: Mapping[str, SharedParameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Declared:
    """A parameter as layers name it, with the rules that read it.

    `type` is None where its values contradict each other, `beside` the fields with codes that
    rules put it beside.
    """

    full: str
    parameter: Parameter
    type: FieldType | None
    rules: tuple[LoadedRule, ...]
    beside: tuple[Name, ...]


def find_parameter(full: str, known: Known) -> Declared | None:
    """Return the parameter of `rule.parameter` or `shared.parameter`, None where there is none."""
    if full in known.shared:
        return _shared(known.shared[full], known)
    rule_id, _, name = full.rpartition(".")
    rule = known.rules.get(rule_id)
    if rule is None or name not in rule.file.parameters:
        return None
    beside = rule.closed.get(f"${name}")
    return Declared(
        full,
        rule.file.parameters[name],
        rule.types.get(name),
        (rule,),
        () if beside is None else (beside,),
    )


def _shared(one: SharedParameter, known: Known) -> Declared:
    rules = tuple(rule for rule in known.rules.values() if one.name in rule.shared)
    return Declared(one.name, one.parameter, one.type, rules, fields_beside(one.name, rules))


def is_broken(full: str, known: Known) -> bool:
    """Whether the file in which a parameter would stand is wrong: that is told there."""
    return full in known.broken or full.rpartition(".")[0] in known.broken


def hint_for(full: str, known: Known) -> str | None:
    """Return what an unknown parameter may be called: one that rules share, or the nearest."""
    shared = f"{SHARED}{full.rpartition('.')[2]}"
    if shared in known.shared:
        return f"it is shared by several rules: write `{shared}`"
    return did_you_mean(full, all_parameters(known))


def all_parameters(known: Known) -> list[str]:
    """Return every parameter as layers name it."""
    rules = known.rules.values()
    own = [full_name(rule.file.id, name) for rule in rules for name in rule.file.parameters]
    return [*own, *known.shared]
