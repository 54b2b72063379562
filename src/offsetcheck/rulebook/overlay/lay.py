"""A city's own files laid over a rulebook that was read before: nothing of that is read again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from offsetcheck.ground.suggest import did_you_mean
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.files.causes import causes_first
from offsetcheck.rulebook.files.sources import read_guides
from offsetcheck.rulebook.files.words import read_words
from offsetcheck.rulebook.load import names_of
from offsetcheck.rulebook.overlay.extend import EXTENDS, read_city
from offsetcheck.rulebook.overlay.files import (
    CITY,
    JURISDICTIONS,
    RULES,
    SOURCES,
    WORDS,
    OwnFiles,
    read_own,
)
from offsetcheck.rulebook.policies.checks import check_policies
from offsetcheck.rulebook.policies.city_values import city_types
from offsetcheck.rulebook.policies.known import Known
from offsetcheck.rulebook.policies.loosening import check_law
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.checks import check_rule
from offsetcheck.rulebook.rules.examples import check_examples
from offsetcheck.rulebook.rules.reading import read_rule, rule_id
from offsetcheck.rulebook.texts.languages import Languages
from offsetcheck.rulebook.tonnes.chosen import check_chosen
from offsetcheck.vocabulary.dictionary import FieldType
from offsetcheck.vocabulary.forms.document import Document
from offsetcheck.vocabulary.forms.model import build
from offsetcheck.vocabulary.forms.problems import FileProblems, Problems
from offsetcheck.vocabulary.forms.scalars import NAME
from offsetcheck.vocabulary.problem import RulebookError

RESERVED = ("all", "guide")  # what commands and reports call no single city


@dataclass(frozen=True, slots=True)
class OwnCity:
    """A city's own policy laid over a rulebook: its id there, and its folder of templates.

    `rules` are the rules that it adds, `files` the names of its files as its user named them.
    """

    id: str
    rulebook: Rulebook
    templates: Path | None
    rules: tuple[str, ...]
    files: frozenset[str]


def lay_over(rulebook: Rulebook, path: Path, named: str) -> OwnCity:
    """Return a city's folder or file laid over a rulebook, which itself is unchanged.

    `named` is how problems name it. Raises RulebookError with every problem of the city's files.
    """
    problems = Problems("city.unsound")
    files = read_own(path, named, problems)
    own = _laid(rulebook, files, problems)
    found = causes_first(problems.sorted(), files.documents.values())
    if found:
        raise RulebookError(found)
    if own is None:
        raise AssertionError("files without problems hold a city")
    return own


def _laid(rulebook: Rulebook, files: OwnFiles, problems: Problems) -> OwnCity | None:
    """Read every part on its own, so that one broken file hides no problem of another."""
    documents = {**files.documents}
    guides = {**rulebook.guides, **_guides(rulebook, documents.get(SOURCES), problems)}
    jurisdictions = _jurisdictions(rulebook, files, problems)
    words = _with_words(rulebook, files, problems)
    read = read_city(documents[CITY], rulebook.cities, problems) if CITY in documents else None
    city = None if read is None else read[0]
    types = _types(rulebook, city)
    rules = _rules(rulebook, files, types, guides, problems)
    broken = frozenset(map(rule_id, _rule_files(files))) - rules.keys()
    known = Known(
        rules=_in_order(rulebook, rules),
        broken=broken,
        names=names_of(rulebook.dictionary, types),
        guide=rulebook.guide,
        guides=guides,
        jurisdictions={**rulebook.jurisdictions, **jurisdictions},
        city_types=types,
        shared=rulebook.shared,
    )
    named = {f"jurisdictions/{name}.yaml": d for name, d in files.within(JURISDICTIONS).items()}
    if read is not None:
        named[f"cities/{read[0].id}.yaml"] = read[1]
        _check_id(read[0], read[1], rulebook, known, problems)
    cities = {} if city is None else {city.id: city}
    changes = check_policies(cities, jurisdictions, known, named, problems)
    steps = rulebook.steps.values()
    check_chosen(steps, cities, {} if read is None else {read[0].id: read[1]}, problems)
    check_chosen(steps, jurisdictions, files.within(JURISDICTIONS), problems)
    for name, own in jurisdictions.items():
        file = FileProblems(named[f"jurisdictions/{name}.yaml"], problems)
        check_law(own, cities.values(), file, known)
    if city is None:
        return None
    laid = replace(
        rulebook,
        guides=guides,
        rules=known.rules,
        cities={**rulebook.cities, **cities},
        jurisdictions=known.jurisdictions,
        words=words,
        changes={**_without(rulebook, city), **changes},
        city_types=types,
        documents={**rulebook.documents, **named},
    )
    names = frozenset(document.file for document in documents.values())
    return OwnCity(city.id, laid, files.templates, tuple(rules), names)


def _without(rulebook: Rulebook, city: CityFile) -> dict[tuple[str, str], Mapping[str, Node]]:
    """Return the changed trees of a rulebook without those of a city of this id."""
    return {key: trees for key, trees in rulebook.changes.items() if key[0] != city.id}


def _check_id(
    city: CityFile, document: Document, rulebook: Rulebook, known: Known, problems: Problems
) -> None:
    """Note an id that names no file, is taken, or is a jurisdiction's as well."""
    if not NAME.fullmatch(city.id):
        hint = "use small letters, digits and underscores"
        problems.at_value(document, ("id",), f"`{city.id}` cannot be the id of a city", hint)
    if city.id in RESERVED or city.id in known.jurisdictions:
        message = f"`{city.id}` is the id of something else"
        problems.at_value(document, ("id",), message, "choose another id")
    if city.id in rulebook.cities and document.data.get(EXTENDS) != city.id:
        hint = f"write `{EXTENDS}: {city.id}` to build on it, or choose another id"
        problems.at_value(document, ("id",), f"`{city.id}` is the id of a shipped city", hint)


def _guides(rulebook: Rulebook, document: Document | None, problems: Problems) -> dict[str, Guide]:
    """Return the city's own sources; a shipped one is not told anew."""
    own = read_guides(document, problems)
    for name in own:
        if name in rulebook.guides and document is not None:
            message = f"`{name}` is a source of the rulebook already"
            problems.at_key(document, (name,), message, "cite it, or choose another id")
    return own


def _jurisdictions(
    rulebook: Rulebook, files: OwnFiles, problems: Problems
) -> dict[str, Jurisdiction]:
    read: dict[str, Jurisdiction] = {}
    for name, document in files.within(JURISDICTIONS).items():
        own = build(Jurisdiction, document.data, document, problems)
        if name in rulebook.cities:
            message = f"`{name}` is the id of a shipped city"
            problems.at_value(document, ("id",), message, "choose another id")
        elif name in rulebook.jurisdictions:
            hint = "its law stands as it is; give another the name of its own"
            message = f"`{name}` is a jurisdiction of the rulebook already"
            problems.at_value(document, ("id",), message, hint)
        elif own is not None:
            read[name] = own
    return read


def _with_words(
    rulebook: Rulebook, files: OwnFiles, problems: Problems
) -> Mapping[str, Mapping[str, str]]:
    own = read_words(files.within(WORDS), problems)
    if not own:
        return rulebook.words
    told = {name: {**rulebook.words.get(name, {}), **words} for name, words in own.items()}
    return Languages.of({**rulebook.words, **told})


def _types(rulebook: Rulebook, city: CityFile | None) -> dict[str, FieldType]:
    """Return the types of what cities state; what the city states otherwise has none.

    The rules were read with the types of the shipped cities, which therefore stand.
    """
    if city is None:
        return {**rulebook.city_types}
    others = [other for name, other in rulebook.cities.items() if name != city.id]
    together = city_types([*others, city])
    return {
        name: kind for name, kind in together.items() if rulebook.city_types.get(name, kind) == kind
    }


def _rule_files(files: OwnFiles) -> dict[str, Document]:
    return {f"{name}.yaml": document for name, document in files.within(RULES).items()}


def _rules(
    rulebook: Rulebook,
    files: OwnFiles,
    types: Mapping[str, FieldType],
    guides: Mapping[str, Guide],
    problems: Problems,
) -> dict[str, LoadedRule]:
    """Return the city's own rules by id, each checked as a shipped one is."""
    names = names_of(rulebook.dictionary, types)
    rules: dict[str, LoadedRule] = {}
    for path, document in _rule_files(files).items():
        rule = read_rule(path, document, names, rulebook.shared, problems)
        if rule is not None:
            check_rule(rule, rulebook.dictionary, guides, problems)
            check_examples(rule, rulebook.dictionary, types, problems)
            _check_own_rule(rule, rulebook, problems)
            rules[rule.file.id] = rule
    return rules


def _check_own_rule(rule: LoadedRule, rulebook: Rulebook, problems: Problems) -> None:
    """Note a rule that is shipped, belongs to no dimension, or would bind other cities."""
    name, dimensions = rule.file.id, rulebook.guide.dimensions
    if name in rulebook.rules:
        hint = "change it under `change` in city.yaml"
        problems.at_value(rule.document, ("id",), f"`{name}` is a rule of the rulebook", hint)
    if rule.file.dimension not in dimensions:
        hint = did_you_mean(rule.file.dimension, dimensions) or f"they are {', '.join(dimensions)}"
        message = f"`{rule.file.dimension}` is not a dimension of the rulebook"
        problems.at_value(rule.document, ("id",), message, hint)
    if not rule.file.is_optional:
        hint = "write `adoption: optional`, and name it under `adopt_also` in city.yaml"
        message = "a city's own rule binds no other city"
        problems.at_value(rule.document, ("id",), message, hint)


def _in_order(rulebook: Rulebook, own: Mapping[str, LoadedRule]) -> dict[str, LoadedRule]:
    """Return all rules in the order of their files, as one folder of them all would have them."""
    rules = {**own, **rulebook.rules}
    return {name: rules[name] for name in sorted(rules, key=_path)}


def _path(rule: str) -> str:
    return f"{rule.replace('.', '/')}.yaml"
