"""Cities and jurisdictions: what they name must exist, what they set must fit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.expression.in_file import FileExpressions
from offsetcheck.rulebook.expression.names import Name
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.of_rule import conditions_of, written
from offsetcheck.rulebook.expression.types import type_words
from offsetcheck.rulebook.fields.values import LISTS, fits, value_type
from offsetcheck.rulebook.files.guide import LOWEST_GRADE
from offsetcheck.rulebook.files.sources import check_citation
from offsetcheck.rulebook.policies.city_values import BUILT_IN
from offsetcheck.rulebook.policies.known import (
    REASON,
    Declared,
    Known,
    find_parameter,
    hint_for,
    is_broken,
)
from offsetcheck.rulebook.policies.layers import Layer, layer_of, layers_of
from offsetcheck.rulebook.policies.lists import check_list
from offsetcheck.rulebook.policies.loosening import check_loosening
from offsetcheck.rulebook.policies.model import CityFact, CityFile, Jurisdiction, RuleChange
from offsetcheck.rulebook.policies.spoken import check_refusals, check_scope
from offsetcheck.rulebook.policies.values import PolicyParameter
from offsetcheck.rulebook.rules.model import LEGAL_STATUS
from offsetcheck.rulebook.rules.parameters import number_hint, out_of_range
from offsetcheck.rulebook.rules.reading import check_codes
from offsetcheck.vocabulary.dictionary import FieldType, Subject
from offsetcheck.vocabulary.evidence import Value
from offsetcheck.vocabulary.forms.document import Document, Steps
from offsetcheck.vocabulary.forms.problems import FileProblems, Problems
from offsetcheck.vocabulary.forms.scalars import spoken

ChangedTrees = dict[tuple[str, str], Mapping[str, Node]]


def check_policies(
    cities: Mapping[str, CityFile],
    jurisdictions: Mapping[str, Jurisdiction],
    known: Known,
    documents: Mapping[str, Document],
    problems: Problems,
) -> ChangedTrees:
    """Check these layers and return the trees of the expressions that they change."""
    changes: ChangedTrees = {}
    for name, jurisdiction in jurisdictions.items():
        file = FileProblems(documents[f"jurisdictions/{name}.yaml"], problems)
        _check_layer(name, jurisdiction, file, known, changes)
        _check_lists(jurisdiction, (layer_of(jurisdiction),), file, known)
        _check_status_of_law(jurisdiction, file)
    for name, city in cities.items():
        file = FileProblems(documents[f"cities/{name}.yaml"], problems)
        _check_layer(name, city, file, known, changes)
        _check_city(city, file, known)
        _check_lists(city, layers_of(city, known.jurisdictions), file, known)
        check_loosening(city, file, known)
    return changes


def _check_layer(
    name: str,
    policy: CityFile | Jurisdiction,
    file: FileProblems,
    known: Known,
    changes: ChangedTrees,
) -> None:
    if "/" in name:
        message = "this file lies in a folder within the folder of its kind"
        file.at_value((), message, f"move it to {file.document.file.partition('/')[0]}/")
    elif policy.id != name:
        message = f"`{policy.id}` is not the name of the file"
        file.at_value(("id",), message, f"write `{name}`")
    for full, parameter in policy.parameters.items():
        _check_parameter(full, parameter, file, known)
    _check_adopted_also(policy, file, known)
    if policy.screening is not None:
        cited = policy.screening.source
        check_citation(cited, known.guides, file.document, ("screening", "source"), file.problems)
    for index, change in enumerate(policy.change):
        _read_change(name, change, file=file, steps=("change", index), known=known, changes=changes)
    for index, source in enumerate(policy.sources):
        check_citation(source, known.guides, file.document, ("sources", index), file.problems)


def _check_parameter(
    full: str, parameter: PolicyParameter, file: FileProblems, known: Known
) -> None:
    steps: Steps = ("parameters", full)
    found = find_parameter(full, known)
    if found is None:
        if not is_broken(full, known):
            message, hint = f"there is no parameter `{full}`", hint_for(full, known)
            file.at_key(steps, message, hint, names=f"parameter {full}")
        return
    check_citation(parameter.source, known.guides, file.document, (*steps, "source"), file.problems)
    for place, value in _values(parameter, steps):
        _check_kind(value, place, found, file)
    for day, entry in parameter.dated.items():
        place = _place_of(day, parameter, steps)
        if entry.source is None and parameter.source is None and entry.origin != "design":
            message = "a value needs a source"
            hint = "cite a guide, or write `source: {standing: design}`"
            file.at_key(place, message, hint)
        if parameter.values:
            check_citation(
                entry.source, known.guides, file.document, (*place, "source"), file.problems
            )


def _check_kind(value: Value, place: Steps, declared: Declared, file: FileProblems) -> None:
    """Check that a value, or what is added to a list or removed from it, can stand there."""
    if declared.type is not None and not fits(value, declared.type):
        hint = number_hint(value, declared.type, declared.parameter.unit)
        hint = hint or f"the rule's own value is of type {declared.type.value}"
        file.at_value(place, f"this value is not of type {declared.type.value}", hint)
        return
    if outside := out_of_range(value, declared.parameter):
        file.at_value(place, *outside)
    for field in declared.beside:
        check_codes(value, field, file.document, place, file.problems)


def _check_lists(
    policy: CityFile | Jurisdiction, layers: Sequence[Layer], file: FileProblems, known: Known
) -> None:
    for full in policy.parameters:
        found = find_parameter(full, known)
        if found is not None and found.type in LISTS:
            check_list(found, layers, file)


def _check_status_of_law(policy: Jurisdiction, file: FileProblems) -> None:
    """Report each value of a law or scheme that does not say whether it is in force."""
    for full, parameter in policy.parameters.items():
        for day, entry in parameter.dated.items():
            place = _place_of(day, parameter, ("parameters", full))
            cited = entry.source or parameter.source
            if cited is not None and cited.guide is not None and cited.status is None:
                message = "the source of a jurisdiction's value needs a `status`"
                hint = f"write one of {', '.join(LEGAL_STATUS)}"
                file.at_key(place, message, hint)


def _values(parameter: PolicyParameter, steps: Steps) -> Iterator[tuple[Steps, Value]]:
    """Yield each value, and each list of what is added or removed, with where it stands."""
    for day, entry in parameter.dated.items():
        place = _place_of(day, parameter, steps)
        if entry.value is not None:
            yield (*place, "value"), entry.value
        yield from (((*place, key), part) for key, part in entry.parts if part)


def _place_of(day: date, parameter: PolicyParameter, steps: Steps) -> Steps:
    """Return where the value that begins on a day stands."""
    return (*steps, "values", day.isoformat()) if parameter.values else steps


def _read_change(
    layer: str,
    change: RuleChange,
    *,
    file: FileProblems,
    steps: Steps,
    known: Known,
    changes: ChangedTrees,
) -> None:
    """Read the expressions of one change with the names of its rule."""
    rule = known.rules.get(change.rule)
    if rule is None:
        if change.rule in known.broken:
            return
        hint = did_you_mean(change.rule, known.rules)
        message = f"there is no rule `{change.rule}`"
        file.at_value((*steps, "rule"), message, hint, names=f"rule {change.rule}")
        return
    if not change.changed:
        file.at_value(steps, "this changes nothing", "name a key and its value")
    check_citation(change.source, known.guides, file.document, (*steps, "source"), file.problems)
    types = {**{n: one.type for n, one in known.shared.items()}, **rule.types}
    parameters = (Name(f"${name}", kind) for name, kind in types.items())
    names = known.names[Subject(rule.file.subject)].with_parameters(parameters)
    read = FileExpressions(names, file.document, file.problems)
    for expression in written(change.applies_when, conditions_of(None, change.levels)):
        read.conditions([expression._replace(steps=(*steps, *expression.steps))])
    changes[layer, change.rule] = {**changes.get((layer, change.rule), {}), **read.trees}


def _check_city(city: CityFile, file: FileProblems, known: Known) -> None:
    for index, name in enumerate(city.jurisdictions):
        if name not in known.jurisdictions:
            listed = f"the jurisdictions are {', '.join(known.jurisdictions)}"
            hint = did_you_mean(name, known.jurisdictions) or listed
            message = f"there is no jurisdiction `{name}`"
            steps: Steps = ("jurisdictions", index)
            file.at_value(steps, message, hint, names=f"jurisdiction {name}")
    if not city.languages:
        hint = "write those of its pages, as in `[fi, en]`"
        file.at_key(("languages",), "the city names no language", hint)
    for index, name in enumerate(city.undecided):
        _check_undecided(city, name, index, file, known)
    _check_adopted(city, file, known)
    _check_floor(city, file, known)
    check_scope(city, file, known)
    check_refusals(city, file, known)
    for name, fact in city.facts.items():
        _check_fact(name, fact, file, known)
        check_citation(
            fact.source, known.guides, file.document, ("facts", name, "source"), file.problems
        )


def _check_fact(name: str, fact: CityFact, file: FileProblems, known: Known) -> None:
    """Note a fact that other cities state otherwise, at the city that stands alone with it."""
    kind = known.city_types.get(name)
    if name in BUILT_IN:
        message = f"`{name}` is a key of every city: rules read that as `city.{name}`"
        file.at_key(("facts", name), message, "give the fact another name, or leave it out")
    elif kind is None:
        message = f"cities state `{name}` in values of different kinds"
        file.at_key(("facts", name), message, "use one kind in every city")
    elif value_type(fact.value) is not kind:
        quoted = isinstance(fact.value, str) and kind not in {FieldType.CODE, FieldType.DATE}
        said = f"the text {spoken(fact.value)}" if quoted else spoken(fact.value)
        hint = f"write {type_words(kind)}{', without quotes' if quoted else ''}"
        message = f"`{name}` is {type_words(kind)} in other cities, not {said}"
        file.at_value(("facts", name, "value"), message, hint)


def _check_undecided(
    city: CityFile, name: str, index: int, file: FileProblems, known: Known
) -> None:
    steps: Steps = ("undecided", index)
    if is_broken(name, known):
        return
    if find_parameter(name, known) is None:
        message, hint = f"there is no parameter `{name}`", hint_for(name, known)
        file.at_value(steps, message, hint, names=f"parameter {name}")
    elif name in city.parameters:
        message = f"`{name}` is undecided here and set under `parameters`"
        file.at_value(steps, message)


def _check_adopted(city: CityFile, file: FileProblems, known: Known) -> None:
    if city.adopted is None:
        return
    for index, name in enumerate(city.adopt):
        if name not in known.rules and name not in known.broken:
            hint = did_you_mean(str(name), known.rules)
            message = f"there is no rule `{name}`"
            file.at_value(("adopt", index), message, hint, names=f"rule {name}")
    asked = {name for name, rule in known.rules.items() if not rule.file.is_optional}
    if asked - city.adopted and city.adopt_reason is None:
        message = "leaving rules out needs a reason"
        hint = "add `adopt_reason: …`; every report prints it"
        file.at_key(("adopt",), message, hint)


def _check_adopted_also(policy: CityFile | Jurisdiction, file: FileProblems, known: Known) -> None:
    optional = [name for name, rule in known.rules.items() if rule.file.is_optional]
    for index, name in enumerate(policy.adopt_also):
        if name in optional or name in known.broken:
            continue
        message, hint = f"there is no optional rule `{name}`", did_you_mean(name, optional)
        names: str | None = f"rule {name}"
        if name in known.rules:
            message, hint = (
                f"`{name}` is not optional: it is in force as it is",
                "leave it out here",
            )
            names = None
        file.at_value(("adopt_also", index), message, hint, names=names)


def _check_floor(city: CityFile, file: FileProblems, known: Known) -> None:
    if city.floor is None or known.guide is None:
        return
    letters = [*known.guide.grades, LOWEST_GRADE]
    floor, steps = city.floor, ("floor", "integrity")
    check_citation(floor.source, known.guides, file.document, ("floor", "source"), file.problems)
    if floor.integrity not in letters:
        message = f"there is no grade `{floor.integrity}`"
        file.at_value(steps, message, f"write {', '.join(letters)}")
        return
    own = known.guide.floor.integrity
    if (
        own in letters
        and letters.index(floor.integrity) > letters.index(own)
        and floor.reason is None
    ):
        message = f"a floor below the guide's {own} needs a reason"
        file.at_value(steps, message, REASON)
