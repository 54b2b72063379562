"""Cities and jurisdictions: what they name must exist, what they set must fit."""

from collections.abc import Iterator, Mapping
from datetime import date

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.in_file import Expressions
from offsetcheck.rulebook.expression.names import Name
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.of_rule import conditions_of, written
from offsetcheck.rulebook.files.guide import LOWEST_GRADE
from offsetcheck.rulebook.files.source_checks import check_citation
from offsetcheck.rulebook.policies.known import (
    REASON,
    PolicySurroundings,
    all_parameters,
    find_parameter,
)
from offsetcheck.rulebook.policies.loosening_checks import check_loosening
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction, PolicyParameter, RuleChange
from offsetcheck.rulebook.rules.model import LEGAL_STATUS
from offsetcheck.rulebook.rules.parameters import fits
from offsetcheck.rulebook.rules.reading import check_codes
from offsetcheck.vocabulary.dictionary import Subject
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import Problems

Changes = dict[tuple[str, str], Mapping[str, Node]]


def check_policies(
    cities: Mapping[str, CityFile], around: PolicySurroundings, documents: Mapping[str, Document]
) -> Changes:
    """Check every layer and return the trees of the expressions that layers change."""
    changes: Changes = {}
    for name, jurisdiction in around.jurisdictions.items():
        document = documents[f"jurisdictions/{name}.yaml"]
        _check_layer(name, jurisdiction, document, around, changes)
        _check_status_of_law(jurisdiction, document, around.problems)
    for name, city in cities.items():
        document = documents[f"cities/{name}.yaml"]
        _check_layer(name, city, document, around, changes)
        _check_city(city, document, around)
    for name, city in cities.items():
        check_loosening(city, documents[f"cities/{name}.yaml"], around)
    return changes


def _check_layer(
    name: str,
    policy: CityFile | Jurisdiction,
    document: Document,
    around: PolicySurroundings,
    changes: Changes,
) -> None:
    problems = around.problems
    if policy.id != name:
        message = f"`{policy.id}` is not the name of the file"
        problems.at_value(document, ("id",), message, f"write `{name}`")
    for full, parameter in policy.parameters.items():
        _check_parameter(full, parameter, document, around)
    _check_adopted_also(policy, document, around)
    for index, change in enumerate(policy.change):
        _read_change(
            name, change, document=document, steps=("change", index), around=around, changes=changes
        )
    for index, source in enumerate(policy.sources):
        check_citation(source, around.guides, document, ("sources", index), problems)


def _check_parameter(
    full: str, parameter: PolicyParameter, document: Document, around: PolicySurroundings
) -> None:
    steps: Steps = ("parameters", full)
    found = find_parameter(full, around.rules)
    if found is None:
        if full.rpartition(".")[0] in around.broken:
            return
        hint = did_you_mean(full, all_parameters(around.rules))
        around.problems.at_key(document, steps, f"there is no parameter `{full}`", hint)
        return
    rule, name = found
    check_citation(parameter.source, around.guides, document, (*steps, "source"), around.problems)
    for place, day, value in _values(parameter, steps):
        if name in rule.types and not fits(value, rule.types[name]):
            message = f"this value is not of type {rule.types[name].value}"
            around.problems.at_value(document, place, message)
        elif f"${name}" in rule.closed:
            check_codes(value, rule.closed[f"${name}"], document, place, around.problems)
        entry = parameter.dated[day]
        if entry.source is None and parameter.source is None and entry.origin != "design":
            message = "a value needs a source"
            hint = "cite a guide, or write `source: {standing: design}`"
            around.problems.at_key(document, place[:-1], message, hint)
        if parameter.values:
            check_citation(
                entry.source, around.guides, document, (*place[:-1], "source"), around.problems
            )


def _check_status_of_law(policy: Jurisdiction, document: Document, problems: Problems) -> None:
    """Report each value of a law or scheme that does not say whether it is in force."""
    for full, parameter in policy.parameters.items():
        for place, day, _ in _values(parameter, ("parameters", full)):
            cited = parameter.dated[day].source or parameter.source
            if cited is not None and cited.guide is not None and cited.status is None:
                message = "the source of a jurisdiction's value needs a `status`"
                hint = f"write one of {', '.join(LEGAL_STATUS)}"
                problems.at_key(document, place[:-1], message, hint)


def _values(parameter: PolicyParameter, steps: Steps) -> Iterator[tuple[Steps, date, Value]]:
    """Yield where each value stands, the day it begins, and the value."""
    for day, entry in parameter.dated.items():
        inner: Steps = ("values", day.isoformat()) if parameter.values else ()
        yield (*steps, *inner, "value"), day, entry.value


def _read_change(
    layer: str,
    change: RuleChange,
    *,
    document: Document,
    steps: Steps,
    around: PolicySurroundings,
    changes: Changes,
) -> None:
    """Read the expressions of one change with the names of its rule."""
    rule = around.rules.get(change.rule)
    if rule is None:
        if change.rule in around.broken:
            return
        hint = did_you_mean(change.rule, around.rules)
        message = f"there is no rule `{change.rule}`"
        around.problems.at_value(document, (*steps, "rule"), message, hint)
        return
    if not change.changed:
        around.problems.at_value(
            document, steps, "this changes nothing", "name a key and its value"
        )
    check_citation(change.source, around.guides, document, (*steps, "source"), around.problems)
    parameters = (Name(f"${name}", kind) for name, kind in rule.types.items())
    names = around.names[Subject(rule.file.subject)].with_parameters(parameters)
    read = Expressions(names, document, around.problems)
    for expression in written(change.applies_when, conditions_of(None, change.levels)):
        read.conditions([expression._replace(steps=(*steps, *expression.steps))])
    changes[layer, change.rule] = {**changes.get((layer, change.rule), {}), **read.trees}


def _check_city(city: CityFile, document: Document, around: PolicySurroundings) -> None:
    problems = around.problems
    for index, name in enumerate(city.jurisdictions):
        if name not in around.jurisdictions:
            hint = did_you_mean(name, around.jurisdictions)
            message = f"there is no jurisdiction `{name}`"
            problems.at_value(document, ("jurisdictions", index), message, hint)
    for index, name in enumerate(city.undecided):
        _check_undecided(city, name, index, document, around)
    _check_adopted(city, document, around)
    _check_floor(city, document, around)
    for name, fact in city.facts.items():
        if name not in around.city_types:
            message = f"cities state `{name}` in values of different kinds"
            problems.at_key(document, ("facts", name), message, "use one kind in every city")
        check_citation(fact.source, around.guides, document, ("facts", name, "source"), problems)


def _check_undecided(
    city: CityFile, name: str, index: int, document: Document, around: PolicySurroundings
) -> None:
    steps: Steps = ("undecided", index)
    if name.rpartition(".")[0] in around.broken:
        return
    if find_parameter(name, around.rules) is None:
        hint = did_you_mean(name, all_parameters(around.rules))
        around.problems.at_value(document, steps, f"there is no parameter `{name}`", hint)
    elif name in city.parameters:
        message = f"`{name}` is undecided here and set under `parameters`"
        around.problems.at_value(document, steps, message)


def _check_adopted(city: CityFile, document: Document, around: PolicySurroundings) -> None:
    if city.adopted is None:
        return
    for index, name in enumerate(city.adopt):
        if name not in around.rules and name not in around.broken:
            hint = did_you_mean(str(name), around.rules)
            message = f"there is no rule `{name}`"
            around.problems.at_value(document, ("adopt", index), message, hint)
    asked = {name for name, rule in around.rules.items() if not rule.file.is_optional}
    if asked - city.adopted and city.adopt_reason is None:
        message = "leaving rules out needs a reason"
        hint = "add `adopt_reason: …`; every report prints it"
        around.problems.at_key(document, ("adopt",), message, hint)


def _check_adopted_also(
    policy: CityFile | Jurisdiction, document: Document, around: PolicySurroundings
) -> None:
    optional = [name for name, rule in around.rules.items() if rule.file.is_optional]
    for index, name in enumerate(policy.adopt_also):
        if name in optional or name in around.broken:
            continue
        message, hint = f"there is no optional rule `{name}`", did_you_mean(name, optional)
        if name in around.rules:
            message, hint = (
                f"`{name}` is not optional: it is in force as it is",
                "leave it out here",
            )
        around.problems.at_value(document, ("adopt_also", index), message, hint)


def _check_floor(city: CityFile, document: Document, around: PolicySurroundings) -> None:
    if city.floor is None or around.guide is None:
        return
    letters = [*around.guide.grades, LOWEST_GRADE]
    floor, steps = city.floor, ("floor", "integrity")
    check_citation(floor.source, around.guides, document, ("floor", "source"), around.problems)
    if floor.integrity not in letters:
        message = f"there is no grade `{floor.integrity}`"
        around.problems.at_value(document, steps, message, f"write {', '.join(letters)}")
        return
    own = around.guide.floor.integrity
    if (
        own in letters
        and letters.index(floor.integrity) > letters.index(own)
        and floor.reason is None
    ):
        message = f"a floor below the guide's {own} needs a reason"
        around.problems.at_value(document, steps, message, REASON)
