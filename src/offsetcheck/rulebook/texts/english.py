"""The English of every text of a rulebook that a language can translate, by key and topic."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain

from pydantic import BaseModel

from offsetcheck.rulebook.binding.bind import effective_under
from offsetcheck.rulebook.lexicon.load import has_lexicon, lexicon_of
from offsetcheck.rulebook.lexicon.model import LawEntry, Lexicon, StandardName
from offsetcheck.rulebook.lexicon.reading import read_lexicon
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import Rulebook
from offsetcheck.rulebook.rules.model import (
    Example,
    Parameter,
    RuleFile,
    SharedParameter,
    SourceEntry,
)
from offsetcheck.rulebook.texts.keys import (
    SAID,
    choice_name,
    code_key,
    field_key,
    note_key,
    parameter_keys,
    rule_key,
    step_key,
)
from offsetcheck.vocabulary.dictionary import Dictionary, Field, Words
from offsetcheck.vocabulary.forms.problems import Problems

ENGLISH = "en"
LEXICON = "lexicon/"
MOST = 1024  # files of which it is remembered what they say
SAY_NOTHING = frozenset((str, int, float, bool, date, type(None), Example))

Texts = dict[str, str]
Topics = dict[str, Texts]


def english_by_topic(rulebook: Rulebook) -> Topics:
    """Return the English texts of rule files by topic and key, of what a city has in force.

    Rules that no city or standard of the rulebook has are left out.
    """
    rules = adopted_rules(rulebook)
    topics: Topics = defaultdict(dict)
    for rule in rules:
        topics[f"rules_{rule.dimension}"].update(_rule(rule))
        topics[f"why_{rule.dimension}"][rule_key(rule.id, "why")] = _line(rule.why)
    topics["parameters"].update(_parameters(rules, rulebook.shared.values()))
    dictionary = rulebook.dictionary
    topics["fields"].update(_fields(dictionary, ENGLISH))
    topics["codes"].update(_codes(dictionary, ENGLISH))
    topics["titles"].update(_titles(rulebook, ENGLISH))
    topics["steps"].update(_steps(rulebook, ENGLISH))
    topics["laws"].update((note_key(text), _line(text)) for text in _known_of_laws(rulebook))
    topics["notes"].update((note_key(text), _line(text)) for text in _notes(rulebook, rules))
    return dict(topics)


def english_texts(rulebook: Rulebook) -> Texts:
    """Return the English texts of rule files by key."""
    topics = english_by_topic(rulebook).values()
    return {key: text for texts in topics for key, text in texts.items()}


def every_english_text(rulebook: Rulebook) -> Texts:
    """Return the English texts by key, of rules that no city has too."""
    rules = tuple(rule.file for rule in rulebook.rules.values())
    said = {rule_key(rule.id, "why"): _line(rule.why) for rule in rules}
    said.update((rule_key(rule.id, "title"), _line(rule.title)) for rule in rules)
    said.update((note_key(text), _line(text)) for text in _notes(rulebook, rules))
    said.update((note_key(text), _line(text)) for text in _known_of_laws(rulebook))
    return {**said, **own_texts(rulebook, ENGLISH)}


def own_texts(rulebook: Rulebook, language: str) -> Texts:
    """Return what rule files say in a language themselves, by key."""
    said: Texts = {}
    for rule in rulebook.rules.values():
        said.update(_says(rule.file, language))
        for name, parameter in rule.file.parameters.items():
            own, shared = parameter_keys(rule.file.id, name)
            for key in (own, shared):
                said.update(_given(key, parameter.title or {}, language))
    for name, one in rulebook.shared.items():
        for key in parameter_keys("", name):
            said.update(_given(key, one.parameter.title or {}, language))
    said.update(_fields(rulebook.dictionary, language))
    said.update(_codes(rulebook.dictionary, language))
    said.update(_titles(rulebook, language))
    said.update(_steps(rulebook, language))
    return said


def adopted_rules(rulebook: Rulebook) -> tuple[RuleFile, ...]:
    """Return the rules that some city or standard has, by id."""
    return tuple(
        rule.file
        for _, rule in sorted(rulebook.rules.items())
        if any(effective_under(rulebook, rule, city) for city in rulebook.cities.values())
    )


def _rule(rule: RuleFile) -> Iterator[tuple[str, str]]:
    yield rule_key(rule.id, "title"), _line(rule.title)
    yield from _says(rule, ENGLISH)


def _says(rule: RuleFile, language: str) -> Iterator[tuple[str, str]]:
    said = rule.says.get(language)
    for part in SAID if said else ():
        if text := getattr(said, part):
            yield rule_key(rule.id, part), _line(text)
    yield from _given(rule_key(rule.id, "condition"), rule.condition or {}, language)


def _parameters(
    rules: Collection[RuleFile], shared: Iterable[SharedParameter]
) -> Iterator[tuple[str, str]]:
    """Yield the titles of parameters: once where all of a name have one title."""
    named: dict[str, dict[str, str]] = defaultdict(dict)
    for rule, name, parameter in _declared(rules, shared):
        if parameter.title and ENGLISH in parameter.title:
            own, plain = parameter_keys(rule, name)
            named[plain][own] = _line(parameter.title[ENGLISH])
    for plain, titles in sorted(named.items()):
        if len(set(titles.values())) == 1:
            yield plain, next(iter(titles.values()))
        else:
            yield from titles.items()


def _declared(
    rules: Collection[RuleFile], shared: Iterable[SharedParameter]
) -> Iterator[tuple[str, str, Parameter]]:
    """Yield each parameter with its rule, none for one that rules share, and its name."""
    for rule in rules:
        yield from ((rule.id, name, parameter) for name, parameter in rule.parameters.items())
    yield from (("", one.name, one.parameter) for one in shared)


def _all_fields(dictionary: Dictionary) -> Iterator[Field]:
    return chain(
        dictionary.candidate.values(), dictionary.purchase.values(), dictionary.portfolio.values()
    )


def _fields(dictionary: Dictionary, language: str) -> Iterator[tuple[str, str]]:
    for field in _all_fields(dictionary):
        yield from _given(field_key(field, "title"), field.title, language)
        yield from _given(field_key(field, "question"), field.question, language)


def _codes(dictionary: Dictionary, language: str) -> Iterator[tuple[str, str]]:
    for field in _all_fields(dictionary):
        for name, code in field.codes.items():
            yield from _given(code_key(field, name), code.title, language)


def _titles(rulebook: Rulebook, language: str) -> Iterator[tuple[str, str]]:
    for name, paper in rulebook.dictionary.documents.items():
        yield from _given(f"paper_title.{name}", paper.title, language)
    for name, dimension in rulebook.guide.dimensions.items():
        yield from _given(f"dimension_title.{name}", dimension.title, language)
    for name, table in rulebook.tables.items():
        yield from _given(f"table.{name}", table.entry.title or {}, language)
    for name, city in rulebook.cities.items():
        yield from _given(f"city_name.{name}", city.name, language)


def _steps(rulebook: Rulebook, language: str) -> Iterator[tuple[str, str]]:
    """Yield what steps of comparable tonnes say of themselves and of what they read and offer."""
    for step in (loaded.file for loaded in rulebook.steps.values()):
        if language == ENGLISH:
            yield step_key(step.id, "title"), _line(step.title)
            yield step_key(step.id, "why"), _line(step.why)
        if language in step.says:
            yield step_key(step.id, "does"), _line(step.says[language].does)
            yield step_key(step.id, "open"), _line(step.says[language].open)
        for name, read in step.inputs.items():
            yield from _given(step_key(step.id, "input", name), read.title, language)
        for name, part in step.parts.items():
            yield from _given(step_key(step.id, "part", name), part.title, language)
        for name, listed in step.choices.items():
            for one in listed:
                key = step_key(step.id, "choice", choice_name(name, one.value))
                yield from _given(key, one.title, language)


def _notes(rulebook: Rulebook, rules: Collection[RuleFile]) -> Iterator[str]:
    """Yield what cities, jurisdictions and sources say in words of their own, each once."""
    cities = rulebook.cities.values()
    layers: list[CityFile | Jurisdiction] = [*cities, *rulebook.jurisdictions.values()]
    tables = (table.entry for table in rulebook.tables.values())
    shared = (one.parameter for one in rulebook.shared.values())
    files = (*rules, *shared, *layers, rulebook.guide, *tables)
    found = (note for file in files for note in _all_said_in(file))
    of_cities = (note for city in cities for note in (*city.notes, city.example, city.adopt_reason))
    yield from dict.fromkeys(filter(None, (*found, *of_cities)))


def _known_of_laws(rulebook: Rulebook) -> Iterator[str]:
    """Yield what the lexicon says of laws and standards, and notes of its sources, each once."""
    lexicon = _lexicon_in(rulebook)
    if lexicon is None:
        return
    laws = (law for of_place in lexicon.laws.values() for law in of_place)
    entries: list[LawEntry | StandardName] = [*laws, *lexicon.standards]
    notes = (note for entry in entries for note in _said_in(entry))
    says = (entry.says.get(ENGLISH) for entry in entries)
    yield from dict.fromkeys(filter(None, (*says, *notes)))


def _lexicon_in(rulebook: Rulebook) -> Lexicon | None:
    """Return the lexicon of a rulebook's own folder; its mistakes are told where that is read."""
    found = {
        path.removeprefix(LEXICON).removesuffix(".yaml"): document
        for path, document in rulebook.documents.items()
        if path.startswith(LEXICON)
    }
    if found:
        return read_lexicon(found, rulebook.guides, rulebook.jurisdictions, Problems())
    return lexicon_of(rulebook) if has_lexicon(rulebook) else None


_said: dict[int, tuple[object, tuple[str, ...]]] = {}


def _all_said_in(file: object) -> tuple[str, ...]:
    """Return what is said in a file, remembered by identity: it is asked for more than once."""
    known = _said.get(id(file))
    if known is None or known[0] is not file:
        if len(_said) >= MOST:
            _said.clear()
        known = _said[id(file)] = (file, tuple(_said_in(file)))
    return known[1]


def _said_in(value: object) -> Iterator[str]:
    """Yield the notes of sources and the reasons of changes, however deep they stand."""
    if isinstance(value, SourceEntry):
        yield value.note or ""
    elif isinstance(value, BaseModel):
        yield getattr(value, "reason", None) or ""
        for name in type(value).model_fields:
            yield from _within(getattr(value, name))
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _within(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _within(item)


def _within(value: object) -> Iterator[str]:
    """Yield what is said in a part; most are texts, numbers and examples, without notes."""
    return iter(()) if type(value) in SAY_NOTHING else _said_in(value)


def _given(key: str, words: Words, language: str) -> Iterator[tuple[str, str]]:
    if text := words.get(language):
        yield key, _line(text)


def _line(text: str) -> str:
    return " ".join(text.split())
