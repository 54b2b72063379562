"""A folder of rule files as a Rulebook, or every problem of the folder at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from offsetcheck.ground.walk import Walked
from offsetcheck.rulebook.binding.bound import Guide
from offsetcheck.rulebook.decisions.checks import check_decisions
from offsetcheck.rulebook.decisions.model import DecisionsFile
from offsetcheck.rulebook.expression.names import Names, city_names, field_names
from offsetcheck.rulebook.expression.nodes import Node
from offsetcheck.rulebook.expression.walk import parameters_of
from offsetcheck.rulebook.fields.aggregates import read_aggregates
from offsetcheck.rulebook.fields.computed import read_computed
from offsetcheck.rulebook.fields.dictionary import read_dictionary
from offsetcheck.rulebook.files.causes import causes_first
from offsetcheck.rulebook.files.folder import FolderFiles, gather, read_files
from offsetcheck.rulebook.files.guide import LOWEST_GRADE, GuideFile
from offsetcheck.rulebook.files.history import HISTORY_FILE, read_history
from offsetcheck.rulebook.files.pack import files_hash, unpacked
from offsetcheck.rulebook.files.remembered import remembered
from offsetcheck.rulebook.files.sources import check_sources, read_guides
from offsetcheck.rulebook.files.words import read_words
from offsetcheck.rulebook.lexicon.reading import read_lexicon
from offsetcheck.rulebook.policies.checks import check_policies
from offsetcheck.rulebook.policies.city_values import city_types
from offsetcheck.rulebook.policies.known import Known
from offsetcheck.rulebook.policies.model import CityFile, Jurisdiction
from offsetcheck.rulebook.rulebook import LoadedRule, Rulebook
from offsetcheck.rulebook.rules.checks import check_rule
from offsetcheck.rulebook.rules.examples import check_examples
from offsetcheck.rulebook.rules.reading import Shared, read_rule, rule_id
from offsetcheck.rulebook.rules.shared import check_shared, check_used, read_shared
from offsetcheck.rulebook.scenarios.reading import (
    KnownToScenarios,
    read_scenarios,
    scenario_files,
)
from offsetcheck.rulebook.sinks.reading import FOLDER as SINKS
from offsetcheck.rulebook.sinks.reading import read_sink_rules
from offsetcheck.rulebook.tables.reading import read_tables
from offsetcheck.rulebook.texts.laid import with_languages
from offsetcheck.rulebook.tonnes.chosen import PERMANENCE, check_chosen
from offsetcheck.rulebook.tonnes.model import LoadedStep
from offsetcheck.rulebook.tonnes.reading import FOLDER, KnownToSteps, read_steps
from offsetcheck.vocabulary.dictionary import Dictionary, FieldType, Subject
from offsetcheck.vocabulary.forms.model import Model, build
from offsetcheck.vocabulary.forms.problems import Problems
from offsetcheck.vocabulary.problem import RulebookError

__all__ = ["Rulebook", "load_rulebook", "read_rulebook"]


def load_rulebook(folder: Path) -> Rulebook:
    """Read a rule folder or pack (its layout: docs/rules.md).

    Raises RulebookError with all problems of all files, in the order of files and lines.
    """
    folder = unpacked(Path(folder))
    return read_rulebook(folder, gather(folder))


def read_rulebook(folder: Path, walked: Walked) -> Rulebook:
    """Read what was gathered of a rule folder; raises RulebookError as `load_rulebook` does."""
    problems = Problems("file.unsound")
    files = read_files(walked, problems, reader=remembered)
    rulebook = _read(folder, files, problems)
    found = causes_first(problems.sorted(), files.documents.values())
    if found:
        raise RulebookError(found)
    if rulebook is None:
        raise AssertionError("a folder without problems has a guide and decisions")
    return replace(rulebook, files_hash=files_hash(walked.files))


def read_as_it_is(folder: Path, files: FolderFiles, problems: Problems) -> Rulebook | None:
    """Return what can be read of files that may have problems, which are noted; None: too little.

    Only an editor has a use for it: whoever judges needs a rulebook without a problem.
    """
    return _read(folder, files, problems)


def _read(folder: Path, files: FolderFiles, problems: Problems) -> Rulebook | None:
    """Read every part on its own, so that one broken file hides no problem of another."""
    guide = _one(GuideFile, files, "guide.yaml", problems.under("guide.unsound"))
    _check_floor(guide, files, problems.under("guide.unsound"))
    decisions = _one(DecisionsFile, files, "decisions.yaml", problems)
    guides = read_guides(files.documents.get("sources.yaml"), problems.under("source.unsound"))
    of_fields, of_tables = problems.under("field.unsound"), problems.under("table.unsound")
    dictionary = read_dictionary(files.in_folder("fields"), of_fields)
    tables = read_tables(files.documents.get("tables/tables.yaml"), files.tables, of_tables)
    cities, jurisdictions = _cities(files, problems.under("city.unsound"))
    types = city_types(cities.values())
    names = names_of(dictionary, types)
    derived = read_computed(dictionary, files.in_folder("fields"), names, tables, of_fields)
    where = read_aggregates(dictionary, files.in_folder("fields"), names, guide, of_fields)
    of_shared = problems.under("parameter.unsound")
    declared = read_shared(files.in_folder("parameters"), of_shared)
    shared = {name: one for name, one in declared.items() if one is not None}
    to_rules = KnownToRules(dictionary, names, guides, types, declared)
    rules = _rules(files, to_rules, problems.under("rule.unsound"))
    check_shared(shared, rules.values(), guides, of_shared)
    unread = frozenset(map(rule_id, files.rules())) - rules.keys()
    broken = unread | (declared.keys() - shared.keys())
    known = Known(rules, broken, names, guide, guides, jurisdictions, types, shared)
    of_cities = problems.under("city.unsound")
    changes = check_policies(cities, jurisdictions, known, files.documents, of_cities)
    of_steps = KnownToSteps(names[Subject.CANDIDATE], dictionary, shared, guides)
    steps = _steps(files, of_steps, cities, jurisdictions, problems)
    if _all_read(files, rules, steps):
        check_used(shared, (*_spoken(rules.values(), changes), *_spoken_of_steps(steps)), of_shared)
    words = read_words(files.in_folder("words"), problems.under("word.unsound"))
    check_sources(guide, tables, guides, files.documents, problems.under("source.unsound"))
    _note_beside(files, guides, jurisdictions, problems)
    if decisions is not None:
        document, noted = files.documents["decisions.yaml"], problems.under("decision.unsound")
        check_decisions(decisions, guide, rules, broken=broken, document=document, problems=noted)
    named = frozenset(rules), frozenset(files.in_folder("cities"))
    _note_scenarios(KnownToScenarios(dictionary, guide, *named, broken=broken), files, problems)
    if guide is None or decisions is None:
        return None
    read = Rulebook(
        folder=folder,
        guide=guide,
        guides=guides,
        dictionary=dictionary,
        rules=rules,
        tables={name: table for name, table in tables.items() if table is not None},
        cities=cities,
        jurisdictions=jurisdictions,
        decisions=decisions,
        words=words,
        derived=derived,
        changes=changes,
        city_types=types,
        documents=files.documents,
        where=where,
        shared=shared,
        steps=steps,
        others=files.others,
    )
    return with_languages(read)


def _steps(
    files: FolderFiles,
    known: KnownToSteps,
    cities: Mapping[str, CityFile],
    jurisdictions: Mapping[str, Jurisdiction],
    problems: Problems,
) -> dict[str, LoadedStep]:
    """Return the steps of comparable tonnes, and note what a policy chooses that none offers."""
    steps = read_steps(files.in_folder(FOLDER), known, problems.under("tonnes.unsound"))
    of_cities = problems.under("city.unsound")
    check_chosen(steps.values(), cities, files.in_folder("cities"), of_cities)
    check_chosen(steps.values(), jurisdictions, files.in_folder("jurisdictions"), of_cities)
    return steps


def _all_read(
    files: FolderFiles, rules: Mapping[str, LoadedRule], steps: Mapping[str, LoadedStep]
) -> bool:
    """Whether every rule and every step could be read, so that what none names is never used."""
    whole = len(rules) == len(files.rules()) and len(steps) == len(files.in_folder(FOLDER))
    return whole and all(rule.is_read for rule in rules.values())


def _note_beside(
    files: FolderFiles,
    guides: Mapping[str, Guide],
    jurisdictions: Mapping[str, Jurisdiction],
    problems: Problems,
) -> None:
    """Note what is wrong with files that whoever needs them reads then."""
    of_lexicon = problems.under("lexicon.unsound")
    read_lexicon(files.in_folder("lexicon"), guides, jurisdictions, of_lexicon)
    read_sink_rules(files.in_folder(SINKS), guides, problems.under("sinks.unsound"))
    read_history(files.documents.get(HISTORY_FILE), problems.under("history.unsound"))


def _note_scenarios(known: KnownToScenarios, files: FolderFiles, problems: Problems) -> None:
    # What is wrong with fields or dimensions would be told again for each offer that states them.
    if not problems.lie_in("fields/", "guide.yaml"):
        found = problems.under("scenario.unsound")
        read_scenarios(scenario_files(files.documents), known, found)


def _one(model: type[Model], files: FolderFiles, path: str, problems: Problems) -> Model | None:
    document = files.documents.get(path)
    return None if document is None else build(model, document.data, document, problems)


def _check_floor(guide: GuideFile | None, files: FolderFiles, problems: Problems) -> None:
    """Note a floor of the guide that is none of its grades."""
    letters = () if guide is None else (*guide.grades, LOWEST_GRADE)
    if guide is not None and guide.floor.integrity not in letters:
        message = f"there is no grade `{guide.floor.integrity}`"
        at, hint = ("floor", "integrity"), f"the grades are {', '.join(letters)}"
        problems.at_value(files.documents["guide.yaml"], at, message, hint)


def _cities(
    files: FolderFiles, problems: Problems
) -> tuple[dict[str, CityFile], dict[str, Jurisdiction]]:
    """Return the cities and the jurisdictions of a folder, each by file name."""
    cities = _policies(CityFile, files, "cities", problems)
    return cities, _policies(Jurisdiction, files, "jurisdictions", problems)


def _policies(
    model: type[Model], files: FolderFiles, folder: str, problems: Problems
) -> dict[str, Model]:
    """Return the cities or jurisdictions of a folder by file name."""
    read = {
        name: build(model, document.data, document, problems)
        for name, document in files.in_folder(folder).items()
    }
    return {name: policy for name, policy in read.items() if policy is not None}


def _spoken(
    rules: Iterable[LoadedRule], changes: Mapping[tuple[str, str], Mapping[str, Node]]
) -> Iterator[str]:
    """Yield the shared parameters that rules and the layers' changes of them name."""
    yield from (f"${name}" for rule in rules for name in rule.shared)
    for trees in changes.values():
        yield from parameters_of(*trees.values())


def _spoken_of_steps(steps: Mapping[str, LoadedStep]) -> Iterator[str]:
    """Yield the shared parameters that steps of comparable tonnes name, and that of storage."""
    if steps:
        yield f"${PERMANENCE}"
    yield from (f"${name}" for step in steps.values() for name in step.shared)
    yield from (f"${name}" for step in steps.values() for name in step.file.choices)


def names_of(dictionary: Dictionary, types: Mapping[str, FieldType]) -> dict[Subject, Names]:
    """Return what the rules of each subject may speak of."""
    return {
        subject: Names([*field_names(dictionary, subject), *city_names(types)])
        for subject in Subject
    }


@dataclass(frozen=True, slots=True)
class KnownToRules:
    """What rules are checked against."""

    dictionary: Dictionary
    names: Mapping[Subject, Names]
    guides: Mapping[str, Guide]
    city_types: Mapping[str, FieldType]
    shared: Shared


def _rules(files: FolderFiles, known: KnownToRules, problems: Problems) -> dict[str, LoadedRule]:
    rules: dict[str, LoadedRule] = {}
    for path, document in files.rules().items():
        rule = read_rule(path, document, known.names, known.shared, problems)
        if rule is not None:
            check_rule(rule, known.dictionary, known.guides, problems)
            check_examples(
                rule, known.dictionary, known.city_types, problems.under("example.unsound")
            )
            rules.setdefault(rule.file.id, rule)
    return rules
